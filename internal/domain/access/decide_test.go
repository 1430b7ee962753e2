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

var (
	noon  = time.Date(2026, 7, 14, 12, 0, 0, 0, time.UTC)
	note  = uuid.MustParse("0198a000-0000-7000-8000-000000000001")
	other = uuid.MustParse("0198a000-0000-7000-8000-000000000002")
	rev   = uuid.MustParse("0198a000-0000-7000-8000-0000000000a1")
)

func gate(kind access.GateKind, plans ...string) access.Gate {
	return access.Gate{Note: note, Revision: rev, Kind: kind, Plans: plans, Opens: noon.Add(-time.Hour)}
}

func sub(plan string, s access.Standing) access.Grant {
	return access.Grant{Kind: access.Subscription, Plan: plan, Standing: s}
}

var member = access.Grant{Kind: access.Membership}

func TestDecide(t *testing.T) {
	t.Parallel()
	hour := time.Hour
	for name, tt := range map[string]struct {
		gate   access.Gate
		grants []access.Grant
		level  access.Level
		reason access.Reason
		unlock []access.Unlock
	}{
		"public, stranger":  {gate(access.Public), nil, access.Full, access.OpenToAll, nil},
		"members, stranger": {gate(access.Members), nil, access.Preview, access.SignInRequired, []access.Unlock{access.SignIn, access.Register}},
		"members, member":   {gate(access.Members), []access.Grant{member}, access.Full, "membership", nil},
		"paid, stranger":    {gate(access.Paid), nil, access.Preview, access.SubscriptionRequired, []access.Unlock{access.SignIn, access.Subscribe}},
		"paid, free member": {gate(access.Paid), []access.Grant{member}, access.Preview, access.SubscriptionRequired, []access.Unlock{access.Subscribe}},
		"paid, active":      {gate(access.Paid), []access.Grant{member, sub("reader", access.Active)}, access.Full, "subscription", nil},
		"paid, trialing":    {gate(access.Paid), []access.Grant{sub("reader", access.Trialing)}, access.Full, "subscription", nil},
		"paid, past due":    {gate(access.Paid), []access.Grant{sub("reader", access.PastDue)}, access.Full, "subscription", nil},
		"paid, past due, grace over": {
			gate(access.Paid), []access.Grant{{Kind: access.Subscription, Standing: access.PastDue, Grace: noon}},
			access.Preview, access.PaymentFailed, []access.Unlock{access.FixPayment, access.Subscribe},
		},
		"paid, unpaid":             {gate(access.Paid), []access.Grant{member, sub("reader", access.Unpaid)}, access.Preview, access.PaymentFailed, []access.Unlock{access.FixPayment, access.Subscribe}},
		"paid, incomplete":         {gate(access.Paid), []access.Grant{sub("reader", access.Incomplete)}, access.Preview, access.PaymentPending, []access.Unlock{access.FixPayment, access.Subscribe}},
		"paid, incomplete expired": {gate(access.Paid), []access.Grant{sub("reader", access.IncompleteExpired)}, access.Preview, access.SubscriptionEnded, []access.Unlock{access.Subscribe}},
		"paid, paused":             {gate(access.Paid), []access.Grant{sub("reader", access.Paused)}, access.Preview, access.SubscriptionPaused, []access.Unlock{access.ResumePayment, access.Subscribe}},
		"paid, canceled":           {gate(access.Paid), []access.Grant{sub("reader", access.Canceled)}, access.Preview, access.SubscriptionEnded, []access.Unlock{access.Subscribe}},
		"paid, a word Stripe may add": {
			gate(access.Paid), []access.Grant{sub("reader", "hibernating")},
			access.Preview, access.SubscriptionEnded, []access.Unlock{access.Subscribe},
		},
		"paid, old one canceled, new one active": {
			gate(access.Paid), []access.Grant{sub("reader", access.Canceled), sub("reader", access.Active)},
			access.Full, "subscription", nil,
		},
		"paid, canceled long ago and unpaid now: what can be mended is told": {
			gate(access.Paid), []access.Grant{sub("reader", access.Unpaid), sub("reader", access.Canceled)},
			access.Preview, access.PaymentFailed, []access.Unlock{access.FixPayment, access.Subscribe},
		},
		"paid, seat":            {gate(access.Paid), []access.Grant{{Kind: access.Seat, Plan: "desk"}}, access.Full, "seat", nil},
		"paid, seat from later": {gate(access.Paid), []access.Grant{{Kind: access.Seat, From: noon.Add(1)}}, access.Preview, access.GrantNotYetValid, nil},
		"paid, seat from now":   {gate(access.Paid), []access.Grant{{Kind: access.Seat, From: noon}}, access.Full, "seat", nil},
		"paid, seat until now":  {gate(access.Paid), []access.Grant{{Kind: access.Seat, Until: noon}}, access.Preview, access.SubscriptionEnded, []access.Unlock{access.Subscribe}},
		"plans, the right one":  {gate(access.Plans, "desk"), []access.Grant{sub("desk", access.Active)}, access.Full, "subscription", nil},
		"plans, another":        {gate(access.Plans, "desk"), []access.Grant{sub("reader", access.Active)}, access.Preview, access.OtherPlanRequired, []access.Unlock{access.ChangePlan}},
		"plans, an empty list":  {gate(access.Plans), []access.Grant{sub("desk", access.Active), {Kind: access.Complimentary}}, access.Preview, access.OtherPlanRequired, []access.Unlock{access.ChangePlan}},
		"plans, complimentary":  {gate(access.Plans, "desk"), []access.Grant{{Kind: access.Complimentary}}, access.Full, "complimentary", nil},
		"plans, term for all":   {gate(access.Plans, "desk"), []access.Grant{{Kind: access.Term, Until: noon.Add(1)}}, access.Full, "term", nil},
		"plans, another's term": {gate(access.Plans, "desk"), []access.Grant{{Kind: access.Term, Plan: "reader"}}, access.Preview, access.OtherPlanRequired, []access.Unlock{access.ChangePlan}},
		"paid, term":            {gate(access.Paid), []access.Grant{{Kind: access.Term, Plan: "desk"}}, access.Full, "term", nil},
		"paid, term until now":  {gate(access.Paid), []access.Grant{{Kind: access.Term, Plan: "desk", Until: noon}}, access.Preview, access.SubscriptionEnded, []access.Unlock{access.Subscribe}},
		"plans, note bought":    {gate(access.Plans, "desk"), []access.Grant{{Kind: access.Purchase, Note: note}}, access.Full, "purchase", nil},
		"paid, other note bought": {
			gate(access.Paid), []access.Grant{{Kind: access.Purchase, Note: other}}, access.Preview, access.SubscriptionRequired, []access.Unlock{access.Subscribe},
		},
		"plans, free member":     {gate(access.Plans, "desk"), []access.Grant{member}, access.Preview, access.SubscriptionRequired, []access.Unlock{access.Subscribe}},
		"share link, this note":  {gate(access.Paid), []access.Grant{{Kind: access.ShareLink, Note: note}}, access.Full, "share_link", nil},
		"share link, other note": {gate(access.Paid), []access.Grant{{Kind: access.ShareLink, Note: other}}, access.Preview, access.SubscriptionRequired, []access.Unlock{access.Subscribe}},
		"not published":          {access.Gate{Note: note, Kind: access.Public}, nil, access.Denied, access.NotPublished, nil},
		"embargo":                {access.Gate{Note: note, Kind: access.Public, Opens: noon.Add(1)}, nil, access.Denied, access.Embargoed, nil},
		"retracted":              {access.Gate{Note: note, Kind: access.Public, Opens: noon.Add(-hour), Retracted: true}, nil, access.Denied, access.Retracted, nil},
		"a gate nobody knows":    {gate("friends"), []access.Grant{sub("desk", access.Active)}, access.Denied, access.UnknownGate, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := access.Decide(tt.gate, tt.grants, noon)
			if d.Level() != tt.level || d.Reason() != tt.reason || !cmp.Equal(d.Unlock(), tt.unlock) {
				t.Errorf("got %s, %s, %v", d.Level(), d.Reason(), d.Unlock())
			}
			if d.Full() != (tt.level == access.Full) || (d.Revision() == rev) != d.Full() {
				t.Errorf("full %v opens revision %v", d.Full(), d.Revision())
			}
		})
	}
}

