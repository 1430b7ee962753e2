package billing

import (
	"context"
	"errors"

	"lighttrends/internal/platform/stripeapi"
)

// freeToBuy refuses an owner who has an open subscription, or one whose first
// payment, such as a bank debit, is still on its way.
func (o *Office) freeToBuy(ctx context.Context, owner Owner) error {
	subs, err := o.store.subscriptionsOf(ctx, owner)
	if err != nil {
		return err
	}
	for _, s := range subs {
		switch {
		case s.Status.Open():
			return errSubscribed
		case s.Status == Incomplete:
			return errProcessing
		}
	}
	return nil
}

// surelyFree asks Stripe before it refuses: what the mirror shows as running
// may have ended without our knowing.
func (o *Office) surelyFree(ctx context.Context, owner Owner) error {
	refused := o.freeToBuy(ctx, owner)
	if !errors.Is(refused, errSubscribed) && !errors.Is(refused, errProcessing) {
		return refused
	}
	subs, err := o.store.subscriptionsOf(ctx, owner)
	if err != nil {
		return err
	}
	for _, s := range subs {
		if s.Status.Ended() {
			continue
		}
		if _, err := o.Sync(ctx, s.StripeID); err != nil {
			return refused
		}
	}
	return o.freeToBuy(ctx, owner)
}

// syncCustomer looks at Stripe for subscriptions of a customer that the mirror
// shows otherwise.
func (o *Office) syncCustomer(ctx context.Context, customerID string) error {
	for snap, err := range o.Stripe.Subscriptions(ctx, stripeapi.SubscriptionFilter{CustomerID: customerID}) {
		if err != nil {
			return err
		}
		row, err := o.store.subscription(ctx, snap.ID)
		if err != nil {
			return err
		}
		if row != nil && string(row.Status) == string(snap.Status) {
			continue
		}
		if _, err := o.Sync(ctx, snap.ID); err != nil {
			return err
		}
	}
	return nil
}
