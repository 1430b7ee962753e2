package billing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

func (s store) offers(ctx context.Context) (out []*Offer, err error) {
	return out, s.db.Read(ctx).Order("created_at DESC, id DESC").Find(&out).Error
}

func (s store) offer(ctx context.Context, id uuid.UUID) (*Offer, error) {
	return one[Offer](s.db.Read(ctx).Where("id = ?", id))
}

func (s store) offerByCode(ctx context.Context, code string) (*Offer, error) {
	return one[Offer](s.db.Read(ctx).Where("code = ?", code))
}

func (s store) offerForUpdate(ctx context.Context, code string) (*Offer, error) {
	return one[Offer](s.locked(ctx).Where("code = ?", code))
}

// lockOffer keeps others from counting places until the transaction ends.
func (s store) lockOffer(ctx context.Context, id uuid.UUID) (*Offer, error) {
	return one[Offer](s.locked(ctx).Where("id = ?", id))
}

// retentionOffers lists those that may be good, the newest first.
func (s store) retentionOffers(ctx context.Context) (out []*Offer, err error) {
	return out, s.db.Read(ctx).Where("kind = 'retention' AND NOT archived").Order("created_at DESC, id DESC").Find(&out).Error
}

// offersToMirror lists what Stripe does not show yet.
func (s store) offersToMirror(ctx context.Context) (ids []uuid.UUID, err error) {
	return ids, s.db.Read(ctx).Model(&Offer{}).Where("mirrored_version < version").Order("id").Pluck("id", &ids).Error
}

func (s store) insertOffer(ctx context.Context, o *Offer) error {
	err := s.db.Write(ctx).Create(o).Error
	if db.IsDuplicate(err) {
		return fault.New(fault.Conflict, "offer_exists", "There is an offer with this code. A code is never used twice.")
	}
	return err
}

func (s store) changeOffer(ctx context.Context, o *Offer) error {
	columns := []string{"name", "description", "starts_at", "ends_at", "max_redemptions", "archived", "version", "updated_at"}
	return s.db.Write(ctx).Model(&Offer{}).Where("id = ?", o.ID).Select(columns).Updates(o).Error
}

// offerMirrored notes what Stripe shows. It tells false when the offer has
// changed meanwhile.
func (s store) offerMirrored(ctx context.Context, o *Offer) (bool, error) {
	res := s.db.Write(ctx).Model(&Offer{}).Where("id = ? AND version = ?", o.ID, o.Version).UpdateColumns(map[string]any{
		"stripe_coupon_id": o.StripeCouponID, "stripe_promotion_id": o.StripePromotionID, "mirrored_version": o.Version,
	})
	return res.RowsAffected == 1, res.Error
}

// redemptionOf finds an owner's place in an offer, or nil.
func (s store) redemptionOf(ctx context.Context, offer uuid.UUID, o Owner) (*redemption, error) {
	return one[redemption](s.db.Read(ctx).Where("offer_id = ? AND owner_kind = ? AND owner_id = ? AND state <> 'released'", offer, o.Kind, o.ID))
}

// used counts places taken, and held since a moment.
func (s store) used(ctx context.Context, offer uuid.UUID, since time.Time) (n int64, err error) {
	const inUse = "offer_id = ? AND (state = 'taken' OR state = 'held' AND created_at > ?)"
	return n, s.db.Read(ctx).Model(&redemption{}).Where(inUse, offer, since).Count(&n).Error
}

// takenInFull counts the places that are gone for good.
func (s store) takenInFull(ctx context.Context, offer uuid.UUID) (n int64, err error) {
	return n, s.db.Read(ctx).Model(&redemption{}).Where("offer_id = ? AND state = 'taken'", offer).Count(&n).Error
}

// places counts an offer's places.
type places struct{ Taken, Held int64 }

func (s store) redemptionCounts(ctx context.Context, since time.Time) (map[uuid.UUID]places, error) {
	var rows []struct {
		OfferID     uuid.UUID
		Taken, Held int64
	}
	const query = `SELECT offer_id, SUM(CASE WHEN state = 'taken' THEN 1 ELSE 0 END) AS taken,
		SUM(CASE WHEN state = 'held' AND created_at > ? THEN 1 ELSE 0 END) AS held FROM redemptions GROUP BY offer_id`
	if err := s.db.Read(ctx).Raw(query, since).Scan(&rows).Error; err != nil {
		return nil, err
	}
	out := map[uuid.UUID]places{}
	for _, r := range rows {
		out[r.OfferID] = places{r.Taken, r.Held}
	}
	return out, nil
}

func (s store) insertRedemption(ctx context.Context, r *redemption) error {
	err := s.db.Write(ctx).Create(r).Error
	if db.IsDuplicate(err) {
		return errBusy
	}
	return err
}

// moveRedemption gives a held place to another visit.
func (s store) moveRedemption(ctx context.Context, r *redemption) error {
	return s.db.Write(ctx).Model(&redemption{}).Where("id = ? AND state = 'held'", r.ID).Select("checkout_id", "created_at").Updates(r).Error
}

func (s store) closeRedemption(ctx context.Context, id uuid.UUID, state redemptionState, subscription string, now time.Time) error {
	changes := map[string]any{"state": state, "subscription_id": subscription, "closed_at": now}
	return s.db.Write(ctx).Model(&redemption{}).Where("id = ? AND state = 'held'", id).Updates(changes).Error
}

// closePlaces settles what a visit held.
func (s store) closePlaces(ctx context.Context, visit uuid.UUID, state redemptionState, subscription string, now time.Time) error {
	changes := map[string]any{"state": state, "subscription_id": subscription, "closed_at": now}
	return s.db.Write(ctx).Model(&redemption{}).Where("checkout_id = ? AND state = 'held'", visit).Updates(changes).Error
}
