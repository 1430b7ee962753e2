package billing

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

func (s store) insertWrite(ctx context.Context, w *stripeWrite) error {
	return s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(w).Error
}

// addRefusals counts refused calls of an hour.
func (s store) addRefusals(ctx context.Context, r *refusalRow) error {
	return s.db.Write(ctx).Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "hour"}, {Name: "reason"}},
		DoUpdates: clause.Assignments(map[string]any{
			"calls": gorm.Expr("webhook_refusals.calls + excluded.calls"), "last_at": gorm.Expr("excluded.last_at"),
		}),
	}).Create(r).Error
}

// refusalsSince lists refused calls, the latest first.
func (s store) refusalsSince(ctx context.Context, since time.Time) (rows []refusalRow, err error) {
	return rows, s.db.Read(ctx).Where("last_at > ?", since).Order("last_at DESC, reason").Find(&rows).Error
}

// untoldPeriod gives when the earliest period of a running subscription began
// or was to end, after one moment and before another; nil when none did.
func (s store) untoldPeriod(ctx context.Context, after, before time.Time) (*time.Time, error) {
	const query = `SELECT moment FROM (
			SELECT current_period_start AS moment FROM subscriptions WHERE status NOT IN ('canceled', 'incomplete_expired')
			UNION ALL
			SELECT current_period_end FROM subscriptions WHERE status NOT IN ('canceled', 'incomplete_expired')
		) AS periods WHERE moment > ? AND moment < ? ORDER BY moment LIMIT 1`
	var found []struct{ Moment time.Time }
	if err := s.db.Read(ctx).Raw(query, after, before).Scan(&found).Error; err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0].Moment, nil
}

// purgeLine deletes refusals and writes of before a moment.
func (s store) purgeLine(ctx context.Context, before time.Time) error {
	if err := s.db.Write(ctx).Where("last_at < ?", before).Delete(&refusalRow{}).Error; err != nil {
		return err
	}
	return s.db.Write(ctx).Where("begun_at < ?", before).Delete(&stripeWrite{}).Error
}
