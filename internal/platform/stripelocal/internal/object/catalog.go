package object

import (
	"slices"
	"strconv"
)

// Product is what is sold.
type Product struct {
	Head
	Active      bool   `json:"active"`
	Description Str    `json:"description"`
	Metadata    Meta   `json:"metadata"`
	Name        string `json:"name"`
	UnitLabel   Str    `json:"unit_label"`
	Updated     int64  `json:"updated"`
	URL         Str    `json:"url"`
}

// Keys implements Record.
func (p *Product) Keys() []Key { return keys("active", yesNo(p.Active)) }

// Recurring is how often a price recurs.
type Recurring struct {
	AggregateUsage  *string `json:"aggregate_usage"`
	Interval        string  `json:"interval"`
	IntervalCount   int64   `json:"interval_count"`
	TrialPeriodDays *int64  `json:"trial_period_days"`
	UsageType       string  `json:"usage_type"`
}

// Price is an amount for a product.
type Price struct {
	Head
	Active            bool       `json:"active"`
	BillingScheme     string     `json:"billing_scheme,omitempty"` // per_unit or tiered
	Currency          string     `json:"currency"`
	LookupKey         Str        `json:"lookup_key"`
	Metadata          Meta       `json:"metadata"`
	Nickname          Str        `json:"nickname"`
	Product           string     `json:"product"`
	Recurring         *Recurring `json:"recurring"`
	Tiers             []Tier     `json:"tiers,omitempty"` // Stripe shows them when asked to expand them
	TiersMode         string     `json:"tiers_mode,omitempty"`
	Type              string     `json:"type"`
	UnitAmount        int64      `json:"unit_amount"`
	UnitAmountDecimal Str        `json:"unit_amount_decimal"`
}

// Keys implements Record.
func (p *Price) Keys() []Key {
	k := keys("active", yesNo(p.Active), "product", p.Product, "currency", p.Currency, "type", p.Type, "lookup_key", string(p.LookupKey))
	if p.Recurring != nil {
		k = append(k, Key{"interval", p.Recurring.Interval})
	}
	return k
}

// SetAmount sets the amount in both of its renderings.
func (p *Price) SetAmount(amount int64) {
	p.UnitAmount, p.UnitAmountDecimal = amount, Str(strconv.FormatInt(amount, 10))
}

// Coupon is a discount that can be given.
type Coupon struct {
	Head
	AmountOff        Num      `json:"amount_off"`
	AppliesTo        *Applies `json:"applies_to,omitempty"`
	Currency         Str      `json:"currency"`
	Duration         string   `json:"duration"` // once, repeating or forever
	DurationInMonths Num      `json:"duration_in_months"`
	MaxRedemptions   Num      `json:"max_redemptions"`
	Metadata         Meta     `json:"metadata"`
	Name             Str      `json:"name"`
	PercentOff       *float64 `json:"percent_off"`
	RedeemBy         Num      `json:"redeem_by"`
	TimesRedeemed    int64    `json:"times_redeemed"`
	Valid            bool     `json:"valid"`
}

// Applies names the products a coupon is for. Stripe shows it when it is asked
// to expand it; here it is always there.
type Applies struct {
	Products []string `json:"products"`
}

// For tells whether the coupon takes off a product.
func (c *Coupon) For(product string) bool {
	return c.AppliesTo == nil || slices.Contains(c.AppliesTo.Products, product)
}

// Due implements Record: a coupon stops being valid at redeem_by.
func (c *Coupon) Due() int64 {
	if c.Valid {
		return int64(c.RedeemBy)
	}
	return 0
}

// PromotionCode is a code that gives a coupon.
type PromotionCode struct {
	Head
	Active         bool         `json:"active"`
	Code           string       `json:"code"`
	Coupon         Coupon       `json:"coupon"`
	Customer       Str          `json:"customer"`
	ExpiresAt      Num          `json:"expires_at"`
	MaxRedemptions Num          `json:"max_redemptions"`
	Metadata       Meta         `json:"metadata"`
	Restrictions   Restrictions `json:"restrictions"`
	TimesRedeemed  int64        `json:"times_redeemed"`
}

// Restrictions narrow who may use a code. The stand-in sets none.
type Restrictions struct {
	FirstTimeTransaction  bool `json:"first_time_transaction"`
	MinimumAmount         Num  `json:"minimum_amount"`
	MinimumAmountCurrency Str  `json:"minimum_amount_currency"`
}

// Keys implements Record.
func (p *PromotionCode) Keys() []Key {
	return keys("active", yesNo(p.Active), "code", Fold(p.Code), "coupon", p.Coupon.ID, "customer", string(p.Customer))
}

// Due implements Record: a code stops being active when it expires.
func (p *PromotionCode) Due() int64 {
	if p.Active {
		return int64(p.ExpiresAt)
	}
	return 0
}

// Discount is a coupon given to a subscription, from Start to End.
type Discount struct {
	ID              string `json:"id"`
	Object          string `json:"object"`
	CheckoutSession Str    `json:"checkout_session"`
	Coupon          Coupon `json:"coupon"`
	Customer        Str    `json:"customer"`
	End             Num    `json:"end"`
	Invoice         Str    `json:"invoice"`
	InvoiceItem     Str    `json:"invoice_item"`
	PromotionCode   Str    `json:"promotion_code"`
	Start           int64  `json:"start"`
	Subscription    Str    `json:"subscription"`
}

// Fold makes two spellings of a promotion code equal: case does not matter.
func Fold(code string) string {
	out := []byte(code)
	for i, c := range out {
		if c >= 'a' && c <= 'z' {
			out[i] = c - 'a' + 'A'
		}
	}
	return string(out)
}
