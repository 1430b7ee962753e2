package app

import (
	"context"
	"net/url"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/surface/adminapi"
	"lighttrends/internal/surface/contentapi"
	"lighttrends/internal/surface/desk"
	"lighttrends/internal/surface/files"
	"lighttrends/internal/surface/inbound"
	"lighttrends/internal/surface/kit"
	"lighttrends/internal/surface/memberapi"
	"lighttrends/internal/surface/portal"
	"lighttrends/internal/surface/reference"
)

// surfaces builds the web server with every face of the house.
func (r *rooms) surfaces(n *node) (*kit.Server, error) {
	jar := kit.NewJar(r.cfg.HTTPS())
	forMembers := memberapi.Deps{Identity: r.identity, Standing: openPlans{r.gatekeeper}, Billing: r.billing, Library: r.library, Gatekeeper: r.gatekeeper, Copies: r.copies, Reading: r.reading, BaseURL: r.cfg.BaseURL, Jar: jar, Member: r.session(actor.Member), Key: r.apiKey, Now: r.clock.Now}
	pages, err := portal.New(portal.Deps{
		Doors:   r.doors(),
		Library: r.library, Gate: r.gatekeeper, House: r.publication, Identity: r.identity, Billing: r.billing,
		Pictures: r.media, Files: r.media, Copies: r.copies, Cards: r.copies, Reading: r.reading, Places: reference.Paths(), Members: r.session(actor.Member), Jar: jar, BaseURL: r.cfg.BaseURL, Now: r.clock.Now, Theme: r.cfg.ThemeDir, FollowTheme: r.cfg.Local(),
		Kept: func(ctx context.Context, member uuid.UUID) ([]byte, error) {
			return memberapi.KeptOf(ctx, forMembers, member)
		},
	})
	if err != nil {
		return nil, err
	}
	r.db.SubscribeAll(func(topic string) {
		switch topic {
		case library.TopicChanged: // what a member keeps is in the key of a page
		case webhook.TopicEvents, webhook.TopicEndpoints: // no page tells of them
		default:
			pages.Forget()
		}
	})
	s := kit.New(kit.Options{
		BaseURL: r.cfg.BaseURL, HTTPS: r.cfg.HTTPS(), TrustedProxies: r.cfg.TrustedProxies, Log: r.log,
		FormTargets: r.paymentOrigins(), Observe: n.metrics.request, ErrorPage: pages.ErrorPage, Languages: languageTags(),
	})
	n.health.Register(s)
	r.openAssistants(s)
	member := r.session(actor.Member)
	inbound.Register(s, r.billing)
	files.Register(s, r.media)
	reader := r.personal(identity.TokenContent, member)
	r.letPagesCall(s)
	files.RegisterAttachments(s, r.media, jar, reader, r.apiKey)
	perClient, perKey := r.contentRates()
	forFrontEnds := contentapi.Deps{
		PerClient: perClient, PerKey: perKey,
		Library: r.library, Gatekeeper: r.gatekeeper, Picture: r.picture, Pin: r.media.Pin, Files: r.media, Prices: r.billing, House: r.publication, BaseURL: r.cfg.BaseURL, Jar: jar, Member: reader, Key: r.apiKey, Now: r.clock.Now,
		Events: r.webhooks,
	}
	ofContent := contentapi.Register(s, forFrontEnds)
	ofMembers := memberapi.Register(s, forMembers)
	ofStaff := adminapi.Register(s, adminapi.Deps{
		Desk: r.desk, Media: r.media, Identity: r.identity, Billing: r.billing, House: r.publication,
		Journal: audit{r.journal, r.db.Tx}, Timeline: timeline{r}, Keeper: r.gatekeeper, Gates: r.library, Copies: r.copies, Sharing: r.reading, Webhooks: r.webhooks, Readership: r.readership, Porter: r.porter, Once: repeats{r.once}, Health: r.Health, BaseURL: r.cfg.BaseURL, Jar: jar, Staff: r.session(actor.Staff), Key: r.apiKey,
		Seen: r.db.TxOnSeen,
	})
	explain(s, r.cfg.BaseURL, ofContent, ofMembers, ofStaff)
	contentapi.RegisterPages(s, forFrontEnds)
	pages.Register(s)
	r.publication.Ground = ground{server: s, base: r.cfg.BaseURL}
	return s, desk.Register(s)
}

// letPagesCall lets pages of other origins call what front ends are made of.
func (r *rooms) letPagesCall(s *kit.Server) {
	origins := func(ctx context.Context) ([]string, bool, error) {
		all, err := r.identity.FrontEnds(ctx)
		return all.Origins, all.Any, err
	}
	own := r.cfg.BaseURL
	s.App.Use(contentapi.Prefix, kit.CORS{Own: own, Origins: origins, Public: true, Methods: "GET, HEAD"}.Guard)
	s.App.Use(files.AttachmentPrefix, kit.CORS{Own: own, Origins: origins, Methods: "GET, HEAD"}.Guard)
	s.App.Use(memberapi.Prefix, kit.CORS{Own: own, Origins: origins, Methods: "GET, HEAD, POST, PUT, PATCH, DELETE"}.Guard)
}

func (r *rooms) contentRates() (perClient, perKey kit.Rate) {
	if r.cfg.RateLimits {
		return contentapi.UsualRates()
	}
	return perClient, perKey
}

// doors limit how often one client may ask for what costs much.
func (r *rooms) doors() (none portal.Doors) {
	if r.cfg.RateLimits {
		return portal.UsualDoors()
	}
	return none
}

// paymentOrigins are where forms that pay lead on to.
func (r *rooms) paymentOrigins() []string {
	if !r.cfg.StripeLocal() {
		return []string{"https://checkout.stripe.com", "https://billing.stripe.com"}
	}
	u, err := url.Parse(r.cfg.DemoURL)
	if err != nil {
		return nil
	}
	return []string{u.Scheme + "://" + u.Host}
}

// picture is the address of a stored picture, or "" when there is none.
func (r *rooms) picture(ctx context.Context, id uuid.UUID) string {
	item, err := r.media.Item(ctx, id)
	if err != nil {
		return ""
	}
	return item.Address(0)
}

// languageTags are the languages that an address may begin with.
func languageTags() []string {
	all := phrase.Shipped()
	tags := make([]string, len(all))
	for i, l := range all {
		tags[i] = l.Tag
	}
	return tags
}
