package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/journal"
)

// waves is how often deliveries are measured, wave how many come each time.
const (
	waves = 5
	wave  = 400
)

// deliveries measures how fast webhook calls are stored and applied: signed
// and over HTTP, as from Stripe, each about a subscription of its own that the
// server has not seen. The clock stops when the last one is in the mirror. The
// databases are on the disk, where each call waits for its commit.
func (b *bench) deliveries(ctx context.Context) error {
	for _, engine := range b.engines {
		say("delivering webhooks on %s …", engine)
		l, err := b.deliver(ctx, engine)
		if err != nil {
			return fmt.Errorf("deliveries on %s: %w", engine, err)
		}
		b.lines = append(b.lines, l)
	}
	return nil
}

func (b *bench) deliver(ctx context.Context, engine string) (l line, err error) {
	s, err := openStandIn(ctx, filepath.Join(b.memory, "stripe-"+engine))
	if err != nil {
		return l, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	h, err := b.house(ctx, engine, filepath.Join(b.dir, "deliveries", engine))
	if err != nil {
		return l, err
	}
	h.stripe = s.addr
	if err := h.command(ctx, "migrate"); err != nil {
		return l, err
	}
	members, err := h.addMembers(ctx, waves*wave)
	if err != nil {
		return l, err
	}
	if _, err := h.start(ctx); err != nil {
		return l, err
	}
	defer func() { err = errors.Join(err, h.stop()) }()
	price, err := h.sell(ctx, s)
	if err != nil {
		return l, err
	}
	time.Sleep(settle)
	if err := h.idle(ctx); err != nil { // else the comparison with Stripe at the start would find what no event told
		return l, err
	}
	if err := parallel(members, 4, func(id string) error { return s.subscribe(ctx, id, price) }); err != nil {
		return l, err
	}
	events, err := s.created(ctx)
	if err != nil {
		return l, err
	}
	return h.measureWaves(ctx, engine, events)
}

func (h *house) measureWaves(ctx context.Context, engine string, events []json.RawMessage) (line, error) {
	var rates []float64
	var waits []time.Duration
	before := h.worked()
	for some := range slices.Chunk(events, wave) {
		rate, took, err := h.oneWave(ctx, some)
		if err != nil {
			return line{}, err
		}
		rates, waits = append(rates, rate), append(waits, took...)
	}
	slices.Sort(waits)
	rate := spreadOf(rates)
	each := (h.worked() - before) / time.Duration(len(events))
	more := fmt.Sprintf(" (%.0f to %.0f), 99%% answered within %s, %s of the server's CPU each",
		rate.least, rate.most, short(waits[len(waits)*99/100]), short(each))
	return atLeast("webhook deliveries, stored and applied, "+engine, rate.median, 300, "/s", more), nil
}

// oneWave delivers events and waits until all of them are applied.
func (h *house) oneWave(ctx context.Context, events []json.RawMessage) (rate float64, waits []time.Duration, err error) {
	var mu sync.Mutex
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connsOfStripe}}
	began := time.Now()
	err = parallel(events, connsOfStripe, func(event json.RawMessage) error {
		asked := time.Now()
		err := h.hand(ctx, client, event)
		mu.Lock()
		defer mu.Unlock()
		waits = append(waits, time.Since(asked))
		return err
	})
	if err != nil {
		return 0, nil, err
	}
	err = h.until(ctx, func(s state) bool { return s.Stripe.Waiting == 0 })
	rate = float64(len(events)) / time.Since(began).Seconds()
	return rate, waits, errors.Join(err, h.idle(ctx)) // the letters that follow belong to no wave
}

// state is as much of the health page as is looked at here.
type state struct {
	Jobs   struct{ Queued, Running int }
	Stripe struct{ Waiting int }
}

// idle waits until no job is to be done now.
func (h *house) idle(ctx context.Context) error {
	return h.until(ctx, func(s state) bool { return s.Jobs.Queued+s.Jobs.Running == 0 })
}

