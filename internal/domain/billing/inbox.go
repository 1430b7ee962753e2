package billing

import (
	"context"
	"errors"
	"strings"
	"time"

	"lighttrends/internal/platform/stripeapi"
)

// tolerance is how old a signature may be; Stripe signs every retry anew:
// https://docs.stripe.com/webhooks#replay-attacks.
const tolerance = 5 * time.Minute

// EventState says how far an event has come.
type EventState string

// The states of an event.
const (
	EventReceived EventState = "received"
	EventApplied  EventState = "applied"
	EventIgnored  EventState = "ignored" // it changes nothing here; Reason says why
)

// Event is what is kept of one event: which one it is and what became of it.
// What it said is not kept.
type Event struct {
	ID             string `gorm:"primaryKey"`
	Type           string
	ObjectID       string
	SubscriptionID string
	CustomerID     string
	CreatedAt      time.Time `gorm:"autoCreateTime:false"` // at Stripe
	ReceivedAt     time.Time
	State          EventState
	AppliedAt      *time.Time // or ignored
	Attempts       int
	Reason         string // why it was ignored
	Error          string // code of the last failure
}

// TableName implements gorm's Tabler.
func (Event) TableName() string { return "stripe_events" }

// Receive takes one call of Stripe's webhook: raw is the body byte for byte,
// signature the Stripe-Signature header. It checks the signature, keeps the
// event's ids and leaves the work to a job of the same transaction, so that
// Stripe has its answer within milliseconds. An event that is known already is
// fine. Faults: stripe_signature, stripe_payload; for anything else Stripe
// should come again.
func (o *Office) Receive(ctx context.Context, raw []byte, signature string) error {
	now := o.Clock.Now()
	told, err := stripeapi.ParseEvent(raw, signature, o.WebhookSecrets, tolerance, now)
	if err != nil {
		var why stripeapi.Refusal
		if errors.As(err, &why) {
			o.refuse(ctx, now, string(why))
		}
		return err
	}
	event := Event{
		ID: told.ID, Type: told.Type, ObjectID: told.ObjectID, SubscriptionID: told.SubscriptionID, CustomerID: told.CustomerID,
		CreatedAt: told.Created, ReceivedAt: now, State: EventReceived,
	}
	event.skip(now)
	return o.DB.Tx(ctx, func(ctx context.Context) error {
		fresh, err := o.store.insertEvent(ctx, &event)
		if err != nil || !fresh || event.State != EventReceived {
			return err
		}
		return o.DB.Enqueue(ctx, ApplyArgs{Event: event.ID}, nil)
	})
}

// skip ignores, before any work is made for it, an event that cannot be about
// what is sold here.
func (e *Event) skip(now time.Time) {
	reason := ""
	switch {
	case e.Type == "customer.deleted", strings.HasPrefix(e.Type, "checkout.session."), aboutMoneyBack(e.Type):
	case strings.HasPrefix(e.Type, "invoice."):
		if e.SubscriptionID == "" && (e.ObjectID == "" || e.CustomerID == "") {
			reason = ReasonNothing
		}
	case !strings.HasPrefix(e.Type, "customer.subscription."):
		reason = ReasonUnknownType
	case e.SubscriptionID == "":
		reason = ReasonNothing
	}
	if reason != "" {
		e.State, e.Reason, e.AppliedAt = EventIgnored, reason, &now
	}
}

// aboutMoneyBack tells whether an event is about a refund or a dispute. Newer
// versions of Stripe's API tell of refunds under their own name.
func aboutMoneyBack(kind string) bool {
	for _, prefix := range []string{"charge.refund", "charge.dispute.", "refund."} {
		if strings.HasPrefix(kind, prefix) {
			return true
		}
	}
	return false
}
