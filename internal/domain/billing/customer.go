package billing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

// customer is an owner's account at Stripe. The row with its idempotency key
// is there before Stripe is asked, so an answer that was lost is asked for
// again and not made twice.
type customer struct {
	ID               uuid.UUID `gorm:"type:uuid;primaryKey"`
	Owner            Owner     `gorm:"embedded;embeddedPrefix:owner_"`
	StripeCustomerID string    // "" until Stripe answered
	IdempotencyKey   string
	CreatedAt        time.Time
	DeletedAt        *time.Time // when it was found deleted at Stripe
}

// TableName implements gorm's Tabler.
func (customer) TableName() string { return "customers" }

// customerOf gives the owner's customer at Stripe, made on first need, with
// the address and name the payer has now. One that was deleted at Stripe is
// replaced.
func (o *Office) customerOf(ctx context.Context, owner Owner, payer Payer) (string, error) {
	for try := range tries {
		row, err := o.customerRow(ctx, owner)
		if err != nil {
			return "", err
		}
		at, err := o.customerAtStripe(ctx, row)
		switch {
		case fault.HasCode(err, stripeapi.CodeNotFound), err == nil && at.Deleted:
			if err := o.dropCustomer(ctx, row); err != nil {
				return "", err
			}
			continue
		case stripeapi.Retryable(err) && row.StripeCustomerID == "" && try < 2:
			// Somebody else may be making it under the same key right now.
			if err := stepAside(ctx, try); err != nil {
				return "", err
			}
			continue
		case err != nil:
			return "", err
		}
		return at.ID, o.introduce(ctx, at, payer)
	}
	return "", errBusy
}

func (o *Office) customerRow(ctx context.Context, owner Owner) (row *customer, err error) {
	id := db.NewID()
	fresh := customer{ID: id, Owner: owner, IdempotencyKey: "customer-" + id.String(), CreatedAt: o.Clock.Now()}
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		row, err = o.store.liveCustomer(ctx, owner)
		if row != nil || err != nil {
			return err
		}
		if err := o.store.insertCustomer(ctx, &fresh); err != nil {
			return err
		}
		row, err = o.store.liveCustomer(ctx, owner) // ours, or that of somebody faster
		return err
	})
	return row, err
}

// customerAtStripe fetches the customer, or makes it. What it is made with
// never changes, so that the key fits every attempt; introduce adds the rest.
func (o *Office) customerAtStripe(ctx context.Context, row *customer) (stripeapi.Customer, error) {
	if row.StripeCustomerID != "" {
		return o.Stripe.Customer(ctx, row.StripeCustomerID)
	}
	made, err := o.Stripe.CreateCustomer(ctx, row.IdempotencyKey, stripeapi.CustomerInput{
		Metadata: map[string]string{metaOwner: row.Owner.String()},
	})
	if err != nil {
		return made, err
	}
	return made, o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.nameCustomer(ctx, row.ID, made.ID) })
}

// introduce tells Stripe the payer's address and name when they differ.
func (o *Office) introduce(ctx context.Context, at stripeapi.Customer, payer Payer) error {
	if at.Email == payer.Email && at.Name == payer.Name || payer.IfNew && at.Email != "" {
		return nil
	}
	_, err := o.Stripe.UpdateCustomer(ctx, freshKey(), at.ID, stripeapi.CustomerChange{Email: &payer.Email, Name: &payer.Name})
	return err
}

// dropCustomer notes that a customer is gone at Stripe. A payment page that was
// opened for it leads nowhere any more.
func (o *Office) dropCustomer(ctx context.Context, row *customer) error {
	return o.DB.Tx(ctx, func(ctx context.Context) error {
		now := o.Clock.Now()
		if err := o.store.dropCustomer(ctx, row.ID, now); err != nil {
			return err
		}
		return o.store.dropCheckouts(ctx, row.Owner, now)
	})
}
