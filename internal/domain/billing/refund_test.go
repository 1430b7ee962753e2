package billing_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
)

// disputingCard pays, and its holder asks the money back at once.
const disputingCard = "4000000000000259"

// chargeOf is the payment of a subscription's first bill.
func (s *shop) chargeOf(sub *billing.Subscription) string {
	s.t.Helper()
	return s.call(http.MethodGet, "/v1/charges", "customer", sub.StripeCustomerID)["data"].([]any)[0].(map[string]any)["id"].(string)
}

// jobs counts the jobs of a kind that wait.
func (s *shop) jobs(kind string) int64 {
	s.t.Helper()
	return s.number("SELECT COUNT(*) FROM river_job WHERE kind = ?", kind)
}

func TestMoneyThatGoesBackIsRecorded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		back := func(m uuid.UUID) billing.MoneyBack {
			t.Helper()
			return must[billing.MoneyBack](t)(s.office.MoneyBack(owner(t.Context()), m))
		}
		end := func(sub *billing.Subscription) {
			t.Helper()
			s.ok(s.office.EndPaidBack(t.Context(), s.row(sub.StripeID).InvoiceID))
		}
		t.Run("refunds, in part and as a whole", func(t *testing.T) {
			m, sub := s.subscriber(goodCard)
			ch := s.chargeOf(sub)
			s.call(http.MethodPost, "/v1/refunds", "charge", ch, "amount", "900")
			for range 3 {
				s.deliver(s.the("charge.refunded", ch))
			}
			if got := back(m); len(got.Refunds) != 1 || got.Refunds[0].Amount != 900 || got.Refunds[0].Currency != "eur" || got.Refunds[0].InvoiceID != sub.InvoiceID {
				t.Errorf("%+v", got)
			}
			s.call(http.MethodPost, "/v1/refunds", "charge", ch, "reason", "requested_by_customer")
			s.deliver(s.the("charge.refunded", ch))
			got := back(m)
			if len(got.Refunds) != 2 || got.Refunds[0].Amount+got.Refunds[1].Amount != 4900 {
				t.Errorf("%+v", got)
			}
			if b := must[billing.Bills](t)(s.office.Bills(owner(t.Context()), m, uuid.Nil)); b.Items[0].Refunded != 4900 || !b.Items[0].PaidBack() {
				t.Errorf("%+v", b)
			}
			if s.jobs("billing.end_paid_back") != 2 {
				t.Errorf("%d jobs", s.jobs("billing.end_paid_back"))
			}
			if end(sub); !s.open(m) || s.row(sub.StripeID).Status != billing.Active {
				t.Error("a refund closed the access, and the owner never said so")
			}
			must[billing.Policy](t)(s.office.ChangePolicy(owner(t.Context()), func(p *billing.Policy) { p.EndOnRefund = true }))
			for range 2 {
				end(sub)
			}
			if s.open(m) || s.row(sub.StripeID).Status != billing.Canceled {
				t.Errorf("%+v", s.row(sub.StripeID))
			}
			if diff := cmp.Diff([]string{"started", "ended"}, s.verbs(sub.StripeID)); diff != "" {
				t.Error(diff)
			}
		})
		t.Run("part of a bill closes nothing", func(t *testing.T) {
			m, sub := s.subscriber(goodCard)
			ch := s.chargeOf(sub)
			s.call(http.MethodPost, "/v1/refunds", "charge", ch, "amount", "100")
			s.deliver(s.the("charge.refunded", ch))
			if end(sub); !s.open(m) {
				t.Error("closed")
			}
		})
		t.Run("of an earlier bill closes nothing", func(t *testing.T) {
			m, sub := s.subscriber(goodCard)
			ch := s.chargeOf(sub)
			s.pass(32 * day)
			s.call(http.MethodPost, "/v1/refunds", "charge", ch)
			s.deliver(s.the("charge.refunded", ch))
			s.ok(s.office.EndPaidBack(t.Context(), sub.InvoiceID))
			if row := s.row(sub.StripeID); row.InvoiceID == sub.InvoiceID || !s.open(m) {
				t.Errorf("%+v", row)
			}
		})
		for words, status := range map[string]string{"winning_evidence": "won", "losing_evidence": "lost"} {
			t.Run("a dispute that is "+status, func(t *testing.T) {
				m, sub := s.subscriber(disputingCard)
				ch := s.chargeOf(sub)
				dispute := s.call(http.MethodGet, "/v1/disputes", "charge", ch)["data"].([]any)[0].(map[string]any)["id"].(string)
				s.deliver(s.the("charge.dispute.created", dispute))
				if got := back(m); len(got.Disputes) != 1 || got.Disputes[0].Status != "needs_response" || got.Disputes[0].AnswerBy == nil || !s.open(m) {
					t.Errorf("%+v", got)
				}
				s.call(http.MethodPost, "/v1/disputes/"+dispute, "evidence[uncategorized_text]", words)
				for range 2 {
					s.deliver(s.the("charge.dispute.closed", dispute), s.the("charge.dispute.created", dispute))
				}
				if got := back(m); len(got.Disputes) != 1 || got.Disputes[0].Status != status {
					t.Errorf("%+v", got)
				}
				if end(sub); !s.open(m) {
					t.Error("a dispute closed the access, and the owner never said so")
				}
				must[billing.Policy](t)(s.office.ChangePolicy(owner(t.Context()), func(p *billing.Policy) { p.EndOnDispute = true }))
				if end(sub); s.open(m) != (status == "won") {
					t.Errorf("%+v", s.row(sub.StripeID))
				}
				must[billing.Policy](t)(s.office.ChangePolicy(owner(t.Context()), func(p *billing.Policy) { p.EndOnDispute = false }))
			})
		}
		t.Run("of somebody else on the same account", func(t *testing.T) {
			other := s.call(http.MethodPost, "/v1/customers", "email", "else@example.com")["id"].(string)
			s.addCard(other)
			product := s.call(http.MethodPost, "/v1/products", "name", "Umbrellas")["id"].(string)
			price := s.call(http.MethodPost, "/v1/prices", "product", product, "currency", "eur", "unit_amount", "700", "recurring[interval]", "month")["id"].(string)
			s.call(http.MethodPost, "/v1/subscriptions", "customer", other, "items[0][price]", price)
			ch := s.call(http.MethodGet, "/v1/charges", "customer", other)["data"].([]any)[0].(map[string]any)
			s.call(http.MethodPost, "/v1/refunds", "charge", ch["id"].(string))
			before := s.number("SELECT COUNT(*) FROM refunds") + s.number("SELECT COUNT(*) FROM invoices")
			event := s.the("charge.refunded", ch["id"].(string))
			bill := s.the(paid, ch["invoice"].(string))
			s.deliver(event, bill)
			for _, e := range []told{event, bill} {
				if got := s.event(e.ID); got.State != billing.EventIgnored || got.Reason != billing.ReasonForeign {
					t.Errorf("%s: %+v", e.Type, got)
				}
			}

			// A payment may have no bill that could say whose it is.
			s.line.hook(func(w http.ResponseWriter, r *http.Request) bool {
				bare := strings.HasSuffix(r.URL.Path, "/charges/ch_bare")
				if bare {
					_, _ = w.Write([]byte(`{"id":"ch_bare","object":"charge","customer":"` + other + `","amount":800,"amount_refunded":800,"currency":"eur","refunded":true}`))
				}
				return bare
			}, nil)
			event = made("charge.refunded", map[string]any{"id": "ch_bare", "object": "charge"})
			s.deliver(event)
			if got := s.event(event.ID); got.State != billing.EventIgnored || got.Reason != billing.ReasonForeign {
				t.Errorf("without a bill: %+v", got)
			}
			if after := s.number("SELECT COUNT(*) FROM refunds") + s.number("SELECT COUNT(*) FROM invoices"); after != before {
				t.Error("it was recorded")
			}
		})
	})
}

func TestTheMirrorOfBillsTakesAnyOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		sub := s.buy(m, goodCard)
		id := s.call(http.MethodGet, "/v1/subscriptions/"+sub)["latest_invoice"].(string)
		for range 2 { // the bill may come before its subscription is known
			for _, kind := range []string{paid, "invoice.finalized", "invoice.created", "invoice.payment_succeeded"} {
				s.deliver(s.the(kind, id))
			}
		}
		b := must[billing.Bills](t)(s.office.Bills(owner(t.Context()), m, uuid.Nil))
		if len(b.Items) != 1 || b.Items[0].Status != "paid" || b.Items[0].SyncNumber != 1 || b.Items[0].BilledEmail == "" || b.Items[0].BilledName == "" {
			t.Fatalf("%+v", b)
		}
		if _, err := s.office.Bills(t.Context(), m, uuid.Nil); err == nil {
			t.Error("a stranger sees bills")
		}
		_, err := s.office.Bills(owner(t.Context()), s.member(), b.Items[0].ID)
		refused(t, err, "invoice_not_found")
	})
}
