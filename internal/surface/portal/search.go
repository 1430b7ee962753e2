package portal

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/search"
)

// The search gives the first two hundred; nobody reads further.
const (
	foundPerPage = 20
	lastPage     = 10
	maxQuery     = 200 // bytes
)

// searchView is the search with what it found.
type searchView struct {
	Query        string
	Found        []found
	Page         int
	Newer, Older string
	Topics       []*content.Topic // to go on with when nothing was found
}

// found is a note with the words around what was searched for.
type found struct {
	entry
	Excerpt []search.Span
}

// search finds notes by their public words. Results are not for search
// engines.
func (p *Portal) search(c *fiber.Ctx) error {
	ctx, n := c.UserContext(), pageNumber(c, lastPage)
	v := searchView{Query: strings.TrimSpace(cleaned(c.Query("q"))), Page: n}
	if len(v.Query) > maxQuery {
		v.Query = strings.ToValidUTF8(v.Query[:maxQuery], "")
	}
	if err := p.fillSearch(c, &v); err != nil {
		return err
	}
	cat, err := p.Library.Catalogue(ctx)
	if err != nil {
		return err
	}
	v.Topics = cat.Topics
	title := "Search"
	if v.Query != "" {
		title = "Search: " + v.Query
	}
	pg, err := p.page(c, numbered("/search", n, "q", v.Query), title)
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "search", v, true
	return p.public(c, "search", pg)
}

func (p *Portal) fillSearch(c *fiber.Ctx, v *searchView) error {
	if v.Query == "" {
		return nil
	}
	ctx := c.UserContext()
	r, err := p.Library.Search(ctx, search.Page{Text: v.Query, Offset: (v.Page - 1) * foundPerPage, Limit: foundPerPage})
	if err != nil {
		return err
	}
	for _, f := range r.Notes {
		v.Found = append(v.Found, found{entry{f.Summary, p.tagOf(ctx, f.Meta)}, f.Excerpt})
	}
	if v.Page > 1 {
		v.Newer = numbered("/search", v.Page-1, "q", v.Query)
	}
	if r.More && v.Page < lastPage {
		v.Older = numbered("/search", v.Page+1, "q", v.Query)
	}
	return nil
}