// until looks at the health page, not so often that it costs, until it shows
// what is waited for.
func (h *house) until(ctx context.Context, shows func(state) bool) error {
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(40 * time.Millisecond) {
		s, err := callFor[state](ctx, http.MethodGet, "http://"+h.addr+"/api/admin/v1/health", h.asOwner(), nil)
		if err != nil || shows(s) {
			return err
		}
	}
	return errors.New("the jobs are not done after a minute")
}

// connsOfStripe is how many calls come at the same time.
const connsOfStripe = 16

// hand makes one call, as Stripe does.
func (h *house) hand(ctx context.Context, client *http.Client, event []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+h.addr+"/inbound/stripe", bytes.NewReader(event))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("Stripe-Signature", sign(event, time.Now()))
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	if resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("a delivery was answered with %d", resp.StatusCode)
	}
	return errors.Join(err, resp.Body.Close())
}

// sign makes the header that Stripe sends
// (https://docs.stripe.com/webhooks#verify-manually).
func sign(payload []byte, now time.Time) string {
	stamp := strconv.FormatInt(now.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(stripeSecret))
	mac.Write([]byte(stamp + "."))
	mac.Write(payload)
	return "t=" + stamp + ",v1=" + hex.EncodeToString(mac.Sum(nil))
}

func (h *house) asOwner() map[string]string {
	return map[string]string{"Authorization": "Bearer " + h.adminKey}
}

// sell makes a plan, waits until Stripe has it, and says its price.
func (h *house) sell(ctx context.Context, s *standIn) (price string, err error) {
	_, err = call(ctx, http.MethodPut, "http://"+h.addr+"/api/admin/v1/plans/bench", h.asOwner(), map[string]any{
		"name": "Bench", "visible": true, "prices": []map[string]any{{"interval": "month", "amount": 4900, "currency": "usd"}},
	})
	if err != nil {
		return "", err
	}
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		var prices struct{ Data []struct{ ID string } }
		if err := s.ask(ctx, http.MethodGet, "/v1/prices", nil, &prices); err != nil {
			return "", err
		}
		plans, err := callFor[struct{ Plans []struct{ Mirrored bool } }](ctx, http.MethodGet, "http://"+h.addr+"/api/admin/v1/plans", h.asOwner(), nil)
		if err != nil {
			return "", err
		}
		if len(plans.Plans) == 1 && plans.Plans[0].Mirrored && len(prices.Data) == 1 {
			return prices.Data[0].ID, nil
		}
	}
	return "", errors.New("the plan did not reach the stand-in")
}

// addMembers makes members before the server starts; nobody else has the
// database then.
func (h *house) addMembers(ctx context.Context, n int) (ids []string, err error) {
	d, err := db.Open(ctx, db.Options{URL: h.database, Dir: h.dir})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	people, err := identity.New(identity.Deps{
		DB: d, Clock: clock.System{}, Journal: journal.New(d, clock.System{}, nil), BaseURL: "http://localhost",
		SecretKey: bytes.Repeat([]byte("k"), 32),
	})
	if err != nil {
		return nil, err
	}
	err = d.Tx(actor.With(ctx, actor.Machine("bench")), func(ctx context.Context) error {
		for i := range n {
			m, _, err := people.AddMember(ctx, fmt.Sprintf("reader%d@bench.example", i), "")
			if err != nil {
				return err
			}
			ids = append(ids, m.ID.String())
		}
		return nil
	})
	return ids, err
}

// parallel does something with each of some things, several at a time, and
// returns what went wrong.
func parallel[T any](things []T, workers int, do func(T) error) error {
	var next atomic.Int64
	var all sync.WaitGroup
	errs := make([]error, len(things))
	for range workers {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(things); i = int(next.Add(1)) - 1 {
				errs[i] = do(things[i])
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}
