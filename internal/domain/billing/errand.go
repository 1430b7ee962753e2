package billing

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

type errandVerb string

// What can be asked for.
const (
	errandChange  errandVerb = "change"
	errandCancel  errandVerb = "cancel"
	errandKeep    errandVerb = "keep"
	errandPause   errandVerb = "pause"
	errandUnpause errandVerb = "unpause"
	errandRestart errandVerb = "restart"
	errandEnd     errandVerb = "end"
	errandDouble  errandVerb = "double" // ends what was bought a second time
	errandRefund  errandVerb = "refund"
)

type errandState string

// The states of an errand.
const (
	errandOpen    errandState = "open" // also while Stripe's answer is unknown
	errandDone    errandState = "done"
	errandRefused errandState = "refused"
	errandDropped errandState = "dropped" // the owner wished something else, or it grew too old
)

// errand is one change of a subscription that Stripe is asked for. Its
// idempotency key is in a row before the first attempt. Whoever wishes the same
// again, at the same time or after an answer was lost, sends the same key, so
// that it happens once.
type errand struct {
	ID             uuid.UUID `gorm:"type:uuid;primaryKey"`
	SubscriptionID uuid.UUID `gorm:"type:uuid"`
	Verb           errandVerb
	Wish           string
	IdempotencyKey string
	State          errandState
	Error          string
	CreatedAt      time.Time
	ClosedAt       *time.Time
}

// TableName implements gorm's Tabler.
func (errand) TableName() string { return "errands" }

// keyLife is how long a key is sent again. Stripe keeps the outcome of a key
// for at least 24 hours (https://docs.stripe.com/api/idempotent_requests).
const keyLife = 20 * time.Hour

// same tells whether this errand is what is wished now.
func (e *errand) same(verb errandVerb, wish string, now time.Time) bool {
	return e.Verb == verb && e.Wish == wish && now.Sub(e.CreatedAt) < keyLife
}

// wish is one errand to run.
type wish struct {
	verb errandVerb
	what any // makes two wishes of a verb the same
	// along is written in the transaction that begins the errand; it may be nil.
	along func(ctx context.Context) error
	do    func(key string) error
}

// run asks Stripe for a change. When the answer is not known the errand stays
// open under its key; anything else closes it.
func (o *Office) run(ctx context.Context, sub *Subscription, w wish) error {
	what, err := json.Marshal(w.what)
	if err != nil {
		return err
	}
	for try := range tries {
		e, err := o.begin(ctx, sub.ID, w, string(what))
		if err != nil {
			return err
		}
		err = w.do(e.IdempotencyKey)
		if stripeapi.Retryable(err) {
			if try >= 2 {
				return err
			}
			// Somebody else may be sending the same key in this moment.
			if err := stepAside(ctx, try); err != nil {
				return err
			}
			continue
		}
		return errors.Join(err, o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.closeErrand(ctx, e.ID, err, o.Clock.Now()) }))
	}
	return errBusy
}

// begin finds the errand that is under way already, or writes a new one. An
// older wish gives way: Stripe has done it or not, which the mirror will show.
func (o *Office) begin(ctx context.Context, subscription uuid.UUID, w wish, what string) (e *errand, err error) {
	now := o.Clock.Now()
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		if e, err = o.store.openErrand(ctx, subscription); err != nil {
			return err
		}
		if e != nil && e.same(w.verb, what, now) {
			return nil
		}
		if e != nil {
			if err := o.store.dropErrand(ctx, e.ID, now); err != nil {
				return err
			}
		}
		id := db.NewID()
		fresh := &errand{ID: id, SubscriptionID: subscription, Verb: w.verb, Wish: what, IdempotencyKey: string(w.verb) + "-" + id.String(), State: errandOpen, CreatedAt: now}
		if err := o.store.insertErrand(ctx, fresh); err != nil {
			return err
		}
		// Ours, or that of somebody faster.
		if e, err = o.store.openErrand(ctx, subscription); err != nil {
			return err
		}
		if e == nil || !e.same(w.verb, what, now) {
			return errBusy
		}
		if w.along == nil || e.ID != id {
			return nil
		}
		return w.along(ctx)
	})
	return e, err
}

var (
	errNoSubscription = fault.New(fault.NotFound, "subscription_not_found", "There is no such subscription.")
	errEnded          = fault.New(fault.Conflict, "subscription_ended", "This subscription has ended already.")
)

// own finds a subscription of a member, as Stripe has it now. Somebody else's
// is not found.
func (o *Office) own(ctx context.Context, member, subscription uuid.UUID) (*Subscription, error) {
	if err := o.outside(ctx); err != nil {
		return nil, err
	}
	sub, err := o.store.subscriptionByID(ctx, subscription)
	if err != nil {
		return nil, err
	}
	if sub == nil || sub.Owner != OfMember(member) {
		return nil, errNoSubscription
	}
	if sub.Status.Ended() {
		return nil, errEnded
	}
	if sub, err = o.synced(ctx, sub); err != nil {
		return nil, err
	}
	if sub.Status.Ended() {
		return nil, errEnded
	}
	return sub, nil
}

// ownStaying is own for what leads to more being charged. Who is about to be
// deleted is refused.
func (o *Office) ownStaying(ctx context.Context, member, subscription uuid.UUID) (*Subscription, error) {
	sub, err := o.own(ctx, member, subscription)
	if err != nil {
		return nil, err
	}
	return sub, o.Members.Staying(ctx, member)
}

// synced syncs a subscription and reads it again.
func (o *Office) synced(ctx context.Context, sub *Subscription) (*Subscription, error) {
	if _, err := o.Sync(ctx, sub.StripeID); err != nil {
		return nil, err
	}
	return o.store.subscriptionByID(ctx, sub.ID)
}

// turn runs an errand and mirrors what came of it.
func (o *Office) turn(ctx context.Context, sub *Subscription, w wish) (*Subscription, error) {
	refused := o.run(ctx, sub, w)
	// Also when Stripe refused: it may have ended without our knowing.
	after, err := o.synced(ctx, sub)
	if err != nil {
		return nil, errors.Join(refused, err)
	}
	if refused != nil && after.Status.Ended() {
		return nil, errEnded.Because(refused)
	}
	return after, refused
}
