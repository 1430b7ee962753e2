package billing_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

func wish(m uuid.UUID) billing.CheckoutInput {
	return billing.CheckoutInput{Member: m, PlanSlug: "research", Interval: billing.Monthly, ReturnTo: "/notes/a?x=1"}
}

// customersAtStripe counts the customers that are marked as a member's.
func (s *shop) customersAtStripe(m uuid.UUID) (n int) {
	s.t.Helper()
	for _, c := range s.call(http.MethodGet, "/v1/customers", "limit", "100")["data"].([]any) {
		if c.(map[string]any)["metadata"].(map[string]any)["lighttrends_owner"] == "member:"+m.String() {
			n++
		}
	}
	return n
}

func (s *shop) sessions(m uuid.UUID, status string) (n int) {
	s.t.Helper()
	for session, err := range s.stripe.CheckoutSessions(s.t.Context(), s.customerOf(m), "") {
		s.ok(err)
		if session.Status == status {
			n++
		}
	}
	return n
}

func TestCheckout(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		hidden, old := research(), research()
		hidden.Slug, hidden.Visible, old.Slug, old.Archived = "hidden", false, "old", true
		hidden.Prices = hidden.Prices[:1]
		s.sell(research(), hidden, old)
		m := s.member()

		t.Run("what cannot be bought is refused before Stripe is asked", func(t *testing.T) {
			unready := research()
			unready.Slug = "unready"
			must[*billing.Plan](t)(s.office.PutPlan(owner(t.Context()), unready))
			calls := s.line.calls.Load()
			for code, in := range map[string]billing.CheckoutInput{
				"plan_not_found":    {Member: m, PlanSlug: "nothing", Interval: billing.Monthly},
				"plan_archived":     {Member: m, PlanSlug: "old", Interval: billing.Monthly},
				"interval_not_sold": {Member: m, PlanSlug: "hidden", Interval: billing.Yearly},
				"price_not_ready":   {Member: m, PlanSlug: "unready", Interval: billing.Monthly},
				"member_not_found":  {Member: uuid.New(), PlanSlug: "research", Interval: billing.Monthly},
				"invalid_input":     {Member: m, PlanSlug: "research", Interval: "week"},
			} {
				_, err := s.office.StartCheckout(t.Context(), in)
				refused(t, err, code)
			}
			for _, slug := range []string{"", "re search", "a\x00", "\xff", strings.Repeat("-", 9)} {
				_, err := s.office.StartCheckout(t.Context(), billing.CheckoutInput{Member: m, PlanSlug: slug, Interval: billing.Monthly})
				refused(t, err, "invalid_input")
			}
			for _, path := range []string{"plans", "//evil.example", `/\evil.example`, "https://evil.example", "/a\nb", "/" + strings.Repeat("a", 2000), "/\x00"} {
				in := wish(m)
				in.ReturnTo = path
				_, err := s.office.StartCheckout(t.Context(), in)
				refused(t, err, "invalid_input")
			}
			if n := s.line.calls.Load(); n != calls {
				t.Errorf("%d calls", n-calls)
			}
		})
		t.Run("the session is for this member, this price and our addresses", func(t *testing.T) {
			page := must[string](t)(s.office.StartCheckout(t.Context(), wish(m)))
			doc := s.call(http.MethodGet, "/v1/checkout/sessions/"+page[strings.LastIndex(page, "/")+1:])
			if doc["success_url"] != portalURL+"/checkout/return?session_id={CHECKOUT_SESSION_ID}" || doc["cancel_url"] != portalURL+"/notes/a?x=1" {
				t.Errorf("%v, %v", doc["success_url"], doc["cancel_url"])
			}
			if doc["customer"] != s.customerOf(m) || doc["metadata"].(map[string]any)["lighttrends_owner"] != "member:"+m.String() || doc["amount_total"] != 4900.0 {
				t.Errorf("%v", doc)
			}
			customer := must[stripeapi.Customer](t)(s.stripe.Customer(t.Context(), s.customerOf(m)))
			if p, _ := s.members.Payer(t.Context(), m); customer.Email != p.Email || customer.Name != p.Name {
				t.Errorf("%+v", customer)
			}
		})
		t.Run("the same wish is the same page, another wish closes it", func(t *testing.T) {
			first := must[string](t)(s.office.StartCheckout(t.Context(), wish(m)))
			if again := must[string](t)(s.office.StartCheckout(t.Context(), wish(m))); again != first {
				t.Error("a second page for the same wish")
			}
			in := wish(m)
			in.Interval = billing.Yearly
			if other := must[string](t)(s.office.StartCheckout(t.Context(), in)); other == first {
				t.Error("the monthly page for the yearly price")
			}
			if n := s.sessions(m, "open"); n != 1 {
				t.Errorf("%d open pages", n)
			}
			if s.pay(first, goodCard) != "" {
				t.Error("the closed page could be paid")
			}
		})
		t.Run("a page that expired is opened anew", func(t *testing.T) {
			who := s.member()
			first := must[string](t)(s.office.StartCheckout(t.Context(), wish(who)))
			s.pass(25 * time.Hour)
			if again := must[string](t)(s.office.StartCheckout(t.Context(), wish(who))); again == first {
				t.Error("sent to an expired page")
			}
		})
		t.Run("a new address reaches Stripe with the next purchase", func(t *testing.T) {
			s.members.mu.Lock()
			s.members.payers[m] = billing.Payer{Email: "moved@example.com", Name: "Ada Ek"}
			s.members.mu.Unlock()
			must[string](t)(s.office.StartCheckout(t.Context(), wish(m)))
			if c := must[stripeapi.Customer](t)(s.stripe.Customer(t.Context(), s.customerOf(m))); c.Email != "moved@example.com" || c.Name != "Ada Ek" {
				t.Errorf("%+v", c)
			}
		})
		t.Run("a declined card sells nothing", func(t *testing.T) {
			who := s.member()
			page := must[string](t)(s.office.StartCheckout(t.Context(), wish(who)))
			if s.pay(page, noCard) != "" || s.open(who) {
				t.Error("sold")
			}
			if s.pay(page, goodCard) == "" {
				t.Error("the page is gone after one refusal")
			}
		})
	})
}

