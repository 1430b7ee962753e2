package contracttest

import (
	"context"
	"iter"
	"testing"
	"time"

	"lighttrends/internal/platform/stripeapi"
)

// TestTheSameRequestsWorkOnBoth runs the suite against the stand-in and
// against stripe-mock.
func TestTheSameRequestsWorkOnBoth(t *testing.T) {
	t.Parallel()
	t.Run("stand-in", func(t *testing.T) {
		t.Parallel()
		suite(t, standInWorld(t).world)
	})
	t.Run("stripe-mock", func(t *testing.T) {
		t.Parallel()
		suite(t, mockWorld(t))
	})
}

// suite sends every request the gateway knows and wants an answer in shape.
func suite(t *testing.T, w *world) {
	for _, group := range []func(*testing.T, *world){suiteCatalog, suiteCustomer, suiteCheckout, suiteSubscription, suiteInvoice, suiteRefund, suiteSystem} {
		group(t, w)
	}
}

// one wants a call without error whose answer has an id.
func one[T any](t *testing.T, name string, id func(T) string, call func(context.Context) (T, error)) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
		defer cancel()
		v, err := call(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if id(v) == "" {
			t.Fatalf("the answer has no id: %+v", v)
		}
	})
}

// many wants a list whose elements have ids.
func many[T any](t *testing.T, name string, id func(T) string, list func(context.Context) iter.Seq2[T, error]) {
	t.Helper()
	one(t, name, func(all []T) string {
		for _, v := range all {
			if id(v) == "" {
				return ""
			}
		}
		return "all"
	}, func(ctx context.Context) ([]T, error) { return stripeapi.Collect(list(ctx), 5) })
}

func suiteCatalog(t *testing.T, w *world) {
	c := w.client
	product, price := func(p stripeapi.Product) string { return p.ID }, func(p stripeapi.Price) string { return p.ID }
	text, meta := "Markets", map[string]string{"plan": "basic"}
	one(t, "ensure product", product, func(ctx context.Context) (stripeapi.Product, error) {
		return c.EnsureProduct(ctx, "product-1", "plan", "basic", stripeapi.ProductInput{Name: text, Description: "Notes", Metadata: meta})
	})
	one(t, "product", product, func(ctx context.Context) (stripeapi.Product, error) { return c.Product(ctx, w.product) })
	one(t, "update product", product, func(ctx context.Context) (stripeapi.Product, error) {
		return c.UpdateProduct(ctx, "product-2", w.product, stripeapi.ProductChange{Name: &text, Description: &text, Metadata: meta})
	})
	many(t, "products", product, func(ctx context.Context) iter.Seq2[stripeapi.Product, error] { return c.Products(ctx, true) })
	one(t, "ensure price", price, func(ctx context.Context) (stripeapi.Price, error) {
		return c.EnsurePrice(ctx, "price-1", stripeapi.PriceInput{
			ProductID: w.product, LookupKey: "basic-month", Nickname: "Monthly", Currency: "usd", UnitAmount: 4200, Interval: stripeapi.Month, Metadata: meta,
		})
	})
	one(t, "price paid once", price, func(ctx context.Context) (stripeapi.Price, error) {
		return c.CreatePrice(ctx, "price-2", stripeapi.PriceInput{ProductID: w.product, Currency: "eur", UnitAmount: 100})
	})
	one(t, "price in bands", price, func(ctx context.Context) (stripeapi.Price, error) {
		return c.CreatePrice(ctx, "price-5", stripeapi.PriceInput{
			ProductID: w.product, Currency: "eur", Interval: stripeapi.Month, Volume: true, Tiers: []stripeapi.Tier{{UpTo: 10, Unit: 500}, {Unit: 400, Flat: 100}},
		})
	})
	one(t, "price", price, func(ctx context.Context) (stripeapi.Price, error) { return c.Price(ctx, w.price) })
	one(t, "archive price", price, func(ctx context.Context) (stripeapi.Price, error) {
		fresh, err := c.CreatePrice(ctx, "price-3", stripeapi.PriceInput{ProductID: w.product, Currency: "usd", UnitAmount: 1, Interval: stripeapi.Year})
		if err != nil {
			return fresh, err
		}
		return c.ArchivePrice(ctx, "price-4", fresh.ID)
	})
	many(t, "prices", price, func(ctx context.Context) iter.Seq2[stripeapi.Price, error] { return c.Prices(ctx, w.product, true) })
	promo := func(p stripeapi.PromotionCode) string { return p.ID }
	one(t, "promotion code", promo, func(ctx context.Context) (stripeapi.PromotionCode, error) {
		return c.CreatePromotionCode(ctx, "promo-1", stripeapi.PromotionCodeInput{
			Code: "SPRING", Name: "Spring", PercentOff: 25, Duration: "repeating", DurationMonths: 3, MaxRedemptions: 10, Expires: w.now.AddDate(0, 1, 0), Metadata: meta,
		})
	})
	coupon := func(x stripeapi.Coupon) string { return x.ID }
	one(t, "coupon for a product", coupon, func(ctx context.Context) (stripeapi.Coupon, error) {
		return c.CreateCoupon(ctx, "coupon-1", stripeapi.CouponInput{
			ID: "ours-1", Name: "Stay", AmountOff: 500, Currency: "usd", Duration: "once", ProductIDs: []string{w.product}, Metadata: meta,
		})
	})
	one(t, "coupon", coupon, func(ctx context.Context) (stripeapi.Coupon, error) { return c.Coupon(ctx, "ours-1") })
	one(t, "rename coupon", coupon, func(ctx context.Context) (stripeapi.Coupon, error) {
		return c.RenameCoupon(ctx, "coupon-2", "ours-1", "Do stay")
	})
	one(t, "promotion code for a coupon", promo, func(ctx context.Context) (stripeapi.PromotionCode, error) {
		p, err := c.CreatePromotionCode(ctx, "promo-4", stripeapi.PromotionCodeInput{Code: "STAY", CouponID: "ours-1"})
		if err != nil {
			return p, err
		}
		return c.PromotionCode(ctx, p.ID)
	})
	one(t, "find promotion code", func(ok bool) string { return "any" }, func(ctx context.Context) (bool, error) {
		_, ok, err := c.FindPromotionCode(ctx, "spring")
		return ok, err
	})
	one(t, "deactivate promotion code", promo, func(ctx context.Context) (stripeapi.PromotionCode, error) {
		p, err := c.CreatePromotionCode(ctx, "promo-2", stripeapi.PromotionCodeInput{Code: "LATE", AmountOff: 500, Currency: "usd", Duration: "once"})
		if err != nil {
			return p, err
		}
		return c.DeactivatePromotionCode(ctx, "promo-3", p.ID)
	})
}

