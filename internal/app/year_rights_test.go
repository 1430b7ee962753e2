package app

import "time"

// kept is what a life keeps when a subscription begins anew.
type kept struct {
	rights  []*right
	note    *right // the single note they bought
	letters map[string]*span
	gift    time.Time // when a present they gave is due; zero: none is
	due     time.Time // when the bill of their order is due; zero: it owes none
	opened  int       // subscriptions that were ever open
	history []worth
}

// right is what a life may read for a time without a subscription.
type right struct {
	plan     string // "" is every plan
	from, to time.Time
	owed     time.Time // not paid: it opens until then; zero: nothing is owed
	until    time.Time // taken back; zero: never
	told     bool      // that it will end
}

func (r *right) open(at time.Time) bool {
	begun, over := !at.Before(r.from), !at.Before(r.to)
	taken := !r.until.IsZero() && !at.Before(r.until)
	unpaid := !r.owed.IsZero() && !at.Before(r.owed)
	return begun && !over && !taken && !unpaid
}

// forGood is an end that nobody lives to see.
var forGood = yearBegins.AddDate(100, 0, 0)

// monthsLater counts as people do: a month after the 31st of January is the
// last of February.
func monthsLater(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, t.Hour(), t.Minute(), 0, 0, time.UTC)
	return first.AddDate(0, 0, min(t.Day(), first.AddDate(0, 1, -1).Day())-1)
}

// span is how many letters of a kind are written: what the firm learns late
// through lost calls may make one needless.
type span struct{ least, most int }

func (l *life) letter(kind string) *span {
	if l.letters == nil {
		l.letters = map[string]*span{}
	}
	if l.letters[kind] == nil {
		l.letters[kind] = &span{}
	}
	return l.letters[kind]
}

// owes is a letter that must be written, once.
func (l *life) owes(kind string) {
	l.letter(kind).least++
	l.letter(kind).most++
}

func (l *life) might(kind string) { l.letter(kind).most++ }

// heard is the longest time until the firm knows of anything: there is a
// comparison in every span of so many days.
const heard = 6 * 24 * time.Hour

// Days of grace after a renewal that failed, and when its end is told; when the
// end of a right is told, and of which no reader needs to be told.
const (
	graceDays   = 10
	closingDays = 7
	endingSoon  = 14 * 24 * time.Hour
	tooShort    = 21 * 24 * time.Hour
	closesAfter = 7 // days after a bill was due
)

// noon is when the firm writes its letters of the day.
func (l *life) noon(at time.Time) {
	if l.status == "past_due" && !l.warned && !at.Before(l.since.AddDate(0, 0, closingDays)) {
		l.warned = true
		l.owes("closing")
	}
	if !l.gift.IsZero() && !at.Before(l.gift) {
		l.gift = time.Time{}
		l.owes("gift")
	}
	if !l.due.IsZero() && !at.Before(l.due) {
		l.due = time.Time{}
		l.owes("order_overdue")
	}
	for _, r := range l.rights {
		if !r.told && r.open(at) && r.owed.IsZero() && r.to.Sub(at) <= endingSoon {
			r.told = true
			if r.to.Sub(r.from) > tooShort && !l.goesOn(r) {
				l.owes("term_ending")
			}
		}
	}
}

// goesOn tells whether they read on when a right ends.
func (l *life) goesOn(r *right) bool {
	if _, runs := l.subscribed(r.to); runs && !l.cancelAtEnd && (r.plan == "" || r.plan == l.plan) {
		return true
	}
	for _, other := range l.rights {
		if other != r && other.to.After(r.to) && !other.from.After(r.to) && other.until.IsZero() && (other.plan == "" || other.plan == r.plan) {
			return true
		}
	}
	return false
}
