package portal

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/content"
)

// coversPerPage fills rows of two, three and four.
const coversPerPage = 12

// issuesView is the shelf: all covers, newest first.
type issuesView struct {
	Issues       []*issueView
	Series       []*content.Series
	Newer, Older string
}

// issues shows the shelf. The catalogue is in memory, so pages are counted.
func (p *Portal) issues(c *fiber.Ctx) error {
	cat, err := p.Library.Catalogue(c.UserContext())
	if err != nil {
		return err
	}
	all := p.outIssues(c.UserContext(), cat)
	n := pageNumber(c, (len(all)+coversPerPage-1)/coversPerPage)
	v := issuesView{Series: cat.Series}
	if n > 1 {
		v.Newer = numbered("/issues", n-1)
	}
	if n*coversPerPage < len(all) {
		v.Older = numbered("/issues", n+1)
	}
	v.Issues = all[min((n-1)*coversPerPage, len(all)):min(n*coversPerPage, len(all))]
	if err := p.pictured(c.UserContext(), v.Issues...); err != nil {
		return err
	}
	pg, err := p.page(c, numbered("/issues", n), p.language(c.UserContext()).Text("issues.title"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main = "issues", v
	pg.Description = pg.Language.Text("issues.about", "name", pg.Site.Name)
	items := make([]crumb, len(v.Issues))
	for i, x := range v.Issues {
		items[i] = crumb{x.Name(), x.Href()}
	}
	pg.tell(listData(pg, items...), crumbData(pg, crumb{pg.Title, "/issues"}))
	return p.public(c, "issues", pg)
}

// pageNumber reads the page asked for; what is no page is the first one.
func pageNumber(c *fiber.Ctx, last int) int {
	n, err := strconv.Atoi(c.Query("page"))
	if err != nil || n < 1 || n > last {
		return 1
	}
	return n
}

// numbered is the address of a page; the first has no number.
func numbered(path string, n int, more ...string) string {
	if n > 1 {
		more = append(more, "page", strconv.Itoa(n))
	}
	return withQuery(path, more...)
}
