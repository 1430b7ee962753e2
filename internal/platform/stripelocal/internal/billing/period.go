package billing

import (
	"time"

	"lighttrends/internal/platform/stripelocal/internal/object"
)

// nextPeriodEnd is the first date of the rhythm set by anchor that lies after
// start. Months keep the anchor's day; where a month is too short, its last
// day stands in: 31 January, 29 February, 31 March
// (https://docs.stripe.com/billing/subscriptions/billing-cycle).
func nextPeriodEnd(anchor, start int64, every *object.Recurring) int64 {
	from := time.Unix(anchor, 0).UTC()
	var n int
	if every.Interval == "month" || every.Interval == "year" {
		n = max(0, monthsBetween(from, time.Unix(start, 0).UTC())/monthsOf(every)-1)
	} else {
		n = max(0, int((start-anchor)/(secondsOf(every)))-1)
	}
	for {
		n++
		if end := step(from, every, n).Unix(); end > start {
			return end
		}
	}
}

// step is the anchor moved n intervals on.
func step(anchor time.Time, every *object.Recurring, n int) time.Time {
	if every.Interval != "month" && every.Interval != "year" {
		return anchor.Add(time.Duration(int64(n)*secondsOf(every)) * time.Second)
	}
	return addMonths(anchor, n*monthsOf(every))
}

func addMonths(t time.Time, months int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

func monthsOf(every *object.Recurring) int {
	n := int(max(every.IntervalCount, 1))
	if every.Interval == "year" {
		return 12 * n
	}
	return n
}

func secondsOf(every *object.Recurring) int64 {
	n := max(every.IntervalCount, 1) * object.Day
	if every.Interval == "week" {
		return 7 * n
	}
	return n
}

func monthsBetween(a, b time.Time) int {
	return (b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month())
}

// sameRhythm tells whether two prices bill equally often.
func sameRhythm(a, b *object.Recurring) bool {
	return a.Interval == b.Interval && a.IntervalCount == b.IntervalCount
}
