package billing

import (
	"context"
	"errors"
	"fmt"
)

// facts is what the letters about an order say.
func (x *Order) facts() Facts {
	f := Facts{Plan: x.Line(), Amount: x.Amount, Currency: x.Currency, Number: x.InvoiceNo, At: x.DueAt, Order: x.Number, Days: x.DaysUntilDue}
	if x.OpenUnpaid && x.DueAt != nil {
		until := x.DueAt.AddDate(0, 0, x.OverdueDays)
		f.Closes = &until
	}
	return f
}

// TellOverdue writes to customers whose bill was not paid when it was due. It
// looks at Stripe first: a bill that was paid while webhooks were lost is none.
func (o *Office) TellOverdue(ctx context.Context) error {
	rows, err := o.store.ordersOverdue(ctx, o.Clock.Now())
	if err != nil {
		return err
	}
	var failed []error
	for _, x := range rows {
		if err := o.tellOverdue(ctx, x); err != nil {
			failed = append(failed, fmt.Errorf("billing: overdue order %s: %w", x.ID, err))
		}
	}
	return errors.Join(failed...)
}

func (o *Office) tellOverdue(ctx context.Context, x *Order) error {
	if err := o.lookAtBill(ctx, x.InvoiceID); err != nil {
		return err
	}
	return o.DB.Tx(ctx, func(ctx context.Context) error {
		x, err := o.store.orderForUpdate(ctx, x.ID)
		if err != nil || x == nil {
			return err
		}
		now := o.Clock.Now()
		if x.Standing(now) != OrderOverdue || x.OverdueTold != nil {
			return nil
		}
		x.OverdueTold = &now
		if err := o.nameOrders(ctx, x); err != nil {
			return err
		}
		if err := o.post(ctx, LetterOverdue, x.ID.String(), OfMember(x.MemberID.UUID), x.facts()); err != nil {
			return err
		}
		return o.putOrder(ctx, verbOrderOverdue, x)
	})
}
