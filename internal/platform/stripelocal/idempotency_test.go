package stripelocal_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"
)

func keyed(key string) http.Header { return http.Header{"Idempotency-Key": {key}} }

func TestTheSameKeyMakesOneObject(t *testing.T) {
	t.Parallel()
	b := setup(t)
	first := b.callWith(keyed("k1"), "POST", "/v1/customers", "email", "ann@example.com", "name", "Ann")
	again := b.callWith(keyed("k1"), "POST", "/v1/customers", "name", "Ann", "email", "ann@example.com")
	if first.str("id") == "" || first.str("id") != again.str("id") {
		t.Errorf("ids %q and %q", first.str("id"), again.str("id"))
	}
	if again.header.Get("Idempotent-Replayed") != "true" || again.header.Get("Original-Request") != first.header.Get("Request-Id") {
		t.Errorf("headers of the repeat: %v", again.header)
	}
	if first.header.Get("Idempotent-Replayed") != "" {
		t.Error("the first answer says it is a repeat")
	}
	if n := len(b.must("GET", "/v1/customers").list("data")); n != 1 {
		t.Errorf("%d customers, want 1", n)
	}
}

func TestAKeyBelongsToItsParametersAndItsAddress(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.callWith(keyed("k1"), "POST", "/v1/customers", "email", "ann@example.com")
	for name, a := range map[string]answer{
		"other parameters": b.callWith(keyed("k1"), "POST", "/v1/customers", "email", "bo@example.com"),
		"another address":  b.callWith(keyed("k1"), "POST", "/v1/products", "name", "x"),
	} {
		if a.status != 400 || a.str("error.type") != "idempotency_error" {
			t.Errorf("%s: %d %v, want 400 idempotency_error", name, a.status, a.doc)
		}
	}
	if n := len(b.must("GET", "/v1/customers").list("data")); n != 1 {
		t.Errorf("%d customers, want 1", n)
	}
}

func TestARefusalIsRememberedOnlyWhenTheWorkHadBegun(t *testing.T) {
	t.Parallel()
	b := setup(t)
	bad := b.callWith(keyed("typo"), "POST", "/v1/products", "nom", "x")
	if bad.status != 400 {
		t.Fatalf("%d", bad.status)
	}
	if good := b.callWith(keyed("typo"), "POST", "/v1/products", "name", "x"); good.status != 200 {
		t.Errorf("after a wrong parameter the key is used up: %d %v", good.status, good.doc)
	}
	_, cus := b.clocked("")
	price := b.price(2000, "month")
	buy := []string{"customer", cus, "items[0][price]", price, "payment_behavior", "error_if_incomplete"}
	b.must("POST", "/v1/customers/"+cus, "invoice_settings[default_payment_method]", "pm_card_chargeCustomerFail")
	if a := b.callWith(keyed("buy"), "POST", "/v1/subscriptions", buy...); a.status != 402 || a.str("error.code") != "card_declined" {
		t.Fatalf("%d %v, want 402 card_declined", a.status, a.doc)
	}
	b.must("POST", "/v1/customers/"+cus, "invoice_settings[default_payment_method]", "pm_card_visa")
	if a := b.callWith(keyed("buy"), "POST", "/v1/subscriptions", buy...); a.status != 402 || a.header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("the repeat of a declined purchase: %d replayed=%q, want the same refusal", a.status, a.header.Get("Idempotent-Replayed"))
	}
	if n := len(b.must("GET", "/v1/subscriptions", "customer", cus, "status", "all").list("data")); n != 0 {
		t.Errorf("%d subscriptions came of it", n)
	}
}

func TestAKeyIsForgottenAfterADay(t *testing.T) {
	t.Parallel()
	b := setup(t)
	first := b.callWith(keyed("k1"), "POST", "/v1/customers", "email", "ann@example.com")
	b.clock.Advance(23 * time.Hour)
	if a := b.callWith(keyed("k1"), "POST", "/v1/customers", "email", "ann@example.com"); a.str("id") != first.str("id") {
		t.Error("forgotten after 23 hours")
	}
	b.clock.Advance(2 * time.Hour)
	if a := b.callWith(keyed("k1"), "POST", "/v1/customers", "email", "ann@example.com"); a.str("id") == first.str("id") {
		t.Error("remembered after 25 hours")
	}
}

func TestTwentyAtOnceWithOneKeyMakeOneObject(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var all sync.WaitGroup
	ids := make([]string, 20)
	for i := range ids {
		all.Go(func() {
			ids[i] = b.callWith(keyed("together"), "POST", "/v1/customers", "email", "ann@example.com").str("id")
		})
	}
	all.Wait()
	for _, id := range ids {
		if id == "" || id != ids[0] {
			t.Fatalf("several answers: %v", ids)
		}
	}
	if n := len(b.must("GET", "/v1/customers").list("data")); n != 1 {
		t.Errorf("%d customers, want 1", n)
	}
}

func TestTooLongAKeyIsRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	if a := b.callWith(keyed(fmt.Sprintf("%0256d", 1)), "POST", "/v1/customers"); a.status != 400 {
		t.Errorf("%d, want 400", a.status)
	}
}
