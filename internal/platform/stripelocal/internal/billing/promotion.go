package billing

import (
	"strings"
	"time"

	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// CreateCoupon makes a discount of a share or an amount.
func (u *Unit) CreateCoupon(p wire.Values) (object.Record, error) {
	if p.Has("percent_off") == p.Has("amount_off") {
		return nil, wire.Refuse("", "percent_off", "A coupon takes either percent_off or amount_off.")
	}
	if p.Has("amount_off") && !p.Has("currency") {
		return nil, wire.Refuse("parameter_missing", "currency", "Missing required param: currency.")
	}
	if p.Has("duration_in_months") != (p.Text("duration") == "repeating") {
		return nil, wire.Refuse("", "duration_in_months", "duration_in_months goes with the duration repeating, and only with it.")
	}
	meta, err := p.Merge("metadata", nil)
	if err != nil {
		return nil, err
	}
	c := &object.Coupon{
		Head: object.Head{ID: p.Text("id")}, AmountOff: object.Num(p.Int("amount_off")), Currency: object.Str(p.Text("currency")),
		Duration: p.Text("duration"), DurationInMonths: object.Num(p.Int("duration_in_months")), Metadata: meta,
		MaxRedemptions: object.Num(p.Int("max_redemptions")), Name: object.Str(p.Text("name")), RedeemBy: object.Num(p.Int("redeem_by")), Valid: true,
	}
	if p.Has("percent_off") {
		share := p.Number("percent_off")
		if share <= 0 || share > 100 {
			return nil, wire.Refuse("", "percent_off", "percent_off must be above 0 and at most 100.")
		}
		c.PercentOff = &share
	}
	if products := p.Hash("applies_to").Texts("products"); len(products) > 0 {
		for _, id := range products {
			if _, err := fetch[object.Product](u, id, "applies_to[products][0]"); err != nil {
				return nil, err
			}
		}
		c.AppliesTo = &object.Applies{Products: products}
	}
	if c.RedeemBy != 0 && int64(c.RedeemBy) <= u.now {
		return nil, wire.Refuse("", "redeem_by", "redeem_by must be in the future.")
	}
	if err := u.free(c.ID, "Coupon"); err != nil {
		return nil, err
	}
	return c, u.create(c, "", "coupon.created")
}

// UpdateCoupon changes a coupon's name and metadata.
func (u *Unit) UpdateCoupon(id string, p wire.Values) (object.Record, error) {
	c, err := fetch[object.Coupon](u, id, "id")
	if err != nil {
		return nil, err
	}
	if p.Has("name") {
		c.Name = object.Str(p.Text("name"))
	}
	if c.Metadata, err = p.Merge("metadata", c.Metadata); err != nil {
		return nil, err
	}
	return c, u.update(c, "coupon.updated")
}

// DeleteCoupon deletes a coupon. Discounts already given stay.
func (u *Unit) DeleteCoupon(id string) error {
	c, err := fetch[object.Coupon](u, id, "id")
	if err != nil {
		return err
	}
	return u.bury(c, "coupon.deleted")
}

// CreatePromotionCode makes a code for a coupon. One active code of a
// spelling may exist at a time; upper and lower case are one spelling.
func (u *Unit) CreatePromotionCode(p wire.Values) (object.Record, error) {
	c, err := fetch[object.Coupon](u, p.Text("coupon"), "coupon")
	if err != nil {
		return nil, err
	}
	meta, err := p.Merge("metadata", nil)
	if err != nil {
		return nil, err
	}
	code := p.Text("code")
	if code == "" {
		code = strings.ToUpper(letters(8))
	}
	if strings.Trim(object.Fold(code), "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
		return nil, wire.Refuse("", "code", "A promotion code takes letters and digits only.")
	}
	promo := &object.PromotionCode{
		Active: !p.Has("active") || p.Bool("active"), Code: code, Coupon: *c, Customer: object.Str(p.Text("customer")),
		ExpiresAt: object.Num(p.Int("expires_at")), MaxRedemptions: object.Num(p.Int("max_redemptions")), Metadata: meta,
	}
	if promo.ExpiresAt != 0 && int64(promo.ExpiresAt) <= u.now {
		return nil, wire.Refuse("", "expires_at", "expires_at must be in the future.")
	}
	if promo.Customer != "" {
		if _, err := fetch[object.Customer](u, string(promo.Customer), "customer"); err != nil {
			return nil, err
		}
	}
	if err := u.freeCode(promo); err != nil {
		return nil, err
	}
	return promo, u.create(promo, "promo_", "promotion_code.created")
}

func (u *Unit) freeCode(promo *object.PromotionCode) error {
	if !promo.Active {
		return nil
	}
	found, err := u.activeCode(promo.Code)
	if err == nil && found != nil && found.ID != promo.ID {
		return wire.Refuse("", "code", "An active promotion code with `code: %s` already exists.", promo.Code)
	}
	return err
}

// activeCode finds the active code somebody typed; nil when there is none.
func (u *Unit) activeCode(code string) (*object.PromotionCode, error) {
	found, err := find[object.PromotionCode](u, book.Is("code", object.Fold(strings.TrimSpace(code))), book.Is("active", "true"))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// UpdatePromotionCode switches a code on or off.
func (u *Unit) UpdatePromotionCode(id string, p wire.Values) (object.Record, error) {
	promo, err := fetch[object.PromotionCode](u, id, "id")
	if err != nil {
		return nil, err
	}
	if p.Has("active") {
		promo.Active = p.Bool("active")
		if promo.Active && u.unusable(promo) != nil {
			return nil, wire.Refuse("", "active", "This promotion code has expired or is used up. It cannot be activated again.")
		}
		if err := u.freeCode(promo); err != nil {
			return nil, err
		}
	}
	if promo.Metadata, err = p.Merge("metadata", promo.Metadata); err != nil {
		return nil, err
	}
	return promo, u.update(promo, "promotion_code.updated")
}

// unusable says why a code gives nothing now; nil when it does.
func (u *Unit) unusable(promo *object.PromotionCode) error {
	expired := promo.ExpiresAt != 0 && int64(promo.ExpiresAt) <= u.now
	used := promo.MaxRedemptions != 0 && promo.TimesRedeemed >= int64(promo.MaxRedemptions)
	if !promo.Active || expired || used {
		return wire.Refuse("promotion_code_invalid", "promotion_code", "This promotion code is no longer valid.")
	}
	return nil
}

func (u *Unit) worthless(c *object.Coupon, currency string) error {
	expired := c.RedeemBy != 0 && int64(c.RedeemBy) <= u.now
	used := c.MaxRedemptions != 0 && c.TimesRedeemed >= int64(c.MaxRedemptions)
	if expired || used || !c.Valid {
		return wire.Refuse("coupon_expired", "coupon", "Coupon expired: %s", c.ID)
	}
	if c.AmountOff != 0 && string(c.Currency) != currency {
		return wire.Refuse("", "coupon", "This coupon is for %s, not for %s.", c.Currency, currency)
	}
	return nil
}

// offer is a discount that may be given: a coupon, perhaps through a code.
type offer struct {
	coupon *object.Coupon
	code   *object.PromotionCode
}

// offerOf looks up a coupon id or a promotion code's id; both empty is none.
// A code that is bound to another customer is refused.
func (u *Unit) offerOf(couponID, codeID, customer string, price object.Price) (*offer, error) {
	if couponID == "" && codeID == "" {
		return nil, nil
	}
	o := &offer{}
	if codeID != "" {
		code, err := fetch[object.PromotionCode](u, codeID, "promotion_code")
		if err != nil {
			return nil, err
		}
		if err := u.unusable(code); err != nil {
			return nil, err
		}
		if code.Customer != "" && string(code.Customer) != customer {
			return nil, wire.Refuse("promotion_code_invalid", "promotion_code", "This promotion code is for another customer.")
		}
		o.code, couponID = code, code.Coupon.ID
	}
	c, err := fetch[object.Coupon](u, couponID, "coupon")
	if err != nil {
		return nil, err
	}
	o.coupon = c
	if !c.For(price.Product) {
		return nil, wire.Refuse("", "discounts", "This coupon does not apply to what is being bought.")
	}
	return o, u.worthless(c, price.Currency)
}

// redeem gives an offer: it counts it and makes the discount that begins now.
// Who subscribes is filled in by the caller.
func (u *Unit) redeem(o *offer) (*object.Discount, error) {
	if o == nil {
		return nil, nil
	}
	o.coupon.TimesRedeemed++
	o.coupon.Valid = o.coupon.MaxRedemptions == 0 || o.coupon.TimesRedeemed < int64(o.coupon.MaxRedemptions)
	if err := u.update(o.coupon, "coupon.updated"); err != nil {
		return nil, err
	}
	d := &object.Discount{ID: newID("di_"), Object: "discount", Coupon: *o.coupon, Start: u.now}
	if o.coupon.Duration == "repeating" {
		d.End = object.Num(addMonths(time.Unix(u.now, 0).UTC(), int(o.coupon.DurationInMonths)).Unix())
	}
	if o.code != nil {
		o.code.TimesRedeemed++
		o.code.Active = o.code.MaxRedemptions == 0 || o.code.TimesRedeemed < int64(o.code.MaxRedemptions)
		o.code.Coupon = *o.coupon
		d.PromotionCode = object.Str(o.code.ID)
		return d, u.update(o.code, "promotion_code.updated")
	}
	return d, nil
}

// lapse makes a coupon or a code void at its time.
func (u *Unit) lapse(id, kind string) error {
	if kind == "coupon" {
		c, err := fetch[object.Coupon](u, id, "id")
		if err != nil {
			return err
		}
		c.Valid = false
		return u.update(c, "")
	}
	promo, err := fetch[object.PromotionCode](u, id, "id")
	if err != nil {
		return err
	}
	promo.Active = false
	return u.update(promo, "")
}
