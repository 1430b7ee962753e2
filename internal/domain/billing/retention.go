package billing

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/stripeapi"
)

// RetentionOffer is what may be said to a member who is about to leave a
// subscription: the newest retention offer that is good for it and that they
// have not taken before. It is nil when there is none. subscription is our id.
// It is for the member, or needs members.read.
func (o *Office) RetentionOffer(ctx context.Context, member, subscription uuid.UUID) (*Offer, error) {
	if who := actor.From(ctx); who.Kind != actor.Member || who.ID != member {
		if err := actor.Require(ctx, actor.MembersRead); err != nil {
			return nil, err
		}
	}
	sub, err := o.leaving(ctx, member, subscription)
	if err != nil {
		return nil, err
	}
	offers, err := o.store.retentionOffers(ctx)
	if err != nil {
		return nil, err
	}
	for _, offer := range offers {
		if offer.keeps(sub) != nil {
			continue
		}
		used, err := o.store.used(ctx, offer.ID, o.heldSince())
		if err != nil {
			return nil, err
		}
		has, err := o.store.redemptionOf(ctx, offer.ID, sub.Owner)
		if err != nil {
			return nil, err
		}
		if offer.usable(o.Clock.Now(), used) == nil && (has == nil || has.State == redemptionHeld) {
			return offer, nil
		}
	}
	return nil, nil
}

// leaving finds the open subscription of a member.
func (o *Office) leaving(ctx context.Context, member, subscription uuid.UUID) (*Subscription, error) {
	sub, err := o.store.subscriptionByID(ctx, subscription)
	if err != nil {
		return nil, err
	}
	if sub == nil || sub.Owner != OfMember(member) || !sub.Status.Open() {
		return nil, errNoSubscription
	}
	return sub, nil
}

// keeps says why an offer is not for a running subscription, or nil.
func (o *Offer) keeps(sub *Subscription) error {
	switch {
	case o.Kind != Retention:
		return errNoOffer
	case !o.ForPlan(sub.PlanID):
		return errOfferPlan
	case !o.ForCurrency(sub.Currency):
		return errOfferMoney
	case o.Gift != FreeTrial && o.StripeCouponID == "":
		return errOfferNotSent
	}
	return nil
}

// ApplyRetentionOffer gives a retention offer to a running subscription, and
// keeps it running when it was about to end. A discount takes the place of the
// one there is; free days put the next bill off. The place in the offer is
// taken before Stripe is asked, under whose id the call is repeated after an
// answer that was lost. Members do it for themselves; for others it needs
// members.write.
//
// Faults: offer_not_found, offer_expired, offer_used_up, offer_taken,
// offer_other_plan, offer_other_currency, leaving, and those of Stripe.
func (o *Office) ApplyRetentionOffer(ctx context.Context, member, subscription uuid.UUID, code string) (*Offer, error) {
	if err := o.outside(ctx); err != nil {
		return nil, err
	}
	if who := actor.From(ctx); who.Kind != actor.Member || who.ID != member {
		if err := actor.Require(ctx, actor.MembersWrite); err != nil {
			return nil, err
		}
	}
	sub, err := o.leaving(ctx, member, subscription)
	if err != nil {
		return nil, err
	}
	if err := o.Members.Staying(ctx, member); err != nil {
		return nil, err
	}
	offer, err := o.store.offerByCode(ctx, FoldCode(code))
	if err != nil {
		return nil, err
	}
	if offer == nil {
		return nil, errNoOffer
	}
	if err := offer.keeps(sub); err != nil {
		return nil, err
	}
	var place *redemption
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		place, err = o.hold(ctx, offer.ID, sub.Owner, uuid.NullUUID{})
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := o.give(ctx, sub, offer, place); err != nil {
		return nil, err
	}
	if _, err := o.Sync(ctx, sub.StripeID); err != nil {
		o.Log.WarnContext(ctx, "a retention offer is given; the mirror follows with the next event", "code", fault.Of(err).Code)
	}
	return offer, nil
}

// give makes the change at Stripe and notes that the place is taken. A refusal
// lets the place go; after anything else it stays held, for the next try.
func (o *Office) give(ctx context.Context, sub *Subscription, offer *Offer, place *redemption) error {
	_, err := o.Stripe.UpdateSubscription(ctx, "retention-"+place.ID.String(), sub.StripeID, offer.toKeep(sub))
	// A key that was used with another change belongs to a try whose answer was
	// lost: what it asked for is done.
	if err != nil && !fault.HasCode(err, stripeapi.CodeIdempotency) {
		if stripeapi.Retryable(err) {
			return err
		}
		return errors.Join(err, o.DB.Tx(ctx, func(ctx context.Context) error {
			return o.store.closeRedemption(ctx, place.ID, redemptionReleased, "", o.Clock.Now())
		}))
	}
	return o.DB.Tx(ctx, func(ctx context.Context) error {
		if err := o.store.closeRedemption(ctx, place.ID, redemptionTaken, sub.StripeID, o.Clock.Now()); err != nil {
			return err
		}
		return o.Journal.Record(ctx, journal.Event{Verb: "offer.taken", Subject: "offer", ID: offer.Code, Payload: taken{sub.Owner.Kind, sub.Owner.ID, sub.StripeID}})
	})
}

// taken is the payload of the journal row about an offer that was taken up.
type taken struct {
	OwnerKind    OwnerKind `json:"owner_kind"`
	OwnerID      uuid.UUID `json:"owner_id"`
	Subscription string    `json:"stripe_subscription"`
}

// toKeep is what the offer changes about a running subscription. Free days
// begin when what is paid for ends.
func (o *Offer) toKeep(sub *Subscription) stripeapi.SubscriptionChange {
	change := stripeapi.SubscriptionChange{CouponID: o.StripeCouponID}
	if o.Gift == FreeTrial {
		from := sub.SyncedAt
		if sub.CurrentPeriodEnd != nil && sub.CurrentPeriodEnd.After(from) {
			from = *sub.CurrentPeriodEnd
		}
		change = stripeapi.SubscriptionChange{TrialEnd: from.Add(time.Duration(o.TrialDays) * 24 * time.Hour), Proration: stripeapi.ProrateNone}
	}
	if sub.CancelAtPeriodEnd {
		stay := false
		change.CancelAtPeriodEnd = &stay
	}
	return change
}
