package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

// metaOffer names our offer at Stripe.
const metaOffer = "lighttrends_offer"

// MirrorOffers makes Stripe know the offers: a coupon for each discount, and
// for those that people type, a promotion code. Like [Office.MirrorPlans] it
// may run twice at once and again after a crash.
func (o *Office) MirrorOffers(ctx context.Context) error {
	if err := o.outside(ctx); err != nil {
		return err
	}
	ids, err := o.store.offersToMirror(ctx)
	if err != nil {
		return err
	}
	var failed []error // one offer that Stripe refuses does not hold up the others
	for _, id := range ids {
		if err := o.mirrorOffer(ctx, id); err != nil {
			failed = append(failed, fmt.Errorf("billing: mirror offer %s: %w", id, err))
		}
	}
	return errors.Join(failed...)
}

func (o *Office) mirrorOffer(ctx context.Context, id uuid.UUID) error {
	for try := range tries {
		offer, err := o.store.offer(ctx, id)
		if err != nil || offer == nil {
			return err
		}
		if offer.Gift != FreeTrial { // free days are a field of the payment page, not an object
			if err := o.mirrorDiscount(ctx, offer); err != nil {
				return err
			}
		}
		done := false
		err = o.DB.Tx(ctx, func(ctx context.Context) (err error) {
			done, err = o.store.offerMirrored(ctx, offer)
			return err
		})
		if done || err != nil {
			return err
		}
		if err := stepAside(ctx, try); err != nil {
			return err
		}
	}
	return errBusy
}

func (o *Office) mirrorDiscount(ctx context.Context, offer *Offer) error {
	coupon, err := o.coupon(ctx, offer)
	if err != nil {
		return err
	}
	offer.StripeCouponID = coupon.ID
	if coupon.Name != offer.Name {
		if _, err := o.Stripe.RenameCoupon(ctx, freshKey(), coupon.ID, offer.Name); err != nil {
			return err
		}
	}
	if offer.Kind != SignUp {
		return nil
	}
	return o.mirrorCode(ctx, offer)
}

// coupon finds the offer's coupon, whose id is made from ours, or makes it.
func (o *Office) coupon(ctx context.Context, offer *Offer) (stripeapi.Coupon, error) {
	id := "lighttrends-" + offer.ID.String()
	found, err := o.Stripe.Coupon(ctx, id)
	if !gone(err) {
		return found, err
	}
	in := stripeapi.CouponInput{
		ID: id, Name: offer.Name, PercentOff: float64(offer.Percent), AmountOff: offer.Amount, Currency: offer.Currency,
		Duration: string(offer.Duration), DurationMonths: offer.Months, Metadata: map[string]string{metaOffer: offer.ID.String()},
	}
	if offer.PlanID.Valid {
		plan, _, err := o.store.plan(ctx, offer.PlanID.UUID)
		if err != nil {
			return found, err
		}
		if plan == nil || plan.StripeProductID == "" {
			return found, errOfferNotSent
		}
		in.ProductIDs = []string{plan.StripeProductID}
	}
	made, err := o.Stripe.CreateCoupon(ctx, freshKey(), in)
	if err != nil {
		if again, e := o.Stripe.Coupon(ctx, id); e == nil {
			return again, nil // somebody else was faster
		}
	}
	return made, err
}

// mirrorCode makes the promotion code fit. Its limits cannot be changed at
// Stripe, so one that does not fit any more is switched off and another takes
// its place (https://docs.stripe.com/api/promotion_codes/update).
func (o *Office) mirrorCode(ctx context.Context, offer *Offer) error {
	wanted := offer.codeWanted(o.Clock.Now())
	has, ok, err := o.Stripe.FindPromotionCode(ctx, offer.Code)
	if err != nil {
		return err
	}
	if ok && has.Metadata[metaOffer] != offer.ID.String() {
		return fault.New(fault.Conflict, "offer_code_taken", "Another promotion code at Stripe has this code.")
	}
	taken, err := o.store.takenInFull(ctx, offer.ID)
	if err != nil {
		return err
	}
	limit := int64(0)
	if offer.MaxRedemptions > 0 {
		if limit = offer.MaxRedemptions - taken; ok {
			limit += has.TimesRedeemed
		}
	}
	if ok && wanted && offer.suits(has, limit) {
		offer.StripePromotionID = has.ID
		return nil
	}
	if ok {
		if _, err := o.Stripe.DeactivatePromotionCode(ctx, freshKey(), has.ID); err != nil {
			return err
		}
		limit -= has.TimesRedeemed
	}
	offer.StripePromotionID = ""
	if !wanted || offer.MaxRedemptions > 0 && limit <= 0 {
		return nil
	}
	made, err := o.Stripe.CreatePromotionCode(ctx, freshKey(), stripeapi.PromotionCodeInput{
		Code: offer.Code, CouponID: offer.StripeCouponID, MaxRedemptions: max(limit, 0), Expires: zeroOr(offer.EndsAt),
		Metadata: map[string]string{metaOffer: offer.ID.String()},
	})
	if err != nil {
		if again, ok, e := o.Stripe.FindPromotionCode(ctx, offer.Code); e == nil && ok && again.Metadata[metaOffer] == offer.ID.String() && offer.suits(again, max(limit, 0)) {
			made, err = again, nil // somebody else was faster
		}
	}
	offer.StripePromotionID = made.ID
	return err
}

// suits tells whether a code at Stripe ends and is limited as the offer is.
func (o *Offer) suits(code stripeapi.PromotionCode, limit int64) bool {
	return sameMoment(moment(code.Expires), seconds(o.EndsAt)) && code.MaxRedemptions == limit
}

// codeWanted tells whether the code should work at Stripe now.
func (o *Offer) codeWanted(now time.Time) bool {
	return !o.Archived && (o.EndsAt == nil || now.Before(*o.EndsAt))
}

func zeroOr(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// seconds is a moment as precise as Stripe keeps it.
func seconds(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	cut := t.Truncate(time.Second)
	return &cut
}
