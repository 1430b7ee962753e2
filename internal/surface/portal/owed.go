package portal

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
)

// owed is an order whose bill waits to be paid.
type owed struct {
	billing.HeldOrder
	now time.Time
}

// Late tells whether the day on which it was due has passed.
func (x owed) Late() bool { return x.Standing(x.now) == billing.OrderOverdue }

// Open tells whether what it is for is open now.
func (x owed) Open() bool { return x.Term.State(x.now) == billing.TermOpen }

// owed lists the orders of a member that are not paid. The mirror knows of
// them, so the page works while Stripe is away.
func (p *Portal) owed(ctx context.Context, member uuid.UUID) (out []owed, err error) {
	all, err := p.Billing.OrdersOf(ctx, member)
	for _, x := range all {
		if x.State == billing.OrderInvoiced {
			out = append(out, owed{x, p.Now()})
		}
	}
	return out, err
}
