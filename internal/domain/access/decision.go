package access

import (
	"time"

	"github.com/google/uuid"
)

// Level is how much a reader may see.
type Level string

// The levels.
const (
	Full    Level = "full"
	Preview Level = "preview" // the abstract, and what stands above the paywall
	Denied  Level = "denied"  // nothing: to this reader the note does not exist
)

// Reason says why, in a word that machines may rely on. For a full decision it
// is OpenToAll or the kind of the grant that opened.
type Reason string

// Reasons other than the kinds of grant.
const (
	OpenToAll            Reason = "public"
	SignInRequired       Reason = "sign_in_required"
	SubscriptionRequired Reason = "subscription_required"
	OtherPlanRequired    Reason = "other_plan_required"
	SubscriptionEnded    Reason = "subscription_ended"
	PaymentFailed        Reason = "payment_failed"
	PaymentPending       Reason = "payment_pending"
	SubscriptionPaused   Reason = "subscription_paused"
	GrantNotYetValid     Reason = "not_yet_valid"
	Embargoed            Reason = "embargoed"
	NotPublished         Reason = "not_published"
	Retracted            Reason = "retracted"
	UnknownGate          Reason = "unknown_gate"
)

// Reasons lists why somebody may not read in full.
func Reasons() []Reason {
	return []Reason{
		SignInRequired, SubscriptionRequired, OtherPlanRequired, SubscriptionEnded, PaymentFailed, PaymentPending, SubscriptionPaused, GrantNotYetValid,
		Embargoed, NotPublished, Retracted, UnknownGate,
	}
}

// Unlock is one thing the reader could do to read on.
type Unlock string

// The ways to unlock, best first in a decision.
const (
	SignIn        Unlock = "sign_in"
	Register      Unlock = "register"
	Subscribe     Unlock = "subscribe"
	ChangePlan    Unlock = "change_plan"
	FixPayment    Unlock = "fix_payment"
	ResumePayment Unlock = "resume"
	// BuyNote stands in no decision: whether a note is sold on its own is not
	// part of its gate. See [Decision.MayBuy].
	BuyNote Unlock = "buy_note"
)

// Decision is the answer of [Decide]. Its zero value is denied. Only Decide can
// make one that is full.
type Decision struct {
	note     uuid.UUID
	revision uuid.UUID // only set when full
	gate     GateKind
	level    Level
	reason   Reason
	unlock   []Unlock
	plans    []string
	grant    Grant

	allowance *Allowance
	begins    time.Time
}

// Level says how much the reader may see.
func (d Decision) Level() Level {
	if d.level == "" {
		return Denied
	}
	return d.level
}

// Full tells whether the reader may see the gated text.
func (d Decision) Full() bool { return d.level == Full }

// MayBuy tells whether the right to this one note would help the reader: it
// would open the text, and no free account does. Whether it is sold is another
// question.
func (d Decision) MayBuy() bool { return d.level == Preview && d.gate != Members }

// Reason says why.
func (d Decision) Reason() Reason { return d.reason }

// Begins is when a grant begins that would open the text then; zero unless that
// is the reason.
func (d Decision) Begins() time.Time { return d.begins }

// Unlock lists what would open the rest, best first.
func (d Decision) Unlock() []Unlock { return d.unlock }

// Plans lists the slugs of the plans that would open it; empty means any plan.
func (d Decision) Plans() []string { return d.plans }

// Gate is the kind of gate that was decided on.
func (d Decision) Gate() GateKind { return d.gate }

// Note is the note that was decided on.
func (d Decision) Note() uuid.UUID { return d.note }

// Revision is the revision a full decision opens, and zero otherwise.
func (d Decision) Revision() uuid.UUID { return d.revision }

// Paid tells whether a right that was paid for or given opened the note. A
// public note needs none.
func (d Decision) Paid() bool { return d.level == Full && d.grant.pays() }

// Grant is the grant that opened, and zero otherwise.
func (d Decision) Grant() Grant { return d.grant }

func (d Decision) deny(r Reason) Decision {
	d.level, d.reason = Denied, r
	return d
}

func (d Decision) open(gate Gate, r Reason, g Grant) Decision {
	d.level, d.reason, d.grant, d.revision = Full, r, g, gate.Revision
	return d
}

// What strangers can do, shared by all their decisions.
var signInOrRegister, signInOrSubscribe = []Unlock{SignIn, Register}, []Unlock{SignIn, Subscribe}

// preview explains what is missing: first whether anybody is signed in, then
// whether a subscription is open but for another plan, then what became of a
// subscription that is not open any more.
func (d Decision) preview(gate Gate, grants []Grant, now time.Time) Decision {
	d.level = Preview
	if gate.Kind == Plans {
		d.plans = gate.Plans
	}
	if len(grants) == 0 {
		if gate.Kind == Members {
			return d.because(SignInRequired, signInOrRegister...)
		}
		return d.because(SubscriptionRequired, signInOrSubscribe...)
	}
	closed := SubscriptionRequired
	for _, g := range grants {
		if !g.pays() {
			continue
		}
		if g.open(now) {
			return d.because(OtherPlanRequired, ChangePlan)
		}
		r := why(g, now)
		if r == GrantNotYetValid && (d.begins.IsZero() || g.From.Before(d.begins)) {
			d.begins = g.From
		}
		if rank(r) > rank(closed) {
			closed = r
		}
	}
	if closed != GrantNotYetValid {
		d.begins = time.Time{}
	}
	return d.because(closed, remedy(closed)...)
}

func (d Decision) because(r Reason, unlock ...Unlock) Decision {
	d.reason, d.unlock = r, unlock
	return d
}

// why says what is the matter with a grant that is closed.
func why(g Grant, now time.Time) Reason {
	switch g.Standing {
	case Unpaid, PastDue:
		return PaymentFailed
	case Incomplete:
		return PaymentPending
	case Paused:
		return SubscriptionPaused
	case Canceled, IncompleteExpired:
		return SubscriptionEnded
	}
	if now.Before(g.From) {
		return GrantNotYetValid
	}
	return SubscriptionEnded
}

// rank orders what is worth telling when several grants are closed: what the
// reader can mend comes before what is over.
func rank(r Reason) int {
	switch r {
	case PaymentFailed:
		return 5
	case PaymentPending:
		return 4
	case SubscriptionPaused:
		return 3
	case GrantNotYetValid:
		return 2
	case SubscriptionEnded:
		return 1
	default:
		return 0
	}
}

func remedy(r Reason) []Unlock {
	switch r {
	case PaymentFailed, PaymentPending:
		return []Unlock{FixPayment, Subscribe}
	case SubscriptionPaused:
		return []Unlock{ResumePayment, Subscribe}
	case GrantNotYetValid:
		return nil
	default:
		return []Unlock{Subscribe}
	}
}
