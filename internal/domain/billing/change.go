package billing

import (
	"context"
	"time"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

// Change puts another plan, interval or quantity in place of what a member has,
// at once and for the amount they saw: the moment and the amount of the preview
// come back with the wish and are looked at again. A card that refuses leaves
// everything as it was. The same change twice, at the same time too, is charged
// once; a change to what is there already is none.
//
// Faults: those of PreviewChange, preview_expired, amount_changed and
// card_declined.
func (o *Office) Change(ctx context.Context, in ChangeInput) (*Subscription, error) {
	sub, err := o.ownStaying(ctx, in.Member, in.Subscription)
	if err != nil {
		return nil, err
	}
	t, err := o.aim(ctx, sub, in)
	if err != nil {
		return nil, err
	}
	if t.same(sub) {
		return sub, nil
	}
	if !sub.changeable() {
		return nil, errNotChangeable
	}
	at := in.At.Truncate(time.Second)
	if !sub.fresh(at, o.Clock.Now()) {
		return nil, errPreviewExpired
	}
	p, err := o.preview(ctx, sub, &t, at)
	if err != nil {
		return nil, err
	}
	if p.Due != in.Due {
		return o.otherwise(ctx, sub, t)
	}
	after, err := o.turn(ctx, sub, wish{
		verb: errandChange, what: wanted{t.price.StripePriceID, t.quantity, at.Unix()},
		do: func(key string) error {
			_, err := o.Stripe.UpdateSubscription(ctx, key, sub.StripeID, t.change(sub, at))
			return err
		},
	})
	if fault.HasCode(err, stripeapi.CodeCardDeclined) {
		return nil, errCardRefused.Because(err)
	}
	return after, err
}

// otherwise says why the amount is another one: the same change may have been
// made in this moment, which is fine.
func (o *Office) otherwise(ctx context.Context, sub *Subscription, t target) (*Subscription, error) {
	after, err := o.synced(ctx, sub)
	if err != nil {
		return nil, err
	}
	if !t.same(after) {
		return nil, errAmountChanged
	}
	return after, nil
}

var errCardRefused = fault.New(fault.Conflict, "card_declined", "Your bank did not let the payment through. Nothing was changed. Try another card.")

// wanted is what makes two changes the same.
type wanted struct {
	Price    string `json:"price"`
	Quantity int64  `json:"quantity"`
	At       int64  `json:"at"`
}

// fresh tells whether the moment of a preview is near enough to now, as far as
// the period that runs allows.
func (s *Subscription) fresh(at, now time.Time) bool {
	now = s.within(now)
	return !at.Before(now.Add(-previewLife)) && !at.After(now.Add(time.Minute))
}