func TestNobodyBuysTwice(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		t.Run("with an open subscription, also when no event has come", func(t *testing.T) {
			m := s.member()
			sub := s.buy(m, goodCard) // and nobody told us
			_, err := s.office.StartCheckout(t.Context(), wish(m))
			refused(t, err, "already_subscribed")
			if !s.open(m) || s.row(sub) == nil {
				t.Error("the member has paid and is not let in")
			}
			s.line.cut()
			_, err = s.office.StartCheckout(t.Context(), wish(m))
			refused(t, err, "already_subscribed")
			s.line.mend()
		})
		t.Run("with one that was sold at Stripe's desk", func(t *testing.T) {
			m := s.member()
			s.start(m, "research", billing.Yearly)
			plan := must[*billing.Plan](t)(s.office.PlanBySlug(t.Context(), "research"))
			s.call("POST", "/v1/subscriptions", "customer", s.customerOf(m), "items[0][price]", plan.Price(billing.Monthly).StripePriceID, "trial_period_days", "9")
			_, err := s.office.StartCheckout(t.Context(), wish(m))
			refused(t, err, "already_subscribed")
			if !s.open(m) {
				t.Error("not let in")
			}
		})
		t.Run("with a bank debit on its way", func(t *testing.T) {
			m := s.member()
			s.buy(m, slowBank)
			_, err := s.office.StartCheckout(t.Context(), wish(m))
			refused(t, err, "payment_processing")
		})
		t.Run("but again after the old one ended, also when no event has come", func(t *testing.T) {
			m := s.member()
			sub := s.buy(m, goodCard)
			s.deliver(s.the(completed, sub))
			s.cancelNow(sub)
			must[string](t)(s.office.StartCheckout(t.Context(), wish(m)))
			if s.open(m) {
				t.Error("open without a subscription")
			}
		})
	})
}

func TestTwoCheckoutsAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		var all sync.WaitGroup
		for i := range 6 {
			all.Go(func() {
				in := wish(m)
				if i%2 == 1 {
					in.Interval = billing.Yearly
				}
				// Those who wish otherwise may be told to try again.
				if _, err := s.office.StartCheckout(context.Background(), in); err != nil && fault.Of(err).Kind != fault.Unavailable {
					t.Error(err)
				}
			})
		}
		all.Wait()
		must[string](t)(s.office.StartCheckout(t.Context(), wish(m)))
		if n := s.customersAtStripe(m); n != 1 {
			t.Errorf("%d customers", n)
		}
		if n := s.sessions(m, "open"); n != 1 {
			t.Errorf("%d open pages", n)
		}
	})
}

// loseAnswer cuts the wire after Stripe has done its part in the nth write, also
// when the same write is sent again, until mended.
func (s *shop) loseAnswer(nth int) (lost func() bool) {
	var mu sync.Mutex
	var keys []string
	s.line.hook(nil, func(r *http.Request) {
		if r.Method != http.MethodPost {
			return
		}
		mu.Lock()
		defer mu.Unlock()
		key := r.Header.Get("Idempotency-Key")
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
		if slices.Index(keys, key) == nth {
			panic(http.ErrAbortHandler)
		}
	})
	return func() bool {
		s.line.mend()
		mu.Lock()
		defer mu.Unlock()
		return len(keys) > nth
	}
}

func TestAnAnswerThatIsLost(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		for n := range 3 { // the customer, its address, the payment page
			m := s.member()
			lost := s.loseAnswer(n)
			if _, err := s.office.StartCheckout(t.Context(), wish(m)); !lost() || fault.Of(err).Kind != fault.Unavailable {
				t.Errorf("write %d: %v", n, err)
			}
			page := must[string](t)(s.again().StartCheckout(t.Context(), wish(m)))
			if c, open := s.customersAtStripe(m), s.sessions(m, "open"); c != 1 || open != 1 {
				t.Errorf("write %d: %d customers, %d open pages", n, c, open)
			}
			if s.pay(page, goodCard) == "" {
				t.Errorf("write %d: the page cannot be paid", n)
			}
		}
	})
}
