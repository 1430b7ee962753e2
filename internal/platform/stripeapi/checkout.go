package stripeapi

import (
	"context"
	"iter"
	"time"

	"github.com/stripe/stripe-go/v76"
)

// CheckoutSession is one visit to Stripe's payment page. It grants nothing by
// itself, not even when it is complete: the subscription's status does.
type CheckoutSession struct {
	ID                string
	URL               string // where to send the payer; empty once the session is not open
	Status            string // open, complete or expired
	PaymentStatus     string // paid, unpaid (a bank debit is on its way) or no_payment_required (a trial)
	CustomerID        string // empty until complete when the session began with an e-mail
	CustomerEmail     string // what the payer typed, else what the session began with
	SubscriptionID    string // empty until complete
	ClientReferenceID string
	AmountTotal       int64
	Currency          string
	Metadata          map[string]string
	Created           time.Time
	Expires           time.Time
}

// CheckoutInput describes a visit in which one price is subscribed to.
type CheckoutInput struct {
	CustomerID          string // either a known customer,
	CustomerEmail       string // or an address that cannot be changed on the page; both empty asks for one
	ClientReferenceID   string // whose visit it is, in our own words; up to 200 characters
	PriceID             string
	Quantity            int64 // 0 means 1
	TrialDays           int64
	AllowPromotionCodes bool              // shows a box on the page
	PromotionCodeID     string            // applied from the start; excludes AllowPromotionCodes
	Metadata            map[string]string // on the session and on the subscription it makes
	SuccessURL          string            // may hold {CHECKOUT_SESSION_ID}
	CancelURL           string
	Expires             time.Time // 30 minutes to 24 hours ahead; zero means 24 hours
}

// CreateCheckoutSession opens a payment page for one subscription.
func (c *Client) CreateCheckoutSession(ctx context.Context, key string, in CheckoutInput) (CheckoutSession, error) {
	common, err := write(ctx, key)
	if err != nil {
		return CheckoutSession{}, err
	}
	q := in.params()
	q.Params = common
	s, err := c.api.CheckoutSessions.New(q)
	return plainCheckout(s), c.fault(err)
}

func (in CheckoutInput) params() *stripe.CheckoutSessionParams {
	q := &stripe.CheckoutSessionParams{
		Mode:              stripe.String(string(stripe.CheckoutSessionModeSubscription)),
		ClientReferenceID: text(in.ClientReferenceID),
		LineItems:         []*stripe.CheckoutSessionLineItemParams{{Price: stripe.String(in.PriceID), Quantity: stripe.Int64(max(in.Quantity, 1))}},
		Metadata:          in.Metadata,
		SubscriptionData:  &stripe.CheckoutSessionSubscriptionDataParams{Metadata: in.Metadata, TrialPeriodDays: number(in.TrialDays)},
		SuccessURL:        stripe.String(in.SuccessURL),
		CancelURL:         text(in.CancelURL),
		ExpiresAt:         unix(in.Expires),
	}
	if in.CustomerID != "" {
		q.Customer = &in.CustomerID
	} else {
		q.CustomerEmail = text(in.CustomerEmail)
	}
	if in.PromotionCodeID != "" {
		q.Discounts = []*stripe.CheckoutSessionDiscountParams{{PromotionCode: &in.PromotionCodeID}}
	} else if in.AllowPromotionCodes {
		q.AllowPromotionCodes = stripe.Bool(true)
	}
	return q
}

// CheckoutSession fetches one visit as it is now.
func (c *Client) CheckoutSession(ctx context.Context, id string) (CheckoutSession, error) {
	common, err := read(ctx, id)
	if err != nil {
		return CheckoutSession{}, err
	}
	s, err := c.api.CheckoutSessions.Get(id, &stripe.CheckoutSessionParams{Params: common})
	return plainCheckout(s), c.fault(err)
}

// ExpireCheckoutSession closes an open visit, so that it can no longer be paid.
func (c *Client) ExpireCheckoutSession(ctx context.Context, key, id string) (CheckoutSession, error) {
	common, err := write(ctx, key, id)
	if err != nil {
		return CheckoutSession{}, err
	}
	s, err := c.api.CheckoutSessions.Expire(id, &stripe.CheckoutSessionExpireParams{Params: common})
	return plainCheckout(s), c.fault(err)
}

// CheckoutSessions walks through visits, newest first; both filters may be empty.
func (c *Client) CheckoutSessions(ctx context.Context, customer, subscription string) iter.Seq2[CheckoutSession, error] {
	return walk(c, func() *stripe.Iter {
		q := &stripe.CheckoutSessionListParams{ListParams: pages(ctx), Customer: text(customer), Subscription: text(subscription)}
		return c.api.CheckoutSessions.List(q).Iter
	}, plainCheckout)
}

func plainCheckout(s *stripe.CheckoutSession) CheckoutSession {
	if s == nil {
		return CheckoutSession{}
	}
	out := CheckoutSession{
		ID: s.ID, URL: s.URL, Status: string(s.Status), PaymentStatus: string(s.PaymentStatus),
		CustomerID: customerID(s.Customer), CustomerEmail: s.CustomerEmail, ClientReferenceID: s.ClientReferenceID,
		AmountTotal: s.AmountTotal, Currency: string(s.Currency), Metadata: metadata(s.Metadata),
		Created: at(s.Created), Expires: at(s.ExpiresAt),
	}
	if s.Subscription != nil {
		out.SubscriptionID = s.Subscription.ID
	}
	if s.CustomerDetails != nil && s.CustomerDetails.Email != "" {
		out.CustomerEmail = s.CustomerDetails.Email
	}
	return out
}
