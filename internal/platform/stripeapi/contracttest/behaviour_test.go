package contracttest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
	"lighttrends/internal/platform/stripelocal"
)

func TestAProductIsMadeOnceAndFoundAgain(t *testing.T) {
	t.Parallel()
	s, ctx := standInWorld(t), context.Background()
	for i := range 120 { // more than a page stands before it
		s.raw("POST", "/v1/products", "name", fmt.Sprint(i))
	}
	in := stripeapi.ProductInput{Name: "Basic", Metadata: map[string]string{"more": "x"}}
	first, err := s.client.EnsureProduct(ctx, "p1", "plan", "basic", in)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 120 {
		s.raw("POST", "/v1/products", "name", fmt.Sprint("later ", i))
	}
	again, err := s.client.EnsureProduct(ctx, "p2", "plan", "basic", in)
	if err != nil || again.ID != first.ID || again.Metadata["plan"] != "basic" || again.Metadata["more"] != "x" {
		t.Errorf("%+v %v, want %s", again, err, first.ID)
	}
	if in.Metadata["plan"] != "" {
		t.Error("the caller's map was changed")
	}
	if _, err := s.client.ArchiveProduct(ctx, "p3", first.ID); err != nil {
		t.Fatal(err)
	}
	if fresh, err := s.client.EnsureProduct(ctx, "p4", "plan", "basic", in); err != nil || fresh.ID == first.ID {
		t.Errorf("an archived product was found: %v", err)
	}
}

func TestAPriceIsKeptUntilItsAmountChanges(t *testing.T) {
	t.Parallel()
	s, ctx := standInWorld(t), context.Background()
	in := stripeapi.PriceInput{ProductID: s.product, LookupKey: "basic", Currency: "usd", UnitAmount: 4900, Interval: stripeapi.Month}
	first, err := s.client.EnsurePrice(ctx, "1", in)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.client.EnsurePrice(ctx, "2", in); err != nil || again.ID != first.ID {
		t.Errorf("%+v %v", again, err)
	}
	in.UnitAmount = 5900
	dearer, err := s.client.EnsurePrice(ctx, "3", in)
	if err != nil || dearer.ID == first.ID || dearer.UnitAmount != 5900 {
		t.Fatalf("%+v %v", dearer, err)
	}
	if found, ok, err := s.client.PriceByLookupKey(ctx, "basic"); err != nil || !ok || found.ID != dearer.ID {
		t.Errorf("the lookup key is at %s (%v %v)", found.ID, ok, err)
	}
	if old, err := s.client.Price(ctx, first.ID); err != nil || !old.Active || old.LookupKey != "" {
		t.Errorf("the older price: %+v %v", old, err)
	}
	if _, err := s.client.ArchivePrice(ctx, "4", dearer.ID); err != nil {
		t.Fatal(err)
	}
	if _, ok, _ := s.client.PriceByLookupKey(ctx, "basic"); ok {
		t.Error("an archived price is found")
	}
}

// pay fills in the payment page as a browser would.
func pay(t *testing.T, page string, fields ...string) string {
	t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.PostForm(page, form)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		text, _ := io.ReadAll(res.Body)
		t.Fatalf("%d %s", res.StatusCode, text)
	}
	return res.Header.Get("Location")
}

func visa() []string {
	return []string{"method", "card", "number", "4242424242424242", "expiry", "12/34", "cvc", "123"}
}

