package contentapi

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// surface is how the readership calls this face.
const surface = "content-api"

// Prefix is where the API lives.
const Prefix = "/api/content/v1"

// Library is what the API reads from.
type Library interface {
	Note(ctx context.Context, slug string) (*content.Teaser, error)
	// Slug finds the address of a note by its id.
	Slug(ctx context.Context, id uuid.UUID) (string, error)
	Version(ctx context.Context, slug string, number int) (*content.Teaser, error)
	Open(d access.Decision) (content.Opened, error)
	List(ctx context.Context, q content.Query) (*content.Page, error)
	Catalogue(ctx context.Context) (*content.Catalogue, error)
	Search(ctx context.Context, s content.Search) (*content.Results, error)
	// Condition reads a filter.
	Condition(ctx context.Context, text string) (*content.Condition, error)
	Around(ctx context.Context, s *content.Summary) (*content.Around, error)
	Changes(ctx context.Context, since string, limit int) (*content.Changes, error)
}

// Gatekeeper decides.
type Gatekeeper interface {
	Decide(ctx context.Context, g access.Gate, r access.Reader) (access.Decision, error)
	// Read is asked for one note in full: it counts as reading it.
	Read(ctx context.Context, g access.Gate, r access.Reader) (access.Decision, error)
	// View is asked for many notes at once.
	View(ctx context.Context, r access.Reader) (access.View, error)
}

// Files lists what is attached to notes.
type Files interface {
	Attached(ctx context.Context, note uuid.UUID) ([]*media.Attachment, error)
}

// Prices says what there is to buy.
type Prices interface {
	// Plans lists what everybody can buy.
	Plans(ctx context.Context) ([]*billing.Plan, error)
	// NotePrice answers nil for a note that is not sold on its own.
	NotePrice(ctx context.Context, note uuid.UUID) (*billing.NotePrice, error)
}

// House says what the publication is.
type House interface {
	Profile(ctx context.Context) (publication.Profile, error)
}

// Deps is what the API needs.
type Deps struct {
	Library    Library
	Gatekeeper Gatekeeper
	Prices     Prices
	House      House
	Events     Events
	Files      Files                                          // nil: notes have no attachments
	Picture    func(ctx context.Context, id uuid.UUID) string // address of a stored picture, or ""
	// Pin gives the pictures in a text the addresses of what they were at a
	// moment; nil leaves them as they are today.
	Pin     func(ctx context.Context, html string, at time.Time) (string, error)
	BaseURL string
	Jar     kit.Jar
	Member  kit.Resolve // of a member's session or token
	Key     kit.Resolve // of an API key
	Now     func() time.Time
	// PerClient and PerKey say how often may be asked with one key: by one
	// reader or network, and by all together. Zero values set no limit.
	PerClient, PerKey kit.Rate
}

// UsualRates let a builder fetch a whole archive in one go, and hold up
// programs that would keep the server from everybody else.
func UsualRates() (perClient, perKey kit.Rate) {
	return kit.Rate{Free: 6000, Window: time.Minute}, kit.Rate{Free: 60_000, Window: time.Minute}
}

type service struct {
	Deps
	out         kit.Sender
	client, key *kit.Door
	server      *kit.Server
}

func newService(d Deps) *service {
	return &service{
		Deps: d, out: kit.Sender{Now: d.Now},
		client: kit.NewDoor("client", d.PerClient, d.Now), key: kit.NewDoor("key", d.PerKey, d.Now),
	}
}

// Register adds the API to the server.
func Register(s *kit.Server, d Deps) *kit.API {
	svc := newService(d)
	svc.server = s
	api := s.NewAPI(kit.APIInfo{
		Prefix: Prefix, Title: "lighttrends Content API", Version: "1.0.0",
		Description: description, UnknownIsBad: true,
		Security: map[string]*huma.SecurityScheme{
			"contentKey":  {Type: "apiKey", In: "header", Name: keyHeader, Description: "A content key. It may also be sent as the query parameter `key`."},
			"memberToken": {Type: "http", Scheme: "bearer", Description: "A member's token, for the gated text."},
		},
	}, kit.Vouched(d.Key), svc.openWithKey, kit.Cookie(d.Jar, kit.MemberCookie, d.Member), kit.Bearer(d.Member), svc.limit)
	svc.registerNotes(api)
	svc.registerSearch(api)
	svc.registerIssues(api)
	svc.registerNames(api)
	svc.registerHouse(api)
	svc.registerChanges(api)
	svc.registerEvents(api)
	return api
}

