package access

import (
	"time"

	"github.com/google/uuid"
)

// GrantKind says where a right to read comes from.
type GrantKind string

// The grants. Membership alone opens only notes for members.
const (
	Membership    GrantKind = "membership"    // a signed-in member
	Subscription  GrantKind = "subscription"  // bought by the member
	Seat          GrantKind = "seat"          // a place in an organization's licence
	Complimentary GrantKind = "complimentary" // given by the firm
	Term          GrantKind = "term"          // from one date to another: paid by invoice, by transfer, at once, or as a gift
	Purchase      GrantKind = "purchase"      // one note, bought for good
	Metered       GrantKind = "metered"       // one of the notes a free member may read this month
	ShareLink     GrantKind = "share_link"    // one note, handed on by a member
)

// Standing is the state of a subscription, in Stripe's words:
// https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses.
type Standing string

// The standings. Active, Trialing and PastDue are open.
const (
	Active            Standing = "active"
	Trialing          Standing = "trialing"
	PastDue           Standing = "past_due"
	Incomplete        Standing = "incomplete"
	IncompleteExpired Standing = "incomplete_expired"
	Unpaid            Standing = "unpaid"
	Paused            Standing = "paused"
	Canceled          Standing = "canceled"
)

// Grant is one reason why a reader may read. Closed grants are kept in the
// list, so that a decision can say what went wrong.
type Grant struct {
	Kind     GrantKind
	Plan     string    // slug of the plan it stands for; "" with Complimentary and Term means every plan
	Note     uuid.UUID // for Purchase, Metered and ShareLink: the one note it opens
	Standing Standing  // empty means Active
	From     time.Time // zero: since ever
	Until    time.Time // zero: without end. The moment itself is outside
	Grace    time.Time // PastDue stays open until then; zero: as long as it lasts
}

// open applies the access rule for subscriptions and the dates.
func (g Grant) open(now time.Time) bool {
	if now.Before(g.From) || (!g.Until.IsZero() && !now.Before(g.Until)) {
		return false
	}
	switch g.Standing {
	case "", Active, Trialing:
		return true
	case PastDue:
		return g.Grace.IsZero() || now.Before(g.Grace)
	default:
		return false
	}
}

// pays tells whether this kind of grant opens notes that are sold.
func (g Grant) pays() bool {
	switch g.Kind {
	case Subscription, Seat, Complimentary, Term:
		return true
	default:
		return false
	}
}
