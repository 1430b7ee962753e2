package billing

import (
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// PayInvoice tries to collect an open invoice now. A failure is a 402 whose
// traces stay. paid_out_of_band takes it as paid some other way.
func (u *Unit) PayInvoice(id string, p wire.Values) (object.Record, error) {
	in, err := u.invoiceFor(id)
	if err != nil {
		return nil, err
	}
	if in.Status == "draft" {
		if err := u.finalize(in); err != nil {
			return nil, err
		}
	}
	if in.Status == "paid" {
		return nil, wire.Refuse("invoice_already_paid", "", "Invoice is already paid")
	}
	if in.Status == "void" {
		return nil, wire.Refuse("", "", "This invoice is void. It can no longer be paid.")
	}
	if p.Bool("paid_out_of_band") {
		in.PaidOutOfBand = true
		return in, u.markPaid(in)
	}
	m, err := u.methodToPay(in, p.Text("payment_method"))
	if err != nil {
		return nil, err
	}
	return in, u.payWith(in, try{method: m})
}

func (u *Unit) methodToPay(in *object.Invoice, named string) (*object.PaymentMethod, error) {
	if named != "" {
		c, err := fetch[object.Customer](u, in.Customer, "customer")
		if err != nil {
			return nil, err
		}
		return u.ownMethod(named, "payment_method", c)
	}
	own := object.Str("")
	if s, err := fetch[object.Subscription](u, string(in.Subscription), "subscription"); err == nil {
		own = s.DefaultPaymentMethod
	}
	m, err := u.methodFor(in.Customer, own)
	if err == nil && m == nil {
		return nil, wire.Refuse("resource_missing", "", "There is no default payment method on this subscription or its customer.")
	}
	return m, err
}

// payWith collects and turns a failure into a refusal that keeps its traces.
func (u *Unit) payWith(in *object.Invoice, t try) error {
	if err := u.stillOpen(in); err != nil {
		return err
	}
	what, err := u.collect(in, t)
	if err != nil {
		return err
	}
	var refused *wire.Error
	switch what {
	case declined:
		pi, err := fetch[object.PaymentIntent](u, string(in.PaymentIntent), "payment_intent")
		if err != nil {
			return err
		}
		refused = wire.Declined("card_declined", "generic_decline", declineMessage(""))
		if e := pi.LastPaymentError; e != nil {
			refused = wire.Declined(e.Code, string(e.DeclineCode), e.Message)
			refused.Charge = string(e.Charge)
		}
	case toConfirm:
		refused = wire.Declined("invoice_payment_intent_requires_action", "authentication_required", declineMessage("authentication_required"))
	default:
		return nil
	}
	refused.Keep = true
	return refused
}

// stillOpen refuses a second payment while a bank debit is on its way.
func (u *Unit) stillOpen(in *object.Invoice) error {
	if u.OnItsWay(in) {
		return wire.Refuse("payment_intent_unexpected_state", "", "A payment for this invoice is already on its way.")
	}
	return nil
}

// OnItsWay tells whether a bank debit for an invoice waits for its outcome.
func (u *Unit) OnItsWay(in *object.Invoice) bool {
	pi, err := fetch[object.PaymentIntent](u, string(in.PaymentIntent), "payment_intent")
	return err == nil && pi.Status == "processing"
}
