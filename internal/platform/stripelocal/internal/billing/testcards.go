package billing

import (
	"strings"
	"time"

	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// Fates of a payment method. Any other fate is the code of a decline.
const (
	Pays          = ""
	FailsLater    = "fails_later"   // the first payment on the payment page goes through, no other does
	ConfirmsOnce  = "confirms_once" // the payer confirms it once, then it pays by itself
	ConfirmsEach  = "confirms_each" // the payer confirms every payment
	Disputes      = "disputes"      // pays, and the cardholder asks every payment back at once
	bankFails     = "debit_not_authorized"
	bankAccountNo = "000111111116" // the account Stripe's tests use for a debit that fails
)

// testCard is a card number that can be typed, and what becomes of it.
type testCard struct{ number, brand, fate string }

// testCards follow Stripe's list (https://docs.stripe.com/testing). Every
// other number that is well formed pays.
func testCards() []testCard {
	return []testCard{
		{"4242424242424242", "visa", Pays},
		{"4000056655665556", "visa", Pays},
		{"5555555555554444", "mastercard", Pays},
		{"378282246310005", "amex", Pays},
		{"4000000000000002", "visa", "generic_decline"},
		{"4000000000009995", "visa", "insufficient_funds"},
		{"4000000000009987", "visa", "lost_card"},
		{"4000000000009979", "visa", "stolen_card"},
		{"4000000000000069", "visa", "expired_card"},
		{"4000000000000127", "visa", "incorrect_cvc"},
		{"4000000000000119", "visa", "processing_error"},
		{"4000000000000341", "visa", FailsLater},
		{"4000000000000259", "visa", Disputes},
		{"4000002500003155", "visa", ConfirmsOnce},
		{"4000002760003184", "visa", ConfirmsEach},
	}
}

// magicCards are the names that stand for cards in calls of the API.
func magicCards() map[string]string {
	return map[string]string{
		"pm_card_visa":                                 "4242424242424242",
		"pm_card_mastercard":                           "5555555555554444",
		"pm_card_amex":                                 "378282246310005",
		"pm_card_visa_chargeDeclined":                  "4000000000000002",
		"pm_card_chargeDeclined":                       "4000000000000002",
		"pm_card_chargeDeclinedInsufficientFunds":      "4000000000009995",
		"pm_card_visa_chargeDeclinedInsufficientFunds": "4000000000009995",
		"pm_card_chargeDeclinedExpiredCard":            "4000000000000069",
		"pm_card_chargeCustomerFail":                   "4000000000000341",
		"pm_card_createDispute":                        "4000000000000259",
		"pm_card_authenticationRequiredOnSetup":        "4000002500003155",
		"pm_card_authenticationRequired":               "4000002760003184",
	}
}

// Typed is what somebody typed as a card.
type Typed struct {
	Number, CVC string
	Month, Year int64 // the year with four digits
}

// Read checks a typed card as Stripe does before any money is asked for. The
// error is a card_error whose Param is number, exp_month, exp_year or cvc.
func (t Typed) Read(now int64) (card *object.Card, fate string, err error) {
	digits := strings.NewReplacer(" ", "", "-", "").Replace(t.Number)
	if len(digits) < 12 || len(digits) > 19 || strings.Trim(digits, "0123456789") != "" || !luhn(digits) {
		return nil, "", typo("incorrect_number", "number", "This card number is not right.")
	}
	if t.Month < 1 || t.Month > 12 {
		return nil, "", typo("invalid_expiry_month", "exp_month", "The month must be from 1 to 12.")
	}
	today := time.Unix(now, 0).UTC()
	if t.Year < int64(today.Year()) || t.Year > int64(today.Year())+50 || t.Year == int64(today.Year()) && t.Month < int64(today.Month()) {
		return nil, "", typo("invalid_expiry_year", "exp_year", "This card has expired, or its year is not right.")
	}
	brand, fate := brandOf(digits)
	if want := cvcLength(brand); len(t.CVC) != want || strings.Trim(t.CVC, "0123456789") != "" {
		return nil, "", typo("invalid_cvc", "cvc", "The security code is not right.")
	}
	return newCard(brand, digits[len(digits)-4:], t.Month, t.Year), fate, nil
}

func typo(code, param, message string) error {
	e := wire.Declined(code, "", message)
	e.Param, e.Checked = param, false
	return e
}

func cvcLength(brand string) int {
	if brand == "amex" {
		return 4
	}
	return 3
}

// luhn checks the last digit of a card number (ISO/IEC 7812-1, annex B).
func luhn(digits string) bool {
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

func brandOf(digits string) (brand, fate string) {
	for _, c := range testCards() {
		if c.number == digits {
			return c.brand, c.fate
		}
	}
	switch {
	case digits[0] == '4':
		return "visa", Pays
	case digits[0] == '5' || digits[0] == '2':
		return "mastercard", Pays
	case strings.HasPrefix(digits, "34") || strings.HasPrefix(digits, "37"):
		return "amex", Pays
	case digits[0] == '6':
		return "discover", Pays
	}
	return "unknown", Pays
}

func newCard(brand, last4 string, month, year int64) *object.Card {
	return &object.Card{
		Brand: brand, DisplayBrand: brand, Country: "US", ExpMonth: month, ExpYear: year, Fingerprint: letters(16), Funding: "credit",
		Last4: last4, Checks: object.CardChecks{CVCCheck: "pass"}, Networks: object.Networks{Available: []string{brand}},
		ThreeD: object.ThreeD{Supported: true},
	}
}

// declineMessage is the sentence for a payer whose payment failed.
func declineMessage(decline string) string {
	switch decline {
	case "insufficient_funds":
		return "Your card has insufficient funds."
	case "expired_card":
		return "Your card has expired."
	case "incorrect_cvc":
		return "Your card's security code is incorrect."
	case "processing_error":
		return "An error occurred while processing your card. Try again in a little bit."
	case "authentication_required":
		return "Your bank asks you to confirm this payment."
	case bankFails:
		return "Your bank did not carry out the debit."
	}
	return "Your card was declined."
}

// errorCode is the code that goes with a decline
// (https://docs.stripe.com/declines/codes).
func errorCode(decline string) string {
	switch decline {
	case "expired_card", "incorrect_cvc", "processing_error", "authentication_required":
		return decline
	case bankFails:
		return "payment_method_provider_decline"
	}
	return "card_declined"
}
