package billing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
)

type redemptionState string

// The states of a place in an offer.
const (
	redemptionHeld     redemptionState = "held" // the payment page is open
	redemptionTaken    redemptionState = "taken"
	redemptionReleased redemptionState = "released" // nothing came of it
)

// redemption is a place in an offer. Counting places under the lock of the
// offer's row is what keeps the last one from being given twice; Stripe's own
// limit on the promotion code stands behind it.
type redemption struct {
	ID             uuid.UUID     `gorm:"type:uuid;primaryKey"`
	OfferID        uuid.UUID     `gorm:"type:uuid"`
	Owner          Owner         `gorm:"embedded;embeddedPrefix:owner_"`
	CheckoutID     uuid.NullUUID `gorm:"type:uuid"`
	SubscriptionID string
	State          redemptionState
	CreatedAt      time.Time
	ClosedAt       *time.Time
}

// TableName implements gorm's Tabler.
func (redemption) TableName() string { return "redemptions" }

// longestVisit is more than a payment page lives. A place held for longer was
// left behind, because word of the page's end never came.
const longestVisit = 25 * time.Hour

func (o *Office) heldSince() time.Time { return o.Clock.Now().Add(-longestVisit) }

// hold takes a place in an offer for an owner, in the transaction of the
// context. Who holds one already keeps it, for the new visit.
func (o *Office) hold(ctx context.Context, offerID uuid.UUID, owner Owner, visit uuid.NullUUID) (*redemption, error) {
	offer, err := o.store.lockOffer(ctx, offerID)
	if err != nil {
		return nil, err
	}
	if offer == nil {
		return nil, errNoOffer
	}
	has, err := o.store.redemptionOf(ctx, offerID, owner)
	if err != nil {
		return nil, err
	}
	if has != nil && has.State == redemptionTaken {
		return nil, errOfferTaken
	}
	used, err := o.store.used(ctx, offerID, o.heldSince())
	if err != nil {
		return nil, err
	}
	now := o.Clock.Now()
	if has != nil {
		if has.CreatedAt.After(o.heldSince()) {
			used-- // the place that is held is this one
		}
		if err := offer.usable(now, used); err != nil {
			return nil, err
		}
		has.CheckoutID, has.CreatedAt = visit, now
		return has, o.store.moveRedemption(ctx, has)
	}
	if err := offer.usable(now, used); err != nil {
		return nil, err
	}
	place := &redemption{ID: db.NewID(), OfferID: offerID, Owner: owner, CheckoutID: visit, State: redemptionHeld, CreatedAt: now}
	return place, o.store.insertRedemption(ctx, place)
}
