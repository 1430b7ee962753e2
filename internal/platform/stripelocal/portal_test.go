package stripelocal_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/platform/stripelocal"
)

// portal opens the billing portal and returns its address.
func (b *bench) portal(customer string) string {
	b.t.Helper()
	return b.must("POST", "/v1/billing_portal/sessions", "customer", customer, "return_url", "https://shop.example/account").str("url")
}

func TestThePortalShowsThePlanAndItsInvoices(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	number := l.must("GET", "/v1/invoices/"+l.latest()).str("number")
	l.browse("GET", l.portal(l.customer)).shows(200, "Research month", "$20.00", "Renews on <b>29 Feb 2024</b>", "visa ending in 4242", number, "https://shop.example/account", "ann@example.com")
}

func TestAPlanIsCanceledAndKeptInThePortal(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	portal := l.portal(l.customer)
	l.browse("GET", portal+"/"+l.sub+"/cancel").shows(200, "stays until <b>29 Feb 2024</b>")
	l.browse("POST", portal+"/"+l.sub+"/cancel", "comment", "Too <b>much</b>").leads("/portal/")
	s := l.must("GET", "/v1/subscriptions/"+l.sub)
	if s.at("cancel_at_period_end") != true || s.str("cancellation_details.comment") != "Too <b>much</b>" {
		t.Errorf("cancel_at_period_end %v, %v", s.at("cancel_at_period_end"), s.at("cancellation_details"))
	}
	l.browse("GET", portal).shows(200, "Ends on <b>29 Feb 2024</b>", "Keep the plan")
	l.browse("POST", portal+"/"+l.sub+"/keep").leads("/portal/")
	if s := l.must("GET", "/v1/subscriptions/"+l.sub); s.at("cancel_at_period_end") != false {
		t.Error("the plan was not kept")
	}
}

func TestThePlanIsChangedForWhatThePageSaid(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	dear, cheap := l.bench.price(5000, "month"), l.bench.price(1000, "month")
	year := l.bench.price(20000, "year")
	l.advance(l.clockID, midnight.AddDate(0, 0, 29).Add(-29*12*time.Hour)) // the middle of February's period
	portal := l.portal(l.customer)
	l.browse("GET", portal+"/"+l.sub+"/plan").shows(200, "$15.00 due now", "Nothing due now, the rest becomes credit", "$190.00 due now", dear, cheap, year).hides(`value="` + l.began + `"`)
	l.browse("POST", portal+"/"+l.sub+"/plan", "price", dear).leads("/portal/")
	s := l.must("GET", "/v1/subscriptions/"+l.sub, "expand[]", "latest_invoice")
	if s.str("items.data.0.price.id") != dear || s.int("latest_invoice.amount_paid") != 1500 || s.str("status") != "active" {
		t.Errorf("price %s, paid %d, %s", s.str("items.data.0.price.id"), s.int("latest_invoice.amount_paid"), s.str("status"))
	}
	if s.int("current_period_end") != midnight.AddDate(0, 0, 29).Unix() {
		t.Error("the period has changed")
	}
	l.browse("POST", portal+"/"+l.sub+"/plan", "price", cheap).leads("/portal/")
	if c := l.must("GET", "/v1/customers/"+l.customer); c.int("balance") != -2000 {
		t.Errorf("balance %d, want 2000 of credit", c.int("balance"))
	}
	l.browse("POST", portal+"/"+l.sub+"/plan", "price", "price_none").shows(422)
}

func TestADeclinedChangeOfPlanChangesNothing(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	dear := l.bench.price(50000, "month")
	l.must("POST", "/v1/customers/"+l.customer, "invoice_settings[default_payment_method]", "pm_card_chargeCustomerFail")
	before := len(l.events())
	l.browse("POST", l.portal(l.customer)+"/"+l.sub+"/plan", "price", dear).shows(422, "declined")
	if s := l.must("GET", "/v1/subscriptions/"+l.sub); s.str("items.data.0.price.id") == dear || s.str("status") != "active" {
		t.Errorf("price %s, %s", s.str("items.data.0.price.id"), s.str("status"))
	}
	if got := len(l.events()); got != before {
		t.Errorf("%d events were told", got-before)
	}
}

