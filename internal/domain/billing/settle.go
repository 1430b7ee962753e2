package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/stripeapi"
)

// settle takes over what became of a visit that is over at Stripe: whose it
// is, how its payment stands, and what was bought. It may be called any number
// of times, and is called again when a slow payment has been decided.
func (o *Office) settle(ctx context.Context, row *checkout, session stripeapi.CheckoutSession) error {
	if session.Status != sessionComplete {
		return o.closeCheckout(ctx, row, checkoutExpired)
	}
	if err := o.claim(ctx, row, session); err != nil {
		return err
	}
	if session.SubscriptionID != "" {
		if _, err := o.Sync(ctx, session.SubscriptionID); err != nil {
			return err
		}
	}
	payment, err := o.paymentOf(ctx, session)
	if err != nil {
		return err
	}
	price, err := o.store.price(ctx, row.PriceID)
	if err != nil || price == nil {
		return err
	}
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		if err := o.completeCheckout(ctx, row, session, payment); err != nil {
			return err
		}
		switch {
		case payment != duesPaid:
			return nil
		case session.Once:
			return o.openPurchase(ctx, row, price, session)
		}
		return o.noticeDouble(ctx, row, session.SubscriptionID)
	})
	if err == nil {
		row.State, row.Payment = checkoutComplete, payment
	}
	return err
}

// completeCheckout notes a visit that was paid for, or will be, and takes its
// place in an offer. A payment that failed gives the place back.
func (o *Office) completeCheckout(ctx context.Context, row *checkout, session stripeapi.CheckoutSession, payment dues) error {
	now := o.Clock.Now()
	changed, err := o.store.completeCheckout(ctx, row, payment, now)
	if err != nil || !changed {
		return err
	}
	if payment == duesFailed {
		return o.store.closePlaces(ctx, row.ID, redemptionReleased, "", now)
	}
	bought := session.SubscriptionID
	if bought == "" {
		bought = session.PaymentIntentID
	}
	took, err := o.store.takePlaces(ctx, row.ID, bought, now)
	if err != nil || !took {
		return err
	}
	offer, err := o.store.offer(ctx, row.OfferID.UUID)
	if err != nil || offer == nil {
		return err
	}
	return o.Journal.Record(ctx, journal.Event{Verb: "offer.taken", Subject: "offer", ID: offer.Code, Payload: taken{row.Owner.Kind, row.Owner.ID, session.SubscriptionID}})
}

// openTerm opens what was paid once, from now or from the end of what the
// owner has of the plan. It happens once for each visit.
func (o *Office) openTerm(ctx context.Context, row *checkout, price *Price, session stripeapi.CheckoutSession) error {
	start, err := o.nextStart(ctx, row.Owner, price.PlanID)
	if err != nil {
		return err
	}
	return o.addTerm(ctx, &Term{
		Owner: row.Owner, PlanID: uuid.NullUUID{UUID: price.PlanID, Valid: true}, Source: TermPurchase, SourceID: row.ID.String(),
		StartsAt: start, EndsAt: addMonths(start, int(price.Months)), Seats: row.Quantity, Reference: session.PaymentIntentID,
		Amount: session.AmountTotal, Currency: session.Currency,
	})
}

// openPurchase opens a term, unless its money is known to have gone back and
// the owner wants that to close it.
func (o *Office) openPurchase(ctx context.Context, row *checkout, price *Price, session stripeapi.CheckoutSession) error {
	if err := o.openTerm(ctx, row, price, session); err != nil {
		return err
	}
	back, err := o.paidBack(ctx, session.InvoiceID)
	if err != nil || !back {
		return err
	}
	rules, err := o.SalesRules(ctx)
	if err != nil || !rules.RefundCloses {
		return err
	}
	return o.endTermOf(ctx, TermPurchase, row.ID.String(), "It was paid back.")
}

// paymentOf says how the payment of a complete visit stands. A visit whose
// payment status is unpaid has a slow payment on its way, or had one that
// failed; which of them, its payment says:
// https://docs.stripe.com/payments/payment-intents/asynchronous-capture.
func (o *Office) paymentOf(ctx context.Context, session stripeapi.CheckoutSession) (dues, error) {
	if session.PaymentStatus != "unpaid" {
		return duesPaid, nil
	}
	id := session.PaymentIntentID
	if id == "" && session.InvoiceID != "" {
		in, err := o.Stripe.Invoice(ctx, session.InvoiceID)
		if err != nil && !gone(err) {
			return duesUnknown, err
		}
		id = in.PaymentIntentID
	}
	if id == "" {
		return duesPending, nil
	}
	pi, err := o.Stripe.PaymentIntent(ctx, id)
	switch {
	case err != nil && !gone(err):
		return duesUnknown, err
	case pi.Status == "succeeded":
		return duesPaid, nil
	case pi.Status == "requires_payment_method" || pi.Status == "canceled":
		return duesFailed, nil
	}
	return duesPending, nil
}

// forgotten is how long a visit may be open before it is looked for: longer
// than a page lives.
const forgotten = longestVisit

// SettleVisits looks at visits of which no word came, for notes and presents
// too: whoever paid gets what was bought, also when webhooks were lost and the
// buyer never came back. Slow payments are asked for until they are decided.
func (o *Office) SettleVisits(ctx context.Context) error {
	if err := o.outside(ctx); err != nil {
		return err
	}
	now := o.Clock.Now()
	rows, err := o.store.unsettled(ctx, now.Add(-time.Hour), now.Add(-forgotten), now.AddDate(0, 0, -30))
	if err != nil {
		return err
	}
	var failed []error
	for _, row := range rows {
		if err := o.lookAtVisit(ctx, row); err != nil {
			failed = append(failed, fmt.Errorf("billing: visit %s: %w", row.ID, err))
		}
	}
	sales, err := o.store.unsettledSales(ctx, now.Add(-forgotten), now.AddDate(0, 0, -30))
	if err != nil {
		return errors.Join(append(failed, err)...)
	}
	for _, row := range sales {
		if err := o.lookAtSale(ctx, row); err != nil {
			failed = append(failed, fmt.Errorf("billing: sale %s: %w", row.ID, err))
		}
	}
	return errors.Join(failed...)
}

// mislaid tells whether a visit that Stripe does not know is given up. A key of
// the wrong account must not lose what was paid, so that takes a week.
func (o *Office) mislaid(begun time.Time) bool { return o.Clock.Now().Sub(begun) > 7*24*time.Hour }

func (o *Office) lookAtSale(ctx context.Context, row *sale) error {
	if row.SessionID == "" {
		return o.closeSale(ctx, row)
	}
	session, err := o.Stripe.CheckoutSession(ctx, row.SessionID)
	if gone(err) {
		if !o.mislaid(row.CreatedAt) {
			return nil
		}
		return o.closeSale(ctx, row)
	}
	if err != nil {
		return err
	}
	return o.settleSale(ctx, row, session)
}

func (o *Office) lookAtVisit(ctx context.Context, row *checkout) error {
	if row.SessionID == "" {
		return o.closeCheckout(ctx, row, checkoutDropped)
	}
	session, err := o.Stripe.CheckoutSession(ctx, row.SessionID)
	if gone(err) {
		if !o.mislaid(row.CreatedAt) {
			return nil
		}
		return o.closeCheckout(ctx, row, checkoutExpired)
	}
	if err != nil || session.Status == sessionOpen {
		return err
	}
	return o.settle(ctx, row, session)
}
