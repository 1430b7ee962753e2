package search

import (
	"bytes"
	"context"
	"math"

	"github.com/google/uuid"
)

// Sort is the order of what is found.
type Sort string

// The orders.
const (
	Best   Sort = "best"
	Recent Sort = "recent"
)

// Page asks for a part of what is found.
type Page struct {
	Query Query
	Sort  Sort   // "" is Best
	After string // cursor of the page before
	Limit int    // 1 to 50
	Lens  Lens
}

// Hits is one page of found notes.
type Hits struct {
	Notes []uuid.UUID
	Next  string // cursor; "" at the end
}

// hit is a found note and where it stands in the order.
type hit struct {
	class int
	place int64
	note  uuid.UUID
}

// before tells whether it comes before another one.
func (h hit) before(o hit) bool {
	if h.class != o.class {
		return h.class > o.class
	}
	if h.place != o.place {
		return h.place > o.place
	}
	return bytes.Compare(h.note[:], o.note[:]) > 0
}

// merged puts two lists that are in order into one.
func merged(a, b []hit) []hit {
	out := make([]hit, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].before(b[0]) {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// start stands before every hit.
var start = hit{classTitle, math.MaxInt64, uuid.Max}

// Find returns the notes that match. A query in which nothing must be there
// finds nothing.
func (x *Index) Find(ctx context.Context, p Page) (Hits, error) {
	after, err := parseCursor(p.After, p.Sort)
	if err != nil || !p.Query.Wanted() {
		return Hits{}, err
	}
	limit := min(max(p.Limit, 1), 50)
	open := p.Lens.open()
	found, err := x.public.find(ctx, p.ask(side{apart: open}), after, limit+1)
	if err != nil {
		return Hits{}, err
	}
	if open != nil {
		more, err := x.gated.find(ctx, p.ask(side{open: open}), after, limit+1)
		if err != nil {
			return Hits{}, err
		}
		found = merged(found, more)
	}
	var out Hits
	if len(found) > limit {
		found = found[:limit]
		out.Next = found[limit-1].cursor(p.Sort)
	}
	for _, h := range found {
		out.Notes = append(out.Notes, h.note)
	}
	return out, nil
}

func (p Page) ask(s side) (out [classTitle + 1]expression) {
	if p.Sort != Recent {
		return p.Query.classes(s)
	}
	out[classText] = p.Query.flat(s)
	return out
}
