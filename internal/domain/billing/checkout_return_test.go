package billing_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/stripeapi"
)

func TestFinishCheckout(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m, other := s.member(), s.member()
		finish := func(session string, who uuid.UUID) billing.Return {
			t.Helper()
			return must[billing.Return](t)(s.office.FinishCheckout(t.Context(), session, who))
		}
		page := must[string](t)(s.office.StartCheckout(t.Context(), wish(m)))
		session := page[strings.LastIndex(page, "/")+1:]

		if got := finish(session, m); got.State != billing.ReturnOpen || got.URL != page {
			t.Errorf("unpaid: %+v", got)
		}
		s.pay(page, goodCard)
		calls := s.line.calls.Load()
		for _, id := range []string{session, "cs_test_none", "", "sub_1", "cs_" + strings.Repeat("x", 300), "cs_\x00"} {
			if got := finish(id, other); got != (billing.Return{State: billing.ReturnNotYours}) {
				t.Errorf("%.20q for somebody else: %+v", id, got)
			}
		}
		if s.line.calls.Load() != calls || s.open(other) || s.open(m) {
			t.Error("somebody else's visit did something")
		}
		for range 3 {
			if got := finish(session, m); got != (billing.Return{State: billing.ReturnActive, Plan: "research"}) {
				t.Errorf("paid: %+v", got)
			}
		}
		if !s.open(m) {
			t.Error("paid and not let in")
		}
		if n := s.number("SELECT COUNT(*) FROM journal WHERE verb = 'subscription.started'"); n != 1 {
			t.Errorf("started %d times", n)
		}

		t.Run("later: the debit on its way, the end, the page that expired, Stripe away", func(t *testing.T) {
			sub := must[stripeapi.CheckoutSession](t)(s.stripe.CheckoutSession(t.Context(), session)).SubscriptionID
			s.cancelNow(sub)
			if got := finish(session, m); got != (billing.Return{State: billing.ReturnClosed, Plan: "research"}) || s.open(m) {
				t.Errorf("ended: %+v", got)
			}
			slow := s.member()
			paid := s.pay(s.start(slow, "research", billing.Monthly), slowBank)
			if got := finish(paid, slow); got != (billing.Return{State: billing.ReturnProcessing, Plan: "research"}) || s.open(slow) {
				t.Errorf("on its way: %+v", got)
			}
			late := s.member()
			page := s.start(late, "research", billing.Monthly)
			s.pass(25 * time.Hour)
			if got := finish(page[strings.LastIndex(page, "/")+1:], late); got.State != billing.ReturnExpired {
				t.Errorf("expired: %+v", got)
			}
			s.line.cut()
			_, err := s.office.FinishCheckout(t.Context(), session, m)
			refused(t, err, "stripe_unavailable")
		})
	})
}

func TestPortal(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		_, err := s.office.PortalURL(t.Context(), m, "/account")
		refused(t, err, "no_customer")
		s.buy(m, goodCard)
		page := must[string](t)(s.office.PortalURL(t.Context(), m, "/account"))
		res, err := http.Get(page)
		s.ok(err)
		_ = res.Body.Close()
		if res.StatusCode != http.StatusOK || !strings.HasPrefix(page, s.line.url+"/portal/") {
			t.Errorf("%s answers %d", page, res.StatusCode)
		}
		for _, path := range []string{"", "account", "//evil.example", `/\evil.example`, "https://evil.example"} {
			_, err := s.office.PortalURL(t.Context(), m, path)
			refused(t, err, "bad_path")
		}
		s.ok(s.stripe.DeleteCustomer(t.Context(), "k", s.customerOf(m)))
		_, err = s.office.PortalURL(t.Context(), m, "/account")
		refused(t, err, "no_customer")
	})
}
