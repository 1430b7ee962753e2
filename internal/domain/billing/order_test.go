package billing_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/journal"
)

// quote writes a quote of a year for 900 EUR, due in 30 days.
func (s *shop) quote(change ...func(*billing.OrderInput)) (x *billing.Order, token string) {
	s.t.Helper()
	in := billing.OrderInput{
		Company: "Lind & Co", Name: "Ada Lind", Email: "ada" + strings.ReplaceAll(uuid.NewString(), "-", "") + "@example.com", Address: "Main Street 1\nOslo",
		PlanSlug: "research", Months: 12, Amount: 90_000, Currency: "EUR", DaysUntilDue: 30, OpenUnpaid: true, ValidDays: 14,
	}
	for _, c := range change {
		c(&in)
	}
	x = must[*billing.Order](s.t)(s.office.MakeQuote(owner(s.t.Context()), in))
	_, token, _ = strings.Cut(s.office.OrderLink(x), "/order/")
	return x, token
}

// accepting is what a buyer types on the page of a quote.
func accepting(po string) billing.Acceptance {
	return billing.Acceptance{Name: " Bo Berg", PONumber: po, Address: "Main Street 2\r\nOslo", TaxID: "NO 999", Consent: true}
}

// ordered accepts a quote and has its bill written.
func (s *shop) ordered(change ...func(*billing.OrderInput)) (x *billing.Order, token string) {
	s.t.Helper()
	x, token = s.quote(change...)
	must[*billing.Order](s.t)(s.office.AcceptOrder(s.t.Context(), token, accepting("PO 4711")))
	s.ok(s.office.BillOrder(s.t.Context(), x.ID))
	return s.orderNow(x), token
}

func (s *shop) orderNow(x *billing.Order) *billing.Order {
	s.t.Helper()
	return must[*billing.Order](s.t)(s.office.Order(owner(s.t.Context()), x.ID))
}

// billsOf counts the bills that Stripe has of an order, drafts too.
func (s *shop) billsOf(x *billing.Order) int {
	s.t.Helper()
	customer := s.customerOf(x.MemberID.UUID)
	return len(s.call(http.MethodGet, "/v1/invoices", "customer", customer)["data"].([]any))
}

// termOf says how the term of an order stands.
func (s *shop) termOf(x *billing.Order) billing.TermState {
	s.t.Helper()
	terms := must[[]*billing.Term](s.t)(s.office.Terms(owner(s.t.Context()), x.MemberID.UUID))
	if len(terms) != 1 || terms[0].Source != billing.TermOrder {
		s.t.Fatalf("%+v", terms)
	}
	return terms[0].State(s.clock.Now())
}

// standings counts the orders in states; the list and the order agree on them.
func (s *shop) standings(want map[billing.OrderState]int) {
	s.t.Helper()
	for state, n := range want {
		page, _, err := s.office.Orders(owner(s.t.Context()), state, 0, 50)
		s.ok(err)
		if len(page) != n {
			s.t.Errorf("%d orders are %q, want %d", len(page), state, n)
		}
		for _, x := range page {
			if state != "" && x.Standing(s.clock.Now()) != state {
				s.t.Errorf("listed as %s: %s", state, x.Standing(s.clock.Now()))
			}
		}
	}
}

// payBill pays on the bill's page.
func (s *shop) payBill(x *billing.Order) {
	s.t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.PostForm(x.InvoiceURL, url.Values{"method": {"card"}, "number": {goodCard}, "expiry": {"12/34"}, "cvc": {"123"}})
	s.ok(err)
	_ = res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		s.t.Fatalf("the bill was not paid: %d", res.StatusCode)
	}
}

func TestAnOrderIsQuotedAcceptedBilledAndPaid(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		x, token := s.quote()
		if next, _ := s.quote(); x.Number != 1001 || next.Number != 1002 || x.Currency != "eur" {
			t.Errorf("%d %d", x.Number, next.Number)
		}
		if n := s.number("SELECT COUNT(*) FROM orders WHERE token_hash LIKE ?", "%"+token+"%"); n != 0 || len(token) < 30 {
			t.Errorf("the link %q is in the database", token)
		}
		accepted := must[*billing.Order](t)(s.office.AcceptOrder(t.Context(), token, accepting(" PO 4711 ")))
		m := accepted.MemberID.UUID
		if accepted.State != billing.OrderAccepted || accepted.PONumber != "PO 4711" || s.members.epoch(m) != 1 || s.jobs("billing.bill_order") != 1 {
			t.Fatalf("%+v", accepted)
		}
		if got := s.termStandings(m); len(got) != 1 || got[0].Unpaid || got[0].Plan != "research" || !got[0].Until.Equal(s.clock.Now().AddDate(0, 0, 37)) {
			t.Fatalf("%+v", got)
		}
		s.ok(s.office.BillOrder(t.Context(), x.ID))
		billed := s.orderNow(x)
		if billed.State != billing.OrderInvoiced || billed.InvoiceURL == "" || billed.PDFURL == "" || billed.InvoiceNo == "" || billed.InvoiceSent == nil || billed.Problem != "" {
			t.Fatalf("%+v", billed)
		}
		in := s.call(http.MethodGet, "/v1/invoices/"+billed.InvoiceID)
		field := in["custom_fields"].([]any)[1].(map[string]any)
		if in["collection_method"] != "send_invoice" || in["amount_due"] != 90_000.0 || in["customer_name"] != "Lind & Co" || field["value"] != "PO 4711" ||
			!strings.Contains(in["description"].(string), "Main Street 2\nOslo") || in["custom_fields"].([]any)[2].(map[string]any)["value"] != "NO 999" {
			t.Errorf("%v", in)
		}
		s.payBill(billed)
		if s.orderNow(x).State != billing.OrderInvoiced {
			t.Error("paid before anybody said so")
		}
		s.deliver(s.the("invoice.paid", billed.InvoiceID))
		if now := s.orderNow(x); now.State != billing.OrderPaid || now.PaidAt == nil {
			t.Errorf("%+v", now)
		}
		if got := s.termStandings(m); len(got) != 1 || !got[0].Until.Equal(s.clock.Now().AddDate(1, 0, 0)) {
			t.Errorf("%+v", got)
		}
		var verbs []string
		for _, en := range must[[]journal.Entry](t)(s.entriesOf("order", x.ID)) {
			verbs = append(verbs, en.Verb)
		}
		if got := strings.Join(verbs, " "); got != "order.quoted order.accepted order.invoiced order.paid" {
			t.Error(got)
		}
		_, err := s.office.VoidOrder(owner(t.Context()), x.ID)
		refused(t, err, "order_paid")
	})
}

