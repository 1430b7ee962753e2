package pages

import (
	"net/http"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/courier"
	"lighttrends/internal/platform/stripelocal/internal/object"
)

// dashboardView is everything at a glance.
type dashboardView struct {
	Clocks        []clockView
	Now           int64
	Refusing      bool
	Waiting       int
	Endpoints     []*object.WebhookEndpoint
	Subscriptions []subscriptionRow
	Customers     []*object.Customer
	Invoices      []*object.Invoice
	Debits        []*object.PaymentIntent
	Events        []*object.Event
	Deliveries    []book.Delivery
}

type clockView struct {
	Clock   *object.TestClock
	Renewal int64 // the next one under it; 0: none
}

type subscriptionRow struct {
	plan
	Email string
	Fails bool // the next payment will
}

// few is how many of a kind the dashboard shows.
const few = 12

func (p *Pages) dashboard(w http.ResponseWriter, r *http.Request) error {
	v := dashboardView{Now: p.cfg.Clock.Now().Unix()}
	err := p.look(r.Context(), func(u *billing.Unit) error {
		for _, fill := range []func(*billing.Unit) error{v.fillClocks, v.fillSubscriptions, v.fillMoney, v.fillWebhooks} {
			if err := fill(u); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return p.show(w, http.StatusOK, "dashboard", "Dashboard", v)
}

func (v *dashboardView) fillClocks(u *billing.Unit) error {
	clocks, err := book.All[object.TestClock](u.Tx, book.Query{Object: "test_helpers.test_clock", Limit: few})
	if err != nil {
		return err
	}
	for _, c := range clocks {
		shown, err := u.TestClock(c.ID)
		if err != nil {
			return err
		}
		renewal, err := u.NextRenewal(c.ID)
		if err != nil {
			return err
		}
		v.Clocks = append(v.Clocks, clockView{shown, renewal})
	}
	return nil
}

func (v *dashboardView) fillSubscriptions(u *billing.Unit) (err error) {
	subs, err := book.All[object.Subscription](u.Tx, book.Query{Object: "subscription", Limit: few})
	if err != nil {
		return err
	}
	for _, s := range subs {
		row := subscriptionRow{plan: planOf(u, s), Email: s.Customer}
		var c object.Customer
		if u.Get(s.Customer, &c) == nil {
			row.Email, row.Fails = firstOf(string(c.Email), string(c.Name), c.ID), c.Secret.FailNext
		}
		v.Subscriptions = append(v.Subscriptions, row)
	}
	v.Customers, err = book.All[object.Customer](u.Tx, book.Query{Object: "customer", Limit: few})
	return err
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

func (v *dashboardView) fillMoney(u *billing.Unit) (err error) {
	if v.Invoices, err = book.All[object.Invoice](u.Tx, book.Query{Object: "invoice", Limit: few}); err != nil {
		return err
	}
	v.Debits, err = book.All[object.PaymentIntent](u.Tx, book.Query{Object: "payment_intent", Limit: few, Filters: []book.Filter{book.Is("status", "processing")}})
	return err
}

func (v *dashboardView) fillWebhooks(u *billing.Unit) (err error) {
	if v.Events, err = book.All[object.Event](u.Tx, book.Query{Object: "event", Limit: few}); err != nil {
		return err
	}
	if v.Deliveries, err = u.Deliveries(few); err != nil {
		return err
	}
	if v.Waiting, err = u.Waiting(); err != nil {
		return err
	}
	if v.Endpoints, err = billing.Endpoints(u.Tx); err != nil {
		return err
	}
	setting, err := u.Setting(courier.Refusing)
	v.Refusing = setting == "on"
	return err
}

// customerView is one customer with everything that hangs on it.
type customerView struct {
	Customer object.Customer
	Plans    []plan
	Invoices []*object.Invoice
	Methods  []*object.PaymentMethod
	Charges  []chargeRow // those that succeeded
}

type chargeRow struct {
	*object.Charge
	Disputes []*object.Dispute
}

// Whole tells whether there is something left to give back or to dispute.
func (c chargeRow) Whole() bool { return !c.Refunded && !c.Disputed }

func (p *Pages) customer(w http.ResponseWriter, r *http.Request) error {
	var v customerView
	err := p.look(r.Context(), func(u *billing.Unit) (err error) {
		c, err := u.CustomerFor(r.PathValue("id"))
		if err != nil {
			return err
		}
		v.Customer = *c
		own := []book.Filter{book.Is("customer", c.ID)}
		subs, err := book.All[object.Subscription](u.Tx, book.Query{Object: "subscription", Filters: own})
		if err != nil {
			return err
		}
		for _, s := range subs {
			v.Plans = append(v.Plans, planOf(u, s))
		}
		if v.Invoices, err = book.All[object.Invoice](u.Tx, book.Query{Object: "invoice", Filters: own}); err != nil {
			return err
		}
		if v.Methods, err = book.All[object.PaymentMethod](u.Tx, book.Query{Object: "payment_method", Filters: own}); err != nil {
			return err
		}
		return v.fillCharges(u, own)
	})
	if err != nil {
		return err
	}
	return p.show(w, http.StatusOK, "customer", firstOf(string(v.Customer.Email), v.Customer.ID), v)
}

func (v *customerView) fillCharges(u *billing.Unit, own []book.Filter) error {
	charges, err := book.All[object.Charge](u.Tx, book.Query{Object: "charge", Filters: own})
	if err != nil {
		return err
	}
	for _, ch := range charges {
		if ch.Status != "succeeded" {
			continue
		}
		disputes, err := billing.DisputesOf(u.Tx, ch.ID)
		if err != nil {
			return err
		}
		v.Charges = append(v.Charges, chargeRow{ch, disputes})
	}
	return nil
}
