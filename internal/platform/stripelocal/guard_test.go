package stripelocal_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/stripelocal"
)

func TestForeignPagesCannotPressButtons(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for name, c := range map[string]struct {
		header http.Header
		want   int
	}{
		"same origin":             {http.Header{"Sec-Fetch-Site": {"same-origin"}}, 303},
		"another site":            {http.Header{"Sec-Fetch-Site": {"cross-site"}}, 403},
		"another port":            {http.Header{"Sec-Fetch-Site": {"same-site"}}, 403},
		"an old browser, foreign": {http.Header{"Sec-Fetch-Site": nil, "Origin": {"https://evil.example"}}, 403},
	} {
		if p := b.browseWith(c.header, "POST", "/webhooks", "refuse", "no"); p.status != c.want {
			t.Errorf("%s: %d, want %d", name, p.status, c.want)
		}
	}
}

func TestForeignNamesDoNotOpenThePages(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for host, want := range map[string]int{"evil.example": 421, "127.0.0.1.evil.example": 421, "localhost:1": 200, "127.0.0.1": 200, "[::1]:80": 200} {
		r, _ := http.NewRequest("GET", b.url+"/", nil)
		r.Host = host
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%s: %d, want %d", host, res.StatusCode, want)
		}
	}
}

func TestPagesAllowNothingButTheirStylesheet(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, page := b.visit(b.price(100, "month"))
	for path, forms := range map[string]string{"/": "form-action 'self'", page: "form-action 'self' https://shop.example", "/none": "form-action 'self'"} {
		p := b.browse("GET", path)
		csp := p.header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "script-src") || !strings.HasSuffix(csp, forms) {
			t.Errorf("%s: %s", path, csp)
		}
		if p.header.Get("Cache-Control") != "private, no-store" || p.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, p.header)
		}
		p.hides("<script", "style=", " onclick", "javascript:")
	}
}

func TestWhatPeopleTypeIsShownAsText(t *testing.T) {
	t.Parallel()
	b := setup(t)
	const evil = `<script>alert(1)</script>`
	prod := b.must("POST", "/v1/products", "name", evil).str("id")
	price := b.must("POST", "/v1/prices", "product", prod, "currency", "usd", "unit_amount", "100", "recurring[interval]", "month").str("id")
	cus := b.must("POST", "/v1/customers", "name", evil, "email", "ann@example.com", "metadata["+`"><img>`+"]", evil, "payment_method", "pm_card_visa", "invoice_settings[default_payment_method]", "pm_card_visa").str("id")
	sub := b.must("POST", "/v1/subscriptions", "customer", cus, "items[0][price]", price, "expand[]", "latest_invoice")
	_, page := b.visit(price, "cancel_url", "https://shop.example/?a=<b>")
	event := b.must("GET", "/v1/events", "type", "customer.created").str("data.0.id")
	for _, path := range []string{"/", "/customers/" + cus, "/events/" + event, page, b.portal(cus), b.portal(cus) + "/" + sub.str("id") + "/plan", sub.str("latest_invoice.hosted_invoice_url")} {
		b.browse("GET", path).shows(200).hides(evil, "<img>", "<b>\"")
	}
	b.browse("POST", page, "email", `"><script>`, "method", "card").shows(422).hides(`"><script>`)
}

func TestThePublicPathIsStrippedOrNot(t *testing.T) {
	t.Parallel()
	b := setup(t, func(c *stripelocal.Config) { c.PublicURL += "/stripe" })
	root := strings.TrimSuffix(b.url, "/stripe")
	for _, url := range []string{b.url, root} {
		bb := &bench{t: t, url: url}
		bb.must("GET", "/v1/customers")
		bb.browse("GET", "/").shows(200, `href="/stripe/events"`, `href="/stripe/assets/local.css?v=`)
	}
	b.browse("GET", "/stripesque").shows(404)
	_, page := b.visit(b.price(100, "month"))
	if !strings.HasPrefix(page, b.url+"/checkout/") {
		t.Errorf("the page is at %s", page)
	}
	b.browse("POST", page, card("4242424242424242")...).leads("https://shop.example/")
	if p := b.browse("GET", "/assets/local.css"); p.status != 200 || !strings.HasPrefix(p.header.Get("Content-Type"), "text/css") {
		t.Errorf("the stylesheet: %d %v", p.status, p.header)
	}
}

