package billing

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

// visit opens the payment page, or the one that is open already.
func (o *Office) visit(ctx context.Context, w *purchase) (string, error) {
	for try := range tries {
		if err := o.freeToBuy(ctx, w.owner); err != nil {
			return "", err
		}
		row, err := o.openVisit(ctx, w)
		if err != nil {
			return "", err
		}
		url, err := o.pageOf(ctx, row, w)
		if url != "" || err != nil {
			return url, err
		}
		if err := stepAside(ctx, try); err != nil {
			return "", err
		}
	}
	return "", errBusy
}

// newVisit is a row for a wish.
func (o *Office) newVisit(w *purchase) checkout {
	id := db.NewID()
	row := checkout{
		ID: id, Owner: w.owner, PriceID: w.price.ID, Quantity: w.quantity, TrialDays: w.trialDays, ReturnTo: w.returnTo,
		State: checkoutOpen, IdempotencyKey: "checkout-" + id.String(), CreatedAt: o.Clock.Now(),
	}
	if w.offer != nil {
		row.OfferID = uuid.NullUUID{UUID: w.offer.ID, Valid: true}
	}
	return row
}

// openVisit gives the owner's open visit, or a new one for this wish, with a
// place in its offer.
func (o *Office) openVisit(ctx context.Context, w *purchase) (row *checkout, err error) {
	fresh := o.newVisit(w)
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		if err := o.store.insertCheckout(ctx, &fresh); err != nil {
			return err
		}
		if row, err = o.store.openCheckout(ctx, w.owner); err != nil || row == nil || row.ID != fresh.ID || w.offer == nil {
			return err
		}
		_, err = o.hold(ctx, w.offer.ID, w.owner, uuid.NullUUID{UUID: row.ID, Valid: true})
		return err
	})
	if row == nil && err == nil {
		return nil, errBusy // opened and closed again by somebody else
	}
	return row, err
}

// wanted tells whether a visit is for this wish.
func (w *purchase) wanted(row *checkout) bool {
	offer := uuid.Nil
	if w.offer != nil {
		offer = w.offer.ID
	}
	return row.PriceID == w.price.ID && row.ReturnTo == w.returnTo && row.Quantity == w.quantity && row.OfferID.UUID == offer && row.TrialDays == w.trialDays
}

// pageOf gives the address of a visit's page. "" means that the visit was not
// for this wish or is over: it is closed now and another one may be opened.
func (o *Office) pageOf(ctx context.Context, row *checkout, w *purchase) (string, error) {
	if row.SessionID != "" {
		return o.pageAgain(ctx, row, w.wanted(row))
	}
	if !w.wanted(row) || o.Clock.Now().Sub(row.CreatedAt) > patience {
		return "", o.closeCheckout(ctx, row, checkoutDropped)
	}
	session, err := o.Stripe.CreateCheckoutSession(ctx, row.IdempotencyKey, o.sessionInput(row, w))
	if fault.HasCode(err, stripeapi.CodeIdempotency) {
		return "", o.closeCheckout(ctx, row, checkoutDropped)
	}
	if err != nil {
		if !stripeapi.Retryable(err) {
			err = errors.Join(o.why(ctx, err, w), o.closeCheckout(ctx, row, checkoutDropped))
		}
		return "", err
	}
	ours, err := o.nameCheckout(ctx, row, session.ID)
	if err == nil && !ours {
		// Another wish dropped this visit while Stripe opened it.
		_, err = o.shut(ctx, session.ID)
		return "", err
	}
	return session.URL, err
}

// why finds a reason that people understand for a refusal of Stripe's: the
// code was used up by people who typed it there, or the customer pays in
// another currency (https://docs.stripe.com/billing/customer#currency).
func (o *Office) why(ctx context.Context, refused error, w *purchase) error {
	if !fault.HasCode(refused, stripeapi.CodeInvalidRequest) {
		return refused
	}
	if w.offer != nil && w.offer.StripePromotionID != "" {
		if code, err := o.Stripe.PromotionCode(ctx, w.offer.StripePromotionID); err == nil && !code.Active {
			return errOfferUsedUp.Because(refused)
		}
	}
	if w.customerID != "" {
		if at, err := o.Stripe.Customer(ctx, w.customerID); err == nil && at.Currency != "" && at.Currency != w.price.Currency {
			return errCurrency.Because(refused)
		}
	}
	return refused
}

