package billing_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

func TestAnOrderThatIsVoidCloses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		t.Run("at the desk", func(t *testing.T) {
			x, _ := s.ordered()
			must[*billing.Order](t)(s.office.VoidOrder(owner(t.Context()), x.ID))
			if s.termOf(x) != billing.TermRevoked {
				t.Error(s.termOf(x))
			}
			s.ok(s.office.BillOrder(t.Context(), x.ID))
			if in := s.call(http.MethodGet, "/v1/invoices/"+x.InvoiceID); in["status"] != "void" || s.orderNow(x).State != billing.OrderVoid {
				t.Errorf("%v", in["status"])
			}
		})
		t.Run("while its bill is written", func(t *testing.T) {
			x, token := s.quote()
			must[*billing.Order](t)(s.office.AcceptOrder(t.Context(), token, accepting("")))
			s.line.hook(nil, func(r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/finalize") {
					must[*billing.Order](t)(s.office.VoidOrder(owner(context.Background()), x.ID))
				}
			})
			s.ok(s.office.BillOrder(t.Context(), x.ID))
			s.line.mend()
			now := s.orderNow(x)
			if in := s.call(http.MethodGet, "/v1/invoices/"+now.InvoiceID); in["status"] != "void" || now.State != billing.OrderVoid {
				t.Errorf("%v %s", in["status"], now.State)
			}
		})
		for verb, event := range map[string]string{"void": "invoice.voided", "mark_uncollectible": "invoice.marked_uncollectible"} {
			t.Run("at Stripe, "+verb, func(t *testing.T) {
				x, _ := s.ordered()
				s.call(http.MethodPost, "/v1/invoices/"+x.InvoiceID+"/"+verb)
				s.deliver(s.the(event, x.InvoiceID))
				if s.orderNow(x).State != billing.OrderVoid || s.termOf(x) != billing.TermRevoked {
					t.Errorf("%s, %s", s.orderNow(x).State, s.termOf(x))
				}
				if verb == "void" {
					return
				}
				s.call(http.MethodPost, "/v1/invoices/"+x.InvoiceID+"/pay", "paid_out_of_band", "true")
				s.deliver(s.the("invoice.paid", x.InvoiceID))
				if s.orderNow(x).State != billing.OrderPaid || s.termOf(x) != billing.TermOpen {
					t.Errorf("paid after all: %s, %s", s.orderNow(x).State, s.termOf(x))
				}
			})
		}
		t.Run("paid back, and the owner lets them keep it", func(t *testing.T) {
			s.rules(func(r *billing.SalesRules) { r.RefundCloses = false })
			x, _ := s.ordered()
			s.payBill(x)
			s.ok(s.look(x))
			s.call(http.MethodPost, "/v1/refunds", "charge", s.call(http.MethodGet, "/v1/invoices/"+x.InvoiceID)["charge"].(string))
			s.ok(s.look(x))
			s.rules(func(r *billing.SalesRules) { r.RefundCloses = true })
			s.ok(s.db.Tx(t.Context(), func(ctx context.Context) error { // so that the bill has news
				return s.db.Write(ctx).Model(&billing.Invoice{}).Where("stripe_id = ?", x.InvoiceID).UpdateColumn("number", "old").Error
			}))
			s.ok(s.look(x))
			if s.termOf(x) != billing.TermOpen {
				t.Error(s.termOf(x))
			}
		})
		t.Run("paid back", func(t *testing.T) {
			x, _ := s.ordered()
			s.payBill(x)
			s.ok(s.look(x))
			s.call(http.MethodPost, "/v1/refunds", "charge", s.call(http.MethodGet, "/v1/invoices/"+x.InvoiceID)["charge"].(string))
			s.ok(s.look(x))
			if s.termOf(x) != billing.TermRevoked {
				t.Error(s.termOf(x))
			}
		})
	})
}

func (s *shop) look(x *billing.Order) error {
	_, err := s.office.SyncInvoice(s.t.Context(), x.InvoiceID)
	return err
}

