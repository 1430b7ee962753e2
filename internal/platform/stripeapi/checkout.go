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
	CustomerName      string // what the payer typed
	SubscriptionID    string // empty until complete, and for what is paid once
	PaymentIntentID   string // of what is paid once; empty until complete
	InvoiceID         string // empty until complete
	Once              bool   // paid once, not subscribed to
	ClientReferenceID string
	AmountSubtotal    int64
	AmountDiscount    int64
	AmountTax         int64
	AmountTotal       int64
	Currency          string
	Metadata          map[string]string
	Created           time.Time
	Expires           time.Time
}

// CheckoutInput describes a visit in which one price is subscribed to, or
// something is paid once.
type CheckoutInput struct {
	CustomerID          string // either a known customer,
	CustomerEmail       string // or an address that cannot be changed on the page; both empty asks for one
	ClientReferenceID   string // whose visit it is, in our own words; up to 200 characters
	PriceID             string
	Once                bool   // the price is paid once; an invoice is made of it
	Item                *Goods // in the place of PriceID, with Once: sold to nobody else
	Quantity            int64  // 0 means 1
	TrialDays           int64
	AutomaticTax        bool              // Stripe works out what is due where the payer lives
	TaxIDs              bool              // companies may type their number
	AllowPromotionCodes bool              // shows a box on the page
	PromotionCodeID     string            // applied from the start; excludes AllowPromotionCodes
	Metadata            map[string]string // on the session and on the subscription it makes
	SuccessURL          string            // may hold {CHECKOUT_SESSION_ID}
	CancelURL           string
	CouponID            string    // as PromotionCodeID, without a code
	Expires             time.Time // 30 minutes to 24 hours ahead; zero means 24 hours
}

// Goods are sold once, without a product or a price of their own.
type Goods struct {
	Name     string
	Amount   int64
	Currency string
	Metadata map[string]string // on the product
}

// CreateCheckoutSession opens a payment page.
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
		LineItems:         []*stripe.CheckoutSessionLineItemParams{in.line()},
		Metadata:          in.Metadata,
		SuccessURL:        stripe.String(in.SuccessURL),
		CancelURL:         text(in.CancelURL),
		ExpiresAt:         unix(in.Expires),
	}
	if in.CustomerID != "" {
		q.Customer = &in.CustomerID
	} else {
		q.CustomerEmail = text(in.CustomerEmail)
	}
	in.method(q)
	in.taxes(q)
	switch {
	case in.CouponID != "":
		q.Discounts = []*stripe.CheckoutSessionDiscountParams{{Coupon: &in.CouponID}}
	case in.PromotionCodeID != "":
		q.Discounts = []*stripe.CheckoutSessionDiscountParams{{PromotionCode: &in.PromotionCodeID}}
	case in.AllowPromotionCodes:
		q.AllowPromotionCodes = stripe.Bool(true)
	}
	return q
}

func (in CheckoutInput) line() *stripe.CheckoutSessionLineItemParams {
	line := &stripe.CheckoutSessionLineItemParams{Price: text(in.PriceID), Quantity: stripe.Int64(max(in.Quantity, 1))}
	if g := in.Item; g != nil {
		line.Price, line.PriceData = nil, &stripe.CheckoutSessionLineItemPriceDataParams{
			Currency: &g.Currency, UnitAmount: &g.Amount,
			ProductData: &stripe.CheckoutSessionLineItemPriceDataProductDataParams{Name: &g.Name, Metadata: g.Metadata},
		}
	}
	return line
}

// method says what the visit makes: a subscription, or one payment with an
// invoice. Metadata of the visit is not that of what it makes, so both get it.
func (in CheckoutInput) method(q *stripe.CheckoutSessionParams) {
	if !in.Once {
		q.SubscriptionData = &stripe.CheckoutSessionSubscriptionDataParams{Metadata: in.Metadata, TrialPeriodDays: number(in.TrialDays)}
		return
	}
	q.Mode = stripe.String(string(stripe.CheckoutSessionModePayment))
	q.PaymentIntentData = &stripe.CheckoutSessionPaymentIntentDataParams{Metadata: in.Metadata}
	q.InvoiceCreation = &stripe.CheckoutSessionInvoiceCreationParams{
		Enabled: stripe.Bool(true), InvoiceData: &stripe.CheckoutSessionInvoiceCreationInvoiceDataParams{Metadata: in.Metadata},
	}
	if in.CustomerID == "" {
		q.CustomerCreation = stripe.String(string(stripe.CheckoutSessionCustomerCreationAlways))
	}
}

// taxes asks for Stripe Tax and for tax numbers. A customer who is known must
// let the page keep the address and the name that go with them:
// https://docs.stripe.com/tax/checkout#existing-customers.
func (in CheckoutInput) taxes(q *stripe.CheckoutSessionParams) {
	update := &stripe.CheckoutSessionCustomerUpdateParams{}
	if in.AutomaticTax {
		q.AutomaticTax = &stripe.CheckoutSessionAutomaticTaxParams{Enabled: stripe.Bool(true)}
		update.Address = stripe.String("auto")
	}
	if in.TaxIDs {
		q.TaxIDCollection = &stripe.CheckoutSessionTaxIDCollectionParams{Enabled: stripe.Bool(true)}
		update.Name = stripe.String("auto")
	}
	if in.CustomerID != "" && (in.AutomaticTax || in.TaxIDs) {
		q.CustomerUpdate = update
	}
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
		AmountSubtotal: s.AmountSubtotal, AmountTotal: s.AmountTotal, Once: s.Mode == stripe.CheckoutSessionModePayment, Currency: string(s.Currency), Metadata: metadata(s.Metadata),
		Created: at(s.Created), Expires: at(s.ExpiresAt),
	}
	if s.Subscription != nil {
		out.SubscriptionID = s.Subscription.ID
	}
	if s.PaymentIntent != nil {
		out.PaymentIntentID = s.PaymentIntent.ID
	}
	if s.Invoice != nil {
		out.InvoiceID = s.Invoice.ID
	}
	if t := s.TotalDetails; t != nil {
		out.AmountDiscount, out.AmountTax = t.AmountDiscount, t.AmountTax
	}
	if d := s.CustomerDetails; d != nil {
		out.CustomerName = d.Name
		if d.Email != "" {
			out.CustomerEmail = d.Email
		}
	}
	return out
}
