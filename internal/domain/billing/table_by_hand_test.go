package billing_test

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
)

// manualRows are terms that are entered at the desk.
func manualRows() []dated {
	term := func(change func(b buyer, in *billing.TermInput), then func(b buyer, x *billing.Term)) func(b buyer) uuid.UUID {
		return func(b buyer) uuid.UUID {
			now := b.clock.Now()
			in := billing.TermInput{Member: b.member(), Source: billing.TermManual, PlanSlug: "research", StartsAt: now, EndsAt: now.Add(90 * day), Amount: 5000, Currency: "eur"}
			if change != nil {
				change(b, &in)
			}
			x := must[*billing.Term](b.t)(b.office.GiveTerm(owner(b.t.Context()), in))
			if then != nil {
				then(b, x)
			}
			return in.Member
		}
	}
	owed := func(meanwhile bool) func(b buyer, in *billing.TermInput) {
		return func(b buyer, in *billing.TermInput) {
			in.PayBy, in.OpenMeanwhile = b.clock.Now().Add(14*day), meanwhile
		}
	}
	later := func(d time.Duration) func(b buyer, x *billing.Term) {
		return func(b buyer, _ *billing.Term) { b.clock.Advance(d) }
	}
	paid := func(after time.Duration) func(b buyer, x *billing.Term) {
		return func(b buyer, x *billing.Term) {
			b.clock.Advance(after)
			must[*billing.Term](b.t)(b.office.ChangeTerm(owner(b.t.Context()), x.ID, billing.TermChange{Paid: true}))
		}
	}
	return []dated{
		{"given", term(nil, nil), true, "term.given"},
		{"for another plan", term(func(b buyer, in *billing.TermInput) {
			b.sell(billing.PlanInput{Slug: "other", Name: "Other", Prices: research().Prices})
			in.PlanSlug = "other"
		}, nil), false, "term.given"},
		{"complimentary, for every plan", term(func(_ buyer, in *billing.TermInput) {
			in.Source, in.PlanSlug, in.Amount = billing.TermComplimentary, "", 0
		}, nil), true, "term.given"},
		{"before it begins", term(func(b buyer, in *billing.TermInput) { in.StartsAt = b.clock.Now().Add(day) }, nil), false, "term.given"},
		{"on the day it begins", term(func(b buyer, in *billing.TermInput) { in.StartsAt = b.clock.Now().Add(day) }, later(day)), true, "term.given"},
		{"at its end", term(nil, later(90*day)), false, "term.given"},
		{"made longer", term(nil, func(b buyer, x *billing.Term) {
			end := x.EndsAt.Add(10 * day)
			must[*billing.Term](b.t)(b.office.ChangeTerm(owner(b.t.Context()), x.ID, billing.TermChange{EndsAt: &end}))
			b.clock.Advance(95 * day)
		}), true, "term.given term.changed"},
		{"taken back", term(nil, func(b buyer, x *billing.Term) {
			must[*billing.Term](b.t)(b.office.RevokeTerm(owner(b.t.Context()), x.ID, "no longer"))
		}), false, "term.given term.revoked"},
		{"its bill is due later", term(owed(true), later(13*day)), true, "term.given"},
		{"its bill is overdue for days", term(owed(true), later(20*day)), true, "term.given"},
		{"its bill is overdue for a week", term(owed(true), later(21*day)), false, "term.given"},
		{"its bill is paid late", term(owed(true), paid(40*day)), true, "term.given term.paid"},
		{"opens once it is paid", term(owed(false), nil), false, "term.given"},
		{"opens once it is paid, and is", term(owed(false), paid(2*day)), true, "term.given term.paid"},
	}
}

// orderRows are orders by invoice.
func orderRows() []dated {
	const billed = "order.quoted term.given order.accepted order.invoiced"
	order := func(openUnpaid bool, then func(b buyer, x *billing.Order)) func(b buyer) uuid.UUID {
		return func(b buyer) uuid.UUID {
			x, _ := b.ordered(func(in *billing.OrderInput) { in.OpenUnpaid = openUnpaid })
			if then != nil {
				then(b, x)
			}
			return x.MemberID.UUID
		}
	}
	event := func(kind string) func(b buyer, x *billing.Order) {
		return func(b buyer, x *billing.Order) { b.deliver(b.the(kind, x.InvoiceID)) }
	}
	pay := func(b buyer, x *billing.Order) {
		b.payBill(x)
		event(paid)(b, x)
	}
	return []dated{
		{"quoted", func(b buyer) uuid.UUID { b.quote(); return b.member() }, false, "order.quoted"},
		{"declined", func(b buyer) uuid.UUID {
			_, token := b.quote()
			must[*billing.Order](b.t)(b.office.DeclineOrder(b.t.Context(), token))
			return b.member()
		}, false, "order.quoted order.declined"},
		{"accepted, open meanwhile", order(true, nil), true, billed},
		{"accepted, open when paid", order(false, nil), false, billed},
		{"paid", order(false, pay), true, billed + " order.paid term.paid"},
		{"due, for six days", order(true, func(b buyer, _ *billing.Order) { b.pass(36 * day) }), true, billed},
		{"due, for a week", order(true, func(b buyer, _ *billing.Order) { b.pass(37 * day) }), false, billed},
		{"paid after it was overdue", order(true, func(b buyer, x *billing.Order) {
			b.pass(50 * day)
			pay(b, x)
		}), true, billed + " order.paid term.paid"},
		{"paid, and no word of it; then the comparison", order(false, func(b buyer, x *billing.Order) {
			b.payBill(x)
			must[billing.Report](b.t)(b.office.Reconcile(owner(b.t.Context()), billing.Repair, nil))
		}), true, billed + " order.paid term.paid"},
		{"taken back at the desk", order(true, func(b buyer, x *billing.Order) {
			must[*billing.Order](b.t)(b.office.VoidOrder(owner(b.t.Context()), x.ID))
		}), false, billed + " term.revoked order.voided"},
		{"its bill is void at Stripe", order(true, func(b buyer, x *billing.Order) {
			b.call(http.MethodPost, "/v1/invoices/"+x.InvoiceID+"/void")
			event("invoice.voided")(b, x)
		}), false, billed + " order.voided term.revoked"},
		{"paid back", order(true, func(b buyer, x *billing.Order) {
			pay(b, x)
			b.heardBack(x.MemberID.UUID)
		}), false, billed + " order.paid term.paid term.revoked"},
	}
}
