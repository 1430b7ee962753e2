package stripeapi

import (
	"context"
	"time"

	"github.com/stripe/stripe-go/v76"
)

// SentInvoiceInput describes an invoice that its payer gets by mail and pays
// when it is due (https://docs.stripe.com/api/invoices/create).
type SentInvoiceInput struct {
	CustomerID   string
	Currency     string
	DaysUntilDue int64
	Description  string       // stands above the lines
	Fields       []PaperField // at most four
	Metadata     map[string]string
}

// PaperField is a line of one's own on the paper, such as an order number: a
// name of up to 40 characters and a value of up to 140
// (https://docs.stripe.com/api/invoices/create#create_invoice-custom_fields).
type PaperField struct{ Name, Value string }

// DraftSentInvoice makes an empty draft. What waits for the customer's next
// invoice does not get onto it, and Stripe does not finalize it by itself.
func (c *Client) DraftSentInvoice(ctx context.Context, key string, in SentInvoiceInput) (Invoice, error) {
	common, err := write(ctx, key, in.CustomerID)
	if err != nil {
		return Invoice{}, err
	}
	q := &stripe.InvoiceParams{
		Params: common, Customer: stripe.String(in.CustomerID), Currency: text(in.Currency), AutoAdvance: stripe.Bool(false),
		CollectionMethod: stripe.String(string(stripe.InvoiceCollectionMethodSendInvoice)), DaysUntilDue: stripe.Int64(in.DaysUntilDue),
		Description: text(in.Description), Metadata: in.Metadata, PendingInvoiceItemsBehavior: stripe.String("exclude"),
	}
	for _, f := range in.Fields {
		q.CustomFields = append(q.CustomFields, &stripe.InvoiceCustomFieldParams{Name: stripe.String(f.Name), Value: stripe.String(f.Value)})
	}
	made, err := c.api.Invoices.New(q)
	return plainInvoice(made), c.fault(err)
}

// InvoiceItemInput is a line of a draft.
type InvoiceItemInput struct {
	CustomerID, InvoiceID string
	Amount                int64
	Currency              string
	Description           string
	From, To              time.Time // what it is for
}

// AddInvoiceItem puts a line onto a draft
// (https://docs.stripe.com/api/invoiceitems/create). It returns the line's id.
func (c *Client) AddInvoiceItem(ctx context.Context, key string, in InvoiceItemInput) (string, error) {
	common, err := write(ctx, key, in.CustomerID, in.InvoiceID)
	if err != nil {
		return "", err
	}
	item, err := c.api.InvoiceItems.New(&stripe.InvoiceItemParams{
		Params: common, Customer: stripe.String(in.CustomerID), Invoice: stripe.String(in.InvoiceID), Amount: stripe.Int64(in.Amount),
		Currency: stripe.String(in.Currency), Description: text(in.Description),
		Period: &stripe.InvoiceItemPeriodParams{Start: unix(in.From), End: unix(in.To)},
	})
	if item == nil {
		return "", c.fault(err)
	}
	return item.ID, c.fault(err)
}

// FinalizeInvoice makes a draft an open invoice with a number. Stripe goes on
// with nothing by itself afterwards.
func (c *Client) FinalizeInvoice(ctx context.Context, key, id string) (Invoice, error) {
	common, err := write(ctx, key, id)
	if err != nil {
		return Invoice{}, err
	}
	in, err := c.api.Invoices.FinalizeInvoice(id, &stripe.InvoiceFinalizeInvoiceParams{Params: common, AutoAdvance: stripe.Bool(false)})
	return plainInvoice(in), c.fault(err)
}

// SendInvoice has Stripe mail an invoice to its payer.
func (c *Client) SendInvoice(ctx context.Context, key, id string) (Invoice, error) {
	common, err := write(ctx, key, id)
	if err != nil {
		return Invoice{}, err
	}
	in, err := c.api.Invoices.SendInvoice(id, &stripe.InvoiceSendInvoiceParams{Params: common})
	return plainInvoice(in), c.fault(err)
}

// VoidInvoice closes an open invoice as if it had never been.
func (c *Client) VoidInvoice(ctx context.Context, key, id string) (Invoice, error) {
	common, err := write(ctx, key, id)
	if err != nil {
		return Invoice{}, err
	}
	in, err := c.api.Invoices.VoidInvoice(id, &stripe.InvoiceVoidInvoiceParams{Params: common})
	return plainInvoice(in), c.fault(err)
}
