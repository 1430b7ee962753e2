package billing

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

// MirrorPlans makes Stripe show the plans as they were last changed here:
// products and prices that are missing are made, found ones are corrected,
// prices that are no longer sold are archived. A plan that was pushed before is
// only compared: what somebody changed at Stripe since is noted as [Drift], for
// the owner to decide. It may run twice at once and again after a
// crash at any point: products are found by our id in their metadata, prices
// by their lookup key, and both are made under a key that does not change.
//
// Ids that Stripe does not know, as after a move from test to live mode, are
// looked up and made anew.
func (o *Office) MirrorPlans(ctx context.Context) error {
	if err := o.outside(ctx); err != nil {
		return err
	}
	ids, err := o.store.planIDs(ctx)
	if err != nil {
		return err
	}
	var failed []error // one plan that Stripe refuses does not hold up the others
	for _, id := range ids {
		if err := o.mirrorPlan(ctx, id); err != nil {
			failed = append(failed, fmt.Errorf("billing: mirror plan %s: %w", id, err))
		}
	}
	return errors.Join(failed...)
}

// mirrorPlan repeats itself when the plan was changed while it worked, so that
// the last one to work on it has seen the last version.
func (o *Office) mirrorPlan(ctx context.Context, id uuid.UUID) error {
	for try := range tries {
		plan, prices, err := o.store.plan(ctx, id)
		if err != nil || plan == nil {
			return err
		}
		if done, err := o.lookAt(ctx, plan, prices); done || err != nil {
			return err
		}
		if err := o.mirrorProduct(ctx, plan); err != nil {
			return err
		}
		for i := range prices {
			if err := o.mirrorPrice(ctx, plan, &prices[i]); err != nil {
				return err
			}
		}
		if done, err := o.finishMirror(ctx, plan); done || err != nil {
			return err
		}
		if err := stepAside(ctx, try); err != nil {
			return err
		}
	}
	return errBusy
}

func (o *Office) finishMirror(ctx context.Context, plan *Plan) (done bool, err error) {
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		if done, err = o.store.setMirrored(ctx, plan.ID, plan.Version); err != nil {
			return err
		}
		return o.DB.Announce(ctx, topicNews, "")
	})
	return done, err
}

func (o *Office) mirrorProduct(ctx context.Context, plan *Plan) error {
	product, err := o.product(ctx, plan)
	if err != nil {
		return err
	}
	if product.ID != plan.StripeProductID {
		was := plan.StripeProductID
		plan.StripeProductID = product.ID
		err := o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.setProduct(ctx, plan.ID, was, product.ID) })
		if err != nil {
			return err
		}
	}
	active := !plan.Archived
	if product.Name == plan.Name && product.Description == plan.Description && product.Active == active {
		return nil
	}
	_, err = o.Stripe.UpdateProduct(ctx, freshKey(), product.ID, stripeapi.ProductChange{
		Name: &plan.Name, Description: &plan.Description, Active: &active,
	})
	return err
}

// product finds the plan's product at Stripe or makes it. The key of the first
// attempt is the same for everybody; if it was used with another name, the
// product is looked for again and made under a key of this version.
func (o *Office) product(ctx context.Context, plan *Plan) (stripeapi.Product, error) {
	if plan.StripeProductID != "" {
		found, err := o.Stripe.Product(ctx, plan.StripeProductID)
		if !fault.HasCode(err, stripeapi.CodeNotFound) {
			return found, err
		}
	}
	key := "product-" + plan.ID.String()
	in := stripeapi.ProductInput{Name: plan.Name, Description: plan.Description}
	made, err := o.Stripe.EnsureProduct(ctx, key, metaPlan, plan.ID.String(), in)
	if fault.HasCode(err, stripeapi.CodeIdempotency) {
		return o.Stripe.EnsureProduct(ctx, fmt.Sprintf("%s-%d", key, plan.Version), metaPlan, plan.ID.String(), in)
	}
	return made, err
}

func (o *Office) mirrorPrice(ctx context.Context, plan *Plan, p *Price) error {
	if !p.Active {
		return o.retirePrice(ctx, p)
	}
	found, err := o.priceAtStripe(ctx, plan, p)
	if err != nil {
		return err
	}
	if name := lookupKey(p); !found.Active || found.LookupKey != name {
		on := true
		if _, err := o.Stripe.UpdatePrice(ctx, freshKey(), found.ID, stripeapi.PriceChange{Active: &on, LookupKey: &name}); err != nil {
			return err
		}
	}
	if p.StripePriceID == found.ID && p.ArchivedAt == nil {
		return nil
	}
	p.StripePriceID, p.ArchivedAt = found.ID, nil
	return o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.setStripePrice(ctx, p) })
}

// lookupKey is the name that moves to the newest price of a plan, interval, term
// and currency.
func lookupKey(p *Price) string {
	key := "lighttrends_" + p.PlanID.String() + "_" + string(p.Interval)
	if p.Interval == PaidOnce {
		key += fmt.Sprintf("_%d", p.Months)
	}
	return key + "_" + p.Currency
}

func (o *Office) priceAtStripe(ctx context.Context, plan *Plan, p *Price) (stripeapi.Price, error) {
	if p.StripePriceID != "" {
		found, err := o.Stripe.Price(ctx, p.StripePriceID)
		if !fault.HasCode(err, stripeapi.CodeNotFound) {
			return found, err
		}
	}
	in := stripeapi.PriceInput{
		ProductID: plan.StripeProductID, LookupKey: lookupKey(p), Currency: p.Currency, UnitAmount: p.Amount, Volume: p.Volume,
		Interval: stripeapi.Interval(p.Interval), Metadata: map[string]string{metaPrice: p.ID.String()},
	}
	if p.Interval == PaidOnce {
		in.Interval = stripeapi.Once
	}
	for _, b := range p.Bands {
		in.Tiers = append(in.Tiers, stripeapi.Tier{UpTo: b.UpTo, Unit: b.Unit, Flat: b.Flat})
	}
	return o.Stripe.EnsurePrice(ctx, "price-"+p.ID.String()+"-"+plan.StripeProductID, in)
}

// retirePrice takes a price off the shelf at Stripe, once. Its id stays, so
// that the mirror knows it in the subscriptions that still pay it.
func (o *Office) retirePrice(ctx context.Context, p *Price) error {
	if p.StripePriceID == "" || p.ArchivedAt != nil {
		return nil
	}
	if _, err := o.Stripe.ArchivePrice(ctx, freshKey(), p.StripePriceID); err != nil && !fault.HasCode(err, stripeapi.CodeNotFound) {
		return err
	}
	now := o.Clock.Now()
	p.ArchivedAt = &now
	return o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.setStripePrice(ctx, p) })
}
