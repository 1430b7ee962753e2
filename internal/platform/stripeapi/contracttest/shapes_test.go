package contracttest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stripe/stripe-go/v76"
)

// TestEveryObjectHasTheFieldsOfTheFixture compares each object of the
// stand-in with stripe-mock's fixture for it: every field is there, and where
// both hold something it is of one JSON type, down into groups and lists.
func TestEveryObjectHasTheFieldsOfTheFixture(t *testing.T) {
	t.Parallel()
	mock, local := mockWorld(t), standInWorld(t)
	for kind, o := range objects(local) {
		t.Run(kind, func(t *testing.T) {
			want, got := mock.fixture(kind), o.doc
			if o.mock != "" {
				want = mock.raw(o.method, o.mock, o.params...)
			}
			if kind == "discount" {
				want = mock.raw("GET", "/v1/customers/cus_1", "expand[]", "discount")["discount"].(map[string]any)
			}
			if want["object"] != kind || got["object"] != kind {
				t.Fatalf("compared %v with %v", want["object"], got["object"])
			}
			for _, problem := range missing(kind, want, got) {
				t.Error(problem)
			}
			raw, _ := json.Marshal(got)
			if err := json.Unmarshal(raw, o.typed); err != nil {
				t.Errorf("stripe-go cannot read it: %v", err)
			}
			for _, name := range unknown(got, o.typed) {
				t.Errorf("the stand-in shows %s, which stripe-go does not know", name)
			}
		})
	}
}

type sample struct {
	method, mock string
	params       []string
	doc          map[string]any
	typed        any
}

// objects fetches one of every kind from the stand-in and names where
// stripe-mock shows its fixture.
func objects(s *standIn) map[string]sample {
	coupon := s.raw("POST", "/v1/coupons", "duration", "once", "percent_off", "10")
	promo := s.raw("POST", "/v1/promotion_codes", "coupon", coupon["id"].(string), "code", "SHAPE")
	s.raw("POST", "/v1/subscriptions/"+s.subscription, "items[0][id]", s.item, "items[0][quantity]", "2", "coupon", coupon["id"].(string))
	portal := s.raw("POST", "/v1/billing_portal/sessions", "customer", s.customer)
	hook := s.raw("POST", "/v1/webhook_endpoints", "url", "https://example.com/hook", "enabled_events[]", "*")
	first := func(path string, params ...string) map[string]any {
		return s.raw("GET", path, append(params, "limit", "1")...)["data"].([]any)[0].(map[string]any)
	}
	get := func(path string) map[string]any { return s.raw("GET", path) }
	sub := s.raw("GET", "/v1/subscriptions/"+s.subscription)
	return map[string]sample{
		"product":                 {"GET", "/v1/products/prod_1", nil, get("/v1/products/" + s.product), &stripe.Product{}},
		"price":                   {"GET", "/v1/prices/price_1", nil, get("/v1/prices/" + s.price), &stripe.Price{}},
		"coupon":                  {"GET", "/v1/coupons/c1", nil, coupon, &stripe.Coupon{}},
		"promotion_code":          {"GET", "/v1/promotion_codes/promo_1", nil, promo, &stripe.PromotionCode{}},
		"customer":                {"GET", "/v1/customers/cus_1", nil, get("/v1/customers/" + s.customer), &stripe.Customer{}},
		"payment_method":          {"GET", "/v1/payment_methods/pm_1", nil, first("/v1/payment_methods", "customer", s.customer), &stripe.PaymentMethod{}},
		"subscription":            {"GET", "/v1/subscriptions/sub_1", nil, sub, &stripe.Subscription{}},
		"subscription_item":       {"GET", "/v1/subscription_items/si_1", nil, first("/v1/subscription_items", "subscription", s.subscription), &stripe.SubscriptionItem{}},
		"invoice":                 {"GET", "/v1/invoices/in_1", nil, get("/v1/invoices/" + s.invoice), &stripe.Invoice{}},
		"invoiceitem":             {"GET", "/v1/invoiceitems/ii_1", nil, first("/v1/invoiceitems", "customer", s.customer), &stripe.InvoiceItem{}},
		"payment_intent":          {"GET", "/v1/payment_intents/pi_1", nil, first("/v1/payment_intents", "customer", s.customer), &stripe.PaymentIntent{}},
		"charge":                  {"GET", "/v1/charges/ch_1", nil, first("/v1/charges", "customer", s.customer), &stripe.Charge{}},
		"refund":                  {"GET", "/v1/refunds/re_1", nil, get("/v1/refunds/" + s.refund), &stripe.Refund{}},
		"dispute":                 {"GET", "/v1/disputes/dp_1", nil, get("/v1/disputes/" + s.dispute), &stripe.Dispute{}},
		"checkout.session":        {"GET", "/v1/checkout/sessions/cs_1", nil, get("/v1/checkout/sessions/" + s.checkout), &stripe.CheckoutSession{}},
		"billing_portal.session":  {"POST", "/v1/billing_portal/sessions", []string{"customer", "cus_1"}, portal, &stripe.BillingPortalSession{}},
		"event":                   {"GET", "/v1/events/evt_1", nil, get("/v1/events/" + s.event), &stripe.Event{}},
		"webhook_endpoint":        {"GET", "/v1/webhook_endpoints/we_1", nil, hook, &stripe.WebhookEndpoint{}},
		"test_helpers.test_clock": {"GET", "/v1/test_helpers/test_clocks/clock_1", nil, get("/v1/test_helpers/test_clocks/" + s.world.clock), &stripe.TestHelpersTestClock{}},
		"item":                    {"GET", "", nil, first("/v1/checkout/sessions/" + s.checkout + "/line_items"), &stripe.LineItem{}},
		"line_item":               {"GET", "", nil, first("/v1/invoices/" + s.invoice + "/lines"), &stripe.InvoiceLineItem{}},
		"discount":                {"GET", "", nil, sub["discount"].(map[string]any), &stripe.Discount{}},
	}
}

