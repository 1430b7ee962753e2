package billing

import (
	"context"
	"errors"
	"strings"

	"lighttrends/internal/platform/fault"
)

// Apply looks at Stripe for what an event hinted at. It may run any number of
// times; only the first that comes through does anything. When Stripe cannot
// be asked, the event stays as it is, the attempt is counted and the error
// makes the job come again.
func (o *Office) Apply(ctx context.Context, eventID string) error {
	if err := o.outside(ctx); err != nil {
		return err
	}
	event, err := o.store.event(ctx, eventID)
	if err != nil || event == nil || event.State != EventReceived {
		return err
	}
	done, reason, err := o.followAtOnce(ctx, event)
	if done {
		return nil
	}
	if err != nil {
		failed := o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.failEvent(ctx, event.ID, fault.Of(err).Code) })
		return errors.Join(err, failed)
	}
	now := o.Clock.Now()
	event.State, event.Reason, event.AppliedAt = EventApplied, reason, &now
	if reason != "" {
		event.State = EventIgnored
		o.Log.InfoContext(ctx, "stripe event ignored", "event", event.ID, "type", event.Type, "reason", reason)
	}
	return o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.finishEvent(ctx, event) })
}

// follow does what the event asks for. It returns the reason when nothing here
// is concerned.
func (o *Office) follow(ctx context.Context, e *Event) (reason string, err error) {
	switch {
	case e.Type == "customer.deleted":
		return o.followCustomer(ctx, e.CustomerID)
	case strings.HasPrefix(e.Type, "checkout.session."):
		return o.followVisit(ctx, e)
	case aboutMoneyBack(e.Type):
		return o.followMoneyBack(ctx, e.ObjectID)
	case strings.HasPrefix(e.Type, "invoice."):
		return o.followInvoice(ctx, e)
	default:
		return o.followSubscription(ctx, e.SubscriptionID)
	}
}

// followInvoice looks at the subscription of a bill first, so that the bill
// finds its owner.
func (o *Office) followInvoice(ctx context.Context, e *Event) (reason string, err error) {
	if e.SubscriptionID != "" {
		if reason, err = o.followSubscription(ctx, e.SubscriptionID); err != nil || e.ObjectID == "" {
			return reason, err
		}
	}
	bill, err := o.SyncInvoice(ctx, e.ObjectID)
	switch {
	case gone(err):
		bill = ReasonNotFound
	case err != nil:
		return "", err
	}
	if e.SubscriptionID == "" {
		return bill, nil
	}
	return reason, nil
}

// followMoneyBack finds the payment that a refund or a dispute is about. The
// object is told from its id, because what events of this kind hold has changed
// between versions of the API.
func (o *Office) followMoneyBack(ctx context.Context, object string) (string, error) {
	switch kind, _, _ := strings.Cut(object, "_"); kind {
	case "re", "pyr":
		return o.followRefund(ctx, object)
	case "dp", "du", "pdp":
		return o.followDispute(ctx, object)
	case "ch", "py":
		return o.followCharge(ctx, object)
	}
	return ReasonNothing, nil
}

func (o *Office) followSubscription(ctx context.Context, id string) (string, error) {
	out, err := o.Sync(ctx, id)
	if gone(err) {
		return ReasonNotFound, nil
	}
	return out.Ignored, err
}

// followVisit closes our row of a visit and fetches what was bought in it.
// Visits that were opened elsewhere, such as payment links, may still be by a
// customer of ours.
func (o *Office) followVisit(ctx context.Context, e *Event) (string, error) {
	if ours, err := o.followSale(ctx, e); ours || err != nil {
		return "", err
	}
	row, err := o.store.checkoutBySession(ctx, e.ObjectID)
	if err != nil {
		return "", err
	}
	if row != nil {
		session, err := o.Stripe.CheckoutSession(ctx, e.ObjectID)
		if gone(err) {
			return ReasonNotFound, nil
		}
		if err != nil || session.Status == sessionOpen {
			return "", err
		}
		return "", o.settle(ctx, row, session)
	}
	if e.SubscriptionID == "" {
		return ReasonNothing, nil
	}
	return o.followSubscription(ctx, e.SubscriptionID)
}

// followCustomer notes that a customer was deleted, which ends its
// subscriptions at Stripe.
func (o *Office) followCustomer(ctx context.Context, id string) (string, error) {
	row, err := o.store.customerByStripeID(ctx, id)
	if err != nil {
		return "", err
	}
	if row == nil {
		return ReasonForeign, nil
	}
	at, err := o.Stripe.Customer(ctx, id)
	if err != nil && !gone(err) {
		return "", err
	}
	if err == nil && !at.Deleted {
		return ReasonNothing, nil
	}
	if err := o.dropCustomer(ctx, row); err != nil {
		return "", err
	}
	subs, err := o.store.subscriptionIDsOfCustomer(ctx, id)
	if err != nil {
		return "", err
	}
	for _, sub := range subs {
		if _, err := o.followSubscription(ctx, sub); err != nil {
			return "", err
		}
	}
	return "", nil
}
