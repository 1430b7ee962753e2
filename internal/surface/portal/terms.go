package portal

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/phrase"
)

// term is a dated right in a member's words.
type term struct {
	*billing.Term
	now time.Time
	in  *phrase.Language
}

// terms lists what a member has from one date to another, what is over last.
func (p *Portal) terms(ctx context.Context, member uuid.UUID) (out []term, err error) {
	all, err := p.Billing.Terms(ctx, member)
	for _, t := range all {
		out = append(out, term{t, p.Now(), p.language(ctx)})
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
		return inEnglish(t.in).Text("term.everything")
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
	l := inEnglish(t.in)
	switch t.Term.State(t.now) {
	case billing.TermOpen:
		return l.Text("bill.open")
	case billing.TermComing:
		return l.Text("term.coming")
	case billing.TermUnpaid:
		return l.Text("term.unpaid")
	case billing.TermRevoked:
		return l.Text("term.revoked")
	default:
		return l.Text("term.ended")
	}
}

// Why is where it comes from.
func (t term) Why() string {
	l := inEnglish(t.in)
	switch t.Source {
	case billing.TermComplimentary:
		return l.Text("term.complimentary")
	case billing.TermGift:
		return l.Text("term.gift")
	case billing.TermOrder:
		return l.Text("term.invoice")
	case billing.TermPurchase:
		return l.Text("term.once")
	default:
		return l.Text("term.agreed")
	}
}

// Dates says from when to when, and until when it is open if it is not paid.
func (t term) Dates() string {
	l := inEnglish(t.in)
	switch state := t.Term.State(t.now); {
	case state == billing.TermRevoked:
		return l.Text("term.revoked_on", "date", *t.RevokedAt)
	case state == billing.TermComing:
		return l.Text("term.span", "from", t.StartsAt, "until", t.EndsAt)
	case state == billing.TermOpen && t.OpenUntil != nil && t.OpenUntil.Before(t.EndsAt):
		return l.Text("term.if_paid", "until", t.EndsAt, "date", *t.OpenUntil)
	default:
		return l.Text("until", "date", t.EndsAt)
	}
}
