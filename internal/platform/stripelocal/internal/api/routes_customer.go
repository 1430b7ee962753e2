package api

import (
	"encoding/json"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

func customerCalls() []call {
	address := wire.Hash(wire.Fields{
		"city": wire.Text(), "country": wire.Text(), "line1": wire.Text(), "line2": wire.Text(), "postal_code": wire.Text(), "state": wire.Text(),
	}).Unset()
	customer := wire.Fields{
		"address": address, "balance": wire.Int().Between(-99_999_999_999, 99_999_999_999), "description": wire.Text().Unset(), "email": wire.Text().Between(0, 512).Unset(),
		"invoice_settings": wire.Hash(wire.Fields{"default_payment_method": wire.Text().Unset()}),
		"metadata":         wire.Meta(), "name": wire.Text().Between(0, 256).Unset(), "phone": wire.Text().Between(0, 20).Unset(),
	}
	return []call{
		get("/v1/customers/{id}", "customer"),
		get("/v1/payment_methods/{id}", "payment_method"),
		{"POST /v1/customers", customer.With(wire.Fields{"payment_method": wire.Text(), "test_clock": wire.Text()}), func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.CreateCustomer(p)
			return shown(u, rec, err)
		}},
		{"POST /v1/customers/{id}", customer, func(u *billing.Unit, id string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.UpdateCustomer(id, p)
			return shown(u, rec, err)
		}},
		{"DELETE /v1/customers/{id}", wire.Fields{}, func(u *billing.Unit, id string, _ wire.Values) (json.RawMessage, error) {
			return gone(id, "customer", u.DeleteCustomer(id))
		}},
		{"POST /v1/payment_methods", wire.Fields{
			"type": wire.Enum("card").Must(), "metadata": wire.Meta(),
			"card": wire.Hash(wire.Fields{
				"number": wire.Text().Must(), "exp_month": wire.Int().Must(), "exp_year": wire.Int().Must(), "cvc": wire.Text().Must(),
			}),
		}, func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.CreateMethod(p)
			return shown(u, rec, err)
		}},
		{"POST /v1/payment_methods/{id}/attach", wire.Fields{"customer": wire.Text().Must()}, func(u *billing.Unit, id string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.AttachMethod(id, p)
			return shown(u, rec, err)
		}},
		{"POST /v1/payment_methods/{id}/detach", wire.Fields{}, func(u *billing.Unit, id string, _ wire.Values) (json.RawMessage, error) {
			rec, err := u.DetachMethod(id)
			return shown(u, rec, err)
		}},
	}
}