func TestACheckoutIsFollowedToItsRenewalAndItsEnd(t *testing.T) {
	t.Parallel()
	s, ctx := standInWorld(t), context.Background()
	visit, err := s.client.CreateCheckoutSession(ctx, "visit", stripeapi.CheckoutInput{
		CustomerID: s.customer, PriceID: s.price, Quantity: 3, Metadata: map[string]string{"member": "7"}, ClientReferenceID: "7",
		SuccessURL: "https://shop.example/ok?s={CHECKOUT_SESSION_ID}", CancelURL: "https://shop.example/",
	})
	if err != nil || visit.Status != "open" || visit.URL == "" || visit.SubscriptionID != "" {
		t.Fatalf("%+v %v", visit, err)
	}
	if to := pay(t, visit.URL, visa()...); to != "https://shop.example/ok?s="+visit.ID {
		t.Errorf("leads to %s", to)
	}
	visit, err = s.client.CheckoutSession(ctx, visit.ID)
	if err != nil || visit.Status != "complete" || visit.PaymentStatus != "paid" || visit.CustomerID != s.customer || visit.Metadata["member"] != "7" {
		t.Fatalf("%+v %v", visit, err)
	}
	sub, err := s.client.Subscription(ctx, visit.SubscriptionID)
	if err != nil {
		t.Fatal(err)
	}
	if sub.Status != stripeapi.Active || sub.Items[0].Quantity != 3 || sub.Metadata["member"] != "7" || !sub.CurrentPeriodEnd.Equal(begin.AddDate(0, 0, 29)) ||
		sub.LatestInvoice == nil || sub.LatestInvoice.AmountPaid != 6000 || sub.DefaultCard == nil || sub.DefaultCard.Last4 != "4242" || sub.TestClockID != s.world.clock {
		t.Fatalf("%+v", sub)
	}
	s.advance(begin.AddDate(0, 0, 29).Add(2 * time.Hour))
	if sub, err = s.client.CancelAtPeriodEnd(ctx, "end", sub.ID); err != nil || !sub.CancelAtPeriodEnd || !sub.CancelAt.Equal(begin.AddDate(0, 0, 60)) {
		t.Fatalf("%+v %v", sub, err)
	}
	if sub, err = s.client.KeepSubscription(ctx, "keep", sub.ID); err != nil || sub.CancelAtPeriodEnd || !sub.CancelAt.IsZero() {
		t.Fatalf("%+v %v", sub, err)
	}
	if sub, err = s.client.CancelNow(ctx, "now", sub.ID, "Enough"); err != nil || sub.Status != stripeapi.Canceled || sub.EndedAt.IsZero() || sub.CancelReason != "cancellation_requested" {
		t.Fatalf("%+v %v", sub, err)
	}
	if _, err = s.client.CancelNow(ctx, "now2", sub.ID, ""); !fault.HasCode(err, "stripe_not_found") {
		t.Errorf("canceled twice: %v", err)
	}
	paid, err := stripeapi.Collect(s.client.Invoices(ctx, stripeapi.InvoiceFilter{SubscriptionID: sub.ID, Status: "paid"}), 0)
	if err != nil || len(paid) != 2 || paid[0].BillingReason != "subscription_cycle" || paid[0].PaidAt.IsZero() || paid[0].HostedURL == "" || len(paid[0].Lines) != 1 {
		t.Errorf("%d invoices, %+v %v", len(paid), paid, err)
	}
}

// advance moves the customer's clock through the gateway, as a test would.
func (s *standIn) advance(to time.Time) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	c, err := s.client.AdvanceTestClock(ctx, "advance-"+to.String(), s.world.clock, to)
	for err == nil && !c.Ready() {
		c, err = s.client.TestClock(ctx, s.world.clock)
	}
	if err != nil || !c.Now.Equal(to) {
		s.t.Fatalf("%+v %v", c, err)
	}
}

