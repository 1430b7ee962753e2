package portal

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
)

// ownNote is a note that a member bought by itself.
type ownNote struct {
	billing.Bought
	Slug string // "" when it is not published any more
}

// Href is the address of the note.
func (n ownNote) Href() string { return notePath(n.Slug) }

// Standing is how it stands, in a word or two; "" for one that is simply theirs.
func (n ownNote) Standing() string {
	switch {
	case n.RefundedAt != nil && !n.Open:
		return "Paid back, and closed"
	case n.RefundedAt != nil:
		return "Paid back, and still yours"
	default:
		return ""
	}
}

// received is a present that a member redeemed.
type received struct {
	*billing.Present
	now time.Time
}

// PlanName is the plan's name.
func (r received) PlanName() string { return given(r).PlanName() }

// Term is for how long.
func (r received) Term() string { return given(r).Term() }

// From is who gave it.
func (r received) From() string {
	if r.GiverName == "" {
		return "somebody"
	}
	return r.GiverName
}

// Standing says what became of it.
func (r received) Standing() string {
	if r.State == billing.GiftRevoked {
		return "Taken back, because it was paid back"
	}
	return "Redeemed on " + date(*r.RedeemedAt)
}

// once fills in what a member bought or was given that is no subscription.
func (p *Portal) once(ctx context.Context, v *accountView, member uuid.UUID) error {
	gave, err := p.Billing.GiftsOf(ctx, member)
	if err != nil {
		return err
	}
	for _, g := range gave {
		v.Given = append(v.Given, given{g, p.Now()})
	}
	got, err := p.Billing.PresentsFor(ctx, member)
	if err != nil {
		return err
	}
	for _, g := range got {
		v.Received = append(v.Received, received{g, p.Now()})
	}
	notes, err := p.Billing.Purchases(ctx, member)
	if err != nil {
		return err
	}
	ids := make([]uuid.UUID, len(notes))
	for i, n := range notes {
		ids[i] = n.Note
	}
	known, err := p.Library.ByID(ctx, ids...)
	for _, n := range notes {
		own := ownNote{Bought: n}
		if s := known[n.Note]; s != nil {
			own.Slug, own.Title = s.Slug, s.Title
		}
		v.Notes = append(v.Notes, own)
	}
	return err
}
