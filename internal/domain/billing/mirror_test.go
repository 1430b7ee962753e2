package billing_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// shelf is what Stripe sells, in our words: plan, interval, amount, active.
func (s *shop) shelf() (products int, prices []string) {
	s.t.Helper()
	for p, err := range s.stripe.Products(s.t.Context(), false) {
		s.ok(err)
		products++
		if !p.Active {
			prices = append(prices, "archived product "+p.Name)
		}
		for r, err := range s.stripe.Prices(s.t.Context(), p.ID, false) {
			s.ok(err)
			state := "archived"
			if r.Active {
				state = "active"
			}
			if r.LookupKey != "" {
				state += " found"
			}
			prices = append(prices, strings.Join([]string{p.Name, string(r.Interval), money(r.UnitAmount, r.Currency), state}, " "))
		}
	}
	return products, prices
}

func money(amount int64, currency string) string {
	return strings.TrimLeft(strings.Join([]string{"", itoa(amount), currency}, ""), "0")
}

func itoa(n int64) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

func (s *shop) sells(want ...string) {
	s.t.Helper()
	products, got := s.shelf()
	if diff := cmp.Diff(want, got, cmpopts.SortSlices(func(a, b string) bool { return a < b })); diff != "" || products != 1 {
		s.t.Errorf("%d products: %s", products, diff)
	}
}

func TestMirrorPlans(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		s.sells("Research month 4900eur active found", "Research year 49000eur active found")
		plan := must[*billing.Plan](t)(s.office.PlanBySlug(t.Context(), "research"))
		if !plan.Price(billing.Monthly).Ready() || plan.MirroredVersion != plan.Version {
			t.Fatalf("%+v", plan)
		}
		m := s.member()
		sub := s.buy(m, goodCard)
		s.deliver(s.the(completed, sub))

		t.Run("again, nothing is written", func(t *testing.T) {
			before := len(s.events())
			s.ok(s.office.MirrorPlans(t.Context()))
			if n := len(s.events()); n != before {
				t.Errorf("%d events", n-before)
			}
		})
		t.Run("another amount is another price; who pays the old one keeps it", func(t *testing.T) {
			dearer := research()
			dearer.Prices = []billing.PriceInput{{Interval: billing.Monthly, Amount: 5900, Currency: "eur"}}
			s.sell(dearer)
			s.sells("Research month 4900eur archived", "Research month 5900eur active found", "Research year 49000eur archived found")
			s.ok(s.cancel(m, sub)(s.office))
			if row := s.row(sub); row.Amount != 4900 || !row.PriceID.Valid || !s.open(m) {
				t.Errorf("%+v", row)
			}
		})
		t.Run("back to the old amount takes up the old price", func(t *testing.T) {
			s.sell(research())
			s.sells("Research month 4900eur active found", "Research month 5900eur archived", "Research year 49000eur active found")
			if _, err := s.office.StartCheckout(t.Context(), wish(s.member())); err != nil {
				t.Error(err)
			}
		})
		t.Run("a new name and the archive reach Stripe", func(t *testing.T) {
			in := research()
			in.Name, in.Description, in.Archived = "Notes", "", true
			s.sell(in)
			p := must[*billing.Plan](t)(s.office.PlanBySlug(t.Context(), "research"))
			at, err := s.stripe.Product(t.Context(), p.StripeProductID)
			if err != nil || at.Name != "Notes" || at.Description != "" || at.Active {
				t.Errorf("%+v, %v", at, err)
			}
			s.sell(research())
			s.sells("Research month 4900eur active found", "Research month 5900eur archived", "Research year 49000eur active found")
		})
		t.Run("what was changed at Stripe's desk is noted, and put right on request", func(t *testing.T) {
			name := "Oops"
			p := must[*billing.Plan](t)(s.office.PlanBySlug(t.Context(), "research"))
			s.call("POST", "/v1/products/"+p.StripeProductID, "name", name, "active", "false")
			s.call("POST", "/v1/prices/"+p.Price(billing.Monthly).StripePriceID, "active", "false")
			s.ok(s.office.MirrorPlans(t.Context()))
			if p = must[*billing.Plan](t)(s.office.PlanBySlug(t.Context(), "research")); fields(p.Drift) != "name active price_active" {
				t.Errorf("%+v", p.Drift)
			}
			if p = must[*billing.Plan](t)(s.office.PushPlan(owner(t.Context()), "research")); len(p.Drift) != 0 || p.MirroredVersion != p.Version {
				t.Errorf("%+v", p)
			}
			s.sells("Research month 4900eur active found", "Research month 5900eur archived", "Research year 49000eur active found")
		})
		t.Run("ids Stripe does not know are looked up again", func(t *testing.T) {
			before := must[*billing.Plan](t)(s.office.PlanBySlug(t.Context(), "research"))
			s.ok(s.db.Tx(t.Context(), func(ctx context.Context) error {
				if err := s.db.Write(ctx).Exec("UPDATE plans SET stripe_product_id = 'prod_of_the_test_mode'").Error; err != nil {
					return err
				}
				return s.db.Write(ctx).Exec("UPDATE prices SET stripe_price_id = 'price_of_the_test_mode_' || CAST(id AS TEXT)").Error
			}))
			s.ok(s.office.MirrorPlans(t.Context()))
			after := must[*billing.Plan](t)(s.office.PlanBySlug(t.Context(), "research"))
			if after.StripeProductID != before.StripeProductID || after.Price(billing.Monthly).StripePriceID != before.Price(billing.Monthly).StripePriceID {
				t.Errorf("%+v", after)
			}
			s.sells("Research month 4900eur active found", "Research month 5900eur archived", "Research year 49000eur active found")
		})
	})
}

