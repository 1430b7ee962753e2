package billing_test

import (
	"net/http"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
)

// TestALostDisputeOfWhatWasBoughtOnce: a note and a term stay open while the
// bank decides, and close when it was lost and the owner wants that.
func TestALostDisputeOfWhatWasBoughtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := newBuyer(setup(t, e))
		buys := map[string]func(string) (uuid.UUID, string){"note": b.buyNote, "term": b.buyTerm}
		has := map[string]func(uuid.UUID) int{"note": b.bought, "term": func(m uuid.UUID) int { return len(b.termStandings(m)) }}
		for _, tt := range []struct {
			words  string
			closes bool
			want   int
		}{{"winning_evidence", true, 1}, {"losing_evidence", false, 1}, {"losing_evidence", true, 0}} {
			must[billing.Policy](t)(b.office.ChangePolicy(owner(t.Context()), func(p *billing.Policy) { p.EndOnDispute = tt.closes }))
			for what, buy := range buys {
				m, session := buy(disputingCard)
				b.deliver(b.the(completed, session))
				charge := b.call(http.MethodGet, "/v1/charges", "customer", b.customerOf(m))["data"].([]any)[0].(map[string]any)
				dispute := b.call(http.MethodGet, "/v1/disputes", "charge", charge["id"].(string))["data"].([]any)[0].(map[string]any)["id"].(string)
				b.deliver(b.the("charge.dispute.created", dispute))
				b.ok(b.office.EndPaidBack(t.Context(), charge["invoice"].(string)))
				if has[what](m) != 1 {
					t.Errorf("%s, %+v: closed before the bank has decided", what, tt)
				}
				b.call(http.MethodPost, "/v1/disputes/"+dispute, "evidence[uncategorized_text]", tt.words)
				b.deliver(b.the("charge.dispute.closed", dispute))
				for range 2 {
					b.ok(b.office.EndPaidBack(t.Context(), charge["invoice"].(string)))
				}
				if has[what](m) != tt.want {
					t.Errorf("%s, %+v: %d are open", what, tt, has[what](m))
				}
			}
		}
	})
}
