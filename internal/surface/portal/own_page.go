package portal

import (
	"html/template"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/platform/fault"
)

// ownPageView is a text of the publication's own, such as its terms.
type ownPageView struct {
	Heading string
	Body    template.HTML
}

func (p *Portal) ownPage(c *fiber.Ctx) error {
	slug := c.Params("slug")
	pg, err := p.page(c, "/pages/"+slug, "")
	if err != nil {
		return err
	}
	text, ok := pg.Site.Page(slug)
	if !ok {
		return fault.New(fault.NotFound, "page_not_found", "There is no such page.")
	}
	pg.Title, pg.Section = text.Title, "pages/"+slug
	pg.Main = ownPageView{text.Title, template.HTML(p.speech(c.UserContext()).of(text.HTML))} //nolint:gosec // drawn by the markdown room
	pg.Description = pg.Language.Text("own_page.about", "title", text.Title, "name", pg.Site.Name)
	return p.public(c, "own_page", pg)
}
