package portal

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/phrase"
)

// waiting is something that was bought once and is not paid yet.
type waiting struct {
	billing.Pending
	in *phrase.Language
}

// Name is what was bought.
func (w waiting) Name() string {
	switch {
	case w.Title != "":
		return w.Title
	case w.Plan != nil:
		return w.Plan.Name
	default:
		return inEnglish(w.in).Text("checkout.heading")
	}
}

// Then is what happens when the money arrives.
func (w waiting) Then() string {
	switch {
	case w.Note != uuid.Nil:
		return inEnglish(w.in).Text("waiting.note")
	case w.Gift != uuid.Nil:
		return inEnglish(w.in).Text("waiting.present")
	default:
		return inEnglish(w.in).Text("waiting.access")
	}
}

// Again is where another try begins.
func (w waiting) Again() string {
	if w.Back != "" {
		return w.Back
	}
	return "/plans"
}

// waiting lists what is on its way to a member, or did not arrive.
func (p *Portal) waiting(ctx context.Context, member uuid.UUID) (out []waiting, err error) {
	pending, err := p.Billing.PendingPurchases(ctx, member)
	for _, x := range pending {
		out = append(out, waiting{x, p.language(ctx)})
	}
	return out, err
}
