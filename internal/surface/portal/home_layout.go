package portal

import (
	"context"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/publication"
)

// seriesShelf is a series on a front page that is laid out by series.
type seriesShelf struct {
	*content.Series
	Issue *issueView // the latest one; nil where none has appeared
	Notes []entry    // the newest
}

// How much a front page by series shows: more is a click away.
const (
	mostShelves   = 8
	notesPerShelf = 4
)

// shelves fills a front page by series. What is in no series follows under
// the shelves, so that nothing that was published is missing.
func (p *Portal) shelves(ctx context.Context, cat *content.Catalogue) (out []seriesShelf, err error) {
	latest := map[string]*issueView{}
	for _, v := range p.outIssues(ctx, cat) {
		if latest[v.Series.Slug] == nil {
			latest[v.Series.Slug] = v
		}
	}
	var covers []*issueView
	for _, s := range cat.Series {
		list, err := p.Library.List(ctx, content.Query{Series: s.ID, Limit: notesPerShelf})
		if err != nil {
			return nil, err
		}
		if len(list.Notes) == 0 {
			continue
		}
		out = append(out, seriesShelf{Series: s, Issue: latest[s.Slug], Notes: p.entries(ctx, list.Notes)})
		covers = append(covers, latest[s.Slug])
		if len(out) == mostShelves {
			break
		}
	}
	return out, p.pictured(ctx, covers...)
}

// outside keeps the notes that stand on no shelf.
func outside(entries []entry, shelves []seriesShelf) (rest []entry) {
	for _, e := range entries {
		on := false
		for _, s := range shelves {
			on = on || e.Series != nil && e.Series.ID == s.ID
		}
		if !on {
			rest = append(rest, e)
		}
	}
	return rest
}

// lay puts what stands at the top of the front page there, as the owner wants
// it, and gives back what is left for the list below.
func (p *Portal) lay(ctx context.Context, v *homeView, home publication.Home, cat *content.Catalogue, entries []entry) (rest []entry, err error) {
	switch home {
	case publication.Stream:
		v.Stream = true
		return entries, nil
	case publication.BySeries:
		v.Shelves, err = p.shelves(ctx, cat)
		return outside(entries, v.Shelves), err
	default:
		v.Lead, err = p.latestIssue(ctx, cat)
		return v.lead(entries), err
	}
}
