package billing

import (
	"context"
	"errors"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

// sell opens the payment page for something that is paid once, or finds the
// one that is open already. Faults: already_bought, payment_processing, and
// those of Stripe.
func (o *Office) sell(ctx context.Context, wish sale, back string) (string, error) {
	payer, err := o.Members.Payer(ctx, wish.Owner.ID)
	if err != nil {
		return "", err
	}
	customerID, err := o.customerOf(ctx, wish.Owner, payer)
	if err != nil {
		return "", err
	}
	for try := range tries {
		row, err := o.openSale(ctx, wish)
		if err != nil {
			return "", err
		}
		switch row.State {
		case salePaid:
			return "", errBought
		case saleProcessing:
			return "", errProcessing
		}
		url, err := o.salePage(ctx, row, &wish, customerID, back)
		if url != "" || err != nil {
			return url, err
		}
		if err := stepAside(ctx, try); err != nil {
			return "", err
		}
	}
	return "", errBusy
}

// openSale gives the live sale of the same thing to the same owner, or a new
// one.
func (o *Office) openSale(ctx context.Context, wish sale) (row *sale, err error) {
	wish.ID, wish.State, wish.CreatedAt = db.NewID(), saleOpen, o.Clock.Now()
	wish.IdempotencyKey = "sale-" + wish.ID.String()
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		if err := o.store.insertSale(ctx, &wish); err != nil {
			return err
		}
		row, err = o.store.liveSale(ctx, &wish)
		return err
	})
	if row == nil && err == nil {
		return nil, errBusy // opened and closed again by somebody else
	}
	return row, err
}

// salePage gives the address of a sale's page. "" means that the sale was not
// for this wish, or is over: another look is needed.
func (o *Office) salePage(ctx context.Context, row, wish *sale, customerID, back string) (string, error) {
	if row.SessionID != "" {
		return o.salePageAgain(ctx, row, wish)
	}
	if !row.same(wish) || o.Clock.Now().Sub(row.CreatedAt) > patience {
		return "", o.closeSale(ctx, row)
	}
	meta := map[string]string{metaOwner: row.Owner.String(), metaSale: row.ID.String()}
	session, err := o.Stripe.CreateCheckoutSession(ctx, row.IdempotencyKey, stripeapi.CheckoutInput{
		CustomerID: customerID, ClientReferenceID: row.ID.String(), Once: true, Metadata: meta,
		Item:       &stripeapi.Goods{Name: row.Title, Amount: row.Amount, Currency: row.Currency, Metadata: map[string]string{metaSale: row.ID.String()}},
		SuccessURL: o.arrival(row.ReturnTo, back), CancelURL: o.address(row.ReturnTo),
	})
	if err != nil {
		if fault.HasCode(err, stripeapi.CodeIdempotency) {
			return "", o.closeSale(ctx, row)
		}
		if !stripeapi.Retryable(err) {
			err = errors.Join(err, o.closeSale(ctx, row))
		}
		return "", err
	}
	ours, err := o.nameSale(ctx, row, session.ID)
	if err == nil && !ours { // another wish closed this sale while Stripe opened the page
		_, err = o.shut(ctx, session.ID)
		return "", err
	}
	return session.URL, err
}

// salePageAgain looks at a sale that Stripe knows.
func (o *Office) salePageAgain(ctx context.Context, row, wish *sale) (string, error) {
	session, err := o.Stripe.CheckoutSession(ctx, row.SessionID)
	if gone(err) {
		return "", o.closeSale(ctx, row)
	}
	if err != nil {
		return "", err
	}
	if session.Status == sessionOpen && !row.same(wish) {
		if session, err = o.shut(ctx, row.SessionID); err != nil {
			return "", err
		}
	}
	if session.Status == sessionOpen {
		return session.URL, nil
	}
	return "", o.settleSale(ctx, row, session)
}

// settleSale takes over what became of a visit. A payment that takes days opens
// nothing until it has arrived. Whether it failed, Stripe is asked, so that a
// lost event leaves nothing on its way for good.
func (o *Office) settleSale(ctx context.Context, row *sale, session stripeapi.CheckoutSession) error {
	if session.Status == sessionOpen {
		return nil
	}
	state, err := o.stateOf(ctx, session)
	switch {
	case err != nil:
		return err
	case state == saleClosed:
		row.InvoiceID = session.InvoiceID
		return o.closeSale(ctx, row)
	case state == saleProcessing:
		return o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.processSale(ctx, row.ID, session.InvoiceID) })
	}
	if err := o.paySale(ctx, row, session); err != nil {
		return err
	}
	back, err := o.paidBack(ctx, session.InvoiceID)
	if err != nil || !back {
		return err
	}
	return o.saleRefunded(ctx, session.InvoiceID)
}

