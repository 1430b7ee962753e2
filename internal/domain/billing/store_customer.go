package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"
)

// liveCustomer finds the owner's present customer, or nil.
func (s store) liveCustomer(ctx context.Context, o Owner) (*customer, error) {
	return one[customer](s.db.Read(ctx).Where("owner_kind = ? AND owner_id = ? AND deleted_at IS NULL", o.Kind, o.ID))
}

// customerByStripeID finds whose customer this is or was, or nil.
func (s store) customerByStripeID(ctx context.Context, id string) (*customer, error) {
	if id == "" {
		return nil, nil
	}
	return one[customer](s.db.Read(ctx).Where("stripe_customer_id = ?", id))
}

// customersOf lists an owner's customers at Stripe, deleted ones too.
func (s store) customersOf(ctx context.Context, o Owner) (ids []string, err error) {
	const mine = "owner_kind = ? AND owner_id = ? AND stripe_customer_id <> ''"
	return ids, s.db.Read(ctx).Model(&customer{}).Where(mine, o.Kind, o.ID).Order("id").Pluck("stripe_customer_id", &ids).Error
}

// customersAfter walks through the living customers that Stripe knows, by id.
func (s store) customersAfter(ctx context.Context, after uuid.UUID, limit int) (out []*customer, err error) {
	const living = "id > ? AND deleted_at IS NULL AND stripe_customer_id <> ''"
	return out, s.db.Read(ctx).Where(living, after).Order("id").Limit(limit).Find(&out).Error
}

// insertCustomer writes a row unless the owner has one already.
func (s store) insertCustomer(ctx context.Context, c *customer) error {
	return s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(c).Error
}

// nameCustomer notes Stripe's id, once.
func (s store) nameCustomer(ctx context.Context, id uuid.UUID, stripeID string) error {
	const unnamed = "id = ? AND stripe_customer_id = ''"
	return s.db.Write(ctx).Model(&customer{}).Where(unnamed, id).Update("stripe_customer_id", stripeID).Error
}

func (s store) dropCustomer(ctx context.Context, id uuid.UUID, now time.Time) error {
	return s.db.Write(ctx).Model(&customer{}).Where("id = ? AND deleted_at IS NULL", id).Update("deleted_at", now).Error
}

// customersOfMembers finds the living customers of many members at once.
func (s store) customersOfMembers(ctx context.Context, ids []uuid.UUID) (out []*customer, err error) {
	const living = "owner_kind = ? AND owner_id IN ? AND deleted_at IS NULL AND stripe_customer_id <> ''"
	return out, s.db.Read(ctx).Where(living, MemberOwner, ids).Find(&out).Error
}
