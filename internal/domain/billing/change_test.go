package billing_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
)

// insights is a dearer plan.
func insights() billing.PlanInput {
	return billing.PlanInput{
		Slug: "insights", Name: "Insights", Visible: true,
		Prices: []billing.PriceInput{{Interval: billing.Monthly, Amount: 9900, Currency: "eur"}, {Interval: billing.Yearly, Amount: 99000, Currency: "eur"}},
	}
}

// subscriber is a member with a subscription the mirror knows, in the middle of
// the first of its months.
func (s *shop) subscriber(with string) (member uuid.UUID, sub *billing.Subscription) {
	s.t.Helper()
	m := s.member()
	id := s.buy(m, with)
	s.deliver(s.the(completed, id))
	s.pass(15 * 24 * time.Hour)
	return m, s.row(id)
}

func (s *shop) preview(in billing.ChangeInput) *billing.Preview {
	s.t.Helper()
	return must[*billing.Preview](s.t)(s.office.PreviewChange(s.t.Context(), in))
}

// bills lists what Stripe charged a customer for, oldest first.
func (s *shop) bills(customer string) (paid []int64) {
	s.t.Helper()
	all := s.call(http.MethodGet, "/v1/invoices", "customer", customer, "limit", "100")["data"].([]any)
	for i := len(all) - 1; i >= 0; i-- {
		paid = append(paid, int64(all[i].(map[string]any)["amount_paid"].(float64)))
	}
	return paid
}

func TestAChangeCostsWhatThePreviewSaid(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell(research(), insights())
		for name, c := range map[string]struct {
			in     billing.ChangeInput
			due    int64
			credit int64
			next   int64
			plan   string
		}{
			"to a dearer plan":        {in: billing.ChangeInput{Plan: "insights"}, due: 2500, next: 9900, plan: "insights"},
			"to the year":             {in: billing.ChangeInput{Interval: billing.Yearly}, due: 49000 - 2450, next: 49000, plan: "research"},
			"to a year of the dearer": {in: billing.ChangeInput{Plan: "insights", Interval: billing.Yearly}, due: 99000 - 2450, next: 99000, plan: "insights"},
		} {
			t.Run(name, func(t *testing.T) {
				m, sub := s.subscriber(goodCard)
				c.in.Member, c.in.Subscription = m, sub.ID
				p := s.preview(c.in)
				if p.Due != c.due || p.Credit != c.credit || p.NextAmount != c.next || p.Plan.Slug != c.plan || p.Same || len(p.Lines) == 0 {
					t.Fatalf("%+v", p)
				}
				s.clock.Advance(10 * time.Minute) // thought over
				c.in.At, c.in.Due = p.At, p.Due
				for range 2 {
					got := must[*billing.Subscription](t)(s.office.Change(t.Context(), c.in))
					if got.Amount != c.next || got.Status != billing.Active || got.CurrentPeriodEnd.Sub(p.NextAt) > 10*time.Minute || p.NextAt.After(*got.CurrentPeriodEnd) {
						t.Fatalf("%+v, next %v", got, p.NextAt)
					}
				}
				if diff := cmp.Diff([]int64{4900, c.due}, s.bills(sub.StripeCustomerID)); diff != "" {
					t.Error(diff)
				}
				if diff := cmp.Diff([]string{"started", "changed"}, s.verbs(sub.StripeID)); diff != "" {
					t.Error(diff)
				}
				if n := s.number("SELECT COUNT(*) FROM errands WHERE subscription_id = ? AND state = 'done'", sub.ID); n != 1 {
					t.Errorf("%d errands", n)
				}
				// And the bill is in the mirror, by its events.
				s.deliver(s.the(paid, s.row(sub.StripeID).InvoiceID))
				if b := must[billing.Bills](t)(s.office.Bills(owner(t.Context()), m, uuid.Nil)); len(b.Items) != 1 || b.Items[0].Paid != c.due {
					t.Errorf("%+v", b)
				}
			})
		}
		t.Run("to a cheaper plan, which leaves credit", func(t *testing.T) {
			m, sub := s.subscriber(goodCard)
			up := billing.ChangeInput{Member: m, Subscription: sub.ID, Plan: "insights"}
			p := s.preview(up)
			up.At, up.Due = p.At, p.Due
			must[*billing.Subscription](t)(s.office.Change(t.Context(), up))
			s.clock.Advance(time.Hour)
			down := billing.ChangeInput{Member: m, Subscription: sub.ID, Plan: "research"}
			p = s.preview(down)
			if p.Due != 0 || p.Credit < 2300 || p.Credit > 2700 || p.NextAmount != 4900 {
				t.Fatalf("%+v", p)
			}
			down.At, down.Due = p.At, p.Due
			got := must[*billing.Subscription](t)(s.office.Change(t.Context(), down))
			if got.Amount != 4900 {
				t.Errorf("%+v", got)
			}
			// What the page says of the next bill is after the credit.
			a := must[*billing.Account](t)(s.office.Account(t.Context(), m))
			if next := a.Current().Next; next.Amount != 4900-p.Credit {
				t.Errorf("next %+v, credit %d", next, p.Credit)
			}
		})
	})
}

func TestAChangeIsRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		dollars := insights()
		dollars.Slug, dollars.Prices = "dollars", []billing.PriceInput{{Interval: billing.Monthly, Amount: 5000, Currency: "usd"}}
		s.sell(research(), insights(), dollars)
		m, sub := s.subscriber(goodCard)
		in := billing.ChangeInput{Member: m, Subscription: sub.ID, Plan: "insights"}
		p := s.preview(in)
		good := in
		good.At, good.Due = p.At, p.Due
		for name, c := range map[string]struct {
			change func(*billing.ChangeInput)
			code   string
		}{
			"somebody else's":          {func(in *billing.ChangeInput) { in.Member = s.member() }, "subscription_not_found"},
			"an unknown plan":          {func(in *billing.ChangeInput) { in.Plan = "none" }, "plan_not_found"},
			"another currency":         {func(in *billing.ChangeInput) { in.Plan = "dollars" }, "other_currency"},
			"an unknown interval":      {func(in *billing.ChangeInput) { in.Interval = "week" }, "interval_not_sold"},
			"more seats than are sold": {func(in *billing.ChangeInput) { in.Quantity = 2 }, "quantity_fixed"},
			"no seats":                 {func(in *billing.ChangeInput) { in.Quantity = -1 }, "bad_quantity"},
			"without a preview":        {func(in *billing.ChangeInput) { in.At = time.Time{} }, "preview_expired"},
			"for a moment to come":     {func(in *billing.ChangeInput) { in.At = in.At.Add(24 * time.Hour) }, "preview_expired"},
			"for another amount":       {func(in *billing.ChangeInput) { in.Due = 1 }, "amount_changed"},
			"as of last week":          {func(in *billing.ChangeInput) { in.At = in.At.Add(-7 * 24 * time.Hour) }, "preview_expired"},
		} {
			in := good
			c.change(&in)
			_, err := s.office.Change(t.Context(), in)
			if t.Run(name, func(t *testing.T) { refused(t, err, c.code) }); t.Failed() {
				t.Log(in)
			}
		}
		if diff := cmp.Diff([]int64{4900}, s.bills(sub.StripeCustomerID)); diff != "" {
			t.Error(diff)
		}
		t.Run("when it is cancelled", func(t *testing.T) {
			must[*billing.Subscription](t)(s.office.Cancel(t.Context(), m, sub.ID, billing.Leaving{}))
			_, err := s.office.PreviewChange(t.Context(), in)
			refused(t, err, "cannot_change")
			must[*billing.Subscription](t)(s.office.Resume(t.Context(), m, sub.ID))
		})
		t.Run("by the bank, and nothing changes", func(t *testing.T) {
			m, sub := s.subscriber(laterCard)
			in := billing.ChangeInput{Member: m, Subscription: sub.ID, Plan: "insights"}
			p := s.preview(in)
			in.At, in.Due = p.At, p.Due
			_, err := s.office.Change(t.Context(), in)
			refused(t, err, "card_declined")
			if got := s.row(sub.StripeID); got.Amount != 4900 || got.Status != billing.Active {
				t.Errorf("%+v", got)
			}
			if n := s.number("SELECT COUNT(*) FROM errands WHERE state = 'refused' AND error = 'card_declined'"); n != 1 {
				t.Errorf("%d refused errands", n)
			}
		})
	})
}

// TestAChangeIsChargedOnce sends the same wish many times at once, and again
// after its answer was lost.
func TestAChangeIsChargedOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell(research(), insights())
		wish := func(m uuid.UUID, sub *billing.Subscription) billing.ChangeInput {
			in := billing.ChangeInput{Member: m, Subscription: sub.ID, Plan: "insights"}
			p := s.preview(in)
			in.At, in.Due = p.At, p.Due
			return in
		}
		t.Run("at the same time", func(t *testing.T) {
			m, sub := s.subscriber(goodCard)
			in := wish(m, sub)
			var all sync.WaitGroup
			for range 8 {
				all.Go(func() {
					if _, err := s.again().Change(t.Context(), in); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			if diff := cmp.Diff([]int64{4900, in.Due}, s.bills(sub.StripeCustomerID)); diff != "" {
				t.Error(diff)
			}
		})
		t.Run("after the answer was lost", func(t *testing.T) {
			m, sub := s.subscriber(goodCard)
			in := wish(m, sub)
			var keys []string
			lost := false
			s.line.hook(nil, func(r *http.Request) {
				if r.Method == http.MethodPost && r.URL.Path == "/v1/subscriptions/"+sub.StripeID {
					if keys = append(keys, r.Header.Get("Idempotency-Key")); !lost {
						lost = true
						panic(http.ErrAbortHandler) // done, and nobody hears of it
					}
				}
			})
			defer s.line.mend()
			must[*billing.Subscription](t)(s.again().Change(t.Context(), in))
			if !lost || len(keys) < 2 || keys[0] != keys[1] {
				t.Errorf("keys %v", keys)
			}
			if diff := cmp.Diff([]int64{4900, in.Due}, s.bills(sub.StripeCustomerID)); diff != "" {
				t.Error(diff)
			}
		})
	})
}
