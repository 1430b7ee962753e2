package portal

import (
	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/surface/kit"
)

// closedView says why somebody does not get what belongs to the full text, and
// what would open it.
type closedView struct {
	What, Text  string
	Title, Href string
	Gate        *gateView
}

// What is for those who may read the full text.
var (
	closedCopy    = closedView{What: "closed.copy"}
	closedChanges = closedView{What: "closed.changes"}
	closedFigure  = closedView{What: "closed.figure"}
)

// closed sends strangers to sign in, and answers members with the card that
// stands under the teaser.
func (p *Portal) closed(c *fiber.Ctx, t *content.Teaser, d access.Decision, v closedView, path string) error {
	if !kit.VisitorOf(c).Signed() {
		return seeOther(c, withQuery("/sign-in", "next", path))
	}
	v.What, v.Text = p.says(c, v.What), p.says(c, v.What+"_text")
	pg, err := p.page(c, notePath(t.Slug), v.What)
	if err != nil {
		return err
	}
	pg.NoIndex = true
	v.Title, v.Href = t.Title, path
	if v.Gate, err = p.gate(c.UserContext(), pg, t, d); err != nil {
		return err
	}
	pg.Main = v
	return p.private(c.Status(fiber.StatusForbidden), "closed", pg)
}
