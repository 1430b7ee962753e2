package stripelocal_test

import (
	"fmt"
	"testing"
	"time"
)

// tiered makes a price in bands: 50 each up to 10, 40 each up to 50, then 30,
// and 1000 on top of the last band.
func (b *bench) tiered(mode string) string {
	b.t.Helper()
	prod := b.must("POST", "/v1/products", "name", "Seats").str("id")
	return b.must("POST", "/v1/prices", "product", prod, "currency", "eur", "billing_scheme", "tiered", "tiers_mode", mode, "recurring[interval]", "month",
		"tiers[0][up_to]", "10", "tiers[0][unit_amount]", "5000", "tiers[1][up_to]", "50", "tiers[1][unit_amount]", "4000",
		"tiers[2][up_to]", "inf", "tiers[2][unit_amount]", "3000", "tiers[2][flat_amount]", "1000", "expand[]", "tiers").str("id")
}

func TestBandsPriceAQuantity(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for mode, want := range map[string]map[int]int64{
		"graduated": {1: 5000, 10: 50000, 11: 54000, 50: 210000, 60: 241000},
		"volume":    {1: 5000, 10: 50000, 11: 44000, 50: 200000, 60: 181000},
	} {
		price := b.tiered(mode)
		for quantity, sum := range want {
			s := b.must("POST", "/v1/checkout/sessions", "mode", "subscription", "success_url", successURL,
				"line_items[0][price]", price, "line_items[0][quantity]", fmt.Sprint(quantity))
			if got := s.int("amount_total"); got != sum {
				t.Errorf("%s: %d cost %d, want %d", mode, quantity, got, sum)
			}
		}
	}
	s := b.must("POST", "/v1/checkout/sessions", "mode", "subscription", "success_url", successURL, "line_items[0][price]", b.tiered("graduated"), "line_items[0][quantity]", "11")
	b.browse("POST", "/checkout/"+s.str("id"), card("4242424242424242")...).leads("https://shop.example/ok")
	in := b.must("GET", "/v1/checkout/sessions/"+s.str("id"), "expand[]", "invoice")
	if got := in.int("invoice.amount_paid"); got != 54000 {
		t.Errorf("billed %d", got)
	}
	prod := b.must("POST", "/v1/products", "name", "x").str("id")
	b.refused(400, "", "tiers", "POST", "/v1/prices", "product", prod, "currency", "eur", "billing_scheme", "tiered", "tiers_mode", "volume", "tiers[0][up_to]", "5", "tiers[0][unit_amount]", "1")
	b.refused(400, "parameter_missing", "unit_amount", "POST", "/v1/prices", "product", prod, "currency", "eur")
}

// once opens a page for something that is paid once.
func (b *bench) once(params ...string) (id, page string) {
	b.t.Helper()
	s := b.must("POST", "/v1/checkout/sessions", append([]string{
		"mode", "payment", "success_url", successURL, "cancel_url", cancelURL, "invoice_creation[enabled]", "true",
		"line_items[0][price_data][currency]", "eur", "line_items[0][price_data][unit_amount]", "2500", "line_items[0][price_data][product_data][name]", "One note",
		"payment_intent_data[metadata][note]", "7", "metadata[visit]", "1",
	}, params...)...)
	return s.str("id"), "/checkout/" + s.str("id")
}

func TestPayingOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	t.Run("makes a payment and an invoice, and nothing to renew", func(t *testing.T) {
		id, page := b.once()
		b.browse("GET", page).shows(200, "One note", "€25.00", "once", "Pay €25.00").hides("Subscribe")
		b.browse("POST", page, card("4242424242424242")...).leads("https://shop.example/ok")
		s := b.must("GET", "/v1/checkout/sessions/"+id, "expand[]", "payment_intent", "expand[]", "invoice")
		for path, want := range map[string]string{
			"payment_status": "paid", "mode": "payment", "payment_intent.status": "succeeded", "payment_intent.metadata.note": "7", "invoice.status": "paid", "invoice.billing_reason": "manual",
		} {
			if s.str(path) != want {
				t.Errorf("%s is %q", path, s.str(path))
			}
		}
		if s.at("subscription") != nil || s.int("invoice.amount_paid") != 2500 {
			t.Errorf("%v", s)
		}
	})
	t.Run("leaves nothing when the card is refused", func(t *testing.T) {
		id, page := b.once()
		before := len(b.events())
		b.browse("POST", page, card("4000000000000002")...).shows(422, "Your card was declined.")
		if s := b.must("GET", "/v1/checkout/sessions/"+id); s.str("status") != "open" || len(b.events()) != before {
			t.Errorf("%s with %d new events", s.str("status"), len(b.events())-before)
		}
	})
	t.Run("can ask the bank first", func(t *testing.T) {
		id, page := b.once()
		b.browse("POST", page, card("4000002760003184")...)
		b.browse("POST", page+"/confirm", "answer", "approve").leads("https://shop.example/ok")
		if s := b.must("GET", "/v1/checkout/sessions/"+id); s.str("payment_status") != "paid" {
			t.Error(s.str("payment_status"))
		}
	})
	for account, want := range map[string]string{"000123456789": "checkout.session.async_payment_succeeded", "000111111116": "checkout.session.async_payment_failed"} {
		t.Run("by debit takes a day: "+want, func(t *testing.T) {
			clock, customer := b.clocked("")
			id, page := b.once("customer", customer)
			b.browse("POST", page, "method", "bank", "account", account, "name", "Ann").leads("https://shop.example/ok")
			if s := b.must("GET", "/v1/checkout/sessions/"+id); s.str("payment_status") != "unpaid" || s.str("status") != "complete" {
				t.Fatalf("%s %s", s.str("status"), s.str("payment_status"))
			}
			b.advance(clock, midnight.Add(25*time.Hour))
			found := false
			for _, name := range b.events("checkout.session.async") {
				found = found || name == want
			}
			if !found {
				t.Errorf("%v, want %s", b.events("checkout.session"), want)
			}
		})
	}
	b.refused(400, "", "subscription_data", "POST", "/v1/checkout/sessions", "mode", "payment", "success_url", successURL, "invoice_creation[enabled]", "true",
		"line_items[0][price_data][currency]", "eur", "line_items[0][price_data][unit_amount]", "1", "line_items[0][price_data][product_data][name]", "x", "subscription_data[description]", "x")
}

func TestAWalletBringsItsOwnAddress(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, customer := b.clocked("")
	id, page := b.visit(b.price(4900, "month"), "customer", customer)
	b.browse("POST", page, "method", "wallet", "wallet", "").shows(422, `id="wallet-error"`)
	b.browse("POST", page, "method", "wallet", "wallet", "other@wallet.example").leads("https://shop.example/ok")
	s := b.must("GET", "/v1/checkout/sessions/"+id, "expand[]", "customer")
	if s.str("customer_details.email") != "other@wallet.example" || s.str("customer.email") != "ann@example.com" || s.str("customer.id") != customer {
		t.Errorf("%v %v", s.at("customer_details"), s.at("customer"))
	}
}

func TestTaxWishesAreNoted(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, customer := b.clocked("")
	price := b.price(4900, "month")
	id, page := b.visit(price, "customer", customer, "automatic_tax[enabled]", "true", "tax_id_collection[enabled]", "true", "customer_update[address]", "auto", "customer_update[name]", "auto")
	b.browse("GET", page).shows(200, "tax number", "adds none")
	if s := b.must("GET", "/v1/checkout/sessions/"+id); s.at("automatic_tax.enabled") != true || s.at("tax_id_collection.enabled") != true {
		t.Errorf("%v %v", s.at("automatic_tax"), s.at("tax_id_collection"))
	}
	common := []string{"mode", "subscription", "success_url", successURL, "line_items[0][price]", price, "customer", customer}
	b.refused(400, "customer_tax_location_invalid", "", "POST", "/v1/checkout/sessions", append(common, "automatic_tax[enabled]", "true")...)
	b.refused(400, "", "customer_update", "POST", "/v1/checkout/sessions", append(common, "tax_id_collection[enabled]", "true")...)
}

func TestACouponForOneProduct(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one, other := b.price(4900, "month"), b.price(9900, "year")
	product := b.must("GET", "/v1/prices/"+one).str("product")
	coupon := b.must("POST", "/v1/coupons", "percent_off", "50", "duration", "once", "applies_to[products][0]", product).str("id")
	if s := b.must("POST", "/v1/checkout/sessions", "mode", "subscription", "success_url", successURL, "line_items[0][price]", one, "discounts[0][coupon]", coupon); s.int("amount_total") != 2450 {
		t.Errorf("%d", s.int("amount_total"))
	}
	b.refused(400, "", "discounts", "POST", "/v1/checkout/sessions", "mode", "subscription", "success_url", successURL, "line_items[0][price]", other, "discounts[0][coupon]", coupon)
}
