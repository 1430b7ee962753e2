package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Standing is what the access room needs to know of one subscription.
type Standing struct {
	Plan   string // slug
	Status Status
	// Grace is when past_due stops being open. Zero: as long as it lasts.
	Grace time.Time
}

// Standings says where each subscription of a member stands, those that ended
// too, newest first. It answers from the mirror; when the answer changes, the
// member's access epoch rises in the same transaction.
func (o *Office) Standings(ctx context.Context, member uuid.UUID) ([]Standing, error) {
	rows, err := o.store.standings(ctx, OfMember(member))
	if err != nil {
		return nil, err
	}
	policy, err := o.Policy(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Standing, 0, len(rows))
	for _, r := range rows {
		out = append(out, Standing{Plan: r.Plan, Status: r.Status, Grace: policy.graceUntil(r.PastDueSince)})
	}
	return out, nil
}

// graceUntil is when grace ends for trouble that began at since.
func (p Policy) graceUntil(since *time.Time) time.Time {
	if since == nil || p.GraceDays <= 0 {
		return time.Time{}
	}
	return since.AddDate(0, 0, p.GraceDays)
}
