package billing

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

var errStaleOffer = fault.New(fault.PreconditionFailed, "offer_changed", "Somebody else changed this offer meanwhile.")

// MakeOffer makes an offer. Stripe learns of it from a job of the same
// transaction; until then it cannot be taken up. A code that was ever used is
// refused. It needs plans.write.
func (o *Office) MakeOffer(ctx context.Context, in OfferInput) (*Offer, error) {
	if err := actor.Require(ctx, actor.PlansWrite); err != nil {
		return nil, err
	}
	in.Normalize()
	if err := in.Validate(); err != nil {
		return nil, err
	}
	now := o.Clock.Now()
	offer := &Offer{ID: db.NewID(), Code: in.Code, Kind: in.Kind, Terms: in.Terms, CreatedAt: now}
	err := o.DB.Tx(ctx, func(ctx context.Context) error {
		if in.Plan != "" {
			plan, _, err := o.store.planForUpdate(ctx, in.Plan)
			if err != nil {
				return err
			}
			if plan == nil {
				return errNoPlan
			}
			offer.PlanID = uuid.NullUUID{UUID: plan.ID, Valid: true}
		}
		offer.change(in.OfferChange)
		offer.UpdatedAt = now
		if err := o.store.insertOffer(ctx, offer); err != nil {
			return err
		}
		return o.offerSaved(ctx, "offer.made", offer)
	})
	if err != nil {
		return nil, err
	}
	return offer, nil
}

// ChangeOffer changes what may change of an offer. It needs plans.write.
func (o *Office) ChangeOffer(ctx context.Context, code string, in OfferChange) (offer *Offer, err error) {
	if err := actor.Require(ctx, actor.PlansWrite); err != nil {
		return nil, err
	}
	in.Normalize()
	if err := in.Validate(); err != nil {
		return nil, err
	}
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		if offer, err = o.store.offerForUpdate(ctx, FoldCode(code)); err != nil {
			return err
		}
		if offer == nil {
			return errNoOffer
		}
		if in.Version != 0 && in.Version != offer.Version {
			stale := *errStaleOffer
			stale.Current = strconv.FormatInt(offer.Version, 10)
			return &stale
		}
		offer.change(in)
		offer.UpdatedAt = o.Clock.Now()
		if err := o.store.changeOffer(ctx, offer); err != nil {
			return err
		}
		return o.offerSaved(ctx, "offer.changed", offer)
	})
	if err != nil {
		return nil, err
	}
	return offer, nil
}

func (o *Office) offerSaved(ctx context.Context, verb string, offer *Offer) error {
	if err := o.Journal.Record(ctx, journal.Event{Verb: verb, Subject: "offer", ID: offer.Code}); err != nil {
		return err
	}
	return o.DB.Enqueue(ctx, MirrorArgs{}, nil)
}

// change takes over what was edited.
func (o *Offer) change(in OfferChange) {
	o.Name, o.Description, o.StartsAt, o.EndsAt = in.Name, in.Description, in.StartsAt, in.EndsAt
	o.MaxRedemptions, o.Archived = in.MaxRedemptions, in.Archived
	o.Version++
}

// OfferRow is an offer as the desk lists it.
type OfferRow struct {
	*Offer
	Plan  string // slug; "" is every plan
	Taken int64
	Held  int64 // by people who are at the payment page now
	State OfferState
}

// OfferState is how an offer stands.
type OfferState string

// The states of an offer.
const (
	OfferOpen   OfferState = "open"
	OfferComing OfferState = "coming"
	OfferOver   OfferState = "over"
	OfferUsedUp OfferState = "used_up"
)

func (o *Offer) state(now time.Time, taken int64) OfferState {
	err := o.usable(now, taken)
	switch {
	case errors.Is(err, errOfferOver):
		return OfferOver
	case errors.Is(err, errOfferEarly):
		return OfferComing
	case errors.Is(err, errOfferUsedUp):
		return OfferUsedUp
	}
	return OfferOpen
}

// Offers lists every offer, the newest first. It needs plans.write.
func (o *Office) Offers(ctx context.Context) ([]OfferRow, error) {
	if err := actor.Require(ctx, actor.PlansWrite); err != nil {
		return nil, err
	}
	offers, err := o.store.offers(ctx)
	if err != nil {
		return nil, err
	}
	counts, err := o.store.redemptionCounts(ctx, o.heldSince())
	if err != nil {
		return nil, err
	}
	c, err := o.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]OfferRow, len(offers))
	for i, x := range offers {
		n := counts[x.ID]
		out[i] = OfferRow{Offer: x, Plan: c.slugOf(x.PlanID), Taken: n.Taken, Held: n.Held, State: x.state(o.Clock.Now(), n.Taken)}
	}
	return out, nil
}

func (c *catalogue) slugOf(id uuid.NullUUID) string {
	for _, p := range c.plans {
		if id.Valid && p.ID == id.UUID {
			return p.Slug
		}
	}
	return ""
}

// OfferByCode finds a sign-up offer as somebody typed its code. When it gives
// nothing now, it comes together with the fault that says why: offer_expired,
// offer_used_up or offer_not_started. Retention offers are not found.
func (o *Office) OfferByCode(ctx context.Context, code string) (*Offer, error) {
	code = FoldCode(code)
	if !codePattern.MatchString(code) {
		return nil, errNoOffer
	}
	offer, err := o.store.offerByCode(ctx, code)
	if err != nil {
		return nil, err
	}
	if offer == nil || offer.Kind != SignUp {
		return nil, errNoOffer
	}
	used, err := o.store.used(ctx, offer.ID, o.heldSince())
	if err != nil {
		return nil, err
	}
	return offer, offer.usable(o.Clock.Now(), used)
}
