package billing

import (
	"slices"
	"strconv"

	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

const secondsOfDay = 24 * 60 * 60

// CreateInvoice drafts an invoice that is sent to its payer, who pays it when
// it is due (https://docs.stripe.com/api/invoices/create). The stand-in knows
// no other way for invoices without a subscription, and none takes in what
// waits for another.
func (u *Unit) CreateInvoice(p wire.Values) (object.Record, error) {
	if p.Text("collection_method") != string(object.SendInvoice) {
		return nil, wire.Refuse("", "collection_method", "The local stand-in makes invoices with collection_method=send_invoice only.")
	}
	if !p.Has("days_until_due") {
		return nil, wire.Refuse("parameter_missing", "days_until_due", "If invoice `collection_method`='send_invoice', then you must specify a `due_date` or `days_until_due`.")
	}
	c, err := fetch[object.Customer](u, p.Text("customer"), "customer")
	if err != nil {
		return nil, err
	}
	if err := u.enter(c); err != nil {
		return nil, err
	}
	in := &object.Invoice{
		Head: object.Head{ID: newID("in_")}, AutoAdvance: p.Bool("auto_advance"), BillingReason: "manual", CollectionMethod: object.SendInvoice,
		Currency: p.Text("currency"), Customer: c.ID, CustomerEmail: c.Email, CustomerName: c.Name, Description: object.Str(p.Text("description")),
		PeriodStart: u.now, PeriodEnd: u.now, Status: "draft", StartingBalance: c.Balance, TestClock: u.shownClock(),
	}
	if in.Currency == "" {
		in.Currency = "usd"
	}
	for _, f := range p.Hashes("custom_fields") {
		in.CustomFields = append(in.CustomFields, object.CustomField{Name: f.Text("name"), Value: f.Text("value")})
	}
	if in.Metadata, err = p.Merge("metadata", nil); err != nil {
		return nil, err
	}
	in.Lines = object.NewList("/v1/invoices/"+in.ID+"/lines", []object.Line{})
	in.Secret.Token, in.Secret.DaysToPay = letters(32), p.Int("days_until_due")
	in.DueDate = object.Num(u.now + in.Secret.DaysToPay*secondsOfDay)
	if in.AutoAdvance {
		in.Secret.FinalizeAt = u.now + object.DraftLife
	}
	total(in, nil)
	return in, u.create(in, "in_", "invoice.created")
}

// CreateItem puts an amount onto a draft
// (https://docs.stripe.com/api/invoiceitems/create).
func (u *Unit) CreateItem(p wire.Values) (object.Record, error) {
	in, err := fetch[object.Invoice](u, p.Text("invoice"), "invoice")
	if err != nil {
		return nil, err
	}
	if err := u.enter(in); err != nil {
		return nil, err
	}
	switch {
	case in.Status != "draft":
		return nil, wire.Refuse("invoice_not_editable", "invoice", "The specified invoice (%s) can no longer be edited.", in.ID)
	case in.Customer != p.Text("customer"):
		return nil, wire.Refuse("", "invoice", "The specified invoice belongs to another customer.")
	case p.Has("currency") && in.Currency != p.Text("currency"):
		return nil, wire.Refuse("", "currency", "The currency of the invoice item must be that of the invoice (%s).", in.Currency)
	}
	amount, span := p.Int("amount"), object.Span{Start: u.now, End: u.now}
	if when := p.Hash("period"); when.Has("start") {
		span = object.Span{Start: when.Int("start"), End: when.Int("end")}
	}
	prod := &object.Product{Name: p.Text("description"), Updated: u.now}
	if err := u.create(prod, "prod_", ""); err != nil {
		return nil, err
	}
	price := &object.Price{Currency: in.Currency, Product: prod.ID, Type: "one_time", BillingScheme: "per_unit"}
	price.SetAmount(amount)
	if err := u.create(price, "price_", ""); err != nil {
		return nil, err
	}
	item := &object.InvoiceItem{
		Head: object.Head{ID: newID("ii_")}, Amount: amount, Currency: in.Currency, Customer: in.Customer, Date: u.now, Description: p.Text("description"),
		Invoice: object.Str(in.ID), Period: span, Price: *price, Quantity: 1, TestClock: u.shownClock(), UnitAmount: amount, UnitDecimal: strconv.FormatInt(amount, 10),
	}
	if item.Metadata, err = p.Merge("metadata", nil); err != nil {
		return nil, err
	}
	if err := u.create(item, "ii_", "invoiceitem.created"); err != nil {
		return nil, err
	}
	line := itemLine(item)
	line.Invoice = object.Str(in.ID)
	in.Lines = object.NewList(in.Lines.URL, append(slices.Clone(in.Lines.Data), line))
	total(in, nil)
	return item, u.update(in, "invoice.updated")
}

// SendInvoice mails an invoice to its payer; a draft is finalized first
// (https://docs.stripe.com/api/invoices/send). The stand-in mails nothing.
func (u *Unit) SendInvoice(id string) (object.Record, error) {
	in, err := u.invoiceFor(id)
	if err != nil {
		return nil, err
	}
	if in.CollectionMethod != object.SendInvoice {
		return nil, wire.Refuse("", "", "You can only manually send an invoice if the collection method is 'send_invoice'.")
	}
	if in.Status == "draft" {
		if err := u.finalize(in); err != nil {
			return nil, err
		}
	}
	if in.Status != "open" && in.Status != "paid" {
		return nil, wire.Refuse("", "", "You can only send invoices that are open. This one is %s.", in.Status)
	}
	return in, u.tellOf("invoice.sent", in)
}