// pageAgain looks at a visit that Stripe knows.
func (o *Office) pageAgain(ctx context.Context, row *checkout, wanted bool) (string, error) {
	session, err := o.Stripe.CheckoutSession(ctx, row.SessionID)
	if fault.HasCode(err, stripeapi.CodeNotFound) {
		return "", o.closeCheckout(ctx, row, checkoutExpired)
	}
	if err != nil {
		return "", err
	}
	if session.Status == sessionOpen && !wanted {
		if session, err = o.shut(ctx, row.SessionID); err != nil {
			return "", err
		}
	}
	if session.Status == sessionOpen {
		return session.URL, nil
	}
	return "", o.settle(ctx, row, session)
}

// shut closes a page so that it cannot be paid any more. It may have been paid,
// or shut by somebody else, a moment before: then it is returned as it is.
func (o *Office) shut(ctx context.Context, session string) (stripeapi.CheckoutSession, error) {
	shut, err := o.Stripe.ExpireCheckoutSession(ctx, freshKey(), session)
	if fault.HasCode(err, stripeapi.CodeInvalidRequest) {
		return o.Stripe.CheckoutSession(ctx, session)
	}
	return shut, err
}

// shortVisit is how long a page stays open whose offer has few places: each
// holds one.
const shortVisit = time.Hour

// sessionInput says what the page sells. Everything in it comes from the row
// or cannot change, so that the key fits every attempt.
func (o *Office) sessionInput(row *checkout, w *purchase) stripeapi.CheckoutInput {
	in := stripeapi.CheckoutInput{
		CustomerID: w.customerID, ClientReferenceID: row.ID.String(), PriceID: w.price.StripePriceID, Quantity: row.Quantity,
		Once: w.price.Interval == PaidOnce, TrialDays: row.TrialDays,
		AutomaticTax: w.selling.AutomaticTax, TaxIDs: w.selling.TaxIDs, AllowPromotionCodes: w.selling.PromotionBox,
		Metadata:   map[string]string{metaCheckout: row.ID.String()},
		SuccessURL: o.arrival(row.ReturnTo, "/checkout/return"),
		CancelURL:  o.address(row.ReturnTo),
	}
	if !row.Stranger {
		in.Metadata[metaOwner] = row.Owner.String()
	}
	if w.offer == nil {
		return in
	}
	// Stripe takes an offer or its own box, not both.
	in.AllowPromotionCodes = false
	in.Metadata[metaOffer] = w.offer.ID.String()
	if in.PromotionCodeID = w.offer.StripePromotionID; in.PromotionCodeID == "" {
		in.CouponID = w.offer.StripeCouponID
	}
	if w.offer.MaxRedemptions > 0 {
		in.Expires = row.CreatedAt.Add(shortVisit)
	}
	return in
}

func (o *Office) nameCheckout(ctx context.Context, row *checkout, session string) (ours bool, err error) {
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		ours, err = o.store.nameCheckout(ctx, row.ID, session)
		return err
	})
	return ours, err
}

// closeCheckout ends a visit that nothing was bought in, and lets its place in
// an offer go.
func (o *Office) closeCheckout(ctx context.Context, row *checkout, state checkoutState) error {
	if row.State != checkoutOpen {
		return nil
	}
	return o.DB.Tx(ctx, func(ctx context.Context) error {
		now := o.Clock.Now()
		closed, err := o.store.closeCheckout(ctx, row, state, now)
		if err != nil || !closed {
			return err
		}
		return o.store.closePlaces(ctx, row.ID, redemptionReleased, "", now)
	})
}
