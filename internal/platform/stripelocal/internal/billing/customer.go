package billing

import (
	"net/mail"
	"slices"
	"strings"

	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// CreateCustomer makes a customer, under a test clock if one is named.
func (u *Unit) CreateCustomer(p wire.Values) (object.Record, error) {
	if id := p.Text("test_clock"); id != "" {
		c, err := fetch[object.TestClock](u, id, "test_clock")
		if err != nil {
			return nil, err
		}
		if c.Status != "ready" {
			return nil, wire.Refuse("", "test_clock", "The test clock is still advancing.")
		}
		if err := u.under(id); err != nil {
			return nil, err
		}
	}
	c := u.newCustomer()
	if err := u.fillCustomer(c, p); err != nil {
		return nil, err
	}
	c.Balance = p.Int("balance")
	if err := u.create(c, "cus_", "customer.created"); err != nil {
		return nil, err
	}
	if err := u.firstMethod(c, p); err != nil {
		return nil, err
	}
	return c, u.setDefaultMethod(c, p)
}

// firstMethod attaches the payment method a customer begins with. Where the
// same magic name stands as the default too, it is this one method.
func (u *Unit) firstMethod(c *object.Customer, p wire.Values) error {
	name := p.Text("payment_method")
	if name == "" {
		return nil
	}
	pm, err := u.attach(name, "payment_method", c)
	if err != nil {
		return err
	}
	if settings := p.Hash("invoice_settings"); settings.Text("default_payment_method") == name {
		settings["default_payment_method"] = pm.ID
	}
	return nil
}

func (u *Unit) newCustomer() *object.Customer {
	return &object.Customer{InvoicePrefix: strings.ToUpper(letters(8)), NextInvoiceSequence: 1, TestClock: u.shownClock()}
}

func (u *Unit) fillCustomer(c *object.Customer, p wire.Values) (err error) {
	fields := map[string]*object.Str{"email": &c.Email, "name": &c.Name, "phone": &c.Phone, "description": &c.Description}
	for name, field := range fields {
		if p.Has(name) {
			*field = object.Str(p.Text(name))
		}
	}
	if c.Email != "" && !IsEmail(string(c.Email)) {
		return wire.Refuse("email_invalid", "email", "Invalid email address: %s", c.Email)
	}
	if p.Has("address") {
		c.Address = addressOf(p.Hash("address"))
	}
	c.Metadata, err = p.Merge("metadata", c.Metadata)
	return err
}

func addressOf(a wire.Values) *object.Address {
	if len(a) == 0 {
		return nil
	}
	return &object.Address{
		City: object.Str(a.Text("city")), Country: object.Str(a.Text("country")), Line1: object.Str(a.Text("line1")),
		Line2: object.Str(a.Text("line2")), PostalCode: object.Str(a.Text("postal_code")), State: object.Str(a.Text("state")),
	}
}

// IsEmail tells whether a text is one plain e-mail address.
func IsEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && len(s) <= 512 && strings.Contains(s[strings.LastIndexByte(s, '@'):], ".")
}

// setDefaultMethod sets invoice_settings[default_payment_method], which must
// be the customer's own; a card's magic name is attached first.
func (u *Unit) setDefaultMethod(c *object.Customer, p wire.Values) error {
	settings := p.Hash("invoice_settings")
	if !settings.Has("default_payment_method") {
		return nil
	}
	const param = "invoice_settings[default_payment_method]"
	id := settings.Text("default_payment_method")
	if id != "" {
		pm, err := u.ownMethod(id, param, c)
		if err != nil {
			return err
		}
		id = pm.ID
	}
	c.InvoiceSettings.DefaultPaymentMethod = object.Str(id)
	return u.update(c, "customer.updated")
}

// UpdateCustomer changes a customer.
func (u *Unit) UpdateCustomer(id string, p wire.Values) (object.Record, error) {
	c, err := fetch[object.Customer](u, id, "id")
	if err != nil {
		return nil, err
	}
	if err := u.enter(c); err != nil {
		return nil, err
	}
	if err := u.fillCustomer(c, p); err != nil {
		return nil, err
	}
	if p.Has("balance") {
		c.Balance = p.Int("balance")
	}
	if err := u.update(c, "customer.updated"); err != nil {
		return nil, err
	}
	return c, u.setDefaultMethod(c, p)
}

// DeleteCustomer cancels a customer's subscriptions at once and deletes it.
func (u *Unit) DeleteCustomer(id string) error {
	c, err := fetch[object.Customer](u, id, "id")
	if err != nil {
		return err
	}
	if err := u.enter(c); err != nil {
		return err
	}
	subs, err := u.subscriptionsOf(id)
	if err != nil {
		return err
	}
	for _, s := range subs {
		if !s.Ended() {
			if err := u.end(s, "cancellation_requested"); err != nil {
				return err
			}
		}
	}
	return u.bury(c, "customer.deleted")
}

func (u *Unit) subscriptionsOf(customer string) ([]*object.Subscription, error) {
	return find[object.Subscription](u, book.Is("customer", customer))
}

// FailNextPayment arms or disarms the failure of a customer's next payment.
func (u *Unit) FailNextPayment(customer string, on bool) error {
	c, err := fetch[object.Customer](u, customer, "id")
	if err != nil {
		return err
	}
	c.Secret.FailNext = on
	return u.update(c, "")
}

// delinquent marks a customer by whether any of its open invoices is overdue.
func (u *Unit) delinquent(id string) error {
	c, err := fetch[object.Customer](u, id, "customer")
	if err != nil {
		return ignoreMissing(err)
	}
	open, err := find[object.Invoice](u, book.Is("customer", id), book.Is("status", "open", "uncollectible"))
	if err != nil {
		return err
	}
	c.Delinquent = slices.ContainsFunc(open, func(i *object.Invoice) bool { return i.Attempted && i.BillingReason != "subscription_create" })
	return u.update(c, "customer.updated")
}
