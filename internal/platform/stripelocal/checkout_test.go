package stripelocal_test

import (
	"strings"
	"sync"
	"testing"
	"time"
)

func TestACardThatPaysMakesASubscription(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id, page := b.visit(b.price(4900, "month"), "client_reference_id", "member-1", "metadata[a]", "1", "subscription_data[metadata][member]", "7")
	b.browse("GET", page).shows(200, "Research month", "$49.00", "per month", cancelURL, "E-mail", "Card number").hides("Promotion code")
	if to := b.browse("POST", page, card("4242 4242 4242 4242")...).leads("https://shop.example/ok?session="); !strings.HasSuffix(to, id) {
		t.Errorf("leads to %s", to)
	}
	s := b.must("GET", "/v1/checkout/sessions/"+id, "expand[]", "subscription", "expand[]", "customer", "expand[]", "line_items")
	for path, want := range map[string]string{
		"status": "complete", "payment_status": "paid", "subscription.status": "active", "customer.email": "ann@example.com", "customer.name": "Ann",
		"subscription.metadata.member": "7", "metadata.a": "1", "client_reference_id": "member-1", "line_items.data.0.object": "item", "customer_details.email": "ann@example.com",
	} {
		if got := s.str(path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	if s.at("url") != nil {
		t.Errorf("a complete session has the address %v", s.at("url"))
	}
	if got := b.events("checkout"); len(got) != 1 || got[0] != "checkout.session.completed" {
		t.Errorf("events %v", got)
	}
	b.browse("GET", page).shows(200, "set up already", "https://shop.example/ok?session="+id)
	if pm := b.must("GET", "/v1/payment_methods", "customer", s.str("customer.id")); pm.str("data.0.card.last4") != "4242" {
		t.Errorf("the card is %v", pm.at("data.0.card"))
	}
}

func TestACardThatIsRefusedMakesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id, page := b.visit(b.price(4900, "month"))
	before := len(b.events())
	for number, text := range map[string]string{
		"4000000000000002": "Your card was declined.",
		"4000000000009995": "Your card has insufficient funds.",
		"4000000000000069": "Your card has expired.",
	} {
		b.browse("POST", page, card(number)...).shows(422, text, `role="alert"`, `value="ann@example.com"`).hides(number)
	}
	if s := b.must("GET", "/v1/checkout/sessions/"+id); s.str("status") != "open" || s.at("subscription") != nil {
		t.Errorf("the session is %s with %v", s.str("status"), s.at("subscription"))
	}
	if got := b.must("GET", "/v1/customers").list("data"); len(got) != 0 {
		t.Errorf("%d customers were made", len(got))
	}
	if got := len(b.events()) - before; got != 0 {
		t.Errorf("%d events were told", got)
	}
	b.browse("POST", page, card("4242424242424242")...).leads("https://shop.example/ok")
}

func TestTypingMistakesAreShownAtTheirFields(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, page := b.visit(b.price(4900, "month"))
	for _, c := range []struct{ field, value, text string }{
		{"number", "4242424242424241", `id="number-error"`},
		{"number", "", `id="number-error"`},
		{"number", "letters", `id="number-error"`},
		{"expiry", "13/34", `id="expiry-error"`},
		{"expiry", "12/23", `id="expiry-error"`},
		{"expiry", "soon", `id="expiry-error"`},
		{"cvc", "12", `id="cvc-error"`},
		{"cvc", "1234", `id="cvc-error"`},
		{"email", "nobody", `id="email-error"`},
		{"email", "", `id="email-error"`},
	} {
		fields := card("4242424242424242")
		for i := range fields {
			if fields[i] == c.field {
				fields[i+1] = c.value
			}
		}
		p := b.browse("POST", page, fields...).shows(422, c.text, `aria-invalid="true"`, `aria-describedby="`+c.field+`-error"`)
		p.hides("4242424242424242")
	}
	bank := []string{"method", "bank", "email", "ann@example.com"}
	for _, account := range []string{"", "12", "12345678901234567890", "abcdefgh"} {
		b.browse("POST", page, append(bank, "account", account)...).shows(422, `id="account-error"`)
	}
}

func TestACardThatHasToBeConfirmedShowsThePageForIt(t *testing.T) {
	t.Parallel()
	b := setup(t)
	price := b.price(4900, "month")
	id, page := b.visit(price)
	confirm := b.browse("POST", page, card("4000002500003155")...).leads("/checkout/" + id + "/confirm")
	b.browse("GET", confirm).shows(200, "Your bank asks", "3155", "Approve", "Fail")
	b.browse("POST", confirm, "answer", "fail").shows(422, "was not confirmed")
	b.browse("POST", confirm, "answer", "approve").shows(422, "There is no payment to confirm")
	if s := b.must("GET", "/v1/checkout/sessions/"+id); s.str("status") != "open" {
		t.Fatalf("after a failed confirmation the session is %s", s.str("status"))
	}
	b.browse("GET", confirm).leads("/checkout/" + id)
	b.browse("POST", page, card("4000002500003155")...).leads("/checkout/" + id + "/confirm")
	b.browse("POST", confirm, "answer", "approve").leads("https://shop.example/ok")
	b.browse("POST", confirm, "answer", "approve").leads("https://shop.example/ok") // a second click
	s := b.must("GET", "/v1/checkout/sessions/"+id, "expand[]", "subscription")
	if s.str("subscription.status") != "active" {
		t.Errorf("the subscription is %s", s.str("subscription.status"))
	}
}

func TestACardConfirmedOnceRenewsByItself(t *testing.T) {
	t.Parallel()
	b := setup(t)
	clock, cus := b.clocked("")
	for number, want := range map[string]string{"4000002500003155": "active", "4000002760003184": "past_due", "4000000000000341": "past_due"} {
		id, page := b.visit(b.price(4900, "month"), "customer", cus)
		b.browse("POST", page, card(number)...)
		b.browse("POST", page+"/confirm", "answer", "approve")
		sub := b.must("GET", "/v1/checkout/sessions/"+id).str("subscription")
		if got := b.status(sub); got != "active" {
			t.Fatalf("%s: %s after the checkout", number, got)
		}
		t.Cleanup(func() {
			if got := b.status(sub); got != want {
				t.Errorf("%s: %s after the renewal, want %s", number, got, want)
			}
		})
	}
	b.advance(clock, midnight.AddDate(0, 0, 29).Add(2*time.Hour))
}

func TestATrialStartsWithoutPayment(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id, page := b.visit(b.price(4900, "month"), "subscription_data[trial_period_days]", "14", "customer_email", "fixed@example.com")
	b.browse("GET", page).shows(200, "Free until 14 Feb 2024", "Then $49.00 every month", "Start the trial", "fixed@example.com").hides(`name="email"`)
	b.browse("POST", page, card("4242424242424242")...).leads("https://shop.example/ok")
	s := b.must("GET", "/v1/checkout/sessions/"+id, "expand[]", "subscription")
	if s.str("payment_status") != "no_payment_required" || s.str("subscription.status") != "trialing" || s.int("amount_total") != 0 {
		t.Errorf("%s, %s, total %d", s.str("payment_status"), s.str("subscription.status"), s.int("amount_total"))
	}
	if s.str("customer_details.email") != "fixed@example.com" {
		t.Errorf("the address was changed on the page: %s", s.str("customer_details.email"))
	}
}

func TestATrialWithoutACardAsksForNone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id, page := b.visit(b.price(4900, "month"), "subscription_data[trial_period_days]", "14", "payment_method_collection", "if_required",
		"subscription_data[trial_settings][end_behavior][missing_payment_method]", "pause")
	b.browse("GET", page).shows(200).hides("Card number")
	b.browse("POST", page, "email", "ann@example.com").leads("https://shop.example/ok")
	s := b.must("GET", "/v1/checkout/sessions/"+id, "expand[]", "subscription")
	if s.str("subscription.status") != "trialing" || s.at("subscription.default_payment_method") != nil {
		t.Errorf("%s with %v", s.str("subscription.status"), s.at("subscription.default_payment_method"))
	}
}

