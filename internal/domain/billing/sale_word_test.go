package billing_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
)

// TestSalesOfWhichNoWordCame: whoever paid for a single note gets it, or their
// next try, although no webhook arrived and they never came back.
func TestSalesOfWhichNoWordCame(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		note := uuid.New()
		must[*billing.NotePrice](t)(s.office.PriceNote(owner(t.Context()), note, 900, "eur"))
		for with, want := range map[string]int{goodCard: 1, slowBank: 1, badBank: 0} {
			m := s.member()
			in := billing.BuyNoteInput{Member: m, Note: note, Title: "Film", ReturnTo: "/"}
			s.payOnce(must[string](t)(s.office.BuyNote(t.Context(), in)), with)
			s.ok(s.office.SettleVisits(t.Context()))
			if s.bought(m) != 0 {
				t.Errorf("%s: a page that was opened a moment ago is asked for", with)
			}
			s.pass(7 * 24 * time.Hour)
			for range 2 {
				s.ok(s.office.SettleVisits(t.Context()))
			}
			if s.bought(m) != want {
				t.Errorf("%s: bought %d", with, s.bought(m))
			}
			failed := must[[]billing.Pending](t)(s.office.PendingPurchases(t.Context(), m))
			if (with == badBank) != (len(failed) == 1 && failed[0].Failed) {
				t.Errorf("%s: %+v", with, failed)
			}
			if with == badBank { // nothing keeps them from another try
				must[string](t)(s.office.BuyNote(t.Context(), in))
			}
		}
	})
}

func TestARefundThatIsHeardOfBeforeThePayment(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		m, note := s.member(), uuid.New()
		must[*billing.NotePrice](t)(s.office.PriceNote(owner(t.Context()), note, 900, "eur"))
		session := s.payOnce(must[string](t)(s.office.BuyNote(t.Context(), billing.BuyNoteInput{Member: m, Note: note, Title: "Film", ReturnTo: "/"})), goodCard)
		charge := s.call(http.MethodGet, "/v1/charges", "customer", s.customerOf(m))["data"].([]any)[0].(map[string]any)["id"].(string)
		s.call(http.MethodPost, "/v1/refunds", "charge", charge)
		s.deliver(s.the("charge.refunded", charge), s.the(completed, session))
		if s.bought(m) != 0 {
			t.Error("what was paid back is open")
		}
		if n := s.number("SELECT COUNT(*) FROM journal WHERE verb IN ('purchase.paid', 'purchase.revoked')"); n != 2 {
			t.Errorf("%d journal rows", n)
		}
		b := newBuyer(s)
		m, session = b.buyTerm(goodCard)
		b.giveBack(m)
		charge = s.call(http.MethodGet, "/v1/charges", "customer", s.customerOf(m))["data"].([]any)[0].(map[string]any)["id"].(string)
		s.deliver(s.the("charge.refunded", charge), s.the(completed, session))
		if got := s.termStandings(m); len(got) != 0 || s.number("SELECT COUNT(*) FROM terms") != 1 {
			t.Errorf("the term that was paid back is open: %+v", got)
		}
	})
}

// TestAWrongKeyLosesNothing: an account that knows nothing of a visit may be
// the wrong one. What was paid in it opens once the right one is asked.
func TestAWrongKeyLosesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		b := newBuyer(s)
		slow, session := b.buyNote(slowBank)
		s.deliver(s.the(completed, session))
		note, _ := b.buyNote(goodCard)
		term, _ := b.buyTerm(goodCard)
		s.clock.Advance(26 * time.Hour)
		s.line.hook(func(w http.ResponseWriter, r *http.Request) bool {
			if !strings.HasPrefix(r.URL.Path, "/v1/checkout/sessions/") {
				return false
			}
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(`{"error":{"type":"invalid_request_error","code":"resource_missing","message":"No such checkout.session"}}`))
			return true
		}, nil)
		s.ok(s.office.SettleVisits(t.Context()))
		s.line.mend()
		s.pass(3 * day)
		s.deliver(s.the(arrived, session))
		s.ok(s.office.SettleVisits(t.Context()))
		for what, m := range map[string]uuid.UUID{"a note, slowly": slow, "a note": note, "a term": term} {
			if got := b.holds(m); got != 1 {
				t.Errorf("%s: holds %d", what, got)
			}
		}
	})
}

// TestARefundThatIsLookedAtWhileThePaymentArrives: whichever of the two is
// written last sees the other.
func TestARefundThatIsLookedAtWhileThePaymentArrives(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		b := newBuyer(s)
		for what, buy := range map[string]func(string) (uuid.UUID, string){"a note": b.buyNote, "a term": b.buyTerm} {
			m, session := buy(goodCard)
			b.giveBack(m)
			charge := s.call(http.MethodGet, "/v1/charges", "customer", s.customerOf(m))["data"].([]any)[0].(map[string]any)["id"].(string)
			refund, payment := s.the("charge.refunded", charge), s.the(completed, session)
			var met atomic.Bool
			s.line.hook(func(_ http.ResponseWriter, r *http.Request) bool {
				if r.URL.Path == "/v1/refunds" && met.CompareAndSwap(false, true) {
					s.deliver(payment)
				}
				return false
			}, nil)
			s.deliver(refund)
			s.line.mend()
			if !met.Load() || b.holds(m) != 0 {
				t.Errorf("%s that was paid back is open (met %v)", what, met.Load())
			}
		}
	})
}
