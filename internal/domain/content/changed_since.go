package content

import (
	"context"
	"time"
)

// ChangedSince lists the notes that readers saw change after a moment, or appear,
// the last changed first, and tells whether there are more than it lists. Silent
// changes are no changes here: readers are not told of them.
func (l *Library) ChangedSince(ctx context.Context, since time.Time, limit int) (list []*Summary, more bool, err error) {
	notes, err := l.store.changedSince(ctx, since.UTC(), l.clock.Now(), limit+1)
	if err != nil {
		return nil, false, err
	}
	if more = len(notes) > limit; more {
		notes = notes[:limit]
	}
	list, err = l.summaries(ctx, notes)
	return list, more, err
}

func (s store) changedSince(ctx context.Context, since, now time.Time, limit int) (out []*Note, err error) {
	q := s.published(ctx, now).Where("COALESCE(revised_at, published_at) > ?", since)
	return out, q.Order("COALESCE(revised_at, published_at) DESC, id DESC").Limit(limit).Find(&out).Error
}
