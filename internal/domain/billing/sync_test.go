package billing_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripelocal"
)

// held stops the first answer about a subscription on its way back.
type held struct{ reached, release chan struct{} }

func (s *shop) hold(sub string) held {
	h := held{make(chan struct{}), make(chan struct{})}
	var taken atomic.Bool
	s.line.hook(nil, func(r *http.Request) {
		if r.Method == http.MethodGet && r.URL.Path == "/v1/subscriptions/"+sub && taken.CompareAndSwap(false, true) {
			close(h.reached)
			<-h.release
		}
	})
	return h
}

func TestASlowSyncNeverCoversANewerState(t *testing.T) {
	t.Parallel()
	for name, known := range map[string]bool{"a row that exists": true, "the first row": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
				s := setup(t, e)
				s.sell()
				m := s.member()
				sub := s.buy(m, goodCard)
				if known {
					s.deliver(s.the(completed, sub))
				}
				h := s.hold(sub)
				slow := make(chan error, 1)
				go func() {
					_, err := s.office.Sync(context.Background(), sub) // reads that it is active
					slow <- err
				}()
				<-h.reached
				s.cancelNow(sub)
				must[billing.Outcome](t)(s.office.Sync(t.Context(), sub)) // reads that it is canceled, and writes
				close(h.release)
				s.ok(<-slow)
				if got := s.row(sub); got.Status != billing.Canceled || s.open(m) {
					t.Errorf("the older state won: %s", got.Status)
				}
				if v := s.verbs(sub); v[len(v)-1] != "ended" && v[len(v)-1] != "expired" {
					t.Errorf("the journal ends with %v", v)
				}
			})
		})
	}
}

func TestManyFirstSyncsMakeOneRow(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		sub := s.buy(m, goodCard)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if _, err := s.office.Sync(context.Background(), sub); err != nil && !fault.HasCode(err, "billing_busy") {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := s.number("SELECT COUNT(*) FROM subscriptions"); n != 1 {
			t.Errorf("%d rows", n)
		}
		if diff := cmp.Diff([]string{"started"}, s.verbs(sub)); diff != "" || s.members.epoch(m) != 1 {
			t.Errorf("%s epoch %d", diff, s.members.epoch(m))
		}
	})
}

func TestAnUnchangedSubscriptionIsNotWritten(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		sub := late(s, m)
		before := s.row(sub)
		s.clock.Advance(time.Minute)
		got := must[billing.Outcome](t)(s.office.Sync(t.Context(), sub))
		if diff := cmp.Diff(before, s.row(sub)); diff != "" || got.Changed {
			t.Errorf("changed %v: %s", got.Changed, diff)
		}
	})
}

func TestACrashBetweenFetchAndWriteLosesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		sub := s.buy(m, goodCard)
		hint := s.the(completed, sub)
		s.receive(hint)
		dying, kill := context.WithCancel(t.Context())
		s.line.hook(nil, func(r *http.Request) {
			if r.URL.Path == "/v1/subscriptions/"+sub {
				kill()
			}
		})
		if err := s.office.Apply(dying, hint.ID); err == nil {
			t.Fatal("it survived")
		}
		s.line.mend()
		if s.row(sub) != nil || s.event(hint.ID).State != billing.EventReceived {
			t.Fatal("half of it was written")
		}
		s.ok(s.again().Apply(t.Context(), hint.ID))
		if diff := cmp.Diff([]string{"started"}, s.verbs(sub)); diff != "" || !s.open(m) {
			t.Error(diff)
		}
	})
}

func TestRowEpochAndJournalAreOneThing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		sub := s.buy(m, goodCard)
		broken := s.again(func(d *billing.Deps) { d.Journal = broken{} })
		if _, err := broken.Sync(t.Context(), sub); !errors.Is(err, errJournal) {
			t.Fatalf("got %v", err)
		}
		if s.row(sub) != nil || s.members.epoch(m) != 0 {
			t.Error("a change was written without its record")
		}
	})
}

func TestGrace(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.office = s.again(func(d *billing.Deps) { d.GraceDays = 2 })
		s.sell()
		m := s.member()
		sub := late(s, m)
		since := s.row(sub).PastDueSince
		if want := time.Date(2026, 4, 30, 10, 0, 0, 0, time.UTC); since == nil || !since.Equal(want) {
			t.Fatalf("past due since %v, want the date of the bill, %v", since, want)
		}
		st := must[[]billing.Standing](t)(s.office.Standings(t.Context(), m))
		if want := since.AddDate(0, 0, 2); len(st) != 1 || !st[0].Grace.Equal(want) {
			t.Fatalf("%+v", st)
		}
		s.clock.Set(st[0].Grace.Add(-time.Microsecond))
		if !s.open(m) {
			t.Error("closed within grace")
		}
		s.clock.Set(st[0].Grace)
		if s.open(m) {
			t.Error("open after grace")
		}
	})
}

func TestNothingCallsStripeInsideATransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		m := s.member()
		for name, call := range map[string]func(context.Context) error{
			"Sync":  func(ctx context.Context) error { _, err := s.office.Sync(ctx, "sub_1"); return err },
			"Apply": func(ctx context.Context) error { return s.office.Apply(ctx, "evt_1") },
			"StartCheckout": func(ctx context.Context) error {
				_, err := s.office.StartCheckout(ctx, billing.CheckoutInput{Member: m, PlanSlug: "research", Interval: billing.Monthly})
				return err
			},
			"FinishCheckout": func(ctx context.Context) error { _, err := s.office.FinishCheckout(ctx, "cs_1", m); return err },
			"PortalURL":      func(ctx context.Context) error { _, err := s.office.PortalURL(ctx, m, "/"); return err },
			"MirrorPlans":    s.office.MirrorPlans,
			"Reconcile": func(ctx context.Context) error {
				_, err := s.office.Reconcile(owner(ctx), billing.Repair, nil)
				return err
			},
			"Account": func(ctx context.Context) error { _, err := s.office.Account(ctx, m); return err },
			"Cancel": func(ctx context.Context) error {
				_, err := s.office.Cancel(ctx, m, db.NewID(), billing.Leaving{})
				return err
			},
			"Keep":   func(ctx context.Context) error { _, err := s.office.Keep(ctx, m, db.NewID()); return err },
			"Resume": func(ctx context.Context) error { _, err := s.office.Resume(ctx, m, db.NewID()); return err },
			"Pause":  func(ctx context.Context) error { _, err := s.office.Pause(ctx, m, db.NewID(), 1); return err },
			"PreviewChange": func(ctx context.Context) error {
				_, err := s.office.PreviewChange(ctx, billing.ChangeInput{Member: m, Subscription: db.NewID()})
				return err
			},
			"Change": func(ctx context.Context) error {
				_, err := s.office.Change(ctx, billing.ChangeInput{Member: m, Subscription: db.NewID()})
				return err
			},
			"SyncInvoice": func(ctx context.Context) error { _, err := s.office.SyncInvoice(ctx, "in_1"); return err },
			"EndPaidBack": func(ctx context.Context) error { return s.office.EndPaidBack(ctx, "in_1") },
			"EndAll":      func(ctx context.Context) error { return s.office.EndAll(owner(ctx), m) },
		} {
			var err error
			_ = s.db.Tx(t.Context(), func(ctx context.Context) error {
				err = call(ctx)
				return err
			})
			if err == nil || fault.Of(err).Kind != fault.Internal {
				t.Errorf("%s: got %v", name, err)
			}
		}
		if n := s.line.calls.Load(); n != 0 {
			t.Errorf("%d calls", n)
		}
	})
}

func TestSyncGivesUpWhenItIsAlwaysOvertaken(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		sub := s.buy(s.member(), goodCard)
		s.deliver(s.the(completed, sub))
		s.cancelNow(sub)
		var fetches atomic.Int64
		s.line.hook(nil, func(r *http.Request) {
			if r.URL.Path != "/v1/subscriptions/"+sub {
				return
			}
			fetches.Add(1)
			// Somebody writes while the answer is on its way, each time.
			_ = s.db.Tx(context.Background(), func(ctx context.Context) error {
				return s.db.Write(ctx).Exec("UPDATE subscriptions SET sync_number = sync_number + 1").Error
			})
		})
		_, err := s.office.Sync(t.Context(), sub)
		refused(t, err, "billing_busy")
		if n := fetches.Load(); n < 3 || n > 10 {
			t.Errorf("%d fetches", n)
		}
		if s.row(sub).Status != billing.Active {
			t.Error("it wrote over somebody else's row")
		}
	})
}

// TestTroubleBeginsWithTheFirstBill: a second bill that fails starts no new
// grace.
func TestTroubleBeginsWithTheFirstBill(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e, func(c *stripelocal.Config) { c.RetryGaps, c.AfterRetries = []time.Duration{24 * time.Hour}, "past_due" })
		s.sell()
		sub := late(s, s.member())
		first, bill := s.row(sub).PastDueSince, s.row(sub).InvoiceID
		s.pass(25 * time.Hour)
		s.pass(30 * 24 * time.Hour)
		s.pass(2 * time.Hour)
		s.deliver(s.the(updated, sub))
		row := s.row(sub)
		if row.Status != billing.PastDue || row.InvoiceID == bill {
			t.Fatalf("no second bill: %+v", row)
		}
		if row.PastDueSince == nil || !row.PastDueSince.Equal(*first) {
			t.Errorf("since %v, want %v", row.PastDueSince, first)
		}
	})
}
