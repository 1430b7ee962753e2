package access_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/clock"
)

func TestDecideForAI(t *testing.T) {
	t.Parallel()
	reader, desk := sub("reader", access.Active), sub("desk", access.Active)
	everything := access.Grant{Kind: access.Term}
	for name, tt := range map[string]struct {
		gate     access.Gate
		grants   []access.Grant
		licensed []string
		level    access.Level
		reason   access.Reason
		unlock   []access.Unlock
		plans    []string
	}{
		"public needs no licence":             {gate(access.Public), nil, nil, access.Full, access.OpenToAll, nil, nil},
		"a licensed plan":                     {gate(access.Paid), []access.Grant{member, desk}, []string{"desk"}, access.Full, "subscription", nil, nil},
		"a plan without the licence":          {gate(access.Paid), []access.Grant{member, reader}, []string{"desk"}, access.Preview, access.AIUseNotLicensed, []access.Unlock{access.ChangePlan}, []string{"desk"}},
		"both plans":                          {gate(access.Paid), []access.Grant{reader, desk}, []string{"desk"}, access.Full, "subscription", nil, nil},
		"no plan has the licence":             {gate(access.Paid), []access.Grant{reader}, nil, access.Preview, access.AIUseNotLicensed, nil, nil},
		"and a stranger is promised nothing":  {gate(access.Paid), nil, nil, access.Preview, access.AIUseNotLicensed, nil, nil},
		"a stranger":                          {gate(access.Paid), nil, []string{"desk"}, access.Preview, access.SubscriptionRequired, []access.Unlock{access.SignIn, access.Subscribe}, []string{"desk"}},
		"a free member, note for members":     {gate(access.Members), []access.Grant{member}, []string{"desk"}, access.Preview, access.AIUseNotLicensed, []access.Unlock{access.Subscribe}, []string{"desk"}},
		"a subscriber, note for members":      {gate(access.Members), []access.Grant{member, desk}, []string{"desk"}, access.Full, "subscription", nil, nil},
		"the licensed plan opens others only": {gate(access.Plans, "reader"), []access.Grant{reader, desk}, []string{"desk"}, access.Preview, access.AIUseNotLicensed, nil, nil},
		"the licensed plan has ended": {
			gate(access.Paid), []access.Grant{reader, sub("desk", access.Canceled)}, []string{"desk"}, access.Preview, access.AIUseNotLicensed, []access.Unlock{access.ChangePlan}, []string{"desk"},
		},
		"a right to every plan, one licensed":               {gate(access.Paid), []access.Grant{everything}, []string{"desk"}, access.Full, "term", nil, nil},
		"a right to every plan, none of this gate licensed": {gate(access.Plans, "reader"), []access.Grant{everything}, []string{"desk"}, access.Preview, access.AIUseNotLicensed, nil, nil},
		"one note bought":       {gate(access.Paid), []access.Grant{{Kind: access.Purchase, Note: note}}, []string{"desk"}, access.Preview, access.AIUseNotLicensed, []access.Unlock{access.Subscribe}, []string{"desk"}},
		"one note handed on":    {gate(access.Paid), []access.Grant{{Kind: access.ShareLink, Note: note, Plan: "desk"}}, []string{"desk"}, access.Preview, access.AIUseNotLicensed, []access.Unlock{access.Subscribe}, []string{"desk"}},
		"a free note":           {gate(access.Paid), []access.Grant{{Kind: access.Metered, Note: note}}, []string{"desk"}, access.Preview, access.AIUseNotLicensed, []access.Unlock{access.Subscribe}, []string{"desk"}},
		"payment failed":        {gate(access.Paid), []access.Grant{sub("desk", access.Unpaid)}, []string{"desk"}, access.Preview, access.PaymentFailed, []access.Unlock{access.FixPayment, access.Subscribe}, []string{"desk"}},
		"a seat":                {gate(access.Paid), []access.Grant{{Kind: access.Seat, Plan: "desk"}}, []string{"desk"}, access.Full, "seat", nil, nil},
		"a plan without a name": {gate(access.Paid), []access.Grant{sub("", access.Active)}, []string{"desk"}, access.Preview, access.AIUseNotLicensed, []access.Unlock{access.ChangePlan}, []string{"desk"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := access.DecideForAI(tt.gate, tt.grants, tt.licensed, noon)
			if d.Level() != tt.level || d.Reason() != tt.reason || !cmp.Equal(d.Unlock(), tt.unlock) || !d.Full() && !cmp.Equal(d.Plans(), tt.plans) {
				t.Errorf("got %s, %s, %v, %v", d.Level(), d.Reason(), d.Unlock(), d.Plans())
			}
			if d.Full() != (d.Revision() == rev) {
				t.Errorf("full %v opens %v", d.Full(), d.Revision())
			}
		})
	}
}

