package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"
)

// insertCheckout writes a visit unless the owner has an open one.
func (s store) insertCheckout(ctx context.Context, c *checkout) error {
	return s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(c).Error
}

// openCheckout finds the owner's open visit, or nil.
func (s store) openCheckout(ctx context.Context, o Owner) (*checkout, error) {
	return one[checkout](s.db.Read(ctx).Where("owner_kind = ? AND owner_id = ? AND state = 'open'", o.Kind, o.ID))
}

// checkoutBySession finds a visit by Stripe's id, or nil.
func (s store) checkoutBySession(ctx context.Context, session string) (*checkout, error) {
	return one[checkout](s.db.Read(ctx).Where("session_id = ?", session))
}

// checkoutByID finds a visit, or nil.
func (s store) checkoutByID(ctx context.Context, id uuid.UUID) (*checkout, error) {
	return one[checkout](s.db.Read(ctx).Where("id = ?", id))
}

// price finds a price, sold or not, or nil.
func (s store) price(ctx context.Context, id uuid.UUID) (*Price, error) {
	return one[Price](s.db.Read(ctx).Where("id = ?", id))
}

// nameCheckout notes Stripe's id of an open visit. It tells false when the
// visit was closed meanwhile.
func (s store) nameCheckout(ctx context.Context, id uuid.UUID, session string) (bool, error) {
	res := s.db.Write(ctx).Model(&checkout{}).Where("id = ? AND state = 'open'", id).Update("session_id", session)
	return res.RowsAffected == 1, res.Error
}

// closeCheckout closes an open visit as it was seen. When Stripe's page got its
// name meanwhile it stays, because somebody must shut the page first.
func (s store) closeCheckout(ctx context.Context, seen *checkout, state checkoutState, now time.Time) (bool, error) {
	changes := map[string]any{"state": state, "closed_at": now}
	res := s.db.Write(ctx).Model(&checkout{}).Where("id = ? AND state = 'open' AND session_id = ?", seen.ID, seen.SessionID).Updates(changes)
	return res.RowsAffected == 1, res.Error
}

// completeCheckout notes that a visit is over and how its payment stands. It
// tells false when that is known. What was paid stays paid.
func (s store) completeCheckout(ctx context.Context, seen *checkout, payment dues, now time.Time) (bool, error) {
	const news = "id = ? AND (state <> 'complete' OR payment <> ? AND payment <> 'paid')"
	res := s.db.Write(ctx).Model(&checkout{}).Where(news, seen.ID, payment).Updates(map[string]any{
		"state": checkoutComplete, "payment": payment, "closed_at": now,
	})
	return res.RowsAffected == 1, res.Error
}

// claimCheckout gives a stranger's visit to a member. It tells false when
// somebody else just did.
func (s store) claimCheckout(ctx context.Context, id uuid.UUID, owner Owner) (bool, error) {
	// Another visit of the member's may be open; this one is over.
	res := s.db.Write(ctx).Model(&checkout{}).Where("id = ? AND owner_kind = ?", id, StrangerOwner).Updates(map[string]any{
		"owner_kind": owner.Kind, "owner_id": owner.ID, "state": checkoutComplete,
	})
	return res.RowsAffected == 1, res.Error
}

// claimPlaces gives what a stranger's visit holds to a member. Who has taken
// the offer before holds nothing twice; what they bought stays bought.
func (s store) claimPlaces(ctx context.Context, visit uuid.UUID, owner Owner) error {
	const free = `checkout_id = ? AND state = 'held' AND NOT EXISTS (SELECT 1 FROM redemptions x
		WHERE x.offer_id = redemptions.offer_id AND x.owner_kind = ? AND x.owner_id = ? AND x.state <> 'released')`
	return s.db.Write(ctx).Model(&redemption{}).Where(free, visit, owner.Kind, owner.ID).Updates(map[string]any{
		"owner_kind": owner.Kind, "owner_id": owner.ID,
	}).Error
}

// takePlaces notes that what a visit held is taken for good.
func (s store) takePlaces(ctx context.Context, visit uuid.UUID, bought string, now time.Time) (bool, error) {
	res := s.db.Write(ctx).Model(&redemption{}).Where("checkout_id = ? AND state = 'held'", visit).Updates(map[string]any{
		"state": redemptionTaken, "subscription_id": bought, "closed_at": now,
	})
	return res.RowsAffected > 0, res.Error
}

// dropCheckouts closes the owner's open visit, if there is one.
func (s store) dropCheckouts(ctx context.Context, o Owner, now time.Time) error {
	row, err := s.openCheckout(ctx, o)
	if row == nil || err != nil {
		return err
	}
	changes := map[string]any{"state": checkoutDropped, "closed_at": now}
	if err := s.db.Write(ctx).Model(&checkout{}).Where("id = ? AND state = 'open'", row.ID).Updates(changes).Error; err != nil {
		return err
	}
	return s.closePlaces(ctx, row.ID, redemptionReleased, "", now)
}

// unsettled finds visits to look for: open ones that Stripe must have closed
// by now, those of strangers a while after they began, and those whose
// payment is on its way. What is older than a month is left alone.
func (s store) unsettled(ctx context.Context, strangers, forgotten, since time.Time) (out []*checkout, err error) {
	const late = `created_at > ? AND (state = 'open' AND (created_at < ? OR stranger AND created_at < ?) OR state = 'complete' AND payment = 'pending')`
	return out, s.db.Read(ctx).Where(late, since, forgotten, strangers).Order("id").Limit(500).Find(&out).Error
}

// unheard finds visits that the comparison of subscriptions cannot know of,
// because they are for what is paid once or by strangers, and that have not
// been settled.
func (s store) unheard(ctx context.Context, since time.Time) (out []*checkout, err error) {
	const open = `created_at > ? AND session_id <> '' AND (state = 'open' OR state = 'complete' AND payment = 'pending')
		AND (stranger OR price_id IN (SELECT id FROM prices WHERE interval = 'once'))`
	return out, s.db.Read(ctx).Where(open, since).Order("id").Limit(500).Find(&out).Error
}

// pendingPurchase is a row of the query behind PendingPurchases.
type pendingPurchase struct {
	PlanID    uuid.UUID
	Payment   dues
	CreatedAt time.Time
}

func (s store) pendingPurchases(ctx context.Context, o Owner, since time.Time) (out []pendingPurchase, err error) {
	const query = `SELECT p.plan_id, c.payment, c.created_at FROM checkouts c JOIN prices p ON p.id = c.price_id
		WHERE c.owner_kind = ? AND c.owner_id = ? AND p.interval = 'once' AND c.state = 'complete'
		AND (c.payment = 'pending' OR c.payment = 'failed' AND c.created_at > ?) ORDER BY c.id DESC`
	return out, s.db.Read(ctx).Raw(query, o.Kind, o.ID, since).Scan(&out).Error
}

// hadTrial tells whether an owner ever had free days.
func (s store) hadTrial(ctx context.Context, o Owner) (bool, error) {
	var n int64
	err := s.db.Read(ctx).Model(&Subscription{}).Where("owner_kind = ? AND owner_id = ? AND trial_end IS NOT NULL", o.Kind, o.ID).Count(&n).Error
	return n > 0, err
}
