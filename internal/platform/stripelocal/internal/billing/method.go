package billing

import (
	"errors"
	"time"

	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// CreateMethod makes a payment method from a typed card.
func (u *Unit) CreateMethod(p wire.Values) (object.Record, error) {
	typed := p.Hash("card")
	if !p.Has("card") {
		return nil, wire.Refuse("parameter_missing", "card", "Missing required param: card.")
	}
	card, fate, err := Typed{
		Number: typed.Text("number"), CVC: typed.Text("cvc"), Month: typed.Int("exp_month"), Year: typed.Int("exp_year"),
	}.Read(u.now)
	if err != nil {
		return nil, err
	}
	meta, err := p.Merge("metadata", nil)
	if err != nil {
		return nil, err
	}
	pm := cardMethod(card, fate, "", "")
	pm.Metadata = meta
	return pm, u.create(pm, "pm_", "")
}

func cardMethod(card *object.Card, fate, email, name string) *object.PaymentMethod {
	return &object.PaymentMethod{
		Type: "card", Card: card, Secret: object.PaymentMethodSecret{Fate: fate},
		BillingDetails: object.BillingDetails{Email: object.Str(email), Name: object.Str(name)},
	}
}

// bankMethod makes a payment method from a bank account's number.
func bankMethod(account, email, name string) *object.PaymentMethod {
	fate := Pays
	if account == bankAccountNo {
		fate = bankFails
	}
	return &object.PaymentMethod{
		Type: "us_bank_account", Secret: object.PaymentMethodSecret{Fate: fate},
		BillingDetails: object.BillingDetails{Email: object.Str(email), Name: object.Str(name)},
		USBankAccount: &object.BankAccount{
			AccountHolderType: "individual", AccountType: "checking", BankName: "STRIPE TEST BANK", Fingerprint: letters(16),
			Last4: account[len(account)-4:], RoutingNumber: "110000000",
		},
	}
}

// AttachMethod ties a payment method to a customer. A card's magic name, such
// as pm_card_visa, makes a new method each time.
func (u *Unit) AttachMethod(id string, p wire.Values) (object.Record, error) {
	c, err := fetch[object.Customer](u, p.Text("customer"), "customer")
	if err != nil {
		return nil, err
	}
	if err := u.enter(c); err != nil {
		return nil, err
	}
	return u.attach(id, "id", c)
}

func (u *Unit) attach(id, param string, c *object.Customer) (*object.PaymentMethod, error) {
	number, magic := magicCards()[id]
	var pm *object.PaymentMethod
	if magic {
		brand, fate := brandOf(number)
		pm = cardMethod(newCard(brand, number[len(number)-4:], 12, int64(time.Unix(u.now, 0).UTC().Year())+3), fate, "", "")
		if err := u.create(pm, "pm_", ""); err != nil {
			return nil, err
		}
	} else {
		var err error
		if pm, err = fetch[object.PaymentMethod](u, id, param); err != nil {
			return nil, err
		}
	}
	if pm.Customer != "" && string(pm.Customer) != c.ID {
		return nil, wire.Refuse("", param, "This payment method belongs to another customer.")
	}
	if declinesAlways(pm.Secret.Fate) {
		return nil, wire.Declined(errorCode(pm.Secret.Fate), pm.Secret.Fate, declineMessage(pm.Secret.Fate))
	}
	pm.Customer = object.Str(c.ID)
	if err := u.update(pm, ""); err != nil {
		return nil, err
	}
	return pm, u.tellOf("payment_method.attached", pm)
}

// declinesAlways knows the fates that a bank refuses already when the method
// is attached.
func declinesAlways(fate string) bool {
	switch fate {
	case Pays, Disputes, FailsLater, ConfirmsOnce, ConfirmsEach, bankFails:
		return false
	}
	return true
}

// ownMethod finds a customer's method; a magic name is attached on the way.
func (u *Unit) ownMethod(id, param string, c *object.Customer) (*object.PaymentMethod, error) {
	if _, magic := magicCards()[id]; magic {
		return u.attach(id, param, c)
	}
	pm, err := fetch[object.PaymentMethod](u, id, param)
	if err != nil {
		return nil, err
	}
	if string(pm.Customer) != c.ID {
		return nil, wire.Refuse("resource_missing", param, "The customer does not have a payment method with the ID %s. It must be attached to the customer first.", id)
	}
	return pm, nil
}

// DetachMethod takes a payment method away from its customer for good, also
// where it was the default.
func (u *Unit) DetachMethod(id string) (object.Record, error) {
	pm, err := fetch[object.PaymentMethod](u, id, "id")
	if err != nil {
		return nil, err
	}
	if pm.Customer == "" {
		return nil, wire.Refuse("", "id", "This payment method is not attached to a customer.")
	}
	if err := u.dropDefaults(pm); err != nil {
		return nil, err
	}
	pm.Customer = ""
	if err := u.update(pm, ""); err != nil {
		return nil, err
	}
	return pm, u.tellOf("payment_method.detached", pm)
}

func (u *Unit) dropDefaults(pm *object.PaymentMethod) error {
	c, err := fetch[object.Customer](u, string(pm.Customer), "customer")
	if err != nil {
		return ignoreMissing(err)
	}
	if err := u.enter(c); err != nil {
		return err
	}
	if string(c.InvoiceSettings.DefaultPaymentMethod) == pm.ID {
		c.InvoiceSettings.DefaultPaymentMethod = ""
		if err := u.update(c, "customer.updated"); err != nil {
			return err
		}
	}
	subs, err := u.subscriptionsOf(c.ID)
	if err != nil {
		return err
	}
	for _, s := range subs {
		if string(s.DefaultPaymentMethod) == pm.ID {
			s.DefaultPaymentMethod = ""
			if err := u.update(s, "customer.subscription.updated"); err != nil {
				return err
			}
		}
	}
	return nil
}

// methodFor finds what a subscription is paid with: its own method, else the
// customer's default; nil when there is none.
func (u *Unit) methodFor(customer string, own object.Str) (*object.PaymentMethod, error) {
	id := own
	if id == "" {
		c, err := fetch[object.Customer](u, customer, "customer")
		if err != nil {
			return nil, ignoreMissing(err)
		}
		id = c.InvoiceSettings.DefaultPaymentMethod
	}
	if id == "" {
		return nil, nil
	}
	pm, err := fetch[object.PaymentMethod](u, string(id), "payment_method")
	return pm, ignoreMissing(err)
}

// ignoreMissing lets work go on when an object was deleted meanwhile.
func ignoreMissing(err error) error {
	var refused *wire.Error
	if errors.As(err, &refused) && refused.Code == "resource_missing" {
		return nil
	}
	return err
}
