package search

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
)

// Page asks for a part of the hits.
type Page struct {
	Text   string // as a person typed it
	Offset int    // at most 200: nobody reads further, and each page costs the ones before it
	Limit  int    // 1 to 50
}

// Span is a piece of an excerpt; marked pieces are what was found.
type Span struct {
	Text   string
	Marked bool
}

// Hit is one found note, best first.
type Hit struct {
	Note    uuid.UUID
	Excerpt []Span // from the abstract or the public text
}

// Hits is one page of hits.
type Hits struct {
	Hits []Hit
	More bool // there is a further page
}

const maxOffset = 200

// Characters from Unicode's private use area stand around what was found;
// they are taken out of documents, so no text can fake them.
const (
	markOpen  = "\ue000"
	markClose = "\ue001"
)

// Find returns the notes whose public words match, best first. A text without
// a single word finds nothing.
func (x *Index) Find(ctx context.Context, p Page) (Hits, error) {
	terms := parse(p.Text)
	if !wanted(terms) {
		return Hits{}, nil
	}
	p.Offset = min(max(p.Offset, 0), maxOffset)
	p.Limit = min(max(p.Limit, 1), 50)
	find := x.findSQLite
	if x.db.Engine() == db.Postgres {
		find = x.findPostgres
	}
	rows, err := find(ctx, terms, p.Limit+1, p.Offset)
	if err != nil {
		return Hits{}, err
	}
	out := Hits{More: len(rows) > p.Limit && p.Offset+p.Limit <= maxOffset}
	for _, r := range rows[:min(len(rows), p.Limit)] {
		out.Hits = append(out.Hits, Hit{Note: r.NoteID, Excerpt: spans(r.Excerpt)})
	}
	return out, nil
}

// spans cuts an excerpt at the marks.
func spans(s string) []Span {
	var out []Span
	add := func(text string, marked bool) {
		text = strings.NewReplacer(markOpen, "", markClose, "").Replace(text)
		if text != "" {
			out = append(out, Span{text, marked})
		}
	}
	for s != "" {
		before, rest, found := strings.Cut(s, markOpen)
		add(before, false)
		if !found {
			break
		}
		inside, after, _ := strings.Cut(rest, markClose)
		add(inside, true)
		s = after
	}
	return out
}
