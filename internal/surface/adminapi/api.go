package adminapi

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/porter"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/domain/readership"
	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/surface/kit"
)

// Prefix is where the API lives.
const Prefix = "/api/admin/v1"

// Once makes a repeated request take effect once. DoApart is for what calls
// other servers.
type Once interface {
	DoApart(ctx context.Context, scope, key string, fingerprint []byte, do func(ctx context.Context) ([]byte, error)) (answer []byte, again bool, err error)
	Do(ctx context.Context, scope, key string, fingerprint []byte, do func(ctx context.Context) ([]byte, error)) (answer []byte, again bool, err error)
}

// Journal lists what happened.
type Journal interface {
	List(ctx context.Context, f JournalFilter) (page []JournalEntry, next string, err error)
	// Exported journals that somebody took a copy.
	Exported(ctx context.Context) error
}

// Deps is what the API needs.
type Deps struct {
	Desk     *content.Desk
	Media    *media.Shelf
	Identity *identity.Service
	Billing  *billing.Office
	House    *publication.House
	Journal  Journal
	Timeline Timeline
	Keeper   *access.Gatekeeper
	Gates    interface {
		Gate(ctx context.Context, note uuid.UUID) (access.Gate, error)
	}
	Copies   Copies
	Sharing  Sharing
	Webhooks *webhook.Outlet
	// Readership says what is read.
	Readership *readership.Tally
	Porter     *porter.Book
	Once       Once
	Health     func(ctx context.Context) (Health, error)
	BaseURL    string
	Jar        kit.Jar
	Staff      kit.Resolve // of a staff session
	Key        kit.Resolve // of an API key

	// Seen does something in a transaction that writes over nothing which has
	// changed since it was read there. It may do it several times.
	Seen func(ctx context.Context, do func(ctx context.Context) error) error
}

type service struct {
	Deps
	api    *kit.API
	server *kit.Server
}

// Register adds the API to the server.
func Register(srv *kit.Server, d Deps) *kit.API {
	s := &service{Deps: d, server: srv}
	srv.AllowBody(Prefix+"/pictures", maxUpload)
	srv.AllowBody(Prefix+"/attachments", maxUpload)
	srv.AllowBody(Prefix+"/imports", maxImport+1<<20)
	s.api = srv.NewAPI(kit.APIInfo{
		Prefix: Prefix, Title: "lighttrends Admin API", Version: "1.0.0",
		Description: "Write, publish and manage. Send an admin key as a bearer token, or sign in as a staff user.",
		Security: map[string]*huma.SecurityScheme{
			"adminKey":     {Type: "http", Scheme: "bearer", Description: "An API key with the scopes of what it is to do, such as notes.write; admin.read and admin.write open all rooms."},
			"staffSession": {Type: "apiKey", In: "cookie", Name: d.Jar.Name(kit.StaffCookie), Description: "The session of a staff user, as the desk uses it."},
		},
	}, sameOriginUnlessKey(), kit.Cookie(d.Jar, kit.StaffCookie, d.Staff), kit.Bearer(d.Key), private)
	s.session()
	s.myself()
	s.bulk() // before the notes: its paths are more exact than theirs
	s.notes()
	s.revisions()
	s.reviews()
	s.comments()
	s.schedules()
	s.issues()
	s.drawings()
	s.notifications()
	s.presence()
	s.previews()
	s.catalogue()
	s.pictures()
	s.library()
	s.attachments()
	s.memberBulk()
	s.members()
	s.sharing()
	s.assistants()
	s.memberMoney()
	s.copies()
	s.terms()
	s.salesRules()
	s.notePrices()
	s.plans()
	s.offers()
	s.orders()
	s.gifts()
	s.selling()
	s.keys()
	s.roles()
	s.staff()
	s.invitations()
	s.passwordResets()
	s.house()
	s.settings()
	s.leads()
	s.views()
	s.redirects()
	s.webhooks()
	s.transfers()
	s.events()
	s.journal()
	s.timeline()
	s.subscribers()
	s.figures()
	s.readership()
	s.reconciliations()
	s.system()
	s.singles()
	s.api.Link()
	return s.api
}

