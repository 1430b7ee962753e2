package billing

import (
	"context"
	"sync"
	"time"

	"lighttrends/internal/platform/stripeapi"
)

// Invoice is one bill, as Stripe has it at the moment.
type Invoice struct {
	ID       string
	Number   string
	Status   string // open, paid, uncollectible or void
	Total    int64  // in the smallest unit of Currency
	Due      int64
	Currency string
	Created  time.Time
	PaidAt   time.Time
	URL      string // where it can be read and paid
	PDF      string
}

// How long the account page waits for Stripe, and what it asks for.
const (
	accountPatience = 2 * time.Second
	invoiceYears    = 2
	invoiceLimit    = 100
)

// fetchInto asks Stripe for what the mirror does not hold: the bills and the
// exact amount of the next one. Both are asked at once. Whatever does not come
// in time is left out; the page must load without it.
func (o *Office) fetchInto(ctx context.Context, a *Account, customerID string) {
	ctx, stop := context.WithTimeout(ctx, accountPatience)
	defer stop()
	var both sync.WaitGroup
	var err error
	both.Go(func() { a.Invoices, err = o.invoices(ctx, customerID) })
	if current := a.Current(); current != nil && current.Next != nil {
		both.Go(func() { o.exact(ctx, current) })
	}
	both.Wait()
	if err != nil {
		a.InvoicesMissing = true
		o.Log.WarnContext(ctx, "invoices could not be fetched", "error", err)
	}
}

func (o *Office) invoices(ctx context.Context, customerID string) ([]Invoice, error) {
	since := o.Clock.Now().AddDate(-invoiceYears, 0, 0)
	var out []Invoice
	for in, err := range o.Stripe.Invoices(ctx, stripeapi.InvoiceFilter{CustomerID: customerID, CreatedSince: since}) {
		if err != nil {
			return out, err
		}
		if in.Status == "draft" {
			continue
		}
		out = append(out, Invoice{
			ID: in.ID, Number: in.Number, Status: in.Status, Total: in.Total, Due: in.AmountRemaining, Currency: in.Currency,
			Created: in.Created, PaidAt: in.PaidAt, URL: in.HostedURL, PDF: in.PDFURL,
		})
		if len(out) == invoiceLimit {
			break
		}
	}
	return out, nil
}

// exact replaces the list price by what the next bill will really ask for.
func (o *Office) exact(ctx context.Context, h *Holding) {
	next, err := o.Stripe.UpcomingInvoice(ctx, h.StripeID, stripeapi.SubscriptionChange{})
	if err == nil && next.Currency != "" {
		h.Next = &Charge{At: h.Next.At, Amount: next.AmountDue, Currency: next.Currency}
	}
}
