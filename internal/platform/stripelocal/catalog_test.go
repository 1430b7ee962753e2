package stripelocal_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestAProductIsMadeChangedArchivedAndDeleted(t *testing.T) {
	t.Parallel()
	b := setup(t)
	made := b.must("POST", "/v1/products", "id", "plan_basic", "name", "Basic", "description", "Notes", "unit_label", "seat", "url", "https://x.example", "metadata[a]", "1")
	for path, want := range map[string]string{"id": "plan_basic", "object": "product", "name": "Basic", "description": "Notes", "unit_label": "seat", "url": "https://x.example", "metadata.a": "1"} {
		if got := made.str(path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	if made.at("active") != true || made.int("created") != midnight.Unix() || made.int("updated") != midnight.Unix() {
		t.Errorf("active %v, created %d", made.at("active"), made.int("created"))
	}
	b.refused(400, "resource_already_exists", "id", "POST", "/v1/products", "id", "plan_basic", "name", "Again")
	b.clock.Advance(time.Hour)
	changed := b.must("POST", "/v1/products/plan_basic", "name", "Plain", "description", "", "active", "false")
	if changed.str("name") != "Plain" || changed.at("description") != nil || changed.at("active") != false || changed.int("updated") != midnight.Add(time.Hour).Unix() {
		t.Errorf("%v", changed.doc)
	}
	price := b.must("POST", "/v1/prices", "product", "plan_basic", "currency", "usd", "unit_amount", "0").str("id")
	b.refused(400, "", "id", "DELETE", "/v1/products/plan_basic")
	empty := b.must("POST", "/v1/products", "name", "Empty").str("id")
	if a := b.must("DELETE", "/v1/products/"+empty); a.at("deleted") != true || a.str("object") != "product" {
		t.Errorf("%v", a.doc)
	}
	b.refused(404, "resource_missing", "id", "GET", "/v1/products/"+empty)
	b.refused(404, "resource_missing", "id", "DELETE", "/v1/products/"+empty)
	b.refused(404, "resource_missing", "id", "POST", "/v1/products/"+price, "name", "x")
	if got := strings.Join(b.events("product"), " "); got != "product.created product.updated product.created product.deleted" {
		t.Errorf("told %s", got)
	}
}

func TestALookupKeyBelongsToOnePrice(t *testing.T) {
	t.Parallel()
	b := setup(t)
	prod := b.must("POST", "/v1/products", "name", "Basic").str("id")
	price := func(more ...string) []string {
		return append([]string{"product", prod, "currency", "usd", "unit_amount", "100", "lookup_key", "basic"}, more...)
	}
	one := b.must("POST", "/v1/prices", price()...).str("id")
	b.refused(400, "resource_already_exists", "lookup_key", "POST", "/v1/prices", price()...)
	two := b.must("POST", "/v1/prices", price("transfer_lookup_key", "true")...).str("id")
	if got := b.must("GET", "/v1/prices/"+one); got.at("lookup_key") != nil {
		t.Errorf("the first price keeps %v", got.at("lookup_key"))
	}
	b.refused(400, "resource_already_exists", "lookup_key", "POST", "/v1/prices/"+one, "lookup_key", "basic")
	if got := b.must("POST", "/v1/prices/"+two, "lookup_key", "basic"); got.str("lookup_key") != "basic" {
		t.Error("a price lost the key it has already")
	}
	b.must("POST", "/v1/prices/"+one, "lookup_key", "basic", "transfer_lookup_key", "true", "nickname", "First", "metadata[a]", "1")
	if got := b.must("GET", "/v1/prices", "lookup_keys[]", "basic").ids(); len(got) != 1 || got[0] != one {
		t.Errorf("the key is at %v", got)
	}
}

func TestPricesRecurAtMostEveryThreeYears(t *testing.T) {
	t.Parallel()
	b := setup(t)
	prod := b.must("POST", "/v1/products", "name", "Basic").str("id")
	for interval, most := range map[string]int{"day": 1095, "week": 156, "month": 36, "year": 3} {
		params := []string{"product", prod, "currency", "usd", "unit_amount", "1", "recurring[interval]", interval, "recurring[interval_count]"}
		if got := b.must("POST", "/v1/prices", append(params, fmt.Sprint(most))...); got.int("recurring.interval_count") != int64(most) {
			t.Errorf("%d %ss became %v", most, interval, got.at("recurring"))
		}
		if interval != "day" { // above that the parameter itself is out of bounds
			b.refused(400, "", "recurring[interval_count]", "POST", "/v1/prices", append(params, fmt.Sprint(most+1))...)
		}
	}
}

func TestCouponsAndCodesAreChangedAndDeleted(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.must("POST", "/v1/coupons", "id", "TENOFF", "duration", "forever", "amount_off", "1000", "currency", "usd", "name", "Ten")
	b.refused(400, "resource_already_exists", "id", "POST", "/v1/coupons", "id", "TENOFF", "duration", "once", "percent_off", "1")
	if c := b.must("POST", "/v1/coupons/TENOFF", "name", "Ten dollars", "metadata[a]", "1"); c.str("name") != "Ten dollars" || c.str("metadata.a") != "1" || c.int("amount_off") != 1000 {
		t.Errorf("%v", c.doc)
	}
	auto := b.must("POST", "/v1/promotion_codes", "coupon", "TENOFF")
	if len(auto.str("code")) != 8 || auto.str("code") != strings.ToUpper(auto.str("code")) {
		t.Errorf("the code is %q", auto.str("code"))
	}
	if p := b.must("POST", "/v1/promotion_codes/"+auto.str("id"), "active", "false", "metadata[b]", "2"); p.at("active") != false || p.str("metadata.b") != "2" {
		t.Errorf("%v", p.doc)
	}
	b.must("POST", "/v1/promotion_codes", "coupon", "TENOFF", "code", auto.str("code")) // free again
	b.refused(400, "", "code", "POST", "/v1/promotion_codes/"+auto.str("id"), "active", "true")
	b.refused(400, "resource_missing", "coupon", "POST", "/v1/promotion_codes", "coupon", "NONE")
	b.refused(400, "", "code", "POST", "/v1/promotion_codes", "coupon", "TENOFF", "code", "with space")
	b.refused(400, "", "expires_at", "POST", "/v1/promotion_codes", "coupon", "TENOFF", "expires_at", days(0))
	for param, params := range map[string][]string{
		"duration_in_months": {"duration", "repeating", "percent_off", "5"},
		"currency":           {"duration", "once", "amount_off", "5"},
		"redeem_by":          {"duration", "once", "percent_off", "5", "redeem_by", days(-1)},
		"percent_off":        {"duration", "once"},
	} {
		if a := b.call("POST", "/v1/coupons", params...); a.status != 400 || a.str("error.param") != param {
			t.Errorf("%v: %d %v", params, a.status, a.at("error"))
		}
	}
	b.must("DELETE", "/v1/coupons/TENOFF")
	b.refused(404, "resource_missing", "id", "GET", "/v1/coupons/TENOFF")
}

func TestACodeMayBeForOneCustomerOnly(t *testing.T) {
	t.Parallel()
	b := setup(t)
	price := b.price(1000, "month")
	mine, other := b.must("POST", "/v1/customers", "email", "me@example.com").str("id"), b.must("POST", "/v1/customers", "email", "you@example.com").str("id")
	coupon := b.must("POST", "/v1/coupons", "duration", "once", "percent_off", "50").str("id")
	promo := b.must("POST", "/v1/promotion_codes", "coupon", coupon, "code", "MINE", "customer", mine).str("id")
	visit := []string{"mode", "subscription", "success_url", "https://x.example", "line_items[0][price]", price, "discounts[0][promotion_code]", promo, "customer"}
	b.refused(400, "promotion_code_invalid", "promotion_code", "POST", "/v1/checkout/sessions", append(visit, other)...)
	if s := b.must("POST", "/v1/checkout/sessions", append(visit, mine)...); s.int("amount_total") != 500 || s.int("total_details.amount_discount") != 500 {
		t.Errorf("total %d", s.int("amount_total"))
	}
	_, page := b.visit(price, "customer", other, "allow_promotion_codes", "true")
	b.browse("POST", page+"/code", "code", "mine").shows(422, "for another customer")
	b.browse("GET", page).shows(200, "Subscribe for $10.00") // the page is not spoiled
}

func TestASubscriptionsFieldsAreChanged(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	s := l.update("description", "For Ann", "metadata[a]", "1", "trial_settings[end_behavior][missing_payment_method]", "pause", "default_payment_method", "pm_card_mastercard", "expand[]", "default_payment_method")
	if s.str("description") != "For Ann" || s.str("metadata.a") != "1" || s.str("trial_settings.end_behavior.missing_payment_method") != "pause" || s.str("default_payment_method.card.brand") != "mastercard" {
		t.Errorf("%v", s.doc)
	}
	if s = l.update("description", "", "default_payment_method", ""); s.at("description") != nil || s.at("default_payment_method") != nil {
		t.Errorf("not unset: %v %v", s.at("description"), s.at("default_payment_method"))
	}
	l.refused(400, "resource_missing", "default_payment_method", "POST", "/v1/subscriptions/"+l.sub, "default_payment_method", "pm_none")
	l.refused(400, "parameters_exclusive", "cancel_at", "POST", "/v1/subscriptions/"+l.sub, "cancel_at", days(9), "cancel_at_period_end", "true")
	l.refused(400, "", "cancel_at", "POST", "/v1/subscriptions/"+l.sub, "cancel_at", days(0))
	l.refused(400, "", "pause_collection[resumes_at]", "POST", "/v1/subscriptions/"+l.sub, "pause_collection[behavior]", "void", "pause_collection[resumes_at]", days(0))
	l.refused(400, "parameter_missing", "pause_collection[behavior]", "POST", "/v1/subscriptions/"+l.sub, "pause_collection[resumes_at]", days(9))
	l.refused(400, "", "proration_date", "POST", "/v1/subscriptions/"+l.sub, "items[0][id]", l.item(), "items[0][quantity]", "2", "proration_date", days(99))
	l.refused(400, "", "id", "POST", "/v1/subscriptions/"+l.sub+"/resume")
}

func TestADiscountIsGivenReplacedAndTakenAway(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	coupon := func(share string) string {
		return l.must("POST", "/v1/coupons", "duration", "forever", "percent_off", share).str("id")
	}
	ten, half := coupon("10"), coupon("50")
	s := l.update("coupon", ten)
	if s.str("discount.coupon.id") != ten || s.str("discount.subscription") != l.sub || s.str("discount.customer") != l.customer {
		t.Errorf("%v", s.at("discount"))
	}
	if got := l.must("GET", "/v1/invoices/upcoming", "subscription", l.sub).int("total"); got != 1800 {
		t.Errorf("the next invoice is of %d, want 1800", got)
	}
	l.update("coupon", half)
	if s = l.update("coupon", ""); s.at("discount") != nil {
		t.Errorf("not taken away: %v", s.at("discount"))
	}
	if got := strings.Join(l.events("customer.discount"), " "); got != "customer.discount.created customer.discount.deleted customer.discount.created customer.discount.deleted" {
		t.Errorf("told %s", got)
	}
	if got := l.must("GET", "/v1/coupons/"+ten).int("times_redeemed"); got != 1 {
		t.Errorf("redeemed %d times", got)
	}
	l.refused(400, "resource_missing", "coupon", "POST", "/v1/subscriptions/"+l.sub, "coupon", "NONE")
	euro := l.must("POST", "/v1/coupons", "duration", "once", "amount_off", "5", "currency", "eur").str("id")
	l.refused(400, "", "coupon", "POST", "/v1/subscriptions/"+l.sub, "coupon", euro)
}

func TestPurchasesThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, cus := b.clocked("pm_card_visa")
	month, year := b.price(1000, "month"), b.price(1000, "year")
	euro := b.must("POST", "/v1/prices", "product", b.must("POST", "/v1/products", "name", "€").str("id"), "currency", "eur", "unit_amount", "5", "recurring[interval]", "month").str("id")
	archived := b.price(5, "month")
	b.must("POST", "/v1/prices/"+archived, "active", "false")
	buy := func(more ...string) []string { return append([]string{"customer", cus}, more...) }
	for name, c := range map[string]struct {
		code, param string
		params      []string
	}{
		"two rhythms":    {"", "items", buy("items[0][price]", month, "items[1][price]", year)},
		"two currencies": {"", "items", buy("items[0][price]", month, "items[1][price]", euro)},
		"archived":       {"", "items[0][price]", buy("items[0][price]", archived)},
		"no items":       {"parameter_missing", "items", buy()},
		"two trials":     {"parameters_exclusive", "trial_end", buy("items[0][price]", month, "trial_end", days(9), "trial_period_days", "3")},
		"trial in past":  {"", "trial_end", buy("items[0][price]", month, "trial_end", days(0))},
		"end in past":    {"", "cancel_at", buy("items[0][price]", month, "cancel_at", days(0))},
		"somebody's card": {"resource_missing", "default_payment_method", buy("items[0][price]", month, "default_payment_method",
			b.must("POST", "/v1/payment_methods", "type", "card", "card[number]", "4242424242424242", "card[exp_month]", "1", "card[exp_year]", "2030", "card[cvc]", "123").str("id"))},
	} {
		if a := b.call("POST", "/v1/subscriptions", c.params...); a.status != 400 || a.str("error.code") != c.code || a.str("error.param") != c.param {
			t.Errorf("%s: %d %v, want 400 %q %q", name, a.status, a.at("error"), c.code, c.param)
		}
	}
	b.must("POST", "/v1/subscriptions", buy("items[0][price]", month)...)
	b.refused(400, "", "items", "POST", "/v1/subscriptions", buy("items[0][price]", euro)...) // billed in dollars from now on
	b.refused(400, "", "line_items[0][price]", "POST", "/v1/checkout/sessions", "mode", "subscription", "success_url", "https://x.example", "line_items[0][price]", euro, "customer", cus)
}

func TestPaymentBehaviorDecidesWhatADeclineLeaves(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, cus := b.clocked("pm_card_chargeCustomerFail")
	price := b.price(1000, "month")
	buy := func(behavior string) answer {
		return b.call("POST", "/v1/subscriptions", "customer", cus, "items[0][price]", price, "payment_behavior", behavior, "expand[]", "latest_invoice.payment_intent")
	}
	if a := buy("allow_incomplete"); a.str("status") != "incomplete" || a.str("latest_invoice.payment_intent.status") != "requires_payment_method" || a.str("latest_invoice.payment_intent.last_payment_error.code") != "card_declined" {
		t.Errorf("allow_incomplete: %d %s %v", a.status, a.str("status"), a.at("latest_invoice.payment_intent"))
	}
	if a := buy("default_incomplete"); a.str("status") != "incomplete" || a.int("latest_invoice.attempt_count") != 0 || a.str("latest_invoice.status") != "open" {
		t.Errorf("default_incomplete: %d %s, %d attempts", a.status, a.str("status"), a.int("latest_invoice.attempt_count"))
	}
	if a := buy("error_if_incomplete"); a.status != 402 {
		t.Errorf("error_if_incomplete: %d", a.status)
	}
	if n := len(b.must("GET", "/v1/subscriptions", "customer", cus, "status", "all").list("data")); n != 2 {
		t.Errorf("%d subscriptions, want 2", n)
	}
	nobody := b.must("POST", "/v1/customers").str("id")
	if a := b.must("POST", "/v1/subscriptions", "customer", nobody, "items[0][price]", price, "payment_behavior", "default_incomplete"); a.str("status") != "incomplete" {
		t.Errorf("without a card: %s", a.str("status"))
	}
	free := b.price(0, "month")
	if a := b.must("POST", "/v1/subscriptions", "customer", nobody, "items[0][price]", free); a.str("status") != "active" {
		t.Errorf("for nothing: %s", a.str("status"))
	}
}

func TestAnInvoiceIsEditedAndFinalizedByHand(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	l.update("pause_collection[behavior]", "keep_as_draft")
	l.when(29, 2)
	in := "/v1/invoices/" + l.latest()
	if a := l.must("POST", in, "description", "Thanks", "metadata[a]", "1"); a.str("description") != "Thanks" || a.str("metadata.a") != "1" || a.at("number") != nil {
		t.Errorf("%v", a.doc)
	}
	l.update("pause_collection", "")
	l.must("POST", in, "auto_advance", "true")
	l.when(29, 4)
	if a := l.must("GET", in); a.str("status") != "paid" {
		t.Errorf("switched on again it is %s", a.str("status"))
	}
	l.update("pause_collection[behavior]", "keep_as_draft")
	l.when(60, 2)
	in = "/v1/invoices/" + l.latest()
	if a := l.must("POST", in+"/finalize"); a.str("status") != "open" || a.str("number") == "" || a.at("payment_intent") == nil {
		t.Errorf("finalized it is %s with the number %v", a.str("status"), a.at("number"))
	}
	if a := l.must("POST", in+"/pay"); a.str("status") != "paid" {
		t.Errorf("paid it is %s", a.str("status"))
	}
	l.refused(404, "resource_missing", "id", "POST", "/v1/invoices/in_none/pay")
}

func TestACustomersDetailsAreKept(t *testing.T) {
	t.Parallel()
	b := setup(t)
	c := b.must("POST", "/v1/customers", "name", "Ann", "phone", "+1", "description", "d", "address[city]", "Bergen", "address[country]", "NO", "balance", "-500")
	if c.str("address.city") != "Bergen" || c.at("address.line1") != nil || c.int("balance") != -500 || c.str("phone") != "+1" {
		t.Errorf("%v", c.doc)
	}
	c = b.must("POST", "/v1/customers/"+c.str("id"), "address", "", "name", "", "phone", "", "description", "")
	for _, field := range []string{"address", "name", "phone", "description"} {
		if c.at(field) != nil {
			t.Errorf("%s is still %v", field, c.at(field))
		}
	}
	b.refused(404, "resource_missing", "id", "POST", "/v1/customers/cus_none", "name", "x")
	b.refused(400, "resource_missing", "test_clock", "POST", "/v1/customers", "test_clock", "clock_none")
}

func TestADetachedCardIsNobodysDefault(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	pm := l.must("GET", "/v1/customers/"+l.customer).str("invoice_settings.default_payment_method")
	l.update("default_payment_method", pm)
	l.must("POST", "/v1/payment_methods/"+pm+"/detach")
	if s := l.must("GET", "/v1/subscriptions/"+l.sub); s.at("default_payment_method") != nil {
		t.Error("it still pays the subscription")
	}
	l.when(29, 2)
	l.is("past_due")
	l.refused(400, "resource_missing", "", "POST", "/v1/invoices/"+l.latest()+"/pay")
	if got := l.events("payment_method.detached"); len(got) != 1 {
		t.Errorf("told %v", got)
	}
}

func TestAnEndpointIsChangedAndSwitched(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.must("POST", "/v1/webhook_endpoints", "url", "https://a.example/hook", "enabled_events[]", "invoice.paid", "description", "One", "metadata[a]", "1").str("id")
	w := b.must("POST", "/v1/webhook_endpoints/"+id, "url", "https://b.example/hook", "enabled_events[]", "*", "disabled", "true", "description", "")
	if w.str("url") != "https://b.example/hook" || w.str("status") != "disabled" || w.at("description") != nil || len(w.list("enabled_events")) != 1 {
		t.Errorf("%v", w.doc)
	}
	if w = b.must("POST", "/v1/webhook_endpoints/"+id, "disabled", "false"); w.str("status") != "enabled" {
		t.Errorf("%s", w.str("status"))
	}
	b.refused(400, "url_invalid", "url", "POST", "/v1/webhook_endpoints/"+id, "url", "nowhere")
	b.refused(400, "", "enabled_events", "POST", "/v1/webhook_endpoints/"+id, "enabled_events[0]", "*", "enabled_events[1]", "invoice.paid")
	if got := b.must("GET", "/v1/webhook_endpoints").ids(); len(got) != 2 {
		t.Errorf("listed %v, want this one and the configured one", got)
	}
}

func TestAPortalVisitIsRefusedWhereItCannotBe(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	l.refused(400, "resource_missing", "customer", "POST", "/v1/billing_portal/sessions", "customer", "cus_none")
	l.refused(400, "parameter_missing", "customer", "POST", "/v1/billing_portal/sessions")
	l.refused(400, "url_invalid", "return_url", "POST", "/v1/billing_portal/sessions", "customer", l.customer, "return_url", "javascript:x")
	portal := l.portal(l.customer)
	l.browse("GET", portal+"/card").shows(200, "Change your card", "Card number")
	l.browse("GET", portal+"/sub_none/plan").shows(404)
	l.must("DELETE", "/v1/subscriptions/"+l.sub)
	l.browse("GET", portal).shows(200, "Ended on 31 Jan 2024").hides("Cancel plan", "Change plan")
	l.browse("POST", portal+"/"+l.sub+"/cancel").shows(404)
	l.must("DELETE", "/v1/customers/"+l.customer)
	l.browse("GET", portal).shows(404)
}

// TestALateEventChangesNothingThatIsFetched plays the row of the access table
// in which an old update arrives after the end: whoever fetches sees the end.
func TestALateEventChangesNothingThatIsFetched(t *testing.T) {
	t.Parallel()
	b := setup(t)
	l := begin(t, b, "pm_card_visa")
	b.settle()
	var late int
	if err := b.db.QueryRow(`SELECT id FROM stripelocal_deliveries WHERE type = 'customer.subscription.updated' ORDER BY id LIMIT 1`).Scan(&late); err != nil {
		t.Fatal(err)
	}
	l.must("DELETE", "/v1/subscriptions/"+l.sub)
	b.settle()
	b.browse("POST", fmt.Sprintf("/deliveries/%d/again", late)).leads("/deliveries")
	b.settle()
	calls := b.hooks.all()
	last := calls[len(calls)-1]
	if last.str("type") != "customer.subscription.updated" || last.str("data.object.status") != "active" || !signed(last, webhookSecret) {
		t.Errorf("the last call is %s with %s", last.str("type"), last.str("data.object.status"))
	}
	l.is("canceled")
}
