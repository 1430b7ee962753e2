package billing_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/stripeapi"
	"lighttrends/internal/platform/stripelocal"
)

const (
	stripeKey  = "sk_test_local_billing"
	hookSecret = "whsec_of_this_test"
	portalURL  = "http://portal.test"
)

// shop is the room with a stand-in for Stripe behind real HTTP. Room and
// stand-in live by the same clock.
type shop struct {
	t       testing.TB
	engine  dbtest.Engine
	options db.Options
	clock   *clock.Manual
	db      *db.DB
	journal *journal.Journal
	office  *billing.Office
	deps    billing.Deps
	members *members
	stripe  *stripeapi.Client
	local   *stripelocal.Server
	line    *line
}

func setup(t testing.TB, e dbtest.Engine, change ...func(*stripelocal.Config)) *shop {
	t.Helper()
	s := &shop{t: t, engine: e, options: e.Options(t), clock: clock.NewManual(time.Date(2026, 3, 31, 10, 0, 0, 0, time.UTC)), line: &line{}}
	s.db = e.Reopen(t, s.options, s.clock)
	s.journal = journal.New(s.db, s.clock, nil)
	s.members = &members{db: s.db, payers: map[uuid.UUID]billing.Payer{}, epochs: map[uuid.UUID]int{}}
	s.openStripe(change)
	s.deps = billing.Deps{
		DB: s.db, Clock: s.clock, Journal: s.journal, Members: s.members, Stripe: s.stripe,
		BaseURL: portalURL, WebhookSecrets: []string{hookSecret},
	}
	s.office = billing.New(s.deps)
	return s
}

func (s *shop) openStripe(change []func(*stripelocal.Config)) {
	s.t.Helper()
	file, err := db.OpenFile(filepath.Join(s.t.TempDir(), "stripe.db"))
	if err != nil {
		s.t.Fatal(err)
	}
	server := httptest.NewServer(s.line)
	cfg := stripelocal.Config{DB: file, Clock: s.clock, PublicURL: server.URL, SecretKey: stripeKey, Tick: 5 * time.Millisecond}
	for _, c := range change {
		c(&cfg)
	}
	if s.local, err = stripelocal.New(cfg); err != nil {
		s.t.Fatal(err)
	}
	s.line.url, s.line.behind = server.URL, s.keysAreStored(s.local.Handler())
	s.local.Start()
	if s.stripe, err = stripeapi.New(stripeapi.Config{SecretKey: stripeKey, BaseURL: server.URL, Retries: -1, Timeout: 20 * time.Second, Before: billing.NewLedger(s.db, s.clock).Before}); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		s.stripe.Close()
		server.Close()
		_ = s.local.Close()
		_ = file.Close()
	})
}

// keysAreStored stands at Stripe's door in every test of this room: a write by
// the gateway arrives with a key, and its key is in the database by then.
func (s *shop) keysAreStored(stripe http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && strings.HasPrefix(r.UserAgent(), "Stripe/v1 GoBindings") {
			key := r.Header.Get("Idempotency-Key")
			var n int64
			err := s.db.Read(context.Background()).Raw("SELECT COUNT(*) FROM stripe_writes WHERE idempotency_key = ?", key).Scan(&n).Error
			if key == "" || err != nil || n != 1 {
				s.t.Errorf("%s %s came to Stripe with the key %q, which is stored %d times (%v)", r.Method, r.URL.Path, key, n, err)
			}
		}
		stripe.ServeHTTP(w, r)
	})
}

// again opens the room anew, as after the process was killed.
func (s *shop) again(change ...func(*billing.Deps)) *billing.Office {
	d := s.deps
	for _, c := range change {
		c(&d)
	}
	return billing.New(d)
}

func owner(ctx context.Context) context.Context { return actor.With(ctx, actor.Machine("test")) }

// must unwraps what may not fail.
func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (s *shop) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// refused checks the code of a fault.
func refused(t testing.TB, err error, code string) {
	t.Helper()
	if !fault.HasCode(err, code) {
		t.Errorf("got %v, want %s", err, code)
	}
}

func research() billing.PlanInput {
	return billing.PlanInput{
		Slug: "research", Name: "Research", Description: "Every note", Benefits: []string{"The archive"}, Visible: true,
		Prices: []billing.PriceInput{{Interval: billing.Monthly, Amount: 4900, Currency: "eur"}, {Interval: billing.Yearly, Amount: 49000, Currency: "eur"}},
	}
}

// sell puts plans on sale, at Stripe too.
func (s *shop) sell(plans ...billing.PlanInput) {
	s.t.Helper()
	if len(plans) == 0 {
		plans = []billing.PlanInput{research()}
	}
	for _, p := range plans {
		_, err := s.office.PutPlan(owner(s.t.Context()), p)
		s.ok(err)
	}
	s.ok(s.office.MirrorPlans(s.t.Context()))
}

// members is the member room as billing sees it. Epochs rise with the commit.
type members struct {
	db     *db.DB
	mu     sync.Mutex
	payers map[uuid.UUID]billing.Payer
	epochs map[uuid.UUID]int
	goes   uuid.UUID // wants to be deleted
}