func (s *shop) entriesOf(kind string, id uuid.UUID) (out []journal.Entry, err error) {
	return out, s.db.Read(s.t.Context()).Where("subject_kind = ? AND subject_id = ?", kind, id.String()).Order("id").Find(&out).Error
}

func TestAnOrderAcceptedTwiceHasOneBill(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		x, token := s.quote()
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if _, err := s.office.AcceptOrder(context.Background(), token, accepting("PO 1")); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := s.jobs("billing.bill_order"); n != 1 {
			t.Errorf("%d jobs", n)
		}
		for range 4 { // as if four nodes had the same job
			all.Go(func() { _ = s.office.BillOrder(context.Background(), x.ID) })
		}
		all.Wait()
		s.ok(s.office.BillOrder(t.Context(), x.ID))
		now := s.orderNow(x)
		if n := s.billsOf(now); n != 1 || now.State != billing.OrderInvoiced {
			t.Errorf("%d bills, %s", n, now.State)
		}
		if n := len(s.call(http.MethodGet, "/v1/invoices/"+now.InvoiceID+"/lines")["data"].([]any)); n != 1 {
			t.Errorf("%d lines", n)
		}
		if n := s.number("SELECT COUNT(*) FROM terms"); n != 1 {
			t.Errorf("%d terms", n)
		}
	})
}

func TestABillWhoseAnswersAreLostIsWrittenOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		lost := 0
		for nth := range 6 { // customer, its name, draft, line, finalizing, sending
			x, token := s.quote()
			must[*billing.Order](t)(s.office.AcceptOrder(t.Context(), token, accepting("")))
			was := s.loseAnswer(nth)
			err := s.office.BillOrder(t.Context(), x.ID)
			if was() {
				lost++
				if err == nil {
					t.Errorf("%d: no error", nth)
				}
			}
			// The process is killed here. Stripe has forgotten the keys by the next day.
			s.clock.Advance(25 * 3600e9)
			s.office = s.again()
			s.ok(s.office.BillOrder(t.Context(), x.ID))
			now := s.orderNow(x)
			if n := s.billsOf(now); n != 1 || now.State != billing.OrderInvoiced || now.Problem != "" {
				t.Errorf("%d: %d bills, %s %s", nth, n, now.State, now.Problem)
			}
			if n := len(s.call(http.MethodGet, "/v1/invoices/"+now.InvoiceID+"/lines")["data"].([]any)); n != 1 {
				t.Errorf("%d: %d lines", nth, n)
			}
		}
		if lost < 5 {
			t.Errorf("only %d answers were lost", lost)
		}
	})
}

func TestAnOverdueOrderClosesAndPaidItOpens(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		x, token := s.ordered()
		s.pass(30 * day)
		if s.orderNow(x).Standing(s.clock.Now()) != billing.OrderOverdue || s.termOf(x) != billing.TermOpen {
			t.Errorf("on the day it was due: %s", s.termOf(x))
		}
		s.pass(7 * day)
		if s.termOf(x) != billing.TermUnpaid {
			t.Errorf("a week late: %s", s.termOf(x))
		}
		// Paid at last; the webhook is lost, the customer looks at the order.
		s.payBill(x)
		epoch := s.members.epoch(x.MemberID.UUID)
		if got := must[*billing.Order](t)(s.office.LookAtOrder(t.Context(), token)); got.State != billing.OrderPaid || s.termOf(x) != billing.TermOpen || s.members.epoch(x.MemberID.UUID) != epoch+1 {
			t.Errorf("%s, %s", got.State, s.termOf(x))
		}
		// Another customer does not look, so the night's comparison finds it.
		other, _ := s.ordered(func(in *billing.OrderInput) { in.OpenUnpaid = false })
		if s.termOf(other) != billing.TermUnpaid {
			t.Error("it is open before it is paid")
		}
		s.payBill(other)
		_, err := s.office.Reconcile(owner(t.Context()), billing.Repair, nil)
		s.ok(err)
		if now := s.orderNow(other); now.State != billing.OrderPaid || s.termOf(other) != billing.TermOpen {
			t.Errorf("%s, %s", now.State, s.termOf(other))
		}
	})
}

// TestAnOrderRenamesNobody: a customer whom Stripe knows keeps name and address.
func TestAnOrderRenamesNobody(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell(research())
		first, _ := s.ordered()
		again, _ := s.ordered(func(in *billing.OrderInput) { in.Company, in.Email = "Another GmbH", first.Email })
		if again.MemberID != first.MemberID {
			t.Fatal("two members")
		}
		if got := s.call(http.MethodGet, "/v1/customers/"+s.customerOf(first.MemberID.UUID))["name"]; got != "Lind & Co" {
			t.Errorf("%v", got)
		}
	})
}
