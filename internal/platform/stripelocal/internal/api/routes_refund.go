package api

import (
	"encoding/json"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

func refundCalls() []call {
	return []call{
		get("/v1/refunds/{id}", "refund"),
		{"POST /v1/refunds", wire.Fields{
			"charge": wire.Text(), "payment_intent": wire.Text(), "amount": wire.Int().Between(1, 99_999_999), "metadata": wire.Meta(),
			"reason": wire.Enum("duplicate", "fraudulent", "requested_by_customer"),
		}, func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.CreateRefund(p)
			return shown(u, rec, err)
		}},
		get("/v1/disputes/{id}", "dispute"),
		{"POST /v1/disputes/{id}", wire.Fields{
			"evidence": wire.Hash(wire.Fields{"uncategorized_text": wire.Text()}), "metadata": wire.Meta(), "submit": wire.Bool(),
		}, func(u *billing.Unit, id string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.UpdateDispute(id, p)
			return shown(u, rec, err)
		}},
		{"POST /v1/disputes/{id}/close", wire.Fields{}, func(u *billing.Unit, id string, _ wire.Values) (json.RawMessage, error) {
			rec, err := u.CloseDispute(id)
			return shown(u, rec, err)
		}},
	}
}

func refundLists() []listing {
	fields := wire.Fields{"charge": wire.Text(), "payment_intent": wire.Text(), "created": wire.Range()}
	return []listing{
		{route: "/v1/refunds", kind: "refund", fields: fields},
		{route: "/v1/disputes", kind: "dispute", fields: fields},
	}
}
