package stripeapi_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

func sec(s int64) time.Time { return time.Unix(s, 0).UTC() }

// full is a subscription with something in every field that is read.
const full = `{
  "id":"sub_1","object":"subscription","customer":{"id":"cus_1","object":"customer"},"status":"past_due","currency":"eur","created":1,"start_date":2,
  "current_period_start":3,"current_period_end":4,"cancel_at":5,"cancel_at_period_end":true,"canceled_at":6,"ended_at":7,
  "cancellation_details":{"reason":"payment_failed"},"trial_start":8,"trial_end":9,"pause_collection":{"behavior":"void","resumes_at":10},
  "items":{"object":"list","data":[{"id":"si_1","quantity":3,"price":{"id":"price_1","object":"price","product":"prod_1","lookup_key":"basic","nickname":"Basic","currency":"eur",
    "unit_amount":4900,"active":true,"created":11,"metadata":{"a":"1"},"recurring":{"interval":"month","interval_count":2}}}]},
  "latest_invoice":{"id":"in_1","object":"invoice","number":"A-1","customer":"cus_1","subscription":"sub_1","status":"open","billing_reason":"subscription_cycle","currency":"eur",
    "total":12,"amount_due":13,"amount_paid":14,"amount_remaining":15,"attempt_count":16,"next_payment_attempt":17,"period_start":18,"period_end":19,"created":20,
    "status_transitions":{"paid_at":21},"metadata":{"b":"2"},"hosted_invoice_url":"https://h","invoice_pdf":"https://p",
    "lines":{"data":[{"description":"D","amount":22,"quantity":23,"price":{"id":"price_1"},"proration":true,"period":{"start":24,"end":25}}]}},
  "default_payment_method":{"id":"pm_1","object":"payment_method","type":"card","card":{"brand":"visa","last4":"4242","exp_month":12,"exp_year":2034}},
  "discount":{"coupon":{"percent_off":12.5,"amount_off":500},"promotion_code":"promo_1"},"metadata":{"member":"7"},"test_clock":"clock_1"}`

