package billing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
)

// Movement says how an owner's monthly value changed. What counts is the owner
// and not the subscription: who goes from one to another has only moved by the
// difference.
type Movement string

// The movements of MRR.
const (
	NoMovement       Movement = ""
	MoveNew          Movement = "new"          // they pay for the first time
	MoveReactivation Movement = "reactivation" // they paid once, stopped, and pay again
	MoveExpansion    Movement = "expansion"    // they pay more than before
	MoveContraction  Movement = "contraction"  // they pay less, but something
	MoveChurn        Movement = "churn"        // they pay nothing any more
)

// Movements lists them in the order of reports.
func Movements() []Movement {
	return []Movement{MoveNew, MoveReactivation, MoveExpansion, MoveContraction, MoveChurn}
}

// Turn is a moment from which a subscription opened something else, or was
// worth something else. It is written in the transaction of the change and
// never touched again, so that the history stays what it was. At is when it
// took effect, as far as Stripe dates it; a change in the middle of a period is
// dated by when it was seen. RecordedAt is when this system knew, and so when
// readers felt it.
type Turn struct {
	ID             uuid.UUID `gorm:"type:uuid;primaryKey"`
	SubscriptionID uuid.UUID `gorm:"type:uuid"`
	Owner          Owner     `gorm:"embedded;embeddedPrefix:owner_"`
	SyncNumber     int64
	Step           int64
	At             time.Time
	RecordedAt     time.Time
	PlanID         uuid.UUID `gorm:"type:uuid"`
	Status         Status
	PastDueSince   *time.Time
	Value          int64 // counted a month, in the smallest unit of Currency
	Currency       string
	Movement       Movement
	Delta          int64 // of the owner's value; 0 without a movement
	Reason         string
	Feedback       string
	Source         string
}

// TableName implements gorm's Tabler.
func (Turn) TableName() string { return "subscription_turns" }

// noteTurn appends what a write of the mirror changed about access or value.
func (o *Office) noteTurn(ctx context.Context, sub *Subscription, c change) error {
	// Two subscriptions of one owner take their turns one after the other, so
	// that each sees what the other is worth.
	if err := o.store.lockOwner(ctx, sub.Owner); err != nil {
		return err
	}
	last, err := o.store.lastTurn(ctx, sub.ID)
	if err != nil {
		return err
	}
	turns := sub.turns(last, c, sub.SyncedAt)
	if len(turns) == 0 {
		return nil
	}
	past, err := o.store.standingOf(ctx, sub)
	if err != nil {
		return err
	}
	if past.source, err = o.store.lastWish(ctx, sub.Owner, sub.SyncedAt); err != nil {
		return err
	}
	past.last = last
	return o.store.addTurns(ctx, past.movements(turns))
}

// turns lists what follows the last turn. It is pure. A subscription that was
// never seen while it ran began and ended all the same.
func (s *Subscription) turns(last *Turn, c change, now time.Time) []Turn {
	value := s.Counted()
	if last != nil && !c.standing && last.Value == value {
		return nil
	}
	t := Turn{
		SubscriptionID: s.ID, Owner: s.Owner, SyncNumber: s.SyncNumber, RecordedAt: now, PlanID: s.PlanID, Status: s.Status,
		PastDueSince: s.PastDueSince, Value: value, Currency: s.Currency, At: s.turnedAt(last, c.renewed, now),
	}
	if s.Status.Ended() {
		t.Reason, t.Feedback = s.CancelReason, s.CancelFeedback
	}
	if last != nil || !s.ranUnseen() {
		return []Turn{t}
	}
	began := t
	began.Status, began.PastDueSince, began.Value, began.At, began.Reason, began.Feedback = Active, nil, max(s.MonthlyValue, 0), s.began(), "", ""
	t.Step = 1
	return []Turn{began, t}
}

// ranUnseen tells of a subscription that was over when it was first seen here,
// and had been paid for: one that ended with its trial never was.
func (s *Subscription) ranUnseen() bool {
	if s.Status != Canceled || s.EndedAt == nil {
		return false
	}
	if s.TrialEnd != nil {
		return s.EndedAt.After(s.began())
	}
	return !s.EndedAt.Before(s.began())
}

// began is when it started to be paid for.
func (s *Subscription) began() time.Time {
	if s.TrialEnd != nil && s.TrialEnd.After(s.StartedAt) {
		return *s.TrialEnd
	}
	return s.StartedAt
}

// turnedAt dates the present state: by its end, by its beginning, by the
// period it came with, else by now. It is never before the turn before it.
func (s *Subscription) turnedAt(last *Turn, renewed bool, now time.Time) time.Time {
	at := now
	switch {
	case s.Status.Ended() && s.EndedAt != nil:
		at = *s.EndedAt
	case s.Counted() == 0 && last != nil && last.Value > 0: // unpaid or paused since we saw it
	case last == nil && s.Counted() > 0:
		at = s.began()
	case last != nil && renewed && s.CurrentPeriodStart != nil:
		at = *s.CurrentPeriodStart
	}
	if last != nil && at.Before(last.At) {
		at = last.At
	}
	if at.After(now) {
		at = now
	}
	return at
}

// ownerPast is what an owner paid until now, beside the subscription that
// turns.
type ownerPast struct {
	last   *Turn // of the subscription that turns
	others int64 // counted value of the owner's other subscriptions in this currency
	paid   bool  // they have paid before
	source string
}

// movements names what each turn does to the owner's value.
func (p ownerPast) movements(turns []Turn) []Turn {
	own := int64(0)
	if p.last != nil {
		own = p.last.Value
	}
	for i := range turns {
		t := &turns[i]
		t.ID = db.NewID()
		t.Movement = movement(p.others+own, p.others+t.Value, p.paid)
		t.Delta = t.Value - own
		if t.Movement == MoveNew || t.Movement == MoveReactivation {
			t.Source, p.paid = p.source, true
		}
		own = t.Value
	}
	return turns
}

func movement(before, after int64, paid bool) Movement {
	switch {
	case before == after:
		return NoMovement
	case before == 0 && paid:
		return MoveReactivation
	case before == 0:
		return MoveNew
	case after == 0:
		return MoveChurn
	case after > before:
		return MoveExpansion
	default:
		return MoveContraction
	}
}
