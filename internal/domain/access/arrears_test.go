package access_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/clock"
)

// TestArrearsCostNothing tells of an open bill at the next request, from what
// a decision has gathered or else from one question in an epoch.
func TestArrearsCostNothing(t *testing.T) {
	t.Parallel()
	grace := noon.Add(72 * time.Hour)
	late := access.Grant{Kind: access.Subscription, Plan: "reader", Standing: access.PastDue, Grace: grace}
	held, asked, others := []access.Grant{sub("reader", access.Active)}, 0, 0
	var broken error
	now := clock.NewManual(noon)
	k := access.NewGatekeeper(now, source(func() ([]access.Grant, error) { asked++; return held, broken }),
		source(func() ([]access.Grant, error) { others++; return []access.Grant{{Kind: access.Term}}, nil }))
	tell := func(r access.Reader) *access.Arrears {
		t.Helper()
		a, err := k.Arrears(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	if tell(access.Reader{}) != nil || asked != 0 {
		t.Fatal("a stranger was asked about")
	}
	ada := access.Reader{Member: uuid.New(), Epoch: 1}
	if first, again := tell(ada), tell(ada); first != nil || again != nil || asked != 1 || others != 0 {
		t.Fatalf("asked %d and %d times", asked, others)
	}
	held = []access.Grant{late}
	ada.Epoch++
	if a := tell(ada); a == nil || a.Closed || !a.Until.Equal(grace) || asked != 2 {
		t.Fatalf("%+v after %d questions", a, asked)
	}
	// The clock alone closes what is kept.
	now.Advance(72 * time.Hour)
	if a := tell(ada); a == nil || !a.Closed || asked != 2 {
		t.Fatalf("%+v after %d questions", a, asked)
	}
	for want, grants := range map[bool][][]access.Grant{
		true:  {{sub("reader", access.Unpaid)}, {sub("old", access.Canceled), late}},
		false: {{}, {sub("reader", access.Canceled)}, {late, sub("other", access.Active)}, {sub("other", access.Trialing), late}, {{Kind: access.Term, Standing: access.Unpaid}}},
	} {
		for _, held = range grants {
			ada.Epoch++
			if got := tell(ada); (got != nil) != want {
				t.Errorf("%+v: %+v", held, got)
			}
		}
	}
	// A decision has gathered everything: no question more.
	held, asked, others = []access.Grant{late}, 0, 0
	ada.Epoch++
	if _, err := k.Decide(t.Context(), gate(access.Paid), ada); err != nil || tell(ada) == nil || asked != 1 || others != 1 {
		t.Fatalf("asked %d and %d times (%v)", asked, others, err)
	}
	broken = errors.New("the database is away")
	ada.Epoch++
	if _, err := k.Arrears(t.Context(), ada); !errors.Is(err, broken) {
		t.Error(err)
	}
}
