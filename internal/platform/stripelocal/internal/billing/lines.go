package billing

import (
	"fmt"
	"math"
	"strconv"

	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
)

// periodLine bills one item of a subscription for one period. In a trial it
// costs nothing.
func (u *Unit) periodLine(s *object.Subscription, i object.Item, span object.Span, trial bool) object.Line {
	name := u.productName(i.Price.Product)
	amount := i.Price.Cost(i.Quantity)
	text := fmt.Sprintf("%d × %s (at %s / %s)", i.Quantity, name, Money(amount/max(i.Quantity, 1), i.Price.Currency), Every(i.Price.Recurring))
	if trial {
		amount, text = 0, "Trial period for "+name
	}
	return object.Line{
		ID: newID("il_"), Object: "line_item", Amount: amount, AmountExcludingTax: amount, Currency: s.Currency, Description: text,
		DiscountAmounts: []object.DiscountAmount{}, Discountable: true, Discounts: []string{}, Metadata: s.Metadata, Period: span, Price: i.Price,
		Quantity: i.Quantity, Subscription: object.Str(s.ID), SubscriptionItem: object.Str(i.ID), TaxAmounts: []int{}, TaxRates: []int{},
		Type: "subscription", UnitAmount: strconv.FormatInt(amount/max(i.Quantity, 1), 10),
	}
}

func (u *Unit) periodLines(s *object.Subscription, trial bool) []object.Line {
	var lines []object.Line
	for _, i := range s.Items.Data {
		lines = append(lines, u.periodLine(s, i, object.Span{Start: s.CurrentPeriodStart, End: s.CurrentPeriodEnd}, trial))
	}
	return lines
}

func (u *Unit) productName(id string) string {
	prod, err := fetch[object.Product](u, id, "product")
	if err != nil {
		return id
	}
	return prod.Name
}

// itemLine puts a waiting amount onto an invoice.
func itemLine(ii *object.InvoiceItem) object.Line {
	return object.Line{
		ID: newID("il_"), Object: "line_item", Amount: ii.Amount, AmountExcludingTax: ii.Amount, Currency: ii.Currency, Description: ii.Description,
		DiscountAmounts: []object.DiscountAmount{}, Discounts: []string{}, InvoiceItem: object.Str(ii.ID), Metadata: ii.Metadata, Period: ii.Period,
		Price: ii.Price, Proration: ii.Proration, Quantity: ii.Quantity, Subscription: ii.Subscription, SubscriptionItem: ii.SubscriptionItem,
		TaxAmounts: []int{}, TaxRates: []int{}, Type: "invoiceitem", UnitAmount: strconv.FormatInt(ii.UnitAmount, 10),
	}
}

// pendingItems are the amounts that wait for a subscription's next invoice,
// oldest first.
func (u *Unit) pendingItems(s *object.Subscription) ([]*object.InvoiceItem, error) {
	all, err := find[object.InvoiceItem](u, book.Is("subscription", s.ID), book.Is("pending", "true"))
	for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
		all[i], all[j] = all[j], all[i]
	}
	return all, err
}

// total adds an invoice up: lines, then the discount on what may be
// discounted. Prorations are not: their discount is in their amount
// (https://docs.stripe.com/billing/subscriptions/prorations).
func total(in *object.Invoice, d *object.Discount) {
	in.Subtotal, in.TotalDiscountAmounts, in.Discounts, in.Discount = 0, []object.DiscountAmount{}, []string{}, nil
	for _, l := range in.Lines.Data {
		in.Subtotal += l.Amount
	}
	off := int64(0)
	if d != nil {
		off = discountLines(in.Lines.Data, d)
		in.Discount, in.Discounts = d, []string{d.ID}
		in.TotalDiscountAmounts = append(in.TotalDiscountAmounts, object.DiscountAmount{Amount: off, Discount: d.ID})
	}
	in.Total = in.Subtotal - off
	in.SubtotalExcludingTax, in.TotalExcludingTax = in.Subtotal, in.Total
	in.AmountDue = max(in.Total, 0)
	in.AmountRemaining = in.AmountDue - in.AmountPaid
}

func discountLines(lines []object.Line, d *object.Discount) (off int64) {
	left := int64(d.Coupon.AmountOff)
	for i := range lines {
		l := &lines[i]
		if !l.Discountable || l.Amount <= 0 {
			continue
		}
		part := min(left, l.Amount)
		if d.Coupon.PercentOff != nil {
			part = int64(math.Round(float64(l.Amount) * *d.Coupon.PercentOff / 100))
		}
		left -= part
		off += part
		l.Discounts = []string{d.ID}
		l.DiscountAmounts = []object.DiscountAmount{{Amount: part, Discount: d.ID}}
	}
	return off
}

// runningDiscount is the discount a subscription has at a moment.
func runningDiscount(s *object.Subscription, at int64) *object.Discount {
	if s.Discount == nil || s.Discount.End != 0 && int64(s.Discount.End) <= at {
		return nil
	}
	return s.Discount
}