func TestChangesArePreviewedAndMade(t *testing.T) {
	t.Parallel()
	s, ctx := standInWorld(t), context.Background()
	s.advance(begin.Add(29 * 12 * time.Hour))
	change := stripeapi.SubscriptionChange{ItemID: s.item, Quantity: 3, Proration: stripeapi.ProrateNow}
	preview, err := s.client.UpcomingInvoice(ctx, s.subscription, change)
	if err != nil || preview.Total != 2000 {
		t.Fatalf("%+v %v", preview, err)
	}
	sub, err := s.client.UpdateSubscription(ctx, "change", s.subscription, change)
	if err != nil || sub.Items[0].Quantity != 3 || sub.LatestInvoice.AmountPaid != preview.Total {
		t.Fatalf("%+v %v", sub, err)
	}
	if again, err := s.client.UpdateSubscription(ctx, "change", s.subscription, change); err != nil || again.LatestInvoiceID != sub.LatestInvoiceID {
		t.Errorf("the repeat billed again: %v", err)
	}
	change.Quantity = 4
	if _, err := s.client.UpdateSubscription(ctx, "change", s.subscription, change); !fault.HasCode(err, "stripe_idempotency_conflict") {
		t.Errorf("the key was taken for another change: %v", err)
	}
	if sub, err = s.client.UpdateSubscription(ctx, "pause", s.subscription, stripeapi.SubscriptionChange{PauseBehavior: "void", PauseUntil: begin.AddDate(0, 3, 0)}); err != nil || sub.PauseCollection == nil || sub.PauseCollection.Behavior != "void" {
		t.Errorf("%+v %v", sub.PauseCollection, err)
	}
	if sub, err = s.client.UpdateSubscription(ctx, "go", s.subscription, stripeapi.SubscriptionChange{Unpause: true}); err != nil || sub.PauseCollection != nil {
		t.Errorf("%+v %v", sub.PauseCollection, err)
	}
	if _, err := s.client.UpdateSubscription(ctx, "x", s.subscription, stripeapi.SubscriptionChange{Quantity: 2}); !fault.HasCode(err, "stripe_invalid_request") {
		t.Errorf("a quantity without its item was sent: %v", err)
	}
}

func TestRefusalsOfTheStandInBecomeFaults(t *testing.T) {
	t.Parallel()
	s, ctx := standInWorld(t), context.Background()
	_, err := s.client.Subscription(ctx, "sub_none")
	if !fault.HasCode(err, "stripe_not_found") {
		t.Errorf("%v", err)
	}
	_, err = s.client.CreateCheckoutSession(ctx, "k", stripeapi.CheckoutInput{PriceID: "price_none", SuccessURL: "https://x.example"})
	if f := fault.Of(err); f.Code != "stripe_invalid_request" || len(f.Fields) != 1 || f.Fields[0].Path != "line_items[0][price]" || f.Fields[0].Code != "resource_missing" {
		t.Errorf("%+v", f)
	}
	s.raw("POST", "/v1/customers/"+s.customer, "invoice_settings[default_payment_method]", "pm_card_chargeCustomerFail")
	s.advance(begin.AddDate(0, 0, 29).Add(2 * time.Hour))
	open, err := stripeapi.Collect(s.client.Invoices(ctx, stripeapi.InvoiceFilter{SubscriptionID: s.subscription, Status: "open"}), 1)
	if err != nil || len(open) != 1 || open[0].NextAttempt.IsZero() {
		t.Fatalf("%+v %v", open, err)
	}
	if _, err = s.client.PayInvoice(ctx, "pay", open[0].ID); !fault.HasCode(err, "card_declined") || fault.Of(err).Message != "Your card was declined." {
		t.Errorf("%v", err)
	}
	other := newClient(t, s.url, "sk_test_another")
	if _, err = other.Customer(ctx, s.customer); !fault.HasCode(err, "stripe_authentication") || strings.Contains(err.Error(), "sk_test_another") {
		t.Errorf("%v", err)
	}
}

func TestSubscriptionsAreWalkedPageByPage(t *testing.T) {
	t.Parallel()
	s, ctx := standInWorld(t), context.Background()
	for range 104 {
		s.raw("POST", "/v1/subscriptions", "customer", s.customer, "items[0][price]", s.price, "trial_period_days", "5")
	}
	all, err := stripeapi.Collect(s.client.Subscriptions(ctx, stripeapi.SubscriptionFilter{TestClockID: s.world.clock}), 0)
	if err != nil || len(all) != 105 {
		t.Fatalf("%d subscriptions, %v", len(all), err)
	}
	seen := map[string]bool{}
	for _, sub := range all {
		seen[sub.ID] = true
	}
	if len(seen) != 105 {
		t.Errorf("%d different ones", len(seen))
	}
	trials, err := stripeapi.Collect(s.client.Subscriptions(ctx, stripeapi.SubscriptionFilter{CustomerID: s.customer, Status: stripeapi.Trialing}), 0)
	if err != nil || len(trials) != 104 {
		t.Errorf("%d in a trial, %v", len(trials), err)
	}
}