func TestABankDebitIsDecidedLater(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		account, decide, want, event, payment string
	}{
		"by time, good":      {"000123456789", "", "active", "checkout.session.async_payment_succeeded", "paid"},
		"by time, bad":       {"000111111116", "", "incomplete_expired", "checkout.session.async_payment_failed", "unpaid"},
		"on the board, good": {"000111111116", "yes", "active", "checkout.session.async_payment_succeeded", "paid"},
		"on the board, bad":  {"000123456789", "no", "incomplete_expired", "checkout.session.async_payment_failed", "unpaid"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			clock, cus := b.clocked("")
			id, page := b.visit(b.price(4900, "month"), "customer", cus)
			b.browse("POST", page, "method", "bank", "account", c.account).leads("https://shop.example/ok")
			s := b.must("GET", "/v1/checkout/sessions/"+id, "expand[]", "subscription")
			if s.str("status") != "complete" || s.str("payment_status") != "unpaid" || s.str("subscription.status") != "incomplete" {
				t.Fatalf("%s, %s, %s", s.str("status"), s.str("payment_status"), s.str("subscription.status"))
			}
			if c.decide != "" {
				pi := b.must("GET", "/v1/payment_intents", "customer", cus).str("data.0.id")
				b.browse("GET", "/").shows(200, "Bank debits on their way")
				b.browse("POST", "/payments/"+pi+"/decide", "good", c.decide).leads("/")
				b.browse("POST", "/payments/"+pi+"/decide", "good", c.decide).shows(422, "nothing to decide")
			}
			b.advance(clock, midnight.Add(23*time.Hour))
			if c.decide == "" && b.status(s.str("subscription.id")) != "incomplete" {
				t.Errorf("a payment on its way expired: %s", b.status(s.str("subscription.id")))
			}
			b.advance(clock, midnight.Add(25*time.Hour))
			if got := b.status(s.str("subscription.id")); got != c.want {
				t.Errorf("after a day it is %s, want %s", got, c.want)
			}
			if got := b.events("checkout.session.async"); len(got) != 1 || got[0] != c.event {
				t.Errorf("events %v, want %s", got, c.event)
			}
			if got := b.must("GET", "/v1/checkout/sessions/"+id).str("payment_status"); got != c.payment {
				t.Errorf("payment_status %s, want %s", got, c.payment)
			}
		})
	}
}

