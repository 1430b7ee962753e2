package billing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

// ChangeInput says what a member wants instead. Empty fields stay as they are.
type ChangeInput struct {
	Member       uuid.UUID
	Subscription uuid.UUID
	Plan         string // slug
	Interval     Interval
	Quantity     int64

	// At and Due repeat what the preview said, so that nobody pays another
	// amount than they saw.
	At  time.Time
	Due int64
}

// Preview is what a change costs, before anything is changed. Every change
// counts at once: what is left of the paid time is credited, what is left of it
// at the new price is charged, and a credit that remains is used up by the next
// bills. So a cheaper plan needs no appointment that could be forgotten, and
// nobody pays for what they no longer have.
type Preview struct {
	Subscription uuid.UUID
	Plan         *Plan // shared: read it only
	Price        Price
	Quantity     int64
	Same         bool // there is nothing to change

	At         time.Time // the moment it counts from; repeat it with the change
	Lines      []PreviewLine
	Tax        int64
	Due        int64 // what is charged now
	Credit     int64 // what is left over for the next bills
	Currency   string
	NextAt     time.Time
	NextAmount int64 // at the list price, before credit and tax
}

// PreviewLine is one amount of a preview; below zero is credit.
type PreviewLine struct {
	Text   string
	Amount int64
}

var (
	errNotChangeable  = fault.New(fault.Conflict, "cannot_change", "This subscription cannot be changed as it stands. See to its payment first, or let it go on.")
	errOtherMoney     = fault.New(fault.Conflict, "other_currency", "This plan is not sold in the currency of your subscription.")
	errQuantityFixed  = fault.New(fault.Invalid, "quantity_fixed", "The number of seats of this subscription is fixed.")
	errQuantity       = fault.New(fault.Invalid, "bad_quantity", "A number of seats from 1 to 10,000.")
	errPreviewExpired = fault.New(fault.Conflict, "preview_expired", "Some time has passed. Please look at the amount again.")
	errAmountChanged  = fault.New(fault.Conflict, "amount_changed", "The amount has changed. Please look at it again.")
)

const maxQuantity = 10_000

// previewLife is how long an amount may be thought over.
const previewLife = time.Hour

// target is what a subscription is to become.
type target struct {
	plan     *Plan
	price    Price
	quantity int64
	item     string // Stripe's id of what is priced
}

// same tells whether the subscription is that already.
func (t target) same(s *Subscription) bool {
	return t.price.StripePriceID == s.StripePriceID && t.quantity == s.Quantity
}

// aim checks what somebody wants.
func (o *Office) aim(ctx context.Context, sub *Subscription, in ChangeInput) (t target, err error) {
	c, err := o.catalogue(ctx)
	if err != nil {
		return t, err
	}
	if t.quantity, err = sub.newQuantity(in.Quantity); err != nil {
		return t, err
	}
	current := c.byID(sub.PlanID)
	t.plan = current
	if in.Plan != "" {
		t.plan = c.bySlug[in.Plan]
	}
	every := sub.Interval
	if in.Interval != "" {
		every = in.Interval
	}
	if t.plan == nil {
		return t, errNoPlan
	}
	if t.plan.ID == sub.PlanID && every == sub.Interval { // also at a price that is no longer sold
		t.price = Price{PlanID: sub.PlanID, Interval: sub.Interval, Amount: sub.Amount, Currency: sub.Currency, StripePriceID: sub.StripePriceID}
		return t, nil
	}
	t.price, err = t.plan.renewable(every, sub.Currency)
	return t, err
}

// newQuantity keeps what is sold one by one at one.
func (s *Subscription) newQuantity(wanted int64) (int64, error) {
	switch {
	case wanted == 0 || wanted == s.Quantity:
		return s.Quantity, nil
	case wanted < 0 || wanted > maxQuantity:
		return 0, errQuantity
	case s.Quantity <= 1:
		return 0, errQuantityFixed
	}
	return wanted, nil
}

// renewable finds the price to change to.
func (p *Plan) renewable(every Interval, currency string) (Price, error) {
	if p.Archived {
		return Price{}, errPlanArchived
	}
	if every != Monthly && every != Yearly {
		return Price{}, errNotSoldSo
	}
	sold := false
	for _, price := range p.Prices {
		if price.Interval != every {
			continue
		}
		if sold = true; price.Currency != currency {
			continue
		}
		if !price.Ready() {
			return Price{}, errPriceNotReady
		}
		return price, nil
	}
	if sold {
		return Price{}, errOtherMoney
	}
	return Price{}, errNotSoldSo
}

