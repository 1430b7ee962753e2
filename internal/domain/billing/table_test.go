package billing_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
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
