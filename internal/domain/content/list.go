package content

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
)

// Query asks for published notes. Zero fields do not filter; there is no
// filter by anything that is not public.
type Query struct {
	Series, Issue, Topic, Author uuid.UUID
	Kind                         Kind
	From, To                     time.Time // of publication; To is outside
	After                        string    // cursor of the page before
	Limit                        int       // 0 means 20, at most 100
}

// Page is a part of a list, shared between readers.
type Page struct {
	Notes []*Summary
	Next  string // cursor; "" at the end
}

// List gives published notes, newest first; those of one issue in its order.
func (l *Library) List(ctx context.Context, q Query) (*Page, error) {
	if q.Limit <= 0 {
		q.Limit = 20
	}
	q.Limit = min(q.Limit, 100)
	after, err := parseCursor(q.After)
	if err != nil {
		return nil, err
	}
	return l.pages.Get(ctx, fmt.Sprint(q), func(ctx context.Context) (*Page, error) {
		notes, err := l.store.publishedList(ctx, q, after, l.clock.Now())
		if err != nil {
			return nil, err
		}
		return l.page(ctx, notes, q.Limit)
	})
}

func (l *Library) page(ctx context.Context, notes []*Note, limit int) (*Page, error) {
	p := &Page{}
	if len(notes) > limit {
		notes = notes[:limit]
		last := notes[limit-1]
		p.Next = cursor{*last.PublishedAt, last.ID}.String()
	}
	var err error
	p.Notes, err = l.summaries(ctx, notes)
	return p, err
}

// Month counts the notes that were published in a month (UTC).
type Month struct {
	First time.Time
	Notes int
}

// Months lists the months that have published notes, newest first.
func (l *Library) Months(ctx context.Context) ([]Month, error) {
	return l.months.Get(ctx, "", func(ctx context.Context) ([]Month, error) {
		return l.store.monthCounts(ctx, l.clock.Now())
	})
}
