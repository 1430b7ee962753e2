package stripelocal_test

import (
	"fmt"
	"testing"
	"time"
)

// half is the middle of the first period, which has 29 days.
func (l *life) half() {
	l.t.Helper()
	l.advance(l.clockID, midnight.Add(29*12*time.Hour))
}

func (l *life) item() string {
	l.t.Helper()
	return l.must("GET", "/v1/subscriptions/"+l.sub).str("items.data.0.id")
}

func TestAChangeInTheMiddleIsProrated(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		params  func(l *life) []string
		billed  int64 // on an invoice at once; 0: none
		waiting []int64
		balance int64
	}{
		{"a higher price, on the next invoice", func(l *life) []string { return []string{"items[0][price]", l.price(5000, "month")} }, 0, []int64{2500, -1000}, 0},
		{"a higher price, at once", func(l *life) []string {
			return []string{"items[0][price]", l.price(5000, "month"), "proration_behavior", "always_invoice"}
		}, 1500, nil, 0},
		{"a higher price, not prorated", func(l *life) []string {
			return []string{"items[0][price]", l.price(5000, "month"), "proration_behavior", "none"}
		}, 0, nil, 0},
		{"a lower price, at once", func(l *life) []string {
			return []string{"items[0][price]", l.price(1000, "month"), "proration_behavior", "always_invoice"}
		}, 0, nil, -500},
		{"more seats, at once", func(*life) []string {
			return []string{"items[0][quantity]", "5", "proration_behavior", "always_invoice"}
		}, 4000, nil, 0},
		{"fewer seats, on the next invoice", func(*life) []string { return []string{"items[0][quantity]", "0"} }, 0, []int64{0, -1000}, 0},
		{"as of an earlier day", func(*life) []string {
			return []string{"items[0][quantity]", "2", "proration_behavior", "always_invoice", "proration_date", fmt.Sprint(midnight.Unix())}
		}, 2000, nil, 0},
		{"month to year, with credit", func(l *life) []string { return []string{"items[0][price]", l.price(20000, "year")} }, 19000, nil, 0},
		{"month to year, in full", func(l *life) []string {
			return []string{"items[0][price]", l.price(20000, "year"), "proration_behavior", "none"}
		}, 20000, nil, 0},
		{"a new period from now", func(*life) []string { return []string{"billing_cycle_anchor", "now"} }, 1000, nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := begin(t, setup(t), "pm_card_visa")
			l.half()
			first := l.latest()
			params := c.params(l)
			if params[0][:3] == "ite" {
				params = append([]string{"items[0][id]", l.item()}, params...)
			}
			s := l.update(params...)
			billed := int64(0)
			if in := l.must("GET", "/v1/invoices/"+s.str("latest_invoice")); in.str("id") != first {
				billed = in.int("amount_paid")
				if in.str("billing_reason") != "subscription_update" || in.str("status") != "paid" {
					t.Errorf("the invoice is %s for %s", in.str("status"), in.str("billing_reason"))
				}
			}
			if billed != c.billed {
				t.Errorf("billed %d at once, want %d", billed, c.billed)
			}
			var waiting []int64
			items := l.must("GET", "/v1/invoiceitems", "customer", l.customer, "pending", "true")
			for i := range items.list("data") {
				waiting = append(waiting, items.int(fmt.Sprintf("data.%d.amount", i)))
			}
			if fmt.Sprint(waiting) != fmt.Sprint(c.waiting) {
				t.Errorf("waiting %v, want %v", waiting, c.waiting)
			}
			if got := l.must("GET", "/v1/customers/"+l.customer).int("balance"); got != c.balance {
				t.Errorf("balance %d, want %d", got, c.balance)
			}
		})
	}
}

func TestWhatWaitsComesOnTheNextInvoiceOnce(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	l.half()
	l.update("items[0][id]", l.item(), "items[0][price]", l.bench.price(5000, "month"))
	up := l.must("GET", "/v1/invoices/upcoming", "subscription", l.sub)
	if up.int("total") != 5000+1500 || up.at("id") != nil {
		t.Errorf("the preview is of %d with id %v", up.int("total"), up.at("id"))
	}
	l.when(29, 2)
	in := l.must("GET", "/v1/invoices/"+l.latest())
	if in.int("amount_paid") != 5000+1500 || len(in.list("lines.data")) != 3 {
		t.Errorf("paid %d in %d lines, want 6500 in 3", in.int("amount_paid"), len(in.list("lines.data")))
	}
	l.when(60, 2)
	if in := l.must("GET", "/v1/invoices/"+l.latest()); in.int("amount_paid") != 5000 {
		t.Errorf("paid %d a month later, want 5000", in.int("amount_paid"))
	}
}

