package portal

import (
	"encoding/base64"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// signInView is the form that asks for a mail.
type signInView struct {
	Form form
	Next string
	For  string // what the visitor was about to do; "" for nothing in particular
	// ByPassword shows the form with a password instead of the one for a link.
	ByPassword bool
	Passwords  bool // the owner lets members have them
	Keys       bool // passkeys work at this address
}

// signInForm is the way in for members and for people who are new: one form.
func (p *Portal) signInForm(c *fiber.Ctx) error {
	next := localPath(cleaned(c.Query("next")))
	if kit.VisitorOf(c).Signed() {
		return seeOther(c, onward(next))
	}
	return p.showSignIn(c, signInView{Next: next, ByPassword: c.Query("with") == "password"})
}

func (p *Portal) showSignIn(c *fiber.Ctx, v signInView) error {
	pg, err := p.page(c, "/sign-in", p.says(c, "frame.log_in"))
	if err != nil {
		return err
	}
	if v.Passwords, err = p.Identity.PasswordsOffered(c.UserContext()); err != nil {
		return err
	}
	v.ByPassword = v.ByPassword && v.Passwords
	if v.Keys = p.Identity.PasskeysPossible(); v.Keys {
		pg.More = keysScript
	}
	if strings.HasPrefix(v.Next, "/checkout?") {
		v.For = "checkout"
	} else if slug, ok := noteSlug(v.Next); ok {
		if note, _, err := p.noteFrom(c.UserContext(), slug); err == nil && note != nil {
			v.For = note.Title
		}
	}
	if c.Query("why") == "devices" {
		pg.Parted = pg.Language.Text("frame.parted")
	}
	pg.Section, pg.Main, pg.NoIndex = "account", v, true
	return p.private(c, "sign_in", pg)
}

// onward is where somebody goes who has signed in.
func onward(next string) string {
	if next == "" || next == "/sign-in" || strings.HasPrefix(next, "/sign-in?") || strings.HasPrefix(next, "/sign-in/") {
		return "/account"
	}
	return next
}

// signIn asks for a mail. The answer is the same whether the address is known
// or not.
func (p *Portal) signIn(c *fiber.Ctx) error {
	f := readForm(c, "email", "name", "next")
	started, err := p.Identity.StartSignIn(c.UserContext(), identity.StartSignIn{
		Email: f.Values["email"], Name: f.Values["name"], ReturnTo: f.next(),
		Browser: p.askedBy(c).browser, Client: kit.ClientAddress(c), Surface: Surface, Language: kit.LanguageOf(c),
	})
	if err == nil {
		p.setAsked(c, asked{started.Browser, strings.TrimSpace(f.Values["email"]), f.next()}, started.ExpiresAt.Sub(p.Now()))
		return seeOther(c, "/sign-in/code")
	}
	if !f.fails(err) {
		return err
	}
	if fault.Of(err).Kind == fault.TooMany {
		f.Message = p.says(c, "sign_in.many_mails") + " " + p.waits(c, err)
	}
	formStatus(c, err)
	return p.showSignIn(c, signInView{Form: f, Next: f.next()})
}

// askedCookie binds the code of a mail to the browser that asked for it, and
// remembers where the mail went, to show it.
const askedCookie = "lt_asked"

// asked is a request for a sign-in mail, as the browser remembers it.
type asked struct{ browser, email, next string }

func (p *Portal) setAsked(c *fiber.Ctx, a asked, life time.Duration) {
	rest := base64.RawURLEncoding.EncodeToString([]byte(a.email + "\n" + a.next))
	p.Jar.Set(c, askedCookie, a.browser+"."+rest, life)
}

func (p *Portal) askedBy(c *fiber.Ctx) asked {
	browser, rest, _ := strings.Cut(p.Jar.Get(c, askedCookie), ".")
	plain, err := base64.RawURLEncoding.DecodeString(rest)
	if err != nil {
		return asked{browser: browser}
	}
	email, next, _ := strings.Cut(cleaned(string(plain)), "\n")
	return asked{browser, email, localPath(next)}
}

// reader is who asks, for the gatekeeper.
func reader(c *fiber.Ctx) access.Reader {
	v := kit.VisitorOf(c)
	return access.Reader{Member: v.Member(), Epoch: v.Epoch, Surface: counted(c)}
}

// visit says where somebody signs in.
func visit(c *fiber.Ctx) identity.Visit {
	return identity.Visit{Client: kit.ClientAddress(c), UserAgent: c.Get(fiber.HeaderUserAgent), Surface: Surface, Language: kit.LanguageOf(c)}
}