// TestADeliveryIsReadByTheGateway takes a webhook from the stand-in and gives
// its raw body to ParseEvent, during a rotation of secrets.
func TestADeliveryIsReadByTheGateway(t *testing.T) {
	t.Parallel()
	type call struct {
		raw    []byte
		header string
	}
	calls := make(chan call, 100)
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		calls <- call{raw, r.Header.Get("Stripe-Signature")}
	}))
	t.Cleanup(hook.Close)
	s := standInWorld(t, func(c *stripelocal.Config) { c.WebhookURL, c.WebhookSecret = hook.URL, "whsec_one" })
	for {
		select {
		case c := <-calls:
			e, err := stripeapi.ParseEvent(c.raw, c.header, []string{"whsec_two", "whsec_one"}, 5*time.Minute, s.clock.Now())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := stripeapi.ParseEvent(c.raw, c.header, []string{"whsec_two"}, 5*time.Minute, s.clock.Now()); !fault.HasCode(err, "stripe_signature") {
				t.Errorf("opened with another secret: %v", err)
			}
			if e.Type != "customer.subscription.created" {
				continue
			}
			if e.SubscriptionID != s.subscription || e.CustomerID != s.customer || e.ObjectType != "subscription" || e.APIVersion != stripeapi.APIVersion || e.Livemode {
				t.Errorf("%+v", e)
			}
			stored, err := s.client.Event(context.Background(), e.ID)
			if err != nil || stored != e {
				t.Errorf("fetched %+v %v, want %+v", stored, err, e)
			}
			return
		case <-time.After(2 * time.Minute):
			t.Fatal("no delivery")
		}
	}
}

func TestEventsAreWalkedSinceATime(t *testing.T) {
	t.Parallel()
	s := standInWorld(t)
	all, err := stripeapi.Collect(s.client.Events(context.Background(), begin, "invoice.paid", "customer.created"), 0)
	if err != nil || len(all) == 0 {
		t.Errorf("%+v %v", all, err)
	}
	seen := map[string]int{}
	for _, e := range all {
		if seen[e.Type]++; e.ObjectID == "" {
			t.Errorf("an event about nothing: %+v", e)
		}
	}
	if len(seen) != 2 || seen["invoice.paid"] == 0 || seen["customer.created"] == 0 {
		t.Errorf("asked for two types, got %v", seen)
	}
	none, err := stripeapi.Collect(s.client.Events(context.Background(), begin.Add(time.Second)), 0)
	if err != nil || len(none) != 0 {
		t.Errorf("%d events after now, %v", len(none), err)
	}
}

func TestPromotionCodesAreFoundAsTyped(t *testing.T) {
	t.Parallel()
	s, ctx := standInWorld(t), context.Background()
	made, err := s.client.CreatePromotionCode(ctx, "promo", stripeapi.PromotionCodeInput{Code: "Spring", PercentOff: 25, Duration: "once", MaxRedemptions: 5})
	if err != nil || made.PercentOff != 25 || made.CouponID == "" {
		t.Fatalf("%+v %v", made, err)
	}
	if again, err := s.client.CreatePromotionCode(ctx, "promo", stripeapi.PromotionCodeInput{Code: "Spring", PercentOff: 25, Duration: "once", MaxRedemptions: 5}); err != nil || again.ID != made.ID {
		t.Errorf("the repeat made %s: %v", again.ID, err)
	}
	found, ok, err := s.client.FindPromotionCode(ctx, "sPRING")
	if err != nil || !ok || found.ID != made.ID {
		t.Errorf("%+v %v %v", found, ok, err)
	}
	if _, err := s.client.DeactivatePromotionCode(ctx, "off", made.ID); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := s.client.FindPromotionCode(ctx, "spring"); ok || err != nil {
		t.Errorf("%v %v", ok, err)
	}
}
