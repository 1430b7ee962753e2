package object

// Statuses of a subscription.
const (
	Incomplete        = "incomplete"
	IncompleteExpired = "incomplete_expired"
	Trialing          = "trialing"
	Active            = "active"
	PastDue           = "past_due"
	Unpaid            = "unpaid"
	Paused            = "paused"
	Canceled          = "canceled"
)

// Subscription is a customer's running purchase.
type Subscription struct {
	Head
	BillingCycleAnchor   int64               `json:"billing_cycle_anchor"`
	CancelAt             Num                 `json:"cancel_at"`
	CancelAtPeriodEnd    bool                `json:"cancel_at_period_end"`
	CanceledAt           Num                 `json:"canceled_at"`
	CancellationDetails  CancellationDetails `json:"cancellation_details"`
	Currency             string              `json:"currency"`
	CurrentPeriodEnd     int64               `json:"current_period_end"`
	CurrentPeriodStart   int64               `json:"current_period_start"`
	Customer             string              `json:"customer"`
	DefaultPaymentMethod Str                 `json:"default_payment_method"`
	Description          Str                 `json:"description"`
	Discount             *Discount           `json:"discount"`
	EndedAt              Num                 `json:"ended_at"`
	Items                List[Item]          `json:"items"`
	LatestInvoice        Str                 `json:"latest_invoice"`
	Metadata             Meta                `json:"metadata"`
	PauseCollection      *PauseCollection    `json:"pause_collection"`
	StartDate            int64               `json:"start_date"`
	Status               string              `json:"status"`
	TestClock            Str                 `json:"test_clock"`
	TrialEnd             Num                 `json:"trial_end"`
	TrialSettings        TrialSettings       `json:"trial_settings"`
	TrialStart           Num                 `json:"trial_start"`
	Secret               SubscriptionSecret  `json:"-"`
}

// SubscriptionSecret is what the stand-in remembers of a subscription.
type SubscriptionSecret struct {
	ToldTrialEnd  int64 `json:"told_trial_end,omitempty"` // the trial end trial_will_end was sent for
	ToldUpcoming  int64 `json:"told_upcoming,omitempty"`  // the period end invoice.upcoming was sent for
	PaymentUnsure bool  `json:"payment_unsure,omitempty"` // the first payment is still on its way

	EndedPeriodStart int64 `json:"ended_period_start,omitempty"` // start of the period before this one
}

// CancellationDetails tell why a subscription was or will be canceled.
type CancellationDetails struct {
	Comment  Str `json:"comment"`
	Feedback Str `json:"feedback"`
	Reason   Str `json:"reason"`
}

// PauseCollection says what becomes of invoices meanwhile.
type PauseCollection struct {
	Behavior  string `json:"behavior"`
	ResumesAt Num    `json:"resumes_at"`
}

// TrialSettings say what happens when a trial ends without a payment method.
type TrialSettings struct {
	EndBehavior EndBehavior `json:"end_behavior"`
}

// EndBehavior is cancel, create_invoice or pause.
type EndBehavior struct {
	MissingPaymentMethod string `json:"missing_payment_method"`
}

// Item is one price of a subscription. It has an id of its own.
type Item struct {
	ID           string `json:"id"`
	Object       string `json:"object"`
	Thresholds   *int   `json:"billing_thresholds"`
	Created      int64  `json:"created"`
	Metadata     Meta   `json:"metadata"`
	Price        Price  `json:"price"`
	Quantity     int64  `json:"quantity"`
	Subscription string `json:"subscription"`
	TaxRates     []int  `json:"tax_rates"`
}

// Keys implements Record.
func (s *Subscription) Keys() []Key {
	k := keys("customer", s.Customer, "status", s.Status, "test_clock", string(s.TestClock))
	for _, i := range s.Items.Data {
		k = append(k, Key{"price", i.Price.ID})
	}
	return k
}

// Hidden implements Record.
func (s *Subscription) Hidden() any { return &s.Secret }

// Ended tells whether the status is final.
func (s *Subscription) Ended() bool { return s.Status == Canceled || s.Status == IncompleteExpired }

// Seconds of the waiting times Stripe documents.
const (
	Day            = 24 * 3600
	IncompleteLife = 23 * 3600 // for the first payment
	TrialNotice    = 3 * Day   // customer.subscription.trial_will_end comes that early
	UpcomingNotice = 7 * Day   // invoice.upcoming, Stripe's default setting
	DraftLife      = 3600      // a renewal invoice is a draft for about an hour
)

// Due implements Record.
func (s *Subscription) Due() int64 {
	var next int64
	soon := func(at int64) {
		if at > 0 && (next == 0 || at < next) {
			next = at
		}
	}
	if s.Ended() {
		return 0
	}
	soon(int64(s.CancelAt))
	switch s.Status {
	case Incomplete:
		if !s.Secret.PaymentUnsure {
			soon(s.Created + IncompleteLife)
		}
	case Trialing:
		soon(int64(s.TrialEnd))
		if s.Secret.ToldTrialEnd != int64(s.TrialEnd) {
			soon(int64(s.TrialEnd) - TrialNotice)
		}
	case Active, PastDue, Unpaid:
		soon(s.CurrentPeriodEnd)
		if s.WantsUpcoming() {
			soon(s.CurrentPeriodEnd - UpcomingNotice)
		}
	}
	if s.PauseCollection != nil {
		soon(int64(s.PauseCollection.ResumesAt))
	}
	return next
}

// WantsUpcoming tells whether invoice.upcoming is still to be sent for the
// period that runs. Periods of a week or less get none.
func (s *Subscription) WantsUpcoming() bool {
	long := s.CurrentPeriodEnd-s.CurrentPeriodStart > UpcomingNotice
	renews := !s.CancelAtPeriodEnd && (s.Status == Active || s.Status == PastDue)
	return long && renews && s.Secret.ToldUpcoming != s.CurrentPeriodEnd
}
