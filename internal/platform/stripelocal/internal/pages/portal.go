package pages

import (
	"net/http"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// portalView is what a visitor of the portal sees of himself.
type portalView struct {
	Token, Back string
	Customer    object.Customer
	Plans       []plan
	Card        string // of the default payment method
	Invoices    []*object.Invoice
	Form        cardForm
	Plan        plan    // on the pages about one of them
	Offers      []offer // on the page for another plan
}

// plan is one subscription with the names people know.
type plan struct {
	Sub     *object.Subscription
	Product string
	Item    object.Item
}

// offer is a price the visitor could change to.
type offer struct {
	Price   object.Price
	Product string
	DueNow  int64
	Credit  bool
}

// visitor reads everything about the customer a token stands for.
func (p *Pages) visitor(u *billing.Unit, token string) (*portalView, error) {
	visit, err := u.PortalVisit(token)
	if err != nil {
		return nil, err
	}
	v := &portalView{Token: token, Back: string(visit.ReturnURL), Form: cardForm{Method: "card"}}
	if err := u.Get(visit.Customer, &v.Customer); err != nil {
		return nil, wire.Missing("customer", "", "id")
	}
	subs, err := book.All[object.Subscription](u.Tx, book.Query{Object: "subscription", Filters: []book.Filter{book.Is("customer", visit.Customer)}})
	if err != nil {
		return nil, err
	}
	method := string(v.Customer.InvoiceSettings.DefaultPaymentMethod)
	for _, s := range subs {
		if s.Status == object.IncompleteExpired {
			continue
		}
		v.Plans = append(v.Plans, planOf(u, s))
		if !s.Ended() && s.DefaultPaymentMethod != "" {
			method = string(s.DefaultPaymentMethod)
		}
	}
	var m object.PaymentMethod
	if method != "" && u.Get(method, &m) == nil {
		v.Card = m.Label()
	}
	v.Invoices, err = book.All[object.Invoice](u.Tx, book.Query{Object: "invoice", Limit: 24, Filters: []book.Filter{
		book.Is("customer", visit.Customer), book.IsNot("status", "draft"),
	}})
	return v, err
}

func planOf(u *billing.Unit, s *object.Subscription) plan {
	if len(s.Items.Data) == 0 {
		return plan{Sub: s}
	}
	pl := plan{Sub: s, Item: s.Items.Data[0], Product: s.Items.Data[0].Price.Product}
	var prod object.Product
	if u.Get(pl.Product, &prod) == nil {
		pl.Product = prod.Name
	}
	return pl
}

// about narrows a visit to one of the visitor's subscriptions.
func (v *portalView) about(id string) error {
	for _, pl := range v.Plans {
		if pl.Sub.ID == id && !pl.Sub.Ended() {
			v.Plan = pl
			return nil
		}
	}
	return wire.Missing("subscription", id, "id")
}

func (p *Pages) portal(w http.ResponseWriter, r *http.Request) error {
	return p.showPortal(w, r, http.StatusOK, "portal", "Billing", cardForm{Method: "card"})
}

func (p *Pages) portalCard(w http.ResponseWriter, r *http.Request) error {
	return p.showPortal(w, r, http.StatusOK, "portal_card", "Change your card", cardForm{Method: "card"})
}

func (p *Pages) portalCancel(w http.ResponseWriter, r *http.Request) error {
	return p.showPortal(w, r, http.StatusOK, "portal_cancel", "Cancel your plan", cardForm{})
}

func (p *Pages) portalPlan(w http.ResponseWriter, r *http.Request) error {
	return p.showPortal(w, r, http.StatusOK, "portal_plan", "Change your plan", cardForm{})
}

func (p *Pages) showPortal(w http.ResponseWriter, r *http.Request, status int, name, title string, form cardForm) error {
	var v *portalView
	err := p.look(r.Context(), func(u *billing.Unit) (err error) {
		if v, err = p.visitor(u, r.PathValue("token")); err != nil {
			return err
		}
		v.Form = form
		if id := r.PathValue("sub"); id != "" {
			if err := v.about(id); err != nil {
				return err
			}
		}
		if name == "portal_plan" {
			v.Offers, err = p.offers(u, v.Plan)
		}
		return err
	})
	if err != nil {
		return err
	}
	return p.show(w, status, name, title, v)
}

// offers are the active prices in the plan's currency, each with what a
// change would cost now.
func (p *Pages) offers(u *billing.Unit, pl plan) ([]offer, error) {
	prices, err := book.All[object.Price](u.Tx, book.Query{Object: "price", Filters: []book.Filter{
		book.Is("active", "true"), book.Is("type", "recurring"), book.Is("currency", pl.Sub.Currency),
	}})
	if err != nil {
		return nil, err
	}
	var out []offer
	for _, price := range prices {
		var prod object.Product
		if price.ID == pl.Item.Price.ID || u.Get(price.Product, &prod) != nil || !prod.Active {
			continue
		}
		due, err := u.CostOfChange(pl.Sub.ID, price.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, offer{Price: *price, Product: prod.Name, DueNow: max(due, 0), Credit: due < 0})
	}
	return out, nil
}

// portalChange changes the plan an address names, then goes back to the
// overview. A refusal is shown on top of the page named.
func (p *Pages) portalChange(w http.ResponseWriter, r *http.Request, change wire.Values, again, title string) error {
	token, sub := r.PathValue("token"), r.PathValue("sub")
	err := p.change(r.Context(), func(u *billing.Unit) error { return u.PortalChange(token, sub, change) })
	if err == nil {
		return p.leave(w, r, "/portal/"+token)
	}
	form := cardForm{}
	if err = form.refused(err); err != nil {
		return err
	}
	return p.showPortal(w, r, http.StatusUnprocessableEntity, again, title, form)
}

func (p *Pages) changePlan(w http.ResponseWriter, r *http.Request) error {
	return p.portalChange(w, r, wire.Values{"price": r.PostFormValue("price")}, "portal_plan", "Change your plan")
}

func (p *Pages) cancelPlan(w http.ResponseWriter, r *http.Request) error {
	change := wire.Values{"cancel_at_period_end": true}
	if text := r.PostFormValue("comment"); text != "" {
		change["cancellation_details"] = wire.Values{"comment": text}
	}
	return p.portalChange(w, r, change, "portal_cancel", "Cancel your plan")
}

func (p *Pages) keepPlan(w http.ResponseWriter, r *http.Request) error {
	return p.portalChange(w, r, wire.Values{"cancel_at_period_end": false}, "portal_cancel", "Keep your plan")
}

func (p *Pages) saveCard(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	err := p.change(r.Context(), func(u *billing.Unit) error { return u.PortalCard(token, typedCard(r)) })
	if err == nil {
		return p.leave(w, r, "/portal/"+token)
	}
	form := cardForm{Method: "card", Expiry: r.PostFormValue("expiry")}
	if err = form.refused(err); err != nil {
		return err
	}
	return p.showPortal(w, r, http.StatusUnprocessableEntity, "portal_card", "Change your card", form)
}
