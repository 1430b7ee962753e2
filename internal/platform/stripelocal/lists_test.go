package stripelocal_test

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

func (a answer) ids() []string {
	var ids []string
	for _, v := range a.list("data") {
		ids = append(ids, doc(v.(map[string]any)).str("id"))
	}
	return ids
}

func TestListsGoThroughAllPagesBothWays(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var made []string
	for i := range 25 {
		made = append(made, b.must("POST", "/v1/customers", "name", fmt.Sprint(i)).str("id"))
		if i%5 == 0 {
			b.clock.Advance(time.Second)
		}
	}
	slices.Reverse(made) // newest first
	first := b.must("GET", "/v1/customers")
	if first.str("object") != "list" || first.str("url") != "/v1/customers" || first.at("has_more") != true || !slices.Equal(first.ids(), made[:10]) {
		t.Fatalf("first page: %v %v", first.at("has_more"), first.ids())
	}
	var walked []string
	page := b.must("GET", "/v1/customers", "limit", "7")
	for {
		walked = append(walked, page.ids()...)
		if page.at("has_more") != true {
			break
		}
		page = b.must("GET", "/v1/customers", "limit", "7", "starting_after", walked[len(walked)-1])
	}
	if !slices.Equal(walked, made) {
		t.Errorf("forward:\n%v\nwant\n%v", walked, made)
	}
	back := b.must("GET", "/v1/customers", "limit", "5", "ending_before", made[10])
	if !slices.Equal(back.ids(), made[5:10]) || back.at("has_more") != true {
		t.Errorf("backward: %v more=%v, want %v", back.ids(), back.at("has_more"), made[5:10])
	}
	if back = b.must("GET", "/v1/customers", "ending_before", made[3]); !slices.Equal(back.ids(), made[:3]) || back.at("has_more") != false {
		t.Errorf("to the front: %v more=%v", back.ids(), back.at("has_more"))
	}
	b.refused(400, "resource_missing", "starting_after", "GET", "/v1/customers", "starting_after", "cus_none")
	b.refused(400, "parameters_exclusive", "ending_before", "GET", "/v1/customers", "starting_after", made[0], "ending_before", made[1])
	b.refused(400, "parameter_invalid_integer", "limit", "GET", "/v1/customers", "limit", "101")
	b.refused(400, "parameter_invalid_integer", "limit", "GET", "/v1/customers", "limit", "0")
}

func TestListsAreFiltered(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one := b.must("POST", "/v1/customers", "email", "one@example.com").str("id")
	b.clock.Advance(time.Hour)
	two := b.must("POST", "/v1/customers", "email", "two@example.com").str("id")
	prod := b.must("POST", "/v1/products", "name", "x").str("id")
	month := b.must("POST", "/v1/prices", "product", prod, "currency", "usd", "unit_amount", "1", "recurring[interval]", "month", "lookup_key", "m").str("id")
	year := b.must("POST", "/v1/prices", "product", prod, "currency", "eur", "unit_amount", "1", "recurring[interval]", "year").str("id")
	old := b.must("POST", "/v1/prices", "product", prod, "currency", "usd", "unit_amount", "1", "active", "false").str("id")
	at := func(d time.Duration) string { return fmt.Sprint(midnight.Add(d).Unix()) }
	for _, c := range []struct {
		path   string
		params []string
		want   []string
	}{
		{"/v1/customers", []string{"email", "one@example.com"}, []string{one}},
		{"/v1/customers", []string{"email", "ONE@example.com"}, nil},
		{"/v1/customers", []string{"created[gte]", at(time.Minute)}, []string{two}},
		{"/v1/customers", []string{"created[lt]", at(time.Hour)}, []string{one}},
		{"/v1/customers", []string{"created", at(0)}, []string{one}},
		{"/v1/customers", []string{"created[gt]", at(0), "created[lte]", at(time.Hour)}, []string{two}},
		{"/v1/prices", []string{"active", "true"}, []string{year, month}},
		{"/v1/prices", []string{"active", "false"}, []string{old}},
		{"/v1/prices", []string{"lookup_keys[]", "m"}, []string{month}},
		{"/v1/prices", []string{"currency", "eur", "product", prod}, []string{year}},
		{"/v1/prices", []string{"type", "one_time"}, []string{old}},
		{"/v1/prices", []string{"recurring[interval]", "month"}, []string{month}},
		{"/v1/prices", []string{"product", "prod_none"}, nil},
	} {
		if got := b.must("GET", c.path, c.params...).ids(); !slices.Equal(got, c.want) {
			t.Errorf("%s %v: %v, want %v", c.path, c.params, got, c.want)
		}
	}
	b.refused(400, "parameter_unknown", "colour", "GET", "/v1/prices", "colour", "red")
}