func (m *members) Staying(_ context.Context, id uuid.UUID) error {
	if id == m.goes {
		return fault.New(fault.Conflict, "leaving", "They want to be deleted.")
	}
	return nil
}

func (m *members) Payer(_ context.Context, id uuid.UUID) (billing.Payer, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p, ok := m.payers[id]
	if !ok {
		return p, fault.New(fault.NotFound, "member_not_found", "There is no such member.")
	}
	return p, nil
}

func (m *members) CheckEmail(email string) error {
	if !strings.Contains(email, ".") {
		return fault.New(fault.Invalid, "invalid_input", "This is no address of a member's.")
	}
	return nil
}

func (m *members) Enrol(_ context.Context, email, name string) (uuid.UUID, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for id, p := range m.payers {
		if strings.EqualFold(p.Email, email) {
			return id, false, nil
		}
	}
	id := db.NewID()
	m.payers[id] = billing.Payer{Email: email, Name: name}
	return id, true, nil
}

func (m *members) BumpAccess(ctx context.Context, id uuid.UUID) error {
	if !m.db.InTx(ctx) {
		return fmt.Errorf("the epoch of %s was raised outside of a transaction", id)
	}
	m.db.AfterCommit(ctx, func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.epochs[id]++
	})
	return nil
}

func (m *members) epoch(id uuid.UUID) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.epochs[id]
}

// member registers somebody.
func (s *shop) member() uuid.UUID {
	id := db.NewID()
	s.members.mu.Lock()
	defer s.members.mu.Unlock()
	s.members.payers[id] = billing.Payer{Email: "m" + strings.ReplaceAll(id.String(), "-", "") + "@example.com", Name: "Ada Lind"}
	return id
}

// settle waits until the stand-in has done what is due.
func (s *shop) settle() {
	s.t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 30*time.Second)
	defer stop()
	s.ok(s.local.Settle(ctx))
}

// pass lets time pass for everybody, in steps that let the stand-in follow.
func (s *shop) pass(d time.Duration) {
	s.t.Helper()
	s.clock.Advance(d)
	s.settle()
}

const (
	goodCard  = "4242424242424242"
	laterCard = "4000000000000341" // pays once
	noCard    = "4000000000000002"
	slowBank  = "bank:000123456789"
	badBank   = "bank:000111111116"
)

// start opens a payment page for a member.
func (s *shop) start(member uuid.UUID, plan string, every billing.Interval) string {
	s.t.Helper()
	page, err := s.office.StartCheckout(s.t.Context(), billing.CheckoutInput{Member: member, PlanSlug: plan, Interval: every, ReturnTo: "/plans"})
	s.ok(err)
	return page
}

// pay fills in the payment page; it returns the session's id as the success
// address carries it, or "" when the payment was refused.
func (s *shop) pay(page, with string) string {
	s.t.Helper()
	form := url.Values{"name": {"Ada Lind"}, "email": {"ada@example.com"}, "method": {"card"}, "number": {with}, "expiry": {"12/34"}, "cvc": {"123"}}
	if account, ok := strings.CutPrefix(with, "bank:"); ok {
		form = url.Values{"name": {"Ada Lind"}, "email": {"ada@example.com"}, "method": {"bank"}, "account": {account}}
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.PostForm(page, form)
	s.ok(err)
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusSeeOther {
		return ""
	}
	to, err := res.Location()
	s.ok(err)
	if !strings.HasPrefix(to.String(), portalURL+"/checkout/return?session_id=cs_") {
		s.t.Fatalf("sent to %s", to)
	}
	return to.Query().Get("session_id")
}

// buy buys a plan and tells nobody.
func (s *shop) buy(member uuid.UUID, with string) (subscription string) {
	s.t.Helper()
	session := s.pay(s.start(member, "research", billing.Monthly), with)
	if session == "" {
		s.t.Fatal("the payment was refused")
	}
	return must[stripeapi.CheckoutSession](s.t)(s.stripe.CheckoutSession(s.t.Context(), session)).SubscriptionID
}

// row reads the mirror's row, or nil.
func (s *shop) row(stripeID string) *billing.Subscription {
	s.t.Helper()
	var rows []*billing.Subscription
	s.ok(s.db.Read(s.t.Context()).Where("stripe_id = ?", stripeID).Find(&rows).Error)
	if len(rows) == 0 {
		return nil
	}
	return rows[0]
}

// number asks the database for one number.
func (s *shop) number(query string, args ...any) (n int64) {
	s.t.Helper()
	s.ok(s.db.Read(s.t.Context()).Raw(query, args...).Scan(&n).Error)
	return n
}

func (s *shop) customerOf(member uuid.UUID) string {
	s.t.Helper()
	var id string
	s.ok(s.db.Read(s.t.Context()).Raw("SELECT stripe_customer_id FROM customers WHERE owner_id = ? AND deleted_at IS NULL", member).Scan(&id).Error)
	return id
}
