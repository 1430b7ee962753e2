package content

import (
	"context"
	"time"
)

// calendarRow is a note with what happens to it.
type calendarRow struct {
	Note       `gorm:"embedded"`
	ShownTitle string
	Action     Action
	Waiting    bool
	At         time.Time
	Change     Change
}

func (s store) scheduledBetween(ctx context.Context, from, to time.Time, limit int) (out []calendarRow, err error) {
	const query = `SELECT n.*, COALESCE(r.title, n.title) AS shown_title, s.action, TRUE AS waiting, s.at, s.change
		FROM schedules s JOIN notes n ON n.id = s.note_id LEFT JOIN revisions r ON r.id = s.revision_id
		WHERE s.state = 'waiting' AND s.at >= ? AND s.at < ? ORDER BY s.at, s.id LIMIT ?`
	return out, s.db.Read(ctx).Raw(query, from, to, limit).Scan(&out).Error
}

func (s store) publishedBetween(ctx context.Context, from, to time.Time, limit int) (out []calendarRow, err error) {
	const query = `SELECT n.*, r.title AS shown_title, CASE WHEN v.number = 1 THEN 'publish' ELSE 'update' END AS action,
		FALSE AS waiting, v.published_at AS at, v.change
		FROM note_versions v JOIN notes n ON n.id = v.note_id JOIN revisions r ON r.id = v.revision_id
		WHERE v.published_at >= ? AND v.published_at < ? ORDER BY v.published_at, v.note_id LIMIT ?`
	return out, s.db.Read(ctx).Raw(query, from, to, limit).Scan(&out).Error
}

func (s store) retractedBetween(ctx context.Context, from, to time.Time, limit int) (out []calendarRow, err error) {
	const query = `SELECT n.*, n.title AS shown_title, 'retract' AS action, FALSE AS waiting, n.retracted_at AS at, '' AS change
		FROM notes n WHERE n.retracted_at >= ? AND n.retracted_at < ? ORDER BY n.retracted_at, n.id LIMIT ?`
	return out, s.db.Read(ctx).Raw(query, from, to, limit).Scan(&out).Error
}
