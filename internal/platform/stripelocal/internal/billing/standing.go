package billing

import (
	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
)

// billed is the subscription an invoice belongs to; nil when there is none.
func (u *Unit) billed(in *object.Invoice) (*object.Subscription, error) {
	if in.Subscription == "" {
		return nil, nil
	}
	s, err := fetch[object.Subscription](u, string(in.Subscription), "subscription")
	return s, ignoreMissing(err)
}

// followPaid brings a subscription to where a paid invoice puts it. One that
// fell behind recovers when its latest invoice is paid; older ones do not
// count (https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses).
func (u *Unit) followPaid(in *object.Invoice) error {
	s, err := u.billed(in)
	if err == nil && s == nil && in.Secret.Visit {
		return u.tellPayer(in, "paid", "checkout.session.async_payment_succeeded")
	}
	if err != nil || s == nil {
		return err
	}
	latest := string(s.LatestInvoice) == in.ID
	was := s.Status
	switch {
	case s.Status == object.Incomplete, latest && (s.Status == object.PastDue || s.Status == object.Unpaid || s.Status == object.Paused):
		s.Status = object.Active
	}
	s.Secret.PaymentUnsure = false
	if err := u.update(s, "customer.subscription.updated"); err != nil {
		return err
	}
	if was == object.Paused && s.Status == object.Active {
		if err := u.tellOf("customer.subscription.resumed", s); err != nil {
			return err
		}
	}
	return u.tellPayer(in, "paid", "checkout.session.async_payment_succeeded")
}

// followUnsure keeps a first payment that is on its way from expiring.
func (u *Unit) followUnsure(in *object.Invoice) error {
	s, err := u.billed(in)
	if err != nil || s == nil || s.Status != object.Incomplete {
		return err
	}
	s.Secret.PaymentUnsure = true
	return u.update(s, "")
}

// followFailed brings a subscription to where a failed payment puts it.
func (u *Unit) followFailed(in *object.Invoice) error {
	s, err := u.billed(in)
	if err == nil && s == nil && in.Secret.Visit {
		return u.giveUpVisit(in)
	}
	if err != nil || s == nil {
		return err
	}
	switch s.Status {
	case object.Incomplete:
		s.Secret.PaymentUnsure = false
		if err := u.update(s, ""); err != nil {
			return err
		}
		return u.tellPayer(in, "unpaid", "checkout.session.async_payment_failed")
	case object.Active, object.PastDue:
		if in.AutoAdvance && in.NextPaymentAttempt == 0 && int(in.AttemptCount) > len(u.rules.RetryGaps) {
			return u.giveUp(s, in)
		}
		s.Status = object.PastDue
		return u.update(s, "customer.subscription.updated")
	}
	return nil
}

// giveUpVisit ends a purchase whose delayed payment failed. It is not tried
// again. A card that is refused on the page leaves nothing behind, so what is
// done here is undone then.
func (u *Unit) giveUpVisit(in *object.Invoice) error {
	if err := u.tellPayer(in, "unpaid", "checkout.session.async_payment_failed"); err != nil {
		return err
	}
	return u.shut(in, "void")
}

// giveUp does what the account's settings say when all tries failed.
func (u *Unit) giveUp(s *object.Subscription, in *object.Invoice) error {
	switch u.rules.AfterRetries {
	case object.Canceled:
		return u.end(s, "payment_failed")
	case object.Unpaid:
		in.AutoAdvance = false
		if err := u.update(in, "invoice.updated"); err != nil {
			return err
		}
		s.Status = object.Unpaid
	default:
		s.Status = object.PastDue
	}
	return u.update(s, "customer.subscription.updated")
}

// tellPayer tells of a delayed payment on the visit it began with.
func (u *Unit) tellPayer(in *object.Invoice, paymentStatus, event string) error {
	visits, err := find[object.Session](u, book.Is("customer", in.Customer))
	if err != nil {
		return err
	}
	for _, v := range visits {
		if string(v.Invoice) != in.ID || v.Status != "complete" || v.PaymentStatus != "unpaid" {
			continue
		}
		v.PaymentStatus = paymentStatus
		if err := u.update(v, ""); err != nil {
			return err
		}
		if err := u.tellOf(event, v); err != nil {
			return err
		}
	}
	return nil
}

// end cancels a subscription at this moment. Its open invoices are no longer
// collected by themselves.
func (u *Unit) end(s *object.Subscription, reason string) error {
	s.Status, s.EndedAt = object.Canceled, object.Num(u.now)
	if s.CanceledAt == 0 {
		s.CanceledAt = object.Num(u.now)
	}
	if s.CancellationDetails.Reason == "" || reason == "payment_failed" {
		s.CancellationDetails.Reason = object.Str(reason)
	}
	if err := u.stopCollecting(s); err != nil {
		return err
	}
	if err := u.update(s, ""); err != nil {
		return err
	}
	return u.tellOf("customer.subscription.deleted", s)
}

func (u *Unit) stopCollecting(s *object.Subscription) error {
	open, err := u.openInvoices(s)
	if err != nil {
		return err
	}
	for _, in := range open {
		in.AutoAdvance, in.NextPaymentAttempt = false, 0
		if err := u.update(in, "invoice.updated"); err != nil {
			return err
		}
	}
	return nil
}

// expire closes a subscription whose first payment did not come in time, and
// voids its invoice.
func (u *Unit) expire(s *object.Subscription, event string) error {
	open, err := u.openInvoices(s)
	if err != nil {
		return err
	}
	for _, in := range open {
		if err := u.shut(in, "void"); err != nil {
			return err
		}
	}
	s.Status = object.IncompleteExpired
	if event == "customer.subscription.updated" {
		return u.update(s, event)
	}
	s.EndedAt, s.CanceledAt = object.Num(u.now), object.Num(u.now)
	if err := u.update(s, ""); err != nil {
		return err
	}
	return u.tellOf(event, s)
}
