package portal

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/surface/kit"
)

// askView is the part of the gate card by which people of a firm that reads
// with us ask for access.
type askView struct{ Slug string }

// askable offers it where there is a list of firms at all. It says nothing of
// who is on it, and it is the same for everybody.
func (p *Portal) askable(ctx context.Context, g *gateView, slug string) error {
	reach, err := p.House.Reach(ctx)
	if err == nil && len(reach.CompanyDomains) > 0 && g.Sells {
		g.Ask = &askView{slug}
	}
	return err
}

// askedView is the page after the question, and the form again where
// something is wrong with it.
type askedView struct {
	Form form
	Slug string
	Done bool
}

// askAccess takes the question. The answer is the same for every address.
func (p *Portal) askAccess(c *fiber.Ctx) error {
	f := readForm(c, "email", "name", "note", trapField)
	slug := f.Values["note"]
	if !isSlug(slug) {
		return errNoNote
	}
	note, err := p.noteNow(c.UserContext(), slug)
	if err != nil {
		return err
	}
	err = p.House.AskAccess(c.UserContext(), publication.AccessAsk{
		Email: f.Values["email"], Name: f.Values["name"], Title: note.Title, Page: notePath(note.Slug), Trap: f.Values[trapField], ClientAddress: kit.ClientAddress(c),
	})
	if err != nil {
		if !f.fails(err) {
			return err
		}
		formStatus(c, err)
	}
	pg, err := p.page(c, notePath(note.Slug), p.says(c, "ask.button"))
	if err != nil {
		return err
	}
	pg.NoIndex, pg.Main = true, askedView{f, note.Slug, !f.Failed()}
	return p.private(c, "ask_access", pg)
}
