package billing_test

import (
	"testing"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/stripeapi"
)

// team is sold by the seat, in bands and in two currencies.
func team() billing.PlanInput {
	bands := []billing.Band{{UpTo: 10, Unit: 5000}, {UpTo: 50, Unit: 4000}, {Unit: 3000, Flat: 1000}}
	return billing.PlanInput{
		Slug: "team", Name: "Team", Visible: true, Seats: billing.Seats{Kind: billing.SeatsByQuantity, From: 3, To: 100},
		Prices: []billing.PriceInput{
			{Interval: billing.Monthly, Currency: "eur", Bands: bands}, {Interval: billing.Monthly, Currency: "usd", Bands: bands, Volume: true},
			{Interval: billing.PaidOnce, Months: 6, Amount: 20000, Currency: "eur"}, {Interval: billing.PaidOnce, Months: 3, Amount: 11000, Currency: "eur"},
		},
	}
}

func TestBandsAreWhatStripeCharges(t *testing.T) {
	t.Parallel()
	bands := team().Prices[0].Bands
	for quantity, want := range map[int64][2]int64{1: {5000, 5000}, 10: {50000, 50000}, 11: {54000, 44000}, 50: {210000, 200000}, 60: {241000, 181000}} {
		graduated, volume := billing.Price{Bands: bands}, billing.Price{Bands: bands, Volume: true}
		if got := [2]int64{graduated.Cost(quantity), volume.Cost(quantity)}; got != want {
			t.Errorf("%d cost %v, want %v", quantity, got, want)
		}
	}
	if p := (&billing.Price{Amount: 7}); p.Cost(3) != 21 {
		t.Error(p.Cost(3))
	}
}

func TestPricesInBandsCurrenciesAndTerms(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell(team())
		ctx := owner(t.Context())
		plan := must[*billing.Plan](t)(s.office.PlanBySlug(ctx, "team"))
		if p := plan.Price(billing.Monthly); p.Currency != "eur" {
			t.Errorf("%+v comes first", p)
		}
		at := must[stripeapi.Price](t)(s.stripe.Price(ctx, plan.PriceIn(billing.Monthly, 0, "usd").StripePriceID))
		if len(at.Tiers) != 3 || !at.Volume || at.Tiers[2] != (stripeapi.Tier{Unit: 3000, Flat: 1000}) || at.Currency != "usd" {
			t.Errorf("%+v", at)
		}
		once := must[stripeapi.Price](t)(s.stripe.Price(ctx, plan.PriceIn(billing.PaidOnce, 6, "eur").StripePriceID))
		if once.Interval != stripeapi.Once || once.UnitAmount != 20000 {
			t.Errorf("%+v", once)
		}
		if p := plan.Price(billing.PaidOnce); p.Months != 3 {
			t.Errorf("the shortest term is %d months", p.Months)
		}
		must[billing.Selling](t)(s.office.ChangeSelling(ctx, func(x *billing.Selling) { x.Currency = "USD" }))
		if p := must[*billing.Plan](t)(s.office.PlanBySlug(ctx, "team")).Price(billing.Monthly); p.Currency != "usd" {
			t.Errorf("%s comes first", p.Currency)
		}
		t.Run("and are left alone when they are saved again", func(t *testing.T) {
			before := len(s.events())
			s.sell(team())
			s.ok(s.office.MirrorPlans(ctx))
			if n := len(s.events()); n != before {
				t.Errorf("%d events", n-before)
			}
			if p := must[*billing.Plan](t)(s.office.ComparePlan(ctx, "team")); len(p.Drift) != 0 {
				t.Errorf("%+v", p.Drift)
			}
		})
		t.Run("a known address is refused for a new plan", func(t *testing.T) {
			in := team()
			in.New, in.Name = true, "Another"
			_, err := s.office.PutPlan(ctx, in)
			refused(t, err, "plan_exists")
			if p := must[*billing.Plan](t)(s.office.PlanBySlug(ctx, "team")); p.Name != "Team" {
				t.Error("and overwritten")
			}
		})
		t.Run("nonsense is refused by its field", func(t *testing.T) {
			for path, bad := range map[string]func(*billing.PlanInput){
				"/prices/0/bands/0/up_to": func(in *billing.PlanInput) {
					in.Prices[0].Bands = []billing.Band{{UpTo: 0, Unit: 1}, {UpTo: 5, Unit: 1}}
				},
				"/prices/0/bands/1/up_to": func(in *billing.PlanInput) {
					in.Prices[0].Bands = []billing.Band{{UpTo: 5, Unit: 1}, {UpTo: 9, Unit: 1}}
				},
				"/prices/0/bands/0/unit": func(in *billing.PlanInput) { in.Prices[0].Bands = []billing.Band{{}} },
				"/prices/0/bands":        func(in *billing.PlanInput) { in.Seats = billing.Seats{Kind: billing.FixedSeats, From: 5} },
				"/prices/2/months":       func(in *billing.PlanInput) { in.Prices[2].Months = 0 },
				"/prices/3/interval":     func(in *billing.PlanInput) { in.Prices[3].Months = 6 },
				"/seats/to":              func(in *billing.PlanInput) { in.Seats.To = 1 },
				"/seats/kind":            func(in *billing.PlanInput) { in.Seats.Kind = "many" },
				"/trial_days":            func(in *billing.PlanInput) { in.TrialDays = 731 },
			} {
				in := team()
				bad(&in)
				if _, err := s.office.PutPlan(ctx, in); !hasField(err, path) {
					t.Errorf("%s: %v", path, err)
				}
			}
		})
	})
}