func TestALinkThatLeadsNowhere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		_, late := s.quote()
		_, declined := s.quote()
		void, voided := s.quote()
		must[*billing.Order](t)(s.office.DeclineOrder(t.Context(), declined))
		must[*billing.Order](t)(s.office.DeclineOrder(t.Context(), declined))
		must[*billing.Order](t)(s.office.VoidOrder(owner(t.Context()), void.ID))
		for token, code := range map[string]string{"guessed": "order_not_found", "": "order_not_found", declined: "order_closed", voided: "order_closed"} {
			_, err := s.office.AcceptOrder(t.Context(), token, accepting(""))
			refused(t, err, code)
		}
		_, err := s.office.DeclineOrder(t.Context(), voided)
		refused(t, err, "order_closed")
		_, err = s.office.AcceptOrder(t.Context(), late, accepting(strings.Repeat("1", 141)))
		refused(t, err, "invalid_input")
		_, err = s.office.AcceptOrder(t.Context(), late, billing.Acceptance{Name: "Bo", Address: "x"}) // without consent
		refused(t, err, "invalid_input")
		s.pass(14 * day)
		s.standings(map[billing.OrderState]int{billing.OrderQuoted: 0, billing.OrderExpired: 1, billing.OrderDeclined: 1, billing.OrderVoid: 1, "": 3})
		for _, do := range []func(context.Context, string) (*billing.Order, error){
			s.office.LookAtOrder, s.office.DeclineOrder,
			func(ctx context.Context, token string) (*billing.Order, error) {
				return s.office.AcceptOrder(ctx, token, accepting(""))
			},
		} {
			_, err := do(t.Context(), late)
			refused(t, err, "quote_expired")
		}
		if n := s.number("SELECT COUNT(*) FROM terms") + s.jobs("billing.bill_order") - 1; n != 0 { // the one that voids
			t.Errorf("%d terms and jobs", n)
		}
		// The desk may, and sees a bad field of a quote.
		reader := actor.With(t.Context(), actor.Actor{Kind: actor.Staff, Capabilities: []actor.Capability{actor.MembersRead, actor.MembersWrite}})
		_, err = s.office.MakeQuote(reader, billing.OrderInput{})
		refused(t, err, "capability_missing")
		_, err = s.office.VoidOrder(reader, void.ID)
		refused(t, err, "capability_missing")
		_, err = s.office.SendQuote(reader, void.ID)
		refused(t, err, "capability_missing")
		_, err = s.office.MakeQuote(owner(t.Context()), billing.OrderInput{Company: "a\nb", Email: "no", Months: 0, Amount: 0, ValidDays: 0})
		refused(t, err, "invalid_input")
		_, _, err = s.office.Orders(reader, "", 0, 50)
		refused(t, err, "capability_missing")
		if page, more, err := s.office.Orders(owner(t.Context()), "", 1003, 2); err != nil || more || len(page) != 2 || page[0].Number != 1002 || page[0].Plan == nil {
			t.Error(page, more, err)
		}
	})
}

// TestATermTakenBackWhileItsBillIsPaidStaysSo needs two writers at once, so it
// is about Postgres.
func TestATermTakenBackWhileItsBillIsPaidStaysSo(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: db.Postgres})
	s.sell()
	x, _ := s.ordered()
	s.payBill(x)
	paid := make(chan error, 1)
	s.ok(s.db.Tx(t.Context(), func(ctx context.Context) error {
		take := func(query string, args ...any) { s.ok(s.db.Write(ctx).Exec(query, args...).Error) }
		take("SELECT 1 FROM terms WHERE source_id = ? FOR UPDATE", x.ID.String())
		go func() {
			_, err := s.office.SyncInvoice(context.Background(), x.InvoiceID)
			paid <- err
		}()
		const waits = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
		for n := 0; s.number(waits) == 0; n++ {
			if n == 500 {
				t.Fatal("nobody waits for the term")
			}
			time.Sleep(10 * time.Millisecond)
		}
		take("UPDATE terms SET revoked_at = ?, revoked_why = 'by mistake', reminded_for = ends_at, version = version + 1 WHERE source_id = ?", s.clock.Now(), x.ID.String())
		return nil
	}))
	s.ok(<-paid)
	if s.termOf(x) != billing.TermRevoked || s.number("SELECT COUNT(*) FROM terms WHERE reminded_for IS NOT NULL") != 1 {
		t.Errorf("what was written meanwhile is lost: %s", s.termOf(x))
	}
}

func TestTheTermOfAnOpenBillIsNotTakenBackAlone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		x, _ := s.ordered()
		term := must[[]*billing.Term](t)(s.office.Terms(owner(t.Context()), x.MemberID.UUID))[0].ID
		_, err := s.office.RevokeTerm(owner(t.Context()), term, "")
		refused(t, err, "order_open")
		s.payBill(x)
		s.ok(s.look(x))
		must[*billing.Term](t)(s.office.RevokeTerm(owner(t.Context()), term, ""))
		s.ok(s.look(x))
		if s.termOf(x) != billing.TermRevoked {
			t.Error(s.termOf(x))
		}
	})
}
