package billing

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// insertEvent writes an event and tells whether it was new.
func (s store) insertEvent(ctx context.Context, e *Event) (bool, error) {
	res := s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(e)
	return res.RowsAffected == 1, res.Error
}

// event reads an event, or nil.
func (s store) event(ctx context.Context, id string) (*Event, error) {
	return one[Event](s.db.Read(ctx).Where("id = ?", id))
}

func (s store) failEvent(ctx context.Context, id, code string) error {
	changes := map[string]any{"attempts": gorm.Expr("attempts + 1"), "error": code}
	return s.db.Write(ctx).Model(&Event{}).Where("id = ? AND state = 'received'", id).Updates(changes).Error
}

func (s store) finishEvent(ctx context.Context, e *Event) error {
	changes := map[string]any{"attempts": gorm.Expr("attempts + 1"), "state": e.State, "reason": e.Reason, "applied_at": e.AppliedAt, "error": ""}
	return s.db.Write(ctx).Model(&Event{}).Where("id = ? AND state = 'received'", e.ID).Updates(changes).Error
}

// events lists events, newest first. state may be empty.
func (s store) events(ctx context.Context, state EventState, limit int) (out []Event, err error) {
	q := s.db.Read(ctx).Order("received_at DESC, id DESC").Limit(limit)
	if state != "" {
		q = q.Where("state = ?", state)
	}
	return out, q.Find(&out).Error
}

// lastEvent is the newest event, or nil.
func (s store) lastEvent(ctx context.Context) (*Event, error) {
	return one[Event](s.db.Read(ctx).Order("received_at DESC"))
}

// waiting counts events that are not worked on yet, and since when.
func (s store) waiting(ctx context.Context) (n int64, oldest *Event, err error) {
	waiting := func() *gorm.DB { return s.db.Read(ctx).Where("state = 'received'") }
	if err := waiting().Model(&Event{}).Count(&n).Error; err != nil || n == 0 {
		return n, nil, err
	}
	oldest, err = one[Event](waiting().Order("received_at"))
	return n, oldest, err
}

// purgeEvents deletes what was done with before a moment.
func (s store) purgeEvents(ctx context.Context, before time.Time) (int64, error) {
	res := s.db.Write(ctx).Where("received_at < ? AND state <> 'received'", before).Delete(&Event{})
	return res.RowsAffected, res.Error
}

// eventsOf lists what Stripe told of some customers and subscriptions, newest
// first, what was received before a moment, or at it and with a smaller id.
func (s store) eventsOf(ctx context.Context, customers, subscriptions []string, at time.Time, id string, limit int) (out []Event, err error) {
	const of = "(customer_id IN ? OR subscription_id IN ?) AND (received_at < ? OR (received_at = ? AND id < ?))"
	return out, s.db.Read(ctx).Where(of, customers, subscriptions, at, at, id).Order("received_at DESC, id DESC").Limit(limit).Find(&out).Error
}
