package billing_test

import (
	"net/http"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
)

func TestWhoseAndWhichPlan(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell(research(), billing.PlanInput{Slug: "data", Name: "Data", Prices: []billing.PriceInput{{Interval: billing.Monthly, Amount: 900, Currency: "eur"}}})
		plan := must[*billing.Plan](t)(s.office.PlanBySlug(t.Context(), "research"))
		sync := func(sub string) string {
			return must[billing.Outcome](t)(s.office.Sync(t.Context(), sub)).Ignored
		}

		t.Run("an unknown price of our product is its plan", func(t *testing.T) {
			m := s.member()
			s.start(m, "research", billing.Monthly)
			sub := s.foreign(s.customerOf(m), plan.StripeProductID, "")
			if why := sync(sub); why != "" || !s.open(m) {
				t.Fatalf("ignored for %q", why)
			}
			if row := s.row(sub); row.PriceID.Valid || row.Amount != 700 {
				t.Errorf("%+v", row)
			}
			if d := s.decide(m, access.Gate{Kind: access.Plans, Plans: []string{"research"}}); !d.Full() {
				t.Errorf("denied: %s", d.Reason())
			}
			if d := s.decide(m, access.Gate{Kind: access.Plans, Plans: []string{"data"}}); d.Full() {
				t.Error("it opened another plan")
			}
		})
		t.Run("metadata finds the member of an unknown customer", func(t *testing.T) {
			m := s.member()
			sub := s.foreign("", plan.StripeProductID, "member:"+m.String())
			if why := sync(sub); why != "" || !s.open(m) || s.customerOf(m) == "" {
				t.Errorf("ignored for %q, customer %q", why, s.customerOf(m))
			}
		})
		t.Run("metadata of nobody is ignored", func(t *testing.T) {
			for owner, want := range map[string]string{
				"member:" + uuid.NewString(): billing.ReasonUnknownOwner, "member:": billing.ReasonForeign, "member:" + uuid.Nil.String(): billing.ReasonForeign,
				"staff:" + uuid.NewString(): billing.ReasonForeign, "organization:" + uuid.NewString(): billing.ReasonForeign, "x": billing.ReasonForeign,
			} {
				if why := sync(s.foreign("", plan.StripeProductID, owner)); why != want {
					t.Errorf("%s: ignored for %q, want %q", owner, why, want)
				}
			}
		})
		t.Run("a move to a foreign price keeps the plan, and its end still counts", func(t *testing.T) {
			m := s.member()
			sub := s.buy(m, goodCard)
			sync(sub)
			other := s.call(http.MethodPost, "/v1/products", "name", "Umbrellas")["id"].(string)
			price := s.call(http.MethodPost, "/v1/prices", "product", other, "currency", "eur", "unit_amount", "700", "recurring[interval]", "month")["id"].(string)
			item := s.call(http.MethodGet, "/v1/subscriptions/"+sub)["items"].(map[string]any)["data"].([]any)[0].(map[string]any)["id"].(string)
			s.call(http.MethodPost, "/v1/subscriptions/"+sub, "items[0][id]", item, "items[0][price]", price)
			if sync(sub); !s.open(m) || s.row(sub).StripePriceID != price {
				t.Error("a slip at Stripe's desk locked the member out")
			}
			s.cancelNow(sub)
			if sync(sub); s.open(m) {
				t.Error("open after its end")
			}
		})
		t.Run("a deleted member is no trouble", func(t *testing.T) {
			m := s.member()
			sub := s.buy(m, goodCard)
			gone := s.again(func(d *billing.Deps) { d.Members = goneMembers{} })
			must[billing.Outcome](t)(gone.Sync(t.Context(), sub))
			if s.row(sub).Status != billing.Active {
				t.Error("not mirrored")
			}
		})
	})
}
