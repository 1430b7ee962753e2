package portal

import (
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// codeView says that a mail is under way and takes its code.
type codeView struct {
	Form  form
	Email string
	Next  string
}

func (p *Portal) codeForm(c *fiber.Ctx) error {
	if p.askedBy(c).browser == "" {
		return seeOther(c, "/sign-in")
	}
	return p.showCode(c, form{})
}

func (p *Portal) showCode(c *fiber.Ctx, f form) error {
	a := p.askedBy(c)
	pg, err := p.page(c, "/sign-in/code", p.says(c, "code.heading"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex, pg.More = "account", codeView{f, a.email, a.next}, true, onceScript
	return p.private(c, "sign_in_code", pg)
}

// spendCode signs in with the code, in the browser that asked for it.
func (p *Portal) spendCode(c *fiber.Ctx) error {
	f := readForm(c, "code")
	in, err := p.Identity.SpendCode(c.UserContext(), identity.SpendCode{
		Browser: p.askedBy(c).browser, Code: f.Values["code"], Visit: visit(c),
	})
	if err == nil {
		return p.enter(c, in)
	}
	if !f.fails(err) {
		return err
	}
	f.Values["code"] = "" // a wrong one is of no use to anybody
	formStatus(c, err)
	return p.showCode(c, f)
}

// enter gives the browser its session and goes on to where it came from.
func (p *Portal) enter(c *fiber.Ctx, in identity.SignedIn) error {
	p.Jar.Set(c, kit.MemberCookie, in.Token, in.Session.ExpiresAt.Sub(p.Now()))
	p.Jar.Clear(c, askedCookie)
	return seeOther(c, onward(localPath(in.ReturnTo)))
}

// linkView is the page behind a link: whom it signs in, and a button.
type linkView struct {
	Email, Token string
	Expires      time.Time
	Spent        bool
	Back         string // the host of the front end it leads back to; "" signs in here
}

// linkForm shows the button. It changes nothing: mail scanners open links,
// too.
func (p *Portal) linkForm(c *fiber.Ctx) error {
	keepAddress(c)
	token := c.Params("token")
	look, err := p.Identity.LookLink(c.UserContext(), token)
	if err != nil {
		return p.spentLink(c, err)
	}
	return p.showLink(c, linkView{Email: look.Email, Token: token, Expires: look.ExpiresAt, Back: p.leadsBack(c, look.ReturnTo)})
}

func (p *Portal) showLink(c *fiber.Ctx, v linkView) error {
	pg, err := p.page(c, "/sign-in", p.says(c, "frame.log_in"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex, pg.More = "account", v, true, onceScript
	return p.private(c, "sign_in_link", pg)
}

// spentLink says what to do with a link that is no longer good.
func (p *Portal) spentLink(c *fiber.Ctx, err error) error {
	if fault.Of(err).Kind != fault.Gone {
		return err
	}
	c.Status(fiber.StatusGone)
	return p.showLink(c, linkView{Spent: true})
}

// spendLink signs in with the link.
func (p *Portal) spendLink(c *fiber.Ctx) error {
	keepAddress(c)
	token := c.Params("token")
	in, err := p.Identity.SpendLink(c.UserContext(), token, visit(c))
	switch {
	case err != nil && fault.Of(err).Kind == fault.Gone:
		// Who presses twice comes with the second press before the answer to the
		// first; the page is asked for after it, and tells that they are logged in.
		return seeOther(c, "/sign-in/link/"+url.PathEscape(token))
	case err != nil:
		return err
	}
	if in.Onward != "" {
		return seeOther(c, in.Onward)
	}
	return p.enter(c, in)
}

// leadsBack lets the form of the page lead to the front end that asked for the
// mail, and names its host. Browsers hold a form to its page's policy all the
// way, redirects too (https://www.w3.org/TR/CSP3/#directive-form-action).
func (p *Portal) leadsBack(c *fiber.Ctx, origin string) (host string) {
	if origin != "" {
		kit.AllowForms(c, origin)
	}
	_, host, _ = strings.Cut(origin, "://")
	return host
}

// keepAddress keeps an address that holds a token from being told to another
// site. "no-referrer" would also hide from us where the form came from.
func keepAddress(c *fiber.Ctx) { c.Set(fiber.HeaderReferrerPolicy, "same-origin") }

// signOut ends the session of this browser.
func (p *Portal) signOut(c *fiber.Ctx) error {
	if token := p.Jar.Get(c, kit.MemberCookie); token != "" {
		if err := p.Identity.SignOut(c.UserContext(), token); err != nil {
			return err
		}
	}
	p.Jar.Clear(c, kit.MemberCookie)
	return seeOther(c, "/")
}
