package billing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// Trace is under which ids a member appears here and at Stripe.
type Trace struct {
	Customers     []string    // at Stripe, deleted ones too
	Subscriptions []string    // at Stripe
	Subjects      []uuid.UUID // subscriptions, terms and orders, as the journal names them
}

// TraceOf finds where a member appears. It needs members.read.
func (o *Office) TraceOf(ctx context.Context, member uuid.UUID) (t Trace, err error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return t, err
	}
	owner := OfMember(member)
	if t.Customers, err = o.store.customersOf(ctx, owner); err != nil {
		return t, err
	}
	subs, err := o.store.subscriptionsOf(ctx, owner)
	if err != nil {
		return t, err
	}
	for _, s := range subs {
		t.Subscriptions, t.Subjects = append(t.Subscriptions, s.StripeID), append(t.Subjects, s.ID)
	}
	terms, err := o.store.termsOf(ctx, owner)
	if err != nil {
		return t, err
	}
	orders, err := o.store.ordersOf(ctx, member)
	for _, x := range terms {
		t.Subjects = append(t.Subjects, x.ID)
	}
	for _, x := range orders {
		t.Subjects = append(t.Subjects, x.ID)
	}
	return t, err
}

// EventsOf lists what Stripe told of a member, newest first: what was received
// before a moment, or at it and with a smaller id. It needs members.read.
func (o *Office) EventsOf(ctx context.Context, t Trace, at time.Time, id string, limit int) ([]Event, error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return nil, err
	}
	if len(t.Customers)+len(t.Subscriptions) == 0 {
		return nil, nil
	}
	// An empty list would match events that name nobody.
	return o.store.eventsOf(ctx, append(t.Customers, "-"), append(t.Subscriptions, "-"), at, id, limit)
}
