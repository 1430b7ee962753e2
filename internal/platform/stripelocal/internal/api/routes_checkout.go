package api

import (
	"encoding/json"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

func checkoutCalls() []call {
	return []call{
		get("/v1/checkout/sessions/{id}", "checkout.session"),
		{"POST /v1/checkout/sessions", sessionFields(), func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.CreateSession(p)
			return shown(u, rec, err)
		}},
		{"POST /v1/checkout/sessions/{id}/expire", wire.Fields{}, func(u *billing.Unit, id string, _ wire.Values) (json.RawMessage, error) {
			rec, err := u.ExpireSession(id)
			return shown(u, rec, err)
		}},
		{"GET /v1/checkout/sessions/{id}/line_items", paging(), checkoutLines},
		{"POST /v1/billing_portal/sessions", wire.Fields{
			"customer": wire.Text().Must(), "return_url": wire.Text(), "configuration": wire.Text(), "locale": wire.Text(),
		}, func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.CreatePortalSession(p)
			return shown(u, rec, err)
		}},
	}
}

func sessionFields() wire.Fields {
	return wire.Fields{
		"mode": wire.Enum("subscription", "payment").Must(), "success_url": wire.Text().Must(), "cancel_url": wire.Text(),
		"line_items": wire.List(wire.Hash(wire.Fields{
			"price": wire.Text(), "quantity": wire.Int().Between(0, 999_999),
			"price_data": wire.Hash(wire.Fields{
				"currency": currency().Must(), "unit_amount": wire.Int().Must(),
				"product_data": wire.Hash(wire.Fields{"name": wire.Text().Must(), "description": wire.Text(), "metadata": wire.Meta()}).Must(),
			}),
		})).Must(),
		"allow_promotion_codes": wire.Bool(), "client_reference_id": wire.Text().Between(0, 200), "customer": wire.Text(), "customer_email": wire.Text().Between(0, 800),
		"currency":   currency(),
		"discounts":  wire.List(wire.Hash(wire.Fields{"coupon": wire.Text(), "promotion_code": wire.Text()})).Between(0, 1),
		"expires_at": wire.Int(), "locale": wire.Text(), "metadata": wire.Meta(),
		"payment_method_collection": wire.Enum("always", "if_required"),
		"payment_method_types":      wire.List(wire.Enum("card", "us_bank_account")),
		"subscription_data": wire.Hash(wire.Fields{
			"description": wire.Text().Between(0, 500), "metadata": wire.Meta(), "trial_end": wire.Int(), "trial_period_days": trialDays(), "trial_settings": trialSettings(),
		}),
		"payment_intent_data": wire.Hash(wire.Fields{"description": wire.Text().Between(0, 1000), "metadata": wire.Meta()}),
		"invoice_creation": wire.Hash(wire.Fields{
			"enabled": wire.Bool().Must(), "invoice_data": wire.Hash(wire.Fields{"description": wire.Text().Between(0, 1500), "metadata": wire.Meta()}),
		}),
		"automatic_tax":              wire.Hash(wire.Fields{"enabled": wire.Bool().Must()}),
		"tax_id_collection":          wire.Hash(wire.Fields{"enabled": wire.Bool().Must()}),
		"customer_creation":          wire.Enum("always"),
		"customer_update":            wire.Hash(wire.Fields{"address": wire.Enum("auto", "never"), "name": wire.Enum("auto", "never")}),
		"billing_address_collection": wire.Enum("auto", "required"),
		"ui_mode":                    wire.Enum("hosted"),
	}
}

func checkoutLines(u *billing.Unit, id string, p wire.Values) (json.RawMessage, error) {
	v, err := u.Visit(id)
	if err != nil {
		return nil, err
	}
	line, err := u.CheckoutLine(v)
	if err != nil {
		return nil, err
	}
	return renderPart(u, "/v1/checkout/sessions/"+id+"/line_items", []object.CheckoutLine{line}, func(l object.CheckoutLine) string { return l.ID }, p)
}

func paymentCalls() []call {
	return []call{
		get("/v1/payment_intents/{id}", "payment_intent"),
		get("/v1/charges/{id}", "charge"),
	}
}
