package billing

import "time"

// Difference is a way in which the mirror and Stripe did not agree.
type Difference string

// The differences, the most urgent first.
const (
	PaidWithoutAccess    Difference = "paid_without_access"    // runs at Stripe, closed or unknown here
	AccessWithoutPayment Difference = "access_without_payment" // open here, not running at Stripe
	PurchaseMissed       Difference = "purchase_missed"        // paid once at Stripe, or by a stranger, and not noted here
	PurchasePaidBack     Difference = "purchase_paid_back"     // paid once and paid back at Stripe, and not noted here
	SeveralOpen          Difference = "several_open"           // one owner pays for more than one subscription
	MissingThere         Difference = "missing_there"          // the mirror has it, Stripe does not know it
	UnknownPrice         Difference = "unknown_price"          // a customer of ours pays a price this system did not make
	PlanDiffered         Difference = "plan_differed"          // another plan than here
	AmountDiffered       Difference = "amount_differed"        // another price, quantity or discount than here
	BillDiffered         Difference = "bill_differed"          // a bill, or what was given back of it
	CustomerDeleted      Difference = "customer_deleted"       // a member's customer is gone at Stripe
	StatusDiffered       Difference = "status_differed"        // without a consequence for access
	MissingHere          Difference = "missing_here"           // over at Stripe, and never seen here
	DetailsDiffered      Difference = "details_differed"       // period, card, bill and the like
)

// ByMachine tells whether a repair puts it right. For the others a person has
// to act at Stripe: the machine must not choose which of two subscriptions a
// member keeps, and a subscription that Stripe does not know may only mean
// that the key is the wrong account's.
func (d Difference) ByMachine() bool {
	switch d {
	case SeveralOpen, MissingThere, UnknownPrice:
		return false
	default:
		return true
	}
}

// WhatToDo says what a person must do about a difference that no machine
// repairs; "" for the others.
func WhatToDo(d Difference) string {
	switch d {
	case SeveralOpen:
		return "Ask the member which one they want to keep and cancel the others at Stripe, with a refund if it is due."
	case MissingThere:
		return "Look whether the Stripe key is the right account's. If it is, the object was removed at Stripe: end what stands here by ending the member's subscription."
	case UnknownPrice:
		return "Give the plan this price in the desk, or move the subscription to one of the plan's prices at Stripe."
	default:
		return ""
	}
}

// Finding is one difference.
type Finding struct {
	Difference Difference
	StripeID   string // of the subscription or customer; "" for several_open
	Owner      Owner  // zero when nobody here
	Was, Is    string // what stood here, and what Stripe says; may be ""
	Repaired   bool
}

// Report is what a comparison with Stripe found.
type Report struct {
	Mode     Mode
	Checked  int // subscriptions at Stripe, and rows Stripe did not list
	Foreign  int // of them, those of somebody else
	Changed  int // rows written
	Counts   map[Difference]int
	Findings []Finding // the first 1000
	Began    time.Time
	Ended    time.Time
}

const maxFindings = 1000

func (r *Report) add(f Finding) {
	f.Repaired = r.Mode == Repair && f.Difference.ByMachine()
	r.Counts[f.Difference]++
	if len(r.Findings) < maxFindings {
		r.Findings = append(r.Findings, f)
	}
}

// Clean tells whether mirror and Stripe agreed in everything that matters to a
// member.
func (r *Report) Clean() bool {
	for d, n := range r.Counts {
		if n > 0 && d != DetailsDiffered && d != MissingHere && d != BillDiffered {
			return false
		}
	}
	return true
}
