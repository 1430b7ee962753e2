package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/fault"
)

// openErrand finds what is asked for about a subscription, or nil.
func (s store) openErrand(ctx context.Context, subscription uuid.UUID) (*errand, error) {
	return one[errand](s.locked(ctx).Where("subscription_id = ? AND state = 'open'", subscription))
}

// doubled tells whether a subscription is, or was, ended as a second one.
func (s store) doubled(ctx context.Context, subscription uuid.UUID) (bool, error) {
	var n int64
	err := s.db.Read(ctx).Model(&errand{}).Where("subscription_id = ? AND verb = ?", subscription, errandDouble).Count(&n).Error
	return n > 0, err
}

// insertErrand writes an errand unless one is open.
func (s store) insertErrand(ctx context.Context, e *errand) error {
	return s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(e).Error
}

func (s store) dropErrand(ctx context.Context, id uuid.UUID, now time.Time) error {
	return s.endErrand(ctx, id, errandDropped, "", now)
}

// closeErrand notes what came of it: err is Stripe's refusal, or nil.
func (s store) closeErrand(ctx context.Context, id uuid.UUID, err error, now time.Time) error {
	if err != nil {
		return s.endErrand(ctx, id, errandRefused, fault.Of(err).Code, now)
	}
	return s.endErrand(ctx, id, errandDone, "", now)
}

func (s store) endErrand(ctx context.Context, id uuid.UUID, state errandState, code string, now time.Time) error {
	changes := map[string]any{"state": state, "error": code, "closed_at": now}
	return s.db.Write(ctx).Model(&errand{}).Where("id = ? AND state = 'open'", id).Updates(changes).Error
}

// insertCancellation writes why somebody leaves. One that stands takes the
// newer words.
func (s store) insertCancellation(ctx context.Context, c *Cancellation) error {
	standing := "subscription_id = ? AND taken_back_at IS NULL"
	res := s.db.Write(ctx).Model(&Cancellation{}).Where(standing, c.SubscriptionID).Updates(map[string]any{"reason": c.Reason, "comment": c.Comment})
	if res.Error != nil || res.RowsAffected > 0 {
		return res.Error
	}
	return s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(c).Error
}

// takeBackCancellation notes that a subscription goes on after all.
func (s store) takeBackCancellation(ctx context.Context, subscription uuid.UUID, now time.Time) error {
	return s.db.Write(ctx).Model(&Cancellation{}).Where("subscription_id = ? AND taken_back_at IS NULL", subscription).Update("taken_back_at", now).Error
}

// cancellationsOf lists why an owner left, newest first.
func (s store) cancellationsOf(ctx context.Context, o Owner) (out []Cancellation, err error) {
	return out, s.db.Read(ctx).Where("owner_kind = ? AND owner_id = ?", o.Kind, o.ID).Order("created_at DESC, id DESC").Find(&out).Error
}