func TestANewCardInThePortalPaysWhatIsOverdue(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	l.must("POST", "/v1/customers/"+l.customer, "invoice_settings[default_payment_method]", "pm_card_chargeCustomerFail")
	l.when(29, 2)
	l.is("past_due")
	portal := l.portal(l.customer)
	l.browse("GET", portal).shows(200, "The last payment failed")
	l.browse("POST", portal+"/card", card("4000000000000002")...).shows(422, "declined")
	l.browse("POST", portal+"/card", card("4242424242424241")...).shows(422, `id="number-error"`)
	l.is("past_due")
	l.browse("POST", portal+"/card", card("5555555555554444")...).leads("/portal/")
	l.is("active")
	l.browse("GET", portal).shows(200, "mastercard ending in 4444")
	if c := l.must("GET", "/v1/customers/"+l.customer); c.at("delinquent") != false {
		t.Error("the customer is still marked as overdue")
	}
}

func TestAPortalOpensItsOwnPlansOnlyAndForAnHour(t *testing.T) {
	t.Parallel()
	b := setup(t)
	l, other := begin(t, b, "pm_card_visa"), begin(t, b, "pm_card_visa")
	portal := b.portal(l.customer)
	for _, path := range []string{"/cancel", "/keep", "/plan"} {
		b.browse("POST", portal+"/"+other.sub+path, "price", l.began).shows(404)
	}
	b.browse("GET", portal+"/"+other.sub+"/cancel").shows(404)
	if s := b.must("GET", "/v1/subscriptions/"+other.sub); s.at("cancel_at_period_end") != false {
		t.Error("somebody else's plan was changed")
	}
	b.browse("GET", "/portal/").shows(404)
	b.browse("GET", "/portal/guessed").shows(404)
	b.clock.Advance(61 * time.Minute)
	b.browse("GET", portal).shows(404)
	b.browse("POST", portal+"/"+l.sub+"/cancel").shows(404)
}

func TestAnInvoiceIsReadAndPaidOnItsPage(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_chargeCustomerFail")
	in := l.must("GET", "/v1/invoices/"+l.latest())
	page := in.str("hosted_invoice_url")
	l.browse("GET", page).shows(200, in.str("number"), "1 × Research month", "$20.00", "Pay $20.00")
	l.browse("POST", page, card("4000000000000002")...).shows(422, "declined")
	l.browse("POST", page, card("4000002760003184")...).shows(422, "confirm")
	l.is("incomplete")
	l.browse("POST", page, card("4000002760003184", "confirmed", "yes")...).leads("/invoice/")
	l.is("active")
	l.browse("GET", page).shows(200, "paid").hides("Pay $20.00")
	l.browse("POST", page, card("4242424242424242")...).leads("/invoice/") // twice pays once
	if n := len(l.must("GET", "/v1/charges", "customer", l.customer).list("data")); n != 2 {
		t.Errorf("%d charges, want the one that failed at first and the one that paid", n)
	}
	l.browse("GET", "/invoice/guessed").shows(404)
}

func TestTheInvoiceFileIsAWellFormedPDF(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	in := l.must("GET", "/v1/invoices/"+l.latest())
	p := l.browse("GET", in.str("invoice_pdf"))
	if p.status != 200 || p.header.Get("Content-Type") != "application/pdf" || !strings.Contains(p.header.Get("Content-Disposition"), in.str("number")) {
		t.Fatalf("%d %v", p.status, p.header)
	}
	raw := []byte(p.html)
	if !bytes.HasPrefix(raw, []byte("%PDF-1.4")) || !bytes.HasSuffix(raw, []byte("%%EOF\n")) {
		t.Fatal("no PDF")
	}
	for _, text := range []string{in.str("number"), "$20.00", "No money moves."} {
		if !strings.Contains(p.html, text) {
			t.Errorf("the file does not hold %q", text)
		}
	}
	start, _ := strconv.Atoi(regexp.MustCompile(`startxref\n(\d+)`).FindStringSubmatch(p.html)[1])
	if !bytes.HasPrefix(raw[start:], []byte("xref\n")) {
		t.Error("startxref does not lead to the table")
	}
	for i, m := range regexp.MustCompile(`(\d{10}) 00000 n`).FindAllStringSubmatch(p.html, -1) {
		at, _ := strconv.Atoi(m[1])
		if want := fmt.Sprintf("%d 0 obj", i+1); !bytes.HasPrefix(raw[at:], []byte(want)) {
			t.Errorf("the table leads to %q, want %q", raw[at:at+10], want)
		}
	}
}

