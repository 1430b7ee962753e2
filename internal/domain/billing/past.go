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

// PastRight is a note that a member could read from one moment on. Until is zero
// for one that stays theirs.
type PastRight struct {
	Note        uuid.UUID
	From, Until time.Time
}

// justNow is how long it takes to ask about this moment.
const justNow = time.Minute

// BoughtNotesAt lists the notes that a member had bought one by one, also those
// that were paid back and taken back since.
func (o *Office) BoughtNotesAt(ctx context.Context, member uuid.UUID, at time.Time) ([]PastRight, error) {
	sales, err := o.store.noteSalesUntil(ctx, OfMember(member), at)
	out := make([]PastRight, len(sales))
	for i, s := range sales {
		out[i] = PastRight{Note: s.SubjectID, From: *s.PaidAt}
		if s.RevokedAt != nil {
			out[i].Until = *s.RevokedAt
		}
	}
	return out, err
}

// MeteredAt lists the notes that a free member had opened in the month of a
// moment, for as long as that is known. What is asked about now or later
// follows today's rules: where nothing is given away any more, nothing is open.
func (o *Office) MeteredAt(ctx context.Context, member uuid.UUID, at time.Time) ([]PastRight, error) {
	rules, err := o.SalesRules(ctx)
	if err != nil || rules.FreeNotes == 0 && at.After(o.Clock.Now().Add(-justNow)) {
		return nil, err
	}
	month, resets, err := o.month(ctx, at)
	if err != nil {
		return nil, err
	}
	reads, err := o.store.meteredReads(ctx, member, month)
	out := []PastRight{}
	for _, r := range reads {
		if !r.At.After(at) {
			out = append(out, PastRight{Note: r.NoteID, From: r.At, Until: resets})
		}
	}
	return out, err
}

// turnThen is the last turn of a subscription before a moment.
type turnThen struct {
	Turn `gorm:"embedded"`
	Plan string
}
