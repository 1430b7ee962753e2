package billing_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/riverqueue/river"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/stripelocal"
)

func TestSignatures(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		now := s.clock.Now()
		const old, fresh = "whsec_old", "whsec_new"
		rotating := s.again(func(d *billing.Deps) { d.WebhookSecrets = []string{old, fresh} })
		rotated := s.again(func(d *billing.Deps) { d.WebhookSecrets = []string{fresh} })
		nobody := s.again(func(d *billing.Deps) { d.WebhookSecrets = nil })
		hint := func() told {
			return made("customer.subscription.updated", map[string]any{"id": "sub_1", "object": "subscription"})
		}
		for name, c := range map[string]struct {
			office *billing.Office
			header func(raw []byte) string
			code   string
		}{
			"right":                            {s.office, func(raw []byte) string { return sign(raw, now, hookSecret) }, ""},
			"forged":                           {s.office, func(raw []byte) string { return sign(raw, now, "whsec_guess") }, "stripe_signature"},
			"of an empty secret":               {nobody, func(raw []byte) string { return sign(raw, now, "") }, "stripe_signature"},
			"of another body":                  {s.office, func(raw []byte) string { return sign(append(raw, ' '), now, hookSecret) }, "stripe_signature"},
			"missing":                          {s.office, func([]byte) string { return "" }, "stripe_signature"},
			"nonsense":                         {s.office, func([]byte) string { return "t=,v1=zz,v1" }, "stripe_signature"},
			"almost five minutes old":          {s.office, func(raw []byte) string { return sign(raw, now.Add(-5*time.Minute), hookSecret) }, ""},
			"a recording of six minutes ago":   {s.office, func(raw []byte) string { return sign(raw, now.Add(-6*time.Minute), hookSecret) }, "stripe_signature"},
			"a clock one minute ahead":         {s.office, func(raw []byte) string { return sign(raw, now.Add(time.Minute), hookSecret) }, ""},
			"rotating, signed by the old":      {rotating, func(raw []byte) string { return sign(raw, now, old) }, ""},
			"rotating, signed by the new":      {rotating, func(raw []byte) string { return sign(raw, now, fresh) }, ""},
			"rotating, signed by both":         {rotating, func(raw []byte) string { return sign(raw, now, "whsec_x", fresh) }, ""},
			"rotated, signed by the old alone": {rotated, func(raw []byte) string { return sign(raw, now, old) }, "stripe_signature"},
		} {
			ev := hint()
			err := c.office.Receive(t.Context(), ev.raw, c.header(ev.raw))
			kept := s.number("SELECT COUNT(*) FROM stripe_events WHERE id = ?", ev.ID)
			if c.code == "" && (err != nil || kept != 1) || c.code != "" && (!fault.HasCode(err, c.code) || kept != 0) {
				t.Errorf("%s: %v, %d kept", name, err, kept)
			}
		}
		t.Run("what is signed but no event is refused", func(t *testing.T) {
			for _, body := range []string{"", "{}", "[]", `{"object":"event"}`, `{"id":"evt_1","object":"charge","type":"x"}`, "\x00"} {
				refused(t, s.office.Receive(t.Context(), []byte(body), sign([]byte(body), now, hookSecret)), "stripe_payload")
			}
		})
	})
}

func TestAnEventIsTakenOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		hint := made("invoice.paid", map[string]any{"id": "in_1", "object": "invoice", "subscription": "sub_1"})
		for range 3 {
			s.receive(hint)
		}
		jobs := s.number("SELECT COUNT(*) FROM river_job WHERE kind = 'billing.apply'")
		if rows := s.number("SELECT COUNT(*) FROM stripe_events"); rows != 1 || jobs != 1 {
			t.Errorf("%d rows, %d jobs", rows, jobs)
		}
		t.Run("what cannot concern us makes no work", func(t *testing.T) {
			for kind, object := range map[string]map[string]any{
				"charge.succeeded": {"id": "ch_1", "object": "charge", "customer": "cus_1"},
				"invoice.paid":     {"id": "in_2", "object": "invoice", "subscription": nil},
				"customer.updated": {"id": "cus_1", "object": "customer"},
			} {
				ev := made(kind, object)
				s.receive(ev)
				if got := s.event(ev.ID); got.State != billing.EventIgnored || got.Reason == "" || got.AppliedAt == nil {
					t.Errorf("%s: %+v", kind, got)
				}
			}
			if n := s.number("SELECT COUNT(*) FROM river_job WHERE kind = 'billing.apply'"); n != jobs {
				t.Errorf("%d jobs", n)
			}
		})
		t.Run("what is applied is not followed again", func(t *testing.T) {
			s.sell()
			hint := s.the(completed, s.buy(s.member(), goodCard))
			s.deliver(hint)
			var asked atomic.Int64
			s.line.hook(nil, func(*http.Request) { asked.Add(1) })
			defer s.line.hook(nil, nil)
			if err := s.office.Apply(t.Context(), hint.ID); err != nil || asked.Load() != 0 {
				t.Errorf("asked Stripe %d times, %v", asked.Load(), err)
			}
		})
		t.Run("nothing of what it said is kept", func(t *testing.T) {
			ev := made("invoice.paid", map[string]any{"id": "in_3", "object": "invoice", "subscription": "sub_1", "customer_email": "ada@example.com"})
			s.receive(ev)
			got := s.event(ev.ID)
			if got.SubscriptionID != "sub_1" || got.ObjectID != "in_3" || got.State != billing.EventReceived || got.Attempts != 0 {
				t.Errorf("%+v", got)
			}
			if n := s.number("SELECT COUNT(*) FROM river_job WHERE CAST(args AS TEXT) LIKE '%example.com%'"); n != 0 {
				t.Error("an address stands in the queue")
			}
		})
	})
}

// run starts the workers of one node.
func (s *shop) run(d *db.DB, office *billing.Office) db.Workers {
	s.t.Helper()
	workers := river.NewWorkers()
	billing.AddWorkers(workers, office)
	w, err := d.Work(s.t.Context(), db.WorkerOptions{Workers: workers})
	s.ok(err)
	s.t.Cleanup(func() { _ = w.StopAndCancel(context.Background()) })
	return w
}

func TestAKilledProcessLosesNoEvent(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		sub := s.buy(m, goodCard)
		hint := s.the(completed, sub)
		s.receive(hint) // and the process is killed before anybody worked
		s.ok(s.db.Close())

		s.db = e.Reopen(t, s.options, s.clock)
		s.members.db = s.db
		s.journal = journal.New(s.db, s.clock, nil)
		s.office = s.again(func(d *billing.Deps) { d.DB, d.Journal = s.db, s.journal })
		s.run(s.db, s.office)
		eventually(t, "the event is applied", func() bool { return s.event(hint.ID).State == billing.EventApplied })
		if diff := cmp.Diff([]string{"started"}, s.verbs(sub)); diff != "" || !s.open(m) {
			t.Error(diff)
		}
	})
}

// TestFromStripeToTheReader lets the stand-in call the webhook by itself, with
// Stripe out of reach for the first attempts.
func TestFromStripeToTheReader(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		hook := httptest.NewUnstartedServer(nil)
		s := setup(t, e, func(c *stripelocal.Config) {
			c.WebhookURL, c.WebhookSecret = "http://"+hook.Listener.Addr().String()+"/stripe", hookSecret
		})
		hook.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			raw, _ := io.ReadAll(r.Body)
			if err := s.office.Receive(r.Context(), raw, r.Header.Get("Stripe-Signature")); err != nil {
				t.Error(err)
				w.WriteHeader(http.StatusBadRequest)
			}
		})
		hook.Start()
		t.Cleanup(hook.Close)
		s.run(s.db, s.office)
		s.sell()
		m := s.member()
		page := s.start(m, "research", billing.Monthly)
		s.line.cut()
		session := s.pay(page, goodCard)
		eventually(t, "an attempt has failed", func() bool {
			return s.number("SELECT COUNT(*) FROM stripe_events WHERE object_id = ? AND error = 'stripe_unavailable'", session) == 1
		})
		if s.open(m) {
			t.Error("open while Stripe could not be asked")
		}
		s.line.mend()
		eventually(t, "the reader is let in", func() bool { return s.open(m) })
		eventually(t, "all events are done", func() bool { return s.number("SELECT COUNT(*) FROM stripe_events WHERE state = 'received'") == 0 })
		if n := s.number("SELECT COUNT(*) FROM journal WHERE verb = 'subscription.started'"); n != 1 {
			t.Errorf("started %d times", n)
		}
		h := must[billing.Health](t)(s.office.Health(t.Context()))
		if h.LastReceived.IsZero() || h.Waiting != 0 || h.Refused != 0 {
			t.Errorf("%+v", h)
		}
	})
}

