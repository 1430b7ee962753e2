package billing

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

// Ending says when what a deleted member bought comes to its end.
type Ending string

// The endings.
const (
	EndNow         Ending = "now"
	EndAfterPeriod Ending = "period_end" // what is paid runs out, and nothing more is charged
)

var errEnding = fault.New(fault.Invalid, "unknown_ending", "Say whether subscriptions end now or at the end of what is paid.")

// CloseAccount makes sure that nothing more is charged to a member who is about
// to be deleted. Bills stay as they were billed, for as long as the policy
// says. It may be called again after a failure. Members do it for themselves;
// for others it needs members.write.
func (o *Office) CloseAccount(ctx context.Context, member uuid.UUID, when Ending) error {
	switch when {
	case EndNow:
		return o.EndAll(ctx, member)
	case EndAfterPeriod:
	default:
		return errEnding
	}
	if err := o.outside(ctx); err != nil {
		return err
	}
	if who := actor.From(ctx); who.Kind != actor.Member || who.ID != member {
		if err := actor.Require(ctx, actor.MembersWrite); err != nil {
			return err
		}
	}
	subs, err := o.everything(ctx, OfMember(member))
	if err != nil {
		return err
	}
	for _, sub := range subs {
		if err := o.letRunOut(ctx, sub); err != nil {
			return err
		}
	}
	return nil
}

// everything closes the payment page an owner may have open, and lists what
// they have bought, what nobody told us of included.
func (o *Office) everything(ctx context.Context, owner Owner) ([]*Subscription, error) {
	if err := o.closePage(ctx, owner); err != nil {
		return nil, err
	}
	row, err := o.store.liveCustomer(ctx, owner)
	if err != nil {
		return nil, err
	}
	if row != nil && row.StripeCustomerID != "" {
		if err := o.syncCustomer(ctx, row.StripeCustomerID); err != nil && !customerMissing(err) {
			return nil, err
		}
	}
	return o.store.subscriptionsOf(ctx, owner)
}

// EndsAtOnce tells whether closing the account ends it in that moment: what was
// not paid has nothing to run out, and would be charged again meanwhile.
func (s *Subscription) EndsAtOnce() bool {
	return !s.Status.Ended() && !s.Ending() && (!s.Status.Open() || s.Status == PastDue)
}

// letRunOut cancels at the end of what is paid.
func (o *Office) letRunOut(ctx context.Context, sub *Subscription) error {
	if sub.Status.Ended() || sub.Ending() {
		return nil
	}
	if sub.EndsAtOnce() {
		return o.endNow(ctx, sub)
	}
	end := true
	_, err := o.turn(ctx, sub, wish{verb: errandCancel, what: "deleted", do: func(key string) error {
		_, err := o.Stripe.UpdateSubscription(ctx, key, sub.StripeID, stripeapi.SubscriptionChange{CancelAtPeriodEnd: &end})
		return err
	}})
	return err
}
