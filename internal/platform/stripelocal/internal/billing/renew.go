package billing

import (
	"lighttrends/internal/platform/stripelocal/internal/object"
)

// wake does what an object wanted to have done at this moment. It does one
// thing; the object says when it wants the next.
func (u *Unit) wake(id, kind string) error {
	switch kind {
	case "subscription":
		s, err := fetch[object.Subscription](u, id, "id")
		if err != nil {
			return err
		}
		return u.wakeSubscription(s)
	case "invoice":
		in, err := fetch[object.Invoice](u, id, "id")
		if err != nil {
			return err
		}
		return u.wakeInvoice(in)
	case "payment_intent":
		return u.DecidePayment(id, nil)
	case "checkout.session":
		_, err := u.ExpireSession(id)
		return err
	default:
		return u.lapse(id, kind)
	}
}

func (u *Unit) wakeSubscription(s *object.Subscription) error {
	switch {
	case s.CancelAt != 0 && int64(s.CancelAt) <= u.now:
		return u.end(s, "cancellation_requested")
	case s.PauseCollection != nil && s.PauseCollection.ResumesAt != 0 && int64(s.PauseCollection.ResumesAt) <= u.now:
		s.PauseCollection = nil
		return u.update(s, "customer.subscription.updated")
	case s.Status == object.Incomplete:
		return u.expire(s, "customer.subscription.updated")
	case s.Status == object.Trialing && int64(s.TrialEnd) <= u.now:
		return u.endTrial(s)
	case s.Status == object.Trialing:
		return u.warnOfTrialEnd(s)
	case s.CurrentPeriodEnd <= u.now:
		return u.renew(s)
	}
	return u.announce(s)
}

// renew moves a subscription into its next period and drafts the invoice,
// which is finalized and collected about an hour later.
func (u *Unit) renew(s *object.Subscription) error {
	u.nextPeriod(s)
	if s.Discount != nil && runningDiscount(s, u.now) == nil {
		s.Discount = nil
	}
	if _, err := u.draft(s, "subscription_cycle", u.periodLines(s, false), u.now+object.DraftLife); err != nil {
		return err
	}
	return u.update(s, "customer.subscription.updated")
}

func (u *Unit) nextPeriod(s *object.Subscription) {
	s.Secret.EndedPeriodStart = s.CurrentPeriodStart
	s.CurrentPeriodStart = s.CurrentPeriodEnd
	s.CurrentPeriodEnd = nextPeriodEnd(s.BillingCycleAnchor, s.CurrentPeriodStart, s.Items.Data[0].Price.Recurring)
	if s.CancelAtPeriodEnd {
		s.CancelAt = object.Num(s.CurrentPeriodEnd)
	}
}

// holdsDrafts tells whether new invoices stay drafts: nobody collects them.
func holdsDrafts(s *object.Subscription) bool {
	return s.Status == object.Unpaid || s.PauseCollection != nil && s.PauseCollection.Behavior == "keep_as_draft"
}

// endTrial begins the first paid period, or does what was chosen for a trial
// that ends without a payment method
// (https://docs.stripe.com/billing/subscriptions/trials#create-free-trials-without-payment).
func (u *Unit) endTrial(s *object.Subscription) error {
	m, err := u.methodFor(s.Customer, s.DefaultPaymentMethod)
	if err != nil {
		return err
	}
	if m == nil {
		switch s.TrialSettings.EndBehavior.MissingPaymentMethod {
		case "cancel":
			return u.end(s, "cancellation_requested")
		case "pause":
			s.Status = object.Paused
			if err := u.update(s, "customer.subscription.updated"); err != nil {
				return err
			}
			return u.tellOf("customer.subscription.paused", s)
		}
	}
	s.Status = object.Active
	return u.renew(s)
}

// warnOfTrialEnd sends the notice three days ahead, or at once when a trial
// is shorter. Each end is told of once.
func (u *Unit) warnOfTrialEnd(s *object.Subscription) error {
	if s.Status != object.Trialing || s.Secret.ToldTrialEnd == int64(s.TrialEnd) || int64(s.TrialEnd)-object.TrialNotice > u.now {
		return nil
	}
	s.Secret.ToldTrialEnd = int64(s.TrialEnd)
	if err := u.update(s, ""); err != nil {
		return err
	}
	return u.tellOf("customer.subscription.trial_will_end", s)
}

// announce sends invoice.upcoming, which has the shape of an invoice without
// an id.
func (u *Unit) announce(s *object.Subscription) error {
	s.Secret.ToldUpcoming = s.CurrentPeriodEnd
	if err := u.update(s, ""); err != nil {
		return err
	}
	in, err := u.preview(s)
	if err != nil {
		return err
	}
	doc, err := u.Loose(in)
	if err != nil {
		return err
	}
	return u.tell("invoice.upcoming", doc, nil)
}

func (u *Unit) wakeInvoice(in *object.Invoice) error {
	s, err := u.billed(in)
	if err != nil {
		return err
	}
	if in.Status == "draft" {
		if err := u.finalize(in); err != nil || in.Status == "paid" {
			return err
		}
		if s != nil && s.PauseCollection != nil {
			return u.setAside(in, s.PauseCollection.Behavior)
		}
	}
	own := object.Str("")
	if s != nil {
		own = s.DefaultPaymentMethod
	}
	m, err := u.methodFor(in.Customer, own)
	if err != nil {
		return err
	}
	_, err = u.collect(in, try{method: m})
	return err
}

// setAside does with an invoice what the paused collection says.
func (u *Unit) setAside(in *object.Invoice, behavior string) error {
	if behavior == "void" {
		in.StatusTransitions.VoidedAt = object.Num(u.now)
		return u.shut(in, "void")
	}
	in.StatusTransitions.MarkedUncollectibleAt = object.Num(u.now)
	return u.shut(in, "uncollectible")
}