func TestHealth(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		if h := must[billing.Health](t)(s.office.Health(t.Context())); h != (billing.Health{}) {
			t.Errorf("before anything: %+v", h)
		}
		began := s.clock.Now().UTC()
		s.receive(made("invoice.paid", map[string]any{"id": "in_1", "object": "invoice", "subscription": "sub_1"}))
		forge := func(n int) {
			for range n {
				refused(t, s.office.Receive(t.Context(), []byte("{}"), "t=1,v1=00"), "stripe_signature")
			}
		}
		forge(3)
		s.clock.Advance(59 * time.Minute)
		forge(2)
		s.clock.Advance(time.Minute)
		forge(1)
		h := must[billing.Health](t)(s.office.Health(t.Context()))
		want := billing.Health{LastReceived: began, Waiting: 1, OldestWaits: began, Refused: 6, LastRefused: began.Add(time.Hour), RefusedFor: "unsigned"}
		if diff := cmp.Diff(want, h); diff != "" {
			t.Error(diff)
		}
		list := must[[]journal.Entry](t)(s.journal.List(t.Context(), journal.Filter{Subject: "stripe"}))
		got := []string{}
		for _, e := range list {
			got = append(got, e.Verb+" "+string(e.Payload))
		}
		for i := range got { // Postgres writes a space after the colon
			if got[i] == `stripe.signature_failed {"calls": 1}` {
				got[i] = `stripe.signature_failed {"calls":1}`
			}
			if got[i] == `stripe.signature_failed {"calls": 5}` {
				got[i] = `stripe.signature_failed {"calls":5}`
			}
		}
		if diff := cmp.Diff([]string{`stripe.signature_failed {"calls":5}`, `stripe.signature_failed {"calls":1}`}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestPurge(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		done, waits := made("charge.succeeded", nil), made("invoice.paid", map[string]any{"id": "in_1", "object": "invoice", "subscription": "sub_1"})
		s.receive(done)
		s.receive(waits)
		s.clock.Advance(60 * 24 * time.Hour)
		if n := must[int64](t)(s.office.PurgeEvents(t.Context())); n != 0 {
			t.Errorf("%d deleted too early", n)
		}
		s.clock.Advance(time.Microsecond)
		if n := must[int64](t)(s.office.PurgeEvents(t.Context())); n != 1 || s.event(waits.ID).ID == "" {
			t.Errorf("%d deleted", n)
		}
		s.ok(s.office.Apply(t.Context(), done.ID)) // a job for an event that is gone has nothing to do
	})
}

func TestEventsAreForOperators(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.receive(made("charge.succeeded", nil))
		s.clock.Advance(time.Second)
		s.receive(made("invoice.paid", map[string]any{"id": "in_1", "object": "invoice", "subscription": "sub_1"}))
		if _, err := s.office.Events(t.Context(), "", 10); fault.Of(err).Kind != fault.Unauthenticated {
			t.Errorf("a stranger reads them: %v", err)
		}
		if list := must[[]billing.Event](t)(s.office.Events(owner(t.Context()), "", 10)); len(list) != 2 || list[0].Type != "invoice.paid" {
			t.Errorf("%+v", list)
		}
		if list := must[[]billing.Event](t)(s.office.Events(owner(t.Context()), billing.EventReceived, -1)); len(list) != 1 {
			t.Errorf("%+v", list)
		}
	})
}

func TestACustomerThatIsDeleted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		sub := s.buy(m, goodCard)
		s.deliver(s.the(completed, sub))
		customer := s.customerOf(m)
		s.ok(s.stripe.DeleteCustomer(t.Context(), "k", customer))
		s.deliver(s.the("customer.deleted", customer))
		if s.open(m) || s.customerOf(m) != "" {
			t.Error("still there")
		}
		again := s.buy(m, goodCard)
		s.deliver(s.the(completed, again), s.the(deleted, sub))
		if !s.open(m) || s.customerOf(m) == customer {
			t.Error("could not come back")
		}
		other := s.call(http.MethodPost, "/v1/customers", "email", "else@example.com")["id"].(string)
		s.ok(s.stripe.DeleteCustomer(t.Context(), "k2", other))
		ev := s.the("customer.deleted", other)
		s.deliver(ev)
		if got := s.event(ev.ID); got.Reason != billing.ReasonForeign {
			t.Errorf("%+v", got)
		}
	})
}
