package billing

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

// MoneyText writes an amount in the smallest unit of a currency: $1,450 or €49.50.
func MoneyText(amount int64, currency string) string {
	currency = strings.ToLower(currency)
	if amount < 0 {
		return "−" + MoneyText(-amount, currency)
	}
	digits, unit := decimals(currency), int64(1)
	for range digits {
		unit *= 10
	}
	whole := strconv.FormatInt(amount/unit, 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if amount%unit == 0 {
		return sign(currency) + whole
	}
	tail := strconv.FormatInt(amount%unit, 10)
	return sign(currency) + whole + "." + strings.Repeat("0", digits-len(tail)) + tail
}
