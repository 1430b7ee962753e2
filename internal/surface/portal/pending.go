package portal

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
)

// waiting is something that was bought once and is not paid yet.
type waiting struct{ billing.Pending }

// Name is what was bought.
func (w waiting) Name() string {
	switch {
	case w.Title != "":
		return w.Title
	case w.Plan != nil:
		return w.Plan.Name
	default:
		return "Your order"
	}
}

// Then is what happens when the money arrives.
func (w waiting) Then() string {
	switch {
	case w.Note != uuid.Nil:
		return "The note opens"
	case w.Gift != uuid.Nil:
		return "The present goes out"
	default:
		return "Your access opens"
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
		out = append(out, waiting{x})
	}
	return out, err
}
