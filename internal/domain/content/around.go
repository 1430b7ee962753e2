package content

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"
)

// Around is what stands near a note: notes that are like it, the likest first,
// and those before and after it in its series.
type Around struct {
	Related       []*Summary
	Before, After *Summary // nil at an end, and where there is no series
	Derived       Derived  // what surfaces made of it, until something is published
}

// How many notes are looked at for each topic, author and series, and how many
// of them are given out.
const (
	lookedAt = 24
	related  = 6
)

// What two notes have in common counts for this much. A series alone makes no
// two notes alike.
const (
	commonTopic  = 3
	commonAuthor = 2
	commonSeries = 1
	alikeFrom    = commonAuthor
)

// Around finds what stands near a note. It looks at public fields only, once
// for all readers, until something is published.
func (l *Library) Around(ctx context.Context, s *Summary) (*Around, error) {
	return l.around.Get(ctx, s.Slug, func(ctx context.Context) (*Around, error) {
		a := &Around{Derived: Derived{l.derived, "around " + strconv.FormatUint(l.editions.Add(1), 36) + " "}}
		var err error
		if a.Related, err = l.related(ctx, s); err != nil || s.Series == nil {
			return a, err
		}
		if a.Before, err = l.beside(ctx, s, true); err == nil {
			a.After, err = l.beside(ctx, s, false)
		}
		return a, err
	})
}

func (l *Library) related(ctx context.Context, s *Summary) ([]*Summary, error) {
	found := map[uuid.UUID]*Summary{}
	for _, q := range near(s) {
		q.Limit = lookedAt
		page, err := l.List(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, n := range page.Notes {
			if n.ID != s.ID && likeness(s, n) >= alikeFrom {
				found[n.ID] = n
			}
		}
	}
	out := make([]*Summary, 0, len(found))
	for _, n := range found {
		out = append(out, n)
	}
	slices.SortFunc(out, func(a, b *Summary) int {
		return cmp.Or(cmp.Compare(likeness(s, b), likeness(s, a)), b.PublishedAt.Compare(a.PublishedAt), cmp.Compare(a.Slug, b.Slug))
	})
	return out[:min(len(out), related)], nil
}

// near asks for the newest notes on each topic of a note, and by each author.
func near(s *Summary) (out []Query) {
	for _, t := range s.Topics {
		out = append(out, Query{Topic: t.ID})
	}
	for _, a := range s.Authors {
		out = append(out, Query{Author: a.ID})
	}
	return out
}

func likeness(a, b *Summary) (n int) {
	for _, t := range a.Topics {
		if slices.ContainsFunc(b.Topics, func(o *Topic) bool { return o.ID == t.ID }) {
			n += commonTopic
		}
	}
	for _, w := range a.Authors {
		if slices.ContainsFunc(b.Authors, func(o *Author) bool { return o.ID == w.ID }) {
			n += commonAuthor
		}
	}
	if a.Series != nil && b.Series != nil && a.Series.ID == b.Series.ID {
		n += commonSeries
	}
	return n
}

func (l *Library) beside(ctx context.Context, s *Summary, before bool) (*Summary, error) {
	n, err := l.store.neighbour(ctx, s.Series.ID, cursor{s.PublishedAt, s.ID}, before, l.clock.Now())
	if err != nil || n == nil {
		return nil, err
	}
	sums, err := l.summaries(ctx, []*Note{n})
	if err != nil {
		return nil, err
	}
	return sums[0], nil
}
