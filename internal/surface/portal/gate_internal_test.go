package portal

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/phrase"
)

// TestEveryReasonHasACard: a reader who may not read on is told why and what to
// do, whatever the reason is. A reason without a card is one by which there is
// no page at all.
func TestEveryReasonHasACard(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 7, 14, 12, 0, 0, 0, time.UTC)
	note := uuid.MustParse("0198a000-0000-7000-8000-000000000001")
	gate := func(kind access.GateKind) access.Gate {
		return access.Gate{Note: note, Kind: kind, Plans: []string{"house"}, Opens: now.Add(-time.Hour)}
	}
	holds := func(s access.Standing) []access.Grant {
		return []access.Grant{{Kind: access.Membership}, {Kind: access.Subscription, Plan: "reader", Standing: s}}
	}
	later := gate(access.Paid)
	later.Opens = now.Add(time.Hour)
	gone := gate(access.Paid)
	gone.Retracted = true
	decisions := map[access.Reason]access.Decision{}
	for _, d := range []access.Decision{
		access.Decide(gate(access.Members), nil, now), access.Decide(gate(access.Paid), nil, now), access.Decide(gate(access.Plans), holds(access.Active), now),
		access.Decide(gate(access.Paid), holds(access.Canceled), now), access.Decide(gate(access.Paid), holds(access.Unpaid), now),
		access.Decide(gate(access.Paid), holds(access.Incomplete), now), access.Decide(gate(access.Paid), holds(access.Paused), now),
		access.Decide(gate(access.Paid), []access.Grant{{Kind: access.Term, From: now.AddDate(0, 0, 3)}}, now),
		access.Decide(later, nil, now), access.Decide(gone, nil, now), access.Decide(access.Gate{Note: note, Kind: access.Paid}, nil, now), access.Decide(gate("friends"), nil, now),
	} {
		decisions[d.Reason()] = d
	}
	headings := map[string]access.Reason{}
	for _, r := range access.Reasons() {
		d, known := decisions[r]
		if !known {
			t.Errorf("this test does not know how to get %s", r)
			continue
		}
		g := card(phrase.In("en"), d, "a-note", false, "")
		if d.Level() == access.Denied {
			if g != nil {
				t.Errorf("%s: a card for what does not exist", r)
			}
			continue
		}
		if g == nil || g.Heading == "" || len(g.Actions) == 0 || g.Text == "" && r != access.SubscriptionRequired {
			t.Errorf("%s: %+v", r, g)
			continue
		}
		if other, taken := headings[g.Heading]; taken {
			t.Errorf("%s has the card of %s", r, other)
		}
		headings[g.Heading] = r
	}
	if got := card(phrase.In("en"), decisions[access.GrantNotYetValid], "a-note", true, "").Text; !strings.Contains(got, "17 July 2026") {
		t.Error(got)
	}
}
