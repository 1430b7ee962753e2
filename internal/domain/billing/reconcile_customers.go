package billing

import (
	"context"

	"github.com/google/uuid"
)

// customers finds members whose customer was deleted at Stripe. A repair
// forgets it, so that the next purchase makes a new one.
func (c *comparison) customers(ctx context.Context) error {
	listed := map[string]bool{}
	for at, err := range c.office.Stripe.Customers(ctx) {
		if err != nil {
			return err
		}
		listed[at.ID] = true
	}
	after := uuid.Nil
	for {
		rows, err := c.office.store.customersAfter(ctx, after, pageSize)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, row := range rows {
			if listed[row.StripeCustomerID] {
				continue
			}
			if err := c.customer(ctx, row); err != nil {
				return err
			}
		}
		after = rows[len(rows)-1].ID
		if err := c.progress(c.report.Checked); err != nil {
			return err
		}
	}
}

// customer asks after one that is in no list: it was deleted, lives under a
// test clock, or belongs to another account.
func (c *comparison) customer(ctx context.Context, row *customer) error {
	at, err := c.office.Stripe.Customer(ctx, row.StripeCustomerID)
	f := Finding{StripeID: row.StripeCustomerID, Owner: row.Owner}
	switch {
	case gone(err):
		f.Difference = MissingThere
	case err != nil:
		return err
	case !at.Deleted:
		return nil
	default:
		f.Difference = CustomerDeleted
		if c.report.Mode == Repair {
			if err := c.office.dropCustomer(ctx, row); err != nil {
				return err
			}
		}
	}
	c.report.add(f)
	return nil
}
