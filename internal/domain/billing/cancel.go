package billing

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

// Reason is why a member cancels, in our own words.
type Reason string

// The reasons, in the order of the page.
const (
	ReasonPrice   Reason = "price"
	ReasonTime    Reason = "time"
	ReasonTopics  Reason = "topics"
	ReasonQuality Reason = "quality"
	ReasonElse    Reason = "elsewhere"
	ReasonService Reason = "service"
	ReasonOnce    Reason = "once"
	ReasonOther   Reason = "other"
)

// Reasons lists every reason in the order of the page.
func Reasons() []Reason {
	return []Reason{ReasonPrice, ReasonTime, ReasonTopics, ReasonQuality, ReasonElse, ReasonService, ReasonOnce, ReasonOther}
}

// feedback is the nearest of Stripe's words, so that its figures tell the same.
func (r Reason) feedback() stripeapi.Feedback {
	switch r {
	case ReasonPrice:
		return stripeapi.TooExpensive
	case ReasonTime, ReasonOnce:
		return stripeapi.NotUsed
	case ReasonTopics:
		return stripeapi.MissingFeatures
	case ReasonQuality:
		return stripeapi.LowQuality
	case ReasonElse:
		return stripeapi.SwitchedService
	case ReasonService:
		return stripeapi.CustomerService
	default:
		return stripeapi.OtherFeedback
	}
}

// Leaving is what somebody says who cancels. Nobody has to say anything.
type Leaving struct {
	Reason  Reason `json:"reason"`
	Comment string `json:"comment"`
}

// maxComment bounds what is kept, in characters; Stripe takes 5,000.
const maxComment = 1000

// Validate lists every broken rule.
func (l *Leaving) Validate() error {
	l.Comment = strings.TrimSpace(l.Comment)
	known := l.Reason == ""
	for _, r := range Reasons() {
		known = known || r == l.Reason
	}
	var f fault.Fields
	f.Check(known, "reason", "unknown", "Choose a reason from the list, or none.")
	f.Check(utf8.RuneCountInString(l.Comment) <= maxComment, "comment", "too_long", "At most 1,000 characters.")
	return f.Err()
}

// Cancellation is why a member cancelled. TakenBackAt is set when they stayed.
type Cancellation struct {
	ID             uuid.UUID `gorm:"type:uuid;primaryKey"`
	SubscriptionID uuid.UUID `gorm:"type:uuid"`
	Owner          Owner     `gorm:"embedded;embeddedPrefix:owner_"`
	PlanID         uuid.UUID `gorm:"type:uuid"`
	Reason         Reason
	Comment        string
	CreatedAt      time.Time
	TakenBackAt    *time.Time
}

// TableName implements gorm's Tabler.
func (Cancellation) TableName() string { return "cancellations" }

// Cancel lets a member's subscription run out at the end of what is paid. It
// stays open until then. Doing it twice changes nothing. Faults:
// subscription_not_found, also for somebody else's, and subscription_ended.
func (o *Office) Cancel(ctx context.Context, member, subscription uuid.UUID, why Leaving) (*Subscription, error) {
	if err := why.Validate(); err != nil {
		return nil, err
	}
	sub, err := o.own(ctx, member, subscription)
	if err != nil {
		return nil, err
	}
	if sub.Ending() {
		return sub, o.DB.Tx(ctx, func(ctx context.Context) error { return o.noteLeaving(ctx, sub, why) })
	}
	end := true
	change := stripeapi.SubscriptionChange{CancelAtPeriodEnd: &end, CancelComment: why.Comment}
	if why.Reason != "" {
		change.CancelFeedback = why.Reason.feedback()
	}
	return o.turn(ctx, sub, wish{
		verb: errandCancel, what: why,
		along: func(ctx context.Context) error { return o.noteLeaving(ctx, sub, why) },
		do: func(key string) error {
			_, err := o.Stripe.UpdateSubscription(ctx, key, sub.StripeID, change)
			return err
		},
	})
}

// noteLeaving keeps what somebody said, if they said anything.
func (o *Office) noteLeaving(ctx context.Context, sub *Subscription, why Leaving) error {
	if why == (Leaving{}) {
		return nil
	}
	return o.store.insertCancellation(ctx, &Cancellation{
		ID: db.NewID(), SubscriptionID: sub.ID, Owner: sub.Owner, PlanID: sub.PlanID, Reason: why.Reason, Comment: why.Comment, CreatedAt: o.Clock.Now(),
	})
}

// Keep takes Cancel back, as long as the subscription has not ended.
func (o *Office) Keep(ctx context.Context, member, subscription uuid.UUID) (*Subscription, error) {
	sub, err := o.ownStaying(ctx, member, subscription)
	if err != nil {
		return nil, err
	}
	if !sub.Ending() {
		return sub, nil
	}
	return o.turn(ctx, sub, wish{
		verb:  errandKeep,
		along: func(ctx context.Context) error { return o.store.takeBackCancellation(ctx, sub.ID, o.Clock.Now()) },
		do: func(key string) error {
			_, err := o.Stripe.KeepSubscription(ctx, key, sub.StripeID)
			return err
		},
	})
}