func TestDecideForAIOpensOnlyWhatALicensedRightOpens(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := anyGate().Draw(t, "gate")
		grants := rapid.SliceOfN(anyGrant(), 0, 5).Draw(t, "grants")
		licensed := rapid.SliceOfNDistinct(rapid.SampledFrom(plans), 0, 3, rapid.ID[string]).Draw(t, "licensed")
		now := noon.Add(time.Duration(rapid.IntRange(-4, 4).Draw(t, "hours")) * time.Hour)

		// The rule a second time: some plan has the licence, and would open the
		// note for who held nothing else.
		want := allowed(g, nil, now)
		for _, p := range licensed {
			for _, x := range grants {
				named := x
				if x.Plan == "" && (x.Kind == access.Complimentary || x.Kind == access.Term) {
					named.Plan = p
				}
				sold := slices.Contains([]access.GrantKind{access.Subscription, access.Seat, access.Complimentary, access.Term}, x.Kind)
				want = want || sold && named.Plan == p && allowed(g, []access.Grant{named}, now)
			}
		}
		d := access.DecideForAI(g, grants, licensed, now)
		if d.Full() != want {
			t.Fatalf("full is %v, the rule says %v", d.Full(), want)
		}
		if d.Full() && !access.Decide(g, grants, now).Full() {
			t.Fatal("a program reads what its reader may not")
		}
		if (access.Decide(g, grants, now).Level() == access.Denied) != (d.Level() == access.Denied) {
			t.Fatal("a note exists for one of them only")
		}
		if (d.Revision() != uuid.Nil) != d.Full() || d.Reason() == "" {
			t.Fatalf("level %s opens revision %s", d.Level(), d.Revision())
		}
		for _, p := range d.Plans() {
			if d.Level() == access.Preview && !slices.Contains(licensed, p) {
				t.Fatalf("%q would not help", p)
			}
		}
	})
}

func TestTheGatekeeperDecidesForAI(t *testing.T) {
	t.Parallel()
	held := []access.Grant{sub("reader", access.Active)}
	k := access.NewGatekeeper(clock.NewManual(noon), source(func() ([]access.Grant, error) { return held, nil }))
	meter := &counter{map[uuid.UUID]bool{}, 5}
	k.Meter = meter
	ada := access.Reader{Member: uuid.New(), Epoch: 1}
	full := func() bool {
		t.Helper()
		d, err := k.ReadForAI(t.Context(), gate(access.Paid), ada)
		if err != nil {
			t.Fatal(err)
		}
		v, err := k.ViewForAI(t.Context(), ada)
		if err != nil || v.Decide(gate(access.Paid)).Full() != d.Full() {
			t.Fatalf("the view decides otherwise (%v)", err)
		}
		return d.Full()
	}
	if full() {
		t.Fatal("read without any licence")
	}
	licensed := []string{"reader"}
	k.Licensed = func(context.Context) ([]string, error) { return licensed, nil }
	if !full() {
		t.Fatal("not read with the licence")
	}
	licensed = nil
	if full() {
		t.Fatal("a licence that was taken back is seen at the next request")
	}
	held, ada.Epoch = nil, 2
	if full() || len(meter.taken) != 0 {
		t.Fatal("a free note of the month was taken by a program")
	}
	away := errors.New("the database is away")
	k.Licensed = func(context.Context) ([]string, error) { return nil, away }
	if _, err := k.ReadForAI(t.Context(), gate(access.Paid), ada); !errors.Is(err, away) {
		t.Fatalf("got %v", err)
	}
	if d, err := k.ReadForAI(t.Context(), gate(access.Public), ada); err != nil || !d.Full() {
		t.Fatalf("a public note needs no licence: %v", err)
	}
}
