package billing

import (
	"strconv"
	"strings"
)

// signOf is how a currency is written before an amount; others stand as their
// code.
func signOf(currency string) string {
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
	if amount < 0 {
		return "−" + MoneyText(-amount, currency)
	}
	sign, units, tail := MoneyParts(amount, currency)
	whole := strconv.FormatInt(units, 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if tail != "" {
		tail = "." + tail
	}
	return sign + whole + tail
}

// MoneyParts takes an amount apart, for whoever writes it as another language
// does: the sign or code of its currency, the whole units, and the digits
// behind the point, "" when they are zero. It takes no negative amount.
func MoneyParts(amount int64, currency string) (sign string, units int64, tail string) {
	currency = strings.ToLower(currency)
	digits, unit := decimals(currency), int64(1)
	for range digits {
		unit *= 10
	}
	if rest := amount % unit; rest > 0 {
		tail = strconv.FormatInt(rest, 10)
		tail = strings.Repeat("0", digits-len(tail)) + tail
	}
	return signOf(currency), amount / unit, tail
}
