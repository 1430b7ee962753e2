package stripeapi

import (
	"context"
	"iter"
	"time"

	"github.com/stripe/stripe-go/v76"
)

// Invoice is one bill. Amounts are in the smallest unit of Currency.
type Invoice struct {
	ID              string
	Number          string // empty while it is a draft
	CustomerID      string
	SubscriptionID  string
	PaymentIntentID string // empty while it is a draft, and for nothing to pay
	Status          string // draft, open, paid, uncollectible or void
	BillingReason   string // subscription_create, subscription_cycle, subscription_update, manual …
	Currency        string
	Subtotal        int64 // before discounts and tax
	Tax             int64
	Total           int64
	AmountDue       int64
	AmountPaid      int64
	AmountRemaining int64
	StartingBalance int64 // the customer's balance before it; below zero is credit
	EndingBalance   int64 // and after it
	AttemptCount    int64
	NextAttempt     time.Time // zero: Stripe will not try by itself
	PeriodStart     time.Time
	PeriodEnd       time.Time
	Created         time.Time
	DueDate         time.Time // of an invoice that is sent, zero otherwise
	FinalizedAt     time.Time // zero while it is a draft
	PaidAt          time.Time
	BilledTo        BilledTo
	ChargeID        string  // of the latest payment; empty when none was needed
	Charge          *Charge // as it was in the same answer; nil when there is none
	HostedURL       string  // a page on which it can be read and paid
	PDFURL          string
	Metadata        map[string]string
	Lines           []InvoiceLine // the first ten at most, as Stripe inlines them
}

// BilledTo is whom an invoice names, as it was when it was finalized
// (https://docs.stripe.com/api/invoices/object#invoice_object-customer_name).
type BilledTo struct {
	Name, Email  string
	Line1, Line2 string
	PostalCode   string
	City, State  string
	Country      string // two letters
}

// InvoiceLine is one line of a bill.
type InvoiceLine struct {
	Description string
	Amount      int64
	Quantity    int64
	PriceID     string
	Proration   bool
	PeriodStart time.Time
	PeriodEnd   time.Time
}

// InvoiceFilter narrows a list; empty fields filter nothing.
type InvoiceFilter struct {
	CustomerID     string
	SubscriptionID string
	Status         string
	CreatedSince   time.Time
}

// Invoice fetches one invoice.
func (c *Client) Invoice(ctx context.Context, id string) (Invoice, error) {
	common, err := read(ctx, id)
	if err != nil {
		return Invoice{}, err
	}
	q := &stripe.InvoiceParams{Params: common}
	q.AddExpand("charge")
	in, err := c.api.Invoices.Get(id, q)
	return plainInvoice(in), c.fault(err)
}

// Invoices walks through invoices, newest first.
func (c *Client) Invoices(ctx context.Context, f InvoiceFilter) iter.Seq2[Invoice, error] {
	return walk(c, func() *stripe.Iter {
		q := &stripe.InvoiceListParams{
			ListParams: pages(ctx), Customer: text(f.CustomerID), Subscription: text(f.SubscriptionID),
			Status: text(f.Status), CreatedRange: since(f.CreatedSince),
		}
		q.AddExpand("data.charge")
		return c.api.Invoices.List(q).Iter
	}, plainInvoice)
}

// UpcomingInvoice previews the next invoice of a subscription, with a change
// of price or quantity as if it were made now. It changes nothing. A
// subscription that will not be billed again answers stripe_not_found.
func (c *Client) UpcomingInvoice(ctx context.Context, subscription string, change SubscriptionChange) (Invoice, error) {
	common, err := read(ctx, subscription)
	if err != nil {
		return Invoice{}, err
	}
	q := &stripe.InvoiceUpcomingParams{Params: common, Subscription: stripe.String(subscription)}
	if change.ItemID != "" {
		q.SubscriptionItems = []*stripe.SubscriptionItemsParams{{
			ID: &change.ItemID, Price: text(change.PriceID), Quantity: number(change.Quantity),
		}}
		q.SubscriptionProrationBehavior = text(string(change.Proration))
		q.SubscriptionProrationDate = unix(change.ProrationDate)
	}
	in, err := c.api.Invoices.Upcoming(q)
	return plainInvoice(in), c.fault(err)
}

// PayInvoice tries to collect an open invoice now with the default payment
// method. A declined card answers card_declined; the try is recorded anyway.
func (c *Client) PayInvoice(ctx context.Context, key, id string) (Invoice, error) {
	common, err := write(ctx, key, id)
	if err != nil {
		return Invoice{}, err
	}
	in, err := c.api.Invoices.Pay(id, &stripe.InvoicePayParams{Params: common})
	return plainInvoice(in), c.fault(err)
}

func plainInvoice(in *stripe.Invoice) Invoice {
	if in == nil {
		return Invoice{}
	}
	out := Invoice{
		ID: in.ID, Number: in.Number, CustomerID: customerID(in.Customer), Status: string(in.Status),
		BillingReason: string(in.BillingReason), Currency: string(in.Currency), Total: in.Total,
		AmountDue: in.AmountDue, AmountPaid: in.AmountPaid, AmountRemaining: in.AmountRemaining,
		AttemptCount: in.AttemptCount, NextAttempt: at(in.NextPaymentAttempt),
		PeriodStart: at(in.PeriodStart), PeriodEnd: at(in.PeriodEnd), Created: at(in.Created),
		HostedURL: in.HostedInvoiceURL, PDFURL: in.InvoicePDF,
		Subtotal: in.Subtotal, Tax: in.Tax, StartingBalance: in.StartingBalance, EndingBalance: in.EndingBalance, DueDate: at(in.DueDate),
		BilledTo: billedTo(in), Metadata: metadata(in.Metadata),
	}
	if in.PaymentIntent != nil {
		out.PaymentIntentID = in.PaymentIntent.ID
	}
	if in.Charge != nil {
		out.ChargeID = in.Charge.ID
		if in.Charge.Object != "" { // expanded, not only an id
			ch := plainCharge(in.Charge)
			out.Charge = &ch
		}
	}
	if in.Subscription != nil {
		out.SubscriptionID = in.Subscription.ID
	}
	if in.StatusTransitions != nil {
		out.PaidAt, out.FinalizedAt = at(in.StatusTransitions.PaidAt), at(in.StatusTransitions.FinalizedAt)
	}
	if in.Lines != nil {
		for _, l := range in.Lines.Data {
			out.Lines = append(out.Lines, plainLine(l))
		}
	}
	return out
}

func billedTo(in *stripe.Invoice) BilledTo {
	to := BilledTo{Name: in.CustomerName, Email: in.CustomerEmail}
	if a := in.CustomerAddress; a != nil {
		to.Line1, to.Line2, to.PostalCode, to.City, to.State, to.Country = a.Line1, a.Line2, a.PostalCode, a.City, a.State, a.Country
	}
	return to
}

func plainLine(l *stripe.InvoiceLineItem) InvoiceLine {
	out := InvoiceLine{Description: l.Description, Amount: l.Amount, Quantity: l.Quantity, Proration: l.Proration}
	if l.Price != nil {
		out.PriceID = l.Price.ID
	}
	if l.Period != nil {
		out.PeriodStart, out.PeriodEnd = at(l.Period.Start), at(l.Period.End)
	}
	return out
}
