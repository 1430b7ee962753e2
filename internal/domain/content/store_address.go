package content

import (
	"context"
	"time"

	"lighttrends/internal/platform/db"
)

// addresses reads four columns; the dates come through the model, which knows
// how either engine writes them.
func (s store) addresses(ctx context.Context, from, to time.Time, skip, limit int, now time.Time) ([]Address, error) {
	q := s.published(ctx, now).Select("slug", "title", "published_at", "changed_at").Where("published_at >= ?", from)
	if !to.IsZero() {
		q = q.Where("published_at < ?", to)
	}
	var notes []*Note
	if err := q.Order("published_at DESC, id DESC").Offset(skip).Limit(limit).Find(&notes).Error; err != nil {
		return nil, err
	}
	out := make([]Address, len(notes))
	for i, n := range notes {
		out[i] = Address{Slug: n.Slug, Title: n.Title, PublishedAt: *n.PublishedAt, ChangedAt: *n.PublishedAt}
		if n.ChangedAt != nil {
			out[i].ChangedAt = *n.ChangedAt
		}
	}
	return out, nil
}

func (s store) monthChanges(ctx context.Context, now time.Time) ([]MonthChange, error) {
	month, changed := "to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM')", `to_char(MAX(COALESCE(changed_at, published_at)) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
	if s.db.Engine() == db.SQLite {
		month, changed = "substr(published_at, 1, 7)", "strftime('%Y-%m-%dT%H:%M:%SZ', MAX(COALESCE(changed_at, published_at)))"
	}
	var rows []struct {
		Month   string
		Notes   int
		Changed string
	}
	err := s.published(ctx, now).Select(month + " AS month, COUNT(*) AS notes, " + changed + " AS changed").Group(month).Order("month DESC").Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	out := make([]MonthChange, len(rows))
	for i, r := range rows {
		if out[i].First, err = time.Parse("2006-01", r.Month); err != nil {
			return nil, err
		}
		if out[i].ChangedAt, err = time.Parse(time.RFC3339, r.Changed); err != nil {
			return nil, err
		}
		out[i].Notes = r.Notes
	}
	return out, nil
}
