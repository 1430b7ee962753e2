package billing

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

var (
	errNoSubscription = fault.New(fault.NotFound, "subscription_not_found", "There is no such subscription.")
	errEnded          = fault.New(fault.Conflict, "subscription_ended", "This subscription has ended already.")
)

// Cancel lets a member's subscription run out at the end of what is paid. It
// stays open until then. Doing it twice changes nothing. Faults:
// subscription_not_found, also for somebody else's, and subscription_ended.
func (o *Office) Cancel(ctx context.Context, member, subscription uuid.UUID) (*Subscription, error) {
	return o.turn(ctx, member, subscription, func(id string) error {
		_, err := o.Stripe.CancelAtPeriodEnd(ctx, freshKey(), id)
		return err
	})
}

// Keep takes Cancel back, as long as the subscription has not ended.
func (o *Office) Keep(ctx context.Context, member, subscription uuid.UUID) (*Subscription, error) {
	return o.turn(ctx, member, subscription, func(id string) error {
		_, err := o.Stripe.KeepSubscription(ctx, freshKey(), id)
		return err
	})
}

// turn makes one change at Stripe and mirrors what came of it.
func (o *Office) turn(ctx context.Context, member, subscription uuid.UUID, do func(stripeID string) error) (*Subscription, error) {
	if err := o.outside(ctx); err != nil {
		return nil, err
	}
	sub, err := o.store.subscriptionByID(ctx, subscription)
	if err != nil {
		return nil, err
	}
	if sub == nil || sub.Owner != OfMember(member) {
		return nil, errNoSubscription
	}
	if sub.Status.Ended() {
		return nil, errEnded
	}
	refused := do(sub.StripeID)
	// Also when Stripe refused: it may have ended without our knowing.
	if _, err := o.Sync(ctx, sub.StripeID); err != nil {
		return nil, err
	}
	if sub, err = o.store.subscriptionByID(ctx, subscription); err != nil {
		return nil, err
	}
	if refused != nil && sub.Status.Ended() {
		return nil, errEnded.Because(refused)
	}
	return sub, refused
}
