package billing

import (
	"context"

	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/stripeapi"
)

// payment is a charge and what it was for.
type payment struct {
	owner   Owner
	charge  string
	invoice string // "" for a payment without one
	state   *stripeapi.Charge
}

// moneyBack is what went back of a payment, or was asked back.
type moneyBack struct {
	refunds  []Refund
	disputes []Dispute
}

func (m moneyBack) empty() bool { return len(m.refunds)+len(m.disputes) == 0 }

// moneyBack asks Stripe for the refunds and disputes of a payment, if the
// payment says that there are any. Those that are known are left out.
func (o *Office) moneyBack(ctx context.Context, p payment) (m moneyBack, err error) {
	if p.state == nil || p.state.Refunded == 0 && !p.state.Disputed {
		return m, nil
	}
	now := o.Clock.Now()
	if p.state.Refunded > 0 {
		for r, err := range o.Stripe.Refunds(ctx, p.charge) {
			if err != nil {
				return m, err
			}
			m.refunds = append(m.refunds, Refund{
				Owner: p.owner, StripeID: r.ID, ChargeID: p.charge, InvoiceID: p.invoice, Amount: r.Amount, Currency: r.Currency,
				Status: r.Status, Reason: r.Reason, MadeAt: r.Created, CreatedAt: now,
			})
		}
	}
	if p.state.Disputed {
		for d, err := range o.Stripe.Disputes(ctx, p.charge) {
			if err != nil {
				return m, err
			}
			m.disputes = append(m.disputes, Dispute{
				Owner: p.owner, StripeID: d.ID, ChargeID: p.charge, InvoiceID: p.invoice, Amount: d.Amount, Currency: d.Currency,
				Status: string(d.Status), Reason: d.Reason, AnswerBy: moment(d.AnswerBy), MadeAt: d.Created, CreatedAt: now,
			})
		}
	}
	return m, nil
}

// noteMoneyBack writes what is new, with its consequences, in the transaction
// of the context.
func (o *Office) noteMoneyBack(ctx context.Context, m moneyBack) error {
	back := false
	invoice := ""
	for i := range m.refunds {
		r := &m.refunds[i]
		fresh, changed, err := o.store.putRefund(ctx, r)
		if err != nil {
			return err
		}
		back, invoice = back || changed, r.InvoiceID
		if fresh {
			err = o.recordBack(ctx, verbRefunded, "refund", r.ID.String(), BackHappened{r.Owner.Kind, r.Owner.ID.String(), r.StripeID, r.InvoiceID, r.Amount, r.Currency, r.Status})
		}
		if err != nil {
			return err
		}
	}
	for i := range m.disputes {
		d := &m.disputes[i]
		verb, err := o.store.putDispute(ctx, d)
		if err != nil {
			return err
		}
		if verb == "" {
			continue
		}
		back, invoice = true, d.InvoiceID
		if err := o.recordBack(ctx, verb, "dispute", d.ID.String(), BackHappened{d.Owner.Kind, d.Owner.ID.String(), d.StripeID, d.InvoiceID, d.Amount, d.Currency, d.Status}); err != nil {
			return err
		}
	}
	if !back || invoice == "" {
		return nil
	}
	return o.DB.Enqueue(ctx, EndArgs{Invoice: invoice}, nil)
}

// BackHappened is the payload of every journal row about money that went back.
type BackHappened struct {
	OwnerKind OwnerKind `json:"owner_kind"`
	OwnerID   string    `json:"owner_id"`
	Object    string    `json:"stripe_object"`
	Invoice   string    `json:"stripe_invoice,omitempty"`
	Amount    int64     `json:"amount"`
	Currency  string    `json:"currency"`
	Status    string    `json:"status"`
}

func (o *Office) recordBack(ctx context.Context, verb, subject, id string, h BackHappened) error {
	return o.Journal.Record(ctx, journal.Event{Verb: verb, Subject: subject, ID: id, Payload: h})
}

