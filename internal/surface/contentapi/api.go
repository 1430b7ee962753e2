package contentapi

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// Prefix is where the API lives.
const Prefix = "/api/content/v1"

// Library is what the API reads from.
type Library interface {
	Note(ctx context.Context, slug string) (*content.Teaser, error)
	Version(ctx context.Context, slug string, number int) (*content.Teaser, error)
	Open(d access.Decision) (content.Opened, error)
	List(ctx context.Context, q content.Query) (*content.Page, error)
	Catalogue(ctx context.Context) (*content.Catalogue, error)
	Search(ctx context.Context, s content.Search) (*content.Results, error)
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

// Prices says what single notes cost.
type Prices interface {
	// NotePrice answers nil for a note that is not sold on its own.
	NotePrice(ctx context.Context, note uuid.UUID) (*billing.NotePrice, error)
}

// Deps is what the API needs.
type Deps struct {
	Library    Library
	Gatekeeper Gatekeeper
	Prices     Prices
	Files      Files                                          // nil: notes have no attachments
	Picture    func(ctx context.Context, id uuid.UUID) string // address of a stored picture, or ""
	// Pin gives the pictures in a text the addresses of what they were at a
	// moment; nil leaves them as they are today.
	Pin     func(ctx context.Context, html string, at time.Time) (string, error)
	BaseURL string
	Jar     kit.Jar
	Member  kit.Resolve // of a member's session or token
	Key     kit.Resolve // of an API key
}

type service struct{ Deps }

// Register adds the API to the server.
func Register(s *kit.Server, d Deps) *kit.API {
	svc := &service{d}
	api := s.NewAPI(kit.APIInfo{
		Prefix: Prefix, Title: "lighttrends Content API", Version: "1.0.0",
		Description: "Published notes for any front end. Send a content key with every request; send a member's token too, " +
			"and the notes that this member may read come with their full text.",
		Security: map[string]*huma.SecurityScheme{
			"contentKey":  {Type: "apiKey", In: "header", Name: keyHeader, Description: "A content key. It may also be sent as the query parameter `key`."},
			"memberToken": {Type: "http", Scheme: "bearer", Description: "A member's token, for the gated text."},
		},
	}, svc.openWithKey, kit.Cookie(d.Jar, kit.MemberCookie, d.Member), kit.Bearer(d.Member))
	svc.registerNotes(api)
	svc.registerSearch(api)
	return api
}

const keyHeader = "X-Api-Key"

// openWithKey lets in whoever holds a content key. The key says which front
// end asks, not who reads: it never opens gated text.
func (s *service) openWithKey(c *fiber.Ctx) error {
	c.Vary(keyHeader)
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
	return c.Next()
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

// answer is a body made before, with its tag.
type answer struct {
	body []byte
	tag  string
}

// Size implements content.Sized.
func (a answer) Size() int { return len(a.body) + len(a.tag) }

// send answers with it. What no member asked for may be kept by shared caches.
func send(ctx context.Context, a answer, err error) (*huma.StreamResponse, error) {
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(huma.Context) {
		c := kit.Ctx(ctx)
		if err := kit.SendPublic(c, fiber.MIMEApplicationJSON, a.body, a.tag); err != nil {
			c.Status(http.StatusInternalServerError)
		}
	}}, nil
}
