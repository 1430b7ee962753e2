package stripelocal_test

import (
	"slices"
	"testing"
)

// charge is the payment of the first invoice.
func (l *life) charge() string {
	l.t.Helper()
	return l.must("GET", "/v1/charges", "customer", l.customer).str("data.0.id")
}

func TestARefund(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	ch := l.charge()
	for _, c := range []struct {
		amount string
		whole  bool
		left   int64
	}{{"300", false, 300}, {"", true, 2000}} {
		params := []string{"charge", ch, "reason", "requested_by_customer"}
		if c.amount != "" {
			params = append(params, "amount", c.amount)
		}
		r := l.must("POST", "/v1/refunds", params...)
		got := l.must("GET", "/v1/charges/"+ch)
		if r.str("status") != "succeeded" || got.int("amount_refunded") != c.left || got.at("refunded") != c.whole {
			t.Errorf("%v: %v %v", c, r, got)
		}
	}
	all := l.must("GET", "/v1/refunds", "charge", ch)
	if n := len(all.list("data")); n != 2 || all.int("data.0.amount") != 1700 {
		t.Errorf("%d refunds: %v", n, all)
	}
	for _, params := range [][]string{{"charge", ch}, {"charge", ch, "amount", "5"}, {"charge", "ch_none"}, nil} {
		if a := l.call("POST", "/v1/refunds", params...); a.status != 400 {
			t.Errorf("%v: %d", params, a.status)
		}
	}
	if kinds := l.events("charge."); !slices.Contains(kinds, "charge.refunded") {
		t.Error(kinds)
	}
	// A subscription knows nothing of it.
	if s := l.must("GET", "/v1/subscriptions/"+l.sub); s.str("status") != "active" {
		t.Error(s)
	}
}

func TestADisputeIsWonOrLost(t *testing.T) {
	t.Parallel()
	for words, status := range map[string]string{"winning_evidence": "won", "losing_evidence": "lost", "": "lost"} {
		l := begin(t, setup(t), "pm_card_createDispute")
		ch := l.charge()
		d := l.must("GET", "/v1/disputes", "charge", ch).str("data.0.id")
		if got := l.must("GET", "/v1/charges/"+ch); got.at("disputed") != true {
			t.Error(got)
		}
		if words == "" {
			l.must("POST", "/v1/disputes/"+d+"/close")
		} else {
			l.must("POST", "/v1/disputes/"+d, "evidence[uncategorized_text]", words, "submit", "true")
		}
		if got := l.must("GET", "/v1/disputes/"+d); got.str("status") != status || got.at("evidence_details.due_by") != nil {
			t.Errorf("%q: %v", words, got)
		}
		if a := l.call("POST", "/v1/disputes/"+d+"/close"); a.status != 400 {
			t.Errorf("closed twice: %d", a.status)
		}
		for _, kind := range []string{"charge.dispute.created", "charge.dispute.funds_withdrawn", "charge.dispute.closed"} {
			if kinds := l.events("charge."); !slices.Contains(kinds, kind) {
				t.Errorf("no %s in %v", kind, kinds)
			}
		}
	}
}

func TestAPaidInvoiceHasAReceipt(t *testing.T) {
	t.Parallel()
	l := begin(t, setup(t), "pm_card_visa")
	address := l.must("GET", "/v1/charges/"+l.charge()).str("receipt_url")
	l.browse("GET", address).shows(200, "Receipt for", "$20.00")
}
