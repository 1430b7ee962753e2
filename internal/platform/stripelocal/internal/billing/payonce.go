package billing

import (
	"fmt"
	"strconv"

	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// priceOf finds what a visit sells: a stored price, or one that is made for
// this visit and sold to nobody else.
func (u *Unit) priceOf(v *object.Session, line wire.Values) (*object.Price, error) {
	if line.Has("price") == line.Has("price_data") {
		return nil, wire.Refuse("parameter_missing", "line_items[0][price]", "A line takes either price or price_data.")
	}
	if v.Mode == "subscription" {
		if line.Has("price_data") {
			return nil, wire.Refuse("", "line_items[0][price_data]", "The local stand-in makes prices for a visit in payment mode only.")
		}
		return u.sellable(line.Text("price"), "line_items[0][price]")
	}
	if !line.Has("price_data") {
		return u.payableOnce(line.Text("price"))
	}
	v.Secret.Own = true
	d := line.Hash("price_data")
	prod := &object.Product{Name: d.Hash("product_data").Text("name"), Description: object.Str(d.Hash("product_data").Text("description")), Updated: u.now}
	var err error
	if prod.Metadata, err = d.Hash("product_data").Merge("metadata", nil); err != nil {
		return nil, err
	}
	if err := u.create(prod, "prod_", "product.created"); err != nil {
		return nil, err
	}
	price := &object.Price{Currency: d.Text("currency"), Product: prod.ID, Type: "one_time", BillingScheme: "per_unit"}
	price.SetAmount(d.Int("unit_amount"))
	return price, u.create(price, "price_", "price.created")
}

func (u *Unit) payableOnce(id string) (*object.Price, error) {
	price, err := fetch[object.Price](u, id, "line_items[0][price]")
	switch {
	case err != nil:
		return nil, err
	case !price.Active:
		return nil, wire.Refuse("", "line_items[0][price]", "The price specified is inactive. This field only accepts active prices.")
	case price.Recurring != nil:
		return nil, wire.Refuse("", "line_items[0][price]", "You must provide at least one recurring price in `subscription` mode when using prices, and none in `payment` mode.")
	}
	return price, nil
}

// readPayment reads what only a purchase that is paid once has. The stand-in
// makes an invoice of each: it keeps payments on invoices only.
func (u *Unit) readPayment(v *object.Session, p wire.Values) (err error) {
	if v.Mode == "subscription" {
		for _, name := range []string{"payment_intent_data", "invoice_creation", "customer_creation"} {
			if p.Has(name) {
				return wire.Refuse("", name, "You can not pass `%s` in `subscription` mode.", name)
			}
		}
		return nil
	}
	if !p.Hash("invoice_creation").Bool("enabled") {
		return wire.Refuse("", "invoice_creation", "The local stand-in makes an invoice of every purchase: send invoice_creation[enabled]=true.")
	}
	if p.Has("customer") && p.Has("customer_creation") {
		return wire.Refuse("parameters_exclusive", "customer_creation", "You may only specify one of these parameters: customer, customer_creation.")
	}
	v.InvoiceCreation = &object.Enabled{Enabled: true}
	v.Secret.Paying, err = p.Hash("payment_intent_data").Merge("metadata", nil)
	return err
}

// readTaxes notes the wishes about tax. A customer who is known has to let
// the page write down the address and the name that taxes need
// (https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-customer_update).
func (u *Unit) readTaxes(v *object.Session, p wire.Values) error {
	auto, ids, may := p.Hash("automatic_tax").Bool("enabled"), p.Hash("tax_id_collection").Bool("enabled"), p.Hash("customer_update")
	if v.Customer == "" && p.Has("customer_update") {
		return wire.Refuse("", "customer_update", "`customer_update` can only be used with `customer`.")
	}
	if auto && v.Customer != "" && may.Text("address") != "auto" {
		return wire.Refuse("customer_tax_location_invalid", "", "Automatic tax calculation in Checkout requires a valid address on the Customer. Set `customer_update[address]` to 'auto' to save the address entered in Checkout.")
	}
	if ids && v.Customer != "" && may.Text("name") != "auto" {
		return wire.Refuse("", "customer_update", "Tax ID collection requires updating business name on the customer. Set `customer_update[name]` to 'auto'.")
	}
	if auto {
		v.AutomaticTax = &object.AutomaticTax{Enabled: true, Status: "requires_location_inputs"}
	}
	if ids {
		v.TaxIDCollection = &object.Enabled{Enabled: true}
	}
	return nil
}

// payOnce bills a visit that makes no subscription, and takes the money.
func (u *Unit) payOnce(v *object.Session, payer Payer, c *object.Customer, t try) error {
	price, err := fetch[object.Price](u, v.Secret.Price.ID, "line_items[0][price]")
	if err != nil || !price.Active && !v.Secret.Own {
		return wire.Refuse("", "", "This offer is no longer available.")
	}
	o, err := u.offerOf(v.Secret.Coupon, v.Secret.PromotionCode, c.ID, *price)
	if err != nil {
		return err
	}
	d, err := u.redeem(o)
	if err != nil {
		return err
	}
	if d != nil {
		d.Customer, d.CheckoutSession = object.Str(c.ID), object.Str(v.ID)
	}
	in := u.bill(v, c, price, d)
	if err := u.create(in, "in_", "invoice.created"); err != nil {
		return err
	}
	if err := u.finalize(in); err != nil {
		return err
	}
	what := settled
	if in.Status != "paid" {
		if err := u.markPayment(in, v); err != nil {
			return err
		}
		if what, err = u.collect(in, t); err != nil {
			return err
		}
	}
	if what != settled && what != unsure {
		return wire.Declined("card_declined", "generic_decline", declineMessage(""))
	}
	return u.completeVisit(v, payer, c, nil, in, what)
}

// bill drafts the invoice of a purchase.
func (u *Unit) bill(v *object.Session, c *object.Customer, price *object.Price, d *object.Discount) *object.Invoice {
	id, amount, quantity := newID("in_"), price.Cost(v.Secret.Quantity), v.Secret.Quantity
	line := object.Line{
		ID: newID("il_"), Object: "line_item", Amount: amount, AmountExcludingTax: amount, Currency: v.Currency,
		Description: fmt.Sprintf("%d × %s", quantity, v.Secret.ProductName), DiscountAmounts: []object.DiscountAmount{}, Discountable: true,
		Discounts: []string{}, Invoice: object.Str(id), Metadata: v.Metadata, Period: object.Span{Start: u.now, End: u.now}, Price: *price,
		Quantity: quantity, TaxAmounts: []int{}, TaxRates: []int{}, Type: "invoiceitem", UnitAmount: strconv.FormatInt(amount/max(quantity, 1), 10),
	}
	in := &object.Invoice{
		Head: object.Head{ID: id}, BillingReason: "manual", Currency: v.Currency, Customer: c.ID, CustomerEmail: c.Email, CustomerName: c.Name,
		Lines: object.NewList("/v1/invoices/"+id+"/lines", []object.Line{line}), Metadata: v.Metadata, PeriodStart: u.now, PeriodEnd: u.now,
		Status: "draft", StartingBalance: c.Balance, TestClock: u.shownClock(),
	}
	in.Secret.Token, in.Secret.Visit = letters(32), true
	total(in, d)
	return in
}

// markPayment puts the visit's metadata onto its payment.
func (u *Unit) markPayment(in *object.Invoice, v *object.Session) error {
	pi, err := fetch[object.PaymentIntent](u, string(in.PaymentIntent), "payment_intent")
	if err != nil {
		return err
	}
	pi.Metadata, pi.Description = v.Secret.Paying, object.Str(v.Secret.ProductName)
	return u.update(pi, "")
}