// stateOf says what a visit that is over makes of its sale.
func (o *Office) stateOf(ctx context.Context, session stripeapi.CheckoutSession) (saleState, error) {
	if session.Status != sessionComplete {
		return saleClosed, nil
	}
	payment, err := o.paymentOf(ctx, session)
	return map[dues]saleState{duesPaid: salePaid, duesPending: saleProcessing, duesFailed: saleClosed}[payment], err
}

// paidBack tells whether a bill is known to have been paid back in full, which
// may be heard of before the purchase itself.
func (o *Office) paidBack(ctx context.Context, invoice string) (bool, error) {
	if invoice == "" {
		return false, nil
	}
	bill, err := o.store.invoice(ctx, invoice)
	return bill != nil && bill.PaidBack(), err
}

func (o *Office) paySale(ctx context.Context, row *sale, session stripeapi.CheckoutSession) error {
	return o.DB.Tx(ctx, func(ctx context.Context) error {
		now := o.Clock.Now()
		first, err := o.store.paySale(ctx, row.ID, session.InvoiceID, now)
		if err != nil || !first {
			return err
		}
		row.State, row.InvoiceID, row.PaidAt = salePaid, session.InvoiceID, &now
		return o.salePaid(ctx, row)
	})
}

// salePaid does what a payment is for, once, in the transaction of the context.
func (o *Office) salePaid(ctx context.Context, row *sale) error {
	if row.Kind == giftSale {
		return o.giftPaid(ctx, row)
	}
	return o.notePaid(ctx, row)
}

func (o *Office) closeSale(ctx context.Context, row *sale) error {
	return o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.closeSale(ctx, row, o.Clock.Now()) })
}

func (o *Office) nameSale(ctx context.Context, row *sale, session string) (ours bool, err error) {
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		ours, err = o.store.nameSale(ctx, row.ID, session)
		return err
	})
	return ours, err
}

// followSale looks at a visit that an event is about. ours is false when it is
// no sale.
func (o *Office) followSale(ctx context.Context, e *Event) (ours bool, err error) {
	row, err := o.store.saleBySession(ctx, e.ObjectID)
	if err != nil || row == nil {
		return false, err
	}
	session, err := o.Stripe.CheckoutSession(ctx, e.ObjectID)
	if err != nil {
		if gone(err) {
			err = nil
		}
		return true, err
	}
	return true, o.settleSale(ctx, row, session)
}

// SaleReturn is what became of a visit to pay for something once.
type SaleReturn struct {
	State ReturnState
	Note  string // id, for a single note
	Gift  string // id, for a present
	URL   string // of the payment page, while it is open
	Back  string // where the buyer came from
}

// FinishSale looks at a visit that the member comes back from, so that the page
// can tell the truth before any webhook arrives. It grants nothing by itself.
func (o *Office) FinishSale(ctx context.Context, sessionID string, owner Owner) (SaleReturn, error) {
	if err := o.outside(ctx); err != nil {
		return SaleReturn{}, err
	}
	row, err := o.store.saleBySession(ctx, sessionID)
	if err != nil || row == nil || row.Owner != owner {
		return SaleReturn{State: ReturnNotYours}, err
	}
	out := SaleReturn{Back: row.ReturnTo}
	if row.Kind == giftSale {
		out.Gift = row.SubjectID.String()
	} else {
		out.Note = row.SubjectID.String()
	}
	session, err := o.Stripe.CheckoutSession(ctx, sessionID)
	if err != nil {
		return out, err
	}
	if session.Status == sessionOpen {
		out.State, out.URL = ReturnOpen, session.URL
		return out, nil
	}
	if err := o.settleSale(ctx, row, session); err != nil {
		return out, err
	}
	if row, err = o.store.saleBySession(ctx, sessionID); err != nil || row == nil {
		return out, err
	}
	out.State = map[saleState]ReturnState{salePaid: ReturnActive, saleProcessing: ReturnProcessing, saleRevoked: ReturnClosed}[row.State]
	switch {
	case row.failed():
		out.State = ReturnFailed
	case out.State == "":
		out.State = ReturnExpired
	}
	return out, nil
}
