package stripeapi

import (
	"context"
	"time"

	"github.com/stripe/stripe-go/v76"
)

// PromotionCode is a code people type, and the discount behind it.
type PromotionCode struct {
	ID             string
	Code           string
	Active         bool // false also when it ran out or expired
	CouponID       string
	PercentOff     float64
	AmountOff      int64
	Currency       string // of AmountOff
	Duration       string // once, repeating or forever
	DurationMonths int64  // for repeating
	MaxRedemptions int64  // 0: no limit
	TimesRedeemed  int64
	Expires        time.Time
	Metadata       map[string]string
}

// PromotionCodeInput describes a code with its own coupon. Either PercentOff
// or AmountOff with Currency is set.
type PromotionCodeInput struct {
	Code           string // letters and digits; upper and lower case are the same
	Name           string // shown on invoices
	PercentOff     float64
	AmountOff      int64
	Currency       string
	Duration       string
	DurationMonths int64
	MaxRedemptions int64
	Expires        time.Time
	CouponID       string // a coupon that is there; the fields of a coupon are not used then
	Metadata       map[string]string
}

// CreatePromotionCode makes a code for a coupon, and the coupon unless it is
// named. The coupon is written with a key derived from the caller's, so that a
// repeat finds both.
func (c *Client) CreatePromotionCode(ctx context.Context, key string, in PromotionCodeInput) (PromotionCode, error) {
	codeCommon, err := write(ctx, key)
	if err != nil {
		return PromotionCode{}, err
	}
	if in.CouponID == "" {
		coupon, err := c.CreateCoupon(ctx, key+":coupon", CouponInput{
			Name: in.Name, PercentOff: in.PercentOff, AmountOff: in.AmountOff, Currency: in.Currency,
			Duration: in.Duration, DurationMonths: in.DurationMonths, Metadata: in.Metadata,
		})
		if err != nil {
			return PromotionCode{}, err
		}
		in.CouponID = coupon.ID
	}
	p, err := c.api.PromotionCodes.New(&stripe.PromotionCodeParams{
		Params: codeCommon, Coupon: &in.CouponID, Code: text(in.Code), MaxRedemptions: number(in.MaxRedemptions),
		ExpiresAt: unix(in.Expires), Metadata: in.Metadata,
	})
	return plainPromotion(p), c.fault(err)
}

// PromotionCode fetches one code, active or not.
func (c *Client) PromotionCode(ctx context.Context, id string) (PromotionCode, error) {
	common, err := read(ctx, id)
	if err != nil {
		return PromotionCode{}, err
	}
	p, err := c.api.PromotionCodes.Get(id, &stripe.PromotionCodeParams{Params: common})
	return plainPromotion(p), c.fault(err)
}

// FindPromotionCode looks up an active code as a person typed it.
func (c *Client) FindPromotionCode(ctx context.Context, code string) (PromotionCode, bool, error) {
	q := &stripe.PromotionCodeListParams{ListParams: pages(ctx), Code: stripe.String(code), Active: stripe.Bool(true)}
	for p, err := range walk(c, func() *stripe.Iter { return c.api.PromotionCodes.List(q).Iter }, plainPromotion) {
		return p, err == nil, err
	}
	return PromotionCode{}, false, nil
}

// DeactivatePromotionCode stops a code. Discounts already given stay.
func (c *Client) DeactivatePromotionCode(ctx context.Context, key, id string) (PromotionCode, error) {
	common, err := write(ctx, key, id)
	if err != nil {
		return PromotionCode{}, err
	}
	p, err := c.api.PromotionCodes.Update(id, &stripe.PromotionCodeParams{Params: common, Active: stripe.Bool(false)})
	return plainPromotion(p), c.fault(err)
}

func plainPromotion(p *stripe.PromotionCode) PromotionCode {
	if p == nil {
		return PromotionCode{}
	}
	out := PromotionCode{
		ID: p.ID, Code: p.Code, Active: p.Active, MaxRedemptions: p.MaxRedemptions, TimesRedeemed: p.TimesRedeemed,
		Expires: at(p.ExpiresAt), Metadata: metadata(p.Metadata),
	}
	if co := p.Coupon; co != nil {
		out.CouponID, out.PercentOff, out.AmountOff, out.Currency = co.ID, co.PercentOff, co.AmountOff, string(co.Currency)
		out.Duration, out.DurationMonths = string(co.Duration), co.DurationInMonths
	}
	return out
}