func TestAWrongConfigurationIsRefused(t *testing.T) {
	t.Parallel()
	good := stripelocal.Config{DB: openDB(t, filepath.Join(t.TempDir(), "x.db")), Clock: clock.System{}, PublicURL: "http://127.0.0.1:1/stripe", SecretKey: "sk_test_x"}
	if _, err := stripelocal.New(good); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*stripelocal.Config){
		"no database":      func(c *stripelocal.Config) { c.DB = nil },
		"no clock":         func(c *stripelocal.Config) { c.Clock = nil },
		"no key":           func(c *stripelocal.Config) { c.SecretKey = "" },
		"a live key":       func(c *stripelocal.Config) { c.SecretKey = "sk_live_x" },
		"a live part key":  func(c *stripelocal.Config) { c.SecretKey = "rk_live_x" },
		"no address":       func(c *stripelocal.Config) { c.PublicURL = "" },
		"a strange scheme": func(c *stripelocal.Config) { c.PublicURL = "ftp://127.0.0.1" },
		"hook, no secret":  func(c *stripelocal.Config) { c.WebhookURL = "http://127.0.0.1:1" },
		"hook, no address": func(c *stripelocal.Config) { c.WebhookURL, c.WebhookSecret = "here", "s" },
		"after retries":    func(c *stripelocal.Config) { c.AfterRetries = "forgive" },
	} {
		cfg := good
		change(&cfg)
		if _, err := stripelocal.New(cfg); err == nil {
			t.Errorf("%s was taken", name)
		} else if cfg.SecretKey != "" && strings.Contains(err.Error(), cfg.SecretKey) {
			t.Errorf("%s: the key stands in the error: %v", name, err)
		}
	}
}

// TestManyAtOnce lets clients change one subscription, one clock and one
// catalogue at the same time. Nothing breaks, and the books add up.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	l := begin(t, b, "pm_card_visa")
	item := l.item()
	var all sync.WaitGroup
	for i := range 12 {
		all.Go(func() {
			switch i % 4 {
			case 0:
				l.must("POST", "/v1/subscriptions/"+l.sub, "items[0][id]", item, "items[0][quantity]", fmt.Sprint(i+1), "proration_behavior", "always_invoice")
			case 1:
				l.must("POST", "/v1/customers/"+l.customer, fmt.Sprintf("metadata[k%d]", i), "v")
			case 2:
				l.call("POST", "/v1/test_helpers/test_clocks/"+l.clockID+"/advance", "frozen_time", days(i))
			case 3:
				l.must("GET", "/v1/subscriptions", "customer", l.customer, "expand[]", "data.latest_invoice")
			}
		})
	}
	all.Wait()
	b.settle()
	if c := b.must("GET", "/v1/customers/"+l.customer); len(c.at("metadata").(map[string]any)) != 3 {
		t.Errorf("metadata lost a change: %v", c.at("metadata"))
	}
	var due, paid, charged int64
	for i, list := 0, b.must("GET", "/v1/invoices", "customer", l.customer, "limit", "100"); i < len(list.list("data")); i++ {
		due, paid = due+list.int(fmt.Sprintf("data.%d.amount_due", i)), paid+list.int(fmt.Sprintf("data.%d.amount_paid", i))
	}
	for i, list := 0, b.must("GET", "/v1/charges", "customer", l.customer, "limit", "100"); i < len(list.list("data")); i++ {
		charged += list.int(fmt.Sprintf("data.%d.amount_captured", i))
	}
	if due != paid || paid != charged {
		t.Errorf("due %d, paid %d, charged %d", due, paid, charged)
	}
	if strings.Contains(b.log.String(), "ERROR") {
		t.Errorf("the log says:\n%s", b.log)
	}
}

func TestADeletedClockTakesItsCustomersAlong(t *testing.T) {
	t.Parallel()
	b := setup(t)
	l := begin(t, b, "pm_card_visa")
	b.must("DELETE", "/v1/test_helpers/test_clocks/"+l.clockID)
	b.refused(404, "resource_missing", "id", "GET", "/v1/test_helpers/test_clocks/"+l.clockID)
	b.refused(404, "resource_missing", "id", "GET", "/v1/subscriptions/"+l.sub)
	if c := b.must("GET", "/v1/customers/"+l.customer); c.at("deleted") != true {
		t.Errorf("the customer is %v", c.doc)
	}
	b.refused(400, "resource_missing", "customer", "POST", "/v1/subscriptions", "customer", l.customer, "items[0][price]", l.began)
}

