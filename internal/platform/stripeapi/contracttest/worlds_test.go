package contracttest

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/stripeapi"
	"lighttrends/internal/platform/stripeapi/contracttest/stripemock"
	"lighttrends/internal/platform/stripelocal"
)

const key = "sk_test_contract123"

// begin is where the stand-in's clock stands.
var begin = time.Date(2024, 1, 31, 10, 0, 0, 0, time.UTC)

// world is a server the gateway can speak to, with ids of objects in it. On
// stripe-mock, which answers for any id, they are made up.
type world struct {
	t      testing.TB
	url    string
	client *stripeapi.Client
	now    time.Time

	product, price, yearly, customer, subscription, item, invoice, checkout, event, clock string
	charge, refund, dispute                                                               string
}

func newClient(t testing.TB, url, key string) *stripeapi.Client {
	t.Helper()
	c, err := stripeapi.New(stripeapi.Config{SecretKey: key, BaseURL: url, Timeout: 2 * time.Minute, Retries: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// mockWorld is stripe-mock.
func mockWorld(t testing.TB) *world {
	t.Helper()
	url := stripemock.Start(t)
	return &world{
		t: t, url: url, client: newClient(t, url, key), now: begin,
		product: "prod_1", price: "price_1", yearly: "price_2", customer: "cus_1", subscription: "sub_1", item: "si_1",
		invoice: "in_1", checkout: "cs_test_1", event: "evt_1", clock: "clock_1",
		charge: "ch_1", refund: "re_1", dispute: "dp_1",
	}
}

// standIn is the local stand-in over real HTTP, with one customer who has
// subscribed.
type standIn struct {
	*world
	local *stripelocal.Server
	clock *clock.Manual
}

func standInWorld(t testing.TB, change ...func(*stripelocal.Config)) *standIn {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "local.db")+"?_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)&_pragma=synchronous(NORMAL)")
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewUnstartedServer(nil)
	now := clock.NewManual(begin)
	cfg := stripelocal.Config{DB: db, Clock: now, PublicURL: "http://" + front.Listener.Addr().String(), SecretKey: key, Tick: 5 * time.Millisecond}
	for _, c := range change {
		c(&cfg)
	}
	local, err := stripelocal.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	front.Config.Handler = local.Handler()
	front.Start()
	local.Start()
	t.Cleanup(func() {
		front.Close()
		_ = local.Close()
		_ = db.Close()
	})
	s := &standIn{world: &world{t: t, url: cfg.PublicURL, client: newClient(t, cfg.PublicURL, key), now: begin}, local: local, clock: now}
	s.fill()
	return s
}

// fill makes the objects the suite speaks of.
func (s *standIn) fill() {
	s.t.Helper()
	s.product = s.raw("POST", "/v1/products", "name", "Research")["id"].(string)
	for interval, id := range map[string]*string{"month": &s.price, "year": &s.yearly} {
		*id = s.raw("POST", "/v1/prices", "product", s.product, "currency", "usd", "unit_amount", "2000", "recurring[interval]", interval)["id"].(string)
	}
	s.world.clock = s.raw("POST", "/v1/test_helpers/test_clocks", "frozen_time", fmt.Sprint(begin.Unix()))["id"].(string)
	s.customer = s.raw("POST", "/v1/customers", "email", "ann@example.com", "test_clock", s.world.clock, "payment_method", "pm_card_visa",
		"invoice_settings[default_payment_method]", "pm_card_visa")["id"].(string)
	sub := s.raw("POST", "/v1/subscriptions", "customer", s.customer, "items[0][price]", s.price)
	s.subscription, s.invoice = sub["id"].(string), sub["latest_invoice"].(string)
	s.item = sub["items"].(map[string]any)["data"].([]any)[0].(map[string]any)["id"].(string)
	s.dispute = s.raw("GET", "/v1/disputes", "charge", s.disputed())["data"].([]any)[0].(map[string]any)["id"].(string)
	s.charge = s.raw("GET", "/v1/invoices/"+s.invoice)["charge"].(string)
	s.refund = s.raw("POST", "/v1/refunds", "charge", s.charge, "amount", "100")["id"].(string)
	s.checkout = s.raw("POST", "/v1/checkout/sessions", "mode", "subscription", "success_url", "http://127.0.0.1/ok",
		"line_items[0][price]", s.price, "line_items[0][quantity]", "1", "customer", s.customer)["id"].(string)
	s.event = s.raw("GET", "/v1/events", "limit", "1")["data"].([]any)[0].(map[string]any)["id"].(string)
}

// disputed is a payment of somebody else that was disputed.
func (s *standIn) disputed() (charge string) {
	s.t.Helper()
	other := s.raw("POST", "/v1/customers", "payment_method", "pm_card_createDispute", "invoice_settings[default_payment_method]", "pm_card_createDispute")["id"].(string)
	s.raw("POST", "/v1/subscriptions", "customer", other, "items[0][price]", s.price)
	return s.raw("GET", "/v1/charges", "customer", other)["data"].([]any)[0].(map[string]any)["id"].(string)
}

// raw speaks HTTP without the gateway and wants a 200.
func (w *world) raw(method, path string, params ...string) map[string]any {
	w.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(params); i += 2 {
		form.Add(params[i], params[i+1])
	}
	target, body := w.url+path, io.Reader(strings.NewReader(form.Encode()))
	if method == http.MethodGet {
		target, body = target+"?"+form.Encode(), nil
	}
	r, err := http.NewRequest(method, target, body)
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	text, _ := io.ReadAll(res.Body)
	var out map[string]any
	if err := json.Unmarshal(text, &out); err != nil || res.StatusCode != http.StatusOK {
		w.t.Fatalf("%s %s: %d %s", method, path, res.StatusCode, text)
	}
	return out
}