// sameOriginUnlessKey refuses requests from other sites that would ride on a
// cookie. A bearer token cannot be ridden on.
func sameOriginUnlessKey() kit.Step {
	check := kit.SameOrigin()
	return func(c *fiber.Ctx) error {
		if strings.HasPrefix(c.Get(fiber.HeaderAuthorization), "Bearer ") {
			return nil
		}
		return check(c)
	}
}

// private keeps every answer of this API out of every cache.
func private(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return nil
}

// route describes one operation; need is the capability it asks for.
type route struct {
	method, path, id, tag, summary, text string
	need                                 actor.Capability
	self                                 bool  // about the staff user who asks; needs no capability
	keys                                 bool  // with self: a key may ask about itself, too
	status                               int   // of success; 0 means 200
	body                                 int64 // the largest body, in bytes; 0 means maxBody
	// of is the path of what is changed, if it is not the route's own; GET shows it.
	of    string
	heard bool // each event of it is for whoever has the right to read such things
	pure  bool // nothing comes of it that a repeat or an older version could spoil
	// apart is what is not for one transaction: it calls other servers, keeps a
	// file with them, or has to remember what it refused.
	apart bool
	// errors are what it may be refused with beside the usual: 410 a link or a step
	// that is over, 429 too many tries.
	errors []int
	// replies are those that are no JSON.
	replies map[string]*huma.Response
}

// add registers an operation. Without its capability nothing of the request is
// even read: who may not do it learns nothing from how it would be answered.
//
// Only the call is compiled for each pair of types.
func add[I, O any](s *service, r route, handler func(context.Context, *I) (*O, error)) {
	s.add(r, kit.Bind(handler))
}

func (s *service) add(r route, handler kit.Bound) {
	op := huma.Operation{
		OperationID: r.id, Method: r.method, Path: Prefix + r.path, Tags: []string{r.tag}, Summary: r.summary, Description: r.text,
		DefaultStatus: r.status, Responses: r.replies, Errors: append([]int{400, 401, 403, 404, 409, 422}, r.errors...),
		Security: []map[string][]string{{"adminKey": {}}, {"staffSession": {}}},
	}
	switch {
	case r.self && !r.keys:
		op.Security = op.Security[1:]
	case r.self, r.heard:
	case r.need == "":
		op.Security = nil
	}
	if op.MaxBodyBytes = r.body; r.body == 0 {
		op.MaxBodyBytes = maxBody
	}
	if len(op.Security) > 0 {
		op.Middlewares = huma.Middlewares{func(ctx huma.Context, next func(huma.Context)) {
			if err := r.allowed(ctx.Context()); err != nil {
				_ = huma.WriteErr(s.api, ctx, http.StatusForbidden, "", err) // a failed write is the client's loss
				return
			}
			next(ctx)
		}}
	}
	if g := s.guarded(&r, &op, handler); g != nil {
		op.Middlewares = append(op.Middlewares, g.serve)
	}
	s.api.Add(&op, handler)
}

func (r *route) allowed(ctx context.Context) error {
	if r.heard {
		_, err := webhook.Hearing(ctx, nil)
		return err
	}
	if r.self && (!r.keys || actor.From(ctx).Kind != actor.Key) {
		return actor.RequireStaff(ctx)
	}
	if r.self {
		return r.anyRight(ctx)
	}
	return actor.Require(ctx, r.need)
}

// anyRight lets in every key of this API, whatever it is for.
func (r *route) anyRight(ctx context.Context) error {
	for _, c := range actor.All() {
		if actor.From(ctx).Can(c) {
			return nil
		}
	}
	return actor.Require(ctx, actor.NotesRead)
}

// maxBody leaves room for a body of content.MaxBody written as JSON.
const maxBody = 4 << 20

// maxUpload leaves room for the form around a picture.
const maxUpload = media.MaxUpload + 1<<20

// None is an answer without a body.
type None struct{}