func suiteCustomer(t *testing.T, w *world) {
	c, id := w.client, func(c stripeapi.Customer) string { return c.ID }
	name := "Ann"
	one(t, "create customer", id, func(ctx context.Context) (stripeapi.Customer, error) {
		return c.CreateCustomer(ctx, "customer-1", stripeapi.CustomerInput{Email: "bo@example.com", Name: "Bo", Metadata: map[string]string{"member": "1"}, TestClockID: w.clock})
	})
	one(t, "update customer", id, func(ctx context.Context) (stripeapi.Customer, error) {
		return c.UpdateCustomer(ctx, "customer-2", w.customer, stripeapi.CustomerChange{Name: &name, Metadata: map[string]string{"member": "2", "gone": ""}})
	})
	one(t, "customer", id, func(ctx context.Context) (stripeapi.Customer, error) { return c.Customer(ctx, w.customer) })
	many(t, "customers by e-mail", id, func(ctx context.Context) iter.Seq2[stripeapi.Customer, error] {
		return c.CustomersByEmail(ctx, "bo@example.com")
	})
	one(t, "delete customer", func(error) string { return "done" }, func(ctx context.Context) (error, error) {
		gone, err := c.CreateCustomer(ctx, "customer-3", stripeapi.CustomerInput{Email: "gone@example.com"})
		if err != nil {
			return nil, err
		}
		return nil, c.DeleteCustomer(ctx, "customer-4", gone.ID)
	})
	one(t, "portal session", func(s stripeapi.PortalSession) string { return s.URL }, func(ctx context.Context) (stripeapi.PortalSession, error) {
		return c.CreatePortalSession(ctx, "portal-1", w.customer, "https://example.com/account")
	})
}

