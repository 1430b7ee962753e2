package billing_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

func TestAnOrderIsWrittenAboutOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		post := s.withPost()
		x, _ := s.ordered()
		quiet, _ := s.ordered(func(in *billing.OrderInput) { in.OpenUnpaid = false })
		s.send()
		s.ok(s.office.TellOverdue(t.Context())) // nothing is due
		s.pass(30 * day)
		s.standings(map[billing.OrderState]int{billing.OrderOverdue: 2, billing.OrderInvoiced: 0})
		// Of two that are overdue one was paid, and no webhook came.
		s.payBill(quiet)
		var all sync.WaitGroup
		for range 3 { // as on three nodes
			all.Go(func() {
				if err := s.office.TellOverdue(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		s.ok(s.office.TellOverdue(t.Context()))
		s.send()
		s.send()
		got := post.subjects(t)
		slices.Sort(got)
		want := []string{"Bill " + x.InvoiceNo + " is overdue", "Order 1001 is confirmed", "Order 1002 is confirmed", "Your receipt from Cold Side Research"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		var told int
		for _, en := range must[[]journal.Entry](t)(s.entriesOf("order", x.ID)) {
			if en.Verb == "order.overdue" {
				told++
			}
		}
		token := s.office.OrderLink(x)[len(portalURL+"/order/"):]
		if n := s.number("SELECT COUNT(*) FROM billing_letters WHERE CAST(facts AS TEXT) LIKE ?", "%"+token+"%"); told != 1 || n != 0 || s.orderNow(quiet).OverdueTold != nil {
			t.Errorf("%d entries, %d letters with the link", told, n)
		}
		if trace := must[billing.Trace](t)(s.office.TraceOf(owner(t.Context()), x.MemberID.UUID)); !slices.Contains(trace.Subjects, x.ID) {
			t.Error("the member's story leaves out the order")
		}
	})
}

func TestQuotesThatCameToNothingAreForgotten(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		old, _ := s.quote()
		kept, _ := s.ordered()
		gone, _ := s.ordered()
		s.members.mu.Lock()
		delete(s.members.payers, gone.MemberID.UUID)
		s.members.mu.Unlock()
		s.clock.Advance(11 * 365 * day)
		fresh, _ := s.quote()
		must[int64](t)(s.office.PurgeBills(t.Context()))
		for id, want := range map[uuid.UUID]bool{old.ID: false, kept.ID: true, gone.ID: false, fresh.ID: true} {
			if _, err := s.office.Order(owner(t.Context()), id); (err == nil) != want {
				t.Errorf("%v, want %v", err, want)
			}
		}
	})
}

func TestOrdersCountForTheirPlan(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		x, _ := s.ordered()
		s.payBill(x)
		s.ok(s.look(x))
		month := time.Date(s.clock.Now().Year(), s.clock.Now().Month(), 1, 0, 0, 0, 0, time.UTC)
		f := must[*billing.Figures](t)(s.office.Figures(owner(t.Context()), billing.Span{From: month, To: month.AddDate(0, 1, 0)}))
		if len(f.Money) != 1 || len(f.Money[0].Revenue) != 1 || f.Money[0].Revenue[0].Plan != "research" || f.Money[0].Revenue[0].Paid != 90_000 {
			t.Errorf("%+v", f.Money)
		}
	})
}

// TestAnOrderThatWasPaidLateIsForgottenToo: its bill goes first, by the day it
// was written.
func TestAnOrderThatWasPaidLateIsForgottenToo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		x, _ := s.ordered()
		kept := must[billing.Policy](t)(s.office.Policy(t.Context())).RetentionYears
		over := s.clock.Now().AddDate(kept, 0, 1)
		s.pass(40 * day)
		s.payBill(x)
		s.ok(s.look(x))
		s.members.mu.Lock()
		delete(s.members.payers, x.MemberID.UUID)
		s.members.mu.Unlock()
		s.clock.Advance(over.Sub(s.clock.Now()))
		must[int64](t)(s.office.PurgeBills(t.Context()))
		if n := s.number("SELECT COUNT(*) FROM orders"); n != 1 {
			t.Errorf("%d orders before its time", n)
		}
		s.clock.Advance(60 * day)
		must[int64](t)(s.office.PurgeBills(t.Context()))
		if n := s.number("SELECT COUNT(*) FROM orders"); n != 0 {
			t.Error("the order is kept for ever")
		}
	})
}

// TestABillThatAWebhookToldOfIsMailed although the job that writes it is lost.
func TestABillThatAWebhookToldOfIsMailed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		x, _ := s.ordered()
		s.ok(s.db.Tx(t.Context(), func(ctx context.Context) error {
			return s.db.Write(ctx).Model(&billing.Order{}).Where("id = ?", x.ID).UpdateColumn("invoice_sent", nil).Error
		}))
		s.clock.Advance(2 * time.Hour)
		s.ok(s.office.BillOrders(t.Context()))
		if s.orderNow(x).InvoiceSent == nil {
			t.Error("nobody mails the bill")
		}
	})
}

func TestARenewalBeginsWhereTheUnpaidTermEnds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		x, _ := s.ordered()
		s.ordered(func(in *billing.OrderInput) { in.Email = x.Email })
		var terms []billing.Term
		s.ok(s.db.Read(t.Context()).Order("starts_at").Find(&terms).Error)
		if len(terms) != 2 || !terms[1].StartsAt.Equal(terms[0].EndsAt) {
			t.Errorf("%+v", terms)
		}
	})
}

func TestAQuoteThatNobodyCouldAcceptIsRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		good := billing.OrderInput{Company: "Lind", Email: "a@example.com", Months: 3, Amount: 1, Currency: "eur", ValidDays: 14}
		for what, change := range map[string]func(*billing.OrderInput){
			"an address for no member": func(in *billing.OrderInput) { in.Email = "ada@office" },
			"a long name":              func(in *billing.OrderInput) { in.Name = strings.Repeat("n", 101) },
			"months that are over":     func(in *billing.OrderInput) { in.StartsAt = s.clock.Now().AddDate(0, -4, 0) },
		} {
			in := good
			change(&in)
			if _, err := s.office.MakeQuote(owner(t.Context()), in); !fault.HasCode(err, "invalid_input") {
				t.Errorf("%s: %v", what, err)
			}
		}
		good.StartsAt = s.clock.Now().AddDate(0, -3, 5)
		x := must[*billing.Order](t)(s.office.MakeQuote(owner(t.Context()), good))
		if end := billing.AddMonths(*x.StartsAt, 3); !x.ExpiresAt.Equal(end) {
			t.Errorf("it may be accepted until %s, and ends on %s", x.ExpiresAt, end)
		}
	})
}
