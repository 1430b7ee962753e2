package portal

import (
	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// setupView is the form for the first owner.
type setupView struct {
	Form  form
	Token string
	Spent bool
}

// setupForm is shown once in the life of a publication. It does not tell a
// good token from a bad one: the form that is sent does.
func (p *Portal) setupForm(c *fiber.Ctx) error {
	keepAddress(c)
	return p.showSetup(c, setupView{Token: c.Params("token")})
}

func (p *Portal) showSetup(c *fiber.Ctx, v setupView) error {
	pg, err := p.page(c, "/", "Set up")
	if err != nil {
		return err
	}
	pg.NoIndex, pg.Main = true, v
	return p.private(c, "setup", pg)
}

// setup makes the first owner and takes them to the desk.
func (p *Portal) setup(c *fiber.Ctx) error {
	keepAddress(c)
	f := readForm(c, "name", "email", "password")
	v := visit(c)
	v.Surface = "desk"
	in, err := p.Identity.CompleteSetup(c.UserContext(), identity.CompleteSetup{
		Token: c.Params("token"), Name: f.Values["name"], Email: f.Values["email"], Password: f.Values["password"], Visit: v,
	})
	switch {
	case err == nil:
		p.Jar.Set(c, kit.StaffCookie, in.Token, in.Session.ExpiresAt.Sub(p.Now()))
		return seeOther(c, p.DeskPath)
	case fault.Of(err).Kind == fault.Gone:
		c.Status(fiber.StatusGone)
		return p.showSetup(c, setupView{Spent: true})
	case !f.fails(err):
		return err
	}
	f.Values["password"] = ""
	formStatus(c, err)
	return p.showSetup(c, setupView{Form: f, Token: c.Params("token")})
}
