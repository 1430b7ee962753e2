package billing_test

import (
	"net/http"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

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
			name: "collection paused", status: billing.Active, open: true, verbs: []string{"started", "pause_began"},
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
		_, err := o.Cancel(s.t.Context(), m, s.row(sub).ID, billing.Leaving{})
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