func TestTheZeroDecisionIsDenied(t *testing.T) {
	t.Parallel()
	var d access.Decision
	if d.Level() != access.Denied || d.Full() || d.Revision() != uuid.Nil {
		t.Fatal("an empty decision opens something")
	}
}

var standings = []access.Standing{
	"", access.Active, access.Trialing, access.PastDue, access.Incomplete, access.IncompleteExpired,
	access.Unpaid, access.Paused, access.Canceled, "unheard_of",
}

var plans = []string{"reader", "desk", "corporate"}

func anyMoment(label string) *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		if rapid.Bool().Draw(t, label+" none") {
			return time.Time{}
		}
		return noon.Add(time.Duration(rapid.IntRange(-3, 3).Draw(t, label)) * time.Hour)
	})
}

func anyGrant() *rapid.Generator[access.Grant] {
	return rapid.Custom(func(t *rapid.T) access.Grant {
		return access.Grant{
			Kind: rapid.SampledFrom([]access.GrantKind{
				access.Membership, access.Subscription, access.Seat, access.Complimentary, access.Term, access.Purchase, access.Metered, access.ShareLink, "forged",
			}).Draw(t, "kind"),
			Plan:     rapid.SampledFrom(append(plans, "")).Draw(t, "plan"),
			Note:     rapid.SampledFrom([]uuid.UUID{note, other, uuid.Nil}).Draw(t, "note"),
			Standing: rapid.SampledFrom(standings).Draw(t, "standing"),
			From:     anyMoment("from").Draw(t, "from"), Until: anyMoment("until").Draw(t, "until"), Grace: anyMoment("grace").Draw(t, "grace"),
		}
	})
}

