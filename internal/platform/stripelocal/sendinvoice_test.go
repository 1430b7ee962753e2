package stripelocal_test

import (
	"slices"
	"testing"
	"time"
)

// sent drafts an invoice for the bench's customer and puts a line on it.
func (l *life) sent(amount string) string {
	l.t.Helper()
	in := l.must("POST", "/v1/invoices", "customer", l.customer, "collection_method", "send_invoice", "days_until_due", "30", "currency", "usd",
		"custom_fields[0][name]", "PO number", "custom_fields[0][value]", "4711", "pending_invoice_items_behavior", "exclude").str("id")
	l.must("POST", "/v1/invoiceitems", "customer", l.customer, "invoice", in, "amount", amount, "currency", "usd", "description", "A year")
	return in
}

func TestAnInvoiceIsSentAndPaidOnItsPage(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	in := l.sent("90000")
	if a := l.call("POST", "/v1/invoices/"+in+"/void"); a.status != 400 {
		t.Errorf("a draft was voided: %d", a.status)
	}
	open := l.must("POST", "/v1/invoices/"+in+"/finalize", "auto_advance", "false")
	due := time.Unix(open.int("status_transitions.finalized_at"), 0).AddDate(0, 0, 30).Unix()
	if open.str("status") != "open" || open.int("amount_due") != 90000 || open.int("due_date") != due || open.int("attempt_count") != 0 || open.str("number") == "" {
		t.Fatalf("%v", open)
	}
	l.must("POST", "/v1/invoices/"+in+"/send")
	l.browse("GET", open.str("hosted_invoice_url")).shows(200, "PO number", "4711", "Due", "$900.00")
	l.browse("POST", open.str("hosted_invoice_url"), card("4242424242424242")...).leads("/invoice/")
	if got := l.must("GET", "/v1/invoices/"+in); got.str("status") != "paid" || got.at("next_payment_attempt") != nil {
		t.Errorf("%v", got)
	}
	kinds := l.events("invoice.")
	for _, kind := range []string{"invoice.sent", "invoice.paid"} {
		if !slices.Contains(kinds, kind) {
			t.Errorf("no %s in %v", kind, kinds)
		}
	}
}

func TestAnInvoiceThatIsSentRefusesWhatStripeDoes(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	in := l.sent("500")
	for name, params := range map[string][]string{
		"no days":         {"/v1/invoices", "customer", l.customer, "collection_method", "send_invoice"},
		"no customer":     {"/v1/invoices", "customer", "cus_none", "collection_method", "send_invoice", "days_until_due", "30"},
		"no invoice":      {"/v1/invoiceitems", "customer", l.customer, "invoice", "in_none", "amount", "1"},
		"other customer":  {"/v1/invoiceitems", "customer", "cus_none", "invoice", in, "amount", "1"},
		"other currency":  {"/v1/invoiceitems", "customer", l.customer, "invoice", in, "amount", "1", "currency", "eur"},
		"charged by card": {"/v1/invoices/" + l.must("GET", "/v1/invoices", "customer", l.customer, "status", "paid").str("data.0.id") + "/send"},
	} {
		if a := l.call("POST", params[0], params[1:]...); a.status != 400 && a.status != 404 {
			t.Errorf("%s: %d", name, a.status)
		}
	}
	l.must("POST", "/v1/invoices/"+in+"/send") // finalizes it, too
	if a := l.call("POST", "/v1/invoiceitems", "customer", l.customer, "invoice", in, "amount", "1"); a.status != 400 {
		t.Errorf("a line on an open invoice: %d", a.status)
	}
	l.must("POST", "/v1/invoices/"+in+"/mark_uncollectible")
	l.must("POST", "/v1/invoices/"+in+"/void")
	if got := l.must("GET", "/v1/invoices/"+in); got.str("status") != "void" {
		t.Errorf("%v", got)
	}
}
