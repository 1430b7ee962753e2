package billing_test

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/stripelocal"
)

// onTrial begins a trial without a way to pay, which pauses at its end.
func onTrial(s *shop, m uuid.UUID) string {
	s.start(m, "research", billing.Monthly)
	plan := must[*billing.Plan](s.t)(s.office.PlanBySlug(s.t.Context(), "research"))
	doc := s.call(http.MethodPost, "/v1/subscriptions", "customer", s.customerOf(m), "items[0][price]", plan.Price(billing.Monthly).StripePriceID,
		"trial_period_days", "14", "trial_settings[end_behavior][missing_payment_method]", "pause")
	sub := doc["id"].(string)
	s.deliver(s.the(created, sub))
	return sub
}

// addCard gives a customer a card that pays.
func (s *shop) addCard(customer string) {
	s.t.Helper()
	card := s.call(http.MethodPost, "/v1/payment_methods/pm_card_visa/attach", "customer", customer)["id"].(string)
	s.call(http.MethodPost, "/v1/customers/"+customer, "invoice_settings[default_payment_method]", card)
}

// late buys with a card that pays once, and lets the renewal fail.
func late(s *shop, m uuid.UUID) string {
	sub := s.buy(m, laterCard)
	s.deliver(s.the(completed, sub))
	s.pass(30 * 24 * time.Hour) // to the end of the month
	s.pass(2 * time.Hour)       // bills are drafts for an hour
	s.deliver(s.the(failed, sub), s.the(updated, sub))
	if got := s.row(sub); got.Status != billing.PastDue || !s.open(m) || got.InvoiceStatus != "open" || got.InvoiceDue != 4900 || got.InvoiceURL == "" {
		s.t.Errorf("after the failed renewal: %+v", got)
	}
	return sub
}

func troubles() []row {
	gaps := func(after string) func(*stripelocal.Config) {
		return func(c *stripelocal.Config) { c.RetryGaps, c.AfterRetries = []time.Duration{24 * time.Hour}, after }
	}
	usedUp := func(kinds ...string) func(*shop, uuid.UUID) string {
		return func(s *shop, m uuid.UUID) string {
			sub := late(s, m)
			s.pass(25 * time.Hour)
			for _, kind := range kinds {
				s.deliver(s.the(kind, sub))
			}
			return sub
		}
	}
	return []row{
		{
			name: "a trial", status: billing.Trialing, open: true, verbs: []string{"started"}, play: onTrial,
		},
		{
			name: "a trial that pauses", status: billing.Paused, verbs: []string{"started", "paused"},
			play: func(s *shop, m uuid.UUID) string {
				sub := onTrial(s, m)
				s.pass(15 * 24 * time.Hour)
				s.deliver(s.the(paused, sub))
				return sub
			},
		},
		{
			name: "a paused one that resumes", status: billing.Active, open: true, verbs: []string{"started", "paused", "recovered"},
			play: func(s *shop, m uuid.UUID) string {
				sub := onTrial(s, m)
				s.pass(15 * 24 * time.Hour)
				s.deliver(s.the(paused, sub))
				s.addCard(s.customerOf(m))
				_, err := s.stripe.ResumeSubscription(s.t.Context(), uuid.NewString(), sub)
				s.ok(err)
				s.deliver(s.the(resumed, sub))
				return sub
			},
		},
		{
			name: "a trial that is deleted", status: billing.Canceled, verbs: []string{"started", "ended"},
			play: func(s *shop, m uuid.UUID) string {
				sub := onTrial(s, m)
				s.cancelNow(sub)
				s.deliver(s.the(deleted, sub))
				return sub
			},
		},
		{
			name: "a renewal that fails", status: billing.PastDue, open: true, verbs: []string{"started", "past_due"}, play: late,
		},
		{
			name: "a failed renewal that is paid", status: billing.Active, open: true, verbs: []string{"started", "past_due", "recovered"},
			play: func(s *shop, m uuid.UUID) string {
				sub := late(s, m)
				s.addCard(s.customerOf(m))
				s.call(http.MethodPost, "/v1/subscriptions/"+sub, "default_payment_method", "")
				_, err := s.stripe.PayInvoice(s.t.Context(), uuid.NewString(), s.row(sub).InvoiceID)
				s.ok(err)
				s.deliver(s.the(paid, sub))
				return sub
			},
		},
		{
			name: "a failed renewal, all tries used up", config: gaps("unpaid"), status: billing.Unpaid,
			verbs: []string{"started", "past_due", "unpaid"}, play: usedUp(updated),
		},
		{
			name: "a failed renewal, deleted in the end", config: gaps("canceled"), status: billing.Canceled,
			verbs: []string{"started", "past_due", "ended"}, play: usedUp(failed, deleted),
		},
	}
}
