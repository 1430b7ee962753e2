package billing_test

import (
	"testing"

	"pgregory.net/rapid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/stripeapi"
)

func worth(amount, quantity int64, every stripeapi.Interval, count int64) stripeapi.Subscription {
	return stripeapi.Subscription{Items: []stripeapi.Item{{
		Quantity: quantity, Price: stripeapi.Price{UnitAmount: amount, Currency: "eur", Interval: every, IntervalCount: count},
	}}}
}

func TestTheMonthlyValue(t *testing.T) {
	t.Parallel()
	less := func(s stripeapi.Subscription, percent float64, amount int64, once bool) stripeapi.Subscription {
		s.DiscountPercent, s.DiscountAmount, s.DiscountOnce = percent, amount, once
		return s
	}
	two := worth(1000, 1, "month", 1)
	two.Items = append(two.Items, stripeapi.Item{Quantity: 3, Price: stripeapi.Price{UnitAmount: 200, Interval: "month", IntervalCount: 1}})
	for name, tt := range map[string]struct {
		snap stripeapi.Subscription
		want int64
	}{
		"a month":                        {worth(4900, 1, "month", 1), 4900},
		"a year, rounded half up":        {worth(49000, 1, "year", 1), 4083}, // 4083.33
		"a year that ends at a half":     {worth(6, 1, "year", 1), 1},
		"a quarter":                      {worth(14700, 1, "month", 3), 4900},
		"two years":                      {worth(24000, 1, "year", 2), 1000},
		"a week is 52 of a year":         {worth(1200, 1, "week", 1), 5200},
		"a day is 365 of a year":         {worth(1200, 1, "day", 1), 36500},
		"seats":                          {worth(4900, 7, "month", 1), 34300},
		"several items":                  {two, 1600},
		"a share off":                    {less(worth(4900, 1, "month", 1), 25, 0, false), 3675},
		"an odd share off":               {less(worth(1000, 1, "month", 1), 33.33, 0, false), 667},
		"an amount off a year":           {less(worth(49000, 1, "year", 1), 0, 1000, false), 4000},
		"more off than there is":         {less(worth(4900, 1, "month", 1), 0, 9900, false), 0},
		"off one bill only is no change": {less(worth(4900, 1, "month", 1), 50, 0, true), 4900},
		"nothing":                        {stripeapi.Subscription{}, 0},
	} {
		if got := billing.ValueOf(tt.snap); got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
	}
}

func TestTheMonthlyValueStaysWithinTheBill(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		amount, quantity := rapid.Int64Range(0, 99_999_999).Draw(t, "amount"), rapid.Int64Range(0, 5000).Draw(t, "quantity")
		s := worth(amount, quantity, rapid.SampledFrom([]stripeapi.Interval{"month", "year"}).Draw(t, "every"), rapid.Int64Range(1, 12).Draw(t, "count"))
		s.DiscountPercent = float64(rapid.IntRange(0, 10000).Draw(t, "percent")) / 100
		if got := billing.ValueOf(s); got < 0 || got > amount*quantity {
			t.Fatalf("%d of %d × %d", got, quantity, amount)
		}
	})
}

func TestWhichMovementIsWhich(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		before, after int64
		paid          bool
		want          billing.Movement
	}{
		{0, 0, false, billing.NoMovement}, {5, 5, true, billing.NoMovement},
		{0, 5, false, billing.MoveNew}, {0, 5, true, billing.MoveReactivation},
		{5, 9, true, billing.MoveExpansion}, {9, 5, true, billing.MoveContraction}, {5, 0, true, billing.MoveChurn},
	} {
		if got := billing.MovementOf(tt.before, tt.after, tt.paid); got != tt.want {
			t.Errorf("%d → %d, paid %v: %q", tt.before, tt.after, tt.paid, got)
		}
	}
}
