package billing

import "lighttrends/internal/platform/stripelocal/internal/object"

// outcome is what became of one try to collect.
type outcome string

const (
	settled   outcome = "settled"
	declined  outcome = "declined"
	unsure    outcome = "unsure"     // a bank debit is on its way
	toConfirm outcome = "to confirm" // the payer has to act
	bankWait          = object.Day   // how long a bank debit takes
	noMethod          = "no_payment_method"
)

// try is one attempt to collect an invoice.
type try struct {
	method    *object.PaymentMethod // nil when there is none
	onPage    bool                  // the payer sits at the payment page
	confirmed bool                  // and has confirmed the payment
}

// openPayment makes the payment an invoice is collected with.
func (u *Unit) openPayment(in *object.Invoice) error {
	id := newID("pi_")
	pi := &object.PaymentIntent{
		Head: object.Head{ID: id}, Amount: in.AmountDue, ClientSecret: id + "_secret_" + letters(25), Currency: in.Currency,
		Customer: object.Str(in.Customer), Description: "Subscription invoice", Invoice: object.Str(in.ID),
		MethodTypes: []string{"card", "us_bank_account"}, Status: "requires_payment_method",
	}
	if in.BillingReason == "subscription_create" {
		pi.Description = "Subscription creation"
	}
	in.PaymentIntent = object.Str(id)
	return u.create(pi, "pi_", "payment_intent.created")
}

// dropPayment cancels the payment of a voided invoice.
func (u *Unit) dropPayment(in *object.Invoice) error {
	pi, err := fetch[object.PaymentIntent](u, string(in.PaymentIntent), "payment_intent")
	if err != nil || pi.Status == "succeeded" {
		return ignoreMissing(err)
	}
	pi.Status, pi.CanceledAt, pi.NextAction = "canceled", object.Num(u.now), nil
	if err := u.update(pi, ""); err != nil {
		return err
	}
	return u.tellOf("payment_intent.canceled", pi)
}

// collect tries once to take an open invoice's money. What happened is stored
// and told; the subscription follows.
func (u *Unit) collect(in *object.Invoice, t try) (outcome, error) {
	pi, err := fetch[object.PaymentIntent](u, string(in.PaymentIntent), "payment_intent")
	if err != nil {
		return "", err
	}
	in.AttemptCount++
	in.Attempted = true
	what, decline, err := u.judge(in, t)
	if err != nil {
		return "", err
	}
	if t.method != nil {
		pi.PaymentMethod = object.Str(t.method.ID)
	}
	switch what {
	case settled:
		return what, u.succeed(in, pi, t.method)
	case unsure:
		return what, u.waitForBank(in, pi, t.method)
	case toConfirm:
		return what, u.askToConfirm(in, pi)
	}
	return what, u.failPayment(in, pi, t.method, decline)
}

// judge decides by the method's fate and by what the dashboard armed.
func (u *Unit) judge(in *object.Invoice, t try) (what outcome, decline string, err error) {
	c, err := fetch[object.Customer](u, in.Customer, "customer")
	if err != nil {
		return "", "", err
	}
	if c.Secret.FailNext {
		c.Secret.FailNext = false
		return declined, "generic_decline", u.update(c, "")
	}
	if t.method == nil {
		return declined, noMethod, nil
	}
	what, decline = fateOf(t)
	return what, decline, nil
}

func fateOf(t try) (outcome, string) {
	m := t.method
	if m.Type == "us_bank_account" {
		return unsure, ""
	}
	switch fate := m.Secret.Fate; fate {
	case Pays, Disputes:
		return settled, ""
	case FailsLater:
		if t.onPage {
			return settled, ""
		}
		return declined, "generic_decline"
	case ConfirmsOnce:
		if t.confirmed || m.Secret.Confirmed {
			return settled, ""
		}
		return toConfirm, ""
	case ConfirmsEach:
		if t.confirmed {
			return settled, ""
		}
		return toConfirm, ""
	default:
		return declined, fate
	}
}

// chargeFor makes the record of one try; status is succeeded, pending or failed.
func (u *Unit) chargeFor(in *object.Invoice, pi *object.PaymentIntent, m *object.PaymentMethod, status string) *object.Charge {
	ch := &object.Charge{
		Amount: pi.Amount, Currency: pi.Currency, Customer: pi.Customer, Description: pi.Description, Invoice: object.Str(in.ID),
		PaymentIntent: object.Str(pi.ID), PaymentMethod: object.Str(m.ID), BillingDetails: m.BillingDetails, Status: status,
		PaymentMethodDetails: object.MethodDetails{Type: m.Type, USBankAccount: m.USBankAccount},
	}
	if m.Card != nil {
		ch.PaymentMethodDetails.Card = &object.ChargedCard{
			Brand: m.Card.Brand, Country: m.Card.Country, ExpMonth: m.Card.ExpMonth, ExpYear: m.Card.ExpYear, Funding: m.Card.Funding, Last4: m.Card.Last4,
		}
	}
	if status == "succeeded" {
		ch.Paid, ch.Captured, ch.AmountCaptured = true, true, pi.Amount
		ch.ReceiptURL = in.HostedInvoiceURL + "/receipt"
		ch.Outcome = &object.Outcome{NetworkStatus: "approved_by_network", RiskLevel: "normal", SellerMessage: "Payment complete.", Type: "authorized"}
	}
	return ch
}

func (u *Unit) succeed(in *object.Invoice, pi *object.PaymentIntent, m *object.PaymentMethod) error {
	ch := u.chargeFor(in, pi, m, "succeeded")
	if err := u.create(ch, "ch_", "charge.succeeded"); err != nil {
		return err
	}
	if m.Secret.Fate == ConfirmsOnce && !m.Secret.Confirmed {
		m.Secret.Confirmed = true
		if err := u.update(m, ""); err != nil {
			return err
		}
	}
	pi.Status, pi.AmountReceived, pi.LatestCharge, pi.LastPaymentError, pi.NextAction = "succeeded", pi.Amount, object.Str(ch.ID), nil, nil
	if err := u.update(pi, ""); err != nil {
		return err
	}
	if err := u.tellOf("payment_intent.succeeded", pi); err != nil {
		return err
	}
	in.Charge = object.Str(ch.ID)
	if err := u.markPaid(in); err != nil || m.Secret.Fate != Disputes {
		return err
	}
	_, err := u.OpenDispute(ch.ID)
	return err
}

func (u *Unit) waitForBank(in *object.Invoice, pi *object.PaymentIntent, m *object.PaymentMethod) error {
	ch := u.chargeFor(in, pi, m, "pending")
	if err := u.create(ch, "py_", "charge.pending"); err != nil {
		return err
	}
	pi.Status, pi.LatestCharge, pi.Secret.DecideAt = "processing", object.Str(ch.ID), u.now+bankWait
	if err := u.update(pi, ""); err != nil {
		return err
	}
	if err := u.tellOf("payment_intent.processing", pi); err != nil {
		return err
	}
	in.Charge, in.NextPaymentAttempt = object.Str(ch.ID), 0
	if err := u.update(in, "invoice.updated"); err != nil {
		return err
	}
	return u.followUnsure(in)
}