func TestAVisitExpires(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id, page := b.visit(b.price(4900, "month"))
	by, other := b.visit(b.price(100, "month"))
	b.must("POST", "/v1/checkout/sessions/"+by+"/expire")
	b.refused(400, "", "", "POST", "/v1/checkout/sessions/"+by+"/expire")
	b.browse("GET", other).shows(200, "has expired", cancelURL)
	b.clock.Advance(24 * time.Hour)
	b.settle()
	if s := b.must("GET", "/v1/checkout/sessions/"+id); s.str("status") != "expired" || s.at("url") != nil {
		t.Errorf("after a day the session is %s", s.str("status"))
	}
	b.browse("POST", page, card("4242424242424242")...).shows(200, "has expired")
	if got := b.must("GET", "/v1/customers").list("data"); len(got) != 0 {
		t.Error("an expired session was paid")
	}
	if got := b.events("checkout"); len(got) != 2 {
		t.Errorf("events %v, want two expired", got)
	}
}

func TestTwoWindowsBuyOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, page := b.visit(b.price(4900, "month"))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { b.browse("POST", page, card("4242424242424242")...).leads("https://shop.example/ok") })
	}
	all.Wait()
	if n := len(b.must("GET", "/v1/subscriptions", "status", "all").list("data")); n != 1 {
		t.Errorf("%d subscriptions, want 1", n)
	}
	if n := len(b.must("GET", "/v1/customers").list("data")); n != 1 {
		t.Errorf("%d customers, want 1", n)
	}
}

func TestAPriceArchivedMeanwhileIsNotSold(t *testing.T) {
	t.Parallel()
	b := setup(t)
	price := b.price(4900, "month")
	_, page := b.visit(price)
	b.must("POST", "/v1/prices/"+price, "active", "false")
	b.browse("POST", page, card("4242424242424242")...).shows(422, "no longer available")
}
