package stripelocal_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestParametersAreRefusedAsStripeDoes(t *testing.T) {
	t.Parallel()
	b := setup(t)
	price := b.price(2000, "month")
	once := b.must("POST", "/v1/prices", "product", b.must("POST", "/v1/products", "name", "Once").str("id"), "currency", "usd", "unit_amount", "5").str("id")
	cus := b.must("POST", "/v1/customers", "email", "ann@example.com").str("id")
	visit := []string{"mode", "subscription", "success_url", "https://example.com/", "line_items[0][price]", price, "line_items[0][quantity]", "1"}
	with := func(base []string, more ...string) []string { return append(append([]string{}, base...), more...) }
	for _, c := range []struct {
		name, path, code, param string
		params                  []string
	}{
		{"unknown", "/v1/customers", "parameter_unknown", "nickname", []string{"nickname", "x"}},
		{"unknown in a group", "/v1/prices", "parameter_unknown", "recurring[often]", []string{"recurring[often]", "x"}},
		{"unknown in a list", "/v1/subscriptions", "parameter_unknown", "items[0][color]", []string{"customer", cus, "items[0][color]", "x"}},
		{"missing", "/v1/products", "parameter_missing", "name", nil},
		{"missing in a group", "/v1/prices", "parameter_missing", "recurring[interval]", []string{"currency", "usd", "product", "p", "unit_amount", "1", "recurring[interval_count]", "2"}},
		{"not an integer", "/v1/prices", "parameter_invalid_integer", "unit_amount", []string{"unit_amount", "12.5"}},
		{"integer too large", "/v1/prices", "parameter_invalid_integer", "unit_amount", []string{"unit_amount", "99999999999999999999"}},
		{"negative amount", "/v1/prices", "parameter_invalid_integer", "unit_amount", []string{"unit_amount", "-1"}},
		{"not a boolean", "/v1/products", "", "active", []string{"name", "x", "active", "yes"}},
		{"not one of the words", "/v1/prices", "", "recurring[interval]", []string{"recurring[interval]", "fortnight"}},
		{"empty where something must be", "/v1/products", "parameter_invalid_empty", "name", []string{"name", ""}},
		{"a value where a group must be", "/v1/prices", "", "recurring", []string{"recurring", "month"}},
		{"a group where a value must be", "/v1/products", "", "name", []string{"name[a]", "x"}},
		{"a name that is no number in a list", "/v1/subscriptions", "", "items", []string{"customer", cus, "items[x][price]", price}},
		{"text too long", "/v1/products", "", "name", []string{"name", strings.Repeat("x", 5001)}},
		{"metadata name too long", "/v1/products", "", "metadata", []string{"name", "x", "metadata[" + strings.Repeat("k", 41) + "]", "v"}},
		{"metadata value too long", "/v1/products", "", "metadata[k]", []string{"name", "x", "metadata[k]", strings.Repeat("v", 501)}},
		{"upper case currency", "/v1/prices", "", "currency", []string{"product", "p", "unit_amount", "1", "currency", "USD"}},
		{"no such product", "/v1/prices", "resource_missing", "product", []string{"product", "prod_none", "unit_amount", "1", "currency", "usd"}},
		{"no such customer", "/v1/subscriptions", "resource_missing", "customer", []string{"customer", "cus_none", "items[0][price]", price}},
		{"nobody to pay", "/v1/subscriptions", "resource_missing", "", []string{"customer", cus, "items[0][price]", price}},
		{"price of another kind", "/v1/subscriptions", "", "items[0][price]", []string{"customer", cus, "items[0][price]", once}},
		{"bad e-mail", "/v1/customers", "email_invalid", "email", []string{"email", "nobody"}},
		{"customer and address", "/v1/checkout/sessions", "parameters_exclusive", "customer_email", with(visit, "customer", cus, "customer_email", "a@example.com")},
		{"codes and a discount", "/v1/checkout/sessions", "parameters_exclusive", "allow_promotion_codes", with(visit, "allow_promotion_codes", "true", "discounts[0][coupon]", "x")},
		{"address that is none", "/v1/checkout/sessions", "url_invalid", "success_url", with(visit[:2], "success_url", "javascript:alert(1)", "line_items[0][price]", price)},
		{"a mode the stand-in lacks", "/v1/checkout/sessions", "", "mode", []string{"mode", "setup"}},
		{"expires too late", "/v1/checkout/sessions", "", "expires_at", with(visit, "expires_at", fmt.Sprint(midnight.AddDate(0, 0, 2).Unix()))},
		{"trial too long", "/v1/checkout/sessions", "parameter_invalid_integer", "subscription_data[trial_period_days]", with(visit, "subscription_data[trial_period_days]", "731")},
		{"both kinds of discount", "/v1/coupons", "", "percent_off", []string{"duration", "once", "percent_off", "5", "amount_off", "5", "currency", "usd"}},
		{"more than everything", "/v1/coupons", "", "percent_off", []string{"duration", "once", "percent_off", "101"}},
		{"an event nobody makes", "/v1/webhook_endpoints", "", "enabled_events", []string{"url", "https://example.com", "enabled_events[]", "DROP TABLE"}},
		{"another version", "/v1/webhook_endpoints", "", "api_version", []string{"url", "https://example.com", "enabled_events[]", "*", "api_version", "2015-01-01"}},
		{"expanding what is no object", "/v1/customers", "", "expand", []string{"email", "ann@example.com", "expand[]", "email"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bb := *b
			bb.t = t
			bb.refused(400, c.code, c.param, "POST", c.path, c.params...)
		})
	}
	b.refused(404, "resource_missing", "id", "GET", "/v1/customers/cus_none")
	b.refused(404, "resource_missing", "id", "GET", "/v1/prices/"+cus)
	b.refused(404, "", "", "GET", "/v1/nothing")
	b.refused(404, "", "", "POST", "/v1/events")
}

func TestARefusedRequestChangesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	before := len(b.events())
	b.refused(400, "", "expand", "POST", "/v1/customers", "email", "ann@example.com", "expand[]", "nonsense")
	b.refused(402, "card_declined", "", "POST", "/v1/customers", "email", "ann@example.com", "payment_method", "pm_card_chargeDeclined")
	if got := b.must("GET", "/v1/customers").list("data"); len(got) != 0 {
		t.Errorf("%d customers were made", len(got))
	}
	if got := len(b.events()); got != before {
		t.Errorf("%d events were told", got-before)
	}
}

func TestMetadataIsMerged(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.must("POST", "/v1/products", "name", "x", "metadata[a]", "1", "metadata[b]", "2").str("id")
	a := b.must("POST", "/v1/products/"+id, "metadata[a]", "", "metadata[c]", "3")
	if got := fmt.Sprint(a.at("metadata")); got != "map[b:2 c:3]" {
		t.Errorf("merged to %s", got)
	}
	if a = b.must("POST", "/v1/products/"+id, "metadata", ""); fmt.Sprint(a.at("metadata")) != "map[]" {
		t.Errorf("cleared to %v", a.at("metadata"))
	}
	many := []string{}
	for i := range 51 {
		many = append(many, fmt.Sprintf("metadata[k%d]", i), "v")
	}
	b.refused(400, "", "metadata", "POST", "/v1/products/"+id, many...)
	b.must("POST", "/v1/products/"+id, many[:100]...)
	b.refused(400, "", "metadata", "POST", "/v1/products/"+id, many[100:]...)
}

func TestMetadataThatLooksLikeAnObjectStaysAsItIs(t *testing.T) {
	t.Parallel()
	b := setup(t)
	a := b.must("POST", "/v1/products", "name", "x", "metadata[object]", "price")
	if got := fmt.Sprint(a.at("metadata")); got != "map[object:price]" {
		t.Errorf("metadata became %s", got)
	}
}

func TestOnlyTheKeyOpens(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, c := range []struct {
		name, header string
		want         int
	}{
		{"bearer", "Bearer " + secretKey, 200},
		{"bearer in small letters", "bearer " + secretKey, 200},
		{"basic", "Basic c2tfdGVzdF9sb2NhbF8xMjM0NTY3ODkwOg==", 200},
		{"none", "", 401},
		{"empty bearer", "Bearer ", 401},
		{"another key", "Bearer sk_test_other", 401},
		{"a part of the key", "Bearer " + secretKey[:10], 401},
		{"more than the key", "Bearer " + secretKey + "x", 401},
		{"another scheme", "Digest " + secretKey, 401},
		{"broken basic", "Basic %%%", 401},
	} {
		a := b.callWith(http.Header{"Authorization": {c.header}}, "GET", "/v1/customers")
		if a.status != c.want {
			t.Errorf("%s: %d, want %d", c.name, a.status, c.want)
		}
		if c.want == 401 && (a.str("error.type") != "invalid_request_error" || strings.Contains(fmt.Sprint(a.doc), secretKey[:10])) {
			t.Errorf("%s: %v", c.name, a.doc)
		}
	}
	if a := b.callWith(http.Header{"Stripe-Version": {"2020-08-27"}}, "GET", "/v1/customers"); a.status != 400 {
		t.Errorf("another version: %d, want 400", a.status)
	}
	a := b.callWith(http.Header{"Stripe-Version": {"2023-10-16"}}, "GET", "/v1/customers")
	if a.header.Get("Stripe-Version") != "2023-10-16" || !strings.HasPrefix(a.header.Get("Request-Id"), "req_") {
		t.Errorf("headers of an answer: %v", a.header)
	}
}

func TestBodiesThatAreNoFormAreRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for name, c := range map[string]struct {
		kind, body string
		want       int
	}{
		"JSON":           {"application/json", `{"name":"x"}`, 400},
		"broken escapes": {"application/x-www-form-urlencoded", "name=%zz", 400},
		"too large":      {"application/x-www-form-urlencoded", "name=" + strings.Repeat("x", 2<<20), 413},
		"too deep":       {"application/x-www-form-urlencoded", "a[b][c][d][e][f][g][h][i][j]=1", 400},
		"too many":       {"application/x-www-form-urlencoded", strings.Repeat("metadata[a]=1&", 2000), 400},
		"broken bracket": {"application/x-www-form-urlencoded", "metadata[a=1", 400},
	} {
		r, _ := http.NewRequest("POST", b.url+"/v1/products", strings.NewReader(c.body))
		r.Header.Set("Authorization", "Bearer "+secretKey)
		r.Header.Set("Content-Type", c.kind)
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != c.want {
			t.Errorf("%s: %d, want %d", name, res.StatusCode, c.want)
		}
	}
}