func TestEveryFieldOfASubscriptionIsRead(t *testing.T) {
	t.Parallel()
	f := setup(t, -1, answering(200, full))
	got, err := f.client.Subscription(context.Background(), "sub_1")
	if err != nil {
		t.Fatal(err)
	}
	want := stripeapi.Subscription{
		ID: "sub_1", CustomerID: "cus_1", Status: stripeapi.PastDue, Currency: "eur", Created: sec(1), Started: sec(2), CurrentPeriodStart: sec(3), CurrentPeriodEnd: sec(4),
		CancelAt: sec(5), CancelAtPeriodEnd: true, CanceledAt: sec(6), EndedAt: sec(7), CancelReason: "payment_failed", TrialStart: sec(8), TrialEnd: sec(9),
		PauseCollection: &stripeapi.PauseCollection{Behavior: "void", Resumes: sec(10)},
		Items: []stripeapi.Item{{ID: "si_1", Quantity: 3, Price: stripeapi.Price{
			ID: "price_1", ProductID: "prod_1", LookupKey: "basic", Nickname: "Basic", Currency: "eur", UnitAmount: 4900, Interval: stripeapi.Month, IntervalCount: 2,
			Active: true, Metadata: map[string]string{"a": "1"}, Created: sec(11),
		}}},
		LatestInvoiceID: "in_1",
		LatestInvoice: &stripeapi.Invoice{
			ID: "in_1", Number: "A-1", CustomerID: "cus_1", SubscriptionID: "sub_1", Status: "open", BillingReason: "subscription_cycle", Currency: "eur", Total: 12, AmountDue: 13,
			AmountPaid: 14, AmountRemaining: 15, AttemptCount: 16, NextAttempt: sec(17), PeriodStart: sec(18), PeriodEnd: sec(19), Created: sec(20), PaidAt: sec(21),
			HostedURL: "https://h", PDFURL: "https://p", Metadata: map[string]string{"b": "2"},
			Lines: []stripeapi.InvoiceLine{{Description: "D", Amount: 22, Quantity: 23, PriceID: "price_1", Proration: true, PeriodStart: sec(24), PeriodEnd: sec(25)}},
		},
		DefaultCard:     &stripeapi.Card{Brand: "visa", Last4: "4242", ExpMonth: 12, ExpYear: 2034},
		DiscountPercent: 12.5, DiscountAmount: 500, PromotionCodeID: "promo_1", Metadata: map[string]string{"member": "7"}, TestClockID: "clock_1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNullsBecomeZeroValues(t *testing.T) {
	t.Parallel()
	f := setup(t, -1, answering(200, `{"id":"sub_1","object":"subscription","customer":"cus_1","status":"active","cancel_at":null,"ended_at":null,"pause_collection":null,
		"latest_invoice":"in_1","default_payment_method":"pm_1","discount":null,"items":{"data":[{"id":"si_1","price":{"id":"p","recurring":null}}]},"metadata":null,"test_clock":null,"cancellation_details":null}`))
	got, err := f.client.Subscription(context.Background(), "sub_1")
	if err != nil {
		t.Fatal(err)
	}
	want := stripeapi.Subscription{
		ID: "sub_1", CustomerID: "cus_1", Status: stripeapi.Active, LatestInvoiceID: "in_1", Metadata: map[string]string{},
		Items: []stripeapi.Item{{ID: "si_1", Price: stripeapi.Price{ID: "p", Metadata: map[string]string{}}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDeletedCustomersSaySo(t *testing.T) {
	t.Parallel()
	f := setup(t, -1, answering(200, `{"id":"cus_1","object":"customer","deleted":true}`))
	got, err := f.client.Customer(context.Background(), "cus_1")
	if err != nil || !got.Deleted || got.ID != "cus_1" {
		t.Errorf("%+v %v", got, err)
	}
}

// TestExactlyWhatIsSetIsSent looks at the forms that go out.
func TestExactlyWhatIsSetIsSent(t *testing.T) {
	t.Parallel()
	ctx, yes := context.Background(), true
	for name, c := range map[string]struct {
		call func(*stripeapi.Client) error
		path string
		want url.Values
	}{
		"nothing": {func(c *stripeapi.Client) error {
			_, err := c.UpdateCustomer(ctx, "k", "cus_1", stripeapi.CustomerChange{})
			return err
		}, "POST /v1/customers/cus_1", url.Values{}},
		"an emptied name": {func(c *stripeapi.Client) error {
			empty := ""
			_, err := c.UpdateCustomer(ctx, "k", "cus_1", stripeapi.CustomerChange{Name: &empty, Metadata: map[string]string{"a": ""}})
			return err
		}, "POST /v1/customers/cus_1", url.Values{"name": {""}, "metadata[a]": {""}}},
		"a change of seats": {func(c *stripeapi.Client) error {
			_, err := c.UpdateSubscription(ctx, "k", "sub_1", stripeapi.SubscriptionChange{ItemID: "si_1", Quantity: 4, Proration: stripeapi.ProrateNow})
			return err
		}, "POST /v1/subscriptions/sub_1", url.Values{"items[0][id]": {"si_1"}, "items[0][quantity]": {"4"}, "proration_behavior": {"always_invoice"}}},
		"the end of a pause": {func(c *stripeapi.Client) error {
			_, err := c.UpdateSubscription(ctx, "k", "sub_1", stripeapi.SubscriptionChange{Unpause: true})
			return err
		}, "POST /v1/subscriptions/sub_1", url.Values{"pause_collection": {""}}},
		"a cancellation with a word": {func(c *stripeapi.Client) error {
			_, err := c.UpdateSubscription(ctx, "k", "sub_1", stripeapi.SubscriptionChange{CancelAtPeriodEnd: &yes, CancelComment: "Bye"})
			return err
		}, "POST /v1/subscriptions/sub_1", url.Values{"cancel_at_period_end": {"true"}, "cancellation_details[comment]": {"Bye"}}},
		"a cancellation now": {func(c *stripeapi.Client) error {
			_, err := c.CancelNow(ctx, "k", "sub_1", "")
			return err
		}, "DELETE /v1/subscriptions/sub_1", url.Values{}},
		"a resumption": {func(c *stripeapi.Client) error {
			_, err := c.ResumeSubscription(ctx, "k", "sub_1")
			return err
		}, "POST /v1/subscriptions/sub_1/resume", url.Values{"billing_cycle_anchor": {"now"}}},
		"a visit": {func(c *stripeapi.Client) error {
			_, err := c.CreateCheckoutSession(ctx, "k", stripeapi.CheckoutInput{
				CustomerID: "cus_1", CustomerEmail: "left@out.example", PriceID: "price_1", TrialDays: 7, AllowPromotionCodes: true, PromotionCodeID: "promo_1",
				Metadata: map[string]string{"m": "1"}, SuccessURL: "https://s", Expires: sec(99),
			})
			return err
		}, "POST /v1/checkout/sessions", url.Values{
			"mode": {"subscription"}, "customer": {"cus_1"}, "line_items[0][price]": {"price_1"}, "line_items[0][quantity]": {"1"}, "discounts[0][promotion_code]": {"promo_1"},
			"metadata[m]": {"1"}, "subscription_data[metadata][m]": {"1"}, "subscription_data[trial_period_days]": {"7"}, "success_url": {"https://s"}, "expires_at": {"99"},
		}},
		"a price paid once": {func(c *stripeapi.Client) error {
			_, err := c.CreatePrice(ctx, "k", stripeapi.PriceInput{ProductID: "prod_1", Currency: "usd"})
			return err
		}, "POST /v1/prices", url.Values{"product": {"prod_1"}, "currency": {"usd"}, "unit_amount": {"0"}}},
		"an endpoint": {func(c *stripeapi.Client) error {
			_, err := c.CreateWebhookEndpoint(ctx, "k", "https://x", []string{"invoice.paid"}, nil)
			return err
		}, "POST /v1/webhook_endpoints", url.Values{"url": {"https://x"}, "enabled_events[0]": {"invoice.paid"}, "api_version": {stripeapi.APIVersion}}},
	} {
		f := setup(t, -1, answering(200, `{"id":"x"}`))
		if err := c.call(f.client); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		form, err := url.ParseQuery(f.calls[0].body)
		if err != nil {
			t.Fatal(err)
		}
		for field := range form {
			if len(field) > 6 && field[:6] == "expand" {
				form.Del(field)
			}
		}
		if diff := cmp.Diff(c.want, form); diff != "" || f.calls[0].method+" "+f.calls[0].path != c.path {
			t.Errorf("%s: %s %s (-want +got):\n%s", name, f.calls[0].method, f.calls[0].path, diff)
		}
	}
}

// TestIdsCannotLeaveTheirPlace hands over ids that would lead elsewhere.
func TestIdsCannotLeaveTheirPlace(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"../customers/cus_1", "sub_1?expand[]=customer", "sub_1/cancel", "sub 1#x", "%2e%2e"} {
		f := setup(t, -1, func(w http.ResponseWriter, r *http.Request) { answering(200, `{"id":"x"}`)(w, r) })
		if _, err := f.client.Subscription(context.Background(), id); err != nil {
			t.Fatal(err)
		}
		path, _, _ := cutQuery(f.calls[0].path)
		if want := "/v1/subscriptions/" + url.QueryEscape(id); path != want {
			t.Errorf("%q asks %s, want %s", id, path, want)
		}
	}
}

func cutQuery(uri string) (path, query string, found bool) {
	for i := range uri {
		if uri[i] == '?' {
			return uri[:i], uri[i+1:], true
		}
	}
	return uri, "", false
}

// TestAnEmptyIdIsNobodys makes sure that no call without an id reaches the
// address of the whole list.
func TestAnEmptyIdIsNobodys(t *testing.T) {
	t.Parallel()
	f := setup(t, -1, answering(200, `{"object":"list","data":[]}`))
	c, ctx := f.client, context.Background()
	for name, call := range map[string]func() error{
		"product":         func() error { _, err := c.Product(ctx, ""); return err },
		"update product":  func() error { _, err := c.UpdateProduct(ctx, "k", "", stripeapi.ProductChange{}); return err },
		"price":           func() error { _, err := c.Price(ctx, ""); return err },
		"update price":    func() error { _, err := c.ArchivePrice(ctx, "k", ""); return err },
		"customer":        func() error { _, err := c.Customer(ctx, ""); return err },
		"update customer": func() error { _, err := c.UpdateCustomer(ctx, "k", "", stripeapi.CustomerChange{}); return err },
		"delete customer": func() error { return c.DeleteCustomer(ctx, "k", "") },
		"checkout":        func() error { _, err := c.CheckoutSession(ctx, ""); return err },
		"expire":          func() error { _, err := c.ExpireCheckoutSession(ctx, "k", ""); return err },
		"subscription":    func() error { _, err := c.Subscription(ctx, ""); return err },
		"update":          func() error { _, err := c.CancelAtPeriodEnd(ctx, "k", ""); return err },
		"resume":          func() error { _, err := c.ResumeSubscription(ctx, "k", ""); return err },
		"cancel":          func() error { _, err := c.CancelNow(ctx, "k", "", ""); return err },
		"invoice":         func() error { _, err := c.Invoice(ctx, ""); return err },
		"upcoming":        func() error { _, err := c.UpcomingInvoice(ctx, "", stripeapi.SubscriptionChange{}); return err },
		"pay":             func() error { _, err := c.PayInvoice(ctx, "k", ""); return err },
		"event":           func() error { _, err := c.Event(ctx, ""); return err },
		"code":            func() error { _, err := c.DeactivatePromotionCode(ctx, "k", ""); return err },
		"endpoint":        func() error { return c.DeleteWebhookEndpoint(ctx, "k", "") },
		"clock":           func() error { _, err := c.TestClock(ctx, ""); return err },
		"advance":         func() error { _, err := c.AdvanceTestClock(ctx, "k", "", sec(1)); return err },
		"delete clock":    func() error { return c.DeleteTestClock(ctx, "k", "") },
	} {
		if err := call(); !fault.HasCode(err, stripeapi.CodeNotFound) {
			t.Errorf("%s: %v, want %s", name, err, stripeapi.CodeNotFound)
		}
	}
	if len(f.calls) != 0 {
		t.Errorf("%d requests went out, the first to %s", len(f.calls), f.calls[0].path)
	}
}