// raw of a sample without an address of its own takes the fixture from where
// it stands inside another object.
func (w *world) fixture(kind string) map[string]any {
	switch kind {
	case "item":
		return w.raw("GET", "/v1/checkout/sessions/cs_1/line_items")["data"].([]any)[0].(map[string]any)
	case "line_item":
		return w.raw("GET", "/v1/invoices/in_1/lines")["data"].([]any)[0].(map[string]any)
	}
	return nil
}

// notMade tells of fields of the fixture that the stand-in does not have, and
// why.
func notMade(field string) bool {
	switch {
	case field == "charge.refunds": // shown only when it is asked for
		return true
	case strings.HasSuffix(field, ".invoice_item"): // only on lines of the type invoiceitem
		return strings.HasPrefix(field, "line_item") || strings.HasPrefix(field, "invoice.lines")
	}
	// Network details of a charged card; brand, last4 and expiry are compared.
	name, ofCard := strings.CutPrefix(field, "charge.payment_method_details.card.")
	return ofCard && !slices.Contains([]string{"brand", "last4", "exp_month", "exp_year", "country", "funding"}, name)
}

func missing(at string, want, got any) []string {
	if want == nil || got == nil {
		return nil
	}
	if reflect.TypeOf(want) != reflect.TypeOf(got) {
		return []string{fmt.Sprintf("%s is %T, the fixture has %T", at, got, want)}
	}
	var out []string
	switch w := want.(type) {
	case map[string]any:
		g := got.(map[string]any)
		for name, v := range w {
			here := at + "." + name
			if name == "metadata" || notMade(here) {
				continue
			}
			if _, there := g[name]; !there {
				out = append(out, here+" is missing")
				continue
			}
			if name == "object" && at == "event.data" {
				continue // each event holds another object
			}
			out = append(out, missing(here, v, g[name])...)
		}
	case []any:
		if g := got.([]any); len(w) > 0 && len(g) > 0 {
			out = append(out, missing(at+"[]", w[0], g[0])...)
		}
	}
	slices.Sort(out)
	return out
}

// unknown lists top-level names that the Go type does not read.
func unknown(got map[string]any, typed any) []string {
	known := map[string]bool{}
	fields := reflect.TypeOf(typed).Elem()
	for i := range fields.NumField() {
		tag, _, _ := strings.Cut(fields.Field(i).Tag.Get("json"), ",")
		known[tag] = true
	}
	var out []string
	for name := range got {
		if !known[name] {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
