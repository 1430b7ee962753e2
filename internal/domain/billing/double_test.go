package billing_test

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/stripeapi"
)

// strangerBuys buys with an address and tells the webhook of it.
func (s *shop) strangerBuys(email, with string) (subscription, session string, visit uuid.UUID, secret string) {
	s.t.Helper()
	v := s.visit(monthly())
	session = s.payAs(v.URL, email, with)
	subscription = must[stripeapi.CheckoutSession](s.t)(s.stripe.CheckoutSession(s.t.Context(), session)).SubscriptionID
	s.deliver(s.the(completed, subscription))
	var id string
	s.ok(s.db.Read(s.t.Context()).Raw("SELECT id FROM checkouts WHERE session_id = ?", session).Scan(&id).Error)
	return subscription, session, uuid.MustParse(id), v.Secret
}

// backAt is what Stripe gave back of a subscription's first bill.
func (s *shop) backAt(subscription string) int64 {
	s.t.Helper()
	for in, err := range s.stripe.Invoices(s.t.Context(), stripeapi.InvoiceFilter{SubscriptionID: subscription}) {
		s.ok(err)
		return in.Charge.Refunded
	}
	s.t.Fatal("no bill")
	return 0
}

func TestASecondSubscriptionIsGivenBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		post := s.withPost()
		s.sell()
		m, first := s.subscriber(goodCard)
		email := must[billing.Payer](t)(s.members.Payer(t.Context(), m)).Email
		second, session, visit, secret := s.strangerBuys(email, goodCard)
		if s.jobs("billing.give_back") != 1 || s.row(second).Status != billing.Active {
			t.Fatalf("%d jobs, %s", s.jobs("billing.give_back"), s.row(second).Status)
		}
		if !must[bool](t)(s.office.Doubled(t.Context(), s.row(second).ID)) || must[bool](t)(s.office.Doubled(t.Context(), first.ID)) {
			t.Error("the wrong one counts as the second")
		}

		t.Run("a crash between the two calls loses nothing", func(t *testing.T) {
			s.line.hook(func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method != http.MethodPost || r.URL.Path != "/v1/refunds" {
					return false
				}
				w.WriteHeader(http.StatusServiceUnavailable)
				return true
			}, nil)
			if err := s.office.GiveBack(t.Context(), visit); err == nil {
				t.Fatal("the refund was refused, and nobody said so")
			}
			if s.row(second).Status != billing.Canceled || s.backAt(second) != 0 {
				t.Fatalf("%s, %d back", s.row(second).Status, s.backAt(second))
			}
			s.line.mend()
		})
		var all sync.WaitGroup
		for range 3 { // a job that comes twice, on two nodes
			all.Go(func() { s.ok(s.office.GiveBack(context.Background(), visit)) })
		}
		all.Wait()
		if s.backAt(second) != 4900 || s.backAt(first.StripeID) != 0 || s.row(first.StripeID).Status != billing.Active || !s.open(m) {
			t.Errorf("%d back of the second, %d of the first", s.backAt(second), s.backAt(first.StripeID))
		}
		if n := s.number("SELECT COUNT(*) FROM refunds WHERE amount = 4900"); n != 1 {
			t.Errorf("%d refunds are mirrored", n)
		}
		if diff := cmp.Diff([]string{"started", "doubled", "ended"}, s.verbs(second)); diff != "" {
			t.Error(diff)
		}
		for range 2 {
			r := must[billing.Return](t)(s.office.FinishVisit(t.Context(), session, uuid.Nil, secret))
			if !r.Doubled || r.Email == "" {
				t.Errorf("the page says %+v", r)
			}
		}
		s.send()
		got := post.subjects(t)
		if n := count(got, "You had a subscription already"); n != 1 || slices.Contains(got, "Your subscription has ended") {
			t.Errorf("letters: %q", got)
		}
	})
}

func TestWhatIsNoSecondSubscriptionStays(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		stays := func(t *testing.T, sub string, visit uuid.UUID) {
			t.Helper()
			s.ok(s.office.GiveBack(t.Context(), visit))
			if s.row(sub).Status != billing.Active || s.backAt(sub) != 0 {
				t.Errorf("%s, %d back", s.row(sub).Status, s.backAt(sub))
			}
		}
		t.Run("the only one", func(t *testing.T) {
			sub, _, visit, _ := s.strangerBuys("only@example.com", goodCard)
			if stays(t, sub, visit); s.jobs("billing.give_back") != 0 {
				t.Error("a job was made")
			}
		})
		t.Run("when the first has ended without our knowing", func(t *testing.T) {
			m, first := s.subscriber(goodCard)
			s.cancelNow(first.StripeID)
			sub, _, visit, _ := s.strangerBuys(must[billing.Payer](t)(s.members.Payer(t.Context(), m)).Email, goodCard)
			stays(t, sub, visit)
		})
		t.Run("the first of two that begin at once", func(t *testing.T) {
			one, _, visit1, _ := s.strangerBuys("twice@example.com", goodCard)
			two, _, visit2, _ := s.strangerBuys("twice@example.com", goodCard)
			s.ok(s.office.GiveBack(t.Context(), visit1))
			s.ok(s.office.GiveBack(t.Context(), visit2))
			if open := s.number("SELECT COUNT(*) FROM subscriptions WHERE status = 'active' AND stripe_id IN (?, ?)", one, two); open != 1 {
				t.Errorf("%d are left", open)
			}
		})
	})
}
