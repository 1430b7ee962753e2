package billing

import (
	"context"

	"github.com/google/uuid"
)

// subscribers reads one page.
func (s store) subscribers(ctx context.Context, f SubscriberFilter, after place) (out []Subscriber, err error) {
	q := s.db.Read(ctx).Table("subscriptions s").Select("s.*, p.slug AS plan, p.name AS plan_name").
		Joins("JOIN plans p ON p.id = s.plan_id").Order("s.started_at DESC, s.id DESC").Limit(f.Limit)
	want := func(is bool, sql string, args ...any) {
		if is {
			q = q.Where(sql, args...)
		}
	}
	want(f.Plan != "", "p.slug = ?", f.Plan)
	want(f.Status == "open", "s.status IN ('active', 'trialing', 'past_due')")
	want(f.Status != "" && f.Status != "open", "s.status = ?", f.Status)
	want(f.Interval != "", `s."interval" = ?`, f.Interval)
	want(!f.Since.IsZero(), "s.started_at >= ?", f.Since)
	want(!f.Until.IsZero(), "s.started_at < ?", f.Until)
	want(f.Ending != nil, "(s.cancel_at_period_end OR s.cancel_at IS NOT NULL) = ?", f.Ending)
	want(f.Owners != nil, "s.owner_id IN ?", f.Owners)
	want(after.id != uuid.Nil, "(s.started_at < ? OR (s.started_at = ? AND s.id < ?))", after.at, after.at, after.id)
	return out, q.Find(&out).Error
}
