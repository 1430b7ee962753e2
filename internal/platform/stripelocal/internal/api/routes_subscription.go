package api

import (
	"encoding/json"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

func item(more wire.Fields) wire.Shape {
	return wire.Hash(wire.Fields{"price": wire.Text(), "quantity": wire.Int().Between(0, 999_999), "metadata": wire.Meta()}.With(more))
}

func details() wire.Shape {
	return wire.Hash(wire.Fields{
		"comment":  wire.Text().Unset(),
		"feedback": wire.Enum("customer_service", "low_quality", "missing_features", "other", "switched_service", "too_complex", "too_expensive", "unused").Unset(),
	})
}

func trialSettings() wire.Shape {
	return wire.Hash(wire.Fields{"end_behavior": wire.Hash(wire.Fields{
		"missing_payment_method": wire.Enum("cancel", "create_invoice", "pause").Must(),
	}).Must()})
}

func prorationBehavior() wire.Shape { return wire.Enum("create_prorations", "always_invoice", "none") }

// trialDays is what Stripe takes at most: two years.
func trialDays() wire.Shape { return wire.Int().Between(1, 730) }

func subscriptionCalls() []call {
	both := wire.Fields{
		"cancel_at_period_end": wire.Bool(), "collection_method": wire.Enum("charge_automatically"), "coupon": wire.Text(), "default_payment_method": wire.Text(),
		"description": wire.Text().Between(0, 500).Unset(), "metadata": wire.Meta(), "off_session": wire.Bool(), "promotion_code": wire.Text(),
		"proration_behavior": prorationBehavior(), "trial_end": wire.Int().Or("now"), "trial_settings": trialSettings(),
	}
	create := both.With(wire.Fields{
		"customer": wire.Text().Must(), "items": wire.List(item(nil)).Between(0, 20).Must(), "cancel_at": wire.Int(), "trial_period_days": trialDays(),
		"payment_behavior": wire.Enum("allow_incomplete", "default_incomplete", "error_if_incomplete"), "currency": currency(),
	})
	update := both.With(wire.Fields{
		"items": wire.List(item(wire.Fields{"id": wire.Text(), "deleted": wire.Bool()})), "billing_cycle_anchor": wire.Enum("now", "unchanged"),
		"cancel_at": wire.Int().Unset(), "cancellation_details": details(), "payment_behavior": wire.Enum("allow_incomplete", "error_if_incomplete"),
		"pause_collection": wire.Hash(wire.Fields{"behavior": wire.Enum("keep_as_draft", "mark_uncollectible", "void").Must(), "resumes_at": wire.Int()}).Unset(),
		"proration_date":   wire.Int(),
	})
	return []call{
		get("/v1/subscriptions/{id}", "subscription"),
		{"POST /v1/subscriptions", create, func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.CreateSubscription(p)
			return shown(u, rec, err)
		}},
		{"POST /v1/subscriptions/{id}", update, func(u *billing.Unit, id string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.UpdateSubscription(id, p)
			return shown(u, rec, err)
		}},
		{"DELETE /v1/subscriptions/{id}", wire.Fields{"cancellation_details": details(), "invoice_now": wire.Bool(), "prorate": wire.Bool()}, func(u *billing.Unit, id string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.CancelSubscription(id, p)
			return shown(u, rec, err)
		}},
		{"POST /v1/subscriptions/{id}/resume", wire.Fields{
			"billing_cycle_anchor": wire.Enum("now", "unchanged"), "proration_behavior": prorationBehavior(),
		}, func(u *billing.Unit, id string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.ResumeSubscription(id, p)
			return shown(u, rec, err)
		}},
		{"GET /v1/subscription_items", wire.Fields{"subscription": wire.Text().Must()}.With(paging()), func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) {
			var s object.Subscription
			if err := read(u, p.Text("subscription"), &s, "subscription"); err != nil {
				return nil, err
			}
			return renderPart(u, s.Items.URL, s.Items.Data, func(i object.Item) string { return i.ID }, p)
		}},
	}
}

// read fetches an object of a kind, or refuses the parameter that names it.
func read(u *billing.Unit, id string, rec object.Record, param string) error {
	if err := u.Get(id, rec); err != nil {
		return wire.Missing(param, id, param)
	}
	return nil
}

func renderPart[T any](u *billing.Unit, url string, all []T, idOf func(T) string, p wire.Values) (json.RawMessage, error) {
	raw, err := part(url, all, idOf, p)
	if err != nil {
		return nil, err
	}
	return u.Render(raw)
}
