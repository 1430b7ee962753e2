package billing

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
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
	ReturnActive     ReturnState = "active"     // what was bought is open
	ReturnProcessing ReturnState = "processing" // the payment, such as a bank debit, takes days
	ReturnFailed     ReturnState = "failed"     // such a payment did not arrive
	ReturnOpen       ReturnState = "open"       // nothing has been paid
	ReturnExpired    ReturnState = "expired"    // the page was closed unpaid
	ReturnClosed     ReturnState = "closed"     // it was bought, but is not open (any more)
	ReturnNotYours   ReturnState = "not_yours"  // of somebody else, or of nobody
)

// Return is what became of a visit to the payment page.
type Return struct {
	State ReturnState
	Plan  string     // slug, for active, processing, failed and closed
	URL   string     // of the payment page, while it is open
	Until *time.Time // of what was paid once: when it ends
	Email string     // of a stranger: where the link to sign in went
	// Doubled says that a stranger's address belongs to a member who had a
	// subscription already: what was bought now is given back.
	Doubled bool
}

// FinishCheckout looks at a visit that the member comes back from. It fetches
// the subscription at once, so that the page can tell the truth before any
// webhook arrives; by itself it grants nothing. It may be called any number of
// times. When Stripe cannot be asked, the fault is stripe_unavailable.
func (o *Office) FinishCheckout(ctx context.Context, sessionID string, member uuid.UUID) (Return, error) {
	return o.FinishVisit(ctx, sessionID, member, "")
}

// FinishVisit is FinishCheckout, also for a stranger whose browser keeps the
// visit's secret.
func (o *Office) FinishVisit(ctx context.Context, sessionID string, member uuid.UUID, secret string) (Return, error) {
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
	own := row != nil && member != uuid.Nil && row.Owner == OfMember(member)
	if row == nil || !own && !row.shownBy(secret) {
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
	if session.Status != sessionComplete {
		return Return{State: ReturnExpired}, nil
	}
	r, err := o.returned(ctx, row, session.SubscriptionID)
	if err == nil && row.Stranger && !own {
		r.Email = session.CustomerEmail
	}
	if err == nil && row.Stranger && session.SubscriptionID != "" {
		r.Doubled, err = o.isDouble(ctx, session.SubscriptionID)
	}
	return r, err
}

// returned says how what was bought in a complete visit stands.
func (o *Office) returned(ctx context.Context, row *checkout, subscription string) (Return, error) {
	if subscription == "" {
		return o.returnedTerm(ctx, row)
	}
	sub, err := o.store.subscription(ctx, subscription)
	if err != nil || sub == nil {
		return Return{State: ReturnClosed}, err
	}
	r := Return{State: ReturnClosed}
	switch {
	case sub.Status.Open():
		r.State = ReturnActive
	case row.Payment == duesFailed:
		r.State = ReturnFailed
	case sub.Status == Incomplete:
		r.State = ReturnProcessing
	}
	r.Plan, err = o.store.planSlug(ctx, sub.PlanID)
	return r, err
}

func (o *Office) returnedTerm(ctx context.Context, row *checkout) (Return, error) {
	price, err := o.store.price(ctx, row.PriceID)
	if err != nil || price == nil {
		return Return{State: ReturnClosed}, err
	}
	r := Return{State: ReturnClosed}
	switch row.Payment {
	case duesPending:
		r.State = ReturnProcessing
	case duesFailed:
		r.State = ReturnFailed
	case duesPaid:
		t, err := o.store.termFrom(ctx, TermPurchase, row.ID.String())
		if err != nil {
			return r, err
		}
		if t != nil {
			r.Until = &t.EndsAt
			if s := t.State(o.Clock.Now()); s == TermOpen || s == TermComing {
				r.State = ReturnActive
			}
		}
	}
	r.Plan, err = o.store.planSlug(ctx, price.PlanID)
	return r, err
}
