package api

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// paging is what every list takes.
func paging() wire.Fields {
	return wire.Fields{"limit": wire.Int().Between(1, 100), "starting_after": wire.Text(), "ending_before": wire.Text()}
}

// listing says how one kind of object is listed. Filters by the parameter's
// own name are read from fields; narrow adds what is special.
type listing struct {
	route  string
	kind   string
	fields wire.Fields
	narrow func(p wire.Values) []book.Filter
}

// plainFilters are parameters whose name is also the key's.
func plainFilters() []string {
	return []string{"active", "customer", "product", "currency", "type", "email", "subscription", "status", "coupon", "payment_intent", "invoice", "pending", "price", "charge"}
}

func (l listing) call() call {
	return call{route: "GET " + l.route, fields: l.fields.With(paging()), run: func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) {
		q, err := l.query(p)
		if err != nil {
			return nil, err
		}
		rows, more, err := u.List(q)
		if errors.Is(err, book.ErrNone) {
			name := "starting_after"
			if q.After == "" {
				name = "ending_before"
			}
			return nil, wire.Missing(l.kind, q.After+q.Before, name)
		}
		if err != nil {
			return nil, err
		}
		docs := make([]json.RawMessage, 0, len(rows))
		for _, r := range rows {
			docs = append(docs, r.Doc)
		}
		return listOf(l.route, docs, more)
	}}
}

func (l listing) query(p wire.Values) (book.Query, error) {
	q := book.Query{Object: l.kind, After: p.Text("starting_after"), Before: p.Text("ending_before"), Limit: limitOf(p)}
	if q.After != "" && q.Before != "" {
		return q, wire.Refuse("parameters_exclusive", "ending_before", "starting_after and ending_before exclude each other.")
	}
	if p.Has("created") {
		b := p.Range("created")
		q.From, q.To = b.From, b.To
	}
	for _, name := range plainFilters() {
		if _, takes := l.fields[name]; !takes || !p.Has(name) {
			continue
		}
		value := p.Text(name)
		if yes, isBool := p[name].(bool); isBool {
			value = map[bool]string{true: "true", false: "false"}[yes]
		}
		if !l.narrows(name) {
			q.Filters = append(q.Filters, book.Is(name, value))
		}
	}
	if l.narrow != nil {
		q.Filters = append(q.Filters, l.narrow(p)...)
	}
	return q, nil
}

// narrows tells which parameters mean more than their value says.
func (l listing) narrows(name string) bool {
	switch l.kind + " " + name {
	case "subscription status", "event type":
		return true
	}
	return false
}

func limitOf(p wire.Values) int {
	if n := p.Int("limit"); n > 0 {
		return int(n)
	}
	return 10
}

func listOf(url string, docs []json.RawMessage, more bool) (json.RawMessage, error) {
	list := object.NewList(url, docs)
	list.HasMore = more
	return json.Marshal(list)
}

// part lists what stands inside another object, such as the lines of an
// invoice, a page at a time.
func part[T any](url string, all []T, idOf func(T) string, p wire.Values) (json.RawMessage, error) {
	from, to := 0, len(all)
	at := func(id string) int { return slices.IndexFunc(all, func(v T) bool { return idOf(v) == id }) }
	if id := p.Text("starting_after"); id != "" {
		from = at(id) + 1
		if from == 0 {
			return nil, wire.Missing("object", id, "starting_after")
		}
	}
	if id := p.Text("ending_before"); id != "" {
		if to = at(id); to < 0 {
			return nil, wire.Missing("object", id, "ending_before")
		}
		from = max(from, to-limitOf(p))
	}
	end := min(to, from+limitOf(p))
	list := object.NewList(url, slices.Clone(all[from:max(end, from)]))
	list.HasMore = end < to || p.Text("ending_before") != "" && from > 0
	return json.Marshal(list)
}

