package billing

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/platform/stripeapi"
)

// What Stripe calls the states of a visit.
const (
	sessionOpen     = "open"
	sessionComplete = "complete"
)

// ReturnState is what the page after a purchase can say.
type ReturnState string

// The states of a return from the payment page.
const (
	ReturnActive     ReturnState = "active"     // the subscription is open
	ReturnProcessing ReturnState = "processing" // the payment, such as a bank debit, takes days
	ReturnOpen       ReturnState = "open"       // nothing has been paid
	ReturnExpired    ReturnState = "expired"    // the page was closed unpaid
	ReturnClosed     ReturnState = "closed"     // it was bought, but is not open (any more)
	ReturnNotYours   ReturnState = "not_yours"  // of somebody else, or of nobody
)

// Return is what became of a visit to the payment page.
type Return struct {
	State ReturnState
	Plan  string // slug, for active, processing and closed
	URL   string // of the payment page, while it is open
}

// FinishCheckout looks at a visit that the member comes back from. It fetches
// the subscription at once, so that the page can tell the truth before any
// webhook arrives; by itself it grants nothing. It may be called any number of
// times. When Stripe cannot be asked, the fault is stripe_unavailable.
func (o *Office) FinishCheckout(ctx context.Context, sessionID string, member uuid.UUID) (Return, error) {
	if err := o.outside(ctx); err != nil {
		return Return{}, err
	}
	if !strings.HasPrefix(sessionID, "cs_") || len(sessionID) > 255 || !plain(sessionID) {
		return Return{State: ReturnNotYours}, nil
	}
	row, err := o.store.checkoutBySession(ctx, sessionID)
	if err != nil {
		return Return{}, err
	}
	if row == nil || row.Owner != OfMember(member) {
		return Return{State: ReturnNotYours}, nil
	}
	session, err := o.Stripe.CheckoutSession(ctx, sessionID)
	if err != nil {
		return Return{}, err
	}
	if session.Status == sessionOpen {
		return Return{State: ReturnOpen, URL: session.URL}, nil
	}
	if err := o.settle(ctx, row, session); err != nil {
		return Return{}, err
	}
	if session.Status != sessionComplete || session.SubscriptionID == "" {
		return Return{State: ReturnExpired}, nil
	}
	return o.returned(ctx, session.SubscriptionID)
}

// settle closes a visit that is over at Stripe, and fetches what it made.
func (o *Office) settle(ctx context.Context, row *checkout, session stripeapi.CheckoutSession) error {
	state := checkoutExpired
	if session.Status == sessionComplete {
		state = checkoutComplete
	}
	if session.SubscriptionID != "" {
		if _, err := o.Sync(ctx, session.SubscriptionID); err != nil {
			return err
		}
	}
	return o.closeCheckout(ctx, row, state)
}

// returned says how the subscription of a paid visit stands.
func (o *Office) returned(ctx context.Context, subscription string) (Return, error) {
	sub, err := o.store.subscription(ctx, subscription)
	if err != nil || sub == nil {
		return Return{State: ReturnClosed}, err
	}
	r := Return{State: ReturnClosed}
	switch {
	case sub.Status.Open():
		r.State = ReturnActive
	case sub.Status == Incomplete:
		r.State = ReturnProcessing
	}
	r.Plan, err = o.store.planSlug(ctx, sub.PlanID)
	return r, err
}

func (o *Office) closeCheckout(ctx context.Context, row *checkout, state checkoutState) error {
	if row.State != checkoutOpen {
		return nil
	}
	return o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.closeCheckout(ctx, row, state, o.Clock.Now()) })
}

func (o *Office) nameCheckout(ctx context.Context, row *checkout, session string) (ours bool, err error) {
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		ours, err = o.store.nameCheckout(ctx, row.ID, session)
		return err
	})
	return ours, err
}
