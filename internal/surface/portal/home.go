package portal

import (
	"context"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/publication"
)

// perPage is how many notes a list shows at a time.
const perPage = 20

// homeView is the front page: the latest issue, then the archive by month.
type homeView struct {
	Lead    *issueView // nil when there are no issues, and on further pages
	Feature *entry     // the newest note, when there are no issues
	Months  []monthGroup
	Older   string // address of the next page; "" at the end
	First   bool   // not a further page
	Empty   bool   // nothing has been published yet
	Topics  []*content.Topic
	Authors []*content.Author
	Own     *ownHome      // for a member; nil for nothing
	Stream  bool          // note after note, nothing stands above them
	Shelves []seriesShelf // by series
}

// home shows the front page and, by cursor, what is older.
func (p *Portal) home(c *fiber.Ctx) error {
	ctx, after := c.UserContext(), c.Query("after")
	pg, err := p.page(c, withQuery("/", "after", after), "")
	if err != nil {
		return err
	}
	v := homeView{First: after == ""}
	if err := p.fillHome(ctx, &v, pg.Site.Home, after); err != nil {
		return err
	}
	if v.First {
		if v.Own, err = p.ownHome(c); err != nil {
			return err
		}
	}
	if err := p.keepable(c, pg.Path, v.lists()...); err != nil {
		return err
	}
	pg.Section, pg.Main = "home", v
	pg.Description = first(pg.Site.About, pg.Site.Tagline)
	if v.First {
		pg.tell(siteData(pg), firmData(pg))
	} else {
		pg.Title = pg.Language.Text("home.earlier_notes")
	}
	return p.public(c, "home", pg)
}

func (p *Portal) fillHome(ctx context.Context, v *homeView, home publication.Home, after string) error {
	list, err := p.Library.List(ctx, content.Query{After: after, Limit: perPage})
	if err != nil {
		return err
	}
	months, err := p.Library.Months(ctx)
	if err != nil {
		return err
	}
	cat, err := p.Library.Catalogue(ctx)
	if err != nil {
		return err
	}
	entries := p.entries(ctx, list.Notes)
	if v.First {
		v.Topics, v.Authors = cat.Topics, cat.Authors
		if entries, err = p.lay(ctx, v, home, cat, entries); err != nil {
			return err
		}
	}
	v.Months = byMonth(entries, months)
	if err := p.picturedMonths(ctx, v.Months); err != nil {
		return err
	}
	v.Empty = v.First && len(list.Notes) == 0
	if list.Next != "" {
		v.Older = withQuery("/", "after", list.Next)
	}
	return nil
}

// lists are the notes of the page, where each can be saved.
func (v *homeView) lists() (out [][]entry) {
	if v.Lead != nil {
		out = append(out, v.Lead.Notes)
	}
	for _, m := range v.Months {
		out = append(out, m.Entries)
	}
	return out
}

// lead takes what stands at the top of the page out of the list below it.
func (v *homeView) lead(entries []entry) []entry {
	if v.Lead == nil {
		if len(entries) == 0 {
			return nil
		}
		v.Feature = &entries[0]
		return entries[1:]
	}
	var rest []entry
	for _, e := range entries {
		if e.Issue == nil || e.Issue.ID != v.Lead.ID {
			rest = append(rest, e)
		}
	}
	return rest
}

// withQuery adds parameters that are not empty to a path.
func withQuery(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// first is the first text that is not empty.
func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
