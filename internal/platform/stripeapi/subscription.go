package stripeapi

import (
	"time"

	"github.com/stripe/stripe-go/v76"
)

// Status is where a subscription stands. Which of them open a gate is not
// decided here.
type Status string

// The statuses (https://docs.stripe.com/api/subscriptions/object#subscription_object-status).
const (
	Incomplete        Status = "incomplete"         // the first payment has 23 hours
	IncompleteExpired Status = "incomplete_expired" // it did not come; final
	Trialing          Status = "trialing"
	Active            Status = "active"
	PastDue           Status = "past_due" // a renewal failed and is tried again
	Unpaid            Status = "unpaid"   // all tries failed; invoices stay drafts
	Paused            Status = "paused"   // a trial ended without a payment method
	Canceled          Status = "canceled" // final
)

// Item is one price of a subscription.
type Item struct {
	ID       string
	Price    Price
	Quantity int64
}

// PauseCollection says what happens to invoices while nothing is collected.
// The subscription's status stays as it is.
type PauseCollection struct {
	Behavior string    // keep_as_draft, mark_uncollectible or void
	Resumes  time.Time // zero: until somebody resumes it
}

// Subscription is the state of one subscription at the moment it was fetched.
type Subscription struct {
	ID                 string
	CustomerID         string
	Status             Status
	Items              []Item
	Currency           string
	Created            time.Time
	Started            time.Time
	CurrentPeriodStart time.Time
	CurrentPeriodEnd   time.Time
	CancelAt           time.Time // zero: no end is set
	CancelAtPeriodEnd  bool
	CanceledAt         time.Time // when it was asked for, not when it takes effect
	EndedAt            time.Time // when it took effect
	CancelReason       string    // cancellation_requested, payment_failed or payment_disputed
	CancelFeedback     Feedback
	CancelComment      string
	TrialStart         time.Time
	TrialEnd           time.Time
	PauseCollection    *PauseCollection
	LatestInvoiceID    string
	LatestInvoice      *Invoice // as it was in the same answer; nil when there is none
	DefaultCard        *Card    // nil when the subscription has no card of its own
	DiscountPercent    float64
	DiscountAmount     int64
	DiscountOnce       bool // it takes something off one bill only
	PromotionCodeID    string
	SendInvoice        bool // bills are sent, not collected
	Metadata           map[string]string
	TestClockID        string
}

// FirstUnpaid tells whether the subscription runs at Stripe although its first
// bill, which is collected by itself, is not paid: a bank debit takes days, and
// depending on the method Stripe lets the subscription be active meanwhile
// (https://docs.stripe.com/billing/subscriptions/ach-debit).
func (out *Subscription) FirstUnpaid() bool {
	in := out.LatestInvoice
	return out.Status == Active && !out.SendInvoice && in != nil && in.Status == "open" && in.BillingReason == "subscription_create" && in.AmountRemaining > 0
}

// Card is what may be shown of a card.
type Card struct {
	Brand    string // visa, mastercard …
	Last4    string
	ExpMonth int64
	ExpYear  int64
}

func plainSubscription(s *stripe.Subscription) Subscription {
	if s == nil {
		return Subscription{}
	}
	out := Subscription{
		ID: s.ID, CustomerID: customerID(s.Customer), Status: Status(s.Status), Currency: string(s.Currency),
		Created: at(s.Created), Started: at(s.StartDate), CurrentPeriodStart: at(s.CurrentPeriodStart), CurrentPeriodEnd: at(s.CurrentPeriodEnd),
		CancelAt: at(s.CancelAt), CancelAtPeriodEnd: s.CancelAtPeriodEnd, CanceledAt: at(s.CanceledAt), EndedAt: at(s.EndedAt),
		TrialStart: at(s.TrialStart), TrialEnd: at(s.TrialEnd), Metadata: metadata(s.Metadata),
	}
	if s.Items != nil {
		for _, i := range s.Items.Data {
			out.Items = append(out.Items, Item{ID: i.ID, Price: plainPrice(i.Price), Quantity: i.Quantity})
		}
	}
	out.SendInvoice = s.CollectionMethod == stripe.SubscriptionCollectionMethodSendInvoice
	out.readEnding(s)
	out.readMoney(s)
	if s.TestClock != nil {
		out.TestClockID = s.TestClock.ID
	}
	return out
}

func (out *Subscription) readEnding(s *stripe.Subscription) {
	if s.CancellationDetails != nil {
		d := s.CancellationDetails
		out.CancelReason, out.CancelFeedback, out.CancelComment = string(d.Reason), Feedback(d.Feedback), d.Comment
	}
	if p := s.PauseCollection; p != nil && p.Behavior != "" {
		out.PauseCollection = &PauseCollection{Behavior: string(p.Behavior), Resumes: at(p.ResumesAt)}
	}
}

func (out *Subscription) readMoney(s *stripe.Subscription) {
	if s.LatestInvoice != nil {
		out.LatestInvoiceID = s.LatestInvoice.ID
		if s.LatestInvoice.Object != "" { // expanded, not only an id
			in := plainInvoice(s.LatestInvoice)
			out.LatestInvoice = &in
		}
	}
	if pm := s.DefaultPaymentMethod; pm != nil && pm.Card != nil {
		out.DefaultCard = &Card{Brand: string(pm.Card.Brand), Last4: pm.Card.Last4, ExpMonth: pm.Card.ExpMonth, ExpYear: pm.Card.ExpYear}
	}
	if d := s.Discount; d != nil {
		if d.Coupon != nil {
			out.DiscountPercent, out.DiscountAmount = d.Coupon.PercentOff, d.Coupon.AmountOff
			out.DiscountOnce = d.Coupon.Duration == stripe.CouponDurationOnce
		}
		if d.PromotionCode != nil {
			out.PromotionCodeID = d.PromotionCode.ID
		}
	}
}
