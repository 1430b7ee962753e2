package stripeapi

import (
	"context"

	"github.com/stripe/stripe-go/v76"
)

// Coupon is a discount that can be given. What it gives never changes.
type Coupon struct {
	ID             string
	Name           string
	PercentOff     float64
	AmountOff      int64
	Currency       string // of AmountOff
	Duration       string // once, repeating or forever
	DurationMonths int64  // for repeating
	Valid          bool
	TimesRedeemed  int64
	Metadata       map[string]string
}

// CouponInput describes a coupon. Either PercentOff or AmountOff with Currency
// is set.
type CouponInput struct {
	ID             string // of the caller's own, so that it is made once however often it is tried; "" lets Stripe choose
	Name           string // shown on invoices; up to 40 characters
	PercentOff     float64
	AmountOff      int64
	Currency       string
	Duration       string
	DurationMonths int64
	ProductIDs     []string // it takes off these only; none: everything
	Metadata       map[string]string
}

// CreateCoupon makes a coupon.
func (c *Client) CreateCoupon(ctx context.Context, key string, in CouponInput) (Coupon, error) {
	common, err := write(ctx, key)
	if err != nil {
		return Coupon{}, err
	}
	q := &stripe.CouponParams{
		Params: common, ID: text(in.ID), Name: text(in.Name), Duration: stripe.String(in.Duration), DurationInMonths: number(in.DurationMonths),
		AmountOff: number(in.AmountOff), Currency: text(in.Currency), Metadata: in.Metadata,
	}
	if in.PercentOff != 0 {
		q.PercentOff = &in.PercentOff
	}
	if len(in.ProductIDs) > 0 {
		q.AppliesTo = &stripe.CouponAppliesToParams{Products: stripe.StringSlice(in.ProductIDs)}
	}
	made, err := c.api.Coupons.New(q)
	return plainCoupon(made), c.fault(err)
}

// RenameCoupon changes what invoices call a coupon; nothing else of it can
// change.
func (c *Client) RenameCoupon(ctx context.Context, key, id, name string) (Coupon, error) {
	common, err := write(ctx, key, id)
	if err != nil {
		return Coupon{}, err
	}
	changed, err := c.api.Coupons.Update(id, &stripe.CouponParams{Params: common, Name: &name})
	return plainCoupon(changed), c.fault(err)
}

// Coupon fetches one coupon.
func (c *Client) Coupon(ctx context.Context, id string) (Coupon, error) {
	common, err := read(ctx, id)
	if err != nil {
		return Coupon{}, err
	}
	found, err := c.api.Coupons.Get(id, &stripe.CouponParams{Params: common})
	return plainCoupon(found), c.fault(err)
}

func plainCoupon(co *stripe.Coupon) Coupon {
	if co == nil {
		return Coupon{}
	}
	return Coupon{
		ID: co.ID, Name: co.Name, PercentOff: co.PercentOff, AmountOff: co.AmountOff, Currency: string(co.Currency),
		Duration: string(co.Duration), DurationMonths: co.DurationInMonths, Valid: co.Valid, TimesRedeemed: co.TimesRedeemed, Metadata: metadata(co.Metadata),
	}
}
