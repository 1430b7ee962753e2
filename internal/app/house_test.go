package app

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/config"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/surface/kit"
)

// house is a whole running server: every room, every face, the mailbox and the
// stand-in for Stripe, on ports of its own.
type house struct {
	*rooms
	node  *node
	cfg   config.Config
	staff context.Context // may do everything

	logged *logBook
}

func newHouse(t *testing.T, e dbtest.Engine) *house {
	t.Helper()
	return reopenHouse(t, houseConfig(t, e))
}

func houseConfig(t *testing.T, e dbtest.Engine) config.Config {
	t.Helper()
	o := e.Options(t)
	web, demo := freePorts(t)
	cfg, err := config.Read(map[string]string{
		"RATE_LIMITS": "false", // tests ask more often than people
		"ADDR":        web, "DEMO_ADDR": demo, "BASE_URL": "http://" + web, "DATABASE_URL": o.URL,
		"DATA_DIR": dataDir(t, o.Dir), "SECRET_KEY": "0123456789abcdef0123456789abcdef",
	})
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

func dataDir(t *testing.T, dir string) string {
	t.Helper()
	if dir == "" {
		return t.TempDir()
	}
	return dir
}

// lastPort is the one that was given out last. It begins anywhere, since other
// packages' tests run beside these.
var lastPort = func() *atomic.Int32 {
	var p atomic.Int32
	p.Store(20_000 + rand.Int32N(10_000))
	return &p
}()

// freePorts finds two that nobody listens at. They lie below those that the
// system gives to calls going out (net.ipv4.ip_local_port_range): one of these
// could be taken before the house opens.
func freePorts(t *testing.T) (a, b string) {
	t.Helper()
	var out []string
	for range 2000 {
		addr := fmt.Sprintf("127.0.0.1:%d", 20_000+lastPort.Add(1)%12_000)
		l, err := net.Listen("tcp", addr)
		if err != nil {
			continue
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if out = append(out, addr); len(out) == 2 {
			return out[0], out[1]
		}
	}
	t.Fatal("no ports are free")
	return "", ""
}

func reopenHouse(t *testing.T, cfg config.Config) *house {
	t.Helper()
	logged := &logBook{t: t}
	r, err := open(t.Context(), cfg, NewLog(logged, "text", "debug"), clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	n, err := r.start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.stop(); r.close(); logged.check() })
	return &house{rooms: r, node: n, cfg: cfg, logged: logged, staff: actor.With(t.Context(), actor.Machine("test"))}
}

// logBook keeps every line of a house's log, at every level, and shows those
// that are warnings. At the end of every test it looks for what no log may hold.
type logBook struct {
	t       *testing.T
	mu      sync.Mutex
	lines   []string
	secrets []string // that this test knows of: tokens, codes, keys
}

func (b *logBook) Write(p []byte) (int, error) {
	line := strings.TrimSpace(string(p))
	b.mu.Lock()
	b.lines = append(b.lines, line)
	b.mu.Unlock()
	if strings.Contains(line, "level=WARN") || strings.Contains(line, "level=ERROR") {
		return testWriter{b.t}.Write(p)
	}
	return len(p), nil
}

func (b *logBook) hide(secret string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.secrets = append(b.secrets, secret)
}

// personal is what an address, a key or a token of this house looks like.
var personal = regexp.MustCompile(`@[a-z]+\.|lt_(?:admin|content)_|ltp_|whsec_|sk_(?:test|live)_|/sign-in/link/[^:]|/setup/[^:]|/order/[^:]|/account/(?:email|leave)/[^:]|/mail/stop/[^:]|/my/[^:]|/shared/[^:]|192\.0\.2\.`)

func (b *logBook) check() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, line := range b.lines {
		if found := personal.FindString(line); found != "" {
			b.t.Errorf("the log holds %q: %s", found, line)
		}
		for _, secret := range b.secrets {
			if holds(line, secret) {
				b.t.Errorf("the log holds a secret: %s", line)
			}
		}
	}
}

// holds tells whether a line has a secret in it. Six digits inside a longer
// number, a time or a request id are no code.
func holds(line, secret string) bool {
	for rest := line; ; {
		before, after, found := strings.Cut(rest, secret)
		if !found {
			return false
		}
		if len(secret) > 6 || !endsWithHex(before) && !startsWithHex(after) {
			return true
		}
		rest = after
	}
}

