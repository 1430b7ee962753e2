package pages

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/courier"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// advance sends a clock ahead and waits a little for it to arrive, so that
// the page that follows shows what happened.
func (p *Pages) advance(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := p.change(r.Context(), func(u *billing.Unit) error {
		to, err := u.Ahead(id, r.PostFormValue("by"))
		if err != nil {
			return err
		}
		_, err = u.AdvanceClock(id, wire.Values{"frozen_time": to})
		return err
	})
	if err != nil {
		return err
	}
	p.waitFor(r.Context(), id)
	return p.leave(w, r, "/")
}

func (p *Pages) waitFor(ctx context.Context, id string) {
	for range 250 {
		var c object.TestClock
		if p.cfg.Book.Read(ctx).Get(id, &c) != nil || c.Status != "advancing" {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (p *Pages) failNext(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := p.change(r.Context(), func(u *billing.Unit) error { return u.FailNextPayment(id, r.PostFormValue("on") == "yes") })
	if err != nil {
		return err
	}
	if r.PostFormValue("from") == "customer" {
		return p.leave(w, r, "/customers/"+id)
	}
	return p.leave(w, r, "/")
}

// openPortal goes to a customer's billing portal.
func (p *Pages) openPortal(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	var token string
	err := p.change(r.Context(), func(u *billing.Unit) error {
		rec, err := u.CreatePortalSession(wire.Values{"customer": id, "return_url": p.cfg.PublicURL + "/customers/" + id})
		if err != nil {
			return err
		}
		token = rec.(*object.PortalSession).Secret.Token
		return nil
	})
	if err != nil {
		return err
	}
	return p.leave(w, r, "/portal/"+token)
}

func (p *Pages) decide(w http.ResponseWriter, r *http.Request) error {
	good := r.PostFormValue("good") == "yes"
	err := p.change(r.Context(), func(u *billing.Unit) error { return u.DecidePayment(r.PathValue("id"), &good) })
	if err != nil {
		return err
	}
	return p.leave(w, r, "/")
}

func (p *Pages) refuseWebhooks(w http.ResponseWriter, r *http.Request) error {
	value := map[bool]string{true: "on", false: "off"}[r.PostFormValue("refuse") == "yes"]
	err := p.change(r.Context(), func(u *billing.Unit) error { return u.Set(courier.Refusing, value) })
	if err != nil {
		return err
	}
	return p.leave(w, r, "/")
}

func (p *Pages) sendAgain(w http.ResponseWriter, r *http.Request) error {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return wire.Missing("delivery", "", "id")
	}
	err = p.change(r.Context(), func(u *billing.Unit) error {
		if u.QueueAgain(id, p.cfg.Clock.Now()) != nil {
			return wire.Missing("delivery", "", "id")
		}
		return nil
	})
	if err != nil {
		return err
	}
	return p.leave(w, r, "/deliveries")
}

type eventsView struct {
	Events []*object.Event
	Older  string
}

// page of events, newest first.
func (p *Pages) events(w http.ResponseWriter, r *http.Request) error {
	var v eventsView
	tx := p.cfg.Book.Read(r.Context())
	rows, more, err := tx.List(book.Query{Object: "event", Limit: 100, After: r.FormValue("after")})
	if err != nil {
		return wire.Missing("event", "", "id")
	}
	for _, row := range rows {
		e := &object.Event{}
		if err := row.Into(e); err != nil {
			return err
		}
		v.Events = append(v.Events, e)
	}
	if more {
		v.Older = rows[len(rows)-1].ID
	}
	return p.show(w, http.StatusOK, "events", "Events", v)
}

type eventView struct {
	Event      object.Event
	Deliveries []deliveryView
}

type deliveryView struct {
	book.Delivery
	Tries []book.Attempt
}

func (p *Pages) event(w http.ResponseWriter, r *http.Request) error {
	tx := p.cfg.Book.Read(r.Context())
	v := eventView{Event: object.Event{Head: object.Head{Object: "event"}}}
	if err := tx.Get(r.PathValue("id"), &v.Event); err != nil {
		return wire.Missing("event", "", "id")
	}
	deliveries, err := tx.DeliveriesOf(v.Event.ID)
	if err != nil {
		return err
	}
	for _, d := range deliveries {
		tries, err := tx.Attempts(d.ID)
		if err != nil {
			return err
		}
		v.Deliveries = append(v.Deliveries, deliveryView{d, tries})
	}
	return p.show(w, http.StatusOK, "event", v.Event.Type, v)
}

func (p *Pages) deliveries(w http.ResponseWriter, r *http.Request) error {
	all, err := p.cfg.Book.Read(r.Context()).Deliveries(200)
	if err != nil {
		return err
	}
	return p.show(w, http.StatusOK, "deliveries", "Deliveries", all)
}

// refund gives a payment back, all that is left of it.
func (p *Pages) refund(w http.ResponseWriter, r *http.Request) error {
	return p.onCharge(w, r, func(u *billing.Unit, charge string) error {
		_, err := u.CreateRefund(wire.Values{"charge": charge, "reason": "requested_by_customer"})
		return err
	})
}

// dispute lets the cardholder's bank ask a payment back.
func (p *Pages) dispute(w http.ResponseWriter, r *http.Request) error {
	return p.onCharge(w, r, func(u *billing.Unit, charge string) error {
		_, err := u.OpenDispute(charge)
		return err
	})
}

func (p *Pages) decideDispute(w http.ResponseWriter, r *http.Request) error {
	won := r.PostFormValue("won") == "yes"
	return p.onCharge(w, r, func(u *billing.Unit, dispute string) error { return u.DecideDispute(dispute, won) })
}

// onCharge does something to what the address names and goes back to the
// customer the form came from.
func (p *Pages) onCharge(w http.ResponseWriter, r *http.Request, do func(u *billing.Unit, id string) error) error {
	if err := p.change(r.Context(), func(u *billing.Unit) error { return do(u, r.PathValue("id")) }); err != nil {
		return err
	}
	return p.leave(w, r, "/customers/"+url.PathEscape(r.PostFormValue("customer")))
}
