package billing

import (
	"time"

	"github.com/google/uuid"
)

// Status is where a subscription stands, in Stripe's words:
// https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses.
type Status string

// The statuses. Which of them lets somebody read is decided by the access room.
const (
	Incomplete        Status = "incomplete"
	IncompleteExpired Status = "incomplete_expired"
	Trialing          Status = "trialing"
	Active            Status = "active"
	PastDue           Status = "past_due"
	Unpaid            Status = "unpaid"
	Paused            Status = "paused"
	Canceled          Status = "canceled"
)

// Open tells whether the subscription runs, as the trade sees it: there is
// nothing to buy and something to cancel.
func (s Status) Open() bool { return s == Active || s == Trialing || s == PastDue }

// Ended tells whether the status is final.
func (s Status) Ended() bool { return s == Canceled || s == IncompleteExpired }

// Subscription is the copy of a subscription at Stripe.
type Subscription struct {
	ID               uuid.UUID `gorm:"type:uuid;primaryKey"`
	Owner            Owner     `gorm:"embedded;embeddedPrefix:owner_"`
	StripeID         string
	StripeCustomerID string
	Mirror           `gorm:"embedded"`
	StartedAt        time.Time  // at Stripe
	OpenedAt         *time.Time // when it was first seen open
	SyncNumber       int64      // rises with every write
	SyncedAt         time.Time
	CreatedAt        time.Time
}

// TableName implements gorm's Tabler.
func (Subscription) TableName() string { return "subscriptions" }

// Mirror is what Stripe says and what can change. Nil times are unset.
type Mirror struct {
	PlanID             uuid.UUID     `gorm:"type:uuid"`
	PriceID            uuid.NullUUID `gorm:"type:uuid"` // null: a price made elsewhere
	StripePriceID      string
	Status             Status
	Quantity           int64
	Amount             int64 // for one, in the smallest unit of Currency
	Currency           string
	Interval           Interval // also day or week, for prices made elsewhere
	IntervalCount      int64
	CurrentPeriodStart *time.Time
	CurrentPeriodEnd   *time.Time
	CancelAtPeriodEnd  bool
	CancelAt           *time.Time
	CanceledAt         *time.Time // when it was asked for
	EndedAt            *time.Time // when it took effect
	TrialEnd           *time.Time
	PauseCollection    string // "" or what happens to invoices meanwhile
	PauseUntil         *time.Time
	PastDueSince       *time.Time
	InvoiceID          string // the latest
	InvoiceStatus      string // draft, open, paid, uncollectible or void
	InvoiceDue         int64  // what is left to pay of it
	InvoiceURL         string // where it can be paid
	CardBrand          string
	CardLast4          string
	MonthlyValue       int64 // see monthly; -1: not looked at since this is kept
	CancelReason       string
	CancelFeedback     string
	CardExpires        *time.Time // the first moment it is no longer good
}

// Ending tells whether the subscription is set to run out.
func (m *Mirror) Ending() bool { return m.CancelAtPeriodEnd || m.CancelAt != nil }

func (m *Mirror) moments() []**time.Time {
	return []**time.Time{
		&m.CurrentPeriodStart, &m.CurrentPeriodEnd, &m.CancelAt, &m.CanceledAt, &m.EndedAt, &m.TrialEnd, &m.PastDueSince, &m.PauseUntil, &m.CardExpires,
	}
}

// equal compares times as moments and the rest as it stands.
func (m Mirror) equal(other Mirror) bool {
	a, b := m.moments(), other.moments()
	for i := range a {
		if !sameMoment(*a[i], *b[i]) {
			return false
		}
		*a[i], *b[i] = nil, nil // both are copies
	}
	return m == other
}

func sameMoment(a, b *time.Time) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}

// change is what taking over a snapshot did.
type change struct {
	differs  bool     // there is something to write
	standing bool     // Standings would answer otherwise
	renewed  bool     // another period runs
	verbs    []string // for the journal
	replaced bool     // the plan, price or quantity is another one
}

