package portal

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
)

// term is a dated right in a member's words.
type term struct {
	*billing.Term
	now time.Time
}

// terms lists what a member has from one date to another, what is over last.
func (p *Portal) terms(ctx context.Context, member uuid.UUID) (out []term, err error) {
	all, err := p.Billing.Terms(ctx, member)
	for _, t := range all {
		out = append(out, term{t, p.Now()})
	}
	slices.SortStableFunc(out, func(a, b term) int {
		switch {
		case a.Over() == b.Over():
			return 0
		case a.Over():
			return 1
		default:
			return -1
		}
	})
	return out, err
}

// Name is what it opens.
func (t term) Name() string {
	if t.Plan == nil {
		return "Everything we publish"
	}
	return t.Plan.Name
}

// Over tells whether it opens nothing any more.
func (t term) Over() bool {
	s := t.Term.State(t.now)
	return s == billing.TermEnded || s == billing.TermRevoked
}

// Open tells whether it opens now.
func (t term) Open() bool { return t.Term.State(t.now) == billing.TermOpen }

// Standing is how it stands, in a word or two.
func (t term) Standing() string {
	switch t.Term.State(t.now) {
	case billing.TermOpen:
		return "Open"
	case billing.TermComing:
		return "Not begun"
	case billing.TermUnpaid:
		return "Waiting for payment"
	case billing.TermRevoked:
		return "Taken back"
	default:
		return "Ended"
	}
}

// Why is where it comes from.
func (t term) Why() string {
	switch t.Source {
	case billing.TermComplimentary:
		return "With our compliments"
	case billing.TermGift:
		return "A gift"
	case billing.TermOrder:
		return "Paid by invoice"
	case billing.TermPurchase:
		return "Paid once"
	default:
		return "By agreement"
	}
}

// Dates says from when to when, and until when it is open if it is not paid.
func (t term) Dates() string {
	switch state := t.Term.State(t.now); {
	case state == billing.TermRevoked:
		return "taken back on " + date(*t.RevokedAt)
	case state == billing.TermComing:
		return "from " + date(t.StartsAt) + " until " + date(t.EndsAt)
	case state == billing.TermOpen && t.OpenUntil != nil && t.OpenUntil.Before(t.EndsAt):
		return "until " + date(t.EndsAt) + ", if it is paid by " + date(*t.OpenUntil)
	default:
		return "until " + date(t.EndsAt)
	}
}
