package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/config"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/stripelocal"
)

// child is a server in a process of its own, which can be killed.
type child struct {
	t   *testing.T
	cfg config.Config
	env []string
	cmd *exec.Cmd
	out bytes.Buffer
}

const bootstrapKey = "bootstrap-key-of-thirty-two-characters"

func newChild(t *testing.T, e dbtest.Engine, more ...string) *child {
	t.Helper()
	cfg := houseConfig(t, e)
	c := &child{t: t, cfg: cfg, env: append([]string{
		childFlag + "=1", "ADDR=" + cfg.Addr, "DEMO_ADDR=" + cfg.DemoAddr, "BASE_URL=" + cfg.BaseURL, "DATA_DIR=" + cfg.DataDir,
		"DATABASE_URL=" + cfg.DatabaseURL, "SECRET_KEY=" + cfg.SecretKey, "ADMIN_API_KEY=" + bootstrapKey,
	}, more...)}
	c.start()
	t.Cleanup(c.kill)
	return c
}

func (c *child) start() {
	c.t.Helper()
	c.cmd = exec.Command(os.Args[0])
	c.cmd.Env = c.env
	c.cmd.Stdout, c.cmd.Stderr = &c.out, &c.out
	if err := c.cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if resp, err := http.Get(c.cfg.BaseURL + "/readyz"); err == nil {
			_ = resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return
			}
		}
	}
	c.t.Fatalf("the server did not start:\n%s", c.out.String())
}

// kill is kill -9.
func (c *child) kill() {
	if c.cmd.ProcessState == nil {
		_ = c.cmd.Process.Kill()
		_ = c.cmd.Wait()
	}
}

// admin makes one request to the Admin API; status 0 means that no answer came.
func (c *child) admin(method, path, body string, header ...string) (status int, answer string) {
	req, err := http.NewRequest(method, c.cfg.BaseURL+"/api/admin/v1"+path, strings.NewReader(body))
	if err != nil {
		c.t.Error(err)
		return 0, ""
	}
	req.Header.Set("Authorization", "Bearer "+bootstrapKey)
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := (&http.Client{Timeout: 10 * time.Second}).Do(req)
	if err != nil {
		return 0, ""
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, ""
	}
	return resp.StatusCode, string(raw)
}

// open looks into the child's database from outside.
func (c *child) open() *db.DB {
	c.t.Helper()
	r, err := open(c.t.Context(), c.cfg, NewLog(io.Discard, "text", "info"), clock.System{})
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(r.close)
	return r.db
}

func TestKilledWhilePublishingLosesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		c := newChild(t, e)
		var mu sync.Mutex
		saved, published := map[string]string{}, map[string]bool{} // id → body; id
		write := func(worker int, stop <-chan struct{}) {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				body := fmt.Sprintf("Open %d-%d.\n\n<!-- paywall -->\n\nHidden %d-%d.\n", worker, n, worker, n)
				in, _ := json.Marshal(map[string]any{"title": fmt.Sprintf("Note %d %d", worker, n), "abstract": "A.", "body": body})
				status, answer := c.admin("POST", "/notes", string(in))
				if status != http.StatusCreated {
					if status != 0 {
						t.Errorf("create: %d %s", status, answer)
						return
					}
					continue
				}
				var made struct{ ID string }
				if json.Unmarshal([]byte(answer), &made) != nil || made.ID == "" {
					t.Errorf("no id in %s", answer)
				}
				mu.Lock()
				saved[made.ID] = body
				mu.Unlock()
				status, answer = c.admin("PUT", "/notes/"+made.ID+"/publication", "")
				switch status {
				case http.StatusOK:
					mu.Lock()
					published[made.ID] = true
					mu.Unlock()
				case 0:
				default:
					t.Errorf("publish: %d %s", status, answer)
					return
				}
			}
		}
		for round := range 3 {
			stop := make(chan struct{})
			var wg sync.WaitGroup
			for w := range 4 {
				wg.Go(func() { write(round*10+w, stop) })
			}
			eventually(t, "notes are published in this round", func() bool {
				mu.Lock()
				defer mu.Unlock()
				return len(published) >= 5*(round+1)
			})
			time.Sleep(time.Duration(rand.IntN(300)) * time.Millisecond)
			c.kill()
			close(stop)
			wg.Wait()
			c.start()
		}
		if len(published) < 10 {
			t.Fatalf("only %d notes were published before the kills", len(published))
		}
		for id, body := range saved {
			status, answer := c.admin("GET", "/notes/"+id, "")
			var n struct{ Body, Status, Slug string }
			if err := json.Unmarshal([]byte(answer), &n); status != http.StatusOK || err != nil || n.Body != body {
				t.Fatalf("an acknowledged save is lost: %d %s", status, answer)
			}
			if published[id] && n.Status != "published" {
				t.Errorf("an acknowledged publication is lost: %s", n.Slug)
			}
		}
		c.whole(t, len(published))
	})
}

