package billing_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// TestPeriodicJobs starts a node that was down while things happened.
func TestPeriodicJobs(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		s.buy(m, goodCard) // and nobody told us
		must[*billing.Plan](t)(s.office.PutPlan(owner(t.Context()), billing.PlanInput{
			Slug: "data", Name: "Data", Prices: []billing.PriceInput{{Interval: billing.Monthly, Amount: 900, Currency: "eur"}},
		}))
		workers := river.NewWorkers()
		billing.AddWorkers(workers, s.office)
		node := must[db.Workers](t)(s.db.Work(t.Context(), db.WorkerOptions{Workers: workers, Periodic: billing.Periodic()}))
		t.Cleanup(func() { _ = node.StopAndCancel(context.Background()) })
		eventually(t, "the missed purchase is found", func() bool { return s.open(m) })
		eventually(t, "the plan is mirrored", func() bool {
			p, err := s.office.PlanBySlug(t.Context(), "data")
			return err == nil && p.Price(billing.Monthly).Ready()
		})
		eventually(t, "all daily jobs ran", func() bool {
			return s.number("SELECT COUNT(*) FROM river_job WHERE kind IN ('billing.reconcile', 'billing.purge_events') AND state = 'completed'") == 2
		})
	})
}

// TestPatience adds up how long a job keeps trying.
func TestPatience(t *testing.T) {
	t.Parallel()
	var all time.Duration
	last := time.Duration(0)
	for attempt := 1; attempt < (billing.ApplyArgs{}).InsertOpts().MaxAttempts; attempt++ {
		gap := billing.Gap(attempt)
		if gap < last || gap > 4*time.Hour {
			t.Errorf("attempt %d waits %s after %s", attempt, gap, last)
		}
		last = gap
		all += gap
	}
	if billing.Gap(1) != time.Second || all < 5*24*time.Hour {
		t.Errorf("first %s, in all %s", billing.Gap(1), all)
	}
}

func TestOwnersInMetadata(t *testing.T) {
	t.Parallel()
	for _, o := range []billing.Owner{billing.OfMember(uuid.New()), {Kind: billing.OrganizationOwner, ID: uuid.New()}} {
		if got, ok := billing.ParseOwner(o.String()); !ok || got != o {
			t.Errorf("%s became %s", o, got)
		}
	}
	bad := []string{"", "member", "member:x", "member:" + uuid.Nil.String(), "staff:" + uuid.NewString(), ":" + uuid.NewString()}
	var taken []string
	for _, s := range bad {
		if _, ok := billing.ParseOwner(s); ok {
			taken = append(taken, s)
		}
	}
	if diff := cmp.Diff([]string(nil), taken); diff != "" {
		t.Error(diff)
	}
}
