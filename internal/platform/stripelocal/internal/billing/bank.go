package billing

import (
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// DecidePayment ends the wait for a bank debit: it went through, or it did
// not. Nil leaves it to the account number that was typed.
func (u *Unit) DecidePayment(id string, good *bool) error {
	pi, err := fetch[object.PaymentIntent](u, id, "id")
	if err != nil {
		return err
	}
	if pi.Status != "processing" {
		return wire.Refuse("payment_intent_unexpected_state", "id", "This payment is %s. There is nothing to decide.", pi.Status)
	}
	if err := u.enter(pi); err != nil {
		return err
	}
	m, err := fetch[object.PaymentMethod](u, string(pi.PaymentMethod), "payment_method")
	if err != nil {
		return err
	}
	in, err := fetch[object.Invoice](u, string(pi.Invoice), "invoice")
	if err != nil {
		return err
	}
	ch, err := fetch[object.Charge](u, string(pi.LatestCharge), "charge")
	if err != nil {
		return err
	}
	pi.Secret.DecideAt = 0
	if good != nil && *good || good == nil && m.Secret.Fate != bankFails {
		return u.debitArrived(in, pi, ch)
	}
	return u.debitFailed(in, pi, ch)
}

func (u *Unit) debitArrived(in *object.Invoice, pi *object.PaymentIntent, ch *object.Charge) error {
	ch.Status, ch.Paid, ch.Captured, ch.AmountCaptured = "succeeded", true, true, ch.Amount
	ch.Outcome = &object.Outcome{NetworkStatus: "approved_by_network", RiskLevel: "not_assessed", SellerMessage: "Payment complete.", Type: "authorized"}
	if err := u.update(ch, ""); err != nil {
		return err
	}
	if err := u.tellOf("charge.succeeded", ch); err != nil {
		return err
	}
	pi.Status, pi.AmountReceived = "succeeded", pi.Amount
	if err := u.update(pi, ""); err != nil {
		return err
	}
	if err := u.tellOf("payment_intent.succeeded", pi); err != nil {
		return err
	}
	return u.markPaid(in)
}

func (u *Unit) debitFailed(in *object.Invoice, pi *object.PaymentIntent, ch *object.Charge) error {
	ch.Status, ch.FailureCode, ch.FailureMessage = "failed", object.Str(errorCode(bankFails)), object.Str(declineMessage(bankFails))
	if err := u.update(ch, ""); err != nil {
		return err
	}
	if err := u.tellOf("charge.failed", ch); err != nil {
		return err
	}
	pi.Status, pi.PaymentMethod = "requires_payment_method", ""
	pi.LastPaymentError = &object.PaymentError{
		Charge: object.Str(ch.ID), Code: errorCode(bankFails), Message: declineMessage(bankFails), Type: "card_error",
		DocURL: "https://stripe.com/docs/error-codes/payment-method-provider-decline",
	}
	if err := u.update(pi, ""); err != nil {
		return err
	}
	if err := u.tellOf("payment_intent.payment_failed", pi); err != nil {
		return err
	}
	u.planRetry(in)
	if err := u.update(in, "invoice.updated"); err != nil {
		return err
	}
	return u.lament(in)
}
