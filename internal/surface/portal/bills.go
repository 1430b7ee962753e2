package portal

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/fault"
)

// bill is one row of the list of bills.
type bill struct{ billing.Invoice }

// State says how it stands, in a word or two.
func (b bill) State() string {
	switch {
	case b.PaidBack():
		return "Paid back"
	case b.Refunded > 0:
		return "Partly paid back"
	}
	switch b.Status {
	case "paid":
		return "Paid"
	case "open":
		return "Open"
	case "void":
		return "Void"
	default:
		return "Not paid"
	}
}

// Open tells whether there is something to pay.
func (b bill) Open() bool { return b.Status == "open" && b.Remaining > 0 }

func billsOf(items []billing.Invoice) []bill {
	out := make([]bill, len(items))
	for i, in := range items {
		out[i] = bill{in}
	}
	return out
}

// moneyBack is one refund or dispute, in a sentence.
type moneyBack struct{ Text string }

func moneyBackOf(m billing.MoneyBack) (out []moneyBack) {
	for _, r := range m.Refunds {
		text := money(r.Amount, r.Currency)
		switch r.Status {
		case "succeeded":
			text += " was paid back to you on " + date(r.MadeAt) + "."
		case "failed", "canceled":
			text += " could not be paid back to you. Please write to us."
		default:
			text += " is on its way back to you since " + date(r.MadeAt) + "."
		}
		out = append(out, moneyBack{text})
	}
	for _, d := range m.Disputes {
		text := "You asked your bank for " + money(d.Amount, d.Currency) + " on " + date(d.MadeAt)
		switch d.Status {
		case "won", "warning_closed":
			text += ". The bank has decided that the payment stands."
		case "lost":
			text += ". The bank has given it back to you."
		default:
			text += ". The bank has not decided yet."
		}
		out = append(out, moneyBack{text})
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
	v := billsView{Bills: billsOf(page.Items)}
	if page.Next != uuid.Nil {
		v.Next = page.Next.String()
	}
	pg, err := p.page(c, "/account/bills", "Your bills")
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "account", v, true
	return p.private(c, "bills", pg)
}

var errNoBill = fault.New(fault.NotFound, "invoice_not_found", "There is no such bill.")
