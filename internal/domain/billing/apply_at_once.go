package billing

import (
	"context"
	"strings"
)

// followAtOnce follows an event. An event about nothing but a subscription is
// marked as applied in the transaction that writes the change, so that a burst
// of events waits for half as many commits; done says that this has happened.
func (o *Office) followAtOnce(ctx context.Context, e *Event) (done bool, reason string, err error) {
	if !strings.HasPrefix(e.Type, "customer.subscription.") {
		reason, err = o.follow(ctx, e)
		return false, reason, err
	}
	out, err := o.syncAnd(ctx, e.SubscriptionID, func(ctx context.Context) error {
		now := o.Clock.Now()
		applied := *e
		applied.State, applied.AppliedAt = EventApplied, &now
		return o.store.finishEvent(ctx, &applied)
	})
	if gone(err) {
		return false, ReasonNotFound, nil
	}
	return out.Changed && err == nil, out.Ignored, err
}
