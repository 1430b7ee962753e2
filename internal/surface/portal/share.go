package portal

import (
	"html/template"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// shareForm is the page on which a member makes a link to a note.
type shareForm struct {
	Note  *content.Summary
	Rules library.ShareRules
	Left  int
}

var errNoShare = fault.New(fault.NotFound, "share_not_found", "There is no such link.")

// toShare is the note of an address, with the decision about the member who
// wants to hand it on.
func (p *Portal) toShare(c *fiber.Ctx) (*content.Teaser, access.Decision, error) {
	slug := c.Params("slug")
	if p.Reading == nil || !isSlug(slug) {
		return nil, access.Decision{}, errNoNote
	}
	t, err := p.noteNow(c.UserContext(), slug)
	if err != nil {
		return nil, access.Decision{}, err
	}
	d, err := p.Gate.Decide(c.UserContext(), t.Access(), reader(c))
	return t, d, err
}

func (p *Portal) shareForm(c *fiber.Ctx) error {
	if !kit.VisitorOf(c).Signed() {
		return seeOther(c, withQuery("/sign-in", "next", notePath(c.Params("slug"))))
	}
	t, d, err := p.toShare(c)
	if err != nil {
		return err
	}
	rules, left, err := p.Reading.Sharing(c.UserContext(), kit.VisitorOf(c).Member())
	if err != nil {
		return err
	}
	if rules.Notes == 0 || !d.MayShare() {
		return seeOther(c, notePath(t.Slug))
	}
	pg, err := p.page(c, notePath(t.Slug), p.says(c, "share.heading"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex, pg.More = "notes", shareForm{&t.Summary, rules, left}, true, onceScript
	return p.private(c, "share", pg)
}

// shareNote makes the link and shows it, once. Colleagues are met in the language
// of who made it.
func (p *Portal) shareNote(c *fiber.Ctx) error {
	t, d, err := p.toShare(c)
	if err != nil {
		return err
	}
	ctx, member := c.UserContext(), kit.VisitorOf(c).Member()
	token, s, err := p.Reading.ShareNote(ctx, member, t.ID, t.Title, d)
	if err != nil {
		return err
	}
	_, left, err := p.Reading.Sharing(ctx, member)
	if err != nil {
		return err
	}
	return p.showOnce(c, p.says(c, "once.link"), onceView{Share: p.BaseURL + p.speech(ctx).prefix() + "/shared/" + token, Note: &t.Summary, Until: p.language(ctx).Date(s.ExpiresAt), Most: s.Most, Left: left})
}

func (p *Portal) revokeShare(c *fiber.Ctx) error {
	id, err := uuid.Parse(readForm(c, "share").Values["share"])
	if err != nil {
		return errNoShare
	}
	if err := p.Reading.RevokeShare(c.UserContext(), kit.VisitorOf(c).Member(), id); err != nil {
		return err
	}
	return seeOther(c, "/account?notice=share_revoked#library")
}

// sharedView is a note that somebody was given a link to: the invitation, or
// the text.
type sharedView struct {
	entry
	From    string // who shared it
	Until   time.Time
	Body    template.HTML // "" until it is opened here
	Open    bool
	Closed  string // why it does not open; "" if it does
	Address string
}

// handedOn is what a link leads to, at this moment.
type handedOn struct {
	share    *library.Shared
	teaser   *content.Teaser
	decision access.Decision // about the link; never full when its maker may not read
	from     string
}

// lookShared finds it. The one decision is asked each time, and asks in its
// turn whether the member who made the link may still read the note.
func (p *Portal) lookShared(c *fiber.Ctx) (h handedOn, err error) {
	if p.Reading == nil {
		return h, errNoShare
	}
	ctx := c.UserContext()
	if h.share, err = p.Reading.LookShare(ctx, c.Params("token")); err != nil {
		if fault.HasCode(err, errNoShare.Code) {
			p.guesses.count(kit.ClientAddress(c), p.Now())
		}
		return h, err
	}
	known, err := p.Library.ByID(ctx, h.share.NoteID)
	if err != nil {
		return h, err
	}
	if known[h.share.NoteID] == nil {
		return h, p.withdrawnShare(c, h.share.NoteID)
	}
	if h.teaser, err = p.Library.Note(ctx, known[h.share.NoteID].Slug); err != nil {
		return h, err
	}
	sharer, err := p.livingMember(ctx, h.share.MemberID, errNoShare)
	if err != nil {
		return h, err
	}
	h.from = first(sharer.Name, p.language(ctx).Text("share.somebody"))
	link := access.Grant{Kind: access.ShareLink, Note: h.share.NoteID, From: h.share.MadeAt, Until: h.share.ExpiresAt}
	h.decision, err = p.Gate.Shared(ctx, h.teaser.Access(), access.Reader{Member: sharer.ID, Epoch: sharer.AccessEpoch}, link)
	return h, err
}

// shareCookie is the name under which a browser keeps that a share is open in
// it.
func shareCookie(id uuid.UUID) string { return "lt_share_" + id.String() }

// shared shows what somebody was sent: who sent it, and a button. Programs that
// look at links press none, so they open nothing. Who pressed it reads on.
func (p *Portal) shared(c *fiber.Ctx) error {
	if err := p.tokenGuarded(c); err != nil {
		return err
	}
	h, err := p.lookShared(c)
	if fault.HasCode(err, "share_over") {
		return p.showShared(c.Status(fiber.StatusGone), p.says(c, "share.over"), sharedView{Closed: p.says(c, "share.over")})
	}
	if err != nil {
		return err
	}
	own, err := p.Gate.Decide(c.UserContext(), h.teaser.Access(), reader(c))
	if err != nil {
		return err
	}
	if own.Full() {
		return seeOther(c, notePath(h.teaser.Slug))
	}
	v := sharedView{
		entry: p.entry(c.UserContext(), &h.teaser.Summary), From: h.from, Until: h.share.ExpiresAt,
		Address: "/shared/" + c.Params("token"),
	}
	switch {
	case !h.decision.Full():
		v.Closed = p.says(c, "share.closed")
		c.Status(fiber.StatusForbidden)
	case h.share.OpenIn(p.Jar.Get(c, shareCookie(h.share.ID))):
		if v.Body, err = p.sharedText(c, h); err != nil {
			return err
		}
		v.Open = true
	case h.share.Full():
		v.Closed = p.says(c, "share.full")
		c.Status(fiber.StatusGone)
	}
	return p.showShared(c, h.teaser.Title, v)
}

// sharedText is the text, for the decision about the link. No file goes with
// it, and no data of a figure.
func (p *Portal) sharedText(c *fiber.Ctx, h handedOn) (template.HTML, error) {
	text, err := p.Library.Text(c.UserContext(), h.decision)
	if err != nil {
		return "", err
	}
	return p.measured(c.UserContext(), p.speech(c.UserContext()).of(text.HTML), lookOf(h.teaser))
}

func (p *Portal) showShared(c *fiber.Ctx, title string, v sharedView) error {
	pg, err := p.page(c, "/plans", title)
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "notes", v, true
	return p.private(c, "shared", pg)
}

// openShared opens the link in this browser, and records it.
func (p *Portal) openShared(c *fiber.Ctx) error {
	if err := p.tokenGuarded(c); err != nil {
		return err
	}
	h, err := p.lookShared(c)
	if err != nil && !fault.HasCode(err, "share_over") {
		return err
	}
	here := "/shared/" + c.Params("token")
	if err != nil || !h.decision.Full() || h.share.OpenIn(p.Jar.Get(c, shareCookie(h.share.ID))) {
		return seeOther(c, here)
	}
	cookie, err := p.Reading.OpenShare(c.UserContext(), c.Params("token"), actor.Place(kit.ClientAddress(c)))
	switch {
	case fault.HasCode(err, "share_full"), fault.HasCode(err, "share_over"):
		return seeOther(c, here)
	case err != nil:
		return err
	}
	p.Jar.Set(c, shareCookie(h.share.ID), cookie, h.share.ExpiresAt.Sub(p.Now()))
	return seeOther(c, here)
}
