package billing

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/stripeapi"
)

// Outcome is what Sync did.
type Outcome struct {
	Changed bool
	Ignored string // a Reason why the subscription is none of ours
}

// errOvertaken says that the row was written between reading its sync number
// and writing.
var errOvertaken = errors.New("billing: overtaken")

// Sync makes the mirror show a subscription as it is at Stripe now. It may be
// called at any time, by any number of callers at once: it writes only if
// nobody wrote since it began to look, else it looks again. So every write is
// made from an answer that is younger than the write before it.
//
// Faults: stripe_not_found for an id Stripe does not know, billing_busy when
// it was overtaken again and again, and those of Stripe.
func (o *Office) Sync(ctx context.Context, stripeID string) (Outcome, error) {
	return o.syncAnd(ctx, stripeID, nil)
}

// syncAnd is Sync that does something more in the transaction in which the
// change is written. Without a change it is not called.
func (o *Office) syncAnd(ctx context.Context, stripeID string, more func(context.Context) error) (Outcome, error) {
	if err := o.outside(ctx); err != nil {
		return Outcome{}, err
	}
	for try := range tries {
		before, err := o.store.subscription(ctx, stripeID)
		if err != nil {
			return Outcome{}, err
		}
		snap, err := o.Stripe.Subscription(ctx, stripeID)
		if err != nil {
			return Outcome{}, err
		}
		v, err := o.look(ctx, before, snap)
		if err != nil {
			return Outcome{}, err
		}
		err = o.write(ctx, v, more)
		if !errors.Is(err, errOvertaken) {
			return Outcome{Changed: v.change.differs && err == nil, Ignored: v.reason}, err
		}
		if err := stepAside(ctx, try); err != nil {
			return Outcome{}, err
		}
	}
	return Outcome{}, errBusy
}

// write stores what changed, together with its consequences.
func (o *Office) write(ctx context.Context, v view, more func(context.Context) error) error {
	if !v.change.differs {
		return nil
	}
	return o.DB.Tx(ctx, func(ctx context.Context) error {
		if err := o.store.saveSubscription(ctx, v.sub); err != nil {
			return err
		}
		if err := o.adoptCustomer(ctx, v.sub); err != nil {
			return err
		}
		if err := o.noteTurn(ctx, v.sub, v.change); err != nil {
			return err
		}
		if v.change.standing && v.sub.Owner.Kind == MemberOwner {
			if err := o.bump(ctx, v.sub.Owner.ID); err != nil {
				return err
			}
		}
		for _, verb := range v.change.verbs {
			if err := errors.Join(o.record(ctx, verb, v), o.tell(ctx, verb, v)); err != nil {
				return err
			}
		}
		if more != nil {
			return more(ctx)
		}
		return nil
	})
}

// adoptCustomer remembers the customer of a subscription that was known by its
// metadata only, as after a restored backup.
func (o *Office) adoptCustomer(ctx context.Context, sub *Subscription) error {
	if sub.SyncNumber > 1 || sub.StripeCustomerID == "" {
		return nil
	}
	id := db.NewID()
	return o.store.insertCustomer(ctx, &customer{
		ID: id, Owner: sub.Owner, StripeCustomerID: sub.StripeCustomerID, IdempotencyKey: "customer-" + id.String(), CreatedAt: o.Clock.Now(),
	})
}

// bump raises the member's access epoch. A member who was deleted has none.
func (o *Office) bump(ctx context.Context, member uuid.UUID) error {
	err := o.Members.BumpAccess(ctx, member)
	if err != nil && fault.Of(err).Kind == fault.NotFound {
		return nil
	}
	return err
}

// Happened is the payload of every journal row about a subscription. It names
// nobody but by id.
type Happened struct {
	OwnerKind    OwnerKind `json:"owner_kind"`
	OwnerID      uuid.UUID `json:"owner_id"`
	Plan         string    `json:"plan"` // slug
	Status       Status    `json:"status"`
	Quantity     int64     `json:"quantity"`
	Subscription string    `json:"stripe_subscription"`
}

func (o *Office) record(ctx context.Context, verb string, v view) error {
	s := v.sub
	return o.Journal.Record(ctx, journal.Event{Verb: verb, Subject: "subscription", ID: s.ID.String(), Payload: Happened{
		OwnerKind: s.Owner.Kind, OwnerID: s.Owner.ID, Plan: v.slug, Status: s.Status, Quantity: s.Quantity, Subscription: s.StripeID,
	}})
}

// gone tells whether Stripe does not know the object.
func gone(err error) bool { return fault.HasCode(err, stripeapi.CodeNotFound) }
