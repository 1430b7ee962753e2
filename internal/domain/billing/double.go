package billing

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

// The journal's verb of a second subscription that is given back.
const verbDoubled = "subscription.doubled"

// older finds a subscription of the same owner that runs and was known here
// before, or nil. Keys rise with time, so of two that begin at once exactly one
// has an older one, and it is the one that comes here last. One that is past
// due does not count: who pays anew because the old one failed is not sent away.
func (o *Office) older(ctx context.Context, sub *Subscription) (*Subscription, error) {
	subs, err := o.store.subscriptionsOf(ctx, sub.Owner)
	for _, s := range subs {
		runs := s.Status == Active || s.Status == Trialing
		if runs && s.ID.String() < sub.ID.String() {
			return s, err
		}
	}
	return nil, err
}

// noticeDouble lets a job give back what a stranger bought with the address of
// somebody who is subscribed, in the transaction of the context. Members are
// stopped before they pay; whose address a stranger will type, nobody knows.
func (o *Office) noticeDouble(ctx context.Context, row *checkout, subscription string) error {
	if !row.Stranger {
		return nil
	}
	sub, err := o.store.subscription(ctx, subscription)
	if err != nil || sub == nil || !sub.Status.Open() {
		return err
	}
	first, err := o.older(ctx, sub)
	if err != nil || first == nil {
		return err
	}
	return o.DB.Enqueue(ctx, GiveBackArgs{Visit: row.ID}, nil)
}

// isDouble is Doubled by Stripe's id.
func (o *Office) isDouble(ctx context.Context, subscription string) (bool, error) {
	sub, err := o.store.subscription(ctx, subscription)
	if err != nil || sub == nil {
		return false, err
	}
	return o.Doubled(ctx, sub.ID)
}

// Doubled tells whether a subscription is a second one, beside one that was
// here before, or was given back as such.
func (o *Office) Doubled(ctx context.Context, subscription uuid.UUID) (bool, error) {
	if begun, err := o.store.doubled(ctx, subscription); begun || err != nil {
		return begun, err
	}
	sub, err := o.store.subscriptionByID(ctx, subscription)
	if err != nil || sub == nil || !sub.Status.Open() {
		return false, err
	}
	first, err := o.older(ctx, sub)
	return first != nil, err
}

// GiveBack ends the second subscription that was bought in a visit, at once,
// and gives back everything that was paid for it. Ending alone gives nothing
// back (https://docs.stripe.com/billing/subscriptions/cancel), and it comes
// first, so that nothing more is charged while a refund waits. It may be called
// any number of times; once it has begun it goes through to the end.
func (o *Office) GiveBack(ctx context.Context, visit uuid.UUID) error {
	if err := o.outside(ctx); err != nil {
		return err
	}
	sub, begun, err := o.second(ctx, visit)
	if err != nil || sub == nil {
		return err
	}
	var bills []stripeapi.Invoice
	var paid int64
	for in, err := range o.Stripe.Invoices(ctx, stripeapi.InvoiceFilter{SubscriptionID: sub.StripeID}) {
		if err != nil {
			return err
		}
		bills, paid = append(bills, in), paid+in.AmountPaid
	}
	if !sub.Status.Ended() {
		if _, err := o.turn(ctx, sub, o.endingDouble(ctx, sub, begun, paid)); err != nil {
			return err
		}
	}
	for _, in := range bills {
		if err := o.payBack(ctx, sub, in); err != nil {
			return err
		}
	}
	return nil
}

// second finds what is to be given back, or nil; begun tells that somebody has
// set about it.
func (o *Office) second(ctx context.Context, visit uuid.UUID) (sub *Subscription, begun bool, err error) {
	row, err := o.store.checkoutByID(ctx, visit)
	if err != nil || row == nil || !row.Stranger {
		return nil, false, err
	}
	session, err := o.Stripe.CheckoutSession(ctx, row.SessionID)
	if err != nil {
		return nil, false, err
	}
	if sub, err = o.store.subscription(ctx, session.SubscriptionID); err != nil || sub == nil {
		return nil, false, err
	}
	if begun, err = o.store.doubled(ctx, sub.ID); err != nil {
		return nil, false, err
	}
	if sub, err = o.synced(ctx, sub); err != nil || begun {
		return sub, begun, err
	}
	first, err := o.older(ctx, sub)
	if err != nil || first == nil || !sub.Status.Open() {
		return nil, false, err
	}
	// The first may have ended without our knowing: then this is the only one.
	if first, err = o.synced(ctx, first); err != nil || !first.Status.Open() {
		return nil, false, err
	}
	return sub, false, nil
}

// endingDouble is the errand that ends a second subscription. Its owner is told
// in the transaction that begins it.
func (o *Office) endingDouble(ctx context.Context, sub *Subscription, told bool, paid int64) wish {
	w := o.ending(ctx, sub, "doubled")
	w.verb = errandDouble
	w.along = func(ctx context.Context) error {
		if told {
			return nil
		}
		slug, err := o.store.planSlug(ctx, sub.PlanID)
		if err != nil {
			return err
		}
		if err := o.record(ctx, verbDoubled, view{sub: sub, slug: slug}); err != nil {
			return err
		}
		f := o.factsOf(ctx, sub)
		f.Amount = paid
		return o.post(ctx, LetterDoubled, sub.ID.String(), sub.Owner, f)
	}
	return w
}

// payBack gives back what is left of the payment of a bill, and mirrors it.
func (o *Office) payBack(ctx context.Context, sub *Subscription, in stripeapi.Invoice) error {
	if ch := in.Charge; ch != nil && ch.Refunded < ch.Amount && in.AmountPaid > 0 {
		err := o.run(ctx, sub, wish{verb: errandRefund, what: ch.ID, do: func(key string) error {
			_, err := o.Stripe.GiveBack(ctx, key, ch.ID)
			if fault.HasCode(err, stripeapi.CodeInvalidRequest) { // somebody may have been faster
				if now, again := o.Stripe.Charge(ctx, ch.ID); again == nil && now.Refunded >= now.Amount {
					return nil
				}
			}
			return err
		}})
		if err != nil {
			return err
		}
	}
	_, err := o.SyncInvoice(ctx, in.ID)
	return err
}
