package stripelocal_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/stripelocal"
)

// of are the calls about one type of event.
func (r *receiver) of(eventType string) []received {
	return slices.DeleteFunc(r.all(), func(c received) bool { return c.str("type") != eventType })
}

func TestEveryEventIsDeliveredSigned(t *testing.T) {
	t.Parallel()
	b := setup(t)
	begin(t, b, "pm_card_visa")
	b.settle()
	var got []string
	for _, c := range b.hooks.all() {
		if !signed(c, webhookSecret) {
			t.Errorf("%s is signed wrongly: %s", c.str("type"), c.signature)
		}
		stamp, _, _ := strings.Cut(strings.TrimPrefix(c.signature, "t="), ",")
		if at, _ := strconv.ParseInt(stamp, 10, 64); at != midnight.Unix() {
			t.Errorf("signed at %s, want the clock's time", stamp)
		}
		got = append(got, c.str("type"))
	}
	want := b.events()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("delivered %v\nwant %v", got, want)
	}
	e := b.must("GET", "/v1/events", "type", "invoice.paid")
	if n := e.int("data.0.pending_webhooks"); n != 0 {
		t.Errorf("pending_webhooks is %d after the delivery", n)
	}
	if c := b.hooks.of("invoice.paid")[0]; c.int("pending_webhooks") != 1 {
		t.Errorf("pending_webhooks is %d in the delivery", c.int("pending_webhooks"))
	}
}

func TestDeliveriesAreTriedAgainWithGrowingGaps(t *testing.T) {
	t.Parallel()
	b := setup(t)
	answers := []int{500, 404, 301, 0}
	var n atomic.Int64
	b.hooks.answerWith(func(received) int {
		if i := n.Add(1); int(i) <= 3 {
			return answers[i-1]
		}
		return 204
	})
	b.must("POST", "/v1/customers", "email", "ann@example.com")
	tries := func() int { return len(b.hooks.of("customer.created")) }
	wait(t, "the first try was made", func() bool { return tries() == 1 })
	for i, gap := range []time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute} {
		wait(t, "the try was recorded", func() bool { return b.delivered().Attempts == i+1 })
		b.clock.Advance(gap - time.Second)
		b.settle()
		if tries() != i+1 {
			t.Fatalf("tried %d times %s early", tries(), time.Second)
		}
		b.clock.Advance(time.Second)
		wait(t, "it was tried again", func() bool { return tries() == i+2 })
	}
	wait(t, "it was delivered", func() bool { return b.delivered().State == "delivered" })
	b.clock.Advance(72 * time.Hour)
	b.settle()
	if tries() != 4 {
		t.Errorf("tried %d times, want 4", tries())
	}
	for _, c := range b.hooks.of("customer.created")[1:] {
		if c.str("id") != b.hooks.all()[0].str("id") || !signed(c, webhookSecret) {
			t.Error("a repeat has another id or a wrong signature")
		}
	}
}

// row is the newest delivery as the table holds it.
type row struct {
	State    string
	Attempts int
	Next     *int64
}

