package content

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// ChangedSince lists the notes that readers saw change after a moment, or appear,
// the last changed first, and tells whether there are more than it lists. Silent
// changes are no changes here: readers are not told of them.
func (l *Library) ChangedSince(ctx context.Context, since time.Time, limit int) (list []*Summary, more bool, err error) {
	notes, err := l.store.changedSince(ctx, early(since.UTC()), l.clock.Now(), limit+1)
	if err != nil {
		return nil, false, err
	}
	if more = len(notes) > limit; more {
		notes = notes[:limit]
	}
	list, err = l.summaries(ctx, notes)
	return list, more, err
}

// CorrectionsSince gives for each of some notes what was last said to be wrong
// after a moment; nothing for the others.
func (l *Library) CorrectionsSince(ctx context.Context, since time.Time, notes []*Summary) (map[uuid.UUID]string, error) {
	ids := make([]uuid.UUID, len(notes))
	for i, n := range notes {
		ids[i] = n.ID
	}
	return l.store.noticesSince(ctx, early(since.UTC()), ids)
}

func (s store) changedSince(ctx context.Context, since, now time.Time, limit int) (out []*Note, err error) {
	q := s.published(ctx, now).Where("COALESCE(revised_at, published_at) > ?", since)
	return out, q.Order("COALESCE(revised_at, published_at) DESC, id DESC").Limit(limit).Find(&out).Error
}

func (s store) noticesSince(ctx context.Context, since time.Time, notes []uuid.UUID) (map[uuid.UUID]string, error) {
	var rows []*Version
	err := s.db.Read(ctx).Select("note_id", "notice").Where("note_id IN ? AND change = ? AND published_at > ?", notes, Major, since).Order("number").Find(&rows).Error
	out := make(map[uuid.UUID]string, len(rows))
	for _, v := range rows {
		out[v.NoteID] = v.Notice
	}
	return out, err
}