func TestSubscriptionsAreListedByStatusAndClock(t *testing.T) {
	t.Parallel()
	b := setup(t)
	l := begin(t, b, "pm_card_visa")
	gone := b.must("POST", "/v1/subscriptions", "customer", l.customer, "items[0][price]", l.began).str("id")
	b.must("DELETE", "/v1/subscriptions/"+gone)
	for _, c := range []struct {
		name   string
		params []string
		want   []string
	}{
		{"without clock", []string{"status", "all"}, nil},
		{"of the clock", []string{"test_clock", l.clockID}, []string{l.sub}},
		{"of the customer", []string{"customer", l.customer}, []string{l.sub}},
		{"all", []string{"customer", l.customer, "status", "all"}, []string{gone, l.sub}},
		{"ended", []string{"customer", l.customer, "status", "ended"}, []string{gone}},
		{"active", []string{"customer", l.customer, "status", "active"}, []string{l.sub}},
		{"by price", []string{"customer", l.customer, "price", l.began}, []string{l.sub}},
	} {
		if got := b.must("GET", "/v1/subscriptions", c.params...).ids(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if got := b.must("GET", "/v1/customers").ids(); len(got) != 0 {
		t.Errorf("customers under a test clock are listed without asking: %v", got)
	}
}

func TestExpandPutsObjectsInPlace(t *testing.T) {
	t.Parallel()
	b := setup(t)
	l := begin(t, b, "pm_card_visa")
	s := b.must("GET", "/v1/subscriptions/"+l.sub, "expand[]", "customer", "expand[]", "latest_invoice.payment_intent.latest_charge", "expand[]", "items.data.price.product", "expand[]", "default_payment_method")
	for path, want := range map[string]string{
		"customer.object": "customer", "latest_invoice.object": "invoice", "latest_invoice.payment_intent.object": "payment_intent",
		"latest_invoice.payment_intent.latest_charge.object": "charge", "items.data.0.price.product.object": "product",
	} {
		if s.str(path) != want {
			t.Errorf("%s is %v", path, s.at(path))
		}
	}
	if s.at("default_payment_method") != nil {
		t.Errorf("null became %v", s.at("default_payment_method"))
	}
	list := b.must("GET", "/v1/subscriptions", "customer", l.customer, "expand[]", "data.customer")
	if list.str("data.0.customer.object") != "customer" {
		t.Errorf("in a list: %v", list.at("data.0.customer"))
	}
	b.refused(400, "", "expand", "GET", "/v1/subscriptions/"+l.sub, "expand[]", "a.b.c.d.e")
	b.refused(400, "", "expand", "GET", "/v1/subscriptions/"+l.sub, "expand[]", "status")
	b.refused(400, "", "expand", "GET", "/v1/subscriptions/"+l.sub, "expand[]", "created")
}

func TestEventsAreListedByTypeAndGroup(t *testing.T) {
	t.Parallel()
	b := setup(t)
	begin(t, b, "pm_card_visa")
	for name, c := range map[string]struct {
		params []string
		want   int
	}{
		"type":    {[]string{"type", "invoice.paid"}, 1},
		"group":   {[]string{"type", "customer.subscription.*"}, 2},
		"types":   {[]string{"types[]", "invoice.paid", "types[]", "price.created"}, 2},
		"unknown": {[]string{"type", "nothing.*"}, 0},
	} {
		if got := len(b.must("GET", "/v1/events", c.params...).list("data")); got != c.want {
			t.Errorf("%s: %d events, want %d", name, got, c.want)
		}
	}
}

func TestPartsOfObjectsAreListed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	l := begin(t, b, "pm_card_visa")
	for path, params := range map[string][]string{
		"/v1/invoices/" + l.latest() + "/lines": nil,
		"/v1/subscription_items":                {"subscription", l.sub},
	} {
		a := b.must("GET", path, params...)
		id := a.str("data.0.id")
		if id == "" || a.at("has_more") != false {
			t.Errorf("%s: %v", path, a.doc)
		}
		if rest := b.must("GET", path, append(params, "starting_after", id)...).ids(); len(rest) != 0 {
			t.Errorf("%s after the last: %v", path, rest)
		}
		b.refused(400, "resource_missing", "starting_after", "GET", path, append(params, "starting_after", "x")...)
	}
}
