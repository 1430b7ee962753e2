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

// setupForm is shown until there is an owner. Nobody can guess a token, so
// telling a good one from a bad one gives nothing away.
func (p *Portal) setupForm(c *fiber.Ctx) error {
	keepAddress(c)
	if err := p.Identity.LookSetup(c.UserContext(), c.Params("token")); err != nil {
		return p.spentSetup(c, err)
	}
	return p.showSetup(c, setupView{Token: c.Params("token")})
}

// spentSetup says what to do with a set-up link that is no longer good.
func (p *Portal) spentSetup(c *fiber.Ctx, err error) error {
	if fault.Of(err).Kind != fault.Gone {
		return err
	}
	c.Status(fiber.StatusGone)
	return p.showSetup(c, setupView{Spent: true})
}

func (p *Portal) showSetup(c *fiber.Ctx, v setupView) error {
	pg, err := p.page(c, "/", p.says(c, "setup.title"))
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
		return p.spentSetup(c, err)
	case !f.fails(err):
		return err
	}
	f.Values["password"] = ""
	formStatus(c, err)
	return p.showSetup(c, setupView{Form: f, Token: c.Params("token")})
}
