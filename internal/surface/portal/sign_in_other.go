package portal

import (
	"encoding/json"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// askKey begins to sign somebody in with a passkey.
func (p *Portal) askKey(c *fiber.Ctx) error {
	q, err := p.Identity.AskMemberPasskey(c.UserContext(), kit.ClientAddress(c))
	if err != nil {
		return err
	}
	return c.JSON(question{q.Ticket, q.Options})
}

// spendKey signs in with a passkey and goes on to where the visitor came from.
func (p *Portal) spendKey(c *fiber.Ctx) error {
	f := readForm(c, "ticket", "credential", "next")
	in, err := p.Identity.SignInMemberPasskey(c.UserContext(), identity.SignInPasskey{
		Ticket: f.Values["ticket"], Credential: json.RawMessage(f.Values["credential"]), ReturnTo: f.next(), Visit: visit(c),
	})
	if err == nil {
		return p.enter(c, in)
	}
	e := fault.Of(err)
	if e.Kind != fault.Unauthenticated && e.Kind != fault.Gone {
		return err
	}
	c.Status(fiber.StatusUnprocessableEntity)
	return p.showSignIn(c, signInView{Form: form{Message: faultText(p.speaks(c), e) + " " + p.says(c, "sign_in.or_link")}, Next: f.next()})
}

// spendPassword signs in with a password and goes on to where the visitor came
// from. An unknown address and a wrong password get one answer.
func (p *Portal) spendPassword(c *fiber.Ctx) error {
	f := readForm(c, "email", "password", "next")
	in, err := p.Identity.SignInMember(c.UserContext(), identity.SignInMember{
		Email: f.Values["email"], Password: f.Values["password"], ReturnTo: f.next(), Visit: visit(c),
	})
	if err == nil {
		return p.enter(c, in)
	}
	f.Values["password"] = ""
	if e := fault.Of(err); e.Kind == fault.Unauthenticated {
		f.Message = faultText(p.speaks(c), e)
		c.Status(fiber.StatusUnprocessableEntity)
	} else if f.fails(err) {
		formStatus(c, err)
	} else {
		return err
	}
	return p.showSignIn(c, signInView{Form: f, Next: f.next(), ByPassword: true})
}
