package billing_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

func TestReconcileAfterDaysWithoutWebhooks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		known := func(with string) (uuid.UUID, string) {
			m := s.member()
			sub := s.buy(m, with)
			s.deliver(s.the(completed, sub))
			return m, sub
		}
		lateM, lateSub := known(laterCard)
		endedM, endedSub := known(goodCard)
		deletedM, deletedSub := known(goodCard)
		fineM, fineSub := known(goodCard)
		// From here on nobody tells us anything.
		newM := s.member()
		newSub := s.buy(newM, goodCard)
		s.cancelNow(endedSub)
		s.ok(s.stripe.DeleteCustomer(t.Context(), "k", s.customerOf(deletedM)))
		s.foreign("", "", "")
		strange := s.foreign(s.customerOf(fineM), "", "")
		s.pass(30 * 24 * time.Hour)
		s.pass(2 * time.Hour)

		want := map[billing.Difference]int{
			billing.PaidWithoutAccess: 1, billing.AccessWithoutPayment: 2, billing.StatusDiffered: 1, billing.DetailsDiffered: 1,
			billing.UnknownPrice: 1, billing.CustomerDeleted: 1, billing.BillDiffered: 6,
		}
		s.looksOnly(want)
		// With the subscription nobody knew of come its own two bills.
		want[billing.BillDiffered] = 8
		if _, err := s.office.Reconcile(t.Context(), billing.Repair, nil); fault.Of(err).Kind != fault.Unauthenticated {
			t.Fatalf("a stranger: %v", err)
		}
		checked := 0
		report, err := s.office.Reconcile(owner(t.Context()), billing.Repair, func(n int) { checked = n })
		s.ok(err)
		if diff := cmp.Diff(want, report.Counts); diff != "" || report.Checked != 7 || checked != 7 || report.Foreign != 1 || report.Changed != 5 || report.Clean() {
			t.Errorf("%s %+v", diff, report)
		}
		for _, sub := range []string{lateSub, endedSub, deletedSub, fineSub, newSub} {
			truth := must[stripeapi.Subscription](t)(s.stripe.Subscription(t.Context(), sub))
			if row := s.row(sub); string(row.Status) != string(truth.Status) || !row.CurrentPeriodEnd.Equal(truth.CurrentPeriodEnd) {
				t.Errorf("%s: %+v", sub, row)
			}
		}
		if s.row(strange) != nil {
			t.Error("a foreign price got a row")
		}
		for m, open := range map[uuid.UUID]bool{lateM: true, endedM: false, deletedM: false, fineM: true, newM: true} {
			if s.open(m) != open {
				t.Errorf("open is %v, want %v", !open, open)
			}
		}
		if s.customerOf(deletedM) != "" {
			t.Error("the deleted customer is still there")
		}
		if n := s.number("SELECT COUNT(*) FROM journal WHERE verb = 'subscriptions.compared'"); n != 2 {
			t.Errorf("%d journal rows", n)
		}
		t.Run("again, there is nothing to do", func(t *testing.T) {
			again, err := s.office.Reconcile(owner(t.Context()), billing.Repair, nil)
			s.ok(err)
			if diff := cmp.Diff(map[billing.Difference]int{billing.UnknownPrice: 1}, again.Counts); diff != "" || again.Changed != 0 {
				t.Errorf("%s %+v", diff, again)
			}
		})
		t.Run("late events change nothing any more", func(t *testing.T) {
			before := s.number("SELECT SUM(sync_number) FROM subscriptions")
			for _, sub := range []string{lateSub, endedSub, newSub} {
				s.deliver(about(s.events(), sub)...)
			}
			if n := s.number("SELECT SUM(sync_number) FROM subscriptions"); n != before {
				t.Errorf("%d writes", n-before)
			}
		})
	})
}

// looksOnly makes a dry run and checks that it changed nothing.
func (s *shop) looksOnly(want map[billing.Difference]int) {
	s.t.Helper()
	const state = "SELECT (SELECT COALESCE(SUM(sync_number), 0) FROM subscriptions) * 1000 + (SELECT COUNT(*) FROM customers WHERE deleted_at IS NULL)"
	before := s.number(state)
	report, err := s.office.Reconcile(owner(s.t.Context()), billing.DryRun, nil)
	s.ok(err)
	if diff := cmp.Diff(want, report.Counts); diff != "" || report.Changed != 0 || s.number(state) != before {
		s.t.Errorf("%s %+v", diff, report)
	}
	for _, f := range report.Findings {
		if f.Repaired {
			s.t.Errorf("a dry run says it repaired %+v", f)
		}
	}
}

func TestReconcileReportsWhatItCannotMend(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		first := s.buy(m, goodCard)
		s.deliver(s.the(completed, first))
		plan := must[*billing.Plan](t)(s.office.PlanBySlug(t.Context(), "research"))
		s.call("POST", "/v1/subscriptions", "customer", s.customerOf(m), "items[0][price]", plan.Price(billing.Yearly).StripePriceID, "trial_period_days", "9")
		lost := s.member()
		s.deliver(s.the(completed, s.buy(lost, goodCard)))
		s.ok(s.db.Tx(t.Context(), func(ctx context.Context) error {
			return s.db.Write(ctx).Exec("UPDATE subscriptions SET stripe_id = 'sub_of_the_test_mode' WHERE owner_id = ?", lost).Error
		}))
		report, err := s.office.Reconcile(owner(t.Context()), billing.Repair, nil)
		s.ok(err)
		got := map[billing.Difference]string{}
		for _, f := range report.Findings {
			got[f.Difference] = f.Owner.String()
		}
		lostName, name := billing.OfMember(lost).String(), billing.OfMember(m).String()
		// Stripe's own of the renamed row comes back as paid without access.
		if got[billing.MissingThere] != lostName || report.Counts[billing.PaidWithoutAccess] != 2 || report.Counts[billing.SeveralOpen] != 1 || got[billing.SeveralOpen] != name {
			t.Errorf("%+v", report)
		}
		if s.row("sub_of_the_test_mode").Status != billing.Active || !s.open(lost) {
			t.Error("a key of the wrong account would lock everybody out")
		}
	})
}

func TestReconcileStopsWhenStripeIsAway(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		s.deliver(s.the(completed, s.buy(m, goodCard)))
		s.line.cut()
		report, err := s.office.Reconcile(owner(t.Context()), billing.Repair, nil)
		refused(t, err, "stripe_unavailable")
		if report.Checked != 0 || !s.open(m) {
			t.Errorf("%+v", report)
		}
	})
}

// TestReconcileUnderATestClock: such subscriptions stand in no list.
func TestReconcileUnderATestClock(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		clock := must[stripeapi.TestClock](t)(s.stripe.CreateTestClock(t.Context(), "c", "a year", s.clock.Now()))
		customer := s.call("POST", "/v1/customers", "test_clock", clock.ID)["id"].(string)
		s.addCard(customer)
		plan := must[*billing.Plan](t)(s.office.PlanBySlug(t.Context(), "research"))
		sub := s.call("POST", "/v1/subscriptions", "customer", customer, "items[0][price]", plan.Price(billing.Monthly).StripePriceID,
			"metadata[lighttrends_owner]", "member:"+m.String())["id"].(string)
		must[billing.Outcome](t)(s.office.Sync(t.Context(), sub))
		s.cancelNow(sub)
		report, err := s.office.Reconcile(owner(t.Context()), billing.Repair, nil)
		s.ok(err)
		if report.Counts[billing.AccessWithoutPayment] != 1 || s.open(m) {
			t.Errorf("%+v", report)
		}
	})
}
