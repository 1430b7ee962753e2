package billing

import (
	"slices"

	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// UpdateSubscription changes a subscription
// (https://docs.stripe.com/api/subscriptions/update).
func (u *Unit) UpdateSubscription(id string, p wire.Values) (object.Record, error) {
	s, err := fetch[object.Subscription](u, id, "id")
	if err != nil {
		return nil, err
	}
	if err := u.enter(s); err != nil {
		return nil, err
	}
	if err := changeable(s, p); err != nil {
		return nil, err
	}
	if err := u.changeFields(s, p); err != nil {
		return nil, err
	}
	if err := u.changeEnding(s, p); err != nil {
		return nil, err
	}
	if !s.Ended() && s.CancelAt != 0 && int64(s.CancelAt) <= u.now {
		return s, u.end(s, "cancellation_requested") // its period is over already, as in a pause
	}
	if err := u.changePause(s, p); err != nil {
		return nil, err
	}
	if err := u.changeDiscount(s, p); err != nil {
		return nil, err
	}
	return s, u.changeItems(s, p)
}

// changeable refuses what the status does not allow.
func changeable(s *object.Subscription, p wire.Values) error {
	var may []string
	switch s.Status {
	case object.Canceled, object.IncompleteExpired:
		may = []string{"metadata", "cancellation_details", "expand"}
	case object.Incomplete:
		may = []string{"metadata", "default_payment_method", "description", "expand"}
	case object.Paused: // what is billed, and when, is settled by resuming it
		may = []string{
			"metadata", "default_payment_method", "description", "expand", "cancel_at", "cancel_at_period_end", "cancellation_details",
			"coupon", "promotion_code", "pause_collection", "trial_settings",
		}
	default:
		return nil
	}
	for name := range p {
		if !slices.Contains(may, name) {
			return wire.Refuse("", name, "A subscription that is %s can only have these changed: %v.", s.Status, may)
		}
	}
	return nil
}

func (u *Unit) changeFields(s *object.Subscription, p wire.Values) (err error) {
	if s.Metadata, err = p.Merge("metadata", s.Metadata); err != nil {
		return err
	}
	if p.Has("description") {
		s.Description = object.Str(p.Text("description"))
	}
	if p.Has("trial_settings") {
		s.TrialSettings = trialSettingsOf(p)
	}
	if !p.Has("default_payment_method") {
		return nil
	}
	s.DefaultPaymentMethod = object.Str(p.Text("default_payment_method"))
	if s.DefaultPaymentMethod == "" {
		return nil
	}
	c, err := fetch[object.Customer](u, s.Customer, "customer")
	if err != nil {
		return err
	}
	m, err := u.ownMethod(string(s.DefaultPaymentMethod), "default_payment_method", c)
	if err == nil {
		s.DefaultPaymentMethod = object.Str(m.ID)
	}
	return err
}

// changeEnding sets or takes back when the subscription ends.
func (u *Unit) changeEnding(s *object.Subscription, p wire.Values) error {
	if d := p.Hash("cancellation_details"); len(d) > 0 {
		if d.Has("comment") {
			s.CancellationDetails.Comment = object.Str(d.Text("comment"))
		}
		if d.Has("feedback") {
			s.CancellationDetails.Feedback = object.Str(d.Text("feedback"))
		}
	}
	if !p.Has("cancel_at") && !p.Has("cancel_at_period_end") {
		return nil
	}
	at := p.Int("cancel_at")
	if p.Bool("cancel_at_period_end") && at != 0 {
		return wire.Refuse("parameters_exclusive", "cancel_at", "cancel_at and cancel_at_period_end exclude each other.")
	}
	if at != 0 && at <= u.now {
		return wire.Refuse("", "cancel_at", "cancel_at must be in the future.")
	}
	u.setCancelAt(s, at, p.Bool("cancel_at_period_end"))
	return nil
}

// setCancelAt sets the end; neither takes it back.
func (u *Unit) setCancelAt(s *object.Subscription, at int64, atPeriodEnd bool) {
	s.CancelAtPeriodEnd, s.CancelAt = atPeriodEnd, object.Num(at)
	if atPeriodEnd {
		s.CancelAt = object.Num(s.CurrentPeriodEnd)
	}
	if s.CancelAt == 0 {
		s.CanceledAt, s.CancellationDetails.Reason = 0, ""
		return
	}
	if s.CanceledAt == 0 {
		s.CanceledAt = object.Num(u.now)
	}
	s.CancellationDetails.Reason = "cancellation_requested"
}

func (u *Unit) changePause(s *object.Subscription, p wire.Values) error {
	if !p.Has("pause_collection") {
		return nil
	}
	h := p.Hash("pause_collection")
	if len(h) == 0 {
		s.PauseCollection = nil
		return nil
	}
	s.PauseCollection = &object.PauseCollection{Behavior: h.Text("behavior"), ResumesAt: object.Num(h.Int("resumes_at"))}
	if at := h.Int("resumes_at"); at != 0 && at <= u.now {
		return wire.Refuse("", "pause_collection[resumes_at]", "resumes_at must be in the future.")
	}
	return nil
}

func (u *Unit) changeDiscount(s *object.Subscription, p wire.Values) error {
	if !p.Has("coupon") && !p.Has("promotion_code") {
		return nil
	}
	o, err := u.offerOf(p.Text("coupon"), p.Text("promotion_code"), s.Customer, s.Items.Data[0].Price)
	if err != nil {
		return err
	}
	if s.Discount != nil {
		doc, err := u.Render(s.Discount)
		if err != nil {
			return err
		}
		s.Discount = nil
		if err := u.tell("customer.discount.deleted", doc, nil); err != nil {
			return err
		}
	}
	return u.giveDiscount(s, o)
}
