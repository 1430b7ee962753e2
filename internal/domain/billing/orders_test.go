package billing_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// life is what Stripe really said of one subscription: at each stage the
// object, and the events that led there.
type life struct {
	sub, customer string
	stages        []stage
}

type stage struct {
	object []byte
	events []told
}

// record plays a life at the stand-in and keeps every word.
func record(s *shop) life {
	m := s.member()
	sub := s.buy(m, laterCard)
	l := life{sub: sub, customer: s.customerOf(m)}
	known := map[string]bool{}
	keep := func(object []byte) {
		if object == nil {
			doc := s.call(http.MethodGet, "/v1/subscriptions/"+sub, "expand[]", "latest_invoice", "expand[]", "default_payment_method")
			object, _ = json.Marshal(doc)
		}
		st := stage{object: object}
		for _, e := range about(s.events(), sub) {
			if fresh := !known[e.ID]; fresh && slices.Contains([]string{created, updated, deleted, paid, failed, completed}, e.Type) {
				st.events = append(st.events, e)
			}
			known[e.ID] = true
		}
		l.stages = append(l.stages, st)
	}
	keep(firstObject(s, sub))
	s.pass(30 * 24 * time.Hour)
	keep(nil) // renewed; the bill is a draft
	s.pass(2 * time.Hour)
	keep(nil) // past_due
	s.deliver(s.the(updated, sub))
	s.addCard(s.customerOf(m))
	s.call(http.MethodPost, "/v1/subscriptions/"+sub, "default_payment_method", "")
	_, err := s.stripe.PayInvoice(s.t.Context(), uuid.NewString(), s.row(sub).InvoiceID)
	s.ok(err)
	keep(nil) // active again
	s.ok(s.cancel(m, sub)(s.office))
	keep(nil) // canceling
	s.cancelNow(sub)
	keep(nil) // over
	return l
}

// firstObject is the subscription as it was created: incomplete.
func firstObject(s *shop, sub string) []byte {
	var e struct {
		Data struct {
			Object json.RawMessage `json:"object"`
		} `json:"data"`
	}
	s.ok(json.Unmarshal(s.the(created, sub).raw, &e))
	return e.Data.Object
}

// retold is a recorded life under ids of its own.
type retold struct {
	s     *shop
	life  life
	n     int
	owner uuid.UUID
	mu    sync.Mutex
	at    int // stage
}

func (r *retold) sub() string { return fmt.Sprintf("sub_retold%d", r.n) }

func (r *retold) rename(raw []byte) []byte {
	return []byte(strings.NewReplacer(r.life.sub, r.sub(), r.life.customer, fmt.Sprintf("cus_retold%d", r.n), `"evt_`, fmt.Sprintf(`"evt_retold%d`, r.n)).Replace(string(raw)))
}

func (r *retold) event(e told) told {
	return told{ID: strings.Replace(e.ID, "evt_", fmt.Sprintf("evt_retold%d", r.n), 1), Type: e.Type, raw: r.rename(e.raw)}
}

func (r *retold) turn(to int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = to
}

func (r *retold) now() []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.rename(r.life.stages[r.at].object)
}

// theatre answers for Stripe with recorded objects, each at its own stage.
type theatre struct {
	mu    sync.Mutex
	plays map[string]*retold
}

