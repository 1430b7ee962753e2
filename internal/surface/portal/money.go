package portal

import (
	"strconv"
	"strings"
)

// sign is how a currency is written before an amount; others stand as their
// code.
func sign(currency string) string {
	switch currency {
	case "usd":
		return "$"
	case "eur":
		return "€"
	case "gbp":
		return "£"
	case "jpy":
		return "¥"
	}
	return strings.ToUpper(currency) + "\u00a0"
}

// decimals is how many digits of an amount stand behind the point
// (https://docs.stripe.com/currencies#zero-decimal).
func decimals(currency string) int {
	switch currency {
	case "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "ugx", "vnd", "vuv", "xaf", "xof", "xpf":
		return 0
	case "bhd", "jod", "kwd", "omr", "tnd":
		return 3
	}
	return 2
}

// money writes an amount in the smallest unit of a currency: $1,450 or €49.50.
func money(amount int64, currency string) string {
	currency = strings.ToLower(currency)
	if amount < 0 {
		return "−" + money(-amount, currency)
	}
	digits := decimals(currency)
	unit := int64(1)
	for range digits {
		unit *= 10
	}
	whole, rest := count(int(amount/unit)), amount%unit
	if rest == 0 {
		return sign(currency) + whole
	}
	tail := strconv.FormatInt(rest, 10)
	return sign(currency) + whole + "." + strings.Repeat("0", digits-len(tail)) + tail
}
