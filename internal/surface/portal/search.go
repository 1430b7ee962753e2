package portal

import (
	"context"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/search"
	"lighttrends/internal/platform/phrase"
)

const (
	foundPerPage = 20
	maxQuery     = 200 // bytes
	maxNarrower  = 8   // topics offered to narrow a search
)

// searchView is the search with what it found.
type searchView struct {
	Query   string
	Cut     bool // more was typed than is searched for
	Only    bool // nothing was asked for that must be there
	Found   []found
	Further bool // not the first page

	Corrected string   // what was searched for instead
	Proposed  *filter  // what may have been meant
	Unknown   []nobody // names that nothing is called by

	Sort     search.Sort
	Orders   []filter
	Chosen   []filter // what the search is narrowed to; each link takes it away
	Narrower []filter // topics of what was found; each link narrows to it
	First    string   // address of the first page
	Next     string
	Topics   []*content.Topic // to go on with when nothing was found
}

// nobody is a name that nothing is called by, with what may have been meant.
type nobody struct {
	Kind, Name string
	Said       string // the whole sentence
	Near       *filter
}

// found is a note with the words that were searched for marked.
type found struct {
	entry
	Title, Abstract, Excerpt []search.Span
}

// search finds notes by their public words, and for a member by all the words
// that their grants open. Results are not for search engines.
func (p *Portal) search(c *fiber.Ctx) error {
	ctx := c.UserContext()
	v := searchView{Query: strings.TrimSpace(cleaned(c.Query("q"))), Sort: search.Best}
	if c.Query("sort") == string(search.Recent) {
		v.Sort = search.Recent
	}
	if len(v.Query) > maxQuery {
		v.Query, v.Cut = strings.ToValidUTF8(v.Query[:maxQuery], ""), true
	}
	after := c.Query("after")
	if err := p.fillSearch(c, &v, after); err != nil {
		return err
	}
	cat, err := p.Library.Catalogue(ctx)
	if err != nil {
		return err
	}
	v.Topics = cat.Topics
	title := p.says(c, "search.title")
	if v.Query != "" {
		title += ": " + v.Query
	}
	pg, err := p.page(c, v.page(after), title)
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "search", v, true
	return p.public(c, "search", pg)
}

func (p *Portal) fillSearch(c *fiber.Ctx, v *searchView, after string) error {
	if v.Query == "" {
		return nil
	}
	ctx := c.UserContext()
	holds, err := p.Gate.View(ctx, reader(c))
	if err != nil {
		return err
	}
	r, err := p.Library.Search(ctx, content.Search{Text: v.Query, Sort: v.Sort, After: after, Limit: foundPerPage, Reader: holds})
	if err != nil {
		return err
	}
	v.Only, v.Further, v.Corrected = !r.Query.Wanted(), after != "", r.Corrected
	p.fillFound(ctx, v, r)
	v.fillLinks(p.language(ctx), r)
	return nil
}

func (p *Portal) fillFound(ctx context.Context, v *searchView, r *content.Results) {
	for _, f := range r.Notes {
		v.Found = append(v.Found, found{p.entry(ctx, f.Summary), f.Title, f.Abstract, f.Excerpt})
	}
}

// fillLinks makes the addresses of other searches: in another order, for what
// may have been meant, narrower and wider.
func (v *searchView) fillLinks(l *phrase.Language, r *content.Results) {
	q := r.Query
	v.First = v.address(v.Query, v.Sort)
	if r.Next != "" {
		v.Next = v.page(r.Next)
	}
	v.Orders = []filter{
		{l.Text("search.best"), v.address(v.Query, search.Best), v.Sort != search.Recent},
		{l.Text("search.newest"), v.address(v.Query, search.Recent), v.Sort == search.Recent},
	}
	if r.Proposed != "" {
		v.Proposed = &filter{Name: r.Proposed, Href: v.address(r.Proposed, v.Sort)}
	}
	for i, f := range q.Fields {
		name := l.Or("field."+f.Name, f.Name) + ": " + f.Value
		if f.Not {
			name = l.Text("search.not", "name", name)
		}
		v.Chosen = append(v.Chosen, filter{Name: name, Href: v.address(q.Without(i).String(), v.Sort)})
	}
	for _, u := range r.Unknown {
		n := nobody{Kind: u.Name, Name: u.Value, Said: l.Text("search.unknown_"+u.Name, "name", u.Value)}
		if i := slices.IndexFunc(q.Fields, func(f search.Field) bool { return f.String() == u.Field.String() }); i >= 0 && u.Near != "" {
			n.Near = &filter{Name: u.Near, Href: v.address(q.Without(i).With(u.Name, u.Near).String(), v.Sort)}
		}
		v.Unknown = append(v.Unknown, n)
	}
	v.narrower(q)
}

// narrower offers the topics of what was found, the most frequent first.
func (v *searchView) narrower(q search.Query) {
	times := map[*content.Topic]int{}
	var topics []*content.Topic
	for _, f := range v.Found {
		for _, t := range f.Topics {
			if times[t]++; times[t] == 1 && !v.asks(q, t) {
				topics = append(topics, t)
			}
		}
	}
	slices.SortStableFunc(topics, func(a, b *content.Topic) int { return times[b] - times[a] })
	for _, t := range topics[:min(len(topics), maxNarrower)] {
		if times[t] < len(v.Found) || v.Next != "" { // else it narrows nothing
			v.Narrower = append(v.Narrower, filter{Name: t.Name, Href: v.address(q.With("topic", t.Name).String(), v.Sort)})
		}
	}
}

func (v *searchView) asks(q search.Query, t *content.Topic) bool {
	return slices.ContainsFunc(q.Fields, func(f search.Field) bool { return !f.Not && slices.Contains(f.Any, t.ID) })
}

// address is that of a search.
func (v *searchView) address(text string, sort search.Sort) string {
	return withQuery("/search", "q", text, "sort", sortWord(sort))
}

// page is the address of this search from a cursor on.
func (v *searchView) page(after string) string {
	return withQuery("/search", "q", v.Query, "sort", sortWord(v.Sort), "after", after)
}

// sortWord is how an order stands in an address; the usual one does not.
func sortWord(s search.Sort) string {
	if s == search.Recent {
		return string(s)
	}
	return ""
}
