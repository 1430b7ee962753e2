package app

import (
	"strconv"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
)

const (
	cardThatPays  = "4242424242424242"
	cardThatStops = "4000000000000341" // pays once
	cardDeclined  = "4000000000000002"
)

// person is a member with the life the model gives them.
type person struct {
	life
	id       uuid.UUID
	customer string
	sub      string // their newest subscription at Stripe
	email    string
	session  string         // of the payment page on which they last bought something once
	term     *billing.Term  // given to them last
	order    *billing.Order // by invoice
	friend   *person        // to whom they give a present
	script   []act
}

// perform does one act in the world and tells the model.
func (w *world) perform(p *person, a act) {
	w.t.Helper()
	now := w.now.Now()
	switch a.do {
	case "buy", "buy failing", "back":
		w.purchase(p, a)
	case "declined":
		if w.pay(p.id, a.plan, a.year, cardDeclined) {
			w.t.Fatal("a card that is declined was taken")
		}
	case "trial":
		w.trial(p, a)
	case "plan", "seats":
		if p.status != "active" {
			return
		}
		before := p.life
		if a.do == "plan" {
			p.plan = a.plan
		} else {
			p.seats = a.n
		}
		if p.plan != before.plan || p.seats != before.seats {
			p.owes("changed")
		}
		w.call("POST", "/v1/subscriptions/"+p.sub, "items[0][id]", w.item(p.sub), "items[0][price]", w.price(p.plan, p.yearly),
			"items[0][quantity]", strconv.FormatInt(p.seats, 10), "proration_behavior", "none")
	case "discount":
		p.discount = true
		w.call("POST", "/v1/subscriptions/"+p.sub, "coupon", "quarter")
	case "cancel", "keep", "end", "delete customer", "recover", "refund":
		w.leave(p, a)
	default:
		w.once(p, a)
	}
	p.notes(now)
}

func (w *world) purchase(p *person, a act) {
	card := cardThatPays
	if a.do == "buy failing" {
		card = cardThatStops
	}
	if a.do == "back" && p.status != "canceled" {
		return // a yearly one still runs
	}
	if !w.pay(p.id, a.plan, a.year, card) {
		w.t.Fatal("a card that pays was declined")
	}
	p.buy(w.now.Now(), a.plan, a.year, a.do == "buy failing", 0)
	w.find(p)
}

// trial buys nothing for some days, with a card on file.
func (w *world) trial(p *person, a act) {
	if w.pay(p.id, a.plan, a.year, cardDeclined) { // leaves a customer
		w.t.Fatal("a card that is declined was taken")
	}
	w.findCustomer(p)
	card := w.call("POST", "/v1/payment_methods/pm_card_visa/attach", "customer", p.customer)["id"].(string)
	made := w.call("POST", "/v1/subscriptions", "customer", p.customer, "items[0][price]", w.price(a.plan, a.year),
		"trial_period_days", strconv.FormatInt(a.n, 10), "default_payment_method", card)
	p.sub = made["id"].(string)
	p.buy(w.now.Now(), a.plan, a.year, false, time.Duration(a.n)*24*time.Hour)
}

// find looks at Stripe for what the member bought last.
func (w *world) find(p *person) {
	w.findCustomer(p)
	list := w.call("GET", "/v1/subscriptions", "customer", p.customer, "limit", "1", "status", "all")
	p.sub = list["data"].([]any)[0].(map[string]any)["id"].(string)
}

func (w *world) findCustomer(p *person) {
	w.ok(w.db.Read(w.staff).Raw("SELECT stripe_customer_id FROM customers WHERE owner_id = ? AND deleted_at IS NULL", p.id).Scan(&p.customer).Error)
}

func (w *world) item(sub string) string {
	items := w.call("GET", "/v1/subscriptions/"+sub)["items"].(map[string]any)["data"].([]any)
	return items[0].(map[string]any)["id"].(string)
}

func (w *world) price(plan string, yearly bool) string {
	p, err := w.billing.PlanBySlug(w.staff, plan)
	w.ok(err)
	if yearly {
		return p.Price(billing.Yearly).StripePriceID
	}
	return p.Price(billing.Monthly).StripePriceID
}

// leave is what ends a subscription, or nearly.
func (w *world) leave(p *person, a act) {
	running := p.status == "active" || p.status == "trialing" || p.status == "past_due"
	if !running {
		return
	}
	switch a.do {
	case "cancel":
		p.cancelAtEnd = true
		if p.owes("canceled"); p.periodEnd.Sub(w.now.Now()) <= heard {
			p.letter("canceled").least-- // it may be over before the firm hears
		}
		w.call("POST", "/v1/subscriptions/"+p.sub, "cancel_at_period_end", "true", "cancellation_details[feedback]", "too_expensive")
	case "keep":
		if p.cancelAtEnd {
			p.owes("resumed")
		}
		p.cancelAtEnd = false
		w.call("POST", "/v1/subscriptions/"+p.sub, "cancel_at_period_end", "false")
	case "end":
		p.end()
		w.call("DELETE", "/v1/subscriptions/"+p.sub)
	case "delete customer":
		p.end()
		w.call("DELETE", "/v1/customers/"+p.customer)
	case "recover":
		p.recover(w.now.Now())
		bill := w.call("GET", "/v1/subscriptions/"+p.sub)["latest_invoice"].(string)
		card := w.call("POST", "/v1/payment_methods/pm_card_visa/attach", "customer", p.customer)["id"].(string)
		w.call("POST", "/v1/subscriptions/"+p.sub, "default_payment_method", card)
		w.call("POST", "/v1/invoices/"+bill+"/pay")
	case "refund":
		bill := w.call("GET", "/v1/subscriptions/"+p.sub)["latest_invoice"].(string)
		charge := w.call("GET", "/v1/invoices/"+bill)["charge"].(string)
		w.call("POST", "/v1/refunds", "charge", charge)
	default:
		w.t.Fatalf("nobody knows how to %s", a.do)
	}
}