// followCharge looks what became of a payment. One for a bill is looked at
// with its bill.
func (o *Office) followCharge(ctx context.Context, id string) (string, error) {
	ch, err := o.Stripe.Charge(ctx, id)
	if gone(err) {
		return ReasonNotFound, nil
	}
	if err != nil {
		return "", err
	}
	if ch.InvoiceID != "" {
		reason, err := o.SyncInvoice(ctx, ch.InvoiceID)
		if gone(err) {
			return ReasonNotFound, nil
		}
		return reason, err
	}
	c, err := o.store.customerByStripeID(ctx, ch.CustomerID)
	if err != nil {
		return "", err
	}
	if c == nil {
		return ReasonForeign, nil
	}
	back, err := o.moneyBack(ctx, payment{owner: c.Owner, charge: ch.ID, state: &ch})
	if err != nil || back.empty() {
		return "", err
	}
	return "", o.DB.Tx(ctx, func(ctx context.Context) error { return o.noteMoneyBack(ctx, back) })
}

// followRefund and followDispute find the payment first.
func (o *Office) followRefund(ctx context.Context, id string) (string, error) {
	r, err := o.Stripe.Refund(ctx, id)
	if gone(err) || err == nil && r.ChargeID == "" {
		return ReasonNotFound, nil
	}
	if err != nil {
		return "", err
	}
	return o.followCharge(ctx, r.ChargeID)
}

func (o *Office) followDispute(ctx context.Context, id string) (string, error) {
	d, err := o.Stripe.Dispute(ctx, id)
	if gone(err) || err == nil && d.ChargeID == "" {
		return ReasonNotFound, nil
	}
	if err != nil {
		return "", err
	}
	return o.followCharge(ctx, d.ChargeID)
}

// EndPaidBack ends the subscription behind a bill when the owner wants it so:
// after its latest bill was paid back in full, or a dispute of it was lost. It
// ends it at Stripe, so that nothing more is charged, and access follows the
// status as always. What was bought once is closed after a lost dispute, too;
// what was paid back of that, [Office.SyncInvoice] has seen to. Without the
// owner's word nothing changes.
func (o *Office) EndPaidBack(ctx context.Context, invoice string) error {
	if err := o.outside(ctx); err != nil {
		return err
	}
	in, err := o.store.invoice(ctx, invoice)
	if err != nil || in == nil {
		return err
	}
	policy, err := o.Policy(ctx)
	if err != nil {
		return err
	}
	lost, err := o.store.lostDispute(ctx, invoice)
	if err != nil {
		return err
	}
	if in.SubscriptionID == "" {
		if !policy.EndOnDispute || !lost {
			return nil
		}
		return o.endDisputed(ctx, invoice)
	}
	if !(policy.EndOnRefund && in.PaidBack()) && !(policy.EndOnDispute && lost) {
		return nil
	}
	sub, err := o.store.subscription(ctx, in.SubscriptionID)
	if err != nil || sub == nil {
		return err
	}
	if sub, err = o.synced(ctx, sub); err != nil {
		return err
	}
	if sub.Status.Ended() || sub.InvoiceID != invoice {
		return nil
	}
	_, err = o.turn(ctx, sub, o.ending(ctx, sub, "paid back"))
	return err
}

// endDisputed closes what a bill without a subscription paid for: a note or a
// present, a term, or an order.
func (o *Office) endDisputed(ctx context.Context, invoice string) error {
	in, err := o.Stripe.Invoice(ctx, invoice)
	if err != nil {
		return err
	}
	return o.DB.Tx(ctx, func(ctx context.Context) error {
		if err := o.takeBackSale(ctx, invoice, true); err != nil {
			return err
		}
		const why = "A dispute of its payment was lost."
		if err := o.endTermOf(ctx, TermPurchase, in.Metadata[metaCheckout], why); err != nil {
			return err
		}
		return o.endTermOf(ctx, TermOrder, in.Metadata[metaOrder], why)
	})
}

// ending is the errand that ends a subscription at once.
func (o *Office) ending(ctx context.Context, sub *Subscription, why string) wish {
	return wish{verb: errandEnd, what: why, do: func(key string) error {
		_, err := o.Stripe.CancelNow(ctx, key, sub.StripeID, "")
		if gone(err) { // it has ended already
			return nil
		}
		return err
	}}
}

// statusOver tells whether a dispute is closed, by its stored status.
func statusOver(status string) bool { return stripeapi.DisputeStatus(status).Over() }
