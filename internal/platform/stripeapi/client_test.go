package stripeapi_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

const key = "sk_test_thisIsTheKey1234"

// seen is one request as the fake server got it.
type seen struct {
	method, path, body string
	header             http.Header
}

// fake answers every request with one function and remembers it.
type fake struct {
	client *stripeapi.Client
	log    *bytes.Buffer
	mu     sync.Mutex
	calls  []seen
}

func setup(t *testing.T, retries int, answer http.HandlerFunc) *fake {
	t.Helper()
	f := &fake{log: &bytes.Buffer{}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		f.mu.Lock()
		f.calls = append(f.calls, seen{r.Method, r.URL.RequestURI(), string(body), r.Header.Clone()})
		f.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	c, err := stripeapi.New(stripeapi.Config{
		SecretKey: key, BaseURL: server.URL, Retries: retries, Timeout: 2 * time.Second,
		Log: slog.New(slog.NewTextHandler(f.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	f.client = c
	return f
}

func answering(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Request-Id", "req_9")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func TestErrorsBecomeFaultsWithStableCodes(t *testing.T) {
	t.Parallel()
	refusal := func(kind, code, param string) string {
		return `{"error":{"type":"` + kind + `","code":"` + code + `","param":"` + param + `","decline_code":"insufficient_funds","message":"Key ` + key + ` and sk_test_****1234 and whsec_abc and pi_1_secret_xyz"}}`
	}
	for name, c := range map[string]struct {
		status int
		body   string
		code   string
		kind   fault.Kind
		field  string
		retry  bool
	}{
		"card declined":           {402, refusal("card_error", "card_declined", ""), "card_declined", fault.Invalid, "card", false},
		"wrong parameter":         {400, refusal("invalid_request_error", "parameter_unknown", "items[0][x]"), "stripe_invalid_request", fault.Invalid, "items[0][x]", false},
		"missing in a parameter":  {400, refusal("invalid_request_error", "resource_missing", "customer"), "stripe_invalid_request", fault.Invalid, "customer", false},
		"not found":               {404, refusal("invalid_request_error", "resource_missing", "id"), "stripe_not_found", fault.NotFound, "", false},
		"rate limited":            {429, refusal("invalid_request_error", "rate_limit", ""), "stripe_rate_limited", fault.TooMany, "", true},
		"wrong key":               {401, refusal("invalid_request_error", "", ""), "stripe_authentication", fault.Internal, "", false},
		"missing right":           {403, refusal("invalid_request_error", "more_permissions_required", ""), "stripe_authentication", fault.Internal, "", false},
		"key with other details":  {400, refusal("idempotency_error", "", ""), "stripe_idempotency_conflict", fault.Conflict, "", false},
		"key in use":              {409, refusal("idempotency_error", "idempotency_key_in_use", ""), "stripe_unavailable", fault.Unavailable, "", true},
		"lock":                    {409, refusal("invalid_request_error", "lock_timeout", ""), "stripe_unavailable", fault.Unavailable, "", true},
		"Stripe is broken":        {500, refusal("api_error", "", ""), "stripe_unavailable", fault.Unavailable, "", true},
		"Stripe is down":          {503, `<html>down ` + key + `</html>`, "stripe_unavailable", fault.Unavailable, "", true},
		"no JSON":                 {200, `<html>` + key, "stripe_unavailable", fault.Unavailable, "", true},
		"an error without a body": {500, `{}`, "stripe_unavailable", fault.Unavailable, "", true},
		"a redirect":              {302, ``, "stripe_unavailable", fault.Unavailable, "", true},
	} {
		f := setup(t, -1, answering(c.status, c.body))
		_, err := f.client.CreateCustomer(context.Background(), "k", stripeapi.CustomerInput{Email: "ann@example.com"})
		got := fault.Of(err)
		if got == nil || got.Code != c.code || got.Kind != c.kind {
			t.Errorf("%s: %v, want %s", name, err, c.code)
			continue
		}
		if c.field != "" && (len(got.Fields) != 1 || got.Fields[0].Path != c.field) {
			t.Errorf("%s: fields %v, want %s", name, got.Fields, c.field)
		}
		if stripeapi.Retryable(err) != c.retry || c.retry && got.RetryAfter <= 0 {
			t.Errorf("%s: retryable %v after %s", name, stripeapi.Retryable(err), got.RetryAfter)
		}
		for _, text := range []string{err.Error(), got.Message, f.log.String()} {
			for _, secret := range []string{key, "****1234", "whsec_abc", "secret_xyz"} {
				if strings.Contains(text, secret) {
					t.Errorf("%s: %q stands in %s", name, secret, text)
				}
			}
		}
	}
}

func TestTheCardMessageIsForThePayerAndOthersAreNot(t *testing.T) {
	t.Parallel()
	f := setup(t, -1, answering(402, `{"error":{"type":"card_error","code":"card_declined","decline_code":"lost_card","message":"Your card was declined."}}`))
	_, err := f.client.PayInvoice(context.Background(), "k", "in_1")
	if got := fault.Of(err); got.Message != "Your card was declined." || got.Fields[0].Code != "lost_card" {
		t.Errorf("%+v", got)
	}
	f = setup(t, -1, answering(400, `{"error":{"type":"invalid_request_error","message":"No such customer: 'cus_internal'"}}`))
	_, err = f.client.Customer(context.Background(), "cus_internal")
	if got := fault.Of(err); strings.Contains(got.Message, "cus_internal") || !strings.Contains(err.Error(), "cus_internal") {
		t.Errorf("message %q, log %q", got.Message, err)
	}
}

func TestANetworkThatFailsIsUnavailable(t *testing.T) {
	t.Parallel()
	c, err := stripeapi.New(stripeapi.Config{SecretKey: key, BaseURL: "http://127.0.0.1:1", Retries: -1})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Subscription(context.Background(), "sub_1")
	if !fault.HasCode(err, "stripe_unavailable") || !stripeapi.Retryable(err) || strings.Contains(err.Error(), key) {
		t.Errorf("%v", err)
	}
}

func TestAContextEndsACall(t *testing.T) {
	t.Parallel()
	hold := make(chan struct{})
	f := setup(t, -1, func(http.ResponseWriter, *http.Request) { <-hold })
	t.Cleanup(func() { close(hold) })
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := f.client.Subscription(ctx, "sub_1")
	if !errors.Is(err, context.Canceled) || !fault.HasCode(err, "stripe_unavailable") {
		t.Errorf("%v", err)
	}
}

func TestARetryKeepsItsKey(t *testing.T) {
	t.Parallel()
	var n atomic.Int64
	f := setup(t, 2, func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1) < 3 {
			answering(503, `{"error":{"type":"api_error","message":"down"}}`)(w, r)
			return
		}
		answering(200, `{"id":"cus_1","object":"customer"}`)(w, r)
	})
	c, err := f.client.CreateCustomer(context.Background(), "the-key", stripeapi.CustomerInput{Email: "ann@example.com"})
	if err != nil || c.ID != "cus_1" {
		t.Fatalf("%+v %v", c, err)
	}
	if len(f.calls) != 3 {
		t.Fatalf("%d attempts, want 3", len(f.calls))
	}
	for _, call := range f.calls {
		if call.header.Get("Idempotency-Key") != "the-key" || call.body != f.calls[0].body {
			t.Errorf("an attempt with the key %q and the body %q", call.header.Get("Idempotency-Key"), call.body)
		}
	}
}

func TestEveryRequestIsPinnedAndQuietAboutTheMachine(t *testing.T) {
	t.Parallel()
	f := setup(t, -1, answering(200, `{"id":"cus_1","object":"customer"}`))
	for range 2 { // telemetry of the first call would go out with the second
		if _, err := f.client.Customer(context.Background(), "cus_1"); err != nil {
			t.Fatal(err)
		}
	}
	h := f.calls[1].header
	if h.Get("Stripe-Version") != "2023-10-16" || h.Get("Authorization") != "Bearer "+key {
		t.Errorf("headers %v", h)
	}
	for _, name := range []string{"X-Stripe-Client-Telemetry", "X-Stripe-Client-User-Agent"} {
		if h.Get(name) != "" {
			t.Errorf("%s is sent: %s", name, h.Get(name))
		}
	}
	if log := f.log.String(); strings.Contains(log, key) || !strings.Contains(log, "/v1/customers/cus_1") || !strings.Contains(log, "req_9") {
		t.Errorf("the log says %s", log)
	}
}

func TestAWriteNeedsAKey(t *testing.T) {
	t.Parallel()
	f := setup(t, -1, answering(200, `{}`))
	c, ctx := f.client, context.Background()
	for _, bad := range []string{"", "   ", strings.Repeat("k", 256)} {
		for name, call := range map[string]func() error{
			"create product":  func() error { _, err := c.CreateProduct(ctx, bad, stripeapi.ProductInput{}); return err },
			"create price":    func() error { _, err := c.CreatePrice(ctx, bad, stripeapi.PriceInput{}); return err },
			"create customer": func() error { _, err := c.CreateCustomer(ctx, bad, stripeapi.CustomerInput{}); return err },
			"delete customer": func() error { return c.DeleteCustomer(ctx, bad, "cus_1") },
			"checkout":        func() error { _, err := c.CreateCheckoutSession(ctx, bad, stripeapi.CheckoutInput{}); return err },
			"update": func() error {
				_, err := c.UpdateSubscription(ctx, bad, "sub_1", stripeapi.SubscriptionChange{})
				return err
			},
			"cancel":   func() error { _, err := c.CancelNow(ctx, bad, "sub_1", ""); return err },
			"portal":   func() error { _, err := c.CreatePortalSession(ctx, bad, "cus_1", ""); return err },
			"endpoint": func() error { _, err := c.CreateWebhookEndpoint(ctx, bad, "", nil, nil); return err },
			"code":     func() error { _, err := c.CreatePromotionCode(ctx, bad, stripeapi.PromotionCodeInput{}); return err },
		} {
			if err := call(); !fault.HasCode(err, "stripe_key_required") {
				t.Errorf("%s with the key %.5q: %v", name, bad, err)
			}
		}
	}
	if len(f.calls) != 0 {
		t.Errorf("%d requests went out", len(f.calls))
	}
}

func TestTwoClientsShareNothing(t *testing.T) {
	t.Parallel()
	one, two := setup(t, -1, answering(200, `{"id":"one"}`)), setup(t, -1, answering(200, `{"id":"two"}`))
	a, errA := one.client.Customer(context.Background(), "x")
	b, errB := two.client.Customer(context.Background(), "x")
	if errA != nil || errB != nil || a.ID != "one" || b.ID != "two" {
		t.Errorf("%v %v %v %v", a, b, errA, errB)
	}
}

func TestAWrongConfigurationIsRefused(t *testing.T) {
	t.Parallel()
	for name, cfg := range map[string]stripeapi.Config{
		"no key":              {},
		"a key with a space":  {SecretKey: "sk_test 1"},
		"plain http far away": {SecretKey: key, BaseURL: "http://api.example.com"},
		"no address":          {SecretKey: key, BaseURL: "api.stripe.com"},
		"another scheme":      {SecretKey: key, BaseURL: "file:///etc"},
		"a query":             {SecretKey: key, BaseURL: "https://x.example/?a=1"},
		"a user":              {SecretKey: key, BaseURL: "https://u:p@x.example/"},
	} {
		if _, err := stripeapi.New(cfg); !fault.HasCode(err, "stripe_config") || strings.Contains(err.Error(), key) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, base := range []string{"", "https://api.stripe.com", "http://127.0.0.1:1/stripe", "http://localhost:1", "http://[::1]:1"} {
		if _, err := stripeapi.New(stripeapi.Config{SecretKey: key, BaseURL: base}); err != nil {
			t.Errorf("%q: %v", base, err)
		}
	}
}

func TestAListStopsAtItsFirstError(t *testing.T) {
	t.Parallel()
	var n atomic.Int64
	f := setup(t, -1, func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1) == 1 {
			answering(200, `{"object":"list","has_more":true,"data":[{"id":"in_1","object":"invoice"},{"id":"in_2","object":"invoice"}]}`)(w, r)
			return
		}
		answering(500, `{"error":{"type":"api_error","message":"x"}}`)(w, r)
	})
	got, err := stripeapi.Collect(f.client.Invoices(context.Background(), stripeapi.InvoiceFilter{}), 0)
	if len(got) != 2 || !fault.HasCode(err, "stripe_unavailable") {
		t.Errorf("%d invoices, %v", len(got), err)
	}
	if !strings.Contains(f.calls[1].path, "starting_after=in_2") || !strings.Contains(f.calls[0].path, "limit=100") {
		t.Errorf("asked %s, then %s", f.calls[0].path, f.calls[1].path)
	}
	if got, err := stripeapi.Collect(f.client.Invoices(context.Background(), stripeapi.InvoiceFilter{}), 1); err == nil || len(got) != 0 {
		t.Errorf("%v %v", got, err)
	}
}
