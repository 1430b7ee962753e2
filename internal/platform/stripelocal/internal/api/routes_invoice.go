package api

import (
	"encoding/json"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

func invoiceCalls() []call {
	run := func(verb func(*billing.Unit, string) (object.Record, error)) work {
		return func(u *billing.Unit, id string, _ wire.Values) (json.RawMessage, error) {
			rec, err := verb(u, id)
			return shown(u, rec, err)
		}
	}
	return []call{
		get("/v1/invoices/{id}", "invoice"),
		get("/v1/invoiceitems/{id}", "invoiceitem"),
		{"GET /v1/invoices/upcoming", upcomingFields(), func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) { return u.Upcoming(p) }},
		{"GET /v1/invoices/{id}/lines", paging(), func(u *billing.Unit, id string, p wire.Values) (json.RawMessage, error) {
			var in object.Invoice
			if err := read(u, id, &in, "invoice"); err != nil {
				return nil, wire.Missing("invoice", id, "id")
			}
			return renderPart(u, in.Lines.URL, in.Lines.Data, func(l object.Line) string { return l.ID }, p)
		}},
		{"POST /v1/invoices/{id}", wire.Fields{"auto_advance": wire.Bool(), "description": wire.Text(), "metadata": wire.Meta()}, func(u *billing.Unit, id string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.UpdateInvoice(id, p)
			return shown(u, rec, err)
		}},
		{"POST /v1/invoices/{id}/pay", wire.Fields{"off_session": wire.Bool(), "paid_out_of_band": wire.Bool(), "payment_method": wire.Text()}, func(u *billing.Unit, id string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.PayInvoice(id, p)
			return shown(u, rec, err)
		}},
		{"POST /v1/invoices", wire.Fields{
			"auto_advance": wire.Bool(), "collection_method": wire.Enum("send_invoice").Must(), "currency": currency(), "customer": wire.Text().Must(),
			"custom_fields":  wire.List(wire.Hash(wire.Fields{"name": wire.Text().Between(1, 40).Must(), "value": wire.Text().Between(1, 140).Must()})).Between(0, 4),
			"days_until_due": wire.Int().Between(0, 36500), "description": wire.Text().Between(0, 1500), "metadata": wire.Meta(),
			"pending_invoice_items_behavior": wire.Enum("exclude"),
		}, func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.CreateInvoice(p)
			return shown(u, rec, err)
		}},
		{"POST /v1/invoiceitems", wire.Fields{
			"amount": wire.Int().Must(), "currency": currency(), "customer": wire.Text().Must(), "description": wire.Text(), "invoice": wire.Text().Must(), "metadata": wire.Meta(),
			"period": wire.Hash(wire.Fields{"start": wire.Int().Must(), "end": wire.Int().Must()}),
		}, func(u *billing.Unit, _ string, p wire.Values) (json.RawMessage, error) {
			rec, err := u.CreateItem(p)
			return shown(u, rec, err)
		}},
		{"POST /v1/invoices/{id}/send", wire.Fields{}, run((*billing.Unit).SendInvoice)},
		{"POST /v1/invoices/{id}/finalize", wire.Fields{"auto_advance": wire.Bool()}, run((*billing.Unit).FinalizeInvoice)},
		{"POST /v1/invoices/{id}/void", wire.Fields{}, run((*billing.Unit).VoidInvoice)},
		{"POST /v1/invoices/{id}/mark_uncollectible", wire.Fields{}, run((*billing.Unit).WriteOffInvoice)},
	}
}

func upcomingFields() wire.Fields {
	return wire.Fields{
		"customer": wire.Text(), "subscription": wire.Text(), "subscription_billing_cycle_anchor": wire.Enum("now", "unchanged"),
		"subscription_cancel_at_period_end": wire.Bool(), "subscription_cancel_now": wire.Bool(),
		"subscription_items":              wire.List(item(wire.Fields{"id": wire.Text(), "deleted": wire.Bool()})),
		"subscription_proration_behavior": prorationBehavior(), "subscription_proration_date": wire.Int(), "subscription_trial_end": wire.Int().Or("now"),
	}
}
