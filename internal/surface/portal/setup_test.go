package portal_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/domain/search"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/mail"
	"lighttrends/internal/platform/stripeapi"
	"lighttrends/internal/platform/stripelocal"
	"lighttrends/internal/surface/kit"
	"lighttrends/internal/surface/portal"
)

const (
	base      = "http://portal.test"
	stripeKey = "sk_test_local_portal"
)

// stage is the portal on real rooms, with a database of its own.
type stage struct {
	noPasswords bool // the owner's rule
	testing.TB
	now      *clock.Manual
	db       *db.DB
	desk     *content.Desk
	library  *content.Library
	house    *publication.House
	ids      *identity.Service
	office   *billing.Office
	reading  *library.Room
	sharing  library.ShareRules
	held     *held
	pictures portal.Pictures // nil for none
	cards    portal.Cards    // nil for none
	doors    portal.Doors
	mapLimit int
	theme    string
	follow   bool
	post     *post
	server   *kit.Server
	wire     *wire
	local    *stripelocal.Server
	staff    context.Context // may do everything
	rest     func()          // stops the jobs
}

// setup opens the rooms with nothing in them. Stripe does not answer until
// withStripe.
func setup(t testing.TB, e dbtest.Engine) *stage {
	t.Helper()
	s := &stage{TB: t, now: clock.NewManual(time.Date(2026, 7, 31, 12, 0, 0, 0, time.UTC)), held: &held{grants: map[uuid.UUID][]access.Grant{}}, post: &post{}, wire: &wire{}}
	s.db = e.Open(t, s.now)
	s.staff = actor.With(t.Context(), actor.Machine("test"))
	s.openRooms()
	s.openPortal()
	s.work()
	return s
}

func (s *stage) openRooms() {
	j := journal.New(s.db, s.now, nil)
	index := search.New(s.db)
	line := httptest.NewServer(s.wire)
	s.Cleanup(line.Close)
	s.wire.url = line.URL
	stripe := ok(stripeapi.New(stripeapi.Config{SecretKey: stripeKey, BaseURL: line.URL, Retries: -1, Timeout: 20 * time.Second}))
	s.Cleanup(stripe.Close)
	s.house = publication.New(publication.Deps{DB: s.db, Clock: s.now, Journal: j, ClientKey: []byte("a key for the tests of the portal")})
	s.ids = ok(identity.New(identity.Deps{
		DB: s.db, Clock: s.now, Journal: j, Mail: s.post, SecretKey: []byte("a secret key for tests, 32 bytes or more"),
		Brand:     func(context.Context) mail.Brand { return mail.Brand{Name: "Cold Side Research", URL: base} },
		SignInURL: func(_, token string) string { return base + "/sign-in/link/" + token },
		BaseURL:   base, MemberPasswords: func(context.Context) (bool, error) { return !s.noPasswords, nil },
	}))
	s.office = billing.New(billing.Deps{DB: s.db, Clock: s.now, Journal: j, Members: payers{s.ids}, Stripe: stripe, BaseURL: base, GraceDays: 14})
	s.desk = content.NewDesk(content.Deps{DB: s.db, Clock: s.now, Journal: j, Search: index, Plans: s.office})
	s.library = content.NewLibrary(s.db, s.now, index)
	s.reading = library.New(library.Deps{DB: s.db, Clock: s.now, Journal: j, Shares: func(context.Context) (library.ShareRules, error) { return s.sharing, nil }, Living: func(_ context.Context, ids []uuid.UUID) ([]uuid.UUID, error) { return ids, nil }})
}

func (s *stage) openPortal() {
	p := ok(portal.New(portal.Deps{
		Doors: s.doors, MapLimit: s.mapLimit,
		Library: s.library, Gate: access.NewGatekeeper(s.now, bought{s.office}, s.held), House: s.house, Identity: s.ids, Billing: s.office,
		Pictures: s.pictures, Cards: s.cards, Reading: s.reading, Members: s.member, Jar: kit.NewJar(false), BaseURL: base, Now: s.now.Now, Theme: s.theme, FollowTheme: s.follow,
		Kept: func(_ context.Context, member uuid.UUID) ([]byte, error) {
			return []byte(`{"id":"` + member.String() + `"}`), nil
		},
	}))
	s.db.SubscribeAll(func(topic string) {
		if topic != library.TopicChanged {
			p.Forget()
		}
	})
	s.server = kit.New(kit.Options{BaseURL: base, Log: quiet(), ErrorPage: p.ErrorPage, Languages: []string{"de", "en"}})
	p.Register(s.server)
}

