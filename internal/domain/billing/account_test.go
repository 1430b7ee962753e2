package billing_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func TestAccount(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		account := func(m uuid.UUID) *billing.Account {
			t.Helper()
			return must[*billing.Account](t)(s.office.Account(t.Context(), m))
		}
		t.Run("of somebody who bought nothing", func(t *testing.T) {
			calls := s.line.calls.Load()
			a := account(s.member())
			if a.Current() != nil || a.Portal || a.Away || s.line.calls.Load() != calls {
				t.Errorf("%+v", a)
			}
		})
		t.Run("of a subscriber", func(t *testing.T) {
			m := s.member()
			sub := s.buy(m, goodCard)
			s.deliver(s.the(completed, sub))
			a := account(m)
			h := a.Current()
			want := &billing.Charge{At: time.Date(2026, 4, 30, 10, 0, 0, 0, time.UTC), Amount: 4900, Currency: "eur"}
			if diff := cmp.Diff(want, h.Next); diff != "" || h.Plan.Slug != "research" || h.Ends != nil || h.Trouble != nil || !a.Portal || h.CardLast4 != "4242" {
				t.Errorf("%s %+v", diff, h)
			}
			if len(a.Bills.Items) != 1 || a.Away || a.Bills.Items[0].Status != "paid" || a.Bills.Items[0].Total != 4900 || a.Bills.Items[0].Number == "" ||
				a.Bills.Items[0].PDFURL == "" || a.Bills.Items[0].ReceiptURL == "" {
				t.Errorf("%+v", a.Bills)
			}
			s.ok(s.cancel(m, sub)(s.office))
			if h := account(m).Current(); h.Next != nil || h.Ends == nil || !h.Ends.Equal(want.At) {
				t.Errorf("canceling: %+v", h)
			}
			s.ok(s.keep(m, sub)(s.office))
			if h := account(m).Current(); h.Next == nil || h.Ends != nil {
				t.Errorf("kept: %+v", h)
			}
			t.Run("with Stripe away it is there, from the mirror", func(t *testing.T) {
				s.line.cut()
				defer s.line.mend()
				a := account(m)
				if !a.Away || len(a.Bills.Items) != 1 || a.Current().Next == nil || !a.Current().Next.Estimated || a.Current().Next.Amount != 4900 {
					t.Errorf("%+v", a)
				}
			})
			t.Run("with Stripe silent it does not wait long", func(t *testing.T) {
				hang := make(chan struct{})
				s.line.hook(func(_ http.ResponseWriter, r *http.Request) bool {
					select {
					case <-r.Context().Done():
					case <-hang:
					}
					return true
				}, nil)
				defer s.line.mend()
				defer close(hang)
				ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
				defer stop()
				a, err := s.office.Account(ctx, m)
				if err != nil || ctx.Err() != nil || !a.Away || a.Current() == nil {
					t.Errorf("%+v, %v", a, err)
				}
			})
		})
		t.Run("a discount is in the next amount", func(t *testing.T) {
			m := s.member()
			sub := s.buy(m, goodCard)
			s.deliver(s.the(completed, sub))
			coupon := s.call(http.MethodPost, "/v1/coupons", "percent_off", "50", "duration", "forever")["id"].(string)
			s.call(http.MethodPost, "/v1/subscriptions/"+sub, "coupon", coupon)
			if next := account(m).Current().Next; next.Amount != 2450 || next.Estimated {
				t.Errorf("%+v", next)
			}
		})
		t.Run("of somebody with two, the open one first", func(t *testing.T) {
			m := s.member()
			first := s.buy(m, goodCard)
			s.deliver(s.the(completed, first))
			s.cancelNow(first)
			s.clock.Advance(time.Hour)
			second := s.buy(m, goodCard)
			s.deliver(s.the(deleted, first), s.the(completed, second))
			a := account(m)
			if len(a.Holdings) != 2 || a.Holdings[0].StripeID != second || a.Holdings[1].Ends == nil || len(a.Bills.Items) != 2 {
				t.Errorf("%+v", a)
			}
		})
	})
}

