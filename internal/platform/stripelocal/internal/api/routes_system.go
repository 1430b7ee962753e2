package api

import (
	"encoding/json"
	"slices"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// eventTypes are the events the stand-in makes.
func eventTypes() []string {
	return []string{
		"charge.dispute.closed", "charge.dispute.created", "charge.dispute.funds_reinstated", "charge.dispute.funds_withdrawn", "charge.dispute.updated",
		"charge.failed", "charge.pending", "charge.refunded", "charge.succeeded", "charge.updated",
		"checkout.session.async_payment_failed", "checkout.session.async_payment_succeeded", "checkout.session.completed", "checkout.session.expired",
		"coupon.created", "coupon.deleted", "coupon.updated",
		"customer.created", "customer.deleted", "customer.updated", "customer.discount.created", "customer.discount.deleted",
		"customer.subscription.created", "customer.subscription.deleted", "customer.subscription.paused", "customer.subscription.resumed",
		"customer.subscription.trial_will_end", "customer.subscription.updated",
		"invoice.created", "invoice.finalized", "invoice.marked_uncollectible", "invoice.paid", "invoice.payment_action_required", "invoice.payment_failed",
		"invoice.payment_succeeded", "invoice.upcoming", "invoice.updated", "invoice.voided", "invoiceitem.created",
		"payment_intent.canceled", "payment_intent.created", "payment_intent.payment_failed", "payment_intent.processing", "payment_intent.requires_action", "payment_intent.succeeded",
		"payment_method.attached", "payment_method.detached", "price.created", "price.updated",
		"product.created", "product.deleted", "product.updated", "promotion_code.created", "promotion_code.updated",
		"test_helpers.test_clock.advancing", "test_helpers.test_clock.created", "test_helpers.test_clock.deleted", "test_helpers.test_clock.ready",
	}
}

func systemCalls() []call {
	return append(clockCalls(), append(endpointCalls(), get("/v1/events/{id}", "event"))...)
}

func endpointCalls() []call {
	both := wire.Fields{"description": wire.Text().Unset(), "metadata": wire.Meta(), "enabled_events": wire.List(wire.Text()), "url": wire.Text()}
	return []call{
		get("/v1/webhook_endpoints/{id}", "webhook_endpoint"),
		{"POST /v1/webhook_endpoints", both.With(wire.Fields{
			"api_version": wire.Enum(object.Version), "enabled_events": wire.List(wire.Text()).Must(), "url": wire.Text().Must(),
		}), func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) {
			rec, secret, err := u.CreateEndpoint(p)
			doc, err := shown(u, rec, err)
			if err != nil {
				return nil, err
			}
			return withField(doc, "secret", secret)
		}},
		{"POST /v1/webhook_endpoints/{id}", both.With(wire.Fields{"disabled": wire.Bool()}), func(u *billing.Unit, id string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.UpdateEndpoint(id, p)
			return shown(u, rec, err)
		}},
		{"DELETE /v1/webhook_endpoints/{id}", wire.Fields{}, func(u *billing.Unit, id string, _ wire.Values) (json.RawMessage, error) {
			return gone(id, "webhook_endpoint", u.DeleteEndpoint(id))
		}},
	}
}

func withField(doc json.RawMessage, name, value string) (json.RawMessage, error) {
	var fields map[string]any
	if err := json.Unmarshal(doc, &fields); err != nil {
		return nil, err
	}
	fields[name] = value
	return json.Marshal(fields)
}

func clockCalls() []call {
	const base = "/v1/test_helpers/test_clocks"
	return []call{
		{"GET " + base, paging(), func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) {
			all, err := book.All[object.TestClock](u.Tx, book.Query{Object: "test_helpers.test_clock"})
			if err != nil {
				return nil, err
			}
			for i, c := range all {
				if all[i], err = u.TestClock(c.ID); err != nil {
					return nil, err
				}
			}
			slices.SortStableFunc(all, func(a, b *object.TestClock) int { return int(b.Created - a.Created) })
			return renderPart(u, base, all, func(c *object.TestClock) string { return c.ID }, p)
		}},
		{"GET " + base + "/{id}", wire.Fields{}, func(u *billing.Unit, id string, _ wire.Values) (json.RawMessage, error) {
			c, err := u.TestClock(id)
			if err != nil {
				return nil, err
			}
			return u.Render(c)
		}},
		{"POST " + base, wire.Fields{"frozen_time": wire.Int().Must(), "name": wire.Text().Between(0, 300)}, func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.CreateClock(p)
			return shown(u, rec, err)
		}},
		{"POST " + base + "/{id}/advance", wire.Fields{"frozen_time": wire.Int().Must()}, func(u *billing.Unit, id string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.AdvanceClock(id, p)
			return shown(u, rec, err)
		}},
		{"DELETE " + base + "/{id}", wire.Fields{}, func(u *billing.Unit, id string, _ wire.Values) (json.RawMessage, error) {
			return gone(id, "test_helpers.test_clock", u.DeleteClock(id))
		}},
	}
}