func anyGate() *rapid.Generator[access.Gate] {
	return rapid.Custom(func(t *rapid.T) access.Gate {
		return access.Gate{
			Note: note, Revision: rev,
			Kind:      rapid.SampledFrom(append(access.GateKinds(), "", "PUBLIC", "friends")).Draw(t, "gate"),
			Plans:     rapid.SliceOfN(rapid.SampledFrom(plans), 0, 3).Draw(t, "plans"),
			Opens:     anyMoment("opens").Draw(t, "opens"),
			Retracted: rapid.Bool().Draw(t, "retracted"),
		}
	})
}

// allowed is the rule said a second time, in another way: as the list of what
// must all hold.
func allowed(g access.Gate, grants []access.Grant, now time.Time) bool {
	if g.Retracted || g.Opens.IsZero() || g.Opens.After(now) {
		return false
	}
	if g.Kind == access.Public {
		return true
	}
	if !slices.Contains([]access.GateKind{access.Members, access.Paid, access.Plans}, g.Kind) {
		return false
	}
	return slices.ContainsFunc(grants, func(x access.Grant) bool {
		begun := !x.From.After(now)
		ended := !x.Until.IsZero() && !x.Until.After(now)
		stands := slices.Contains([]access.Standing{"", access.Active, access.Trialing}, x.Standing) ||
			(x.Standing == access.PastDue && (x.Grace.IsZero() || x.Grace.After(now)))
		if !begun || ended || !stands {
			return false
		}
		switch x.Kind {
		case access.ShareLink, access.Purchase:
			return x.Note == g.Note
		case access.Metered:
			return x.Note == g.Note && g.Kind == access.Paid
		case access.Membership:
			return g.Kind == access.Members
		case access.Subscription, access.Seat:
			return g.Kind != access.Plans || slices.Contains(g.Plans, x.Plan)
		case access.Complimentary, access.Term:
			return g.Kind != access.Plans || slices.Contains(g.Plans, x.Plan) || (x.Plan == "" && len(g.Plans) > 0)
		}
		return false
	})
}

func TestDecideIsTheRuleForEveryGateGrantAndMoment(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := anyGate().Draw(t, "gate")
		grants := rapid.SliceOfN(anyGrant(), 0, 5).Draw(t, "grants")
		now := noon.Add(time.Duration(rapid.IntRange(-4, 4).Draw(t, "hours")) * time.Hour)
		before := slices.Clone(grants)

		d := access.Decide(g, grants, now)
		if d.Full() != allowed(g, grants, now) {
			t.Fatalf("full is %v, the rule says %v", d.Full(), !d.Full())
		}
		if d.Reason() == "" || (d.Level() == access.Preview) != (!d.Full() && d.Level() != access.Denied) {
			t.Fatalf("level %q, reason %q", d.Level(), d.Reason())
		}
		if (d.Revision() != uuid.Nil) != d.Full() {
			t.Fatalf("level %s opens revision %s", d.Level(), d.Revision())
		}
		if !d.Full() && !slices.Contains(access.Reasons(), d.Reason()) {
			t.Fatalf("%q is no reason of the list", d.Reason())
		}
		if (d.Reason() == access.GrantNotYetValid) == d.Begins().IsZero() || !d.Begins().IsZero() && !d.Begins().After(now) {
			t.Fatalf("%s, begins %v", d.Reason(), d.Begins())
		}
		if !cmp.Equal(before, grants) {
			t.Fatal("the grants were changed")
		}
		if again := access.Decide(g, grants, now); !cmp.Equal(d, again, cmp.AllowUnexported(access.Decision{})) {
			t.Fatal("the same question had two answers")
		}
		more := append(slices.Clone(grants), anyGrant().Draw(t, "one more"))
		if d.Full() && !access.Decide(g, more, now).Full() {
			t.Fatal("one more grant closed the note")
		}
		slices.Reverse(grants)
		if access.Decide(g, grants, now).Full() != d.Full() {
			t.Fatal("the order of grants matters")
		}
	})
}

