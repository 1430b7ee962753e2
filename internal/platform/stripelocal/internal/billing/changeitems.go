package billing

import (
	"slices"

	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// changeItems changes prices, quantities, the trial or the period, and bills
// what follows from it.
func (u *Unit) changeItems(s *object.Subscription, p wire.Values) error {
	r, err := u.repricingOf(s, p, "items", "")
	if err != nil {
		return err
	}
	if r == nil {
		return u.update(s, "customer.subscription.updated")
	}
	waiting, newPeriod := u.apply(s, *r)
	for _, ii := range waiting {
		if err := u.create(ii, "ii_", "invoiceitem.created"); err != nil {
			return err
		}
	}
	if !newPeriod && (r.behavior != "always_invoice" || len(waiting) == 0) {
		if err := u.warnOfTrialEnd(s); err != nil {
			return err
		}
		return u.update(s, "customer.subscription.updated")
	}
	return u.billChange(s, newPeriod, p.Text("payment_behavior"))
}

// billChange invoices a change at once.
func (u *Unit) billChange(s *object.Subscription, newPeriod bool, behavior string) error {
	var lines []object.Line
	if newPeriod {
		lines = u.periodLines(s, s.Status == object.Trialing)
	}
	in, err := u.draft(s, "subscription_update", lines, 0)
	if err != nil {
		return err
	}
	if err := u.update(s, "customer.subscription.updated"); err != nil {
		return err
	}
	if err := u.finalize(in); err != nil || in.Status == "paid" {
		return err
	}
	if s.PauseCollection != nil && s.PauseCollection.Behavior != "keep_as_draft" {
		return u.setAside(in, s.PauseCollection.Behavior)
	}
	m, err := u.methodFor(s.Customer, s.DefaultPaymentMethod)
	if err != nil {
		return err
	}
	what, err := u.collect(in, try{method: m})
	if err == nil && behavior == "error_if_incomplete" && what != settled && what != unsure {
		return wire.Declined("card_declined", "generic_decline", declineMessage(""))
	}
	return err
}

// repricingOf reads what a call changes about items, trial and period; nil
// when it changes none of them. The call and the preview name things
// differently: items against subscription_items.
func (u *Unit) repricingOf(s *object.Subscription, p wire.Values, items, prefix string) (*repricing, error) {
	touched := p.Has(items) || p.Has(prefix+"trial_end") || p.Text(prefix+"billing_cycle_anchor") == "now"
	if !touched {
		return nil, nil
	}
	r := &repricing{behavior: p.Text(prefix + "proration_behavior"), at: u.now, reset: p.Text(prefix+"billing_cycle_anchor") == "now"}
	if r.behavior == "" {
		r.behavior = "create_prorations"
	}
	if at := p.Int(prefix + "proration_date"); at != 0 {
		if at < s.CurrentPeriodStart || at > s.CurrentPeriodEnd {
			return nil, wire.Refuse("", prefix+"proration_date", "The proration date must lie within the current period.")
		}
		r.at = at
	}
	r.trialEnd = p.Int(prefix + "trial_end")
	r.endTrial = p.Text(prefix+"trial_end") == "now" && s.Status == object.Trialing
	if r.trialEnd != 0 && r.trialEnd <= u.now {
		return nil, wire.Refuse("", prefix+"trial_end", "trial_end must be in the future.")
	}
	var err error
	r.items, err = u.newItems(s, p.Hashes(items), items)
	return r, err
}

// newItems applies the changes of items. A change without an id adds an item;
// it does not replace the one that is there.
func (u *Unit) newItems(s *object.Subscription, changes []wire.Values, param string) ([]object.Item, error) {
	items := slices.Clone(s.Items.Data)
	for _, one := range changes {
		id := one.Text("id")
		if id == "" {
			added, err := u.itemsOf([]wire.Values{one}, s.Currency)
			if err != nil {
				return nil, err
			}
			added[0].Subscription = s.ID
			items = append(items, added[0])
			continue
		}
		at := slices.IndexFunc(items, func(i object.Item) bool { return i.ID == id })
		if at < 0 {
			return nil, wire.Missing("subscription_item", id, param+"[0][id]")
		}
		if one.Bool("deleted") {
			items = slices.Delete(items, at, at+1)
			continue
		}
		if err := u.changeItem(&items[at], one, s.Currency); err != nil {
			return nil, err
		}
	}
	return items, coherent(items, param)
}

func (u *Unit) changeItem(i *object.Item, one wire.Values, currency string) error {
	if id := one.Text("price"); id != "" && id != i.Price.ID {
		price, err := u.sellable(id, "items[0][price]")
		if err != nil {
			return err
		}
		if price.Currency != currency {
			return wire.Refuse("", "items[0][price]", "The subscription is billed in %s. This price is in %s.", currency, price.Currency)
		}
		i.Price = *price
	}
	if one.Has("quantity") {
		i.Quantity = one.Int("quantity")
	}
	meta, err := one.Merge("metadata", i.Metadata)
	i.Metadata = meta
	return err
}

func coherent(items []object.Item, param string) error {
	if len(items) == 0 {
		return wire.Refuse("", param, "A subscription must have at least one active plan. To cancel it, cancel it.")
	}
	seen := map[string]bool{}
	for _, i := range items {
		if !sameRhythm(i.Price.Recurring, items[0].Price.Recurring) {
			return wire.Refuse("", param, "All prices of a subscription recur equally often.")
		}
		if seen[i.Price.ID] {
			return wire.Refuse("", param, "The price %s is on this subscription already.", i.Price.ID)
		}
		seen[i.Price.ID] = true
	}
	return nil
}
