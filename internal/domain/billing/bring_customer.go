package billing

import (
	"context"
	"regexp"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// customerID is what Stripe calls a customer
// (https://docs.stripe.com/api/customers/object#customer_object-id).
var customerID = regexp.MustCompile(`^cus_[A-Za-z0-9_]{1,60}$`)

// BringCustomer notes which customer at Stripe a member is, as another system
// knew it. Stripe is not asked: a Sync or a reconciliation finds what the
// customer has there, for subscriptions belong to whose customer they are
// billed to. A link that is there is never written over. It needs
// members.write.
//
// Faults: invalid fields, member_has_customer, customer_of_another.
func (o *Office) BringCustomer(ctx context.Context, member uuid.UUID, stripeID string) (linked bool, err error) {
	if err := actor.Require(ctx, actor.MembersWrite); err != nil {
		return false, err
	}
	var f fault.Fields
	f.Check(customerID.MatchString(stripeID), "/stripe_customer", "bad_id", "The id of a customer at Stripe begins with cus_.")
	if err := f.Err(); err != nil {
		return false, err
	}
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		there, err := o.store.customerByStripeID(ctx, stripeID)
		if err != nil {
			return err
		}
		if there != nil {
			if there.Owner == OfMember(member) {
				return nil
			}
			return fault.New(fault.Conflict, "customer_of_another", "This customer at Stripe is, or was, somebody else's here.")
		}
		own, err := o.store.liveCustomer(ctx, OfMember(member))
		if err != nil {
			return err
		}
		if own != nil {
			return fault.New(fault.Conflict, "member_has_customer", "The member has another customer at Stripe already.")
		}
		id := db.NewID()
		if err := o.store.insertCustomer(ctx, &customer{
			ID: id, Owner: OfMember(member), StripeCustomerID: stripeID, IdempotencyKey: "customer-" + id.String(), CreatedAt: o.Clock.Now(),
		}); err != nil {
			return err
		}
		linked = true
		return o.Journal.Record(ctx, journal.Event{Verb: "member.customer_linked", Subject: "member", ID: member.String(), Payload: map[string]any{"stripe_customer": stripeID}})
	})
	return linked, err
}

// CustomerIDs gives the living customers at Stripe of these members. It needs
// members.read.
func (o *Office) CustomerIDs(ctx context.Context, members []uuid.UUID) (map[uuid.UUID]string, error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return nil, err
	}
	rows, err := o.store.customersOfMembers(ctx, members)
	out := make(map[uuid.UUID]string, len(rows))
	for _, r := range rows {
		out[r.Owner.ID] = r.StripeCustomerID
	}
	return out, err
}
