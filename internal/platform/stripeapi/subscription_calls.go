package stripeapi

import (
	"context"
	"iter"
	"time"

	"github.com/stripe/stripe-go/v76"

	"lighttrends/internal/platform/fault"
)

// Proration says what a change in the middle of a period costs
// (https://docs.stripe.com/billing/subscriptions/prorations).
type Proration string

// The prorations.
const (
	ProrateNextInvoice Proration = "create_prorations" // credit and charge wait for the next invoice
	ProrateNow         Proration = "always_invoice"    // and are billed at once
	ProrateNone        Proration = "none"              // the new price counts from the next period
)

// SubscriptionFilter narrows a list; the zero value lists every subscription,
// ended ones included. Subscriptions under a test clock are listed only when
// CustomerID or TestClockID is set.
type SubscriptionFilter struct {
	CustomerID   string
	PriceID      string
	Status       Status // empty: all
	CreatedSince time.Time
	TestClockID  string
}

// SubscriptionChange is one change. Exactly what is set is sent.
type SubscriptionChange struct {
	ItemID    string // which item gets the new price or quantity; needed with either
	PriceID   string
	Quantity  int64     // 0 leaves it
	Proration Proration // empty is Stripe's own default, ProrateNextInvoice
	// ProrationDate is the moment the change counts from. The same moment in a
	// preview and in the change gives the same amount to the cent
	// (https://docs.stripe.com/billing/subscriptions/prorations#preview-proration).
	ProrationDate time.Time
	// AllOrNothing refuses the change when its payment is refused, and leaves
	// everything as it was.
	AllOrNothing bool

	CancelAtPeriodEnd *bool // true: let it run out; false: keep it after all
	CancelComment     string
	CancelFeedback    Feedback

	PauseBehavior string // keep_as_draft, mark_uncollectible or void
	PauseUntil    time.Time
	Unpause       bool

	CouponID string    // a discount from now on, in the place of the one there is
	TrialEnd time.Time // a new end of the trial
	Metadata map[string]string
}

// Feedback is why somebody cancels, in Stripe's words
// (https://docs.stripe.com/api/subscriptions/object#subscription_object-cancellation_details-feedback).
type Feedback string

// The feedbacks.
const (
	TooExpensive    Feedback = "too_expensive"
	MissingFeatures Feedback = "missing_features"
	SwitchedService Feedback = "switched_service"
	NotUsed         Feedback = "unused"
	CustomerService Feedback = "customer_service"
	TooComplex      Feedback = "too_complex"
	LowQuality      Feedback = "low_quality"
	OtherFeedback   Feedback = "other"
)

// Subscription fetches the current state of one subscription, with its latest
// invoice, its default card and its promotion code in the same answer.
func (c *Client) Subscription(ctx context.Context, id string) (Subscription, error) {
	common, err := read(ctx, id)
	if err != nil {
		return Subscription{}, err
	}
	q := &stripe.SubscriptionParams{Params: common}
	expandSubscription(q.AddExpand, "")
	s, err := c.api.Subscriptions.Get(id, q)
	return plainSubscription(s), c.fault(err)
}

// Subscriptions walks through subscriptions, newest first.
func (c *Client) Subscriptions(ctx context.Context, f SubscriptionFilter) iter.Seq2[Subscription, error] {
	return walk(c, func() *stripe.Iter {
		q := &stripe.SubscriptionListParams{
			ListParams: pages(ctx), Customer: text(f.CustomerID), Price: text(f.PriceID), Status: stripe.String("all"),
			TestClock: text(f.TestClockID), CreatedRange: since(f.CreatedSince),
		}
		if f.Status != "" {
			q.Status = stripe.String(string(f.Status))
		}
		expandSubscription(q.AddExpand, "data.")
		return c.api.Subscriptions.List(q).Iter
	}, plainSubscription)
}

func expandSubscription(expand func(string), prefix string) {
	for _, field := range []string{"latest_invoice", "default_payment_method"} {
		expand(prefix + field)
	}
}

