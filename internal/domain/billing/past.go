package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// StandingsAt says where each subscription of a member stood at a moment, as
// this system knew it then; for a moment to come, where it will stand if
// nothing changes. Ends is when a subscription that runs will have run out.
func (o *Office) StandingsAt(ctx context.Context, member uuid.UUID, at time.Time) ([]PastStanding, error) {
	turns, err := o.store.turnsUntil(ctx, OfMember(member), at)
	if err != nil {
		return nil, err
	}
	subs, err := o.store.subscriptionsOf(ctx, OfMember(member))
	if err != nil {
		return nil, err
	}
	policy, err := o.Policy(ctx)
	if err != nil {
		return nil, err
	}
	ends := map[uuid.UUID]*time.Time{}
	for _, s := range subs {
		if !s.Status.Ended() {
			ends[s.ID] = s.ends()
		}
	}
	out := []PastStanding{}
	for _, t := range turns {
		p := PastStanding{Standing: Standing{Plan: t.Plan, Status: t.Status, Grace: policy.graceUntil(t.PastDueSince)}, Since: t.RecordedAt}
		if end := ends[t.SubscriptionID]; end != nil && at.After(o.Clock.Now()) {
			p.Ends = *end
		}
		out = append(out, p)
	}
	return out, nil
}

// PastStanding is a Standing of another moment.
type PastStanding struct {
	Standing
	Since time.Time // when it became so here
	Ends  time.Time // zero: not known to end
}

// turnThen is the last turn of a subscription before a moment.
type turnThen struct {
	Turn `gorm:"embedded"`
	Plan string
}
