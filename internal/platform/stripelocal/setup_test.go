package stripelocal_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/stripelocal"
)

const (
	secretKey     = "sk_test_local_1234567890"
	webhookSecret = "whsec_configured_secret"
)

// midnight is where every test's clock begins.
var midnight = time.Date(2024, 1, 31, 10, 0, 0, 0, time.UTC)

// bench is one stand-in with a receiver for its webhooks.
type bench struct {
	t     testing.TB
	clock *clock.Manual
	local *stripelocal.Server
	url   string
	hooks *receiver
	db    *sql.DB
	log   *bytes.Buffer
}

// setup starts a stand-in of its own for a test.
func setup(t testing.TB, change ...func(*stripelocal.Config)) *bench {
	t.Helper()
	b := &bench{t: t, clock: clock.NewManual(midnight), hooks: newReceiver(t), db: openDB(t, filepath.Join(t.TempDir(), "local.db")), log: &bytes.Buffer{}}
	front := httptest.NewUnstartedServer(nil)
	cfg := stripelocal.Config{
		DB: b.db, Clock: b.clock, PublicURL: "http://" + front.Listener.Addr().String(), SecretKey: secretKey,
		WebhookURL: b.hooks.url, WebhookSecret: webhookSecret, Tick: 5 * time.Millisecond,
		Log: slog.New(slog.NewTextHandler(&lockedWriter{w: b.log}, nil)),
	}
	for _, c := range change {
		c(&cfg)
	}
	local, err := stripelocal.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	front.Config.Handler = local.Handler()
	front.Start()
	b.local, b.url = local, cfg.PublicURL
	local.Start()
	t.Cleanup(func() {
		front.Close()
		_ = local.Close()
		_ = b.db.Close()
	})
	return b
}

type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

func openDB(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)&_pragma=synchronous(NORMAL)")
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// doc is a JSON answer.
type doc map[string]any

// at walks to a value: "items.data.0.price.id".
func (d doc) at(path string) any {
	var here any = map[string]any(d)
	for step := range strings.SplitSeq(path, ".") {
		switch v := here.(type) {
		case map[string]any:
			here = v[step]
		case []any:
			var i int
			if _, err := fmt.Sscan(step, &i); err != nil || i >= len(v) {
				return nil
			}
			here = v[i]
		default:
			return nil
		}
	}
	return here
}

func (d doc) str(path string) string { s, _ := d.at(path).(string); return s }
func (d doc) int(path string) int64  { f, _ := d.at(path).(float64); return int64(f) }
func (d doc) list(path string) []any { l, _ := d.at(path).([]any); return l }

// answer is one response of the API.
type answer struct {
	doc
	status int
	header http.Header
}

// call makes one API call; params are name, value, name, value …
func (b *bench) call(method, path string, params ...string) answer {
	b.t.Helper()
	return b.callWith(http.Header{}, method, path, params...)
}

