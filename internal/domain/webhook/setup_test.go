package webhook_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/mail"
	"lighttrends/internal/platform/outward"
)

// bench is the room (in a year to come: the queue takes new jobs as due by its own clock) with a receiver, without running workers: a test makes the
// attempts itself, so that it decides when.
type bench struct {
	t       *testing.T
	engine  db.Engine
	db      *db.DB
	clock   *clock.Manual
	outlet  *webhook.Outlet
	journal *journal.Journal
	staff   context.Context
	server  *httptest.Server
	texts   texts

	mu      sync.Mutex
	calls   []call
	answer  func(w http.ResponseWriter, r *http.Request)
	letters []mail.Letter
}

type call struct {
	header http.Header
	raw    []byte
	body   struct {
		Type string          `json:"type"`
		ID   string          `json:"id"`
		Data json.RawMessage `json:"data"`
		Text *webhook.Text   `json:"text"`
	}
}

type texts map[uuid.UUID]*webhook.Text

func (x texts) Text(_ context.Context, note, _ uuid.UUID) (*webhook.Text, error) { return x[note], nil }

func setup(t *testing.T, e dbtest.Engine) *bench {
	t.Helper()
	b := &bench{t: t, engine: e.Name, clock: clock.NewManual(time.Date(2041, 3, 1, 12, 0, 0, 0, time.UTC)), texts: texts{}}
	b.db = e.Open(t, b.clock)
	b.journal = journal.New(b.db, b.clock, nil)
	b.answer = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }
	b.server = httptest.NewServer(b)
	t.Cleanup(b.server.Close)
	client, err := outward.New([]string{"127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	keeper := webhook.Keeper{ID: uuid.New(), Address: mail.Address{Name: "Olga", Email: "olga@example.com"}}
	b.outlet = webhook.New(webhook.Deps{
		DB: b.db, Clock: b.clock, Journal: b.journal, Texts: b.texts, Client: client, Key: make([]byte, 32), Mail: b,
		Keepers: func(context.Context) ([]webhook.Keeper, error) { return []webhook.Keeper{keeper}, nil }, DeskURL: "https://example.com/desk",
	})
	b.staff = actor.With(t.Context(), actor.Actor{Kind: actor.Staff, ID: uuid.New(), Name: "Olga", Capabilities: []actor.Capability{actor.KeysWrite}})
	return b
}

// ServeHTTP is the receiver.
func (b *bench) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		b.t.Error(err)
	}
	c := call{header: r.Header.Clone(), raw: raw}
	if err := json.Unmarshal(raw, &c.body); err != nil {
		b.t.Error(err)
	}
	b.mu.Lock()
	b.calls = append(b.calls, c)
	answer := b.answer
	b.mu.Unlock()
	answer(w, r)
}

// Send takes the letters.
func (b *bench) Send(_ context.Context, l mail.Letter) error {
	b.letters = append(b.letters, l)
	return nil
}

func (b *bench) answers(status int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.answer = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
}

func (b *bench) make(events ...string) (*webhook.Endpoint, string) {
	b.t.Helper()
	name := "Front end"
	e, secret, err := b.outlet.Create(b.staff, webhook.Input{Name: &name, URL: &b.server.URL, Events: events})
	if err != nil {
		b.t.Fatal(err)
	}
	return e, secret
}

func (b *bench) tell(h webhook.Happening) {
	b.t.Helper()
	h.At = b.clock.Now()
	if h.Data == nil {
		h.Data = map[string]any{"x": 1}
	}
	if err := b.db.Tx(b.t.Context(), func(ctx context.Context) error { return b.outlet.Tell(ctx, h) }); err != nil {
		b.t.Fatal(err)
	}
}

// work makes every attempt that is due, and gives how many calls came of it.
func (b *bench) work() int {
	b.t.Helper()
	return b.workIn(b.t.Context())
}

func (b *bench) workIn(ctx context.Context) int {
	b.t.Helper()
	before := len(b.calls)
	for range 100 {
		var jobs []struct {
			ID   int64
			Kind string
			Args string
		}
		text := "CAST(args AS TEXT)"
		if b.engine == db.SQLite {
			text = "json(args)"
		}
		due := "SELECT id, kind, " + text + " AS args FROM river_job WHERE state IN ('available', 'scheduled', 'retryable') AND scheduled_at <= ? ORDER BY id"
		if err := b.db.Read(b.t.Context()).Raw(due, b.clock.Now().Add(time.Second)).Scan(&jobs).Error; err != nil {
			b.t.Fatal(err)
		}
		if len(jobs) == 0 {
			return len(b.calls) - before
		}
		for _, j := range jobs {
			if err := webhook.WorkForTest(ctx, b.outlet, j.Kind, []byte(j.Args)); err != nil {
				b.t.Fatal(j.Kind, err)
			}
			err := b.db.Tx(b.t.Context(), func(ctx context.Context) error {
				return b.db.Write(ctx).Exec("DELETE FROM river_job WHERE id = ?", j.ID).Error
			})
			if err != nil {
				b.t.Fatal(err)
			}
		}
	}
	b.t.Fatal("the work never ends")
	return 0
}

// genuine checks a call with the library of the format's authors.
func genuine(t *testing.T, c call, secret string) bool {
	t.Helper()
	w, err := standard.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	return w.VerifyIgnoringTimestamp(c.raw, c.header) == nil
}

func (b *bench) verbs() (out []string) {
	b.t.Helper()
	list, err := b.journal.List(b.t.Context(), journal.Filter{})
	if err != nil {
		b.t.Fatal(err)
	}
	for i := range list {
		out = append(out, list[len(list)-1-i].Verb)
	}
	return out
}
