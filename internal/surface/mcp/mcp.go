package mcp

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// Path is where the door is.
const Path = "/mcp"

// Library is what is read from.
type Library interface {
	Note(ctx context.Context, slug string) (*content.Teaser, error)
	Version(ctx context.Context, slug string, number int) (*content.Teaser, error)
	Text(ctx context.Context, d access.Decision) (*content.Text, error)
	List(ctx context.Context, q content.Query) (*content.Page, error)
	Catalogue(ctx context.Context) (*content.Catalogue, error)
	Search(ctx context.Context, s content.Search) (*content.Results, error)
	ChangedSince(ctx context.Context, since time.Time, limit int) ([]*content.Summary, bool, error)
	CorrectionsSince(ctx context.Context, since time.Time, notes []*content.Summary) (map[uuid.UUID]string, error)
}

// Gatekeeper decides for programs.
type Gatekeeper interface {
	ReadForAI(ctx context.Context, g access.Gate, r access.Reader) (access.Decision, error)
	ViewForAI(ctx context.Context, r access.Reader) (access.View, error)
}

// Recorder keeps the record of use, and refuses what is beyond the caps.
type Recorder interface {
	Record(ctx context.Context, u library.Use, caps library.UsageCaps) (library.UsageLeft, error)
	// Glimpses is told what a search shows, and whether it may.
	Glimpses(ctx context.Context, of []library.Use, caps library.UsageCaps) (bool, error)
}

// House says how the publication is called.
type House interface {
	Profile(ctx context.Context) (publication.Profile, error)
}

// Deps is what the door needs.
type Deps struct {
	Library    Library
	Gatekeeper Gatekeeper
	Recorder   Recorder
	House      House
	Member     kit.Resolve // of a personal token
	Caps       library.UsageCaps
	Rate       kit.Rate // of requests, for each member, or each address without a token
	BaseURL    string
	Version    string
	Now        func() time.Time
	Log        *slog.Logger
}

// UsualRate lets an assistant work through a question, and no program through
// the archive.
func UsualRate() kit.Rate { return kit.Rate{Free: 60, Window: time.Minute} }

// maxMessage is far more than any question takes.
const maxMessage = 256 << 10

type service struct{ Deps }

// Register opens the door.
func Register(s *kit.Server, d Deps) {
	svc := &service{d}
	server := svc.server()
	handler := sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return server }, &sdk.StreamableHTTPOptions{
		Stateless: true, JSONResponse: true, MaxRequestBodyBytes: maxMessage,
		DisableLocalhostProtection: true, // see ownOrigin, which holds behind a proxy, too
	})
	door := kit.NewDoor("mcp", d.Rate, d.Now)
	s.App.All(Path, kit.Steps(svc.ownOrigin, kit.Bearer(d.Member)), func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderCacheControl, "private, no-store")
		if err := door.Allow(c); err != nil {
			return err
		}
		if c.Method() != fiber.MethodPost {
			c.Set(fiber.HeaderAllow, fiber.MethodPost)
			return fiber.ErrMethodNotAllowed
		}
		if bytes.HasPrefix(bytes.TrimLeft(c.Body(), " \t\r\n"), []byte("[")) {
			return fault.New(fault.BadRequest, "batch_refused", "Send one message in each request.")
		}
		v := kit.VisitorOf(c)
		who := reader{access.Reader{Member: v.Member(), Epoch: v.Epoch}}
		c.SetUserContext(context.WithValue(c.UserContext(), readerKey{}, who))
		return kit.Plain(handler)(c)
	})
}

// ownOrigin refuses pages of other sites: a browser names where a page is from,
// and one that was made to take a name of its own for this server's address
// (DNS rebinding) still names itself. Programs that are no browsers name nothing.
func (s *service) ownOrigin(c *fiber.Ctx) error {
	if from := c.Get(fiber.HeaderOrigin); from != "" && !strings.EqualFold(from, s.BaseURL) {
		return fault.New(fault.Forbidden, "cross_origin", "This request came from another site and was refused.")
	}
	return nil
}

// reader is who a program reads for.
type reader struct{ access.Reader }

type readerKey struct{}

func readerOf(ctx context.Context) access.Reader {
	r, _ := ctx.Value(readerKey{}).(reader)
	return r.Reader
}