func TestMirrorTwiceAtOnceAndAfterACrash(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		t.Run("at once", func(t *testing.T) {
			s := setup(t, e)
			must[*billing.Plan](t)(s.office.PutPlan(owner(t.Context()), research()))
			var all sync.WaitGroup
			for range 4 {
				all.Go(func() {
					if err := s.again().MirrorPlans(context.Background()); err != nil && fault.Of(err).Kind != fault.Unavailable {
						t.Error(err)
					}
				})
			}
			all.Wait()
			s.ok(s.office.MirrorPlans(t.Context()))
			s.sells("Research month 4900eur active found", "Research year 49000eur active found")
		})
		for n, step := range []string{"the product", "the first price", "the second price"} {
			t.Run("an answer lost at "+step, func(t *testing.T) {
				s := setup(t, e)
				must[*billing.Plan](t)(s.office.PutPlan(owner(t.Context()), research()))
				lost := s.loseAnswer(n)
				if err := s.office.MirrorPlans(t.Context()); !lost() || fault.Of(err).Kind != fault.Unavailable {
					t.Fatal(err)
				}
				s.ok(s.again().MirrorPlans(t.Context()))
				s.sells("Research month 4900eur active found", "Research year 49000eur active found")
			})
		}
		t.Run("a change while it works is mirrored too", func(t *testing.T) {
			s := setup(t, e)
			must[*billing.Plan](t)(s.office.PutPlan(owner(t.Context()), research()))
			var once sync.Once
			s.line.hook(nil, func(r *http.Request) {
				if r.Method == "POST" && r.URL.Path == "/v1/prices" {
					once.Do(func() {
						in := research()
						in.Name, in.Prices[0].Amount = "Changed", 5900
						if _, err := s.office.PutPlan(owner(context.Background()), in); err != nil {
							t.Error(err)
						}
					})
				}
			})
			s.ok(s.office.MirrorPlans(t.Context()))
			s.line.mend()
			s.sells("Changed month 4900eur archived", "Changed month 5900eur active found", "Changed year 49000eur active found")
		})
		t.Run("a plan that Stripe refuses does not hold up the others", func(t *testing.T) {
			s := setup(t, e)
			other := research()
			other.Slug, other.Position = "other", 1
			for _, in := range []billing.PlanInput{research(), other} {
				must[*billing.Plan](t)(s.office.PutPlan(owner(t.Context()), in))
			}
			var once sync.Once
			s.line.hook(func(w http.ResponseWriter, r *http.Request) (answered bool) {
				if r.Method == http.MethodPost && r.URL.Path == "/v1/products" {
					once.Do(func() {
						answered = true
						w.WriteHeader(http.StatusBadRequest)
						_, _ = w.Write([]byte(`{"error": {"type": "invalid_request_error", "message": "no"}}`))
					})
				}
				return answered
			}, nil)
			refused(t, s.office.MirrorPlans(t.Context()), "stripe_invalid_request")
			for slug, ready := range map[string]bool{"research": false, "other": true} {
				if p := must[*billing.Plan](t)(s.office.PlanBySlug(t.Context(), slug)); p.Price(billing.Monthly).Ready() != ready {
					t.Errorf("%s is ready: %v", slug, !ready)
				}
			}
		})
	})
}