func TestADeletedCustomerLosesItsSubscriptions(t *testing.T) {
	t.Parallel()
	b := setup(t)
	l := begin(t, b, "pm_card_visa")
	if a := b.must("DELETE", "/v1/customers/"+l.customer); a.at("deleted") != true || a.str("object") != "customer" {
		t.Errorf("answered %v", a.doc)
	}
	l.is("canceled")
	b.refused(404, "resource_missing", "id", "DELETE", "/v1/customers/"+l.customer)
	l.when(40, 0)
	if got := b.events("customer.subscription.deleted", "customer.deleted"); len(got) != 2 {
		t.Errorf("told %v", got)
	}
}

func TestClocksMoveForwardOnlyAndNotTooFar(t *testing.T) {
	t.Parallel()
	b := setup(t)
	clock, _ := b.clocked("")
	path := "/v1/test_helpers/test_clocks/" + clock + "/advance"
	b.refused(400, "", "frozen_time", "POST", path, "frozen_time", fmt.Sprint(midnight.Unix()))
	b.refused(400, "", "frozen_time", "POST", path, "frozen_time", fmt.Sprint(midnight.Add(-time.Hour).Unix()))
	b.refused(400, "", "frozen_time", "POST", path, "frozen_time", fmt.Sprint(midnight.AddDate(3, 0, 0).Unix()))
	b.refused(400, "parameter_missing", "frozen_time", "POST", path)
	if a := b.must("POST", path, "frozen_time", days(1)); a.str("status") != "advancing" {
		t.Errorf("the answer says %s, want advancing", a.str("status"))
	}
	b.settle()
	if got := b.events("test_helpers"); strings.Join(got, " ") != "test_helpers.test_clock.created test_helpers.test_clock.advancing test_helpers.test_clock.ready" {
		t.Errorf("told %v", got)
	}
}

func TestPaymentMethodsBelongToTheirCustomer(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one, two := b.must("POST", "/v1/customers").str("id"), b.must("POST", "/v1/customers").str("id")
	typed := func(number string) []string {
		return []string{"type", "card", "card[number]", number, "card[exp_month]", "12", "card[exp_year]", "2034", "card[cvc]", "123"}
	}
	pm := b.must("POST", "/v1/payment_methods", typed("4242424242424242")...).str("id")
	b.refused(402, "incorrect_number", "number", "POST", "/v1/payment_methods", typed("4242424242424241")...)
	b.refused(400, "resource_missing", "invoice_settings[default_payment_method]", "POST", "/v1/customers/"+one, "invoice_settings[default_payment_method]", pm)
	b.must("POST", "/v1/payment_methods/"+pm+"/attach", "customer", one)
	b.refused(400, "", "id", "POST", "/v1/payment_methods/"+pm+"/attach", "customer", two)
	b.must("POST", "/v1/customers/"+one, "invoice_settings[default_payment_method]", pm)
	b.must("POST", "/v1/payment_methods/"+pm+"/detach")
	if c := b.must("GET", "/v1/customers/"+one); c.at("invoice_settings.default_payment_method") != nil {
		t.Error("a detached method is still the default")
	}
	b.refused(400, "", "id", "POST", "/v1/payment_methods/"+pm+"/detach")
	raw := fmt.Sprint(b.must("GET", "/v1/payment_methods/"+pm).doc)
	if strings.Contains(raw, "4242424242424242") {
		t.Error("the card number is kept")
	}
}

func TestInvoicesAreClosedByHand(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_chargeCustomerFail")
	in := "/v1/invoices/" + l.latest()
	l.refused(400, "invoice_not_editable", "", "POST", in+"/finalize")
	l.refused(402, "card_declined", "", "POST", in+"/pay")
	if n := l.must("GET", in).int("attempt_count"); n != 2 {
		t.Errorf("%d attempts are recorded, want 2", n)
	}
	l.must("POST", in+"/mark_uncollectible")
	l.must("POST", in+"/void")
	l.refused(400, "", "", "POST", in+"/void")
	l.refused(400, "", "", "POST", in+"/pay", "paid_out_of_band", "true")
	m := begin(t, setup(t), "pm_card_chargeCustomerFail")
	m.must("POST", "/v1/invoices/"+m.latest()+"/pay", "paid_out_of_band", "true")
	m.is("active")
	m.refused(400, "invoice_already_paid", "", "POST", "/v1/invoices/"+m.latest()+"/pay")
}
