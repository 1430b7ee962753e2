package app

import (
	"math"
	"time"
)

// The model knows what a subscription is from what the firm promises and what
// Stripe documents. It shares no line with the code under test: it reads no
// database, asks nobody, and reckons its amounts in its own way.

// Prices of the model's plans, in cents: by the month and by the year.
var yearPrices = map[string][2]int64{"basic": {1900, 19000}, "research": {4900, 49000}}

// life is one member as the model sees them.
type life struct {
	status      string // "" before the first purchase; else as Stripe names it
	plan        string
	yearly      bool
	seats       int64
	discount    bool // a quarter off for good
	cardFails   bool
	cancelAtEnd bool
	anchor      time.Time // renewals are counted from it
	renewals    int
	periodEnd   time.Time
	nextTry     time.Time // of a bill that was not paid
	tries       int
	failed      time.Time // when it did not work first
	since       time.Time // the renewal that was not paid
	warned      bool      // that the grace ends
	bill        time.Time // when the bill of a renewal is collected

	kept
}

// worth is what a member brought in a month from a moment on.
type worth struct {
	at    time.Time
	cents int64
}

func (l *life) buy(at time.Time, plan string, yearly, cardFails bool, trial time.Duration) {
	*l = life{
		status: "active", plan: plan, yearly: yearly, seats: 1, cardFails: cardFails, anchor: at, kept: l.kept,
	}
	l.opened++
	l.periodEnd = l.after(1)
	if trial > 0 {
		l.status, l.anchor = "trialing", at.Add(trial)
		l.renewals, l.periodEnd = -1, l.anchor
	} else {
		l.owes("receipt")
	}
	l.notes(at)
}

// after is the end of the n-th period.
func (l *life) after(n int) time.Time {
	if l.yearly {
		return l.anchor.AddDate(n, 0, 0)
	}
	return l.anchor.AddDate(0, n, 0)
}

// billed is how long after a renewal Stripe tries to collect; and the waits
// between its tries.
const billed = time.Hour

var waits = []time.Duration{72 * time.Hour, 120 * time.Hour, 168 * time.Hour}

// pass lets time go on until a moment.
func (l *life) pass(until time.Time) {
	for {
		at, happen := l.next()
		if happen == nil || at.After(until) {
			return
		}
		happen(at)
		l.notes(at)
	}
}

// next is what happens by itself to this member first.
func (l *life) next() (at time.Time, happen func(time.Time)) {
	switch l.status {
	case "active", "trialing", "past_due":
		at, happen = l.periodEnd, l.turn
	}
	if !l.nextTry.IsZero() && l.nextTry.Before(at) {
		at, happen = l.nextTry, l.try
	}
	if !l.bill.IsZero() && l.bill.Before(at) {
		at, happen = l.bill, l.collect
	}
	return at, happen
}

// turn is the end of a period.
func (l *life) turn(at time.Time) {
	if l.cancelAtEnd {
		l.end()
		return
	}
	l.status = "active"
	l.renewals++
	l.periodEnd = l.after(l.renewals + 1)
	if l.cardFails {
		l.nextTry, l.tries, l.since = at.Add(billed), 0, at
		return
	}
	l.bill = at.Add(billed)
}

// collect is a renewal that is paid.
func (l *life) collect(time.Time) {
	l.bill = time.Time{}
	l.owes("receipt")
}

// try is one attempt to collect with a card that fails.
func (l *life) try(at time.Time) {
	if l.tries == len(waits) {
		l.end()
		return
	}
	if l.tries == 0 {
		l.failed, l.warned = at, false
		l.owes("payment_failed")
	}
	l.status, l.nextTry = "past_due", at.Add(waits[l.tries])
	l.tries++
}

func (l *life) end() {
	l.status, l.nextTry, l.bill, l.cancelAtEnd = "canceled", time.Time{}, time.Time{}, false
	l.owes("ended")
}

// recover is a new card with which the open bill is paid.
func (l *life) recover(at time.Time) {
	if at.Sub(l.failed) < heard { // the firm may hear of the end of the trouble first
		l.letter("payment_failed").least--
	}
	if !l.warned && !at.Before(l.since.AddDate(0, 0, closingDays).Add(-heard)) {
		l.might("closing") // it may warn before it hears
	}
	l.cardFails, l.nextTry, l.tries, l.status = false, time.Time{}, 0, "active"
	l.owes("receipt")
}

// cents is what they bring in a month.
func (l *life) cents() int64 {
	if l.status != "active" && l.status != "past_due" {
		return 0
	}
	bill := float64(yearPrices[l.plan][0] * l.seats)
	if l.yearly {
		bill = float64(yearPrices[l.plan][1] * l.seats)
	}
	if l.discount {
		bill -= math.Floor(bill*0.25 + 0.5)
	}
	if l.yearly {
		bill /= 12
	}
	return int64(math.Floor(bill + 0.5))
}

// notes keeps what they bring when it changed.
func (l *life) notes(at time.Time) {
	before := int64(0)
	if n := len(l.history); n > 0 {
		before = l.history[n-1].cents
	}
	if now := l.cents(); now != before {
		l.history = append(l.history, worth{at, now})
	}
}

// subscribed tells whether a subscription opens what is sold to its plan.
func (l *life) subscribed(at time.Time) (plan string, runs bool) {
	switch l.status {
	case "active", "trialing":
		return l.plan, true
	case "past_due":
		return l.plan, at.Before(l.since.AddDate(0, 0, graceDays))
	}
	return "", false
}

// reads tells whether they may read what is sold to anybody who pays, what is
// sold to the plan "research" only, and the note that is sold alone.
func (l *life) reads(at time.Time) (paid, research, note bool) {
	if plan, runs := l.subscribed(at); runs {
		paid, research = true, plan == "research"
	}
	for _, r := range l.rights {
		if r.open(at) {
			paid, research = true, research || r.plan != "basic"
		}
	}
	return paid, research, paid || l.note != nil && l.note.open(at)
}

// monthly is what a month should show of all lives.
type monthly struct {
	ended       int64
	subscribers int64
	moved       map[string]int64
}

// reckon makes the year's report from the lives alone.
func reckon(lives []*life, from time.Time, months int) []monthly {
	out := make([]monthly, months)
	for i := range out {
		out[i].moved = map[string]int64{}
		end := from.AddDate(0, i+1, 0)
		for _, l := range lives {
			cents := int64(0)
			for _, w := range l.history {
				if w.at.Before(end) {
					cents = w.cents
				}
			}
			out[i].ended += cents
			if cents > 0 {
				out[i].subscribers++
			}
		}
	}
	for _, l := range lives {
		before := int64(0)
		for k, w := range l.history {
			month := (w.at.Year()-from.Year())*12 + int(w.at.Month()-from.Month())
			if month >= 0 && month < months {
				out[month].moved[movementOf(before, w.cents, k == 0)] += w.cents - before
			}
			before = w.cents
		}
	}
	return out
}

func movementOf(before, after int64, first bool) string {
	switch {
	case first:
		return "new"
	case before == 0:
		return "reactivation"
	case after == 0:
		return "churn"
	case after > before:
		return "expansion"
	default:
		return "contraction"
	}
}
