package content

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/search"
)

// Search asks for published notes by their words.
type Search struct {
	Text   string // as typed
	Sort   search.Sort
	After  string // cursor of the page before
	Limit  int
	Where  *Condition // made by Library.Condition; nil for all
	Reader access.View
}

// Found is a note that a search found, with what was found marked. The texts
// are those that the reader may read, and no others.
type Found struct {
	*Summary
	Title, Abstract []search.Span
	Excerpt         []search.Span // from the text; nil when title and abstract have all the words, or its beginning has none
}

// Results is one page of found notes.
type Results struct {
	Query     search.Query // as it was understood
	Corrected string       // what was searched for instead, because nothing had these words
	Proposed  string       // what may have been meant, because few have these words
	Unknown   []Unknown    // names that nothing is called by
	Notes     []Found
	Next      string // cursor; "" at the end
}

// Unknown is a name that nothing is called by.
type Unknown struct {
	search.Field
	Near string // what may have been meant; "" for nothing
}

// few is how many hits make one wonder about the spelling.
const few = 2

// Search finds published notes: by their public words, and by all their words
// where the reader's grants open them.
func (l *Library) Search(ctx context.Context, s Search) (*Results, error) {
	cat, err := l.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	out := &Results{Query: search.Parse(s.Text)}
	out.Unknown = l.resolve(cat, out.Query.Fields)
	p := search.Page{Query: out.Query, Sort: s.Sort, After: s.After, Limit: s.Limit}
	if p.Lens, err = l.lens(ctx, s.Reader); err != nil {
		return nil, err
	}
	hits, err := l.search.Find(ctx, p)
	if err != nil {
		return nil, err
	}
	// A cursor may be that of a corrected search, which goes on as it began.
	if (len(hits.Notes) == 0 || s.After == "" && len(hits.Notes) <= few) && len(out.Unknown) == 0 {
		if p.Query, hits, err = l.spell(ctx, p, hits, out); err != nil {
			return nil, err
		}
	}
	if s.Where != nil {
		if hits, err = l.fitting(ctx, p, hits, s.Where); err != nil {
			return nil, err
		}
	}
	out.Next = hits.Next
	out.Notes, err = l.found(ctx, hits.Notes, p.Query, s.Reader)
	return out, err
}

// looks is how many pages of finds are gone through for one that a condition
// leaves something of.
const looks = 20

// fitting keeps the finds that a condition fits, and goes on to the following
// page when none does.
func (l *Library) fitting(ctx context.Context, p search.Page, hits search.Hits, where *Condition) (search.Hits, error) {
	for look := 1; ; look++ {
		fit, err := l.store.fitting(ctx, hits.Notes, where)
		if err != nil {
			return hits, err
		}
		hits.Notes = slices.DeleteFunc(slices.Clone(hits.Notes), func(id uuid.UUID) bool { return !fit[id] })
		if len(hits.Notes) > 0 || hits.Next == "" || look == looks {
			return hits, nil
		}
		p.After = hits.Next
		if hits, err = l.search.Find(ctx, p); err != nil {
			return hits, err
		}
	}
}

// spell looks for slips of the pen: where nothing was found it searches for
// what was meant, where little was found it proposes that.
func (l *Library) spell(ctx context.Context, p search.Page, hits search.Hits, out *Results) (search.Query, search.Hits, error) {
	meant, better, err := l.search.Correct(ctx, p.Query, p.Lens, len(hits.Notes))
	if err != nil || !better {
		return p.Query, hits, err
	}
	typed := p.Query
	p.Query = meant
	again, err := l.search.Find(ctx, p)
	switch {
	case err != nil || len(again.Notes) == 0:
		return typed, hits, err
	case len(hits.Notes) > 0:
		out.Proposed = meant.String()
		return typed, hits, nil
	default:
		out.Corrected = meant.String()
		return meant, again, nil
	}
}

// found joins hits with their notes and marks the words in them.
func (l *Library) found(ctx context.Context, ids []uuid.UUID, q search.Query, reader access.View) ([]Found, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	notes, err := l.store.publishedByID(ctx, ids, l.clock.Now())
	if err != nil {
		return nil, err
	}
	sums, err := l.summaries(ctx, notes)
	if err != nil {
		return nil, err
	}
	byID := make(map[uuid.UUID]*Summary, len(sums))
	for _, s := range sums {
		byID[s.ID] = s
	}
	var out []Found
	var more []int // whose excerpt is to be made
	marker := q.Marker()
	for _, id := range ids {
		s := byID[id]
		if s == nil {
			continue
		}
		f := Found{Summary: s}
		var inTitle, inAbstract search.Found
		f.Title, inTitle = marker.Mark(s.Title)
		f.Abstract, inAbstract = marker.Mark(s.Abstract)
		if !marker.All(inTitle | inAbstract) {
			more = append(more, len(out))
		}
		out = append(out, f)
	}
	return out, l.excerpts(ctx, out, more, marker, reader)
}

// excerpts shows the words in the text, as far as the reader may read it.
func (l *Library) excerpts(ctx context.Context, all []Found, of []int, marker search.Marker, reader access.View) error {
	decisions := make([]access.Decision, len(of))
	for i, at := range of {
		decisions[i] = reader.Decide(all[at].gate)
	}
	texts, err := l.readable(ctx, decisions, func(i int) uuid.UUID { return all[of[i]].gate.Revision })
	if err != nil {
		return err
	}
	for i, at := range of {
		all[at].Excerpt = marker.Excerpt(texts[i])
	}
	return nil
}

// lens asks the decision what of the gated index is open to the reader: for
// each gate there is, and for each single note a grant names.
func (l *Library) lens(ctx context.Context, reader access.View) (out search.Lens, err error) {
	if reader.Stranger() {
		return out, nil
	}
	gates, err := l.search.Gates(ctx)
	if err != nil {
		return out, err
	}
	for _, name := range gates {
		if reader.Decide(gateNamed(name)).Full() {
			out.Gates = append(out.Gates, name)
		}
	}
	single := reader.Notes()
	if len(single) == 0 {
		return out, nil
	}
	notes, err := l.store.publishedByID(ctx, single[:min(len(single), maxSingle)], l.clock.Now())
	for _, n := range notes {
		if reader.Decide(n.gateFor()).Full() {
			out.Notes = append(out.Notes, n.ID)
		}
	}
	return out, err
}

// maxSingle notes that a member bought one by one are looked into.
const maxSingle = 500

// gateName names a gate for the search. Two gates that open to the same
// readers have one name.
func gateName(m Meta) string {
	switch m.Gate {
	case access.Public:
		return ""
	case access.Plans:
		return string(access.Plans) + " " + strings.Join(sortedSet(m.GatePlans), " ")
	default:
		return string(m.Gate)
	}
}

// gateNamed is a gate of that name in front of no note in particular: the note
// it carries is none that a grant could name.
func gateNamed(name string) access.Gate {
	kind, plans, _ := strings.Cut(name, " ")
	return access.Gate{Note: uuid.Max, Kind: access.GateKind(kind), Plans: strings.Fields(plans), Opens: never}
}