func (th *theatre) serve(w http.ResponseWriter, r *http.Request) bool {
	id, ok := strings.CutPrefix(r.URL.Path, "/v1/subscriptions/")
	th.mu.Lock()
	play := th.plays[id]
	th.mu.Unlock()
	if !ok || play == nil {
		return false
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(play.now())
	return true
}

// begin gives a life to a new member.
func (th *theatre) begin(s *shop, l life, n int) *retold {
	r := &retold{s: s, life: l, n: n, owner: s.member()}
	th.mu.Lock()
	th.plays[r.sub()] = r
	th.mu.Unlock()
	s.ok(s.db.Tx(s.t.Context(), func(ctx context.Context) error {
		const insert = `INSERT INTO customers (id, owner_kind, owner_id, stripe_customer_id, idempotency_key, created_at) VALUES (?, 'member', ?, ?, ?, ?)`
		return s.db.Write(ctx).Exec(insert, db.NewID(), r.owner, fmt.Sprintf("cus_retold%d", n), fmt.Sprint(n), s.clock.Now()).Error
	}))
	return r
}

// tell plays the life up to a stage, every event of it delivered one to three
// times, none before it happened, otherwise in any order, sometimes two at once.
func (r *retold) tell(dice *rand.Rand, last int) {
	var pool []told
	at := -1
	advance := func() {
		at++
		r.turn(at)
		for _, e := range r.life.stages[at].events {
			for range 1 + dice.IntN(3) {
				pool = append(pool, r.event(e))
			}
		}
	}
	advance()
	draw := func() told {
		i := dice.IntN(len(pool))
		e := pool[i]
		pool = slices.Delete(pool, i, i+1)
		return e
	}
	for at < last || len(pool) > 0 {
		switch {
		case at < last && (len(pool) == 0 || dice.IntN(6) == 0):
			advance()
		case len(pool) > 1 && dice.IntN(4) == 0:
			r.both(draw(), draw())
		default:
			r.s.deliver(draw())
		}
	}
}

func (r *retold) both(a, b told) {
	var two sync.WaitGroup
	for _, e := range []told{a, b} {
		two.Go(func() {
			if err := r.s.office.Receive(context.Background(), e.raw, sign(e.raw, r.s.clock.Now(), hookSecret)); err != nil {
				r.s.t.Error(err)
			}
			if err := r.s.office.Apply(context.Background(), e.ID); err != nil {
				r.s.t.Error(err)
			}
		})
	}
	two.Wait()
}

func TestAnyOrderOfEventsEndsInTheSameState(t *testing.T) {
	t.Parallel()
	orders := 500
	if testing.Short() {
		orders = 50
	}
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		half := map[db.Engine]int{db.SQLite: 0, db.Postgres: 1}[e.Name] // each engine plays every other order
		s := setup(t, e)
		s.sell()
		l := record(s)
		th := &theatre{plays: map[string]*retold{}}
		s.line.hook(th.serve, nil)
		ends := make([]*billing.Subscription, len(l.stages))
		for last := range l.stages {
			r := th.begin(s, l, 1_000_000+last)
			r.turn(last)
			s.deliver(r.event(l.stages[0].events[0]))
			ends[last] = s.row(r.sub())
		}
		for n := half; n < orders; n += 2 {
			dice := rand.New(rand.NewPCG(20260331, uint64(n)))
			last := n / 2 % len(l.stages)
			r := th.begin(s, l, n)
			r.tell(dice, last)
			judge(t, s, r, ends[last])
			if t.Failed() {
				t.Fatalf("order %d, to stage %d", n, last)
			}
		}
	})
}

// judge compares a row with what a single look at the end makes of it, and the
// journal with what may be told.
func judge(t *testing.T, s *shop, r *retold, want *billing.Subscription) {
	t.Helper()
	got := s.row(r.sub())
	if diff := cmp.Diff(want.Mirror, got.Mirror, cmpopts.EquateComparable(uuid.UUID{})); diff != "" {
		t.Error(diff)
	}
	verbs := s.verbs(r.sub())
	started := count(verbs, "started")
	if opened := got.OpenedAt != nil; started > 1 || (started == 1) != opened || got.Status.Open() && !opened {
		t.Errorf("started %d times, opened %v: %v", started, got.OpenedAt, verbs)
	}
	over := count(verbs, "ended") + count(verbs, "expired")
	if over > 1 || (over == 1) != got.Status.Ended() || over == 1 && verbs[len(verbs)-1] != "ended" && verbs[len(verbs)-1] != "expired" {
		t.Errorf("status %s: %v", got.Status, verbs)
	}
	if s.open(r.owner) != got.Status.Open() {
		t.Errorf("status %s, open %v", got.Status, s.open(r.owner))
	}
	if int64(s.members.epoch(r.owner)) > got.SyncNumber || s.members.epoch(r.owner) == 0 {
		t.Errorf("epoch %d after %d writes", s.members.epoch(r.owner), got.SyncNumber)
	}
	if n := s.number("SELECT COUNT(*) FROM stripe_events WHERE subscription_id = ? AND state <> 'applied'", r.sub()); n != 0 {
		t.Errorf("%d events are not done", n)
	}
}
