package portal

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
)

// bill is one row of the list of bills.
type bill struct {
	billing.Invoice
	in *phrase.Language
}

// State says how it stands, in a word or two.
func (b bill) State() string {
	l := inEnglish(b.in)
	switch {
	case b.PaidBack():
		return l.Text("bill.paid_back")
	case b.Refunded > 0:
		return l.Text("bill.partly_paid_back")
	}
	return l.Or("bill."+b.Status, l.Text("bill.unpaid"))
}

// Open tells whether there is something to pay.
func (b bill) Open() bool { return b.Status == "open" && b.Remaining > 0 }

func billsOf(l *phrase.Language, items []billing.Invoice) []bill {
	out := make([]bill, len(items))
	for i, in := range items {
		out[i] = bill{in, l}
	}
	return out
}

// moneyBack is one refund or dispute, in a sentence.
type moneyBack struct{ Text string }

func moneyBackOf(l *phrase.Language, m billing.MoneyBack) (out []moneyBack) {
	for _, r := range m.Refunds {
		how := "refund.under_way"
		switch r.Status {
		case "succeeded":
			how = "refund.done"
		case "failed", "canceled":
			how = "refund.failed"
		}
		out = append(out, moneyBack{l.Text(how, "amount", price(l, r.Amount, r.Currency), "date", r.MadeAt)})
	}
	for _, d := range m.Disputes {
		how := "dispute.open"
		switch d.Status {
		case "won", "warning_closed":
			how = "dispute.stands"
		case "lost":
			how = "dispute.lost"
		}
		out = append(out, moneyBack{l.Text("dispute.asked", "amount", price(l, d.Amount, d.Currency), "date", d.MadeAt) + " " + l.Text(how)})
	}
	return out
}

// billsView is a page of older bills.
type billsView struct {
	Bills []bill
	Next  string // names the page after it; "" for the last
}

// bills shows a page of bills, from the mirror alone.
func (p *Portal) bills(c *fiber.Ctx) error {
	after := uuid.Nil
	if given := c.Query("after"); given != "" {
		parsed, err := uuid.Parse(given)
		if err != nil {
			return errNoBill
		}
		after = parsed
	}
	page, err := p.Billing.Bills(c.UserContext(), reader(c).Member, after)
	if err != nil {
		return err
	}
	v := billsView{Bills: billsOf(p.speaks(c), page.Items)}
	if page.Next != uuid.Nil {
		v.Next = page.Next.String()
	}
	pg, err := p.page(c, "/account/bills", p.says(c, "bills.heading"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "account", v, true
	return p.private(c, "bills", pg)
}

var errNoBill = fault.New(fault.NotFound, "invoice_not_found", "There is no such bill.")
