package billing

import "lighttrends/internal/platform/stripelocal/internal/object"

func (u *Unit) askToConfirm(in *object.Invoice, pi *object.PaymentIntent) error {
	pi.Status = "requires_action"
	pi.NextAction = &object.NextAction{Type: "redirect_to_url", RedirectToURL: object.RedirectToURL{URL: string(in.HostedInvoiceURL)}}
	if err := u.update(pi, ""); err != nil {
		return err
	}
	if err := u.tellOf("payment_intent.requires_action", pi); err != nil {
		return err
	}
	u.planRetry(in)
	if err := u.update(in, "invoice.updated"); err != nil {
		return err
	}
	if err := u.tellOf("invoice.payment_action_required", in); err != nil {
		return err
	}
	return u.lament(in)
}

func (u *Unit) failPayment(in *object.Invoice, pi *object.PaymentIntent, m *object.PaymentMethod, decline string) error {
	pi.Status, pi.NextAction = "requires_payment_method", nil
	if m != nil {
		ch := u.chargeFor(in, pi, m, "failed")
		ch.FailureCode, ch.FailureMessage = object.Str(errorCode(decline)), object.Str(declineMessage(decline))
		ch.Outcome = &object.Outcome{NetworkStatus: "declined_by_network", Reason: object.Str(decline), RiskLevel: "normal", SellerMessage: "The bank did not return any further details with this decline.", Type: "issuer_declined"}
		if err := u.create(ch, "ch_", "charge.failed"); err != nil {
			return err
		}
		pi.LatestCharge, in.Charge = object.Str(ch.ID), object.Str(ch.ID)
		pi.LastPaymentError = &object.PaymentError{
			Charge: object.Str(ch.ID), Code: errorCode(decline), DeclineCode: object.Str(decline), Type: "card_error",
			DocURL: "https://stripe.com/docs/error-codes/card-declined", Message: declineMessage(decline),
		}
		pi.PaymentMethod = ""
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

// lament tells that an invoice's payment failed and lets the subscription
// follow.
func (u *Unit) lament(in *object.Invoice) error {
	if err := u.tellOf("invoice.payment_failed", in); err != nil {
		return err
	}
	if err := u.delinquent(in.Customer); err != nil {
		return err
	}
	return u.followFailed(in)
}

// planRetry sets when a renewal's payment is tried again; the first payment
// of a subscription is never tried again by itself.
func (u *Unit) planRetry(in *object.Invoice) {
	in.NextPaymentAttempt = 0
	gaps := u.rules.RetryGaps
	if n := int(in.AttemptCount); in.AutoAdvance && in.BillingReason != "subscription_create" && n <= len(gaps) {
		in.NextPaymentAttempt = object.Num(u.now + int64(gaps[n-1].Seconds()))
	}
}
