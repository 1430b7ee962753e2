package billing

import (
	"context"
	"fmt"
	"time"

	"lighttrends/internal/platform/stripeapi"
)

// billsBack is how far back bills are compared: a payment can be disputed for
// 120 days: https://docs.stripe.com/disputes/how-disputes-work.
const billsBack = 120 * 24 * time.Hour

// bills compares the bills of the last months, with what was given back of
// them. Those of others on the same account are passed over.
func (c *comparison) bills(ctx context.Context) error {
	var page []stripeapi.Invoice
	since := c.office.Clock.Now().Add(-billsBack)
	for in, err := range c.office.Stripe.Invoices(ctx, stripeapi.InvoiceFilter{CreatedSince: since}) {
		if err != nil {
			return err
		}
		if page = append(page, in); len(page) < pageSize {
			continue
		}
		if err := c.billPage(ctx, page); err != nil {
			return err
		}
		page = page[:0]
	}
	return c.billPage(ctx, page)
}

func (c *comparison) billPage(ctx context.Context, page []stripeapi.Invoice) error {
	ids := make([]string, len(page))
	for i, in := range page {
		ids[i] = in.ID
	}
	rows, err := c.office.store.invoicesByStripeID(ctx, ids)
	if err != nil {
		return err
	}
	for _, in := range page {
		if err := c.bill(ctx, rows[in.ID], in); err != nil {
			return err
		}
	}
	return c.progress(c.report.Checked)
}

// bill compares one bill and mends it.
func (c *comparison) bill(ctx context.Context, before *Invoice, in stripeapi.Invoice) error {
	if in.Status == billDraft || in.ID == "" {
		return nil
	}
	owner, reason, err := c.office.ownerOfBill(ctx, before, in)
	if err != nil || reason != "" {
		return err
	}
	// What went back of a purchase is one finding, not another of its bill.
	if found, err := c.moneyBack(ctx, before, in, owner); err != nil || found {
		return err
	}
	row, f := &Invoice{}, Finding{Difference: BillDiffered, StripeID: in.ID, Owner: owner}
	if before != nil {
		copied := *before
		row, f.Was = &copied, before.standing()
	}
	if differs, _ := row.apply(billOf(in), c.office.Clock.Now()); !differs {
		return nil
	}
	f.Is = row.standing()
	if c.report.Mode == Repair {
		if _, err := c.office.SyncInvoice(ctx, in.ID); err != nil {
			return err
		}
	}
	c.report.add(f)
	return nil
}

// standing says how a bill stands, for reading.
func (in *Invoice) standing() string {
	return fmt.Sprintf("%s, %d of %d %s paid, %d given back", in.Status, in.Paid, in.Total, in.Currency, in.Refunded)
}
