package billing

import (
	"time"
)

// Difference is a way in which the mirror and Stripe did not agree.
type Difference string

// The differences.
const (
	MissingHere     Difference = "missing_here"     // Stripe has it, the mirror had not
	MissingThere    Difference = "missing_there"    // the mirror has it, Stripe does not know it
	StatusDiffered  Difference = "status_differed"  // and was put right
	DetailsDiffered Difference = "details_differed" // period, card, bill and the like; put right
	UnknownPrice    Difference = "unknown_price"    // a customer of ours pays a price this system did not make
	SeveralOpen     Difference = "several_open"     // one owner pays for more than one subscription
	CustomerDeleted Difference = "customer_deleted" // found deleted at Stripe
)

// Finding is one difference.
type Finding struct {
	Difference Difference
	StripeID   string // of the subscription or customer; "" for several_open
	Owner      Owner  // zero when nobody here
	Was, Is    Status // for status_differed
}

// Report is what a comparison with Stripe found.
type Report struct {
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
	r.Counts[f.Difference]++
	if len(r.Findings) < maxFindings {
		r.Findings = append(r.Findings, f)
	}
}

// Clean tells whether mirror and Stripe agreed in everything that matters to a
// member.
func (r *Report) Clean() bool {
	for d, n := range r.Counts {
		if n > 0 && d != DetailsDiffered {
			return false
		}
	}
	return true
}