// changeable tells whether another plan may be put in place of this one. Who
// owes a bill pays that first; who cancelled or paused says first that it goes
// on.
func (s *Subscription) changeable() bool {
	return (s.Status == Active || s.Status == Trialing) && !s.Ending() && s.PauseCollection == ""
}

// PreviewChange says what a change would cost now. It changes nothing. Faults:
// subscription_not_found, subscription_ended, cannot_change, plan_not_found,
// plan_archived, interval_not_sold, other_currency, price_not_ready,
// quantity_fixed, bad_quantity, and those of Stripe.
func (o *Office) PreviewChange(ctx context.Context, in ChangeInput) (*Preview, error) {
	sub, err := o.own(ctx, in.Member, in.Subscription)
	if err != nil {
		return nil, err
	}
	t, err := o.aim(ctx, sub, in)
	if err != nil {
		return nil, err
	}
	if !t.same(sub) && !sub.changeable() {
		return nil, errNotChangeable
	}
	return o.preview(ctx, sub, &t, sub.within(o.Clock.Now()))
}

// within keeps a moment inside the period that runs, which is where Stripe
// takes one from.
func (s *Subscription) within(t time.Time) time.Time {
	if start := s.CurrentPeriodStart; start != nil && t.Before(*start) {
		t = *start
	}
	if end := s.CurrentPeriodEnd; end != nil && t.After(*end) {
		t = *end
	}
	return t.Truncate(time.Second)
}

func (o *Office) preview(ctx context.Context, sub *Subscription, t *target, at time.Time) (*Preview, error) {
	p := &Preview{Subscription: sub.ID, Plan: t.plan, Price: t.price, Quantity: t.quantity, At: at, Currency: sub.Currency, Same: t.same(sub)}
	p.NextAt, p.NextAmount = sub.nextUnder(*t, at), t.price.Amount*t.quantity
	if p.Same {
		return p, nil
	}
	var err error
	if t.item, err = o.itemOf(ctx, sub); err != nil {
		return nil, err
	}
	in, err := o.Stripe.UpcomingInvoice(ctx, sub.StripeID, t.change(sub, at))
	if err != nil {
		return nil, err
	}
	for _, l := range in.Lines {
		p.Lines = append(p.Lines, PreviewLine{l.Description, l.Amount})
	}
	p.Tax, p.Due, p.Currency = in.Tax, in.AmountDue, in.Currency
	p.Credit = max(-(in.Total + in.StartingBalance), 0)
	return p, nil
}

// nextUnder is when the next bill after the change comes: at the end of the
// period that runs, or of the one that another rhythm begins.
func (s *Subscription) nextUnder(t target, at time.Time) time.Time {
	if s.CurrentPeriodEnd == nil {
		return time.Time{}
	}
	if t.price.Interval == s.Interval || s.Status == Trialing {
		return *s.CurrentPeriodEnd
	}
	if t.price.Interval == Yearly {
		return addMonths(at, 12)
	}
	return addMonths(at, 1)
}

// itemOf asks Stripe what of a subscription is ours to price.
func (o *Office) itemOf(ctx context.Context, sub *Subscription) (string, error) {
	snap, err := o.Stripe.Subscription(ctx, sub.StripeID)
	if err != nil {
		return "", err
	}
	item, sold, err := o.offerOf(ctx, sub, snap.Items)
	if err != nil {
		return "", err
	}
	if sold == nil || item.ID == "" {
		return "", errNotChangeable
	}
	return item.ID, nil
}

// change is what Stripe is asked for, in the preview and afterwards.
func (t target) change(sub *Subscription, at time.Time) stripeapi.SubscriptionChange {
	c := stripeapi.SubscriptionChange{ItemID: t.item, Quantity: t.quantity, Proration: stripeapi.ProrateNow, AllOrNothing: true}
	if t.price.StripePriceID != sub.StripePriceID {
		c.PriceID = t.price.StripePriceID
	}
	if sub.Status != Trialing { // a trial has nothing to share out
		c.ProrationDate = at
	}
	return c
}
