package api

import (
	"bytes"
	"encoding/json"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

func get(route, kind string) call {
	return call{route: "GET " + route, fields: wire.Fields{}, run: func(u *billing.Unit, id string, _ wire.Values) (json.RawMessage, error) {
		doc, is, err := u.Doc(id)
		if err != nil || is != kind || kind != "customer" && bytes.Contains(doc, []byte(`"deleted":true`)) {
			return nil, wire.Missing(kind, id, "id")
		}
		return doc, nil // of a deleted customer, Stripe shows that it was there
	}}
}

// currencies are three letters, in lower case.
func currency() wire.Shape { return wire.Text().Between(3, 3) }

func catalogCalls() []call {
	product := wire.Fields{
		"active": wire.Bool(), "description": wire.Text().Unset(), "metadata": wire.Meta(), "name": wire.Text(), "unit_label": wire.Text().Unset(), "url": wire.Text().Unset(),
	}
	price := wire.Fields{
		"active": wire.Bool(), "lookup_key": wire.Text().Between(0, 200), "metadata": wire.Meta(), "nickname": wire.Text(), "transfer_lookup_key": wire.Bool(),
	}
	return []call{
		get("/v1/products/{id}", "product"),
		get("/v1/prices/{id}", "price"),
		{"POST /v1/products", product.With(wire.Fields{"id": wire.Text(), "name": wire.Text().Must()}), func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.CreateProduct(p)
			return shown(u, rec, err)
		}},
		{"POST /v1/products/{id}", product, func(u *billing.Unit, id string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.UpdateProduct(id, p)
			return shown(u, rec, err)
		}},
		{"DELETE /v1/products/{id}", wire.Fields{}, func(u *billing.Unit, id string, _ wire.Values) (json.RawMessage, error) {
			return gone(id, "product", u.DeleteProduct(id))
		}},
		{"POST /v1/prices", price.With(wire.Fields{
			"currency": currency().Must(), "product": wire.Text().Must(), "unit_amount": wire.Int(),
			"billing_scheme": wire.Enum("per_unit", "tiered"), "tiers_mode": wire.Enum("graduated", "volume"),
			"tiers":        wire.List(wire.Hash(wire.Fields{"flat_amount": wire.Int(), "unit_amount": wire.Int(), "up_to": wire.Int().Or("inf").Must()})),
			"tax_behavior": wire.Enum("unspecified"),
			"recurring": wire.Hash(wire.Fields{
				"interval": wire.Enum("day", "week", "month", "year").Must(), "interval_count": wire.Int().Between(1, 1095), "usage_type": wire.Enum("licensed"),
			}),
		}), func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) {
			if c := p.Text("currency"); c != lower(c) {
				return nil, wire.Refuse("", "currency", "Invalid currency: %s. Currencies are written in lower case.", c)
			}
			rec, err := u.CreatePrice(p)
			return shown(u, rec, err)
		}},
		{"POST /v1/prices/{id}", price, func(u *billing.Unit, id string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.UpdatePrice(id, p)
			return shown(u, rec, err)
		}},
	}
}

// lower keeps the letters a to z and makes A to Z small; anything else
// becomes a question mark, so that a comparison fails.
func lower(s string) string {
	out := []byte(object.Fold(s))
	for i, c := range out {
		if c < 'A' || c > 'Z' {
			out[i] = '?'
			continue
		}
		out[i] = c + 'a' - 'A'
	}
	return string(out)
}

func promotionCalls() []call {
	return []call{
		get("/v1/coupons/{id}", "coupon"),
		get("/v1/promotion_codes/{id}", "promotion_code"),
		{"POST /v1/coupons", wire.Fields{
			"id": wire.Text(), "name": wire.Text().Between(0, 40), "percent_off": wire.Number(), "amount_off": wire.Int().Between(1, 99_999_999), "currency": currency(),
			"duration": wire.Enum("once", "repeating", "forever").Must(), "duration_in_months": wire.Int().Between(1, 36),
			"max_redemptions": wire.Int().Between(1, 1_000_000), "redeem_by": wire.Int(), "metadata": wire.Meta(),
			"applies_to": wire.Hash(wire.Fields{"products": wire.List(wire.Text())}),
		}, func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.CreateCoupon(p)
			return shown(u, rec, err)
		}},
		{"POST /v1/coupons/{id}", wire.Fields{"name": wire.Text().Between(0, 40), "metadata": wire.Meta()}, func(u *billing.Unit, id string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.UpdateCoupon(id, p)
			return shown(u, rec, err)
		}},
		{"DELETE /v1/coupons/{id}", wire.Fields{}, func(u *billing.Unit, id string, _ wire.Values) (json.RawMessage, error) {
			return gone(id, "coupon", u.DeleteCoupon(id))
		}},
		{"POST /v1/promotion_codes", wire.Fields{
			"coupon": wire.Text().Must(), "code": wire.Text().Between(0, 500), "active": wire.Bool(), "customer": wire.Text(),
			"expires_at": wire.Int(), "max_redemptions": wire.Int().Between(1, 1_000_000), "metadata": wire.Meta(),
		}, func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.CreatePromotionCode(p)
			return shown(u, rec, err)
		}},
		{"POST /v1/promotion_codes/{id}", wire.Fields{"active": wire.Bool(), "metadata": wire.Meta()}, func(u *billing.Unit, id string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.UpdatePromotionCode(id, p)
			return shown(u, rec, err)
		}},
	}
}
