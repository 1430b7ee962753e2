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

// nameCheckout notes Stripe's id of an open visit. It tells false when the
// visit was closed meanwhile.
func (s store) nameCheckout(ctx context.Context, id uuid.UUID, session string) (bool, error) {
	res := s.db.Write(ctx).Model(&checkout{}).Where("id = ? AND state = 'open'", id).Update("session_id", session)
	return res.RowsAffected == 1, res.Error
}

// closeCheckout closes an open visit as it was seen. When Stripe's page got its
// name meanwhile it stays, because somebody must shut the page first.
func (s store) closeCheckout(ctx context.Context, seen *checkout, state checkoutState, now time.Time) error {
	changes := map[string]any{"state": state, "closed_at": now}
	return s.db.Write(ctx).Model(&checkout{}).Where("id = ? AND state = 'open' AND session_id = ?", seen.ID, seen.SessionID).Updates(changes).Error
}

// dropCheckouts closes the owner's open visit, if there is one.
func (s store) dropCheckouts(ctx context.Context, o Owner, now time.Time) error {
	changes := map[string]any{"state": checkoutDropped, "closed_at": now}
	return s.db.Write(ctx).Model(&checkout{}).Where("owner_kind = ? AND owner_id = ? AND state = 'open'", o.Kind, o.ID).Updates(changes).Error
}
