package courier

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
)

var noon = time.Date(2024, 1, 31, 12, 0, 0, 0, time.UTC)

// post is a courier with one endpoint and one event.
type post struct {
	*Courier
	t     *testing.T
	clock *clock.Manual
	calls atomic.Int64
}

func setup(t *testing.T, answer http.HandlerFunc) *post {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "c.db")+"?_pragma=journal_mode(WAL)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	b, err := book.Open(context.Background(), db)
	if err != nil {
		t.Fatal(err)
	}
	p := &post{t: t, clock: clock.NewManual(noon)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.calls.Add(1)
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	p.Courier = &Courier{Book: b, Clock: p.clock, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Gaps: []time.Duration{time.Minute, time.Hour}, Tick: 5 * time.Millisecond}
	p.client = server.Client()
	p.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	p.write(func(tx *book.Tx) error {
		w := &object.WebhookEndpoint{Head: object.Head{ID: "we_1", Object: "webhook_endpoint"}, Status: "enabled", EnabledEvents: []string{"*"}, URL: server.URL, Hide: object.EndpointSecret{Secret: "s"}}
		e := &object.Event{Head: object.Head{ID: "evt_1", Object: "event"}, Type: "invoice.paid", PendingWebhooks: 1, Data: object.EventData{Object: []byte(`{}`)}}
		_, _, err1 := tx.Put(w)
		_, _, err2 := tx.Put(e)
		return errors.Join(err1, err2, tx.Queue("evt_1", "invoice.paid", "we_1", noon))
	})
	return p
}

func (p *post) write(fn func(*book.Tx) error) {
	p.t.Helper()
	if err := p.Book.Write(context.Background(), fn); err != nil {
		p.t.Fatal(err)
	}
}

func (p *post) only() book.Delivery {
	p.t.Helper()
	all, err := p.Book.Read(context.Background()).Deliveries(10)
	if err != nil || len(all) != 1 {
		p.t.Fatalf("%d deliveries, %v", len(all), err)
	}
	return all[0]
}

// once makes one attempt and records it.
func (p *post) once(d book.Delivery) outcome {
	p.t.Helper()
	o := p.deliver(context.Background(), d)
	if o.made {
		p.write(func(tx *book.Tx) error { return tx.Record(o.delivery, o.attempt) })
	}
	return o
}

func TestADeliveryThatWasDealtWithIsNotSentAgain(t *testing.T) {
	t.Parallel()
	p := setup(t, func(http.ResponseWriter, *http.Request) {})
	read := p.only()
	if o := p.once(read); !o.made || o.delivery.State != book.Delivered {
		t.Fatalf("%+v", o)
	}
	if o := p.once(read); o.made || p.calls.Load() != 1 {
		t.Errorf("sent %d times from one reading of the queue", p.calls.Load())
	}
}

func TestADeliveryAskedForAnewMeanwhileIsMadeAgain(t *testing.T) {
	t.Parallel()
	p := setup(t, func(http.ResponseWriter, *http.Request) {})
	o := p.deliver(context.Background(), p.only())
	p.clock.Advance(time.Second)
	p.write(func(tx *book.Tx) error { return tx.QueueAgain(o.delivery.ID, p.clock.Now()) })
	p.write(func(tx *book.Tx) error { return tx.Record(o.delivery, o.attempt) })
	if d := p.only(); d.State != book.Waiting || d.Next.IsZero() || d.Attempts != 1 {
		t.Errorf("the wish was lost: %+v", d)
	}
}

func TestWhatBecomesOfAnAttempt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		before func(*post)
		state  string
		status int
		next   time.Duration
		calls  int64
	}{
		"taken":      {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, nil, book.Delivered, 204, 0, 1},
		"refused":    {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, nil, book.Waiting, 500, time.Minute, 1},
		"redirected": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/other", http.StatusFound) }, nil, book.Waiting, 302, time.Minute, 1},
		"cut off":    {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, nil, book.Waiting, 0, time.Minute, 1},
		"endpoint deleted": {nil, func(p *post) {
			p.write(func(tx *book.Tx) error {
				_, err := tx.Bury(&object.WebhookEndpoint{Head: object.Head{ID: "we_1", Object: "webhook_endpoint"}})
				return err
			})
		}, book.GivenUp, 0, 0, 0},
		"outage played": {nil, func(p *post) { p.write(func(tx *book.Tx) error { return tx.Set(Refusing, "on") }) }, book.Waiting, 0, time.Minute, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := setup(t, c.answer)
			if c.before != nil {
				c.before(p)
			}
			p.once(p.only())
			d := p.only()
			next := time.Duration(0)
			if !d.Next.IsZero() {
				next = d.Next.Sub(noon)
			}
			if d.State != c.state || d.Status != c.status || next != c.next || p.calls.Load() != c.calls || d.Attempts != 1 {
				t.Errorf("%s, status %d, next in %s, %d calls: %+v", d.State, d.Status, next, p.calls.Load(), d)
			}
			tries, err := p.Book.Read(context.Background()).Attempts(d.ID)
			if err != nil || len(tries) != 1 || (tries[0].Error == "") != (c.state == book.Delivered) {
				t.Errorf("the log holds %+v %v", tries, err)
			}
		})
	}
}

func TestAnAttemptCutShortByClosingIsMadeLater(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	p := setup(t, func(http.ResponseWriter, *http.Request) { cancel() })
	if o := p.deliver(ctx, p.only()); o.made && o.attempt.Status == 0 {
		t.Errorf("counted as made: %+v", o)
	}
	if d := p.only(); d.State != book.Waiting || d.Next.IsZero() {
		t.Errorf("%+v", d)
	}
}

func TestTheEventCountsWhatIsStillToCome(t *testing.T) {
	t.Parallel()
	p := setup(t, func(http.ResponseWriter, *http.Request) {})
	p.once(p.only())
	p.write(func(tx *book.Tx) error { return tx.QueueAgain(1, noon) })
	p.once(p.only())
	e := object.Event{Head: object.Head{Object: "event"}}
	if err := p.Book.Read(context.Background()).Get("evt_1", &e); err != nil || e.PendingWebhooks != 0 {
		t.Errorf("%d are still to come, %v", e.PendingWebhooks, err)
	}
}

func TestGapsGrowFromSecondsToHalfADay(t *testing.T) {
	t.Parallel()
	var all, last time.Duration
	for _, gap := range DefaultGaps() {
		if gap < last {
			t.Errorf("%s comes after %s", gap, last)
		}
		all, last = all+gap, gap
	}
	if last != 12*time.Hour || all > life {
		t.Errorf("the gaps end at %s after %s", last, all)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	t.Parallel()
	p := setup(t, func(http.ResponseWriter, *http.Request) {})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { p.Run(ctx); close(done) }()
	deadline := time.Now().Add(2 * time.Minute)
	for p.only().State != book.Delivered {
		if time.Now().After(deadline) {
			t.Fatal("not delivered")
		}
		time.Sleep(time.Millisecond)
	}
	cancel()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("Run does not end")
	}
}
