package stripelocal_test

import (
	"fmt"
	"testing"
	"time"

	"lighttrends/internal/platform/stripelocal"
)

// life is one subscription under a test clock.
type life struct {
	*bench
	clockID, customer, began, sub string
}

// when moves the clock to so many days and hours after its beginning.
func (l *life) when(days, hours int) {
	l.t.Helper()
	l.advance(l.clockID, midnight.Add(time.Duration(days*24+hours)*time.Hour))
}

// is wants a status.
func (l *life) is(want string) {
	l.t.Helper()
	if got := l.status(l.sub); got != want {
		l.t.Fatalf("status is %s, want %s\n%s", got, want, l.log)
	}
}

func (l *life) update(params ...string) answer {
	l.t.Helper()
	return l.must("POST", "/v1/subscriptions/"+l.sub, params...)
}

func (l *life) latest() string {
	l.t.Helper()
	return l.must("GET", "/v1/subscriptions/"+l.sub).str("latest_invoice")
}

// begin subscribes a customer with a card to a price of 20 dollars a month.
func begin(t *testing.T, b *bench, card string, params ...string) *life {
	t.Helper()
	l := &life{bench: b, began: b.price(2000, "month")}
	l.clockID, l.customer = b.clocked(card)
	l.sub = b.must("POST", "/v1/subscriptions", append([]string{"customer", l.customer, "items[0][price]", l.began}, params...)...).str("id")
	return l
}

func days(n int) string { return fmt.Sprint(midnight.AddDate(0, 0, n).Unix()) }

