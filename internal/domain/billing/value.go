package billing

import (
	"math"

	"lighttrends/internal/platform/stripeapi"
)

// This file and turn.go are where the owner's figures are defined.
//
// The monthly value of a subscription is what it will keep bringing in, a
// month: the amounts of its items times their quantities, less the discount on
// it, normalised by the interval (a year has 12 months, 52 weeks, 365 days),
// rounded half up to the smallest unit of its currency. A discount that takes
// something off one bill only is not subtracted; one for some months or for
// good is, for as long as Stripe shows it. Taxes are not in it.
//
// MRR is the sum of the monthly values of the subscriptions that count, by
// currency; amounts of different currencies are never added. A subscription
// counts while it is active or past_due, also when it is set to run out; it
// does not count as a trial, before its first payment, when its collection is
// paused, or once it is unpaid, paused or over. Rights given by hand, gifts and
// single notes are no subscriptions and not in MRR.

// monthly is the monthly value of a subscription, whether it counts or not.
func monthly(snap stripeapi.Subscription) int64 {
	var sum int64
	for _, i := range snap.Items {
		sum += i.Price.UnitAmount * i.Quantity
	}
	if len(snap.Items) == 0 || sum <= 0 {
		return 0
	}
	if !snap.DiscountOnce {
		sum -= off(sum, snap.DiscountPercent, snap.DiscountAmount)
	}
	// All items of a subscription are paid by the same interval.
	price := snap.Items[0].Price
	return perMonth(sum, Interval(price.Interval), price.IntervalCount)
}

// off is what a discount takes off a bill, at most all of it.
func off(sum int64, percent float64, amount int64) int64 {
	if percent > 0 {
		amount = rounded(sum*int64(math.Round(percent*100)), 100*100)
	}
	return min(amount, sum)
}

// perMonth normalises an amount that is paid every so many intervals.
func perMonth(amount int64, every Interval, count int64) int64 {
	count = max(count, 1)
	switch every {
	case Yearly:
		return rounded(amount, 12*count)
	case "week":
		return rounded(amount*52, 12*count)
	case "day":
		return rounded(amount*365, 12*count)
	default:
		return rounded(amount, count)
	}
}

// rounded divides an amount that is not below zero, half up.
func rounded(n, by int64) int64 { return (2*n + by) / (2 * by) }

// Counted is how much of its monthly value a subscription brings to MRR.
func (m *Mirror) Counted() int64 {
	if m.Status != Active && m.Status != PastDue || m.PauseCollection != "" {
		return 0
	}
	return max(m.MonthlyValue, 0)
}
