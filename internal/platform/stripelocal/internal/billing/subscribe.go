package billing

import (
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// purchase is a subscription about to begin.
type purchase struct {
	customer      *object.Customer
	items         []object.Item
	trialEnd      int64 // 0: no trial
	trialSettings object.TrialSettings
	method        *object.PaymentMethod // becomes the subscription's own; may be nil
	offer         *offer
	metadata      object.Meta
	description   object.Str
	cancelAt      int64
	atPeriodEnd   bool
	behavior      string // payment_behavior
	try           try    // how the first invoice is collected
}

// subscribe begins a subscription and bills its first period, or its trial.
func (u *Unit) subscribe(p purchase) (*object.Subscription, *object.Invoice, outcome, error) {
	s := u.newSubscription(p)
	if err := u.giveDiscount(s, p.offer); err != nil {
		return nil, nil, "", err
	}
	if err := u.create(s, "sub_", ""); err != nil {
		return nil, nil, "", err
	}
	in, err := u.draft(s, "subscription_create", u.periodLines(s, p.trialEnd > 0), 0)
	if err != nil {
		return nil, nil, "", err
	}
	if err := u.update(s, ""); err != nil {
		return nil, nil, "", err
	}
	if err := u.tellOf("customer.subscription.created", s); err != nil {
		return nil, nil, "", err
	}
	if err := u.warnOfTrialEnd(s); err != nil {
		return nil, nil, "", err
	}
	what, err := u.firstPayment(in, p)
	return s, in, what, err
}

func (u *Unit) newSubscription(p purchase) *object.Subscription {
	id := newID("sub_")
	for i := range p.items {
		p.items[i].Subscription = id
	}
	every := p.items[0].Price.Recurring
	s := &object.Subscription{
		Head: object.Head{ID: id}, BillingCycleAnchor: u.now, Currency: p.items[0].Price.Currency, CurrentPeriodStart: u.now,
		CurrentPeriodEnd: nextPeriodEnd(u.now, u.now, every), Customer: p.customer.ID, Description: p.description,
		Items: object.NewList("/v1/subscription_items?subscription="+id, p.items), Metadata: p.metadata, StartDate: u.now,
		Status: object.Incomplete, TestClock: u.shownClock(), TrialSettings: p.trialSettings,
	}
	if p.method != nil {
		s.DefaultPaymentMethod = object.Str(p.method.ID)
	}
	if p.trialEnd > 0 {
		s.Status, s.TrialStart, s.TrialEnd = object.Trialing, object.Num(u.now), object.Num(p.trialEnd)
		s.CurrentPeriodEnd, s.BillingCycleAnchor = p.trialEnd, p.trialEnd
	}
	if p.cancelAt > 0 || p.atPeriodEnd {
		u.setCancelAt(s, p.cancelAt, p.atPeriodEnd)
	}
	return s
}

func (u *Unit) giveDiscount(s *object.Subscription, o *offer) error {
	d, err := u.redeem(o)
	if err != nil || d == nil {
		return err
	}
	d.Customer, d.Subscription = object.Str(s.Customer), object.Str(s.ID)
	s.Discount = d
	doc, err := u.Render(d)
	if err != nil {
		return err
	}
	return u.tell("customer.discount.created", doc, nil)
}

// firstPayment finalizes the first invoice and collects it as the behavior
// says. An invoice of nothing is paid by then.
func (u *Unit) firstPayment(in *object.Invoice, p purchase) (outcome, error) {
	if err := u.finalize(in); err != nil {
		return "", err
	}
	if in.Status == "paid" {
		return settled, nil
	}
	if p.behavior == "default_incomplete" {
		return toConfirm, nil
	}
	what, err := u.collect(in, p.try)
	if err != nil || p.behavior != "error_if_incomplete" || what == settled || what == unsure {
		return what, err
	}
	return what, wire.Declined("card_declined", "generic_decline", declineMessage(""))
}

// CreateSubscription begins a subscription without the payment page.
func (u *Unit) CreateSubscription(p wire.Values) (object.Record, error) {
	c, err := fetch[object.Customer](u, p.Text("customer"), "customer")
	if err != nil {
		return nil, err
	}
	if err := u.enter(c); err != nil {
		return nil, err
	}
	buy, err := u.purchaseOf(c, p)
	if err != nil {
		return nil, err
	}
	s, _, _, err := u.subscribe(buy)
	return s, err
}

func (u *Unit) purchaseOf(c *object.Customer, p wire.Values) (buy purchase, err error) {
	buy = purchase{
		customer: c, behavior: p.Text("payment_behavior"), description: object.Str(p.Text("description")),
		trialSettings: trialSettingsOf(p), cancelAt: p.Int("cancel_at"), atPeriodEnd: p.Bool("cancel_at_period_end"),
	}
	if buy.items, err = u.itemsOf(p.Hashes("items"), string(c.Currency)); err != nil {
		return buy, err
	}
	if buy.metadata, err = p.Merge("metadata", nil); err != nil {
		return buy, err
	}
	if buy.trialEnd, err = u.trialEndOf(p); err != nil {
		return buy, err
	}
	if buy.cancelAt != 0 && buy.cancelAt <= u.now {
		return buy, wire.Refuse("", "cancel_at", "cancel_at must be in the future.")
	}
	if id := p.Text("default_payment_method"); id != "" {
		if buy.method, err = u.ownMethod(id, "default_payment_method", c); err != nil {
			return buy, err
		}
	}
	if buy.offer, err = u.offerOf(p.Text("coupon"), p.Text("promotion_code"), c.ID, buy.items[0].Price); err != nil {
		return buy, err
	}
	return buy, u.howToPay(&buy)
}

// howToPay refuses a purchase nobody could pay, as Stripe does unless the
// payment is left for later.
func (u *Unit) howToPay(buy *purchase) (err error) {
	buy.try.method = buy.method
	if buy.try.method == nil {
		if buy.try.method, err = u.methodFor(buy.customer.ID, ""); err != nil {
			return err
		}
	}
	free := buy.trialEnd > 0 || amountOf(buy.items) == 0
	if buy.try.method == nil && !free && buy.behavior != "default_incomplete" {
		return wire.Refuse("resource_missing", "", "This customer has no attached payment source or default payment method.")
	}
	return nil
}

func amountOf(items []object.Item) (sum int64) {
	for _, i := range items {
		sum += i.Price.Cost(i.Quantity)
	}
	return sum
}

func trialSettingsOf(p wire.Values) object.TrialSettings {
	word := p.Hash("trial_settings").Hash("end_behavior").Text("missing_payment_method")
	if word == "" {
		word = "create_invoice"
	}
	return object.TrialSettings{EndBehavior: object.EndBehavior{MissingPaymentMethod: word}}
}

// trialEndOf reads trial_end or trial_period_days; 0 is no trial.
func (u *Unit) trialEndOf(p wire.Values) (int64, error) {
	if p.Has("trial_end") && p.Has("trial_period_days") {
		return 0, wire.Refuse("parameters_exclusive", "trial_end", "trial_end and trial_period_days exclude each other.")
	}
	if days := p.Int("trial_period_days"); days > 0 {
		return u.now + days*object.Day, nil
	}
	end := p.Int("trial_end")
	if end != 0 && end <= u.now {
		return 0, wire.Refuse("", "trial_end", "trial_end must be in the future.")
	}
	return end, nil
}

// itemsOf reads the items of a purchase. All recur equally often and in one
// currency, the customer's if there is one already.
func (u *Unit) itemsOf(list []wire.Values, currency string) ([]object.Item, error) {
	var items []object.Item
	for _, one := range list {
		price, err := u.sellable(one.Text("price"), "items[0][price]")
		if err != nil {
			return nil, err
		}
		if currency != "" && price.Currency != currency {
			return nil, wire.Refuse("", "items", "The customer is billed in %s. This price is in %s.", currency, price.Currency)
		}
		if len(items) > 0 && !sameRhythm(items[0].Price.Recurring, price.Recurring) {
			return nil, wire.Refuse("", "items", "All prices of a subscription recur equally often.")
		}
		currency = price.Currency
		meta, err := one.Merge("metadata", nil)
		if err != nil {
			return nil, err
		}
		items = append(items, u.newItem(price, one, meta))
	}
	if len(items) == 0 {
		return nil, wire.Refuse("parameter_missing", "items", "Missing required param: items.")
	}
	return items, nil
}

func (u *Unit) newItem(price *object.Price, one wire.Values, meta object.Meta) object.Item {
	quantity := int64(1)
	if one.Has("quantity") {
		quantity = one.Int("quantity")
	}
	return object.Item{
		ID: newID("si_"), Object: "subscription_item", Created: u.now, Metadata: meta, Price: *price, Quantity: quantity, TaxRates: []int{},
	}
}

// sellable finds a price that can be subscribed to.
func (u *Unit) sellable(id, param string) (*object.Price, error) {
	price, err := fetch[object.Price](u, id, param)
	if err != nil {
		return nil, err
	}
	if !price.Active {
		return nil, wire.Refuse("", param, "The price specified is inactive. This field only accepts active prices.")
	}
	if price.Recurring == nil {
		return nil, wire.Refuse("", param, "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.")
	}
	return price, nil
}
