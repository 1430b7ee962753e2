package billing

import (
	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// portalLife is how long the address of a portal visit works, in seconds.
const portalLife = 3600

// CreatePortalSession opens the billing portal for a customer.
func (u *Unit) CreatePortalSession(p wire.Values) (object.Record, error) {
	c, err := fetch[object.Customer](u, p.Text("customer"), "customer")
	if err != nil {
		return nil, err
	}
	if err := u.enter(c); err != nil {
		return nil, err
	}
	back := p.Text("return_url")
	if back != "" && !isWebAddress(back) {
		return nil, wire.Refuse("url_invalid", "return_url", "Not a valid URL")
	}
	token := letters(40)
	v := &object.PortalSession{
		Configuration: "bpc_local", Customer: c.ID, ReturnURL: object.Str(back), URL: u.rules.BaseURL + "/portal/" + token,
		Secret: object.PortalSecret{Token: token, Expires: u.rules.Clock.Now().Unix() + portalLife},
	}
	return v, u.create(v, "bps_", "")
}

// PortalVisit finds the visit an address stands for, as long as it works.
func (u *Unit) PortalVisit(token string) (*object.PortalSession, error) {
	found, err := find[object.PortalSession](u, book.Is("token", token))
	if err != nil {
		return nil, err
	}
	if token == "" || len(found) == 0 || found[0].Secret.Expires < u.rules.Clock.Now().Unix() {
		return nil, wire.Missing("portal session", "", "id")
	}
	return found[0], u.enter(found[0])
}

// PortalChange changes a subscription of the visitor. It refuses anybody
// else's.
func (u *Unit) PortalChange(token, subscription string, p wire.Values) error {
	v, err := u.PortalVisit(token)
	if err != nil {
		return err
	}
	s, err := fetch[object.Subscription](u, subscription, "id")
	if err != nil {
		return err
	}
	if s.Customer != v.Customer {
		return wire.Missing("subscription", subscription, "id")
	}
	if p.Has("price") {
		p = wire.Values{
			"items":              []any{wire.Values{"id": s.Items.Data[0].ID, "price": p.Text("price")}},
			"proration_behavior": "always_invoice",
			"payment_behavior":   "error_if_incomplete",
		}
	}
	_, err = u.UpdateSubscription(subscription, p)
	return err
}

// PortalCard replaces the visitor's card everywhere, and tries open invoices
// with it.
func (u *Unit) PortalCard(token string, typed Typed) error {
	v, err := u.PortalVisit(token)
	if err != nil {
		return err
	}
	c, err := fetch[object.Customer](u, v.Customer, "customer")
	if err != nil {
		return err
	}
	card, fate, err := typed.Read(u.now)
	if err != nil {
		return err
	}
	if declinesAlways(fate) {
		return wire.Declined(errorCode(fate), fate, declineMessage(fate))
	}
	m := cardMethod(card, fate, string(c.Email), string(c.Name))
	m.Customer = object.Str(c.ID)
	m.Secret.Confirmed = fate == ConfirmsOnce // saving it here is the one confirmation
	if err := u.create(m, "pm_", "payment_method.attached"); err != nil {
		return err
	}
	c.InvoiceSettings.DefaultPaymentMethod = object.Str(m.ID)
	if err := u.update(c, "customer.updated"); err != nil {
		return err
	}
	return u.payOverdue(c, m)
}

func (u *Unit) payOverdue(c *object.Customer, m *object.PaymentMethod) error {
	subs, err := u.subscriptionsOf(c.ID)
	if err != nil {
		return err
	}
	for _, s := range subs {
		if s.Ended() {
			continue
		}
		s.DefaultPaymentMethod = object.Str(m.ID)
		if err := u.update(s, "customer.subscription.updated"); err != nil {
			return err
		}
		in, err := fetch[object.Invoice](u, string(s.LatestInvoice), "invoice")
		if err != nil {
			return ignoreMissing(err)
		}
		if in.Status != "open" || u.stillOpen(in) != nil {
			continue
		}
		if _, err := u.collect(in, try{method: m, onPage: true}); err != nil {
			return err
		}
	}
	return nil
}

// PublicInvoice finds the invoice a public page stands for. Drafts have none.
func (u *Unit) PublicInvoice(token string) (*object.Invoice, error) {
	found, err := find[object.Invoice](u, book.Is("token", token))
	if err != nil {
		return nil, err
	}
	if token == "" || len(found) == 0 || found[0].Status == "draft" {
		return nil, wire.Missing("invoice", "", "id")
	}
	return found[0], u.enter(found[0])
}

// PayPublicInvoice pays an invoice on its public page with a typed card.
// confirmed says that the payer has confirmed the payment too.
func (u *Unit) PayPublicInvoice(token string, typed Typed, confirmed bool) error {
	in, err := u.PublicInvoice(token)
	if err != nil {
		return err
	}
	if in.Status == "paid" {
		return nil
	}
	if in.Status != "open" {
		return wire.Refuse("", "", "This invoice is %s. It can no longer be paid.", in.Status)
	}
	card, fate, err := typed.Read(u.now)
	if err != nil {
		return err
	}
	if declinesAlways(fate) {
		return wire.Declined(errorCode(fate), fate, declineMessage(fate))
	}
	m := cardMethod(card, fate, string(in.CustomerEmail), string(in.CustomerName))
	m.Customer = object.Str(in.Customer)
	if err := u.create(m, "pm_", "payment_method.attached"); err != nil {
		return err
	}
	return u.payWith(in, try{method: m, onPage: true, confirmed: confirmed})
}
