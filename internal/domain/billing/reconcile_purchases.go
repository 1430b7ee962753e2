package billing

import (
	"context"

	"lighttrends/internal/platform/stripeapi"
)

// purchases compares what was bought at a payment page and stands in no list
// of subscriptions of ours: notes, presents, terms, and what strangers bought.
// Only those are asked for that are not settled here.
func (c *comparison) purchases(ctx context.Context) error {
	now := c.office.Clock.Now()
	visits, err := c.office.store.unheard(ctx, now.Add(-billsBack))
	if err != nil {
		return err
	}
	for _, row := range visits {
		if err := c.visit(ctx, row); err != nil {
			return err
		}
	}
	sales, err := c.office.store.unsettledSales(ctx, now, now.Add(-billsBack))
	if err != nil {
		return err
	}
	for _, row := range sales {
		if row.SessionID == "" {
			continue
		}
		if err := c.sale(ctx, row); err != nil {
			return err
		}
	}
	return c.progress(c.report.Checked)
}

// over fetches a visit; false means that nothing was bought in it.
func (c *comparison) over(ctx context.Context, session string) (stripeapi.CheckoutSession, bool, error) {
	at, err := c.office.Stripe.CheckoutSession(ctx, session)
	if gone(err) {
		return at, false, nil
	}
	return at, err == nil && at.Status == sessionComplete, err
}

func (c *comparison) visit(ctx context.Context, row *checkout) error {
	session, bought, err := c.over(ctx, row.SessionID)
	if err != nil || !bought {
		return err
	}
	payment, err := c.office.paymentOf(ctx, session)
	if err != nil || row.State == checkoutComplete && row.Payment == payment {
		return err
	}
	f := missed(payment, Finding{StripeID: session.ID, Owner: row.Owner, Was: string(row.State), Is: string(payment)})
	if row.Owner.Kind == StrangerOwner {
		f.Owner = Owner{} // whose it is, nobody knows yet
	}
	if c.report.Mode == Repair {
		if err := c.office.settle(ctx, row, session); err != nil {
			return err
		}
	}
	c.report.add(f)
	return nil
}

func (c *comparison) sale(ctx context.Context, row *sale) error {
	session, bought, err := c.over(ctx, row.SessionID)
	if err != nil || !bought {
		return err
	}
	payment, err := c.office.paymentOf(ctx, session)
	if err != nil || row.State == saleProcessing && payment == duesPending {
		return err
	}
	f := missed(payment, Finding{StripeID: session.ID, Owner: row.Owner, Was: string(row.State), Is: string(payment)})
	if c.report.Mode == Repair {
		if err := c.office.settleSale(ctx, row, session); err != nil {
			return err
		}
	}
	c.report.add(f)
	return nil
}

// missed names the difference. What is not paid has no consequence for access.
func missed(payment dues, f Finding) Finding {
	f.Difference = StatusDiffered
	if payment == duesPaid {
		f.Difference = PurchaseMissed
	}
	return f
}

// moneyBack finds what was bought once, stands open here, and was paid back.
func (c *comparison) moneyBack(ctx context.Context, before *Invoice, in stripeapi.Invoice, owner Owner) (found bool, err error) {
	if !wentBack(in) {
		return false, nil
	}
	row, err := c.office.store.saleByInvoice(ctx, in.ID)
	if err != nil {
		return false, err
	}
	term, err := c.office.termBack(ctx, before, in)
	if err != nil {
		return false, err
	}
	if term == nil && (row == nil || row.State != salePaid || row.RefundedAt != nil) {
		return false, nil
	}
	if c.report.Mode == Repair {
		if _, err := c.office.SyncInvoice(ctx, in.ID); err != nil {
			return false, err
		}
	}
	c.report.add(Finding{Difference: PurchasePaidBack, StripeID: in.ID, Owner: owner, Was: string(salePaid), Is: "paid back"})
	return true, nil
}

// wentBack tells whether all that was paid for a bill was paid back.
func wentBack(in stripeapi.Invoice) bool {
	c := in.Charge
	return c != nil && c.Refunded > 0 && c.Refunded >= c.Amount
}

// termBack finds the term that a bill paid for, when it is news that the money
// went back and the owner wants that to close it. What was known before changes
// nothing, so that another choice of the owner's does not reach back.
func (o *Office) termBack(ctx context.Context, before *Invoice, in stripeapi.Invoice) (*Term, error) {
	visit := in.Metadata[metaCheckout]
	if visit == "" || !wentBack(in) || before != nil && before.Refunded >= in.Charge.Refunded {
		return nil, nil
	}
	rules, err := o.SalesRules(ctx)
	if err != nil || !rules.RefundCloses {
		return nil, err
	}
	t, err := o.store.termFrom(ctx, TermPurchase, visit)
	if t == nil || t.RevokedAt != nil {
		return nil, err
	}
	return t, err
}
