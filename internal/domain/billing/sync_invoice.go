package billing

import (
	"context"
	"errors"
	"strings"

	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/stripeapi"
)

// SyncInvoice makes the mirror show a bill as it is at Stripe now, with what
// was paid back or disputed of it. Like Sync it may be called at any time and
// by any number at once. It answers a Reason when the bill is none of ours.
func (o *Office) SyncInvoice(ctx context.Context, stripeID string) (ignored string, err error) {
	if err := o.outside(ctx); err != nil {
		return "", err
	}
	for try := range tries {
		before, err := o.store.invoice(ctx, stripeID)
		if err != nil {
			return "", err
		}
		in, err := o.Stripe.Invoice(ctx, stripeID)
		if err != nil {
			return "", err
		}
		ignored, err := o.takeInvoice(ctx, before, in)
		if !errors.Is(err, errOvertaken) {
			return ignored, err
		}
		if err := stepAside(ctx, try); err != nil {
			return "", err
		}
	}
	return "", errBusy
}

// mirrorInvoices brings the bills of a customer up to date with one list. The
// rows are read before Stripe is asked, so none is overwritten by an older
// answer.
func (o *Office) mirrorInvoices(ctx context.Context, f stripeapi.InvoiceFilter, limit int) error {
	rows, err := o.store.invoicesOfCustomer(ctx, f.CustomerID)
	if err != nil {
		return err
	}
	known := map[string]*Invoice{}
	for _, row := range rows {
		known[row.StripeID] = row
	}
	n := 0
	for in, err := range o.Stripe.Invoices(ctx, f) {
		if err != nil {
			return err
		}
		if _, err := o.takeInvoice(ctx, known[in.ID], in); err != nil && !errors.Is(err, errOvertaken) {
			return err
		}
		if n++; n == limit {
			break
		}
	}
	return nil
}

// takeInvoice writes what is new about a bill. before is nil when there is no
// row yet.
func (o *Office) takeInvoice(ctx context.Context, before *Invoice, in stripeapi.Invoice) (ignored string, err error) {
	if in.Status == billDraft || in.ID == "" {
		return ReasonNothing, nil
	}
	owner, reason, err := o.ownerOfBill(ctx, before, in)
	if err != nil || reason != "" {
		return reason, err
	}
	row := &Invoice{Owner: owner, StripeID: in.ID, CreatedAt: o.Clock.Now()}
	if before != nil {
		copied := *before
		row = &copied
	}
	differs, verbs := row.apply(billOf(in), o.Clock.Now())
	back, err := o.moneyBack(ctx, payment{owner, in.ChargeID, in.ID, in.Charge})
	if err != nil || !differs && back.empty() && !wentBack(in) {
		return "", err
	}
	return "", o.DB.Tx(ctx, func(ctx context.Context) error {
		if differs {
			if err := o.store.saveInvoice(ctx, row); err != nil {
				return err
			}
			if err := o.followOrder(ctx, before, row); err != nil {
				return err
			}
		}
		for _, verb := range verbs {
			if err := errors.Join(o.recordBill(ctx, verb, row), o.tellBill(ctx, verb, row)); err != nil {
				return err
			}
		}
		if err := o.takeBack(ctx, before, in); err != nil {
			return err
		}
		return o.noteMoneyBack(ctx, back)
	})
}

// takeBack closes what was bought once when all of its money went back. It looks
// in the transaction that writes the bill and waits for whoever opens the
// purchase, so that one of the two always sees the other.
func (o *Office) takeBack(ctx context.Context, before *Invoice, in stripeapi.Invoice) error {
	if !wentBack(in) {
		return nil
	}
	if err := o.store.lockPurchase(ctx, in.Metadata); err != nil {
		return err
	}
	if err := o.saleRefunded(ctx, in.ID); err != nil {
		return err
	}
	term, err := o.termBack(ctx, before, in)
	if err != nil || term == nil {
		return err
	}
	return o.endTermOf(ctx, TermPurchase, term.SourceID, "It was paid back.")
}

// ownerOfBill finds whose bill it is: whose it always was, else whose
// subscription it is for, else whose customer it names. A bill for a
// subscription that is none of ours is none of ours either.
func (o *Office) ownerOfBill(ctx context.Context, before *Invoice, in stripeapi.Invoice) (Owner, string, error) {
	if before != nil {
		return before.Owner, "", nil
	}
	if in.SubscriptionID != "" {
		sub, err := o.store.subscription(ctx, in.SubscriptionID)
		if err != nil {
			return Owner{}, "", err
		}
		if sub == nil {
			return Owner{}, ReasonForeign, nil
		}
		return sub.Owner, "", nil
	}
	c, err := o.store.customerByStripeID(ctx, in.CustomerID)
	if err != nil {
		return Owner{}, "", err
	}
	if c == nil {
		return Owner{}, ReasonForeign, nil
	}
	return c.Owner, "", nil
}

// billOf puts an answer into our terms.
func billOf(in stripeapi.Invoice) Bill {
	b := Bill{
		StripeCustomerID: in.CustomerID, SubscriptionID: in.SubscriptionID, ChargeID: in.ChargeID, Number: in.Number, Status: in.Status,
		Reason: in.BillingReason, Currency: in.Currency, Subtotal: in.Subtotal, Tax: in.Tax, Total: in.Total, Due: in.AmountDue,
		Paid: in.AmountPaid, Remaining: in.AmountRemaining, Attempts: in.AttemptCount, NextAttempt: moment(in.NextAttempt),
		PeriodStart: moment(in.PeriodStart), PeriodEnd: moment(in.PeriodEnd), BilledAt: in.FinalizedAt, DueAt: moment(in.DueDate), PaidAt: moment(in.PaidAt),
		URL: in.HostedURL, PDFURL: in.PDFURL, BilledName: in.BilledTo.Name, BilledEmail: in.BilledTo.Email, BilledAddress: addressOf(in.BilledTo),
	}
	if b.BilledAt.IsZero() {
		b.BilledAt = in.Created
	}
	if in.Charge != nil {
		b.Refunded, b.ReceiptURL = in.Charge.Refunded, in.Charge.ReceiptURL
	}
	return b
}

// addressOf writes an address in lines.
func addressOf(to stripeapi.BilledTo) string {
	town := strings.TrimSpace(to.PostalCode + " " + to.City)
	if to.State != "" && town != "" {
		town += ", "
	}
	var lines []string
	for _, l := range []string{to.Line1, to.Line2, town + to.State, to.Country} {
		if l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

// BillHappened is the payload of every journal row about a bill. It names
// nobody but by id.
type BillHappened struct {
	OwnerKind    OwnerKind `json:"owner_kind"`
	OwnerID      string    `json:"owner_id"`
	Invoice      string    `json:"stripe_invoice"`
	Subscription string    `json:"stripe_subscription,omitempty"`
	Reason       string    `json:"reason"`
	Amount       int64     `json:"amount"`
	Currency     string    `json:"currency"`
}

func (o *Office) recordBill(ctx context.Context, verb string, in *Invoice) error {
	return o.Journal.Record(ctx, journal.Event{Verb: verb, Subject: "invoice", ID: in.ID.String(), Payload: BillHappened{
		OwnerKind: in.Owner.Kind, OwnerID: in.Owner.ID.String(), Invoice: in.StripeID, Subscription: in.SubscriptionID, Reason: in.Reason, Amount: in.Due, Currency: in.Currency,
	}})
}
