package portal

import (
	"context"
	"html"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// ownFeedLength is how many notes a member's own feed holds: each is read in
// full.
const ownFeedLength = 20

var errNoFeed = fault.New(fault.NotFound, "feed_not_found", "There is no such feed.")

// ownFeed is a member's own feed at their secret address: with the full text of
// what they may read at this moment, decided note by note, and else the teaser.
// It takes no free note of the month, and may be asked for as often as wrong
// addresses are. An address that leads nowhere has one answer, whatever the
// reason.
func (p *Portal) ownFeed(as feedFormat) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if p.Reading == nil {
			return errNoFeed
		}
		keepSecret(c)
		member, err := p.feedMember(c)
		if fault.HasCode(err, errNoFeed.Code) {
			return p.deadFeed(c, err)
		}
		if err != nil {
			return err
		}
		key := "feed " + member.ID.String()
		if wait := p.feeds.wait(key, p.Now()); wait > 0 {
			f := fault.New(fault.TooMany, "too_many_requests", "This feed is asked for too often.")
			f.RetryAfter = wait
			return f
		}
		p.feeds.count(key, p.Now())
		f := feed{ID: urn(member.ID)}
		reader := access.Reader{Member: member.ID, Epoch: member.AccessEpoch}
		err = p.fillFeed(c.UserContext(), &f, content.Query{Limit: ownFeedLength}, "/", func(ctx context.Context, t *content.Teaser) (string, error) {
			return p.readableBy(ctx, t, reader)
		})
		if err != nil {
			return err
		}
		f.Self, f.Title = p.BaseURL+"/my/"+c.Params("token")+"/"+as.File, p.says(c, "feed.in_full", "title", f.Title)
		raw, err := as.write(&f)
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, as.Type+"; charset=utf-8")
		return c.Send(p.pack(c, raw))
	}
}

// deadFeed answers for an address that leads nowhere. Programs go on asking for
// one for years, so these have a count of their own, which refuses them alone:
// live feeds, orders and shared notes behind the same network are answered.
func (p *Portal) deadFeed(c *fiber.Ctx, missing error) error {
	if err := p.patient(c, &p.deadFeeds); err != nil {
		return err
	}
	p.deadFeeds.count(kit.ClientAddress(c), p.Now())
	return missing
}

// feedMember finds whose feed it is; one who has left has none.
func (p *Portal) feedMember(c *fiber.Ctx) (identity.Member, error) {
	id, err := p.Reading.FeedOwner(c.UserContext(), c.Params("token"))
	if err != nil {
		return identity.Member{}, err
	}
	return p.livingMember(c.UserContext(), id, errNoFeed)
}

// livingMember is a member who has not left, or the fault.
func (p *Portal) livingMember(ctx context.Context, id uuid.UUID, gone *fault.Error) (identity.Member, error) {
	m, err := p.Identity.Member(actor.With(ctx, actor.Actor{Kind: actor.Member, ID: id}), id)
	if err == nil && m.DeletedAt != nil || err != nil && fault.Of(err).Kind == fault.NotFound {
		return identity.Member{}, gone
	}
	return m, err
}

// readableBy is a note as one reader may read it elsewhere.
func (p *Portal) readableBy(ctx context.Context, t *content.Teaser, r access.Reader) (string, error) {
	d, err := p.Gate.Decide(ctx, t.Access(), r)
	if err != nil {
		return "", err
	}
	if !d.Full() {
		return p.teaserOf(ctx, t)
	}
	text, err := p.Library.Text(ctx, d)
	if err != nil {
		return "", err
	}
	link := p.BaseURL + notePath(t.Slug)
	return elsewhere(p.speech(ctx).of(text.HTML), link, p.BaseURL) + `<p><a href="` + html.EscapeString(link) + `">` + html.EscapeString(p.language(ctx).Text("feed.on_site")) + `</a></p>`, nil
}

// onceView shows an address that is kept nowhere.
type onceView struct {
	Feeds []action // of a feed, one for each format
	Share string   // of a shared note
	Note  *content.Summary
	Until string
	Most  int
	Left  int
}

// makeFeed makes the address, or another in its place, and shows it once.
func (p *Portal) makeFeed(c *fiber.Ctx) error {
	token, err := p.Reading.MakeFeed(c.UserContext(), kit.VisitorOf(c).Member())
	if err != nil {
		return err
	}
	var v onceView
	for i, as := range feedFormats() {
		v.Feeds = append(v.Feeds, action{[]string{"RSS", "Atom", "JSON Feed"}[i], p.BaseURL + "/my/" + token + "/" + as.File})
	}
	return p.showOnce(c, p.says(c, "once.feed"), v)
}

func (p *Portal) showOnce(c *fiber.Ctx, title string, v onceView) error {
	keepAddress(c)
	pg, err := p.page(c, "/account", title)
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "account", v, true
	return p.private(c, "once", pg)
}

func (p *Portal) revokeFeed(c *fiber.Ctx) error {
	if err := p.Reading.RevokeFeed(c.UserContext(), kit.VisitorOf(c).Member()); err != nil {
		return err
	}
	return seeOther(c, "/account?notice=feed_revoked#library")
}
