package content

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// Query asks for published notes. Zero fields do not filter; there is no
// filter by anything that is not public.
type Query struct {
	Series, Issue, Topic, Author uuid.UUID
	Kind                         Kind
	From, To                     time.Time  // of publication; To is outside
	Where                        *Condition // made by Library.Condition; nil for all
	Order                        Order      // "" is Newest
	After                        string     // cursor of the page before
	Limit                        int        // 0 means 20, at most 100
	Total                        bool       // count all that there are
}

// key names the query among the pages that are kept.
func (q *Query) key() string {
	b := make([]byte, 0, 192)
	for _, id := range [...]uuid.UUID{q.Series, q.Issue, q.Topic, q.Author} {
		b = append(b, id[:]...)
	}
	for _, t := range [...]time.Time{q.From, q.To} {
		b = binary.AppendVarint(binary.AppendVarint(b, t.Unix()), int64(t.Nanosecond()))
	}
	b = binary.AppendVarint(b, int64(q.Limit))
	b = strconv.AppendBool(b, q.Total)
	for _, text := range [...]string{string(q.Kind), string(q.Order), q.After} {
		b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
	}
	if q.Where != nil {
		b = append(b, q.Where.text...)
	}
	return string(b)
}

// Page is a part of a list, shared between readers.
type Page struct {
	Notes   []*Summary
	Next    string  // cursor; "" at the end
	Total   int64   // of all pages, if it was asked for
	Derived Derived // what surfaces made of it, until something is published
}

// List gives published notes in the order asked for.
func (l *Library) List(ctx context.Context, q Query) (*Page, error) {
	if q.Limit <= 0 {
		q.Limit = 20
	}
	q.Limit = min(q.Limit, 100)
	return l.pages.Get(ctx, q.key(), func(ctx context.Context) (*Page, error) {
		after, err := q.Order.parse(q.After)
		if err != nil {
			return nil, err
		}
		now := l.clock.Now()
		notes, err := l.store.publishedList(ctx, q, after, now)
		if err != nil {
			return nil, err
		}
		p, err := l.page(ctx, notes, q)
		if err == nil && q.Total {
			p.Total, err = l.store.publishedCount(ctx, q, now)
		}
		return p, err
	})
}

func (l *Library) page(ctx context.Context, notes []*Note, q Query) (*Page, error) {
	p := &Page{Derived: Derived{l.derived, "page " + strconv.FormatUint(l.editions.Add(1), 36) + " "}}
	if len(notes) > q.Limit {
		notes = notes[:q.Limit]
		p.Next = q.Order.after(notes[q.Limit-1])
	}
	var err error
	p.Notes, err = l.summaries(ctx, notes)
	return p, err
}

// InIssueOrder gives the notes of an issue in its order.
func (p *Page) InIssueOrder() []*Summary {
	notes := slices.Clone(p.Notes)
	slices.SortStableFunc(notes, func(a, b *Summary) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), a.PublishedAt.Compare(b.PublishedAt))
	})
	return notes
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
