package billing_test

import (
	"strings"
	"testing"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/stripeapi"
)

func fields(all []billing.Drift) string {
	names := make([]string, len(all))
	for i, d := range all {
		names[i] = d.Field
	}
	return strings.Join(names, " ")
}

func TestDriftIsShownAndSettled(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		ctx := owner(t.Context())
		plan := must[*billing.Plan](t)(s.office.PlanBySlug(ctx, "research"))
		month := plan.Price(billing.Monthly).StripePriceID

		t.Run("nothing is made up", func(t *testing.T) {
			if p := must[*billing.Plan](t)(s.office.ComparePlan(ctx, "research")); len(p.Drift) != 0 || p.LookedAt == nil {
				t.Errorf("%+v", p)
			}
		})
		t.Run("what is otherwise at Stripe is named and left alone", func(t *testing.T) {
			s.call("POST", "/v1/products/"+plan.StripeProductID, "name", "Renamed there", "description", "Other words")
			s.call("POST", "/v1/prices/"+month, "active", "false")
			s.call("POST", "/v1/prices", "product", plan.StripeProductID, "currency", "eur", "unit_amount", "5500", "recurring[interval]", "month")
			s.ok(s.office.MirrorPlans(ctx))
			p := must[*billing.Plan](t)(s.office.ComparePlan(ctx, "research"))
			if got := fields(p.Drift); got != "name description price_active price_new" {
				t.Fatalf("%s: %+v", got, p.Drift)
			}
			if d := p.Drift[0]; d.Ours != "Research" || d.Stripes != "Renamed there" || d.At.IsZero() {
				t.Errorf("%+v", d)
			}
			if d := p.Drift[3]; d.Stripes != "5500" || d.Interval != billing.Monthly || d.Currency != "eur" {
				t.Errorf("%+v", d)
			}
			if at := must[stripeapi.Product](t)(s.stripe.Product(ctx, plan.StripeProductID)); at.Name != "Renamed there" {
				t.Error("it was put right without being asked")
			}
		})
		t.Run("taking Stripe's changes the plan here, and its price", func(t *testing.T) {
			p := must[*billing.Plan](t)(s.office.TakePlan(ctx, "research"))
			if p.Name != "Renamed there" || p.Description != "Other words" || p.Price(billing.Monthly).Amount != 5500 || p.Price(billing.Yearly).Amount != 49000 || len(p.Drift) != 0 {
				t.Errorf("%+v", p)
			}
			if again := must[*billing.Plan](t)(s.office.ComparePlan(ctx, "research")); len(again.Drift) != 0 {
				t.Errorf("%+v", again.Drift)
			}
			m := s.member()
			if session := s.pay(s.start(m, "research", billing.Monthly), goodCard); session == "" {
				t.Error("the price that was made there cannot be bought")
			}
		})
		t.Run("a plan that was switched off there can be pushed again", func(t *testing.T) {
			s.call("POST", "/v1/products/"+plan.StripeProductID, "active", "false")
			if p := must[*billing.Plan](t)(s.office.ComparePlan(ctx, "research")); fields(p.Drift) != "active" {
				t.Errorf("%+v", p.Drift)
			}
			must[*billing.Plan](t)(s.office.PushPlan(ctx, "research"))
			if at := must[stripeapi.Product](t)(s.stripe.Product(ctx, plan.StripeProductID)); !at.Active {
				t.Error("still off")
			}
		})
		t.Run("not by everybody", func(t *testing.T) {
			for name, do := range map[string]func() error{
				"compare": func() error { _, err := s.office.ComparePlan(t.Context(), "research"); return err },
				"push":    func() error { _, err := s.office.PushPlan(t.Context(), "research"); return err },
				"take":    func() error { _, err := s.office.TakePlan(t.Context(), "research"); return err },
				"order":   func() error { return s.office.OrderPlans(t.Context(), nil) },
			} {
				if err := do(); err == nil {
					t.Error(name)
				}
			}
		})
	})
}

func TestPlansAreOrdered(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		for _, slug := range []string{"a", "b", "c"} {
			must[*billing.Plan](t)(s.office.PutPlan(owner(t.Context()), billing.PlanInput{Slug: slug, Name: slug, Visible: true}))
		}
		s.ok(s.office.OrderPlans(owner(t.Context()), []string{"c", "a"}))
		got := ""
		for _, p := range must[[]*billing.Plan](t)(s.office.Plans(t.Context())) {
			got += p.Slug
		}
		if got != "cab" {
			t.Errorf("the page shows %s", got)
		}
	})
}