// TestStatusFollowsStripesTransitions plays every way through the statuses.
// The clock begins on 31 January 2024; the first period ends on 29 February.
func TestStatusFollowsStripesTransitions(t *testing.T) {
	t.Parallel()
	const pauses, cancels = "pause", "cancel"
	noCard := func(word string) []string {
		return []string{"trial_period_days", "14", "trial_settings[end_behavior][missing_payment_method]", word}
	}
	unpaid := func(c *stripelocal.Config) { c.AfterRetries = "unpaid" }
	pastDue := func(c *stripelocal.Config) { c.AfterRetries = "past_due" }
	for _, s := range []struct {
		name   string
		card   string
		params []string
		config []func(*stripelocal.Config)
		play   func(*life)
	}{
		{"active and renewed", "pm_card_visa", nil, nil, func(l *life) {
			l.is("active")
			l.when(29, 2)
			l.is("active")
			if got := l.must("GET", "/v1/subscriptions/"+l.sub).int("current_period_end"); got != midnight.AddDate(0, 0, 60).Unix() {
				l.t.Errorf("the second period ends %s, want 31 March", time.Unix(got, 0).UTC())
			}
		}},
		{"incomplete, then paid", "pm_card_chargeCustomerFail", nil, nil, func(l *life) {
			l.is("incomplete")
			l.must("POST", "/v1/invoices/"+l.latest()+"/pay", "payment_method", "pm_card_visa")
			l.is("active")
			l.when(1, 0)
			l.is("active")
		}},
		{"incomplete, still there after 22 hours, expired after 23", "pm_card_chargeCustomerFail", nil, nil, func(l *life) {
			l.when(0, 22)
			l.is("incomplete")
			l.when(0, 23)
			l.is("incomplete_expired")
			if in := l.must("GET", "/v1/invoices/"+l.latest()); in.str("status") != "void" {
				l.t.Errorf("the invoice is %s, want void", in.str("status"))
			}
			l.refused(404, "resource_missing", "id", "DELETE", "/v1/subscriptions/"+l.sub)
		}},
		{"incomplete, canceled", "pm_card_chargeCustomerFail", nil, nil, func(l *life) {
			l.must("DELETE", "/v1/subscriptions/"+l.sub)
			l.is("incomplete_expired")
		}},
		{"trialing, then active", "pm_card_visa", []string{"trial_period_days", "14"}, nil, func(l *life) {
			l.is("trialing")
			l.when(13, 23)
			l.is("trialing")
			l.when(14, 2)
			l.is("active")
			if in := l.must("GET", "/v1/invoices/"+l.latest()); in.int("amount_paid") != 2000 {
				l.t.Errorf("paid %d after the trial, want 2000", in.int("amount_paid"))
			}
		}},
		{"trialing, no card, paused, resumed with a card", "", noCard(pauses), nil, func(l *life) {
			l.when(14, 2)
			l.is("paused")
			l.must("POST", "/v1/customers/"+l.customer, "invoice_settings[default_payment_method]", "pm_card_visa")
			l.must("POST", "/v1/subscriptions/"+l.sub+"/resume")
			l.is("active")
		}},
		{"trialing, no card, paused, resumed without a card, then paid", "", noCard(pauses), nil, func(l *life) {
			l.when(14, 2)
			l.must("POST", "/v1/subscriptions/"+l.sub+"/resume")
			l.is("paused")
			l.must("POST", "/v1/invoices/"+l.latest()+"/pay", "payment_method", "pm_card_visa")
			l.is("active")
		}},
		{"trialing, no card, canceled", "", noCard(cancels), nil, func(l *life) {
			l.when(14, 2)
			l.is("canceled")
		}},
		{"trialing, no card, invoiced", "", noCard("create_invoice"), nil, func(l *life) {
			l.when(14, 0)
			l.is("active")
			l.when(14, 2)
			l.is("past_due")
		}},
		{"past due, tried three times more, canceled", "pm_card_visa", nil, nil, func(l *life) {
			l.must("POST", "/v1/customers/"+l.customer, "invoice_settings[default_payment_method]", "pm_card_chargeCustomerFail")
			l.when(29, 2)
			l.is("past_due")
			l.when(29+3+5, 2) // two tries more
			l.is("past_due")
			if in := l.must("GET", "/v1/invoices/"+l.latest()); in.int("attempt_count") != 3 || in.at("next_payment_attempt") == nil {
				l.t.Errorf("%d attempts, next %v; want 3 and one more", in.int("attempt_count"), in.at("next_payment_attempt"))
			}
			l.when(29+3+5+7, 2)
			l.is("canceled")
			if s := l.must("GET", "/v1/subscriptions/"+l.sub); s.str("cancellation_details.reason") != "payment_failed" || s.int("ended_at") == 0 {
				l.t.Errorf("canceled for %v at %v", s.at("cancellation_details"), s.at("ended_at"))
			}
		}},
		{"past due, paid by hand, active", "pm_card_visa", nil, nil, func(l *life) {
			l.must("POST", "/v1/customers/"+l.customer, "invoice_settings[default_payment_method]", "pm_card_chargeCustomerFail")
			l.when(29, 2)
			l.is("past_due")
			l.must("POST", "/v1/invoices/"+l.latest()+"/pay", "payment_method", "pm_card_visa")
			l.is("active")
		}},
		{"past due, the next try succeeds", "pm_card_visa", nil, nil, func(l *life) {
			l.must("POST", "/v1/customers/"+l.customer, "invoice_settings[default_payment_method]", "pm_card_chargeCustomerFail")
			l.when(29, 2)
			l.must("POST", "/v1/customers/"+l.customer, "invoice_settings[default_payment_method]", "pm_card_visa")
			l.when(29+3, 2)
			l.is("active")
		}},
		{"past due, then unpaid, then paid", "pm_card_visa", nil, []func(*stripelocal.Config){unpaid}, func(l *life) {
			l.must("POST", "/v1/customers/"+l.customer, "invoice_settings[default_payment_method]", "pm_card_chargeCustomerFail")
			l.when(29+3+5+7, 2)
			l.is("unpaid")
			l.must("POST", "/v1/invoices/"+l.latest()+"/pay", "payment_method", "pm_card_visa")
			l.is("active")
		}},
		{"unpaid keeps new invoices as drafts", "pm_card_visa", nil, []func(*stripelocal.Config){unpaid}, func(l *life) {
			l.must("POST", "/v1/customers/"+l.customer, "invoice_settings[default_payment_method]", "pm_card_chargeCustomerFail")
			l.when(29+3+5+7, 2)
			l.when(62, 2)
			l.is("unpaid")
			if in := l.must("GET", "/v1/invoices/"+l.latest()); in.str("status") != "draft" || in.at("auto_advance") != false {
				l.t.Errorf("the new invoice is %s, auto_advance %v", in.str("status"), in.at("auto_advance"))
			}
		}},
		{"past due for good", "pm_card_visa", nil, []func(*stripelocal.Config){pastDue}, func(l *life) {
			l.must("POST", "/v1/customers/"+l.customer, "invoice_settings[default_payment_method]", "pm_card_chargeCustomerFail")
			l.when(29+3+5+7, 2)
			l.is("past_due")
		}},
		{"canceled at period end", "pm_card_visa", nil, nil, func(l *life) {
			s := l.update("cancel_at_period_end", "true")
			if s.int("cancel_at") != s.int("current_period_end") || s.int("canceled_at") != midnight.Unix() {
				l.t.Errorf("cancel_at %v, canceled_at %v", s.at("cancel_at"), s.at("canceled_at"))
			}
			l.when(28, 23)
			l.is("active")
			l.when(29, 0)
			l.is("canceled")
		}},
		{"canceled at period end, kept after all", "pm_card_visa", nil, nil, func(l *life) {
			l.update("cancel_at_period_end", "true")
			if s := l.update("cancel_at_period_end", "false"); s.at("cancel_at") != nil || s.at("canceled_at") != nil {
				l.t.Errorf("cancel_at %v, canceled_at %v, want none", s.at("cancel_at"), s.at("canceled_at"))
			}
			l.when(29, 2)
			l.is("active")
		}},
		{"canceled at a date", "pm_card_visa", nil, nil, func(l *life) {
			l.update("cancel_at", days(10))
			l.when(9, 23)
			l.is("active")
			l.when(10, 0)
			l.is("canceled")
		}},
		{"canceled now, and for good", "pm_card_visa", nil, nil, func(l *life) {
			l.must("DELETE", "/v1/subscriptions/"+l.sub, "cancellation_details[comment]", "Too much")
			l.is("canceled")
			l.refused(404, "resource_missing", "id", "DELETE", "/v1/subscriptions/"+l.sub)
			l.refused(400, "", "cancel_at_period_end", "POST", "/v1/subscriptions/"+l.sub, "cancel_at_period_end", "false")
			l.update("metadata[note]", "still allowed")
			l.when(29, 2)
			l.is("canceled")
		}},
		{"collection paused as drafts", "pm_card_visa", nil, nil, func(l *life) {
			l.update("pause_collection[behavior]", "keep_as_draft")
			l.when(29, 2)
			l.is("active")
			if in := l.must("GET", "/v1/invoices/"+l.latest()); in.str("status") != "draft" {
				l.t.Errorf("the invoice is %s, want draft", in.str("status"))
			}
		}},
		{"collection paused by voiding, resumed by date", "pm_card_visa", nil, nil, func(l *life) {
			l.update("pause_collection[behavior]", "void", "pause_collection[resumes_at]", days(40))
			l.when(29, 2)
			l.is("active")
			if in := l.must("GET", "/v1/invoices/"+l.latest()); in.str("status") != "void" {
				l.t.Errorf("the invoice is %s, want void", in.str("status"))
			}
			l.when(40, 1)
			if s := l.must("GET", "/v1/subscriptions/"+l.sub); s.at("pause_collection") != nil {
				l.t.Errorf("collection is still paused: %v", s.at("pause_collection"))
			}
			l.when(60, 2)
			if in := l.must("GET", "/v1/invoices/"+l.latest()); in.str("status") != "paid" {
				l.t.Errorf("the invoice after that is %s, want paid", in.str("status"))
			}
		}},
		{"collection paused as uncollectible, resumed by hand", "pm_card_visa", nil, nil, func(l *life) {
			l.update("pause_collection[behavior]", "mark_uncollectible")
			l.when(29, 2)
			if in := l.must("GET", "/v1/invoices/"+l.latest()); in.str("status") != "uncollectible" {
				l.t.Errorf("the invoice is %s, want uncollectible", in.str("status"))
			}
			if s := l.update("pause_collection", ""); s.at("pause_collection") != nil {
				l.t.Errorf("collection is still paused: %v", s.at("pause_collection"))
			}
		}},
		{"a renewal that has to be confirmed is past due until it is", "pm_card_visa", nil, nil, func(l *life) {
			l.must("POST", "/v1/customers/"+l.customer, "invoice_settings[default_payment_method]", "pm_card_authenticationRequired")
			l.when(29, 2)
			l.is("past_due")
			in := l.must("GET", "/v1/invoices/"+l.latest(), "expand[]", "payment_intent")
			if in.str("payment_intent.status") != "requires_action" {
				l.t.Errorf("the payment is %s, want requires_action", in.str("payment_intent.status"))
			}
		}},
		{"two years of renewals end on the right day", "pm_card_visa", nil, nil, func(l *life) {
			l.when(731, 0) // 31 January 2026
			s := l.must("GET", "/v1/subscriptions/"+l.sub)
			if got := time.Unix(s.int("current_period_end"), 0).UTC(); got.Format("2006-01-02") != "2026-02-28" {
				l.t.Errorf("the period ends %s, want 2026-02-28", got)
			}
			n := 0
			for after := ""; ; {
				params := []string{"subscription", l.sub, "limit", "10"}
				if after != "" {
					params = append(params, "starting_after", after)
				}
				page := l.must("GET", "/v1/invoices", params...)
				n += len(page.list("data"))
				if page.at("has_more") != true {
					break
				}
				after = page.str("data.9.id")
			}
			if n != 25 {
				l.t.Errorf("%d invoices, want 25", n)
			}
		}},
	} {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			s.play(begin(t, setup(t, s.config...), s.card, s.params...))
		})
	}
}
