package app

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	netmail "net/mail"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// post is a mail server that counts letters by recipient and subject.
type post struct {
	mu      sync.Mutex
	letters map[string]int
	titles  map[string][]string // subjects, by recipient
	fail    map[string]bool     // refuse the first letter to these, for a while
	raw     []string            // as they came over the wire
}

// texts are all letters that came.
func (p *post) texts() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.raw)
}

func (p *post) NewSession(*smtp.Conn) (smtp.Session, error) { return &postSession{post: p}, nil }

type postSession struct {
	post *post
	to   string
}

func (s *postSession) Mail(string, *smtp.MailOptions) error { return nil }

func (s *postSession) Rcpt(to string, _ *smtp.RcptOptions) error { s.to = to; return nil }

func (s *postSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	letter, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	s.post.mu.Lock()
	defer s.post.mu.Unlock()
	if s.post.fail[s.to] {
		delete(s.post.fail, s.to)
		return &smtp.SMTPError{Code: 451, Message: "try later to reach <" + s.to + ">"}
	}
	s.post.letters[s.to]++
	s.post.raw = append(s.post.raw, string(raw))
	s.post.titles[s.to] = append(s.post.titles[s.to], letter.Header.Get("Subject"))
	return nil
}

func (s *postSession) Reset() {}

func (s *postSession) Logout() error { return nil }

func openPost(t *testing.T) (*post, string) {
	t.Helper()
	p := &post{letters: map[string]int{}, titles: map[string][]string{}, fail: map[string]bool{}}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := smtp.NewServer(p)
	srv.Domain, srv.AllowInsecureAuth = "localhost", true
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	t.Cleanup(func() { _ = srv.Close(); <-done })
	return p, "smtp://" + l.Addr().String() + "?starttls=never"
}

// TestTwoNodesDoEachJobOnce runs two servers on one Postgres and sends each
// wish to one of them; whoever works on it, it happens once.
func TestTwoNodesDoEachJobOnce(t *testing.T) {
	t.Parallel()
	p, smtpURL := openPost(t)
	cfg := houseConfig(t, dbtest.Engine{Name: db.Postgres})
	cfg.SMTPURL, cfg.MailFrom = smtpURL, "Notes <notes@example.com>"
	first := reopenHouse(t, cfg)
	cfg.DataDir = t.TempDir()
	cfg.Addr, cfg.DemoAddr = freePorts(t)
	cfg.BaseURL = "http://" + cfg.Addr
	second := reopenHouse(t, cfg)

	const people = 30
	var wg sync.WaitGroup
	for i := range people {
		who := fmt.Sprintf("reader%d@example.com", i)
		if i%5 == 0 {
			p.fail[who] = true
		}
		h := []*house{first, second}[i%2]
		wg.Go(func() {
			// Each from an address of their own: one may ask for few letters.
			_, err := h.identity.StartSignIn(t.Context(), identity.StartSignIn{Email: who, Client: fmt.Sprintf("192.0.2.%d", i), Surface: "portal"})
			if err != nil {
				t.Errorf("%s: %v", who, err)
			}
		})
	}
	wg.Wait()
	count := func() (n, most int) {
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, c := range p.letters {
			n, most = n+1, max(most, c)
		}
		return n, most
	}
	eventually(t, "everybody has a letter", func() bool { n, _ := count(); return n == people })
	eventually(t, "no job is left", func() bool {
		var left int
		err := first.db.Read(t.Context()).Raw(`SELECT COUNT(*) FROM river_job WHERE kind LIKE 'identity.%' AND state NOT IN ('completed')`).Scan(&left).Error
		return err == nil && left == 0
	})
	if _, most := count(); most != 1 {
		t.Errorf("somebody got %d letters", most)
	}
}