func suiteCheckout(t *testing.T, w *world) {
	c, id := w.client, func(s stripeapi.CheckoutSession) string { return s.ID }
	for name, in := range map[string]stripeapi.CheckoutInput{
		"checkout for a customer": {CustomerID: w.customer, ClientReferenceID: "member-1", PriceID: w.price, Quantity: 3, Metadata: map[string]string{"member": "1"}},
		"checkout for an address": {CustomerEmail: "new@example.com", PriceID: w.yearly, TrialDays: 14, AllowPromotionCodes: true, Expires: w.now.Add(2 * time.Hour)},
		"checkout with taxes":     {CustomerID: w.customer, PriceID: w.price, AutomaticTax: true, TaxIDs: true},
		"checkout paid once": {
			CustomerID: w.customer, Once: true, Item: &stripeapi.Goods{Name: "One note", Amount: 900, Currency: "usd", Metadata: map[string]string{"note": "1"}}, Metadata: map[string]string{"note": "1"},
		},
		"checkout paid once for an address": {Once: true, Item: &stripeapi.Goods{Name: "One note", Amount: 900, Currency: "usd"}, TaxIDs: true},
	} {
		in.SuccessURL, in.CancelURL = "https://example.com/ok?session={CHECKOUT_SESSION_ID}", "https://example.com/plans"
		one(t, name, id, func(ctx context.Context) (stripeapi.CheckoutSession, error) {
			return c.CreateCheckoutSession(ctx, "checkout-"+name, in)
		})
	}
	one(t, "checkout", id, func(ctx context.Context) (stripeapi.CheckoutSession, error) {
		return c.CheckoutSession(ctx, w.checkout)
	})
	many(t, "checkouts", id, func(ctx context.Context) iter.Seq2[stripeapi.CheckoutSession, error] {
		return c.CheckoutSessions(ctx, w.customer, "")
	})
	one(t, "expire checkout", id, func(ctx context.Context) (stripeapi.CheckoutSession, error) {
		return c.ExpireCheckoutSession(ctx, "checkout-x", w.checkout)
	})
}

func suiteSubscription(t *testing.T, w *world) {
	c, id := w.client, func(s stripeapi.Subscription) string { return s.ID }
	one(t, "subscription", id, func(ctx context.Context) (stripeapi.Subscription, error) { return c.Subscription(ctx, w.subscription) })
	many(t, "subscriptions of a customer", id, func(ctx context.Context) iter.Seq2[stripeapi.Subscription, error] {
		return c.Subscriptions(ctx, stripeapi.SubscriptionFilter{CustomerID: w.customer})
	})
	many(t, "all subscriptions", id, func(ctx context.Context) iter.Seq2[stripeapi.Subscription, error] {
		return c.Subscriptions(ctx, stripeapi.SubscriptionFilter{Status: stripeapi.Active, PriceID: w.price, CreatedSince: w.now, TestClockID: w.clock})
	})
	update := func(name string, change stripeapi.SubscriptionChange) {
		one(t, name, id, func(ctx context.Context) (stripeapi.Subscription, error) {
			return c.UpdateSubscription(ctx, "change-"+name, w.subscription, change)
		})
	}
	update("quantity", stripeapi.SubscriptionChange{ItemID: w.item, Quantity: 5, Proration: stripeapi.ProrateNow})
	update("price", stripeapi.SubscriptionChange{ItemID: w.item, PriceID: w.yearly, Proration: stripeapi.ProrateNextInvoice})
	update("a price, as of a moment, or not at all", stripeapi.SubscriptionChange{
		ItemID: w.item, PriceID: w.price, Proration: stripeapi.ProrateNow, ProrationDate: w.now, AllOrNothing: true,
	})
	update("end with a reason", stripeapi.SubscriptionChange{CancelAtPeriodEnd: new(bool), CancelFeedback: stripeapi.TooExpensive, CancelComment: "Too dear"})
	update("a coupon", stripeapi.SubscriptionChange{CouponID: "ours-1"})
	update("pause", stripeapi.SubscriptionChange{PauseBehavior: "void", PauseUntil: w.now.AddDate(0, 2, 0)})
	update("unpause", stripeapi.SubscriptionChange{Unpause: true})
	update("metadata", stripeapi.SubscriptionChange{Metadata: map[string]string{"member": "1"}, CancelComment: "Too much to read"})
	one(t, "cancel at period end", id, func(ctx context.Context) (stripeapi.Subscription, error) {
		return c.CancelAtPeriodEnd(ctx, "end-1", w.subscription)
	})
	one(t, "keep", id, func(ctx context.Context) (stripeapi.Subscription, error) {
		return c.KeepSubscription(ctx, "end-2", w.subscription)
	})
}

