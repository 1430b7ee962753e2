package billing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

var (
	errPauseOff    = fault.New(fault.Conflict, "pause_not_offered", "Pausing is not offered.")
	errPauseLength = fault.New(fault.Invalid, "pause_too_long", "Choose one of the lengths on the list.")
	errPauseState  = fault.New(fault.Conflict, "cannot_pause", "Only a monthly subscription that runs and is paid for can be paused.")
)

// Pause stops the payments of a subscription for some months. Stripe makes the
// bills of that time and voids them; the subscription stays active and the
// member reads on (https://docs.stripe.com/billing/subscriptions/pause-payment).
// So a pause is a gift of the owner's, which is why it is off until the owner
// offers it. Pausing what is paused changes nothing.
//
// Faults: pause_not_offered, pause_too_long, cannot_pause and those of Cancel.
func (o *Office) Pause(ctx context.Context, member, subscription uuid.UUID, months int) (*Subscription, error) {
	if err := o.outside(ctx); err != nil {
		return nil, err
	}
	policy, err := o.Policy(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case policy.PauseMonths == 0:
		return nil, errPauseOff
	case months < 1 || months > policy.PauseMonths:
		return nil, errPauseLength
	}
	sub, err := o.own(ctx, member, subscription)
	if err != nil {
		return nil, err
	}
	if sub.PauseCollection != "" {
		return sub, nil
	}
	if !sub.canPause() {
		return nil, errPauseState
	}
	until := o.pauseEnd(sub, months)
	return o.turn(ctx, sub, wish{verb: errandPause, what: until.Unix(), do: func(key string) error {
		_, err := o.Stripe.UpdateSubscription(ctx, key, sub.StripeID, stripeapi.SubscriptionChange{PauseBehavior: "void", PauseUntil: until})
		return err
	}})
}

// canPause leaves out what is paid by the year: the one bill that a short pause
// would void is a whole year's.
func (s *Subscription) canPause() bool {
	return s.Status == Active && !s.Ending() && s.PauseCollection == "" && s.Interval == Monthly && s.IntervalCount == 1
}

// pauseEnd counts the months from the end of what is paid: nobody pauses what
// they have paid for already.
func (o *Office) pauseEnd(sub *Subscription, months int) time.Time {
	from := o.Clock.Now()
	if sub.CurrentPeriodEnd != nil && sub.CurrentPeriodEnd.After(from) {
		from = *sub.CurrentPeriodEnd
	}
	// Bills are made in the moment a period ends. A day later the last one of
	// the pause is surely void.
	return addMonths(from, months).Add(-24 * time.Hour).Truncate(time.Second)
}

// Resume lets a subscription go on: it takes a cancellation back, ends a pause
// of payments, or starts one again that stopped when its trial ended. What runs
// anyway is left alone.
func (o *Office) Resume(ctx context.Context, member, subscription uuid.UUID) (*Subscription, error) {
	sub, err := o.ownStaying(ctx, member, subscription)
	switch {
	case err != nil:
		return nil, err
	case sub.Ending():
		return o.Keep(ctx, member, subscription)
	case sub.PauseCollection != "":
		return o.turn(ctx, sub, wish{verb: errandUnpause, do: func(key string) error {
			_, err := o.Stripe.UpdateSubscription(ctx, key, sub.StripeID, stripeapi.SubscriptionChange{Unpause: true})
			return err
		}})
	case sub.Status == Paused:
		return o.turn(ctx, sub, wish{verb: errandRestart, do: func(key string) error {
			_, err := o.Stripe.ResumeSubscription(ctx, key, sub.StripeID)
			return err
		}})
	}
	return sub, nil
}