// TestASchedulePassesWhileNobodyRuns: the server is killed before the moment
// and around it, and each note appears once when one runs again.
func TestASchedulePassesWhileNobodyRuns(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		c := newChild(t, e)
		const notes = 12
		at := time.Now().UTC().Add(4 * time.Second).Truncate(time.Second)
		for i := range notes {
			_, answer := c.admin("POST", "/notes", fmt.Sprintf(`{"title":"Note %d","abstract":"A.","body":"B."}`, i))
			var made struct{ ID string }
			if err := json.Unmarshal([]byte(answer), &made); err != nil {
				t.Fatal(answer)
			}
			if status, answer := c.admin("PUT", "/notes/"+made.ID+"/schedule", `{"action":"publish","at":"`+at.Format("2006-01-02T15:04:05")+`"}`); status != http.StatusOK {
				t.Fatal(status, answer)
			}
		}
		c.kill()
		time.Sleep(time.Until(at.Add(time.Second)))
		for range 3 { // and in the middle of catching up
			c.start()
			time.Sleep(time.Duration(rand.IntN(120)) * time.Millisecond)
			c.kill()
		}
		c.start()
		d := c.open()
		count := func(query string) (n int) {
			if err := d.Read(t.Context()).Raw(query).Scan(&n).Error; err != nil {
				t.Fatal(err)
			}
			return n
		}
		eventually(t, "all are published", func() bool {
			return count(`SELECT COUNT(*) FROM notes WHERE status = 'published'`) == notes && count(`SELECT COUNT(*) FROM schedules WHERE state = 'done'`) == notes
		})
		if n, m := count(`SELECT COUNT(*) FROM journal WHERE verb = 'note.published'`), count(`SELECT COUNT(*) FROM note_versions`); n != notes || m != notes {
			t.Errorf("%d publications and %d versions of %d notes", n, m, notes)
		}
		c.whole(t, notes)
	})
}

// whole checks that no publication is there by half.
func (c *child) whole(t *testing.T, atLeast int) {
	t.Helper()
	d := c.open()
	count := func(query string) (n int) {
		if err := d.Read(t.Context()).Raw(query).Scan(&n).Error; err != nil {
			t.Fatal(err)
		}
		return n
	}
	live := count(`SELECT COUNT(*) FROM notes WHERE status = 'published'`)
	if live < atLeast {
		t.Errorf("%d notes are live, %d were acknowledged", live, atLeast)
	}
	for what, query := range map[string]string{
		"a live revision with its text": `SELECT COUNT(*) FROM notes n JOIN revisions r ON r.id = n.live_revision JOIN revision_texts t ON t.revision_id = r.id WHERE n.status = 'published'`,
		"a search document":             `SELECT COUNT(*) FROM notes n JOIN search_documents d ON d.note_id = n.id WHERE n.status = 'published'`,
		"a journal row":                 `SELECT COUNT(DISTINCT subject_id) FROM journal WHERE verb = 'note.published'`,
	} {
		if got := count(query); got != live {
			t.Errorf("%d notes are live, %d have %s", live, got, what)
		}
	}
	if n := count(`SELECT COUNT(*) FROM notes n WHERE NOT EXISTS (SELECT 1 FROM revision_texts t WHERE t.revision_id = n.draft_revision)`); n != 0 {
		t.Errorf("%d notes have no draft", n)
	}
}

func TestKilledDuringWebhooksLosesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		stripe := newStripe(t)
		c := newChild(t, e, "STRIPE_SECRET_KEY="+stripe.key, "STRIPE_API_BASE="+stripe.url, "STRIPE_WEBHOOK_SECRET="+stripe.secret)
		stripe.serve(c.cfg.BaseURL + "/inbound/stripe")
		c.cfg.StripeSecretKey, c.cfg.StripeAPIBase, c.cfg.StripeWebhookSecret = stripe.key, stripe.url, []string{stripe.secret}
		if status, answer := c.admin("PUT", "/plans/reader", `{"name":"Reader","visible":true,"prices":[{"interval":"year","amount":49000,"currency":"usd"}]}`); status != http.StatusOK {
			t.Fatal(status, answer)
		}
		// A second set of rooms on the same database buys, so that the killed
		// server hears of everything by webhooks alone.
		r, err := open(t.Context(), c.cfg, NewLog(testWriter{t}, "text", "info"), clock.System{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(r.close)
		h := &house{rooms: r, cfg: c.cfg, staff: actor.With(t.Context(), actor.Machine("test"))}
		if err := r.billing.MirrorPlans(h.staff); err != nil {
			t.Fatal(err)
		}
		const buyers = 6
		for i := range buyers {
			m, _, err := r.identity.AddMember(h.staff, fmt.Sprintf("buyer%d@example.com", i), "")
			if err != nil {
				t.Fatal(err)
			}
			page, err := r.billing.StartCheckout(h.staff, billing.CheckoutInput{Member: m.ID, PlanSlug: "reader", Interval: billing.Yearly})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := payWithTestCard(t.Context(), page); err != nil {
				t.Fatal(err)
			}
			if i%2 == 1 { // in the middle of what this purchase caused
				time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
				c.kill()
				c.start()
			}
		}
		open := func() (n int) {
			_ = r.db.Read(t.Context()).Raw(`SELECT COUNT(*) FROM subscriptions WHERE status = 'active'`).Scan(&n).Error
			return n
		}
		eventually(t, "every purchase has arrived", func() bool { return open() == buyers })
		for i := range buyers {
			h.letter(t, fmt.Sprintf("buyer%d@example.com", i), "welcome")
		}
	})
}

// fakeStripe is the stand-in on an address of its own, so that it outlives the
// server it calls.
type fakeStripe struct {
	t                *testing.T
	key, secret, url string
	dir, addr        string
}

func newStripe(t *testing.T) *fakeStripe {
	t.Helper()
	s := &fakeStripe{t: t, key: "sk_test_outside", secret: "whsec_outside", dir: t.TempDir()}
	s.addr, _ = freePorts(t)
	s.url = "http://" + s.addr + "/stripe"
	return s
}

// serve starts it, calling this webhook.
func (s *fakeStripe) serve(webhook string) {
	s.t.Helper()
	file, err := db.OpenFile(filepath.Join(s.dir, "stripe.db"))
	if err != nil {
		s.t.Fatal(err)
	}
	server, err := stripelocal.New(stripelocal.Config{
		DB: file, Clock: clock.System{}, PublicURL: s.url, SecretKey: s.key, WebhookURL: webhook, WebhookSecret: s.secret,
		DeliveryGaps: []time.Duration{100 * time.Millisecond, 200 * time.Millisecond}, Tick: 20 * time.Millisecond,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/stripe/", server.Handler())
	web := &http.Server{Addr: s.addr, Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	done := make(chan error, 1)
	go func() { done <- web.ListenAndServe() }()
	server.Start()
	s.t.Cleanup(func() {
		_ = server.Close()
		_ = web.Close()
		<-done
		_ = file.Close()
	})
}

func TestSIGTERMEndsWithinTenSecondsWithNothingCutOff(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		c := newChild(t, e)
		stop := make(chan struct{})
		var wg sync.WaitGroup
		var mu sync.Mutex
		cut := 0
		for w := range 4 {
			wg.Go(func() {
				for n := 0; ; n++ {
					select {
					case <-stop:
						return
					default:
					}
					began := time.Now()
					status, _ := c.admin("POST", "/notes", fmt.Sprintf(`{"title":"N %d %d"}`, w, n))
					// No answer at once is a refused connection; after a while it
					// would be an answer that was cut off.
					if status == 0 && time.Since(began) > 500*time.Millisecond {
						mu.Lock()
						cut++
						mu.Unlock()
					}
					if status == 0 {
						time.Sleep(5 * time.Millisecond)
					}
				}
			})
		}
		time.Sleep(300 * time.Millisecond)
		began := time.Now()
		if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		err := c.cmd.Wait()
		took := time.Since(began)
		close(stop)
		wg.Wait()
		if err != nil || took > 10*time.Second || cut > 0 {
			t.Errorf("exit %v after %s, %d answers cut off\n%s", err, took, cut, c.out.String())
		}
	})
}
