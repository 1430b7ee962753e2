package portal

import (
	"encoding/json"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// keysScript is the script that speaks with the browser about passkeys. Only
// pages that offer one load it; without it everything else on them works.
const keysScript = "keys.js"

// onceScript keeps a form from being sent twice, where the second would cost
// what the first has brought.
const onceScript = "once.js"

// keysView is how a member logs in, as the account page shows it.
type keysView struct {
	Possible  bool // the house has an address that passkeys can be bound to
	Confirmed bool // they have shown lately who they are
	Keys      []identity.MemberPasskey
	Offered   bool       // the owner lets members have passwords
	Password  *time.Time // since when there is one
	Device    string     // a name for a new key
	Form      form       // of the password
	Card      *keyCard   // nil: no passkey is offered
}

// keyCard offers a passkey to who has none. A member who says no never sees it
// again.
type keyCard struct {
	Next      string // where they are
	Device    string
	Confirmed bool
}

func (p *Portal) keysOf(c *fiber.Ctx, f form) (v keysView, err error) {
	ctx, member := c.UserContext(), reader(c).Member
	v.Form, v.Possible, v.Device = f, p.Identity.PasskeysPossible(), identity.DeviceName(c.Get(fiber.HeaderUserAgent))
	if v.Confirmed, err = p.Identity.MemberConfirmed(ctx); err != nil {
		return v, err
	}
	if v.Keys, err = p.Identity.MemberPasskeys(ctx, member); err != nil {
		return v, err
	}
	if v.Offered, err = p.Identity.PasswordsOffered(ctx); err != nil {
		return v, err
	}
	if v.Password, err = p.Identity.PasswordSince(ctx, member); err != nil {
		return v, err
	}
	v.Card, err = p.keyCard(c, "/account")
	return v, err
}

// keyCard is what offers a passkey on a page that a member sees after they
// signed in.
func (p *Portal) keyCard(c *fiber.Ctx, here string) (*keyCard, error) {
	if !kit.VisitorOf(c).Signed() {
		return nil, nil
	}
	offered, err := p.Identity.PasskeyOffered(c.UserContext())
	if err != nil || !offered {
		return nil, err
	}
	confirmed, err := p.Identity.MemberConfirmed(c.UserContext())
	return &keyCard{here, identity.DeviceName(c.Get(fiber.HeaderUserAgent)), confirmed}, err
}

// question is what the script asks an authenticator.
type question struct {
	Ticket  string          `json:"ticket"`
	Options json.RawMessage `json:"options"`
}

// askNewKey begins to add a passkey.
func (p *Portal) askNewKey(c *fiber.Ctx) error {
	q, err := p.Identity.OfferMemberPasskey(c.UserContext())
	if err != nil {
		return err
	}
	return c.JSON(question{q.Ticket, q.Options})
}

// addKey keeps the passkey that the browser made.
func (p *Portal) addKey(c *fiber.Ctx) error {
	f := readForm(c, "name", "ticket", "credential")
	_, err := p.Identity.AddMemberPasskey(c.UserContext(), identity.AddPasskey{
		Ticket: f.Values["ticket"], Name: f.Values["name"], Credential: json.RawMessage(f.Values["credential"]),
	})
	return p.afterKeys(c, err, "key_added", form{})
}

// afterKeys shows what became of a change of how a member logs in. f is the
// form it came from, if there is one to show again.
func (p *Portal) afterKeys(c *fiber.Ctx, err error, done string, f form) error {
	e := fault.Of(err)
	switch {
	case err == nil:
		return seeOther(c, "/account?notice="+done+"#keys")
	case e.Code == "confirmation_required":
		return seeOther(c, "/account?notice=confirm#keys")
	case e.Code == "ticket_invalid", e.Code == "passkey_refused", e.Code == "passkey_exists", e.Code == "too_many_passkeys":
		formStatus(c, err)
		return p.showAccount(c, accountView{Notice: faultText(p.speaks(c), e)})
	case f.order == nil || !f.fails(err):
		return err
	}
	formStatus(c, err)
	return p.showAccount(c, accountView{Keys: keysView{Form: f}})
}

func keyID(c *fiber.Ctx) (uuid.UUID, form) {
	f := readForm(c, "key", "name")
	id, _ := uuid.Parse(f.Values["key"]) // what is none is nobody's
	return id, f
}

func (p *Portal) renameKey(c *fiber.Ctx) error {
	id, f := keyID(c)
	if err := p.Identity.RenameMemberPasskey(c.UserContext(), id, f.Values["name"]); err != nil {
		if fault.Of(err).Kind == fault.Invalid {
			formStatus(c, err)
			return p.showAccount(c, accountView{Notice: p.says(c, "keys.needs_name")})
		}
		return err
	}
	return seeOther(c, "/account?notice=key_renamed#keys")
}

func (p *Portal) removeKey(c *fiber.Ctx) error {
	id, _ := keyID(c)
	return p.afterKeys(c, p.Identity.RemoveMemberPasskey(c.UserContext(), id), "key_removed", form{})
}

// closeCard takes the offer of a passkey away for good.
func (p *Portal) closeCard(c *fiber.Ctx) error {
	if err := p.Identity.ClosePasskeyCard(c.UserContext()); err != nil {
		return err
	}
	return seeOther(c, onward(readForm(c, "next").next()))
}

func (p *Portal) setPassword(c *fiber.Ctx) error {
	f := readForm(c, "password")
	err := p.Identity.SetMemberPassword(c.UserContext(), f.Values["password"])
	f.Values["password"] = ""
	return p.afterKeys(c, err, "password_set", f)
}

func (p *Portal) removePassword(c *fiber.Ctx) error {
	return p.afterKeys(c, p.Identity.RemoveMemberPassword(c.UserContext()), "password_removed", form{})
}

// askConfirm sends a code to who wants to change how they log in, and logged in
// a while ago.
func (p *Portal) askConfirm(c *fiber.Ctx) error {
	started, err := p.Identity.AskConfirmation(c.UserContext(), p.askedBy(c).browser, kit.ClientAddress(c))
	if fault.Of(err) != nil && fault.Of(err).Kind == fault.TooMany {
		formStatus(c, err)
		return p.showAccount(c, accountView{Notice: p.says(c, "keys.many_mails") + " " + p.waits(c, err)})
	}
	if err != nil {
		return err
	}
	p.setAsked(c, asked{browser: started.Browser, email: kit.VisitorOf(c).Email}, started.ExpiresAt.Sub(p.Now()))
	return seeOther(c, "/account/confirm")
}

// confirmForm takes the code of the letter; whoever asked for none here has
// been sent none.
func (p *Portal) confirmForm(c *fiber.Ctx) error {
	if p.askedBy(c).browser == "" {
		return seeOther(c, "/account#keys")
	}
	return p.showConfirmCode(c, form{})
}

func (p *Portal) showConfirmCode(c *fiber.Ctx, f form) error {
	pg, err := p.page(c, "/account/confirm", p.says(c, "confirm.heading"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "account", codeView{f, kit.VisitorOf(c).Email, ""}, true
	return p.private(c, "account_confirm", pg)
}

// confirm takes the code.
func (p *Portal) confirm(c *fiber.Ctx) error {
	f := readForm(c, "code")
	err := p.Identity.ConfirmMember(c.UserContext(), identity.SpendCode{Browser: p.askedBy(c).browser, Code: f.Values["code"], Visit: visit(c)})
	if err == nil {
		p.Jar.Clear(c, askedCookie)
		return seeOther(c, "/account?notice=confirmed#keys")
	}
	if !f.fails(err) {
		return err
	}
	f.Values["code"] = ""
	formStatus(c, err)
	return p.showConfirmCode(c, f)
}