// counter is a meter with one note left, which is taken by asking for it.
type counter struct {
	taken map[uuid.UUID]bool
	limit int
}

func (c *counter) Allowance(_ context.Context, _, note uuid.UUID, take bool) (access.Allowance, error) {
	if take && len(c.taken) < c.limit {
		c.taken[note] = true
	}
	return access.Allowance{Limit: c.limit, Left: c.limit - len(c.taken), Resets: noon.Add(time.Hour), Open: c.taken[note]}, nil
}

func TestTheMeterIsAskedForPaidNotesOfFreeMembers(t *testing.T) {
	t.Parallel()
	held := []access.Grant{}
	k := access.NewGatekeeper(clock.NewManual(noon), source(func() ([]access.Grant, error) { return held, nil }))
	meter := &counter{map[uuid.UUID]bool{}, 1}
	k.Meter = meter
	ada := access.Reader{Member: uuid.New(), Epoch: 1}
	ask := func(do func(context.Context, access.Gate, access.Reader) (access.Decision, error), g access.Gate, r access.Reader) access.Decision {
		t.Helper()
		d, err := do(t.Context(), g, r)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if d := ask(k.Decide, gate(access.Paid), ada); d.Full() || d.Allowance() == nil || d.Allowance().Left != 1 || len(meter.taken) != 0 {
		t.Fatalf("to look is not to read: %+v, %v", d, meter.taken)
	}
	for _, g := range []access.Gate{gate(access.Plans, "desk"), gate(access.Public), gate(access.Members)} {
		if d := ask(k.Read, g, ada); d.Allowance() != nil || len(meter.taken) != 0 {
			t.Fatalf("%s was counted", g.Kind)
		}
	}
	if d := ask(k.Read, gate(access.Paid), access.Reader{}); d.Full() || len(meter.taken) != 0 {
		t.Fatal("a stranger was counted")
	}
	d := ask(k.Read, gate(access.Paid), ada)
	if !d.Full() || d.Reason() != "metered" || d.Revision() != rev || d.Allowance().Left != 0 {
		t.Fatalf("%+v", d)
	}
	if !ask(k.Decide, gate(access.Paid), ada).Full() {
		t.Fatal("a note that was read this month is closed again")
	}
	next := gate(access.Paid)
	next.Note = other
	if d := ask(k.Read, next, ada); d.Full() || d.Reason() != access.SubscriptionRequired || d.Allowance().Left != 0 {
		t.Fatalf("%+v", d)
	}
	meter.limit = 0
	if d := ask(k.Read, next, ada); d.Allowance() != nil {
		t.Fatalf("nothing is given away, but: %+v", d)
	}
	meter.limit = 5
	held = []access.Grant{sub("reader", access.Active)}
	ada.Epoch++
	if d := ask(k.Read, next, ada); !d.Full() || d.Allowance() != nil || len(meter.taken) != 1 {
		t.Fatalf("who pays was counted: %+v", d)
	}
}

type source func() ([]access.Grant, error)

func (s source) Grants(context.Context, uuid.UUID) ([]access.Grant, error) { return s() }

func TestGatekeeper(t *testing.T) {
	t.Parallel()
	asked := 0
	held := []access.Grant{sub("reader", access.Active)}
	var broken error
	k := access.NewGatekeeper(clock.NewManual(noon), source(func() ([]access.Grant, error) { asked++; return held, broken }))
	full := func(r access.Reader) bool {
		d, err := k.Decide(t.Context(), gate(access.Paid), r)
		if err != nil {
			t.Fatal(err)
		}
		return d.Full()
	}

	if full(access.Reader{}) || asked != 0 {
		t.Fatalf("a stranger was let in or asked about (%d)", asked)
	}
	alice := access.Reader{Member: uuid.New(), Epoch: 1}
	if first, again := full(alice), full(alice); !first || !again || asked != 1 {
		t.Fatalf("asked %d times", asked)
	}
	if plans, err := k.OpenPlans(t.Context(), alice); err != nil || !cmp.Equal(plans, []string{"reader"}) {
		t.Errorf("open plans %v, %v", plans, err)
	}
	held = []access.Grant{sub("reader", access.Canceled)}
	alice.Epoch++
	if plans, err := k.OpenPlans(t.Context(), alice); err != nil || len(plans) != 0 {
		t.Errorf("open plans %v, %v", plans, err)
	}
	if full(alice) {
		t.Fatal("a change was not seen at the next request")
	}
	broken = errors.New("the database is away")
	if _, err := k.Decide(t.Context(), gate(access.Paid), access.Reader{Member: uuid.New()}); !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	if _, err := k.Decide(t.Context(), gate(access.Public), access.Reader{Member: uuid.New()}); err != nil {
		t.Fatalf("a public note needs no grants: %v", err)
	}
}
