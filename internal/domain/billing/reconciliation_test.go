package billing_test

import (
	"context"
	"testing"
	"time"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func TestOneComparisonRunsAtATime(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		s.buy(s.member(), goodCard)
		asked := must[*billing.Reconciliation](t)(s.office.AskReconcile(owner(t.Context()), billing.Repair))
		_, err := s.office.AskReconcile(owner(t.Context()), billing.DryRun)
		refused(t, err, "reconciliation_running")
		_, err = s.office.Reconcile(owner(t.Context()), billing.DryRun, nil)
		refused(t, err, "reconciliation_running")

		s.ok(s.office.Compare(t.Context(), asked.ID))
		s.ok(s.office.Compare(t.Context(), asked.ID)) // as a job that comes again
		run := must[*billing.Reconciliation](t)(s.office.Reconciliation(owner(t.Context()), asked.ID))
		if run.State != billing.RunDone || run.Checked != 1 || run.Changed != 1 || len(run.Findings) != 2 || run.Findings[1].Difference != billing.BillDiffered || run.EndedAt == nil {
			t.Fatalf("%+v", run)
		}
		if f := run.Findings[0]; f.Difference != billing.PaidWithoutAccess || !f.Repaired || f.OwnerID.UUID == [16]byte{} || f.IsNow != "active" {
			t.Errorf("%+v", f)
		}
		if n := s.number("SELECT COUNT(*) FROM journal WHERE verb = 'subscriptions.compared'"); n != 1 {
			t.Errorf("%d journal rows", n)
		}
		again := must[billing.Report](t)(s.office.Reconcile(owner(t.Context()), billing.DryRun, nil))
		if len(again.Findings) != 0 || !again.Clean() {
			t.Errorf("the list is not empty after a repair: %+v", again)
		}
	})
}

// TestAnInterruptedComparisonMakesRoom: a killed process leaves its row.
func TestAnInterruptedComparisonMakesRoom(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		dead := must[*billing.Reconciliation](t)(s.office.AskReconcile(owner(t.Context()), billing.Repair))
		s.clock.Advance(9 * time.Minute)
		_, err := s.office.AskReconcile(owner(t.Context()), billing.Repair)
		refused(t, err, "reconciliation_running")
		s.clock.Advance(2 * time.Minute)
		must[*billing.Reconciliation](t)(s.office.AskReconcile(owner(t.Context()), billing.Repair))
		run := must[*billing.Reconciliation](t)(s.office.Reconciliation(owner(t.Context()), dead.ID))
		if run.State != billing.RunFailed || run.Error != "interrupted" {
			t.Errorf("%+v", run)
		}
	})
}

func TestAFailedComparisonSaysSo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.line.cut()
		_, err := s.office.Reconcile(owner(t.Context()), billing.Repair, nil)
		refused(t, err, "stripe_unavailable")
		runs := must[[]billing.Reconciliation](t)(s.office.Reconciliations(owner(t.Context()), 10))
		if len(runs) != 1 || runs[0].State != billing.RunFailed || runs[0].Error != "stripe_unavailable" || runs[0].Slot != nil {
			t.Errorf("%+v", runs)
		}
	})
}

func TestOnlyTheRightPeopleCompare(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		run := must[*billing.Reconciliation](t)(s.office.AskReconcile(owner(t.Context()), billing.DryRun))
		for name, do := range map[string]func(context.Context) error{
			"ask":  func(ctx context.Context) error { _, err := s.office.AskReconcile(ctx, billing.Repair); return err },
			"list": func(ctx context.Context) error { _, err := s.office.Reconciliations(ctx, 10); return err },
			"read": func(ctx context.Context) error { _, err := s.office.Reconciliation(ctx, run.ID); return err },
		} {
			if err := do(t.Context()); fault.Of(err).Kind != fault.Unauthenticated {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err := s.office.AskReconcile(owner(t.Context()), "mend")
		refused(t, err, "unknown_mode")
	})
}
