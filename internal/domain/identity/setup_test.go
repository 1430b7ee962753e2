package identity_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/mail"
)

const (
	secretKey    = "a secret key for tests, 32 bytes or more"
	adminKey     = "an admin key for tests, 32 characters or more"
	goodPassword = "a quiet harbour at dawn"
	linkBase     = "https://portal.example/sign-in/link?token="
)

// bundle is the room with a database of its own and a clock that stands still.
type bundle struct {
	*testing.T
	engine dbtest.Engine
	db     *db.DB
	clock  *clock.Manual
	s      *identity.Service
	post   *post
	// required is the owner's rule that everybody has a second factor.
	required *atomic.Bool
	// most is the owner's number of devices for each member; 0: any.
	most atomic.Int64
	// passwords is whether the owner lets members have them.
	passwords atomic.Bool
	baseURL   string
}

// post keeps letters instead of sending them.
type post struct {
	mu      sync.Mutex
	letters []mail.Letter
	refuse  error
}

func (p *post) Send(_ context.Context, l mail.Letter) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.refuse != nil {
		return p.refuse
	}
	p.letters = append(p.letters, l)
	return nil
}

func (p *post) sent() []mail.Letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]mail.Letter(nil), p.letters...)
}

func setup(t *testing.T, e dbtest.Engine) *bundle {
	t.Helper()
	b := &bundle{T: t, engine: e, clock: clock.NewManual(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)), post: &post{}, required: &atomic.Bool{}, baseURL: origin}
	b.db = e.Open(t, b.clock)
	b.s = b.service(b.db)
	return b
}

