package portal

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
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
	in   *phrase.Language
}

// Place says roughly where a session began: the part of the network's address
// that is kept. No service is asked what lies there.
func (d device) Place() string {
	ip, _, found := strings.Cut(d.Network, "/")
	if !found {
		return ""
	}
	if rest, v4 := strings.CutSuffix(ip, ".0"); v4 {
		return inEnglish(d.in).Text("device.network", "network", rest+".…")
	}
	return inEnglish(d.in).Text("device.network", "network", strings.TrimSuffix(ip, "::")+":…")
}

// account shows the account. Subscriptions come from the mirror, so the page
// works while Stripe is away.
func (p *Portal) account(c *fiber.Ctx) error {
	v := accountView{}
	v.Notice, v.NoticeOK = noticeText(p.speaks(c), c.Query("notice"))
	return p.showAccount(c, v)
}

func (p *Portal) showAccount(c *fiber.Ctx, v accountView) error {
	ctx, who, l := c.UserContext(), kit.VisitorOf(c), p.speaks(c)
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
	v.Mails = mailChoices(l, v.Member)
	if v.Billing, err = p.Billing.Account(ctx, who.Member()); err != nil {
		return err
	}
	v.holdings(p.Now(), l)
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
	v.Bills = billsOf(l, v.Billing.Bills.Items)
	back, err := p.Billing.MoneyBack(ctx, who.Member())
	if err != nil {
		return err
	}
	v.Back = moneyBackOf(l, back)
	sessions, err := p.Identity.Sessions(ctx, actor.Member, who.Member())
	if err != nil {
		return err
	}
	for _, s := range sessions {
		v.Devices = append(v.Devices, device{s, s.ID == who.Actor.Session, l})
	}
	if v.Own, err = p.ownAccount(ctx, who.Member()); err != nil {
		return err
	}
	pg, err := p.page(c, "/account", p.says(c, "common.your_account"))
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
func (v *accountView) holdings(now time.Time, l *phrase.Language) {
	for _, h := range v.Billing.Holdings {
		if v.Current == nil && !h.Status.Ended() {
			v.Current = &holding{h, now, l}
			continue
		}
		v.Past = append(v.Past, holding{h, now, l})
	}
}

// HasTerm tells whether something is open, or will be, without a subscription.
func (v accountView) HasTerm() bool { return len(v.Terms) > 0 && !v.Terms[0].Over() }

// noticeText says what has just happened. Addresses carry a word, never a
// text: nobody can put one into our mouth.
func noticeText(l *phrase.Language, word string) (text string, good bool) {
	return l.Or("notice."+word, ""), !slices.Contains(badNews, word)
}

// badNews are the notices that say that something was not done.
var badNews = []string{"confirm", "must_stay", "ended", "cannot_change", "cannot_pause", "offer_gone", "already_subscribed", "payment_processing", "billing_away"}

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