func (b *bench) delivered() (r row) {
	b.t.Helper()
	err := b.db.QueryRow(`SELECT state, attempts, next FROM stripelocal_deliveries ORDER BY id DESC LIMIT 1`).Scan(&r.State, &r.Attempts, &r.Next)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

func TestADeliveryIsGivenUpAfterThreeDays(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.hooks.answerWith(func(received) int { return 500 })
	b.must("POST", "/v1/customers", "email", "ann@example.com")
	for range 40 {
		before := b.delivered().Attempts
		wait(t, "a try was recorded", func() bool {
			d := b.delivered()
			return d.Attempts > before || d.State == "given up" || d.Next != nil && before > 0
		})
		if b.delivered().State == "given up" {
			break
		}
		b.clock.Advance(6 * time.Hour)
		wait(t, "the try was made", func() bool { d := b.delivered(); return d.Next == nil || *d.Next > b.clock.Now().UnixMilli() })
	}
	d := b.delivered()
	if d.State != "given up" || d.Next != nil {
		t.Fatalf("after %s it is %s", b.clock.Now().Sub(midnight), d.State)
	}
	if age := b.clock.Now().Sub(midnight); age < 48*time.Hour || age > 90*time.Hour {
		t.Errorf("given up after %s, want about three days", age)
	}
}

func TestEndpointsGetWhatTheyAskedForWithTheirOwnSecret(t *testing.T) {
	t.Parallel()
	b := setup(t)
	other, off := newReceiver(t), newReceiver(t)
	made := b.must("POST", "/v1/webhook_endpoints", "url", other.url, "enabled_events[]", "product.created", "api_version", "2023-10-16")
	secret := made.str("secret")
	if !strings.HasPrefix(secret, "whsec_") {
		t.Fatalf("the secret is %q", secret)
	}
	if again := b.must("GET", "/v1/webhook_endpoints/"+made.str("id")); again.at("secret") != nil {
		t.Error("the secret is shown a second time")
	}
	disabled := b.must("POST", "/v1/webhook_endpoints", "url", off.url, "enabled_events[]", "*").str("id")
	b.must("POST", "/v1/webhook_endpoints/"+disabled, "disabled", "true")
	b.must("POST", "/v1/customers", "email", "ann@example.com")
	b.must("POST", "/v1/products", "name", "x")
	b.settle()
	if got := other.all(); len(got) != 1 || got[0].str("type") != "product.created" || !signed(got[0], secret) || signed(got[0], webhookSecret) {
		t.Errorf("the other endpoint got %d calls", len(got))
	}
	if got := off.all(); len(got) != 0 {
		t.Errorf("the disabled endpoint got %d calls", len(got))
	}
	if got := b.hooks.all(); len(got) != 2 {
		t.Errorf("the configured endpoint got %d calls, want 2", len(got))
	}
	b.must("DELETE", "/v1/webhook_endpoints/"+made.str("id"))
	b.must("POST", "/v1/products", "name", "y")
	b.settle()
	if got := other.all(); len(got) != 1 {
		t.Errorf("the deleted endpoint got %d calls", len(got)-1)
	}
}

func TestASlowEndpointHoldsUpNobodyAndIsTriedAgain(t *testing.T) {
	t.Parallel()
	b := setup(t)
	hold := make(chan struct{})
	var once sync.Once
	t.Cleanup(func() { once.Do(func() { close(hold) }) })
	var held atomic.Int64
	b.hooks.answerWith(func(c received) int {
		if c.str("type") == "product.created" && held.Add(1) == 1 {
			<-hold
		}
		return 200
	})
	b.must("POST", "/v1/products", "name", "x")
	wait(t, "the slow call has begun", func() bool { return held.Load() == 1 })
	b.must("POST", "/v1/customers", "email", "ann@example.com")
	wait(t, "the other call came through", func() bool { return len(b.hooks.of("customer.created")) == 1 })
	once.Do(func() { close(hold) })
	b.settle()
}

func TestQueuedDeliveriesSurviveARestart(t *testing.T) {
	t.Parallel()
	hooks := newReceiver(t)
	path := filepath.Join(t.TempDir(), "local.db")
	now := clock.NewManual(midnight)
	run := func(address string, use func(url string, s *stripelocal.Server)) {
		db := openDB(t, path)
		defer db.Close()
		front := httptest.NewUnstartedServer(nil)
		s, err := stripelocal.New(stripelocal.Config{
			DB: db, Clock: now, PublicURL: "http://" + front.Listener.Addr().String(), SecretKey: secretKey,
			WebhookURL: address, WebhookSecret: webhookSecret, Tick: 5 * time.Millisecond,
		})
		if err != nil {
			t.Fatal(err)
		}
		front.Config.Handler = s.Handler()
		front.Start()
		defer front.Close()
		use("http://"+front.Listener.Addr().String(), s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	run("http://127.0.0.1:1/nobody", func(url string, s *stripelocal.Server) { // never started: all is queued
		(&bench{t: t, url: url}).must("POST", "/v1/customers", "email", "ann@example.com")
	})
	run(hooks.url, func(url string, s *stripelocal.Server) {
		s.Start()
		s.Start() // twice does no harm
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := s.Settle(ctx); err != nil {
			t.Fatal(err)
		}
	})
	got := hooks.all()
	if len(got) != 1 || got[0].str("type") != "customer.created" || !signed(got[0], webhookSecret) {
		t.Errorf("%d deliveries after the restart, want the one that was queued", len(got))
	}
	run(hooks.url, func(url string, s *stripelocal.Server) { s.Start(); _ = s.Close() }) // closing twice does no harm
	if len(hooks.all()) != 1 {
		t.Error("delivered again after another restart")
	}
}

func TestWithoutAnAddressNothingIsQueued(t *testing.T) {
	t.Parallel()
	b := setup(t, func(c *stripelocal.Config) { c.WebhookURL, c.WebhookSecret = "", "" })
	b.must("POST", "/v1/customers", "email", "ann@example.com")
	b.settle()
	if n := b.must("GET", "/v1/events").int("data.0.pending_webhooks"); n != 0 {
		t.Errorf("pending_webhooks is %d", n)
	}
}

func TestCloseDoesNotWaitForASilentEndpoint(t *testing.T) {
	t.Parallel()
	hold := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-hold }))
	t.Cleanup(silent.Close)
	t.Cleanup(func() { close(hold) })
	b := setup(t, func(c *stripelocal.Config) { c.WebhookURL = silent.URL })
	b.must("POST", "/v1/customers", "email", "ann@example.com")
	done := make(chan struct{})
	go func() { _ = b.local.Close(); close(done) }()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("Close hangs")
	}
	if d := b.delivered(); d.State != "waiting" || d.Next == nil {
		t.Errorf("the delivery is %s, want waiting", d.State)
	}
}

// BenchmarkWebhookDeliveries measures events from the call that makes them to
// the endpoint's answer written down.
func BenchmarkWebhookDeliveries(b *testing.B) {
	s := setup(b)
	s.must("POST", "/v1/customers", "email", "ann@example.com")
	s.settle()
	tx, err := s.db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	for range b.N {
		_, err := tx.Exec(`INSERT INTO stripelocal_deliveries (event, type, endpoint, state, queued, next)
			SELECT event, type, endpoint, 'waiting', 0, 0 FROM stripelocal_deliveries WHERE id = 1`)
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ResetTimer()
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	s.settle()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "deliveries/s")
}
