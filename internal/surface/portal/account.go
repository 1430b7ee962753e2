package portal

import (
	"context"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// accountView is everything a member can look after.
type accountView struct {
	Form      form // of the name
	Member    identity.Member
	EmailForm form              // of another address
	Pending   string            // the address that nobody has confirmed yet
	Leaving   *identity.Leaving // nil: the account stays
	Current   *holding
	Past      []holding // what was bought before
	Waiting   []waiting // bought once, and not paid yet
	Terms     []term    // rights with dates, those that are over last
	Owed      []owed    // orders by invoice whose bill is not paid
	Notes     []ownNote // bought one by one
	Given     []given   // presents to others
	Received  []received
	Free      string // how many notes are left this month, for who pays nothing
	Billing   *billing.Account
	Bills     []bill
	Back      []moneyBack // refunds and disputes
	Devices   []device
	Own       *ownAccount // saved, followed, remembered
	Notice    string      // what has just been done, or why something was not
	Keys      keysView
	Mails     []mailChoice
	NoticeOK  bool
}

// device is a session, as its owner sees it.
type device struct {
	identity.Session
	This bool
}

// Place says roughly where a session began: the part of the network's address
// that is kept. No service is asked what lies there.
func (d device) Place() string {
	ip, _, found := strings.Cut(d.Network, "/")
	if !found {
		return ""
	}
	if rest, v4 := strings.CutSuffix(ip, ".0"); v4 {
		return "the network " + rest + ".…"
	}
	return "the network " + strings.TrimSuffix(ip, "::") + ":…"
}

// account shows the account. Subscriptions come from the mirror, so the page
// works while Stripe is away.
func (p *Portal) account(c *fiber.Ctx) error {
	v := accountView{}
	v.Notice, v.NoticeOK = noticeText(c.Query("notice"))
	return p.showAccount(c, v)
}

func (p *Portal) showAccount(c *fiber.Ctx, v accountView) error {
	ctx, who := c.UserContext(), kit.VisitorOf(c)
	var err error
	if v.Member, err = p.Identity.Member(ctx, who.Member()); err != nil {
		return err
	}
	if err := p.underWay(ctx, &v); err != nil {
		return err
	}
	if v.Form.Values == nil {
		v.Form.Values = map[string]string{"name": v.Member.Name, "organization": v.Member.Organization}
	}
	if v.Keys, err = p.keysOf(c, v.Keys.Form); err != nil {
		return err
	}
	v.Mails = mailChoices(v.Member)
	if v.Billing, err = p.Billing.Account(ctx, who.Member()); err != nil {
		return err
	}
	v.holdings(p.Now())
	if v.Waiting, err = p.waiting(ctx, who.Member()); err != nil {
		return err
	}
	if v.Terms, err = p.terms(ctx, who.Member()); err != nil {
		return err
	}
	if v.Owed, err = p.owed(ctx, who.Member()); err != nil {
		return err
	}
	if err := p.once(ctx, &v, who.Member()); err != nil {
		return err
	}
	if v.Current == nil && !v.HasTerm() {
		if v.Free, err = p.freeNotes(ctx, who.Member()); err != nil {
			return err
		}
	}
	v.Bills = billsOf(v.Billing.Bills.Items)
	back, err := p.Billing.MoneyBack(ctx, who.Member())
	if err != nil {
		return err
	}
	v.Back = moneyBackOf(back)
	sessions, err := p.Identity.Sessions(ctx, actor.Member, who.Member())
	if err != nil {
		return err
	}
	for _, s := range sessions {
		v.Devices = append(v.Devices, device{s, s.ID == who.Actor.Session})
	}
	if v.Own, err = p.ownAccount(ctx, who.Member()); err != nil {
		return err
	}
	pg, err := p.page(c, "/account", "Your account")
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "account", v, true
	if v.Keys.Possible {
		pg.More = keysScript
	}
	return p.private(c, "account", pg)
}

// underWay fills in what the member has asked for and is not done yet.
func (p *Portal) underWay(ctx context.Context, v *accountView) (err error) {
	if v.Leaving, err = p.Identity.Leaving(ctx, v.Member.ID); err != nil {
		return err
	}
	v.Pending, err = p.Identity.PendingEmail(ctx)
	return err
}

// holdings sorts out what runs, or could run again, from what is over.
func (v *accountView) holdings(now time.Time) {
	for _, h := range v.Billing.Holdings {
		if v.Current == nil && !h.Status.Ended() {
			v.Current = &holding{h, now}
			continue
		}
		v.Past = append(v.Past, holding{h, now})
	}
}

// HasTerm tells whether something is open, or will be, without a subscription.
func (v accountView) HasTerm() bool { return len(v.Terms) > 0 && !v.Terms[0].Over() }

// noticeText says what has just happened. Addresses carry a word, never a
// text: nobody can put one into our mouth.
func noticeText(word string) (text string, good bool) {
	switch word {
	case "renamed":
		return "Your profile has been changed.", true
	case "key_added":
		return "This device has a passkey now. Next time it logs you in without a mail.", true
	case "key_renamed":
		return "Your passkey has another name.", true
	case "key_removed":
		return "The passkey is removed. It no longer logs you in.", true
	case "password_set":
		return "Your password is set. Every other device is logged out.", true
	case "password_removed":
		return "Your password is removed. You log in with a link, a code or a passkey.", true
	case "confirm":
		return "Nothing was changed yet: show that it is you first.", false
	case "confirmed":
		return "Thank you. For a quarter of an hour you can change how you log in.", true
	case "mails":
		return "We have noted which mails you want.", true
	case "email_asked":
		return "We have written to your new address. Press the button in that letter, and it is yours here.", true
	case "leaving":
		return "We have noted that you want your account deleted, and written to you.", true
	case "stays":
		return "Your account stays. If you had a subscription, it still ends when what you paid runs out, unless you keep it here.", true
	case "must_stay":
		return "You have asked to delete your account. Keep the account first.", false
	case "not_leaving":
		return "Your account is not about to be deleted.", true
	case "canceled":
		return "Your subscription is cancelled. You can read on until the end of the period.", true
	case "kept":
		return "Your subscription goes on.", true
	case "changed":
		return "Your subscription is changed.", true
	case "paused":
		return "Your payments are paused. You can read on.", true
	case "stayed":
		return "Thank you for staying. The offer is applied to your subscription.", true
	case "ended":
		return "This subscription has ended already.", false
	case "cannot_change":
		return "Your subscription cannot be changed as it stands.", false
	case "cannot_pause":
		return "Your subscription cannot be paused as it stands.", false
	case "offer_gone":
		return "This offer is no longer open. Your subscription is as it was.", false
	case "feed_revoked":
		return "The address of your feed is dead.", true
	case "share_revoked":
		return "That link has ended.", true
	case "memory_on":
		return "From now on we remember what you read.", true
	case "memory_off":
		return "We have forgotten what you read, and remember nothing.", true
	case "signed_out":
		return "That device is logged out.", true
	case "already_subscribed":
		return "You have a subscription already. You can change it here.", false
	case "payment_processing":
		return "A payment of yours is still on its way.", false
	case "billing_away":
		return "The payment service does not answer at the moment. Nothing was changed. Please try again in a few minutes.", false
	}
	return "", false
}

// rename gives the member another name and organization.
func (p *Portal) rename(c *fiber.Ctx) error {
	f := readForm(c, "name", "organization")
	_, err := p.Identity.ChangeProfile(c.UserContext(), reader(c).Member, identity.MemberProfile{Name: f.Values["name"], Organization: f.Values["organization"]})
	if err == nil {
		return seeOther(c, "/account?notice=renamed")
	}
	if !f.fails(err) {
		return err
	}
	formStatus(c, err)
	return p.showAccount(c, accountView{Form: f})
}

// endSession signs one device out. A session of somebody else is not found.
func (p *Portal) endSession(c *fiber.Ctx) error {
	id, err := uuid.Parse(readForm(c, "session").Values["session"])
	if err != nil {
		return errNoSession
	}
	if err := p.Identity.EndSession(c.UserContext(), id); err != nil {
		return err
	}
	if id == kit.VisitorOf(c).Actor.Session {
		p.Jar.Clear(c, kit.MemberCookie)
		return seeOther(c, "/")
	}
	return seeOther(c, "/account?notice=signed_out")
}

var errNoSession = fault.New(fault.NotFound, "session_not_found", "There is no such session.")

// endSessions signs out everywhere, here too.
func (p *Portal) endSessions(c *fiber.Ctx) error {
	if _, err := p.Identity.SignOutEverywhere(c.UserContext(), actor.Member, reader(c).Member); err != nil {
		return err
	}
	p.Jar.Clear(c, kit.MemberCookie)
	return seeOther(c, "/sign-in")
}
