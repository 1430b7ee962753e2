package billing_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
	"lighttrends/internal/platform/stripelocal"
)

// Types of events, as rows of the table name them.
const (
	created   = "customer.subscription.created"
	updated   = "customer.subscription.updated"
	deleted   = "customer.subscription.deleted"
	paused    = "customer.subscription.paused"
	resumed   = "customer.subscription.resumed"
	paid      = "invoice.paid"
	failed    = "invoice.payment_failed"
	completed = "checkout.session.completed"
	arrived   = "checkout.session.async_payment_succeeded"
	bounced   = "checkout.session.async_payment_failed"
)

// row is one line of the access rule: what happens, and what is true then.
type row struct {
	name   string
	config func(*stripelocal.Config)
	// play returns the subscription it was about; "" when there is none.
	play   func(s *shop, member uuid.UUID) string
	status billing.Status
	open   bool
	verbs  []string
}

// TestAccessRule plays the table "Access rule for subscriptions".
func TestAccessRule(t *testing.T) {
	t.Parallel()
	rows := append(append(beginnings(), troubles()...), endings()...)
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		for _, r := range rows {
			t.Run(r.name, func(t *testing.T) {
				t.Parallel()
				check(t, e, r)
			})
		}
	})
}

func check(t *testing.T, e dbtest.Engine, r row) {
	s := setup(t, e, func(c *stripelocal.Config) {
		if r.config != nil {
			r.config(c)
		}
	})
	s.sell()
	m := s.member()
	sub := r.play(s, m)
	if got := s.open(m); got != r.open {
		t.Errorf("open is %v, want %v", got, r.open)
	}
	if sub == "" {
		if n := s.number("SELECT COUNT(*) FROM subscriptions"); n != 0 || s.members.epoch(m) != 0 {
			t.Errorf("%d rows, epoch %d", n, s.members.epoch(m))
		}
		return
	}
	if got := s.row(sub).Status; got != r.status {
		t.Errorf("status %s, want %s", got, r.status)
	}
	if diff := cmp.Diff(r.verbs, s.verbs(sub)); diff != "" {
		t.Error(diff)
	}
	if s.members.epoch(m) == 0 {
		t.Error("the member's access epoch never rose")
	}
}

func beginnings() []row {
	return []row{
		{
			name: "created, paid and completed in any order, three times each", status: billing.Active, open: true, verbs: []string{"started"},
			play: func(s *shop, m uuid.UUID) (sub string) {
				for i, order := range [][]string{
					{created, paid, completed}, {created, completed, paid}, {paid, created, completed},
					{paid, completed, created}, {completed, created, paid}, {completed, paid, created},
				} {
					who := s.member()
					if i == 0 {
						who = m
					}
					sub = s.buy(who, goodCard)
					for range 3 {
						for _, kind := range order {
							s.deliver(s.the(kind, sub))
						}
					}
					if diff := cmp.Diff([]string{"started"}, s.verbs(sub)); diff != "" || !s.open(who) || s.members.epoch(who) != 1 {
						s.t.Errorf("%v: %s epoch %d", order, diff, s.members.epoch(who))
					}
				}
				return sub
			},
		},
		{
			name: "a bank debit on its way", status: billing.Incomplete, verbs: []string{"pending"},
			play: func(s *shop, m uuid.UUID) string {
				sub := s.buy(m, slowBank)
				s.deliver(s.the(completed, sub))
				return sub
			},
		},
		{
			name: "a bank debit that arrives", status: billing.Active, open: true, verbs: []string{"pending", "started"},
			play: func(s *shop, m uuid.UUID) string {
				sub := s.buy(m, slowBank)
				s.deliver(s.the(completed, sub))
				s.pass(6 * 24 * time.Hour)
				s.deliver(s.the(arrived, sub))
				return sub
			},
		},
		{
			name: "a bank debit that fails", status: billing.IncompleteExpired, verbs: []string{"pending", "expired"},
			play: func(s *shop, m uuid.UUID) string {
				sub := s.buy(m, badBank)
				s.deliver(s.the(completed, sub))
				s.pass(6 * 24 * time.Hour)
				s.pass(24 * time.Hour)
				s.deliver(s.the(bounced, sub), s.the(updated, sub))
				return sub
			},
		},
		{
			name: "a visit to the success address only",
			play: func(s *shop, m uuid.UUID) string {
				page := s.start(m, "research", billing.Monthly)
				id := page[len(s.line.url+"/checkout/"):]
				got, err := s.office.FinishCheckout(s.t.Context(), id, m)
				if err != nil || got.State != billing.ReturnOpen {
					s.t.Errorf("got %+v, %v", got, err)
				}
				return ""
			},
		},
		{
			name: "updated, which made it active, before created", status: billing.Active, open: true, verbs: []string{"started"},
			play: func(s *shop, m uuid.UUID) string {
				sub := s.buy(m, goodCard)
				s.deliver(s.the(updated, sub), s.the(created, sub))
				return sub
			},
		},
	}
}

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