const description = "Published notes for any front end. Send a content key with every request; send a member's token too, " +
	"and the notes that this member may read come with their full text.\n\n" +
	"Answers that are the same for everybody carry an ETag, a Last-Modified date once it is certain, and `Surrogate-Key` and " +
	"`Cache-Tag`, which name what they are made of. The event `cache.purge` tells a webhook which of these names are old. " +
	"Answers to a member are `private, no-store`.\n\n" +
	"Pages of other origins may call. A key that is listed with origins works from these only, and with a member's token or session; one that is listed " +
	"with none works from anywhere, for what is public. How often may be asked is told by `RateLimit` and `RateLimit-Policy`, and " +
	"`Retry-After` when it was too often. The server of a front end that asks for one visitor may say so with `X-Server-Key` and " +
	"`X-Visitor-Address`, as at the Member API: the visitor is counted then.\n\n" +
	"Whatever is not known, be it a parameter, a field, a filter or an order, is refused with 400 and named."

const keyHeader = "X-Api-Key"

// openWithKey lets in whoever holds a content key. The key says which front
// end asks, not who reads: it never opens gated text.
func (s *service) openWithKey(c *fiber.Ctx) error {
	kit.Vary(c, keyHeader)
	key := c.Get(keyHeader)
	if key == "" {
		key = c.Query("key")
	}
	if key == "" {
		key = bearerKey(c)
	}
	if key == "" {
		return fault.New(fault.Unauthenticated, "content_key_required", "Send a content key in "+keyHeader+".")
	}
	v, err := s.Key(c.UserContext(), key)
	if err != nil {
		return err
	}
	if !v.Actor.Can(actor.ContentRead) {
		return fault.New(fault.Forbidden, "wrong_key", "This key does not open the Content API.")
	}
	if err := mayCall(c, v.FrontEnd.Origins); err != nil {
		return err
	}
	front := &frontEnd{v.Actor.ID.String(), key}
	if err := s.key.AllowAs(c, front.id); err != nil {
		return err
	}
	c.Locals(frontKey, front)
	return nil
}

// limit counts who asks with the key, once it is known who that is.
func (s *service) limit(c *fiber.Ctx) error {
	front, _ := c.Locals(frontKey).(*frontEnd)
	return s.client.AllowIn(c, front.id)
}

// mayCall holds a key to the origins it is listed with. One that is listed with
// none may be shown by any page, for what is public: who is signed in does not
// count there, and a token is refused, so that nobody wonders.
func mayCall(c *fiber.Ctx, origins []string) error {
	origin := kit.Foreign(c)
	switch {
	case origin == "" || slices.Contains(origins, origin):
		return nil
	case len(origins) > 0:
		return fault.New(fault.Forbidden, "origin_not_allowed", "This key may not be used by pages of this origin. The desk lists the origins of a key.")
	case c.Get(fiber.HeaderAuthorization) != "":
		return fault.New(fault.Forbidden, "origin_not_listed", "A page may send a member's token only from an origin that its key is listed with. The desk lists the origins of a key.")
	}
	c.Request().Header.DelAllCookies()
	return nil
}

// bearerKey takes a key that was sent like a token, which programs often do,
// and leaves no token behind it.
func bearerKey(c *fiber.Ctx) string {
	key, ok := strings.CutPrefix(c.Get(fiber.HeaderAuthorization), "Bearer ")
	if !ok || !strings.HasPrefix(key, "lt_") {
		return ""
	}
	c.Request().Header.Del(fiber.HeaderAuthorization)
	return key
}

func readerOf(ctx context.Context) access.Reader {
	v := kit.VisitorOf(kit.Ctx(ctx))
	return access.Reader{Member: v.Member(), Epoch: v.Epoch}
}

// send answers with what was made before. What no member asked for may be kept
// by shared caches.
func (s *service) send(ctx context.Context, a kit.Answer, err error) (*huma.StreamResponse, error) {
	if err != nil {
		return nil, err
	}
	if err := s.out.Send(kit.Ctx(ctx), a); err != nil {
		return nil, err
	}
	return sent, nil
}

// sent is for what was answered already.
var sent = &huma.StreamResponse{Body: func(huma.Context) {}}

// encode makes an answer that is not kept. keys are the names by which shared
// caches know it.
func encode(v any, keys string) (kit.Answer, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	a := kit.NewAnswer(fiber.MIMEApplicationJSON, b.Bytes())
	a.Keys = keys
	return a, err
}

// kept gives an answer that was made of something before, for clients of this
// one's coding, or makes it.
func (s *service) kept(ctx context.Context, from *content.Derived, key string, build func(context.Context) (kit.Answer, error)) (kit.Answer, error) {
	coding := kit.Coding(kit.Ctx(ctx))
	return content.Derive(ctx, from, coding+key, func(ctx context.Context) (kit.Answer, error) {
		a, err := build(ctx)
		if err != nil {
			return a, err
		}
		return s.out.Keep(a, coding), nil
	})
}
