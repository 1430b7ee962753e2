package billing

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"lighttrends/internal/platform/stripelocal/internal/object"
)

// Money writes an amount for people: $1,800.00, €12.50, 500 JPY.
func Money(amount int64, currency string) string {
	sign := ""
	if amount < 0 {
		sign, amount = "-", -amount
	}
	symbol, known := map[string]string{"usd": "$", "eur": "€", "gbp": "£"}[currency]
	whole, cents := strconv.FormatInt(amount, 10), ""
	if !zeroDecimal(currency) {
		whole, cents = strconv.FormatInt(amount/100, 10), fmt.Sprintf(".%02d", amount%100)
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if known {
		return sign + symbol + whole + cents
	}
	return sign + whole + cents + " " + strings.ToUpper(currency)
}

// zeroDecimal knows the currencies without a smaller unit
// (https://docs.stripe.com/currencies#zero-decimal).
func zeroDecimal(currency string) bool {
	return slices.Contains([]string{"bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "ugx", "vnd", "vuv", "xaf", "xof", "xpf"}, currency)
}

// Every writes a rhythm for people: month, year, 3 months.
func Every(r *object.Recurring) string {
	if r == nil {
		return "once"
	}
	if r.IntervalCount > 1 {
		return fmt.Sprintf("%d %ss", r.IntervalCount, r.Interval)
	}
	return r.Interval
}

// Date writes a day for people.
func Date(unix int64) string { return time.Unix(unix, 0).UTC().Format("2 Jan 2006") }

// share is amount × part ÷ whole, rounded half away from zero.
func share(amount, part, whole int64) int64 {
	if whole <= 0 {
		return 0
	}
	return int64(math.Round(float64(amount) * float64(part) / float64(whole)))
}