var (
	endsWithHex   = regexp.MustCompile(`[0-9a-f.]$`).MatchString
	startsWithHex = regexp.MustCompile(`^[0-9a-f.]`).MatchString
)

// tells checks that the log holds these, so that looking for others means
// something.
func (b *logBook) tells(t *testing.T, words ...string) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	all := strings.Join(b.lines, "\n")
	for _, w := range words {
		if !strings.Contains(all, w) {
			t.Errorf("the log does not hold %q", w)
		}
	}
}

type testWriter struct{ t *testing.T }

func (w testWriter) Write(p []byte) (int, error) {
	if w.t.Context().Err() == nil { // after the test's end nobody listens
		w.t.Log(strings.TrimSpace(string(p)))
	}
	return len(p), nil
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// plan makes a plan that can be bought.
func (h *house) plan(t *testing.T, slug string, position int) {
	t.Helper()
	_, err := h.billing.PutPlan(h.staff, billing.PlanInput{
		Slug: slug, Name: "Plan " + slug, Position: position, Visible: true,
		Prices: []billing.PriceInput{{Interval: billing.Monthly, Amount: 4900, Currency: "usd"}, {Interval: billing.Yearly, Amount: 49000, Currency: "usd"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.billing.MirrorPlans(h.staff); err != nil {
		t.Fatal(err)
	}
}

// publish makes a note and publishes it.
func (h *house) publish(t *testing.T, in content.Input) *content.DraftView {
	t.Helper()
	v, err := h.desk.Create(h.staff, in)
	if err != nil {
		t.Fatal(err)
	}
	v, err = h.desk.Publish(h.staff, v.Note.ID, content.Publish{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// visitor is somebody with a browser of their own.
type visitor struct {
	t      *testing.T
	house  *house
	client *http.Client
	email  string
	id     uuid.UUID
	token  string // of the member's session
}

func (h *house) stranger(t *testing.T) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t: t, house: h, client: &http.Client{
		Jar: jar, Timeout: 30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

var sixDigits = regexp.MustCompile(`\b(\d{3}) ?(\d{3})\b`)

// member registers and signs in, as a person does, by the code in the mail.
func (h *house) member(t *testing.T, email string) *visitor {
	t.Helper()
	v := h.stranger(t)
	v.email = email
	before := h.signInLetters(t, email)
	v.post("/sign-in", url.Values{"email": {email}})
	letter := ""
	eventually(t, "a new sign-in letter to "+email, func() bool {
		all := h.signInLetters(t, email)
		if len(all) > len(before) {
			letter = all[0]
		}
		return letter != ""
	})
	code := sixDigits.FindString(letter)
	if code == "" {
		t.Fatalf("no code in %q", letter)
	}
	h.logged.hide(strings.ReplaceAll(code, " ", ""))
	h.logged.hide(email)
	if resp, body := v.post("/sign-in/code", url.Values{"code": {code}}); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("signing in: %d %s", resp.StatusCode, body)
	}
	base, _ := url.Parse(h.cfg.BaseURL)
	for _, c := range v.client.Jar.Cookies(base) {
		if c.Name == kit.MemberCookie {
			v.token = c.Value
			h.logged.hide(v.token)
		}
	}
	v.id = must(h.identity.MemberByEmail(h.staff, email)).ID
	return v
}

// subscriber is a member who bought a plan with a test card.
func (h *house) subscriber(t *testing.T, email, plan string) *visitor {
	t.Helper()
	v := h.member(t, email)
	if err := h.demoPurchase(h.staff, v.id, demoMember{plan: plan}); err != nil {
		t.Fatal(err)
	}
	return v
}

func (v *visitor) get(path string, header ...string) (*http.Response, string) {
	v.t.Helper()
	return v.send(http.MethodGet, path, nil, header...)
}

func (v *visitor) post(path string, form url.Values, header ...string) (*http.Response, string) {
	v.t.Helper()
	return v.send(http.MethodPost, path, strings.NewReader(form.Encode()),
		append([]string{"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin"}, header...)...)
}

func (v *visitor) send(method, path string, body io.Reader, header ...string) (*http.Response, string) {
	v.t.Helper()
	req, err := http.NewRequestWithContext(v.t.Context(), method, v.house.cfg.BaseURL+path, body)
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Accept", "text/html,*/*")
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	return v.do(req)
}

func (v *visitor) do(req *http.Request) (*http.Response, string) {
	v.t.Helper()
	resp, err := v.client.Do(req)
	if err != nil {
		v.t.Fatalf("%s %.300s: %v", req.Method, req.URL, err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatalf("%s %.300s: %v", req.Method, req.URL, err)
	}
	return resp, string(text)
}

// letters returns the text of every letter in the mailbox to somebody.
func (h *house) letters(t *testing.T, to string) []string {
	t.Helper()
	var rows []struct{ Raw []byte }
	err := h.db.Read(t.Context()).Table("mailbox_messages").Select("raw").Where("recipient = ?", to).Order("received_at DESC, id DESC").Scan(&rows).Error
	if err != nil {
		t.Fatal(err)
	}
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = string(r.Raw)
	}
	return out
}

// signInLetters returns the sign-in letters to somebody, newest first.
func (h *house) signInLetters(t *testing.T, to string) []string {
	t.Helper()
	return slices.DeleteFunc(h.letters(t, to), func(raw string) bool { return !strings.Contains(raw, "X-Category: sign-in") })
}

// letter waits for a letter of a category.
func (h *house) letter(t *testing.T, to, category string) string {
	t.Helper()
	var found string
	eventually(t, "a letter "+category+" to "+to, func() bool {
		for _, raw := range h.letters(t, to) {
			if strings.Contains(raw, category) {
				found = raw
				return true
			}
		}
		return false
	})
	return found
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("never: " + what)
}

// contentKey makes a key for the Content API.
func (h *house) contentKey(t *testing.T) string {
	t.Helper()
	secret, _, err := h.identity.CreateKey(h.staff, identity.CreateKey{Name: "front end", Scopes: []identity.Scope{identity.ScopeContentRead}})
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// adminKey makes a key for the Admin API.
func (h *house) adminKey(t *testing.T) string {
	t.Helper()
	secret, _, err := h.identity.CreateKey(h.staff, identity.CreateKey{Name: "script", Scopes: []identity.Scope{identity.ScopeAdminRead, identity.ScopeAdminWrite}})
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// verbs lists what the journal holds of a subject, oldest first.
func (h *house) verbs(t *testing.T, subject, id string) string {
	t.Helper()
	entries, err := h.journal.List(t.Context(), journal.Filter{Subject: subject, ID: id, Limit: 500})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append([]string{e.Verb}, out...)
	}
	return strings.Join(out, " ")
}

func paid(title, body string) content.Input {
	return content.Input{Title: title, Abstract: "What " + title + " is about.", Body: body, Gate: access.Paid}
}

func TestTheWholeStoryOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		v := h.publish(t, paid("Film capacity", "Public part.\n\n<!-- paywall -->\n\nHidden part.\n"))
		page := "/notes/" + v.Note.Slug

		reads := func(who *visitor) bool {
			resp, body := who.get(page)
			if resp.StatusCode != http.StatusOK || !strings.Contains(body, "Public part.") {
				t.Fatalf("%d %.200s", resp.StatusCode, body)
			}
			return strings.Contains(body, "Hidden part.")
		}
		if reads(h.stranger(t)) {
			t.Fatal("a stranger reads the gated text")
		}
		ada := h.member(t, "ada@example.com")
		if reads(ada) {
			t.Fatal("a member who pays nothing reads the gated text")
		}
		if err := h.demoPurchase(h.staff, ada.id, demoMember{plan: "reader"}); err != nil {
			t.Fatal(err)
		}
		if !reads(ada) {
			t.Fatal("a subscriber does not read the gated text")
		}
		h.letter(t, "ada@example.com", "welcome")
		if err := h.billing.EndAll(h.staff, ada.id); err != nil {
			t.Fatal(err)
		}
		if reads(ada) {
			t.Fatal("the gated text stays open after the subscription has ended")
		}
		eventually(t, "every webhook has been worked on", func() bool {
			health, err := h.billing.Health(t.Context())
			return err == nil && health.Waiting == 0 && !health.LastReceived.IsZero()
		})
		if reads(ada) {
			t.Fatal("a late webhook opened the note again")
		}
		welcomes := 0
		for _, raw := range h.letters(t, "ada@example.com") {
			welcomes += strings.Count(raw, "X-Category: welcome")
		}
		if fmt.Sprint(welcomes) != "1" {
			t.Errorf("%d letters of welcome", welcomes)
		}
		h.logged.tells(t, "msg=request", "method=POST", "route=/sign-in/code", "route=/notes/:slug", "request_id=")
	})
}
