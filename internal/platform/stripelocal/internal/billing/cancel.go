package billing

import (
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// CancelSubscription ends a subscription at once. One whose first payment
// never came expires instead, and its invoice becomes void.
func (u *Unit) CancelSubscription(id string, p wire.Values) (object.Record, error) {
	s, err := fetch[object.Subscription](u, id, "id")
	if err != nil {
		return nil, err
	}
	if s.Ended() {
		return nil, wire.Missing("subscription", id, "id")
	}
	if err := u.enter(s); err != nil {
		return nil, err
	}
	details := p.Hash("cancellation_details")
	s.CancellationDetails.Comment = pick(details.Text("comment"), s.CancellationDetails.Comment)
	s.CancellationDetails.Feedback = pick(details.Text("feedback"), s.CancellationDetails.Feedback)
	if s.Status == object.Incomplete {
		s.CancellationDetails.Reason = "cancellation_requested"
		return s, u.expire(s, "customer.subscription.deleted")
	}
	if p.Bool("prorate") {
		if err := u.creditRest(s); err != nil {
			return nil, err
		}
	}
	if p.Bool("invoice_now") {
		if err := u.lastInvoice(s); err != nil {
			return nil, err
		}
	}
	return s, u.end(s, "cancellation_requested")
}

func pick(sent string, old object.Str) object.Str {
	if sent == "" {
		return old
	}
	return object.Str(sent)
}

// creditRest notes the credit for what is paid but will not be used.
func (u *Unit) creditRest(s *object.Subscription) error {
	for _, ii := range u.prorations(s, repricing{items: nil, at: u.now}, true) {
		if err := u.create(ii, "ii_", "invoiceitem.created"); err != nil {
			return err
		}
	}
	return nil
}

// lastInvoice bills what still waits; credit goes to the customer's balance.
func (u *Unit) lastInvoice(s *object.Subscription) error {
	waiting, err := u.pendingItems(s)
	if err != nil || len(waiting) == 0 {
		return err
	}
	in, err := u.draft(s, "subscription_update", nil, 0)
	if err != nil {
		return err
	}
	if err := u.finalize(in); err != nil || in.Status == "paid" {
		return err
	}
	m, err := u.methodFor(s.Customer, s.DefaultPaymentMethod)
	if err != nil {
		return err
	}
	_, err = u.collect(in, try{method: m})
	return err
}

// ResumeSubscription starts a paused subscription again. Its new invoice is
// collected at once; the subscription is active when it is paid
// (https://docs.stripe.com/api/subscriptions/resume).
func (u *Unit) ResumeSubscription(id string, p wire.Values) (object.Record, error) {
	s, err := fetch[object.Subscription](u, id, "id")
	if err != nil {
		return nil, err
	}
	if s.Status != object.Paused {
		return nil, wire.Refuse("", "id", "Only paused subscriptions can be resumed. This one is %s.", s.Status)
	}
	if err := u.enter(s); err != nil {
		return nil, err
	}
	if p.Text("billing_cycle_anchor") != "unchanged" {
		s.BillingCycleAnchor = u.now
	}
	s.CurrentPeriodStart = u.now
	s.CurrentPeriodEnd = nextPeriodEnd(s.BillingCycleAnchor, u.now, s.Items.Data[0].Price.Recurring)
	in, err := u.draft(s, "subscription_update", u.periodLines(s, false), 0)
	if err != nil {
		return nil, err
	}
	if err := u.update(s, "customer.subscription.updated"); err != nil {
		return nil, err
	}
	if err := u.finalize(in); err != nil || in.Status == "paid" {
		return s, err
	}
	m, err := u.methodFor(s.Customer, s.DefaultPaymentMethod)
	if err != nil || m == nil {
		return s, err // the invoice stays open until somebody pays it
	}
	_, err = u.collect(in, try{method: m})
	return s, err
}