func (s *shop) cancelNow(sub string) {
	s.t.Helper()
	_, err := s.stripe.CancelNow(s.t.Context(), uuid.NewString(), sub, "")
	s.ok(err)
}

func endings() []row {
	running := func(then func(s *shop, m uuid.UUID, sub string)) func(*shop, uuid.UUID) string {
		return func(s *shop, m uuid.UUID) string {
			sub := s.buy(m, goodCard)
			s.deliver(s.the(completed, sub))
			then(s, m, sub)
			return sub
		}
	}
	unmoved := func(e func(s *shop, m uuid.UUID, sub string) told, reason string) func(*shop, uuid.UUID) string {
		return running(func(s *shop, m uuid.UUID, sub string) {
			epoch, number := s.members.epoch(m), s.row(sub).SyncNumber
			hint := e(s, m, sub)
			s.deliver(hint)
			if got := s.event(hint.ID); got.State != billing.EventIgnored || got.Reason != reason {
				s.t.Errorf("the event is %s for %q, want ignored for %q", got.State, got.Reason, reason)
			}
			if s.members.epoch(m) != epoch || s.row(sub).SyncNumber != number || s.number("SELECT COUNT(*) FROM subscriptions") != 1 {
				s.t.Error("something changed")
			}
		})
	}
	return []row{
		{
			name: "deleted, then a late updated", status: billing.Canceled, verbs: []string{"started", "ended"},
			play: running(func(s *shop, _ uuid.UUID, sub string) {
				old := s.the(updated, sub)
				s.cancelNow(sub)
				s.deliver(s.the(deleted, sub), old)
			}),
		},
		{
			name: "a new one, then the old one's deleted", status: billing.Active, open: true, verbs: []string{"started"},
			play: func(s *shop, m uuid.UUID) string {
				first := s.buy(m, goodCard)
				s.deliver(s.the(completed, first))
				s.cancelNow(first)
				second := s.buy(m, goodCard)
				s.deliver(s.the(completed, second), s.the(deleted, first))
				if diff := cmp.Diff([]string{"started", "ended"}, s.verbs(first)); diff != "" {
					s.t.Error(diff)
				}
				return second
			},
		},
		{
			name: "quantity up and down", status: billing.Active, open: true, verbs: []string{"started", "changed", "changed"},
			play: running(func(s *shop, m uuid.UUID, sub string) {
				epoch := s.members.epoch(m)
				for _, n := range []int64{5, 2} {
					item := must[stripeapi.Subscription](s.t)(s.stripe.Subscription(s.t.Context(), sub)).Items[0].ID
					_, err := s.stripe.UpdateSubscription(s.t.Context(), uuid.NewString(), sub, stripeapi.SubscriptionChange{ItemID: item, Quantity: n})
					s.ok(err)
					s.deliver(s.the(updated, sub))
					if got := s.row(sub).Quantity; got != n {
						s.t.Errorf("quantity %d, want %d", got, n)
					}
				}
				if s.members.epoch(m) != epoch {
					s.t.Error("a quantity changed what the member may read")
				}
			}),
		},
		{
			name: "canceling, kept, canceling, over", status: billing.Canceled, verbs: []string{"started", "canceling", "resumed", "canceling", "ended"},
			play: running(func(s *shop, m uuid.UUID, sub string) {
				for _, verb := range []func(*billing.Office) error{s.cancel(m, sub), s.keep(m, sub), s.cancel(m, sub)} {
					s.ok(verb(s.office))
					if !s.open(m) {
						s.t.Error("closed before its end")
					}
				}
				s.pass(31 * 24 * time.Hour)
				s.deliver(s.the(deleted, sub))
			}),
		},
		{
			name: "collection paused", status: billing.Active, open: true, verbs: []string{"started"},
			play: running(func(s *shop, m uuid.UUID, sub string) {
				_, err := s.stripe.UpdateSubscription(s.t.Context(), uuid.NewString(), sub, stripeapi.SubscriptionChange{PauseBehavior: "void"})
				s.ok(err)
				s.deliver(s.the(updated, sub))
				if s.row(sub).PauseCollection != "void" {
					s.t.Error("not mirrored")
				}
			}),
		},
		{
			name: "an event of an unknown type", status: billing.Active, open: true, verbs: []string{"started"},
			play: unmoved(func(_ *shop, _ uuid.UUID, sub string) told {
				return made("made.up", map[string]any{"id": sub, "object": "subscription"})
			}, billing.ReasonUnknownType),
		},
		{
			name: "a foreign subscription", status: billing.Active, open: true, verbs: []string{"started"},
			play: unmoved(func(s *shop, _ uuid.UUID, _ string) told {
				return s.the(created, s.foreign("", "", ""))
			}, billing.ReasonForeign),
		},
		{
			name: "an unknown price", status: billing.Active, open: true, verbs: []string{"started"},
			play: unmoved(func(s *shop, m uuid.UUID, _ string) told {
				return s.the(created, s.foreign(s.customerOf(m), "", ""))
			}, billing.ReasonUnknownPrice),
		},
		{
			name: "a subscription Stripe does not know", status: billing.Active, open: true, verbs: []string{"started"},
			play: unmoved(func(*shop, uuid.UUID, string) told {
				return made(updated, map[string]any{"id": "sub_nowhere", "object": "subscription"})
			}, billing.ReasonNotFound),
		},
		{
			name: "Stripe away, then back", status: billing.Active, open: true, verbs: []string{"started"},
			play: func(s *shop, m uuid.UUID) string {
				sub := s.buy(m, goodCard)
				hint := s.the(completed, sub)
				s.receive(hint)
				s.line.cut()
				for n := 1; n <= 3; n++ {
					if err := s.office.Apply(s.t.Context(), hint.ID); fault.Of(err).Kind != fault.Unavailable {
						s.t.Errorf("got %v", err)
					}
					if got := s.event(hint.ID); got.State != billing.EventReceived || got.Attempts != n || got.Error != "stripe_unavailable" || s.open(m) {
						s.t.Errorf("while away: %+v", got)
					}
				}
				s.line.mend()
				s.ok(s.office.Apply(s.t.Context(), hint.ID))
				if got := s.event(hint.ID); got.State != billing.EventApplied || got.Attempts != 4 || got.Error != "" || got.AppliedAt == nil {
					s.t.Errorf("when back: %+v", got)
				}
				return sub
			},
		},
	}
}