func TestTheDashboardMovesTheWorld(t *testing.T) {
	t.Parallel()
	b := setup(t, func(c *stripelocal.Config) { c.WorldClock = true })
	b.browse("GET", "/").shows(200, "Everybody&#39;s clock", "31 Jan 2024, 10:00:00", "None yet").hides("Next renewal")
	id, page := b.visit(b.price(4900, "month"))
	b.browse("POST", page, card("4242424242424242")...).leads("https://shop.example/ok")
	s := b.must("GET", "/v1/checkout/sessions/"+id)
	sub, cus := s.str("subscription"), s.str("customer")
	if got := b.must("GET", "/v1/customers/"+cus); got.at("test_clock") != nil {
		t.Errorf("the world's clock is shown as a test clock: %v", got.at("test_clock"))
	}
	if got := b.must("GET", "/v1/customers").ids(); len(got) != 1 {
		t.Errorf("customers of the world are not listed: %v", got)
	}
	b.browse("GET", "/").shows(200, "Next renewal", "ann@example.com", "Fail next")
	b.browse("POST", "/customers/"+cus+"/fail", "on", "yes").leads("/")
	b.browse("GET", "/").shows(200, "Next one fails")
	b.browse("POST", "/clocks/clock_world/advance", "by", "renewal").leads("/")
	b.settle()
	if got := b.status(sub); got != "past_due" {
		t.Errorf("after the renewal that had to fail: %s", got)
	}
	b.browse("POST", "/clocks/clock_world/advance", "by", "month").leads("/")
	b.settle()
	if got := b.status(sub); got != "active" {
		t.Errorf("a month later: %s, want active by the tries that followed", got)
	}
	b.browse("GET", "/customers/"+cus).shows(200, "ann@example.com", "visa ending in 4242", "subscription cycle", "Open billing portal")
	portal := b.browse("POST", "/customers/"+cus+"/portal").leads("/portal/")
	b.browse("GET", portal).shows(200, "Research month")
	b.browse("POST", "/clocks/clock_world/advance", "by", "century").shows(422)
	b.browse("POST", "/clocks/clock_none/advance", "by", "day").shows(404)
	b.clock.Advance(30 * 24 * time.Hour) // the world goes on by itself from where it was sent
	b.settle()
	if s := b.must("GET", "/v1/subscriptions/"+sub); s.int("current_period_start") != midnight.AddDate(0, 0, 60).Unix() {
		t.Errorf("the last renewal was on %s, want 31 March", time.Unix(s.int("current_period_start"), 0).UTC())
	}
	b.refused(400, "", "id", "DELETE", "/v1/test_helpers/test_clocks/clock_world")
}

func TestAnOutageIsPlayed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.browse("POST", "/webhooks", "refuse", "yes").leads("/")
	b.browse("GET", "/").shows(200, "refused", "End the outage")
	b.must("POST", "/v1/customers", "email", "ann@example.com")
	wait(t, "an attempt was refused", func() bool { return b.delivered().Attempts == 1 })
	if n := len(b.hooks.all()); n != 0 {
		t.Errorf("%d calls came through", n)
	}
	e := b.must("GET", "/v1/events").str("data.0.id")
	b.browse("GET", "/events/"+e).shows(200, "customer.created", "refused on the dashboard", "Send again", "ann@example.com")
	b.browse("GET", "/events").shows(200, e)
	b.browse("POST", "/webhooks", "refuse", "no").leads("/")
	b.clock.Advance(5 * time.Second)
	b.settle()
	if n := len(b.hooks.all()); n != 1 {
		t.Errorf("%d calls after the outage, want 1", n)
	}
	b.browse("GET", "/deliveries").shows(200, "customer.created", "delivered")
	b.browse("POST", "/deliveries/1/again").leads("/deliveries")
	b.settle()
	if n := len(b.hooks.all()); n != 2 {
		t.Errorf("%d calls after sending again, want 2", n)
	}
	b.browse("POST", "/deliveries/99/again").shows(404)
	b.browse("POST", "/deliveries/x/again").shows(404)
}
