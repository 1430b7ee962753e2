package stripelocal_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestASubscriptionMakesTheEventsOfStripe(t *testing.T) {
	t.Parallel()
	b := setup(t)
	l := begin(t, b, "pm_card_visa")
	want := []string{
		"customer.created", "customer.updated", "invoice.created", "customer.subscription.created", "customer.updated", "payment_intent.created",
		"invoice.finalized", "charge.succeeded", "payment_intent.succeeded", "invoice.updated", "invoice.paid", "invoice.payment_succeeded", "customer.subscription.updated",
	}
	of := []string{"customer", "invoice", "payment_intent", "charge"}
	if diff := cmp.Diff(want, b.events(of...)); diff != "" {
		t.Errorf("at the beginning (-want +got):\n%s", diff)
	}
	l.when(22, 0)
	want = append(want, "invoice.upcoming")
	l.when(29, 2)
	want = append(want, "invoice.created", "customer.subscription.updated", "payment_intent.created", "invoice.finalized", "charge.succeeded",
		"payment_intent.succeeded", "invoice.updated", "invoice.paid", "invoice.payment_succeeded")
	if diff := cmp.Diff(want, b.events(of...)); diff != "" {
		t.Errorf("after the renewal (-want +got):\n%s", diff)
	}
}

func TestAFailedRenewalMakesTheEventsOfStripe(t *testing.T) {
	t.Parallel()
	b := setup(t)
	l := begin(t, b, "pm_card_visa")
	b.must("POST", "/v1/customers/"+l.customer, "invoice_settings[default_payment_method]", "pm_card_chargeCustomerFail")
	before := len(b.events())
	l.when(29, 2)
	got := slices.DeleteFunc(b.events()[before:], func(s string) bool { return s == "invoice.upcoming" })
	want := []string{
		"test_helpers.test_clock.advancing", "test_helpers.test_clock.ready",
		"invoice.created", "customer.subscription.updated", "payment_intent.created", "invoice.finalized", "charge.failed",
		"payment_intent.payment_failed", "invoice.updated", "invoice.payment_failed", "customer.updated", "customer.subscription.updated",
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if c := b.must("GET", "/v1/customers/"+l.customer); c.at("delinquent") != true {
		t.Error("the customer is not marked as overdue")
	}
}

func TestTrialEventsComeOnTime(t *testing.T) {
	t.Parallel()
	b := setup(t)
	l := begin(t, b, "pm_card_visa", "trial_period_days", "14")
	l.when(10, 23)
	if got := b.events("customer.subscription.trial"); len(got) != 0 {
		t.Errorf("told of the end of the trial four days ahead: %v", got)
	}
	l.when(11, 0)
	l.when(12, 0)
	if got := b.events("customer.subscription.trial"); len(got) != 1 {
		t.Errorf("told %d times three days ahead, want once", len(got))
	}
	short := begin(t, setup(t), "pm_card_visa", "trial_period_days", "2")
	if got := short.events("customer.subscription.trial"); len(got) != 1 {
		t.Errorf("a trial of two days was told of %d times, want once, at once", len(got))
	}
}

func TestPausedAndResumedAreTold(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "", "trial_period_days", "5", "trial_settings[end_behavior][missing_payment_method]", "pause")
	l.when(5, 1)
	l.must("POST", "/v1/customers/"+l.customer, "invoice_settings[default_payment_method]", "pm_card_visa")
	l.must("POST", "/v1/subscriptions/"+l.sub+"/resume")
	if got := l.events("customer.subscription.paused", "customer.subscription.resumed"); len(got) != 2 {
		t.Errorf("told %v, want paused and resumed", got)
	}
}

func TestAnEventHoldsWhatChangedAndWhoCausedIt(t *testing.T) {
	t.Parallel()
	b := setup(t)
	cus := b.must("POST", "/v1/customers", "email", "ann@example.com", "metadata[a]", "1", "metadata[b]", "2").str("id")
	a := b.callWith(map[string][]string{"Idempotency-Key": {"change-ann"}}, "POST", "/v1/customers/"+cus, "name", "Ann", "metadata[a]", "", "metadata[c]", "3")
	e := b.must("GET", "/v1/events", "type", "customer.updated").doc
	want := map[string]any{"name": nil, "metadata": map[string]any{"a": "1", "c": nil}}
	if diff := cmp.Diff(want, e.at("data.0.data.previous_attributes")); diff != "" {
		t.Errorf("previous_attributes (-want +got):\n%s", diff)
	}
	if got := e.at("data.0.data.object.metadata"); cmp.Diff(map[string]any{"b": "2", "c": "3"}, got) != "" {
		t.Errorf("the object has the metadata %v", got)
	}
	if e.str("data.0.request.id") != a.header.Get("Request-Id") || e.str("data.0.request.idempotency_key") != "change-ann" {
		t.Errorf("the event names the request %v, want %s", e.at("data.0.request"), a.header.Get("Request-Id"))
	}
	if e.str("data.0.api_version") != "2023-10-16" || e.at("data.0.livemode") != false {
		t.Errorf("api_version %v, livemode %v", e.at("data.0.api_version"), e.at("data.0.livemode"))
	}
	b.must("POST", "/v1/customers/"+cus, "name", "Ann")
	if n := len(b.events("customer.updated")); n != 1 {
		t.Errorf("%d events after a change that changed nothing, want 1", n)
	}
}

func TestTimeCausesEventsWithoutARequestAtItsOwnTime(t *testing.T) {
	t.Parallel()
	b := setup(t)
	l := begin(t, b, "pm_card_visa")
	l.when(29, 2)
	e := b.must("GET", "/v1/events", "type", "invoice.paid", "limit", "1")
	if e.at("data.0.request.id") != nil {
		t.Errorf("time has a request: %v", e.at("data.0.request"))
	}
	if want := midnight.AddDate(0, 0, 29).Unix() + 3600; e.int("data.0.created") != want {
		t.Errorf("the event is of %d, want %d, an hour after the renewal", e.int("data.0.created"), want)
	}
	if e.str("data.0.data.object.billing_reason") != "subscription_cycle" {
		t.Errorf("billing_reason %v", e.at("data.0.data.object.billing_reason"))
	}
}
