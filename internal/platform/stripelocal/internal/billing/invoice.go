package billing

import (
	"fmt"

	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// draft makes a draft invoice for a subscription out of lines, and takes in
// the amounts that waited. It is the subscription's latest invoice from now
// on. finalizeAt 0 means that the caller finalizes it.
func (u *Unit) draft(s *object.Subscription, reason string, lines []object.Line, finalizeAt int64) (*object.Invoice, error) {
	waiting, err := u.pendingItems(s)
	if err != nil {
		return nil, err
	}
	in := u.sketch(s, reason, waiting, lines)
	in.Head.ID = newID("in_")
	in.Secret.Token, in.Secret.FinalizeAt = letters(32), finalizeAt
	if reason == "subscription_cycle" { // its own span is the period that ended
		in.PeriodStart, in.AutoAdvance = s.Secret.EndedPeriodStart, !holdsDrafts(s)
	}
	in.Lines = object.NewList("/v1/invoices/"+in.ID+"/lines", in.Lines.Data)
	for i := range in.Lines.Data {
		in.Lines.Data[i].Invoice = object.Str(in.ID)
	}
	for _, ii := range waiting {
		ii.Invoice = object.Str(in.ID)
		if err := u.update(ii, ""); err != nil {
			return nil, err
		}
	}
	if err := u.create(in, "in_", "invoice.created"); err != nil {
		return nil, err
	}
	s.LatestInvoice = object.Str(in.ID)
	return in, nil
}

// sketch fills an invoice in without storing anything; previews end here.
func (u *Unit) sketch(s *object.Subscription, reason string, waiting []*object.InvoiceItem, lines []object.Line) *object.Invoice {
	var all []object.Line
	for _, ii := range waiting {
		all = append(all, itemLine(ii))
	}
	in := &object.Invoice{
		AutoAdvance: true, BillingReason: reason, Currency: s.Currency, Customer: s.Customer, DefaultPaymentMethod: "",
		Lines: object.NewList("", append(all, lines...)), PeriodStart: s.CurrentPeriodStart, PeriodEnd: u.now, Status: "draft",
		Subscription: object.Str(s.ID), SubscriptionDetails: object.SubscriptionDetails{Metadata: s.Metadata},
		TestClock: u.shownClock(),
	}
	if c, err := fetch[object.Customer](u, s.Customer, "customer"); err == nil {
		in.CustomerEmail, in.CustomerName, in.StartingBalance = c.Email, c.Name, c.Balance
	}
	total(in, runningDiscount(s, u.now))
	return in
}

// finalize turns a draft into an open invoice: it gets its number, the
// customer's balance is used, and what is left can be paid. An invoice of
// nothing is paid at once.
func (u *Unit) finalize(in *object.Invoice) error {
	c, err := fetch[object.Customer](u, in.Customer, "customer")
	if err != nil {
		return err
	}
	in.Number = object.Str(fmt.Sprintf("%s-%04d", c.InvoicePrefix, c.NextInvoiceSequence))
	c.NextInvoiceSequence++
	in.StartingBalance = c.Balance
	event := ""
	if u.useBalance(in, c); c.Balance != in.StartingBalance || string(c.Currency) != in.Currency {
		event = "customer.updated" // a new number alone is not told
	}
	if !in.Secret.Visit { // what is paid once binds nobody to a currency
		c.Currency = object.Str(in.Currency)
	}
	if err := u.update(c, event); err != nil {
		return err
	}
	in.Status, in.Secret.FinalizeAt = "open", 0
	in.StatusTransitions.FinalizedAt, in.EffectiveAt = object.Num(u.now), object.Num(u.now)
	if in.CollectionMethod == object.SendInvoice {
		in.DueDate = object.Num(u.now + in.Secret.DaysToPay*secondsOfDay)
	}
	in.HostedInvoiceURL = object.Str(u.rules.BaseURL + "/invoice/" + in.Secret.Token)
	in.InvoicePDF = in.HostedInvoiceURL + "/pdf"
	if in.AmountDue > 0 {
		if err := u.openPayment(in); err != nil {
			return err
		}
	}
	if err := u.update(in, ""); err != nil {
		return err
	}
	if err := u.tellOf("invoice.finalized", in); err != nil {
		return err
	}
	if err := u.spendDiscount(in); err != nil {
		return err
	}
	if in.AmountDue == 0 {
		return u.markPaid(in)
	}
	return nil
}

// useBalance pays with credit, or keeps a negative total as credit
// (https://docs.stripe.com/billing/customer/balance).
func (u *Unit) useBalance(in *object.Invoice, c *object.Customer) {
	due := in.Total + c.Balance
	left := int64(0)
	if due < 0 {
		left, due = due, 0
	}
	in.AmountDue, in.AmountRemaining, in.EndingBalance = due, due, &left
	c.Balance = left
}

// spendDiscount takes a discount that is given once off the subscription
// after the first invoice that has something to pay.
func (u *Unit) spendDiscount(in *object.Invoice) error {
	if in.Discount == nil || in.Discount.Coupon.Duration != "once" || in.Subtotal <= 0 || in.Subscription == "" {
		return nil
	}
	s, err := fetch[object.Subscription](u, string(in.Subscription), "subscription")
	if err != nil || s.Discount == nil {
		return ignoreMissing(err)
	}
	s.Discount = nil
	return u.update(s, "customer.subscription.updated")
}

// markPaid closes an invoice as paid and lets its subscription follow.
func (u *Unit) markPaid(in *object.Invoice) error {
	in.Status, in.Paid, in.AutoAdvance, in.AmountPaid, in.AmountRemaining = "paid", true, false, in.AmountDue, 0
	in.StatusTransitions.PaidAt, in.NextPaymentAttempt = object.Num(u.now), 0
	in.Attempted = true
	if err := u.update(in, "invoice.updated"); err != nil {
		return err
	}
	for _, event := range []string{"invoice.paid", "invoice.payment_succeeded"} {
		if err := u.tellOf(event, in); err != nil {
			return err
		}
	}
	if err := u.delinquent(in.Customer); err != nil {
		return err
	}
	return u.followPaid(in)
}

// invoiceFor fetches an invoice and moves the unit to its clock.
func (u *Unit) invoiceFor(id string) (*object.Invoice, error) {
	in, err := fetch[object.Invoice](u, id, "id")
	if err != nil {
		return nil, err
	}
	return in, u.enter(in)
}

// UpdateInvoice changes metadata, description and whether Stripe collects by
// itself.
func (u *Unit) UpdateInvoice(id string, p wire.Values) (object.Record, error) {
	in, err := u.invoiceFor(id)
	if err != nil {
		return nil, err
	}
	if in.Metadata, err = p.Merge("metadata", in.Metadata); err != nil {
		return nil, err
	}
	if p.Has("description") {
		in.Description = object.Str(p.Text("description"))
	}
	if p.Has("auto_advance") {
		in.AutoAdvance = p.Bool("auto_advance")
		if in.Status == "draft" && in.AutoAdvance && in.Secret.FinalizeAt == 0 {
			in.Secret.FinalizeAt = u.now + object.DraftLife
		}
	}
	return in, u.update(in, "invoice.updated")
}

// FinalizeInvoice finalizes a draft by hand.
func (u *Unit) FinalizeInvoice(id string) (object.Record, error) {
	in, err := u.invoiceFor(id)
	if err != nil {
		return nil, err
	}
	if in.Status != "draft" {
		return nil, wire.Refuse("invoice_not_editable", "", "This invoice is already finalized: it is %s.", in.Status)
	}
	return in, u.finalize(in)
}

// VoidInvoice closes an invoice as if it had never been.
func (u *Unit) VoidInvoice(id string) (object.Record, error) {
	return u.close(id, "void", func(in *object.Invoice) { in.StatusTransitions.VoidedAt = object.Num(u.now) })
}

// WriteOffInvoice closes an invoice that will not be paid.
func (u *Unit) WriteOffInvoice(id string) (object.Record, error) {
	return u.close(id, "uncollectible", func(in *object.Invoice) { in.StatusTransitions.MarkedUncollectibleAt = object.Num(u.now) })
}

func (u *Unit) close(id, status string, stamp func(*object.Invoice)) (object.Record, error) {
	in, err := u.invoiceFor(id)
	if err != nil {
		return nil, err
	}
	if in.Status != "open" && !(in.Status == "uncollectible" && status == "void") {
		return nil, wire.Refuse("", "", "Only open invoices can become %s. This one is %s.", status, in.Status)
	}
	stamp(in)
	return in, u.shut(in, status)
}

// shut ends an invoice without payment and tells of it.
func (u *Unit) shut(in *object.Invoice, status string) error {
	in.Status, in.NextPaymentAttempt, in.AutoAdvance = status, 0, false
	if err := u.update(in, "invoice.updated"); err != nil {
		return err
	}
	event := map[string]string{"void": "invoice.voided", "uncollectible": "invoice.marked_uncollectible"}[status]
	if err := u.tellOf(event, in); err != nil {
		return err
	}
	if status == "void" && in.PaymentIntent != "" {
		if err := u.dropPayment(in); err != nil {
			return err
		}
	}
	return u.delinquent(in.Customer)
}

// openInvoices are a subscription's unpaid invoices, newest first.
func (u *Unit) openInvoices(s *object.Subscription) ([]*object.Invoice, error) {
	return find[object.Invoice](u, book.Is("subscription", s.ID), book.Is("status", "open", "draft"))
}