// TestTwoNodesTakeAWebhookOnce sends every call of Stripe to both nodes at the
// same time: a purchase has its effect once.
func TestTwoNodesTakeAWebhookOnce(t *testing.T) {
	t.Parallel()
	p, smtpURL := openPost(t)
	stripe := newStripe(t)
	cfg := houseConfig(t, dbtest.Engine{Name: db.Postgres})
	cfg.SMTPURL, cfg.MailFrom = smtpURL, "Notes <notes@example.com>"
	cfg.StripeSecretKey, cfg.StripeAPIBase, cfg.StripeWebhookSecret = stripe.key, stripe.url, []string{stripe.secret}
	nodes := []string{cfg.BaseURL}
	both := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(r.Body)
		var wg sync.WaitGroup
		for _, base := range nodes {
			wg.Go(func() {
				req, _ := http.NewRequestWithContext(r.Context(), http.MethodPost, base+"/inbound/stripe", bytes.NewReader(raw))
				req.Header = r.Header.Clone()
				resp, failed := http.DefaultClient.Do(req)
				if failed != nil || err != nil || resp.StatusCode != http.StatusOK {
					w.WriteHeader(http.StatusBadGateway) // it is sent again
				}
				if failed == nil {
					_ = resp.Body.Close()
				}
			})
		}
		wg.Wait()
	}))
	t.Cleanup(both.Close)
	first := reopenHouse(t, cfg)
	cfg.DataDir = t.TempDir()
	cfg.Addr, cfg.DemoAddr = freePorts(t)
	cfg.BaseURL = "http://" + cfg.Addr
	nodes = append(nodes, cfg.BaseURL)
	reopenHouse(t, cfg)
	stripe.serve(both.URL)
	first.plan(t, "reader", 0)

	const buyers = 5
	for i := range buyers {
		m, _, err := first.identity.AddMember(first.staff, fmt.Sprintf("buyer%d@example.com", i), "")
		if err != nil {
			t.Fatal(err)
		}
		page, err := first.billing.StartCheckout(first.staff, billing.CheckoutInput{Member: m.ID, PlanSlug: "reader", Interval: billing.Yearly})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := payWithTestCard(t.Context(), page); err != nil {
			t.Fatal(err)
		}
	}
	number := func(query string) (n int) {
		_ = first.db.Read(t.Context()).Raw(query).Scan(&n).Error
		return n
	}
	eventually(t, "every purchase has arrived", func() bool {
		return number(`SELECT COUNT(*) FROM subscriptions WHERE status = 'active'`) == buyers
	})
	eventually(t, "no event and no job is left", func() bool {
		return number(`SELECT COUNT(*) FROM stripe_events WHERE applied_at IS NULL`) == 0 &&
			number(`SELECT COUNT(*) FROM river_job WHERE state NOT IN ('completed') AND kind NOT LIKE '%sweep%'`) == 0
	})
	if n := number(`SELECT COUNT(*) FROM journal WHERE verb = 'subscription.started'`); n != buyers {
		t.Errorf("%d subscriptions began", n)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range buyers {
		// A welcome and the receipt, each once.
		titles := p.titles[fmt.Sprintf("buyer%d@example.com", i)]
		slices.Sort(titles)
		if len(titles) != 2 || titles[0] == titles[1] {
			t.Errorf("buyer %d has the letters %q", i, titles)
		}
	}
}

// TestNodesForgetTogether: what one node changes, the other sees.
func TestNodesForgetTogether(t *testing.T) {
	t.Parallel()
	cfg := houseConfig(t, dbtest.Engine{Name: db.Postgres})
	first := reopenHouse(t, cfg)
	cfg.DataDir = t.TempDir()
	cfg.Addr, cfg.DemoAddr = freePorts(t)
	cfg.BaseURL = "http://" + cfg.Addr
	second := reopenHouse(t, cfg)

	v := first.publish(t, paid("Shared", "Open.\n\n<!-- paywall -->\n\nHidden.\n"))
	key := first.contentKey(t)
	status := func(h *house, path string) int {
		resp, _ := h.stranger(t).get(path, "X-Api-Key", key)
		return resp.StatusCode
	}
	for _, h := range []*house{first, second} {
		if s := status(h, "/notes/shared"); s != http.StatusOK {
			t.Fatalf("status %d", s)
		}
		if s := status(h, "/api/content/v1/notes/shared"); s != http.StatusOK {
			t.Fatalf("status %d", s)
		}
	}
	must(first.desk.Retract(first.staff, v.Note.ID, 0, ""))
	if s := status(first, "/notes/shared"); s != http.StatusGone {
		t.Errorf("the node that retracted: %d", s)
	}
	eventually(t, "the other node forgets the note", func() bool { return status(second, "/notes/shared") == http.StatusGone })

	keys := must(first.identity.ListKeys(first.staff))
	if err := first.identity.RevokeKey(first.staff, keys[0].ID); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the other node forgets the key", func() bool { return status(second, "/api/content/v1/notes") == http.StatusUnauthorized })
}

// TestASessionEndsEverywhereAtOnce needs no announcement: sessions are looked
// up at every request.
func TestASessionEndsEverywhereAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		ada := h.member(t, "ada@example.com")
		if resp, _ := ada.get("/account"); resp.StatusCode != http.StatusOK {
			t.Fatalf("status %d", resp.StatusCode)
		}
		if err := h.identity.SignOut(t.Context(), ada.token); err != nil {
			t.Fatal(err)
		}
		if resp, _ := ada.get("/account"); resp.StatusCode == http.StatusOK {
			t.Error("the account page answers after signing out elsewhere")
		}
	})
}

// TestAnImportReachesARunningServer: another process changes the file of a
// server that keeps copies in memory.
func TestAnImportReachesARunningServer(t *testing.T) {
	t.Parallel()
	h := newHouse(t, dbtest.Engine{Name: db.SQLite})
	v := h.publish(t, content.Input{Title: "Shared", Abstract: "A.", Body: "Before.", Gate: "public"})
	if _, body := h.stranger(t).get("/notes/shared"); !strings.Contains(body, "Before.") {
		t.Fatal("the note is not there")
	}
	other, err := open(t.Context(), h.cfg, NewLog(io.Discard, "text", "info"), h.clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(other.close)
	in := v.Input()
	in.Body = "After."
	must(other.desk.Save(h.staff, v.Note.ID, 0, in))
	must(other.desk.Publish(h.staff, v.Note.ID, content.Publish{}))
	eventually(t, "the server shows the change", func() bool {
		_, body := h.stranger(t).get("/notes/shared")
		return strings.Contains(body, "After.")
	})
}

// TestASecondServerOnTheSameFolderIsRefused: on SQLite one process owns the
// jobs.
func TestASecondServerOnTheSameFolderIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	release, err := lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lock(dir); err == nil || !strings.Contains(err.Error(), "another lighttrends server") {
		t.Errorf("got %v", err)
	}
	release()
	again, err := lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	again()
}