func suiteInvoice(t *testing.T, w *world) {
	c, id := w.client, func(i stripeapi.Invoice) string { return i.ID }
	one(t, "invoice", id, func(ctx context.Context) (stripeapi.Invoice, error) { return c.Invoice(ctx, w.invoice) })
	many(t, "invoices", id, func(ctx context.Context) iter.Seq2[stripeapi.Invoice, error] {
		return c.Invoices(ctx, stripeapi.InvoiceFilter{CustomerID: w.customer, SubscriptionID: w.subscription, Status: "paid", CreatedSince: w.now})
	})
	one(t, "upcoming invoice", func(i stripeapi.Invoice) string { return i.Currency }, func(ctx context.Context) (stripeapi.Invoice, error) {
		return c.UpcomingInvoice(ctx, w.subscription, stripeapi.SubscriptionChange{ItemID: w.item, Quantity: 2, Proration: stripeapi.ProrateNow, ProrationDate: w.now})
	})
	one(t, "an invoice that is sent", id, func(ctx context.Context) (stripeapi.Invoice, error) {
		in, err := c.DraftSentInvoice(ctx, "sent-1", stripeapi.SentInvoiceInput{
			CustomerID: w.customer, Currency: "usd", DaysUntilDue: 30, Description: "For: A company",
			Fields: []stripeapi.PaperField{{Name: "PO number", Value: "4711"}}, Metadata: map[string]string{"order": "1"},
		})
		if err != nil {
			return in, err
		}
		if _, err := c.AddInvoiceItem(ctx, "sent-2", stripeapi.InvoiceItemInput{
			CustomerID: w.customer, InvoiceID: in.ID, Amount: 90_000, Currency: "usd", Description: "A year", From: w.now, To: w.now.AddDate(1, 0, 0),
		}); err != nil {
			return in, err
		}
		if _, err := c.FinalizeInvoice(ctx, "sent-3", in.ID); err != nil {
			return in, err
		}
		if _, err := c.SendInvoice(ctx, "sent-4", in.ID); err != nil {
			return in, err
		}
		return c.VoidInvoice(ctx, "sent-5", in.ID)
	})
	one(t, "cancel now", func(s stripeapi.Subscription) string { return s.ID }, func(ctx context.Context) (stripeapi.Subscription, error) {
		return c.CancelNow(ctx, "cancel-1", w.subscription, "Too much to read")
	})
}

func suiteRefund(t *testing.T, w *world) {
	c := w.client
	refund, dispute := func(r stripeapi.Refund) string { return r.ID }, func(d stripeapi.Dispute) string { return d.ID }
	one(t, "charge", func(ch stripeapi.Charge) string { return ch.ID }, func(ctx context.Context) (stripeapi.Charge, error) { return c.Charge(ctx, w.charge) })
	one(t, "refund", refund, func(ctx context.Context) (stripeapi.Refund, error) { return c.Refund(ctx, w.refund) })
	one(t, "give back", refund, func(ctx context.Context) (stripeapi.Refund, error) { return c.GiveBack(ctx, "back-1", w.charge) })
	many(t, "refunds", refund, func(ctx context.Context) iter.Seq2[stripeapi.Refund, error] { return c.Refunds(ctx, w.charge) })
	one(t, "dispute", dispute, func(ctx context.Context) (stripeapi.Dispute, error) { return c.Dispute(ctx, w.dispute) })
	many(t, "disputes", dispute, func(ctx context.Context) iter.Seq2[stripeapi.Dispute, error] { return c.Disputes(ctx, w.charge) })
}

func suiteSystem(t *testing.T, w *world) {
	c := w.client
	event, hook, clock := func(e stripeapi.Event) string { return e.ID }, func(e stripeapi.WebhookEndpoint) string { return e.ID }, func(c stripeapi.TestClock) string { return c.ID }
	one(t, "event", event, func(ctx context.Context) (stripeapi.Event, error) { return c.Event(ctx, w.event) })
	many(t, "events", event, func(ctx context.Context) iter.Seq2[stripeapi.Event, error] {
		return c.Events(ctx, w.now, "customer.created", "invoice.paid")
	})
	one(t, "create endpoint", func(e stripeapi.WebhookEndpoint) string { return e.ID }, func(ctx context.Context) (stripeapi.WebhookEndpoint, error) {
		return c.CreateWebhookEndpoint(ctx, "hook-1", "https://example.com/stripe", []string{"invoice.paid", "customer.subscription.updated"}, map[string]string{"by": "test"})
	})
	many(t, "endpoints", hook, func(ctx context.Context) iter.Seq2[stripeapi.WebhookEndpoint, error] { return c.WebhookEndpoints(ctx) })
	one(t, "delete endpoint", func(error) string { return "done" }, func(ctx context.Context) (error, error) {
		e, err := c.CreateWebhookEndpoint(ctx, "hook-2", "https://example.com/other", []string{"*"}, nil)
		if err != nil {
			return nil, err
		}
		return nil, c.DeleteWebhookEndpoint(ctx, "hook-3", e.ID)
	})
	one(t, "clock", clock, func(ctx context.Context) (stripeapi.TestClock, error) {
		c1, err := c.CreateTestClock(ctx, "clock-1", "test", w.now)
		if err != nil {
			return c1, err
		}
		if _, err := c.AdvanceTestClock(ctx, "clock-2", c1.ID, w.now.AddDate(0, 0, 1)); err != nil {
			return c1, err
		}
		return c.TestClock(ctx, c1.ID)
	})
	one(t, "delete clock", func(error) string { return "done" }, func(ctx context.Context) (error, error) { return nil, c.DeleteTestClock(ctx, "clock-3", w.clock) })
}