// service opens the room once more, as another node would.
func (b *bundle) service(d *db.DB) *identity.Service {
	b.Helper()
	s, err := identity.New(identity.Deps{
		DB: d, Clock: b.clock, Journal: journal.New(d, b.clock, nil), Mail: b.post,
		Brand: func(context.Context) mail.Brand {
			return mail.Brand{Name: "LightTrends", URL: "https://portal.example/"}
		},
		SignInURL:            func(_, token string) string { return linkBase + token },
		BaseURL:              b.baseURL,
		SecondFactorRequired: func(context.Context) (bool, error) { return b.required.Load(), nil },
		MemberSessions:       func(context.Context) (int, error) { return int(b.most.Load()), nil },
		MemberPasswords:      func(context.Context) (bool, error) { return b.passwords.Load(), nil },
		SecretKey:            []byte(secretKey), AdminKey: adminKey,
	})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// machine acts with every capability.
func (b *bundle) machine() context.Context {
	return actor.With(b.Context(), actor.Machine("test"))
}

// as acts as whoever is signed in.
func (b *bundle) as(in identity.SignedIn) context.Context {
	return actor.With(b.Context(), in.Session.Actor())
}

// asked is what a person holds after asking for a mail and getting it.
type asked struct{ browser, link, code string }

// ask starts a sign-in and reads the mail.
func (b *bundle) ask(email string) asked {
	b.Helper()
	return b.askWith(identity.StartSignIn{Email: email, Surface: "portal", Client: "192.0.2.1"})
}

func (b *bundle) askWith(in identity.StartSignIn) asked {
	b.Helper()
	started, err := b.s.StartSignIn(b.Context(), in)
	if err != nil {
		b.Fatal(err)
	}
	link, code := b.readMail(b.newestToken())
	return asked{started.Browser, link, code}
}

func (b *bundle) newestToken() uuid.UUID {
	b.Helper()
	var id uuid.UUID
	if err := b.db.Read(b.Context()).Raw("SELECT id FROM sign_in_tokens ORDER BY id DESC LIMIT 1").Row().Scan(&id); err != nil {
		b.Fatal(err)
	}
	return id
}

// readMail does the job's work and takes link and code out of the letter.
func (b *bundle) readMail(id uuid.UUID) (link, code string) {
	b.Helper()
	before := len(b.post.sent())
	if err := b.s.SendSignInMailNow(b.Context(), id); err != nil {
		b.Fatal(err)
	}
	letters := b.post.sent()
	if len(letters) != before+1 {
		b.Fatalf("%d letters were sent", len(letters)-before)
	}
	return linkAndCode(letters[before])
}

func linkAndCode(l mail.Letter) (link, code string) {
	for _, block := range l.Blocks {
		switch block.Kind {
		case mail.KindButton:
			link = strings.TrimPrefix(block.URL, linkBase)
		case mail.KindCode:
			code = block.Text
		default:
		}
	}
	return link, code
}

var visit = identity.Visit{Client: "192.0.2.1", UserAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", Surface: "portal"}

// signIn signs a member in with a link.
func (b *bundle) signIn(email string) identity.SignedIn {
	b.Helper()
	in, err := b.s.SpendLink(b.Context(), b.ask(email).link, visit)
	if err != nil {
		b.Fatal(err)
	}
	b.clock.Advance(15 * time.Minute) // so that a person may ask often
	return in
}

// confirmed notes that a member has shown lately who they are.
func (b *bundle) confirmed(in identity.SignedIn) context.Context {
	b.Helper()
	err := b.db.Tx(b.Context(), func(ctx context.Context) error {
		return b.db.Write(ctx).Exec("UPDATE sessions SET confirmed_at = ? WHERE id = ?", b.clock.Now(), in.Session.ID).Error
	})
	if err != nil {
		b.Fatal(err)
	}
	return b.as(in)
}

// hire makes a staff user with the good password.
func (b *bundle) hire(email string, role identity.Role) identity.Staff {
	b.Helper()
	u, err := b.s.CreateStaff(b.machine(), identity.CreateStaff{Email: email, Name: "Grace " + string(role), Role: role, Password: goodPassword})
	if err != nil {
		b.Fatal(err)
	}
	return u
}

func (b *bundle) signInStaff(email string) identity.SignedIn {
	b.Helper()
	in, err := b.s.SignInStaff(b.Context(), identity.SignInStaff{Email: email, Password: goodPassword, Visit: visit})
	if err != nil {
		b.Fatal(err)
	}
	return in
}

// events lists the journal, oldest first.
func (b *bundle) events() []string {
	b.Helper()
	entries, err := journal.New(b.db, b.clock, nil).List(b.Context(), journal.Filter{Limit: 500})
	if err != nil {
		b.Fatal(err)
	}
	var out []string
	for i := len(entries) - 1; i >= 0; i-- {
		out = append(out, entries[i].Verb)
	}
	return out
}

func (b *bundle) count(table string) int64 {
	b.Helper()
	var n int64
	if err := b.db.Read(b.Context()).Raw("SELECT COUNT(*) FROM " + table).Scan(&n).Error; err != nil {
		b.Fatal(err)
	}
	return n
}

// exec changes the database behind the room's back.
func (b *bundle) exec(sql string, args ...any) {
	b.Helper()
	err := b.db.Tx(b.Context(), func(ctx context.Context) error { return b.db.Write(ctx).Exec(sql, args...).Error })
	if err != nil {
		b.Fatal(err)
	}
}

// wants fails unless the error is a fault with the code.
func wants(t testing.TB, err error, code string) {
	t.Helper()
	if !fault.HasCode(err, code) {
		t.Errorf("got %v, want %s", err, code)
	}
}

// atOnce runs f n times at the same moment and collects what it returns.
func atOnce[T any](n int, f func(i int) (T, error)) (good []T, bad []error) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	start := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-start
			v, err := f(i)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				bad = append(bad, err)
				return
			}
			good = append(good, v)
		})
	}
	close(start)
	wg.Wait()
	return good, bad
}

func TestKeysMustBeLong(t *testing.T) {
	t.Parallel()
	d := dbtest.Engine{Name: db.SQLite}.Open(t, nil)
	for _, deps := range []identity.Deps{
		{DB: d, Clock: clock.System{}, SecretKey: []byte("short")},
		{DB: d, Clock: clock.System{}, SecretKey: []byte(secretKey), AdminKey: "short"},
	} {
		if _, err := identity.New(deps); err == nil || strings.Contains(fmt.Sprint(err), "short\"") {
			t.Errorf("got %v", err)
		}
	}
}

// fields lists the broken rules of an input fault.
func fields(err error) string {
	if err == nil {
		return "no error"
	}
	var out []string
	for _, f := range fault.Of(err).Fields {
		out = append(out, f.Path+":"+f.Code)
	}
	return strings.Join(out, " ")
}
