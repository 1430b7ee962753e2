package portal

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/phrase"
)

// ownNote is a note that a member bought by itself.
type ownNote struct {
	billing.Bought
	Slug string // "" when it is not published any more
	in   *phrase.Language
}

// Href is the address of the note.
func (n ownNote) Href() string { return notePath(n.Slug) }

// Standing is how it stands, in a word or two; "" for one that is simply theirs.
func (n ownNote) Standing() string {
	switch {
	case n.RefundedAt != nil && !n.Open:
		return inEnglish(n.in).Text("bought.closed")
	case n.RefundedAt != nil:
		return inEnglish(n.in).Text("bought.yours")
	default:
		return ""
	}
}

// received is a present that a member redeemed.
type received struct {
	*billing.Present
	now time.Time
	in  *phrase.Language
}

// PlanName is the plan's name.
func (r received) PlanName() string { return given(r).PlanName() }

// Term is for how long.
func (r received) Term() string { return given(r).Term() }

// From is who gave it.
func (r received) From() string {
	if r.GiverName == "" {
		return inEnglish(r.in).Text("gift.somebody")
	}
	return r.GiverName
}

// Standing says what became of it.
func (r received) Standing() string {
	if r.State == billing.GiftRevoked {
		return inEnglish(r.in).Text("gift.revoked")
	}
	return inEnglish(r.in).Text("gift.redeemed", "date", *r.RedeemedAt)
}

// once fills in what a member bought or was given that is no subscription.
func (p *Portal) once(ctx context.Context, v *accountView, member uuid.UUID) error {
	l := p.language(ctx)
	gave, err := p.Billing.GiftsOf(ctx, member)
	if err != nil {
		return err
	}
	for _, g := range gave {
		v.Given = append(v.Given, given{g, p.Now(), l})
	}
	got, err := p.Billing.PresentsFor(ctx, member)
	if err != nil {
		return err
	}
	for _, g := range got {
		v.Received = append(v.Received, received{g, p.Now(), l})
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
		own := ownNote{Bought: n, in: l}
		if s := known[n.Note]; s != nil {
			own.Slug, own.Title = s.Slug, s.Title
		}
		v.Notes = append(v.Notes, own)
	}
	return err
}
