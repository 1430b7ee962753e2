package billing

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

// metaOrder names our order in the metadata of its bill.
const metaOrder = "lighttrends_order"

// BillOrder writes the bill of an accepted order at Stripe and has it mailed;
// that of an order that was taken back it voids. Each step has a key of its own
// and looks first at what is there, so it may be killed anywhere, called again,
// and run by several at once: there is one bill.
func (o *Office) BillOrder(ctx context.Context, id uuid.UUID) error {
	if err := o.outside(ctx); err != nil {
		return err
	}
	x, err := o.store.order(ctx, id)
	if err != nil || x == nil {
		return err
	}
	if err := o.nameOrders(ctx, x); err != nil {
		return err
	}
	switch x.State {
	case OrderAccepted, OrderInvoiced:
		err = o.writeBill(ctx, x)
	case OrderVoid:
		return o.withdrawBill(ctx, x)
	default:
		return nil
	}
	problem := ""
	if err != nil {
		problem = fault.Of(err).Code
	}
	noted := o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.noteOrderProblem(ctx, x.ID, problem) })
	return errors.Join(err, noted)
}

func (x *Order) key(step string) string { return "order-" + x.ID.String() + "-" + step }

func (o *Office) writeBill(ctx context.Context, x *Order) error {
	in, err := o.draftBill(ctx, x)
	if err != nil {
		return err
	}
	if in.Status == billDraft {
		if in, err = o.finishDraft(ctx, x, in); err != nil {
			return err
		}
	}
	if in.Status == billOpen && x.InvoiceSent == nil {
		if _, err := o.Stripe.SendInvoice(ctx, x.key("send"), in.ID); err != nil {
			return err
		}
		if err := o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.noteBillSent(ctx, x.ID, o.Clock.Now()) }); err != nil {
			return err
		}
	}
	if err := o.lookAtBill(ctx, in.ID); err != nil {
		return err
	}
	// Somebody may have taken the order back meanwhile.
	now, err := o.store.order(ctx, x.ID)
	if err != nil || now == nil || now.State != OrderVoid {
		return err
	}
	return o.withdrawBill(ctx, now)
}

// lookAtBill mirrors a bill, and lets its order follow also when the mirror
// knew of it before the order did.
func (o *Office) lookAtBill(ctx context.Context, invoice string) error {
	if _, err := o.SyncInvoice(ctx, invoice); err != nil {
		return err
	}
	return o.DB.Tx(ctx, func(ctx context.Context) error {
		row, err := o.store.invoice(ctx, invoice)
		if err != nil || row == nil {
			return err
		}
		return o.followOrder(ctx, row, row)
	})
}

// draftBill finds the bill of an order, or makes its draft.
func (o *Office) draftBill(ctx context.Context, x *Order) (stripeapi.Invoice, error) {
	if x.InvoiceID != "" {
		return o.Stripe.Invoice(ctx, x.InvoiceID)
	}
	customer, err := o.customerOf(ctx, OfMember(x.MemberID.UUID), Payer{Email: x.Email, Name: x.Company, IfNew: true})
	if err != nil {
		return stripeapi.Invoice{}, err
	}
	in, err := o.lostDraft(ctx, x, customer)
	if err != nil {
		return in, err
	}
	if in.ID == "" {
		if in, err = o.Stripe.DraftSentInvoice(ctx, x.key("draft-"+customer), x.draft(customer)); err != nil {
			return in, err
		}
	}
	return in, o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.nameBill(ctx, x.ID, in.ID) })
}

// lostDraft finds a draft whose making was never answered. Its key finds it as
// well, but Stripe forgets keys after a day.
func (o *Office) lostDraft(ctx context.Context, x *Order, customer string) (stripeapi.Invoice, error) {
	for in, err := range o.Stripe.Invoices(ctx, stripeapi.InvoiceFilter{CustomerID: customer, CreatedSince: x.AcceptedAt.Add(-time.Hour)}) {
		if err != nil {
			return stripeapi.Invoice{}, err
		}
		if in.Metadata[metaOrder] == x.ID.String() {
			return in, nil
		}
	}
	return stripeapi.Invoice{}, nil
}

func (x *Order) draft(customer string) stripeapi.SentInvoiceInput {
	to := "For " + x.Company
	for _, more := range []string{x.Name, x.Address, x.TaxWords} {
		if more != "" {
			to += "\n" + more
		}
	}
	out := stripeapi.SentInvoiceInput{
		CustomerID: customer, Currency: x.Currency, DaysUntilDue: x.DaysUntilDue, Description: to, Metadata: map[string]string{metaOrder: x.ID.String()},
		Fields: []stripeapi.PaperField{{Name: "Order", Value: strconv.FormatInt(x.Number, 10)}},
	}
	for _, f := range []stripeapi.PaperField{{Name: "PO number", Value: x.PONumber}, {Name: "Tax ID", Value: x.TaxID}} {
		if f.Value != "" {
			out.Fields = append(out.Fields, f)
		}
	}
	return out
}

// finishDraft puts the line on a draft, unless it is there, and finalizes it.
func (o *Office) finishDraft(ctx context.Context, x *Order, in stripeapi.Invoice) (stripeapi.Invoice, error) {
	if len(in.Lines) == 0 {
		t, err := o.store.termFrom(ctx, TermOrder, x.ID.String())
		if err != nil || t == nil {
			return in, errors.Join(err, fmt.Errorf("billing: the term of order %s: %w", x.ID, errNoTerm))
		}
		if _, err := o.Stripe.AddInvoiceItem(ctx, x.key("line"), stripeapi.InvoiceItemInput{
			CustomerID: in.CustomerID, InvoiceID: in.ID, Amount: x.Amount, Currency: x.Currency, Description: x.Line(), From: t.StartsAt, To: t.EndsAt,
		}); err != nil {
			return in, err
		}
	}
	return o.Stripe.FinalizeInvoice(ctx, x.key("finalize"), in.ID)
}

// withdrawBill voids the bill of an order that was taken back. A draft stays a
// draft, which nobody is asked to pay; a bill that was paid in this moment is
// taken over as paid.
func (o *Office) withdrawBill(ctx context.Context, x *Order) error {
	if x.InvoiceID == "" {
		return nil
	}
	in, err := o.Stripe.Invoice(ctx, x.InvoiceID)
	if gone(err) || err == nil && in.Status == billDraft {
		return nil
	}
	if err != nil {
		return err
	}
	var refused error
	if in.Status == billOpen || in.Status == billWrittenOff {
		if _, refused = o.Stripe.VoidInvoice(ctx, x.key("void"), in.ID); stripeapi.Retryable(refused) {
			return refused
		}
	}
	if err := o.lookAtBill(ctx, in.ID); err != nil || refused == nil {
		return err
	}
	row, err := o.store.invoice(ctx, in.ID)
	if err == nil && row != nil && row.Status == billOpen {
		return refused // it can still be paid
	}
	return err
}

// BillOrders looks at orders that wait for their bill for longer than it takes,
// in case a job was lost.
func (o *Office) BillOrders(ctx context.Context) error {
	rows, err := o.store.ordersWithoutBill(ctx, o.Clock.Now().Add(-time.Hour))
	if err != nil {
		return err
	}
	var failed []error
	for _, x := range rows {
		if err := o.BillOrder(ctx, x.ID); err != nil {
			failed = append(failed, fmt.Errorf("billing: order %s: %w", x.ID, err))
		}
	}
	return errors.Join(failed...)
}
