package billing

import (
	"context"

	"github.com/google/uuid"
)

// Choice is one thing a subscription could be changed to.
type Choice struct {
	Plan    *Plan // shared: read it only
	Price   Price
	Current bool
}

// Choices lists what a member may change a subscription to, in the order of
// the page of plans, what they have included. It asks the mirror only.
func (o *Office) Choices(ctx context.Context, member, subscription uuid.UUID) ([]Choice, error) {
	sub, err := o.store.subscriptionByID(ctx, subscription)
	if err != nil {
		return nil, err
	}
	if sub == nil || sub.Owner != OfMember(member) {
		return nil, errNoSubscription
	}
	c, err := o.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	out, found := []Choice{}, false
	for _, plan := range c.plans {
		own := plan.ID == sub.PlanID
		if plan.Archived || !plan.Visible && !own {
			continue
		}
		for _, price := range plan.Prices {
			if price.Currency != sub.Currency || !price.Ready() || price.Interval != Monthly && price.Interval != Yearly {
				continue
			}
			current := own && price.Interval == sub.Interval
			if current { // at the price it was bought for
				price.Amount, price.StripePriceID, found = sub.Amount, sub.StripePriceID, true
			}
			out = append(out, Choice{plan, price, current})
		}
	}
	if plan := c.byID(sub.PlanID); !found && plan != nil {
		price := Price{PlanID: plan.ID, Interval: sub.Interval, Amount: sub.Amount, Currency: sub.Currency, StripePriceID: sub.StripePriceID}
		out = append([]Choice{{plan, price, true}}, out...)
	}
	return out, nil
}
