package app

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
)

// yearNote is a note that is sold alone.
var yearNote = uuid.MustParse("01940000-0000-7000-8000-000000000001")

// rules are what the owner of the year decides.
func (w *world) rules() {
	w.t.Helper()
	_, err := w.billing.ChangeSalesRules(w.staff, func(r *billing.SalesRules) { r.Gifts, r.OverdueDays = true, closesAfter })
	w.ok(err)
	_, err = w.billing.ChangePolicy(w.staff, func(p *billing.Policy) { p.GraceDays = graceDays })
	w.ok(err)
	_, err = w.billing.PriceNote(w.staff, yearNote, 900, "eur")
	w.ok(err)
}

// once does what is no subscription.
func (w *world) once(p *person, a act) {
	w.t.Helper()
	now := w.now.Now()
	switch a.do {
	case "note":
		page, err := w.billing.BuyNote(w.staff, billing.BuyNoteInput{Member: p.id, Note: yearNote, Title: "Film", ReturnTo: "/notes/film"})
		w.paid(p, page, err)
		p.life.note = &right{from: now, to: forGood}
	case "note back":
		w.payBack(p)
		p.life.note.until = now
	case "gift":
		page, err := w.billing.BuyGift(w.staff, billing.GiftInput{
			Giver: p.id, GiverName: "Ada", PlanSlug: "research", Months: 3, Recipient: p.friend.email, DeliverAt: now.AddDate(0, 0, int(a.n)),
		})
		w.paid(p, page, err)
		p.friend.customer, p.gift = p.customer, now.AddDate(0, 0, int(a.n))
	case "redeem":
		w.redeem(p.friend, p.id)
	case "gift back":
		w.payBack(p)
		for _, r := range p.friend.rights {
			r.until = now
		}
	case "once":
		visited, err := w.billing.Visit(w.staff, billing.CheckoutInput{Member: p.id, PlanSlug: "research", Interval: billing.PaidOnce, Months: a.n, ReturnTo: "/plans"})
		w.paid(p, visited.URL, err)
		// They come back to the page that looks at once, which dates the term.
		_, err = w.billing.FinishCheckout(w.staff, p.session, p.id)
		w.ok(err)
		p.rights = append(p.rights, &right{plan: "research", from: now, to: monthsLater(now, int(a.n))})
	case "once back":
		w.payBack(p)
		p.rights[0].until = now
	case "order":
		w.order(p, a)
	case "transfer":
		w.call("POST", "/v1/invoices/"+p.order.InvoiceID+"/pay", "paid_out_of_band", "true")
		p.rights[0].owed, p.due = time.Time{}, time.Time{}
		p.owes("receipt")
	default:
		w.byHand(p, a)
	}
}

// paid pays on a page that was opened.
func (w *world) paid(p *person, page string, err error) {
	w.t.Helper()
	w.ok(err)
	if p.session = w.fill(page, cardThatPays); p.session == "" {
		w.t.Fatal("a card that pays was declined")
	}
	p.owes("receipt")
	w.findCustomer(p)
}

// payBack gives back at Stripe what was last bought once.
func (w *world) payBack(p *person) {
	w.t.Helper()
	bill := w.call("GET", "/v1/checkout/sessions/"+p.session)["invoice"].(string)
	w.call("POST", "/v1/refunds", "charge", w.call("GET", "/v1/invoices/"+bill)["charge"].(string))
}

func (w *world) redeem(p *person, giver uuid.UUID) {
	w.t.Helper()
	gifts, err := w.billing.GiftsOf(w.staff, giver)
	w.ok(err)
	_, code, err := w.billing.GiftLetter(w.staff, gifts[0].ID)
	w.ok(err)
	_, err = w.billing.RedeemGift(w.staff, code, p.id)
	w.ok(err)
	now := w.now.Now()
	p.rights = append(p.rights, &right{plan: "research", from: now, to: monthsLater(now, 3)})
}

// order is a quote that is accepted on the day it is made.
func (w *world) order(p *person, a act) {
	w.t.Helper()
	now := w.now.Now()
	x, err := w.billing.MakeQuote(w.staff, billing.OrderInput{
		Company: "Lind & Co", Name: "Ada", Email: p.email, Address: "1 Street", PlanSlug: "research", Months: 6, Amount: 30000, Currency: "eur",
		DaysUntilDue: a.n, OpenUnpaid: true, ValidDays: 30,
	})
	w.ok(err)
	_, err = w.billing.SendQuote(w.staff, x.ID)
	w.ok(err)
	_, token, _ := strings.Cut(w.billing.OrderLink(x), "/order/")
	_, err = w.billing.AcceptOrder(w.staff, token, billing.Acceptance{Name: "Ada", Address: "1 Street", Consent: true})
	w.ok(err)
	w.ok(w.billing.BillOrder(w.staff, x.ID))
	p.order, err = w.billing.Order(w.staff, x.ID)
	w.ok(err)
	w.findCustomer(p)
	p.due = now.AddDate(0, 0, int(a.n))
	p.rights = append(p.rights, &right{plan: "research", from: now, to: monthsLater(now, 6), owed: p.due.AddDate(0, 0, closesAfter)})
	p.owes("quote")
	p.owes("order_accepted")
}

// byHand is what the firm enters at the desk.
func (w *world) byHand(p *person, a act) {
	w.t.Helper()
	now := w.now.Now()
	in := billing.TermInput{Member: p.id, Source: billing.TermManual, EndsAt: now.AddDate(0, 0, int(a.n)), PlanSlug: "basic", Amount: 5000, Currency: "eur"}
	change := billing.TermChange{}
	r := &right{plan: "basic", from: now, to: in.EndsAt}
	var err error
	switch a.do {
	case "give":
		in.Source, in.PlanSlug, in.Amount, r.plan = billing.TermComplimentary, "", 0, ""
	case "give owed":
		in.PayBy, in.OpenMeanwhile = now.AddDate(0, 0, 14), true
		r.owed = in.PayBy.AddDate(0, 0, closesAfter)
	case "give basic":
	case "revoke":
		_, err = w.billing.RevokeTerm(w.staff, p.term.ID, "no longer")
		w.ok(err)
		p.rights[0].until = now
		return
	case "extend":
		r = p.rights[0]
		r.to, r.told = r.to.AddDate(0, 0, int(a.n)), false
		change.EndsAt = &r.to
	case "paid":
		p.rights[0].owed, change.Paid = time.Time{}, true
	default:
		w.t.Fatalf("nobody knows how to %s", a.do)
	}
	if change != (billing.TermChange{}) {
		_, err = w.billing.ChangeTerm(w.staff, p.term.ID, change)
		w.ok(err)
		return
	}
	p.term, err = w.billing.GiveTerm(w.staff, in)
	w.ok(err)
	p.rights = append(p.rights, r)
}
