package portal

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// confirmView is the page behind a link of a letter about an account: what it
// does, and a button that does it. Getting it changes nothing, because mail
// scanners open links, too.
type confirmView struct {
	Heading, Text, Button, Small string
	Action                       string // where the button posts to; "" once it is done, or too late
}

func (p *Portal) showConfirm(c *fiber.Ctx, path string, v confirmView) error {
	keepAddress(c)
	pg, err := p.page(c, path, v.Heading)
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "account", v, true
	return p.private(c, "confirm", pg)
}

// overLink answers for a link that does nothing any more.
func (p *Portal) overLink(c *fiber.Ctx, path string, err error) error {
	e := fault.Of(err)
	if e.Kind != fault.Gone && e.Kind != fault.NotFound && e.Kind != fault.Conflict {
		return err
	}
	c.Status(fiber.StatusGone)
	return p.showConfirm(c, path, confirmView{Heading: p.says(c, "link.spent"), Text: faultText(p.speaks(c), e)})
}

// emailForm asks for a new address to be confirmed.
func (p *Portal) emailForm(c *fiber.Ctx) error {
	token := c.Params("token")
	address, until, err := p.Identity.LookEmailChange(c.UserContext(), token)
	if err != nil {
		return p.overLink(c, "/account/email", err)
	}
	return p.showConfirm(c, "/account/email", confirmView{
		Heading: p.says(c, "email.heading"), Text: p.says(c, "email.text", "now", until, "address", address),
		Button: p.says(c, "email.button", "address", address), Action: "/account/email/" + token, Small: p.says(c, "email.small"),
	})
}

// confirmEmail gives the account its new address.
func (p *Portal) confirmEmail(c *fiber.Ctx) error {
	if err := p.Identity.ConfirmEmailChange(c.UserContext(), c.Params("token")); err != nil {
		return p.overLink(c, "/account/email", err)
	}
	return p.showConfirm(c, "/account/email", confirmView{Heading: p.says(c, "email.done"), Text: p.says(c, "email.done_text")})
}

// askEmail sends a letter to a new address.
func (p *Portal) askEmail(c *fiber.Ctx) error {
	f := readForm(c, "email")
	err := p.Identity.AskEmailChange(c.UserContext(), f.Values["email"], kit.ClientAddress(c))
	if err == nil {
		return seeOther(c, "/account?notice=email_asked#profile")
	}
	if fault.HasCode(err, "confirmation_required") {
		return seeOther(c, "/account?notice=confirm#keys")
	}
	if !f.fails(err) {
		return err
	}
	formStatus(c, err)
	return p.showAccount(c, accountView{EmailForm: f})
}

// goodbyeView asks how an account is to end.
type goodbyeView struct {
	Form      form
	Email     string
	PaidUntil *time.Time // nil: nothing that is paid runs on
	AtOnce    bool       // something that is not paid ends with the wish
}

// leaveForm says what deleting an account means. Getting it deletes nothing.
func (p *Portal) leaveForm(c *fiber.Ctx) error { return p.showLeave(c, form{}) }

func (p *Portal) showLeave(c *fiber.Ctx, f form) error {
	v := goodbyeView{Form: f, Email: kit.VisitorOf(c).Email}
	until, err := p.Billing.PaidUntil(c.UserContext(), reader(c).Member)
	if err != nil {
		return err
	}
	if until.After(p.Now()) {
		v.PaidUntil = &until
	}
	held, err := p.Billing.Holdings(c.UserContext(), reader(c).Member)
	if err != nil {
		return err
	}
	v.AtOnce = slices.ContainsFunc(held, func(h billing.Holding) bool { return h.EndsAtOnce() })
	pg, err := p.page(c, "/account/leave", p.says(c, "leave.title"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "account", v, true
	return p.private(c, "leave", pg)
}

// leave notes the wish. The account goes after a week.
func (p *Portal) leave(c *fiber.Ctx) error {
	f := readForm(c, "ending", "sure")
	ending, notBefore := billing.EndNow, time.Time{}
	var err error
	if f.Values["ending"] == string(billing.EndAfterPeriod) {
		ending = billing.EndAfterPeriod
		if notBefore, err = p.Billing.PaidUntil(c.UserContext(), reader(c).Member); err != nil {
			return err
		}
	}
	if f.Values["sure"] == "" {
		var bad fault.Fields
		bad.Add("sure", "required", "Please say that you are sure.")
		f.fails(bad.Err())
		formStatus(c, bad.Err())
		return p.showLeave(c, f)
	}
	if _, err := p.Identity.AskLeave(c.UserContext(), string(ending), notBefore); err != nil {
		return err
	}
	return seeOther(c, "/account?notice=leaving")
}

// leaving tells whether who asks wants their account deleted, and says in the
// form that nothing is sold to them meanwhile.
func (p *Portal) leaving(c *fiber.Ctx, f *form) (bool, error) {
	if !kit.VisitorOf(c).Signed() {
		return false, nil
	}
	err := p.Identity.Staying(c.UserContext(), reader(c).Member)
	if fault.HasCode(err, "leaving") {
		f.Message = faultText(p.speaks(c), fault.Of(err))
		return true, nil
	}
	return false, err
}

// stopLeaving keeps the account after all.
func (p *Portal) stopLeaving(c *fiber.Ctx) error {
	err := p.Identity.Stay(c.UserContext())
	if fault.HasCode(err, "not_leaving") {
		return seeOther(c, "/account?notice=not_leaving")
	}
	if err != nil {
		return err
	}
	return seeOther(c, "/account?notice=stays")
}

// stayForm is behind the link of the letter that says when an account goes.
func (p *Portal) stayForm(c *fiber.Ctx) error {
	token := c.Params("token")
	until, err := p.Identity.LookStay(c.UserContext(), token)
	if err != nil {
		return p.overLink(c, "/account/leave", err)
	}
	return p.showConfirm(c, "/account/leave", confirmView{
		Heading: p.says(c, "stay.heading"), Text: p.says(c, "stay.text", "date", until),
		Button: p.says(c, "leave.keep"), Action: "/account/leave/" + token,
	})
}

func (p *Portal) keepAccount(c *fiber.Ctx) error {
	if err := p.Identity.StayByLink(c.UserContext(), c.Params("token")); err != nil {
		return p.overLink(c, "/account/leave", err)
	}
	return p.showConfirm(c, "/account/leave", confirmView{
		Heading: p.says(c, "stay.done"), Text: p.says(c, "stay.done_text"),
	})
}

// data sends a member everything that is kept of them.
func (p *Portal) data(c *fiber.Ctx) error {
	doc, err := p.Kept(c.UserContext(), reader(c).Member)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	c.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="my-account.json"`)
	return c.Send(doc)
}
