package billing_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
)

func TestClosingAnAccount(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m, sub := s.subscriber(goodCard)
		refused(t, s.office.CloseAccount(owner(t.Context()), m, "someday"), "unknown_ending")
		if err := s.office.CloseAccount(t.Context(), m, billing.EndAfterPeriod); err == nil {
			t.Error("a stranger closed it")
		}
		for range 2 {
			s.ok(s.office.CloseAccount(owner(t.Context()), m, billing.EndAfterPeriod))
		}
		if got := s.row(sub.StripeID); !got.Ending() || got.Status != billing.Active {
			t.Errorf("%+v", got)
		}
		s.deliver(s.the(paid, sub.InvoiceID))
		s.ok(s.office.CloseAccount(owner(t.Context()), m, billing.EndNow))
		if got := s.row(sub.StripeID); got.Status != billing.Canceled {
			t.Errorf("%+v", got)
		}
		late, trouble := s.subscriber(goodCard)
		s.deliver(s.the(paid, trouble.InvoiceID))
		bills := func(m uuid.UUID) int {
			t.Helper()
			return len(must[billing.Bills](t)(s.office.Bills(owner(t.Context()), m, uuid.Nil)).Items)
		}
		// Bills of who was deleted stay as billed, until the law lets them go.
		s.members.mu.Lock()
		delete(s.members.payers, m)
		s.members.mu.Unlock()
		must[billing.Policy](t)(s.office.ChangePolicy(owner(t.Context()), func(p *billing.Policy) { p.RetentionYears = 1 }))
		for _, c := range []struct {
			after time.Duration
			left  int
		}{{300 * 24 * time.Hour, 1}, {90 * 24 * time.Hour, 0}} {
			s.clock.Advance(c.after)
			must[int64](t)(s.office.PurgeBills(t.Context()))
			if bills(m) != c.left || bills(late) != 1 {
				t.Errorf("%d bills of the deleted, %d of the other", bills(m), bills(late))
			}
		}
	})
}

func TestNothingIsChargedToWhoIsAboutToBeDeleted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m, sub := s.subscriber(goodCard)
		s.ok(s.office.CloseAccount(owner(t.Context()), m, billing.EndAfterPeriod))
		s.members.goes = m
		for name, verb := range map[string]func(context.Context) error{
			"Keep":   func(ctx context.Context) error { _, err := s.office.Keep(ctx, m, sub.ID); return err },
			"Resume": func(ctx context.Context) error { _, err := s.office.Resume(ctx, m, sub.ID); return err },
			"Change": func(ctx context.Context) error {
				_, err := s.office.Change(ctx, billing.ChangeInput{Member: m, Subscription: sub.ID, Interval: billing.Yearly})
				return err
			},
			"ApplyRetentionOffer": func(ctx context.Context) error {
				_, err := s.office.ApplyRetentionOffer(owner(ctx), m, sub.ID, "STAY")
				return err
			},
			"BuyNote": func(ctx context.Context) error {
				_, err := s.office.BuyNote(ctx, billing.BuyNoteInput{Member: m, Note: uuid.New(), Title: "Film"})
				return err
			},
			"StartCheckout": func(ctx context.Context) error {
				_, err := s.office.StartCheckout(ctx, billing.CheckoutInput{Member: m, PlanSlug: "research", Interval: billing.Monthly})
				return err
			},
		} {
			t.Run(name, func(t *testing.T) { refused(t, verb(t.Context()), "leaving") })
		}
		if !s.row(sub.StripeID).Ending() {
			t.Error("it goes on")
		}
	})
}