// listCalls are the lists of stored objects.
func listCalls() []call {
	lists := []listing{
		{route: "/v1/products", kind: "product", fields: wire.Fields{"active": wire.Bool(), "created": wire.Range()}},
		{route: "/v1/prices", kind: "price", fields: priceFilters(), narrow: narrowPrices},
		{route: "/v1/coupons", kind: "coupon", fields: wire.Fields{"created": wire.Range()}},
		{route: "/v1/promotion_codes", kind: "promotion_code", fields: promotionFilters(), narrow: narrowCodes},
		{route: "/v1/customers", kind: "customer", fields: wire.Fields{"email": wire.Text(), "created": wire.Range(), "test_clock": wire.Text()}, narrow: underClock},
		{route: "/v1/subscriptions", kind: "subscription", fields: subscriptionFilters(), narrow: narrowSubscriptions},
		{route: "/v1/invoices", kind: "invoice", fields: wire.Fields{
			"customer": wire.Text(), "subscription": wire.Text(), "created": wire.Range(), "status": wire.Enum("draft", "open", "paid", "uncollectible", "void"),
		}},
		{route: "/v1/invoiceitems", kind: "invoiceitem", fields: wire.Fields{"customer": wire.Text(), "invoice": wire.Text(), "pending": wire.Bool(), "created": wire.Range()}},
		{route: "/v1/payment_intents", kind: "payment_intent", fields: wire.Fields{"customer": wire.Text(), "created": wire.Range()}},
		{route: "/v1/charges", kind: "charge", fields: wire.Fields{"customer": wire.Text(), "payment_intent": wire.Text(), "created": wire.Range()}},
		{route: "/v1/payment_methods", kind: "payment_method", fields: wire.Fields{"customer": wire.Text(), "type": wire.Enum("card", "us_bank_account")}},
		{route: "/v1/checkout/sessions", kind: "checkout.session", fields: wire.Fields{
			"customer": wire.Text(), "subscription": wire.Text(), "created": wire.Range(), "status": wire.Enum("open", "complete", "expired"),
		}},
		{route: "/v1/events", kind: "event", fields: wire.Fields{"type": wire.Text(), "types": wire.List(wire.Text()), "created": wire.Range()}, narrow: narrowEvents},
		{route: "/v1/webhook_endpoints", kind: "webhook_endpoint", fields: wire.Fields{}},
	}
	var calls []call
	for _, l := range append(lists, refundLists()...) {
		calls = append(calls, l.call())
	}
	return calls
}

func priceFilters() wire.Fields {
	return wire.Fields{
		"active": wire.Bool(), "product": wire.Text(), "currency": wire.Text(), "created": wire.Range(), "type": wire.Enum("one_time", "recurring"),
		"lookup_keys": wire.List(wire.Text()), "recurring": wire.Hash(wire.Fields{"interval": wire.Enum("day", "week", "month", "year")}),
	}
}

func narrowPrices(p wire.Values) (f []book.Filter) {
	if keys := p.Texts("lookup_keys"); len(keys) > 0 {
		f = append(f, book.Is("lookup_key", keys...))
	}
	if every := p.Hash("recurring").Text("interval"); every != "" {
		f = append(f, book.Is("interval", every))
	}
	return f
}

func promotionFilters() wire.Fields {
	return wire.Fields{"active": wire.Bool(), "code": wire.Text(), "coupon": wire.Text(), "customer": wire.Text(), "created": wire.Range()}
}

func narrowCodes(p wire.Values) []book.Filter {
	if code := p.Text("code"); code != "" {
		return []book.Filter{book.Is("code", object.Fold(code))}
	}
	return nil
}

// underClock shows what lives under a test clock only to who asks for it.
func underClock(p wire.Values) []book.Filter {
	if id := p.Text("test_clock"); id != "" {
		return []book.Filter{book.Is("test_clock", id)}
	}
	return []book.Filter{book.IsNot("test_clock")}
}

func subscriptionFilters() wire.Fields {
	return wire.Fields{
		"customer": wire.Text(), "price": wire.Text(), "created": wire.Range(), "test_clock": wire.Text(),
		"status": wire.Enum("all", "ended", object.Active, object.Canceled, object.Incomplete, object.IncompleteExpired, object.PastDue, object.Paused, object.Trialing, object.Unpaid),
	}
}

// narrowSubscriptions: without a status, what is canceled is left out.
func narrowSubscriptions(p wire.Values) (f []book.Filter) {
	switch status := p.Text("status"); status {
	case "all":
	case "":
		f = append(f, book.IsNot("status", object.Canceled))
	case "ended":
		f = append(f, book.Is("status", object.Canceled, object.IncompleteExpired))
	default:
		f = append(f, book.Is("status", status))
	}
	if p.Text("customer") == "" || p.Text("test_clock") != "" {
		f = append(f, underClock(p)...)
	}
	return f
}

func narrowEvents(p wire.Values) []book.Filter {
	types := p.Texts("types")
	if one := p.Text("type"); one != "" {
		types = append(types, one)
	}
	if len(types) == 0 {
		return nil
	}
	return []book.Filter{book.Is("type", expandTypes(types)...)}
}

// expandTypes leaves whole names as they are. A group such as invoice.* is
// written out.
func expandTypes(types []string) []string {
	var out []string
	for _, t := range types {
		group, isGroup := strings.CutSuffix(t, "*")
		if !isGroup {
			out = append(out, t)
			continue
		}
		for _, known := range eventTypes() {
			if strings.HasPrefix(known, group) {
				out = append(out, known)
			}
		}
	}
	if len(out) == 0 {
		return []string{"none"}
	}
	return out
}
