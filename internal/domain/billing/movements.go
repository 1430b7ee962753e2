package billing

import (
	"context"
	"iter"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// MovementRow is one movement of MRR, for an export.
type MovementRow struct {
	ID         uuid.UUID `gorm:"type:uuid"`
	At         time.Time
	RecordedAt time.Time
	OwnerKind  OwnerKind
	OwnerID    uuid.UUID `gorm:"type:uuid"`
	StripeID   string
	Plan       string
	Movement   Movement
	Delta      int64
	Currency   string
	Reason     string
	Feedback   string
	Source     string
}

// exportPage is how many rows of an export are in memory at once.
const exportPage = 500

// MovementsOf walks through the movements of a span, oldest first. It needs
// plans.write.
func (o *Office) MovementsOf(ctx context.Context, span Span) (iter.Seq2[MovementRow, error], error) {
	if err := actor.Require(ctx, actor.PlansWrite); err != nil {
		return nil, err
	}
	if err := span.Validate(); err != nil {
		return nil, err
	}
	return func(yield func(MovementRow, error) bool) {
		at, id := span.From.Add(-time.Microsecond), uuid.Nil
		for {
			rows, err := o.store.movementsAfter(ctx, span, at, id, exportPage)
			if err != nil {
				yield(MovementRow{}, err)
				return
			}
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
			if len(rows) < exportPage {
				return
			}
			at, id = rows[len(rows)-1].At, rows[len(rows)-1].ID
		}
	}, nil
}