func TestAccountInTrouble(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.office = s.again(func(d *billing.Deps) { d.GraceDays = 7 })
		s.sell()
		trouble := func(m uuid.UUID) *billing.Trouble {
			t.Helper()
			return must[*billing.Account](t)(s.office.Account(t.Context(), m)).Current().Trouble
		}
		slow := s.member()
		s.deliver(s.the(completed, s.buy(slow, slowBank)))
		if got := trouble(slow); got == nil || got.Kind != billing.PaymentPending {
			t.Errorf("a debit on its way: %+v", got)
		}
		trial := s.member()
		paused := onTrial(s, trial)
		m := s.member()
		late(s, m)
		until := time.Date(2026, 5, 7, 10, 0, 0, 0, time.UTC)
		got := trouble(m)
		if got == nil || got.Kind != billing.PaymentFailed || got.Due != 4900 || got.Currency != "eur" || got.Until == nil || !got.Until.Equal(until) {
			t.Fatalf("a failed renewal: %+v", got)
		}
		res, err := http.Get(got.PayURL)
		s.ok(err)
		_ = res.Body.Close()
		if res.StatusCode != http.StatusOK || !strings.Contains(got.PayURL, "/invoice/") {
			t.Errorf("%s answers %d", got.PayURL, res.StatusCode)
		}
		s.deliver(s.the("customer.subscription.paused", paused))
		if got := trouble(trial); got == nil || got.Kind != billing.MethodMissing || got.PayURL != "" {
			t.Errorf("a paused trial: %+v", got)
		}
	})
}

func TestOnlyTheOwnerCancels(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m, other := s.member(), s.member()
		sub := s.buy(m, goodCard)
		s.deliver(s.the(completed, sub))
		id := s.row(sub).ID
		calls := s.line.calls.Load()
		for _, who := range []uuid.UUID{other, uuid.Nil} {
			cancel := func(ctx context.Context, m, sub uuid.UUID) (*billing.Subscription, error) {
				return s.office.Cancel(ctx, m, sub, billing.Leaving{})
			}
			for _, verb := range []func(context.Context, uuid.UUID, uuid.UUID) (*billing.Subscription, error){cancel, s.office.Keep, s.office.Resume} {
				_, err := verb(t.Context(), who, id)
				refused(t, err, "subscription_not_found")
			}
		}
		_, err := s.office.Cancel(t.Context(), m, db.NewID(), billing.Leaving{})
		refused(t, err, "subscription_not_found")
		if s.line.calls.Load() != calls || s.row(sub).Ending() {
			t.Fatal("somebody else touched it")
		}
		for range 2 {
			if got := must[*billing.Subscription](t)(s.office.Cancel(t.Context(), m, id, billing.Leaving{})); !got.Ending() {
				t.Error("not canceling")
			}
		}
		if diff := cmp.Diff([]string{"started", "canceling"}, s.verbs(sub)); diff != "" {
			t.Error(diff)
		}
		t.Run("when it has ended without our knowing", func(t *testing.T) {
			s.cancelNow(sub)
			_, err := s.office.Keep(t.Context(), m, id)
			refused(t, err, "subscription_ended")
			if s.open(m) {
				t.Error("open")
			}
			_, err = s.office.Cancel(t.Context(), m, id, billing.Leaving{})
			refused(t, err, "subscription_ended")
		})
	})
}

func TestEndAll(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m, other := s.member(), s.member()
		s.buy(other, goodCard)
		sub := s.buy(m, goodCard) // nobody told us
		as := func(id uuid.UUID) context.Context {
			return actor.With(t.Context(), actor.Actor{Kind: actor.Member, ID: id})
		}
		if err := s.office.EndAll(as(other), m); fault.Of(err).Kind != fault.Forbidden {
			t.Errorf("somebody else: %v", err)
		}
		if _, err := s.office.Holdings(as(other), m); fault.Of(err).Kind != fault.Forbidden {
			t.Errorf("somebody else looks: %v", err)
		}
		for range 2 {
			s.ok(s.office.EndAll(as(m), m))
		}
		if got := must[[]billing.Holding](t)(s.office.Holdings(as(m), m)); len(got) != 1 || got[0].StripeID != sub || got[0].Status != billing.Canceled {
			t.Errorf("%+v", got)
		}
		page := s.start(m, "research", billing.Monthly)
		s.ok(s.office.EndAll(owner(t.Context()), m))
		if s.pay(page, goodCard) != "" {
			t.Error("something was bought afterwards")
		}
	})
}