// UpdateSubscription applies one change and returns the state after it.
func (c *Client) UpdateSubscription(ctx context.Context, key, id string, change SubscriptionChange) (Subscription, error) {
	common, err := write(ctx, key, id)
	if err != nil {
		return Subscription{}, err
	}
	if change.ItemID == "" && (change.PriceID != "" || change.Quantity != 0) {
		return Subscription{}, fault.New(fault.Internal, CodeInvalidRequest, "A new price or quantity needs the item it is for.")
	}
	q := change.params()
	common.Extra = q.Extra // it lives in Params too
	q.Params = common
	expandSubscription(q.AddExpand, "")
	s, err := c.api.Subscriptions.Update(id, q)
	return plainSubscription(s), c.fault(err)
}

func (change SubscriptionChange) params() *stripe.SubscriptionParams {
	q := &stripe.SubscriptionParams{
		CancelAtPeriodEnd: change.CancelAtPeriodEnd,
		ProrationBehavior: text(string(change.Proration)),
		ProrationDate:     unix(change.ProrationDate),
		Coupon:            text(change.CouponID),
		TrialEnd:          unix(change.TrialEnd),
		Metadata:          change.Metadata,
	}
	if change.ItemID != "" {
		q.Items = []*stripe.SubscriptionItemsParams{{ID: &change.ItemID, Price: text(change.PriceID), Quantity: number(change.Quantity)}}
	}
	if change.AllOrNothing {
		q.PaymentBehavior = stripe.String("error_if_incomplete")
	}
	if change.CancelComment != "" || change.CancelFeedback != "" {
		q.CancellationDetails = &stripe.SubscriptionCancellationDetailsParams{Comment: text(change.CancelComment), Feedback: text(string(change.CancelFeedback))}
	}
	if change.PauseBehavior != "" {
		q.PauseCollection = &stripe.SubscriptionPauseCollectionParams{Behavior: &change.PauseBehavior, ResumesAt: unix(change.PauseUntil)}
	} else if change.Unpause {
		q.AddExtra("pause_collection", "") // an empty value is how Stripe unsets it
	}
	return q
}

// CancelAtPeriodEnd lets a subscription run out at the end of what is paid.
func (c *Client) CancelAtPeriodEnd(ctx context.Context, key, id string) (Subscription, error) {
	return c.UpdateSubscription(ctx, key, id, SubscriptionChange{CancelAtPeriodEnd: stripe.Bool(true)})
}

// KeepSubscription takes CancelAtPeriodEnd back, as long as it has not ended.
func (c *Client) KeepSubscription(ctx context.Context, key, id string) (Subscription, error) {
	return c.UpdateSubscription(ctx, key, id, SubscriptionChange{CancelAtPeriodEnd: stripe.Bool(false)})
}

// ResumeSubscription starts a paused subscription again, with a new period
// and an invoice from now on.
func (c *Client) ResumeSubscription(ctx context.Context, key, id string) (Subscription, error) {
	common, err := write(ctx, key, id)
	if err != nil {
		return Subscription{}, err
	}
	q := &stripe.SubscriptionResumeParams{Params: common, BillingCycleAnchor: stripe.String("now")}
	expandSubscription(q.AddExpand, "")
	s, err := c.api.Subscriptions.Resume(id, q)
	return plainSubscription(s), c.fault(err)
}

// CancelNow ends a subscription at once. One that has ended already answers
// stripe_not_found.
func (c *Client) CancelNow(ctx context.Context, key, id, comment string) (Subscription, error) {
	common, err := write(ctx, key, id)
	if err != nil {
		return Subscription{}, err
	}
	q := &stripe.SubscriptionCancelParams{Params: common}
	if comment != "" {
		q.CancellationDetails = &stripe.SubscriptionCancelCancellationDetailsParams{Comment: &comment}
	}
	expandSubscription(q.AddExpand, "")
	s, err := c.api.Subscriptions.Cancel(id, q)
	return plainSubscription(s), c.fault(err)
}
