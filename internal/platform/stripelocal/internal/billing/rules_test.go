package billing

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"lighttrends/internal/platform/stripelocal/internal/object"
)

func TestPeriodsKeepTheDayOfTheAnchor(t *testing.T) {
	t.Parallel()
	at := func(s string) int64 {
		v, err := time.Parse("2006-01-02 15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		return v.Unix()
	}
	for _, c := range []struct {
		anchor, start, want, interval string
		count                         int64
	}{
		{"2024-01-31 10:00", "2024-01-31 10:00", "2024-02-29 10:00", "month", 1},
		{"2024-01-31 10:00", "2024-02-29 10:00", "2024-03-31 10:00", "month", 1},
		{"2023-01-31 10:00", "2023-02-28 10:00", "2023-03-31 10:00", "month", 1},
		{"2024-01-30 10:00", "2024-02-29 10:00", "2024-03-30 10:00", "month", 1},
		{"2024-11-30 00:00", "2024-11-30 00:00", "2025-02-28 00:00", "month", 3},
		{"2024-02-29 12:30", "2024-02-29 12:30", "2025-02-28 12:30", "year", 1},
		{"2024-02-29 12:30", "2027-02-28 12:30", "2028-02-29 12:30", "year", 1},
		{"2024-03-30 02:30", "2024-03-30 02:30", "2024-03-31 02:30", "day", 1},
		{"2024-03-01 00:00", "2024-03-15 00:00", "2024-03-29 00:00", "week", 2},
		{"2024-01-15 10:00", "2024-03-20 10:00", "2024-04-15 10:00", "month", 1},
	} {
		got := nextPeriodEnd(at(c.anchor), at(c.start), &object.Recurring{Interval: c.interval, IntervalCount: c.count})
		if got != at(c.want) {
			t.Errorf("%s from %s: %s, want %s", c.interval, c.start, time.Unix(got, 0).UTC(), c.want)
		}
	}
}

// TestPeriodsFollowEachOther walks periods from any anchor: each is after its
// start, no longer than the interval allows, and lands on the anchor's day or
// the last day of a shorter month.
func TestPeriodsFollowEachOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		anchor := rapid.Int64Range(1_600_000_000, 1_900_000_000).Draw(t, "anchor")
		every := &object.Recurring{
			Interval:      rapid.SampledFrom([]string{"day", "week", "month", "year"}).Draw(t, "interval"),
			IntervalCount: rapid.Int64Range(1, 3).Draw(t, "count"),
		}
		longest := map[string]int64{"day": 1, "week": 7, "month": 31, "year": 366}[every.Interval] * every.IntervalCount * object.Day
		start := anchor
		for range 30 {
			end := nextPeriodEnd(anchor, start, every)
			if end <= start || end-start > longest {
				t.Fatalf("from %d to %d", start, end)
			}
			day, want := time.Unix(end, 0).UTC(), time.Unix(anchor, 0).UTC().Day()
			if last := day.AddDate(0, 0, 1).Day() == 1; (every.Interval == "month" || every.Interval == "year") && day.Day() != want && !(last && day.Day() < want) {
				t.Fatalf("lands on the %d., the anchor on the %d.", day.Day(), want)
			}
			start = end
		}
	})
}

func TestMoneyIsWrittenForPeople(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]struct {
		amount   int64
		currency string
	}{
		"$0.00": {0, "usd"}, "$0.05": {5, "usd"}, "-$1,800.00": {-180000, "usd"}, "€12.50": {1250, "eur"}, "£1,234,567.89": {123456789, "gbp"},
		"500 JPY": {500, "jpy"}, "12.00 CHF": {1200, "chf"}, "$999.99": {99999, "usd"}, "$1,000.00": {100000, "usd"},
	} {
		if got := Money(c.amount, c.currency); got != want {
			t.Errorf("%d %s: %s, want %s", c.amount, c.currency, got, want)
		}
	}
}

func TestSharesAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		amount, whole := rapid.Int64Range(0, 99_999_999).Draw(t, "amount"), rapid.Int64Range(1, 40_000_000).Draw(t, "whole")
		part := rapid.Int64Range(0, whole).Draw(t, "part")
		a, b := share(amount, part, whole), share(amount, whole-part, whole)
		if a < 0 || a > amount || a+b < amount || a+b > amount+1 {
			t.Fatalf("%d splits into %d and %d", amount, a, b)
		}
	})
	if share(100, 1, 0) != 0 {
		t.Error("a share of nothing is not nothing")
	}
}

func TestEveryTestCardIsWellFormed(t *testing.T) {
	t.Parallel()
	now := time.Date(2024, 1, 31, 0, 0, 0, 0, time.UTC).Unix()
	for _, c := range testCards() {
		cvc := "123"
		if c.brand == "amex" {
			cvc = "1234"
		}
		card, fate, err := Typed{Number: c.number, CVC: cvc, Month: 1, Year: 2024}.Read(now)
		if err != nil || card.Brand != c.brand || fate != c.fate || card.Last4 != c.number[len(c.number)-4:] {
			t.Errorf("%s: %+v %s %v", c.number, card, fate, err)
		}
		broken := c.number[:len(c.number)-1] + string('0'+(c.number[len(c.number)-1]-'0'+1)%10)
		if _, _, err := (Typed{Number: broken, CVC: cvc, Month: 1, Year: 2034}).Read(now); err == nil {
			t.Errorf("%s was taken", broken)
		}
	}
	for name, number := range magicCards() {
		if !luhn(number) {
			t.Errorf("%s stands for %s", name, number)
		}
	}
}

func TestEMailAddresses(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"ann@example.com": true, "ann+x@mail.example.co": true, "": false, "ann": false, "ann@": false, "ann@host": false,
		"Ann <ann@example.com>": false, "ann@example.com, bo@example.com": false, " ann@example.com": false,
	} {
		if IsEmail(address) != want {
			t.Errorf("%q: %v, want %v", address, !want, want)
		}
	}
}

func TestDifferenceHoldsWhatWas(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ before, now, want string }{
		{`{"a":1}`, `{"a":1}`, ``},
		{`{"a":1,"b":2}`, `{"a":1,"b":3}`, `{"b":2}`},
		{`{"a":null}`, `{"a":{"b":1}}`, `{"a":null}`},
		{`{"a":{"b":1,"c":2}}`, `{"a":{"b":1,"c":3}}`, `{"a":{"c":2}}`},
		{`{"a":[1,2]}`, `{"a":[1]}`, `{"a":[1,2]}`},
		{`{"a":{}}`, `{"a":{"b":1}}`, `{"a":{"b":null}}`},
		{``, `{"a":1}`, ``},
	} {
		var before []byte
		if c.before != "" {
			before = []byte(c.before)
		}
		got, err := difference(before, []byte(c.now))
		if err != nil || string(got) != c.want {
			t.Errorf("%s to %s: %s %v, want %s", c.before, c.now, got, err, c.want)
		}
	}
}
