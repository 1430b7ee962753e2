package portal

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
)

// archiveView is the calendar of everything published, and the notes
// themselves, newest first.
type archiveView struct {
	Years  []archiveYear
	Total  int
	Months []monthGroup
	Older  string // address of the next page; "" at the end
	First  bool   // not a further page

	Filters []filterGroup
	Chosen  []string // what the list is narrowed to; then there is no calendar
}

// archiveYear is one row of the calendar.
type archiveYear struct {
	Year   int
	Notes  int
	Months [12]archiveMonth
}

// archiveMonth is one cell; without notes it is no link.
type archiveMonth struct {
	First time.Time
	Notes int
}

// Href is the address of the month.
func (m archiveMonth) Href() string { return "/archive/" + m.First.Format("2006-01") }

// archive shows the calendar and, by cursor, the notes.
func (p *Portal) archive(c *fiber.Ctx) error {
	ctx, after := c.UserContext(), c.Query("after")
	months, err := p.Library.Months(ctx)
	if err != nil {
		return err
	}
	cat, err := p.Library.Catalogue(ctx)
	if err != nil {
		return err
	}
	only, q, chosen, err := narrowed(c, cat)
	if err != nil {
		return err
	}
	q.After, q.Limit = after, perPage
	list, err := p.Library.List(ctx, q)
	if err != nil {
		return err
	}
	v := calendar(months)
	if v.Filters, v.Chosen = only.groups(p.language(ctx), cat), chosen; only.any() {
		months = nil // they count what is left out, too
	}
	v.Months, v.First = byMonth(p.entries(ctx, list.Notes), months), after == ""
	if err := p.picturedMonths(ctx, v.Months); err != nil {
		return err
	}
	if list.Next != "" {
		v.Older = only.href("after", list.Next)
	}
	pg, err := p.page(c, only.href("after", after), strings.Join(append([]string{p.language(ctx).Text("archive.title")}, chosen...), ", "))
	if err != nil {
		return err
	}
	pg.Section, pg.Main = "notes", v
	pg.Description = pg.Language.Text("archive.about", "name", pg.Site.Name)
	if only.any() && v.First {
		pg.Canonical = p.BaseURL + only.canonical()
	}
	pg.tell(listData(pg, crumbsOfMonths(v.Months)...), crumbData(pg, crumb{pg.Language.Text("archive.title"), "/archive"}))
	return p.public(c, "archive", pg)
}

// calendar lays months out by year, the newest year first.
func calendar(months []content.Month) archiveView {
	var v archiveView
	for _, m := range months {
		if n := len(v.Years); n == 0 || v.Years[n-1].Year != m.First.Year() {
			y := archiveYear{Year: m.First.Year()}
			for i := range y.Months {
				y.Months[i].First = time.Date(y.Year, time.Month(i+1), 1, 0, 0, 0, 0, time.UTC)
			}
			v.Years = append(v.Years, y)
		}
		y := &v.Years[len(v.Years)-1]
		y.Months[m.First.Month()-1].Notes = m.Notes
		y.Notes += m.Notes
		v.Total += m.Notes
	}
	return v
}

// monthView is one month of the archive.
type monthView struct {
	First        time.Time
	Notes        int
	Entries      []entry
	Newer, Older *content.Month // the neighbours that have notes
	Next         string         // address of the rest of the month
}

// MonthHref is the address of a month.
func (monthView) MonthHref(m *content.Month) string { return "/archive/" + m.First.Format("2006-01") }

// month shows the notes of one month.
func (p *Portal) month(c *fiber.Ctx) error {
	ctx := c.UserContext()
	start, err := time.Parse("2006-01", c.Params("month"))
	if err != nil {
		return fault.New(fault.NotFound, "month_not_found", "There is no such month.")
	}
	months, err := p.Library.Months(ctx)
	if err != nil {
		return err
	}
	v := monthView{First: start}
	v.neighbours(months)
	if v.Notes == 0 {
		return fault.New(fault.NotFound, "month_not_found", p.says(c, "month.nothing", "month", p.speaks(c).Month(start)))
	}
	path, after := "/archive/"+start.Format("2006-01"), c.Query("after")
	list, err := p.Library.List(ctx, content.Query{From: start, To: start.AddDate(0, 1, 0), After: after, Limit: perPage})
	if err != nil {
		return err
	}
	v.Entries = p.entries(ctx, list.Notes)
	if list.Next != "" {
		v.Next = withQuery(path, "after", list.Next)
	}
	pg, err := p.page(c, withQuery(path, "after", after), p.language(ctx).Month(start))
	if err != nil {
		return err
	}
	if err := p.keepable(c, pg.Path, v.Entries); err != nil {
		return err
	}
	pg.Section, pg.Main = "notes", v
	pg.Description = pg.Language.Text("month.published", "notes", pg.Language.Count("notes", v.Notes), "month", pg.Title)
	pg.tell(listData(pg, crumbsOf(v.Entries)...), crumbData(pg, crumb{pg.Language.Text("archive.title"), "/archive"}, crumb{pg.Title, path}))
	return p.public(c, "month", pg)
}

// neighbours finds the month in a list that is sorted newest first.
func (v *monthView) neighbours(months []content.Month) {
	for i := range months {
		switch m := &months[i]; {
		case m.First.After(v.First):
			v.Newer = m
		case m.First.Equal(v.First):
			v.Notes = m.Notes
		case v.Older == nil:
			v.Older = m
		}
	}
}
