package billing

import (
	"encoding/json"
	"slices"

	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// Upcoming previews the next invoice of a subscription, with changes as if
// they were made now. It stores nothing.
func (u *Unit) Upcoming(p wire.Values) (json.RawMessage, error) {
	s, err := u.toPreview(p)
	if err != nil {
		return nil, err
	}
	if err := u.enter(s); err != nil {
		return nil, err
	}
	if s.Ended() || p.Bool("subscription_cancel_now") {
		return nil, noneUpcoming()
	}
	trial := *s
	trial.Items.Data = slices.Clone(s.Items.Data)
	if p.Has("subscription_cancel_at_period_end") {
		u.setCancelAt(&trial, 0, p.Bool("subscription_cancel_at_period_end"))
	}
	r, err := u.repricingOf(&trial, p, "subscription_items", "subscription_")
	if err != nil {
		return nil, err
	}
	in, err := u.previewChange(&trial, r)
	if err != nil {
		return nil, err
	}
	return u.Loose(in)
}

func (u *Unit) toPreview(p wire.Values) (*object.Subscription, error) {
	if id := p.Text("subscription"); id != "" {
		return fetch[object.Subscription](u, id, "subscription")
	}
	if p.Text("customer") == "" {
		return nil, wire.Refuse("parameter_missing", "customer", "Name a customer or a subscription.")
	}
	c, err := fetch[object.Customer](u, p.Text("customer"), "customer")
	if err != nil {
		return nil, err
	}
	all, err := u.subscriptionsOf(c.ID)
	if err != nil {
		return nil, err
	}
	var next *object.Subscription
	for _, s := range all {
		if s.Due() != 0 && !s.CancelAtPeriodEnd && (next == nil || s.CurrentPeriodEnd < next.CurrentPeriodEnd) {
			next = s
		}
	}
	if next == nil {
		return nil, noneUpcoming()
	}
	return next, nil
}

func noneUpcoming() error {
	e := wire.Refuse("invoice_upcoming_none", "", "No upcoming invoices for customer")
	e.Status = 404
	return e
}

// preview is the invoice the next renewal will make.
func (u *Unit) preview(s *object.Subscription) (*object.Invoice, error) {
	copied := *s
	return u.previewChange(&copied, nil)
}

func (u *Unit) previewChange(s *object.Subscription, r *repricing) (*object.Invoice, error) {
	waiting, err := u.pendingItems(s)
	if err != nil {
		return nil, err
	}
	newPeriod := false
	if r != nil {
		var more []*object.InvoiceItem
		more, newPeriod = u.apply(s, *r)
		waiting = append(slices.Clone(waiting), more...)
	}
	at := u.now
	var lines []object.Line
	switch {
	case newPeriod:
		lines = u.periodLines(s, s.Status == object.Trialing)
	case r != nil && r.behavior == "always_invoice":
	default:
		if s.CancelAt != 0 && int64(s.CancelAt) <= s.CurrentPeriodEnd && len(waiting) == 0 {
			return nil, noneUpcoming()
		}
		if s.CancelAt == 0 || int64(s.CancelAt) > s.CurrentPeriodEnd {
			at = s.CurrentPeriodEnd
			u.nextPeriod(s)
			lines = u.periodLines(s, false)
		}
	}
	in := u.sketch(s, "upcoming", waiting, lines)
	in.Created, in.Object, in.PeriodStart, in.PeriodEnd = at, "invoice", s.Secret.EndedPeriodStart, at
	in.NextPaymentAttempt = object.Num(at + object.DraftLife)
	if in.PeriodStart == 0 {
		in.PeriodStart = s.CurrentPeriodStart
	}
	due := max(in.Total+in.StartingBalance, 0)
	in.AmountDue, in.AmountRemaining = due, due
	in.Lines.URL = "/v1/invoices/upcoming/lines"
	return in, nil
}

// Loose renders what is not stored: it has no id.
func (u *Unit) Loose(in *object.Invoice) (json.RawMessage, error) {
	raw, err := u.Render(in)
	if err != nil {
		return nil, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, err
	}
	delete(fields, "id")
	return json.Marshal(fields)
}

// CostOfChange is what changing a subscription to another price would cost at
// once. Below zero is credit.
func (u *Unit) CostOfChange(subscription, price string) (int64, error) {
	s, err := fetch[object.Subscription](u, subscription, "id")
	if err != nil {
		return 0, err
	}
	trial := *s
	trial.Items.Data = slices.Clone(s.Items.Data)
	r, err := u.repricingOf(&trial, wire.Values{
		"items":              []any{wire.Values{"id": s.Items.Data[0].ID, "price": price}},
		"proration_behavior": "always_invoice",
	}, "items", "")
	if err != nil {
		return 0, err
	}
	in, err := u.previewChange(&trial, r)
	if err != nil {
		return 0, err
	}
	if trial.Status == object.Trialing {
		return 0, nil
	}
	return in.Total + in.StartingBalance, nil
}