func TestCreditIsUsedUpBeforeTheCardIs(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	l.must("POST", "/v1/customers/"+l.customer, "balance", "-3000")
	l.when(29, 2)
	first := l.must("GET", "/v1/invoices/"+l.latest())
	if first.int("amount_due") != 0 || first.str("status") != "paid" || first.int("starting_balance") != -3000 || first.int("ending_balance") != -1000 || first.at("payment_intent") != nil {
		t.Errorf("due %d, %s, balance %d to %d, payment %v", first.int("amount_due"), first.str("status"), first.int("starting_balance"), first.int("ending_balance"), first.at("payment_intent"))
	}
	l.when(60, 2)
	if in := l.must("GET", "/v1/invoices/"+l.latest()); in.int("amount_paid") != 1000 || in.int("total") != 2000 {
		t.Errorf("paid %d of %d, want 1000 of 2000", in.int("amount_paid"), in.int("total"))
	}
}

func TestAPreviewChangesNothing(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	l.half()
	before := len(l.events())
	for name, c := range map[string]struct {
		params []string
		total  int64
	}{
		"as it is":        {nil, 2000},
		"more seats":      {[]string{"subscription_items[0][id]", l.item(), "subscription_items[0][quantity]", "3"}, 6000 + 2000},
		"at once":         {[]string{"subscription_items[0][id]", l.item(), "subscription_items[0][quantity]", "3", "subscription_proration_behavior", "always_invoice"}, 2000},
		"another rhythm":  {[]string{"subscription_items[0][id]", l.item(), "subscription_items[0][price]", l.bench.price(20000, "year")}, 19000},
		"of the customer": {nil, 2000},
	} {
		params := append([]string{"subscription", l.sub}, c.params...)
		if name == "of the customer" {
			params[0], params[1] = "customer", l.customer
		}
		if got := l.must("GET", "/v1/invoices/upcoming", params...).int("total"); got != c.total {
			t.Errorf("%s: %d, want %d", name, got, c.total)
		}
	}
	if len(l.events()) != before+2 { // the price and its product
		t.Errorf("%d events were told", len(l.events())-before-2)
	}
	l.refused(404, "invoice_upcoming_none", "", "GET", "/v1/invoices/upcoming", "subscription", l.sub, "subscription_cancel_now", "true")
	l.update("cancel_at_period_end", "true")
	l.refused(404, "invoice_upcoming_none", "", "GET", "/v1/invoices/upcoming", "subscription", l.sub)
	l.refused(400, "parameter_missing", "customer", "GET", "/v1/invoices/upcoming")
}

func TestCancelingWithProrationGivesCredit(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	l.half()
	l.must("DELETE", "/v1/subscriptions/"+l.sub, "prorate", "true", "invoice_now", "true")
	if c := l.must("GET", "/v1/customers/"+l.customer); c.int("balance") != -1000 {
		t.Errorf("balance %d, want 1000 of credit", c.int("balance"))
	}
	l.is("canceled")
}

func TestItemsAreChangedByTheirId(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	second := l.bench.price(700, "month")
	if s := l.update("items[0][price]", second); len(s.list("items.data")) != 2 {
		t.Errorf("%d items after adding one without an id, want 2", len(s.list("items.data")))
	}
	l.refused(400, "", "items", "POST", "/v1/subscriptions/"+l.sub, "items[0][price]", second)
	l.refused(400, "", "items", "POST", "/v1/subscriptions/"+l.sub, "items[0][price]", l.bench.price(700, "year"))
	l.refused(400, "resource_missing", "items[0][id]", "POST", "/v1/subscriptions/"+l.sub, "items[0][id]", "si_none")
	if s := l.update("items[0][id]", l.item(), "items[0][deleted]", "true"); len(s.list("items.data")) != 1 || s.str("items.data.0.price.id") != second {
		t.Errorf("after deleting the first: %v", s.at("items.data"))
	}
	l.refused(400, "", "items", "POST", "/v1/subscriptions/"+l.sub, "items[0][id]", l.item(), "items[0][deleted]", "true")
}

func TestATrialIsMovedAndEnded(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa", "trial_period_days", "5")
	if s := l.update("trial_end", days(20)); s.int("current_period_end") != midnight.AddDate(0, 0, 20).Unix() {
		t.Errorf("the trial ends %d", s.int("current_period_end"))
	}
	l.when(10, 0)
	l.is("trialing")
	s := l.update("trial_end", "now")
	if in := l.must("GET", "/v1/invoices/"+s.str("latest_invoice")); s.str("status") != "active" || in.int("amount_paid") != 2000 {
		t.Errorf("%s, paid %d", s.str("status"), in.int("amount_paid"))
	}
	l.refused(400, "", "trial_end", "POST", "/v1/subscriptions/"+l.sub, "trial_end", days(1))
}

func TestDiscounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		coupon []string
		paid   []int64 // first, second, third … invoice
	}{
		{"percent, forever", []string{"duration", "forever", "percent_off", "25"}, []int64{1500, 1500, 1500}},
		{"percent, once", []string{"duration", "once", "percent_off", "50"}, []int64{1000, 2000, 2000}},
		{"amount, two months", []string{"duration", "repeating", "duration_in_months", "2", "amount_off", "500", "currency", "usd"}, []int64{1500, 1500, 2000}},
		{"amount above the price", []string{"duration", "once", "amount_off", "5000", "currency", "usd"}, []int64{0, 2000, 2000}},
		{"everything off", []string{"duration", "repeating", "duration_in_months", "1", "percent_off", "100"}, []int64{0, 2000, 2000}},
		{"a third, rounded", []string{"duration", "forever", "percent_off", "33.33"}, []int64{1333, 1333, 1333}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			coupon := b.must("POST", "/v1/coupons", c.coupon...).str("id")
			l := begin(t, b, "pm_card_visa", "coupon", coupon)
			l.is("active")
			var paid []int64
			for i := range c.paid {
				paid = append(paid, b.must("GET", "/v1/invoices/"+l.latest()).int("amount_paid"))
				l.when(30*(i+1), 2)
			}
			if fmt.Sprint(paid) != fmt.Sprint(c.paid) {
				t.Errorf("paid %v, want %v", paid, c.paid)
			}
		})
	}
}

func TestPromotionCodes(t *testing.T) {
	t.Parallel()
	b := setup(t)
	price := b.price(4000, "month")
	coupon := b.must("POST", "/v1/coupons", "duration", "once", "percent_off", "25").str("id")
	promo := b.must("POST", "/v1/promotion_codes", "coupon", coupon, "code", "Spring25", "max_redemptions", "1", "expires_at", days(10)).str("id")
	b.refused(400, "", "code", "POST", "/v1/promotion_codes", "coupon", coupon, "code", "SPRING25")
	if got := b.must("GET", "/v1/promotion_codes", "code", "spring25", "active", "true").ids(); len(got) != 1 || got[0] != promo {
		t.Errorf("found %v", got)
	}
	_, page := b.visit(price, "allow_promotion_codes", "true")
	b.browse("GET", page).shows(200, "Promotion code")
	b.browse("POST", page+"/code", "code", "wrong").shows(422, "not valid", `aria-invalid="true"`)
	b.browse("POST", page+"/code", "code", " sPRING25 ").leads("/checkout/")
	b.browse("GET", page).shows(200, "Spring25", "$10.00", "Subscribe for $30.00")
	b.browse("POST", page+"/code", "code", "").leads("/checkout/")
	b.browse("GET", page).shows(200, "Subscribe for $40.00")
	b.browse("POST", page+"/code", "code", "spring25").leads("/checkout/")
	b.browse("POST", page, card("4242424242424242")...).leads("https://shop.example/")
	if got := b.must("GET", "/v1/charges").int("data.0.amount"); got != 3000 {
		t.Errorf("charged %d, want 3000", got)
	}
	after := b.must("GET", "/v1/promotion_codes/"+promo)
	if after.int("times_redeemed") != 1 || after.at("active") != false {
		t.Errorf("redeemed %d times, active %v", after.int("times_redeemed"), after.at("active"))
	}
	b.refused(400, "promotion_code_invalid", "promotion_code", "POST", "/v1/checkout/sessions", "mode", "subscription", "success_url", "https://x.example",
		"line_items[0][price]", price, "discounts[0][promotion_code]", promo)
	b.refused(400, "", "active", "POST", "/v1/promotion_codes/"+promo, "active", "true")
	_, plain := b.visit(price)
	b.browse("POST", plain+"/code", "code", "spring25").shows(422, "takes no promotion codes")
}

func TestCodesAndCouponsExpire(t *testing.T) {
	t.Parallel()
	b := setup(t)
	coupon := b.must("POST", "/v1/coupons", "duration", "once", "percent_off", "25", "redeem_by", days(5)).str("id")
	promo := b.must("POST", "/v1/promotion_codes", "coupon", coupon, "code", "SOON", "expires_at", days(2)).str("id")
	b.clock.Advance(48 * time.Hour)
	b.settle()
	if p := b.must("GET", "/v1/promotion_codes/"+promo); p.at("active") != false {
		t.Error("the code is still active")
	}
	if c := b.must("GET", "/v1/coupons/"+coupon); c.at("valid") != true {
		t.Error("the coupon is not valid any more")
	}
	b.clock.Advance(72 * time.Hour)
	b.settle()
	if c := b.must("GET", "/v1/coupons/"+coupon); c.at("valid") != false {
		t.Error("the coupon is still valid")
	}
	b.refused(400, "coupon_expired", "coupon", "POST", "/v1/checkout/sessions", "mode", "subscription", "success_url", "https://x.example",
		"line_items[0][price]", b.price(1, "month"), "discounts[0][coupon]", coupon)
}