func (b *bench) callWith(h http.Header, method, path string, params ...string) answer {
	b.t.Helper()
	form := make([]string, 0, len(params)/2)
	for i := 0; i+1 < len(params); i += 2 {
		form = append(form, url.QueryEscape(params[i])+"="+url.QueryEscape(params[i+1]))
	}
	target, body := b.url+path, strings.Join(form, "&")
	if method == http.MethodGet && body != "" {
		target, body = target+"?"+body, ""
	}
	r, err := http.NewRequest(method, target, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer "+secretKey)
	for k, v := range h {
		r.Header[k] = v
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	a := answer{status: res.StatusCode, header: res.Header}
	if err := json.NewDecoder(res.Body).Decode(&a.doc); err != nil {
		b.t.Fatalf("%s %s: %d is no JSON: %v", method, path, res.StatusCode, err)
	}
	return a
}

// must makes a call that has to succeed.
func (b *bench) must(method, path string, params ...string) answer {
	b.t.Helper()
	a := b.call(method, path, params...)
	if a.status != http.StatusOK {
		b.t.Fatalf("%s %s %v: %d %v", method, path, params, a.status, a.doc)
	}
	return a
}

// refused makes a call that has to fail with this status, code and parameter.
func (b *bench) refused(status int, code, param, method, path string, params ...string) answer {
	b.t.Helper()
	a := b.call(method, path, params...)
	if a.status != status || a.str("error.code") != code || a.str("error.param") != param {
		b.t.Fatalf("%s %s %v: got %d %v, want %d code %q param %q", method, path, params, a.status, a.doc, status, code, param)
	}
	if a.str("error.message") == "" || a.str("error.type") == "" {
		b.t.Fatalf("%s %s: an error without type or message: %v", method, path, a.doc)
	}
	return a
}

// price makes a product with one price.
func (b *bench) price(amount int, interval string) string {
	b.t.Helper()
	prod := b.must("POST", "/v1/products", "name", "Research "+interval)
	return b.must("POST", "/v1/prices", "product", prod.str("id"), "currency", "usd", "unit_amount", fmt.Sprint(amount), "recurring[interval]", interval).str("id")
}

// clocked makes a test clock at midnight and a customer under it, with a card
// unless it is empty.
func (b *bench) clocked(card string) (clock, customer string) {
	b.t.Helper()
	clock = b.must("POST", "/v1/test_helpers/test_clocks", "frozen_time", fmt.Sprint(midnight.Unix())).str("id")
	params := []string{"email", "ann@example.com", "test_clock", clock}
	if card != "" {
		params = append(params, "payment_method", card, "invoice_settings[default_payment_method]", card)
	}
	return clock, b.must("POST", "/v1/customers", params...).str("id")
}

// advance moves a clock and waits until it has arrived.
func (b *bench) advance(clock string, to time.Time) {
	b.t.Helper()
	b.must("POST", "/v1/test_helpers/test_clocks/"+clock+"/advance", "frozen_time", fmt.Sprint(to.Unix()))
	b.settle()
	c := b.must("GET", "/v1/test_helpers/test_clocks/"+clock)
	if c.str("status") != "ready" || c.int("frozen_time") != to.Unix() {
		b.t.Fatalf("the clock did not arrive: %v", c.doc)
	}
}

func (b *bench) settle() {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	if err := b.local.Settle(ctx); err != nil {
		b.t.Fatal(err)
	}
}

// status fetches a subscription's status.
func (b *bench) status(sub string) string {
	b.t.Helper()
	return b.must("GET", "/v1/subscriptions/"+sub).str("status")
}

// events lists the types of all events about an object or its invoices,
// oldest first.
func (b *bench) events(prefixes ...string) []string {
	b.t.Helper()
	var types []string
	after := ""
	for {
		params := []string{"limit", "100"}
		if after != "" {
			params = append(params, "starting_after", after)
		}
		page := b.must("GET", "/v1/events", params...)
		for _, e := range page.list("data") {
			t := doc(e.(map[string]any)).str("type")
			after = doc(e.(map[string]any)).str("id")
			if len(prefixes) == 0 || slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(t, p) }) {
				types = append(types, t)
			}
		}
		if page.at("has_more") != true {
			slices.Reverse(types)
			return types
		}
	}
}

// received is one webhook call.
type received struct {
	doc
	raw       []byte
	signature string
	at        time.Time
}

// receiver takes webhooks in.
type receiver struct {
	url    string
	mu     sync.Mutex
	calls  []received
	answer func(received) int
}

func newReceiver(t testing.TB) *receiver {
	r := &receiver{answer: func(received) int { return 200 }}
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	r.url = server.URL + "/hook"
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	raw, _ := io.ReadAll(q.Body)
	call := received{raw: raw, signature: q.Header.Get("Stripe-Signature"), at: time.Now()}
	_ = json.Unmarshal(raw, &call.doc)
	r.mu.Lock()
	r.calls = append(r.calls, call)
	answer := r.answer
	r.mu.Unlock()
	w.WriteHeader(answer(call))
}

func (r *receiver) answerWith(f func(received) int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = f
}

func (r *receiver) all() []received {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.calls)
}

// wait polls until a condition holds.
func wait(t testing.TB, what string, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(2 * time.Minute)
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatalf("timed out waiting until %s", what)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// signed tells whether a call is signed with a secret.
func signed(c received, secret string) bool {
	stamp, mac, ok := strings.Cut(c.signature, ",v1=")
	stamp, found := strings.CutPrefix(stamp, "t=")
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(stamp + "."))
	h.Write(c.raw)
	return ok && found && hex.EncodeToString(h.Sum(nil)) == mac
}

func decode(r io.Reader, into any) error { return json.NewDecoder(r).Decode(into) }
