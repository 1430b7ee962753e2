package memberapi

import (
	"time"

	"lighttrends/internal/domain/billing"
)

// Order is what a member ordered by invoice, for a term.
type Order struct {
	Number   int64      `json:"number"`
	Plan     string     `json:"plan" doc:"Slug; empty is every plan"`
	PlanName string     `json:"plan_name"`
	State    string     `json:"state" enum:"accepted,invoiced,overdue,paid" doc:"As of now; accepted waits for its bill, invoiced for its payment"`
	Open     bool       `json:"open" doc:"It opens now"`
	StartsAt time.Time  `json:"starts_at"`
	EndsAt   time.Time  `json:"ends_at" doc:"The moment itself is outside"`
	Closes   *time.Time `json:"open_until,omitempty" doc:"Not paid yet: it opens until then only"`
	Seats    int64      `json:"seats"`
	Amount   int64      `json:"amount" doc:"For all of it, in the smallest unit"`
	Currency string     `json:"currency"`
	PO       string     `json:"po_number"`
	Invoice  string     `json:"invoice_number,omitempty"`
	PayBy    *time.Time `json:"pay_by,omitempty"`
	PayURL   string     `json:"pay_url,omitempty" doc:"Where the bill can be paid, while it can"`
}

func orderOf(x billing.HeldOrder, now time.Time) Order {
	out := Order{
		Number: x.Number, State: string(x.Standing(now)), Open: x.Term.State(now) == billing.TermOpen, StartsAt: x.Term.StartsAt, EndsAt: x.Term.EndsAt,
		Closes: x.Term.OpenUntil, Seats: x.Seats, Amount: x.Amount, Currency: x.Currency, PO: x.PONumber, Invoice: x.InvoiceNo, PayBy: x.DueAt,
	}
	if x.Plan != nil {
		out.Plan, out.PlanName = x.Plan.Slug, x.Plan.Name
	}
	if x.Order.State == billing.OrderInvoiced {
		out.PayURL = x.InvoiceURL
	}
	return out
}