func (s *shop) cancel(m uuid.UUID, sub string) func(*billing.Office) error {
	return func(o *billing.Office) error {
		_, err := o.Cancel(s.t.Context(), m, s.row(sub).ID)
		return err
	}
}

func (s *shop) keep(m uuid.UUID, sub string) func(*billing.Office) error {
	return func(o *billing.Office) error {
		_, err := o.Keep(s.t.Context(), m, s.row(sub).ID)
		return err
	}
}

// foreign makes a subscription that this system did not sell. What is left
// empty is foreign too.
func (s *shop) foreign(customer, product, metadata string) string {
	s.t.Helper()
	if customer == "" {
		customer = s.call(http.MethodPost, "/v1/customers", "email", "else@example.com")["id"].(string)
		s.addCard(customer)
	}
	if product == "" {
		product = s.call(http.MethodPost, "/v1/products", "name", "Umbrellas")["id"].(string)
	}
	price := s.call(http.MethodPost, "/v1/prices", "product", product, "currency", "eur", "unit_amount", "700", "recurring[interval]", "month")["id"].(string)
	params := []string{"customer", customer, "items[0][price]", price, "trial_period_days", "30"}
	if metadata != "" {
		params = append(params, "metadata[lighttrends_owner]", metadata)
	}
	return s.call(http.MethodPost, "/v1/subscriptions", params...)["id"].(string)
}