func (s *stage) member(ctx context.Context, token string) (kit.Visitor, error) {
	in, err := s.ids.Resolve(ctx, token)
	if err != nil {
		return kit.Visitor{}, err
	}
	if in.Kind != actor.Member {
		return kit.Visitor{}, fault.New(fault.Unauthenticated, "wrong_session", "This session is not for this place.")
	}
	return kit.Visitor{Actor: in.Actor(), Email: in.Email, Name: in.Name, Language: in.Language, Epoch: in.AccessEpoch}, nil
}

// work runs the jobs that send mail.
func (s *stage) work() {
	workers := river.NewWorkers()
	identity.AddWorkers(workers, s.ids)
	running := ok(s.db.Work(s.Context(), db.WorkerOptions{Workers: workers}))
	s.rest = sync.OnceFunc(func() {
		ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
		defer stop()
		_ = running.StopAndCancel(ctx)
	})
	s.Cleanup(s.rest)
}

// withStripe puts the stand-in at the end of the wire.
func (s *stage) withStripe() {
	s.Helper()
	file := ok(db.OpenFile(filepath.Join(s.TempDir(), "stripe.db")))
	s.local = ok(stripelocal.New(stripelocal.Config{DB: file, Clock: s.now, PublicURL: s.wire.url, SecretKey: stripeKey, Tick: 5 * time.Millisecond}))
	s.wire.connect(s.local.Handler())
	s.local.Start()
	s.Cleanup(func() {
		_ = s.local.Close()
		_ = file.Close()
	})
}

// wire leads to Stripe, or nowhere.
type wire struct {
	url    string
	behind atomic.Pointer[http.Handler]
}

func (w *wire) connect(h http.Handler) { w.behind.Store(&h) }

func (w *wire) cut() { w.behind.Store(nil) }

func (w *wire) ServeHTTP(out http.ResponseWriter, in *http.Request) {
	if h := w.behind.Load(); h != nil {
		(*h).ServeHTTP(out, in)
		return
	}
	out.WriteHeader(http.StatusServiceUnavailable)
}

// held gives members grants that no subscription stands behind.
type held struct {
	mu     sync.Mutex
	grants map[uuid.UUID][]access.Grant
}

func (h *held) Grants(_ context.Context, member uuid.UUID) ([]access.Grant, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.grants[member], nil
}

func (h *held) give(member uuid.UUID, g ...access.Grant) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.grants[member] = g
}

// bought is what a member has bought.
type bought struct{ office *billing.Office }

func (b bought) Grants(ctx context.Context, member uuid.UUID) ([]access.Grant, error) {
	standings, err := b.office.Standings(ctx, member)
	var out []access.Grant
	for _, x := range standings {
		out = append(out, access.Grant{Kind: access.Subscription, Plan: x.Plan, Standing: access.Standing(x.Status), Grace: x.Grace})
	}
	return out, err
}

type payers struct{ *identity.Service }

func (p payers) CheckEmail(email string) error {
	_, err := identity.ParseEmail(email)
	return err
}

func (p payers) Enrol(ctx context.Context, email, name string) (uuid.UUID, bool, error) {
	m, fresh, err := p.AddMember(actor.With(ctx, actor.Machine("billing")), email, name)
	return m.ID, fresh, err
}

func (p payers) Payer(ctx context.Context, member uuid.UUID) (billing.Payer, error) {
	m, err := p.Member(actor.With(ctx, actor.Machine("billing")), member)
	return billing.Payer{Email: m.EmailGiven, Name: m.Name}, err
}

// post keeps letters.
type post struct {
	mu      sync.Mutex
	letters []mail.Letter
}

func (p *post) Send(_ context.Context, l mail.Letter) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.letters = append(p.letters, l)
	return nil
}

// to counts and gives the letters to an address.
func (p *post) to(email string) (out []mail.Letter) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, l := range p.letters {
		if strings.EqualFold(l.To.Email, email) {
			out = append(out, l)
		}
	}
	return out
}

var (
	codeInMail = regexp.MustCompile(`\b[0-9]{6}\b`)
	linkInMail = regexp.MustCompile(`/sign-in/link/[A-Za-z0-9_-]+`)
)

// ok unwraps what may not fail.
func ok[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