// apply takes over what Stripe says. It is pure: what it does depends on the
// row and the snapshot only, and now, which dates what Stripe does not date.
func (s *Subscription) apply(next Mirror, now time.Time) change {
	before, fresh := s.Mirror, s.SyncNumber == 0
	next.PastDueSince = pastDueSince(before, next, now)
	c := change{differs: fresh || !before.equal(next)}
	if !c.differs {
		return c
	}
	c.renewed = !sameMoment(before.CurrentPeriodStart, next.CurrentPeriodStart)
	c.standing = fresh || before.PlanID != next.PlanID || before.Status != next.Status || !sameMoment(before.PastDueSince, next.PastDueSince)
	if fresh {
		before = Mirror{PlanID: next.PlanID, StripePriceID: next.StripePriceID, Quantity: next.Quantity}
	}
	c.verbs = verbs(before, next, s.OpenedAt != nil)
	c.replaced = before.PlanID != next.PlanID || before.StripePriceID != next.StripePriceID || before.Quantity != next.Quantity
	if next.Status.Open() && s.OpenedAt == nil {
		s.OpenedAt = &now
	}
	s.Mirror = next
	s.SyncNumber++
	s.SyncedAt = now
	return c
}

// pastDueSince keeps the moment while the trouble lasts. It begins with the
// bill that was not paid. A local stand-in may be ahead of our clock.
func pastDueSince(before, next Mirror, now time.Time) *time.Time {
	switch {
	case next.Status != PastDue:
		return nil
	case before.PastDueSince != nil:
		return before.PastDueSince
	case next.PastDueSince == nil || next.PastDueSince.After(now):
		return &now
	default:
		return next.PastDueSince
	}
}

// The journal's verbs of a subscription.
const (
	verbPending    = "subscription.pending"     // bought, but the first payment is still to come
	verbStarted    = "subscription.started"     // open for the first time; once in its life
	verbChanged    = "subscription.changed"     // another plan, price or quantity, or a trial became a subscription
	verbPastDue    = "subscription.past_due"    // a renewal failed and is tried again
	verbUnpaid     = "subscription.unpaid"      // all tries failed
	verbPaused     = "subscription.paused"      // a trial ended without a way to pay
	verbRecovered  = "subscription.recovered"   // paid, or running, again
	verbCanceling  = "subscription.canceling"   // will run out
	verbResumed    = "subscription.resumed"     // will not run out after all
	verbPauseBegan = "subscription.pause_began" // payments stop for a while
	verbPauseEnded = "subscription.pause_ended" // and go on
	verbEnded      = "subscription.ended"       // over, after it had been open
	verbExpired    = "subscription.expired"     // over without ever having been open here
	verbReconciled = "subscriptions.compared"   // a comparison with Stripe has ended
	verbRefused    = "stripe.signature_failed"  // calls that Stripe did not sign
)

// verbs names what happened between two states, the most important first.
func verbs(before, next Mirror, opened bool) []string {
	if next.Status.Ended() {
		switch {
		case before.Status.Ended():
			return nil
		case opened:
			return []string{verbEnded}
		default:
			return []string{verbExpired}
		}
	}
	out := statusVerbs(before.Status, next.Status, opened)
	if changed := before.PlanID != next.PlanID || before.StripePriceID != next.StripePriceID || before.Quantity != next.Quantity; changed {
		out = append(out, verbChanged)
	} else if before.Status == Trialing && next.Status == Active {
		out = append(out, verbChanged)
	}
	switch {
	case !before.Ending() && next.Ending():
		out = append(out, verbCanceling)
	case before.Ending() && !next.Ending():
		out = append(out, verbResumed)
	}
	switch was, is := before.PauseCollection != "", next.PauseCollection != ""; {
	case !was && is:
		out = append(out, verbPauseBegan)
	case was && !is:
		out = append(out, verbPauseEnded)
	}
	return out
}

func statusVerbs(before, next Status, opened bool) (out []string) {
	if next.Open() && !opened {
		out = append(out, verbStarted)
	}
	if before == next {
		return out
	}
	switch next {
	case PastDue:
		out = append(out, verbPastDue)
	case Unpaid:
		out = append(out, verbUnpaid)
	case Paused:
		out = append(out, verbPaused)
	case Incomplete:
		out = append(out, verbPending)
	case Active, Trialing:
		if opened && before != Active && before != Trialing {
			out = append(out, verbRecovered)
		}
	}
	return out
}
