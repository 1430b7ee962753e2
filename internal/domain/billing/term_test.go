package billing_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
)

const day = 24 * time.Hour

// give gives a member the research plan, or every plan, for some days from now.
func (s *shop) give(member uuid.UUID, plan string, days int) *billing.Term {
	s.t.Helper()
	return must[*billing.Term](s.t)(s.office.GiveTerm(owner(s.t.Context()), billing.TermInput{
		Member: member, Source: billing.TermManual, PlanSlug: plan, EndsAt: s.clock.Now().Add(time.Duration(days) * day), Reference: "PO 7", Amount: 90_000, Currency: "EUR",
	}))
}

func (s *shop) termStandings(member uuid.UUID) []billing.TermStanding {
	s.t.Helper()
	return must[[]billing.TermStanding](s.t)(s.office.TermStandings(s.t.Context(), member))
}

func TestTermsOpenAndCloseByTheirDates(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		term := s.give(m, "research", 10)
		if s.members.epoch(m) != 1 || term.Currency != "eur" || term.Version != 1 || term.GivenByName != "test" {
			t.Fatalf("epoch %d, %+v", s.members.epoch(m), term)
		}
		got := s.termStandings(m)
		if len(got) != 1 || got[0].Plan != "research" || got[0].Complimentary || got[0].Unpaid || !got[0].From.Equal(s.clock.Now()) || !got[0].Until.Equal(term.EndsAt) {
			t.Fatalf("%+v", got)
		}
		now := s.clock.Now()
		for at, want := range map[time.Duration]billing.TermState{-1: billing.TermComing, 0: billing.TermOpen, 10*day - 1: billing.TermOpen, 10 * day: billing.TermEnded} {
			if got := term.State(now.Add(at)); got != want {
				t.Errorf("after %s: %s", at, got)
			}
		}

		end := now.Add(40 * day)
		longer := must[*billing.Term](t)(s.office.ChangeTerm(owner(t.Context()), term.ID, billing.TermChange{Version: 1, EndsAt: &end}))
		if s.members.epoch(m) != 2 || !s.termStandings(m)[0].Until.Equal(end) || longer.Version != 2 {
			t.Errorf("epoch %d, %+v", s.members.epoch(m), longer)
		}
		_, err := s.office.ChangeTerm(owner(t.Context()), term.ID, billing.TermChange{Version: 1, EndsAt: &now})
		refused(t, err, "term_changed")
		_, err = s.office.ChangeTerm(owner(t.Context()), term.ID, billing.TermChange{EndsAt: &now})
		refused(t, err, "invalid_input")

		must[*billing.Term](t)(s.office.RevokeTerm(owner(t.Context()), term.ID, "Sent to the wrong Ada"))
		if got := s.termStandings(m); len(got) != 0 || s.members.epoch(m) != 3 {
			t.Errorf("epoch %d, %+v", s.members.epoch(m), got)
		}
		_, err = s.office.RevokeTerm(owner(t.Context()), term.ID, "")
		refused(t, err, "term_revoked")
		_, err = s.office.ChangeTerm(owner(t.Context()), term.ID, billing.TermChange{EndsAt: &end})
		refused(t, err, "term_revoked")
		if n := s.number("SELECT COUNT(*) FROM journal WHERE subject_kind = 'term'"); n != 3 {
			t.Errorf("%d journal rows", n)
		}
	})
}

func TestTermsAreGivenByWhoMay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		in := billing.TermInput{Member: m, Source: billing.TermComplimentary, EndsAt: s.clock.Now().Add(day)}
		_, err := s.office.GiveTerm(t.Context(), in)
		refused(t, err, "sign_in_required")
		reader := actor.With(t.Context(), actor.Actor{Kind: actor.Staff, Capabilities: []actor.Capability{actor.MembersRead}})
		_, err = s.office.GiveTerm(reader, in)
		refused(t, err, "capability_missing")

		term := must[*billing.Term](t)(s.office.GiveTerm(owner(t.Context()), in))
		if got := s.termStandings(m); len(got) != 1 || !got[0].Complimentary || got[0].Plan != "" {
			t.Errorf("%+v", got)
		}
		for _, do := range []func(context.Context) error{
			func(ctx context.Context) error { _, err := s.office.RevokeTerm(ctx, term.ID, ""); return err },
			func(ctx context.Context) error {
				_, err := s.office.ChangeTerm(ctx, term.ID, billing.TermChange{})
				return err
			},
		} {
			refused(t, do(reader), "capability_missing")
		}
		self := actor.With(t.Context(), actor.Actor{Kind: actor.Member, ID: m})
		if terms, err := s.office.Terms(self, m); err != nil || len(terms) != 1 {
			t.Error(terms, err)
		}
		_, err = s.office.Terms(self, s.member())
		refused(t, err, "capability_missing")

		for code, bad := range map[string]billing.TermInput{
			"plan_not_found":   {Member: m, Source: billing.TermManual, PlanSlug: "nothing", EndsAt: in.EndsAt},
			"member_not_found": {Member: uuid.New(), Source: billing.TermManual, EndsAt: in.EndsAt},
			"invalid_input":    {Member: m, Source: billing.TermGift, EndsAt: in.EndsAt},
		} {
			_, err := s.office.GiveTerm(owner(t.Context()), bad)
			refused(t, err, code)
		}
		for _, bad := range []billing.TermInput{
			{Member: m, Source: billing.TermManual},
			{Member: m, Source: billing.TermManual, EndsAt: s.clock.Now()},
			{Member: m, Source: billing.TermManual, EndsAt: s.clock.Now().AddDate(31, 0, 0)},
			{Member: m, Source: billing.TermComplimentary, EndsAt: in.EndsAt, Amount: 5, Currency: "eur"},
			{Member: m, Source: billing.TermManual, EndsAt: in.EndsAt, Amount: 5, Currency: "euro"},
			{Member: m, Source: billing.TermManual, EndsAt: in.EndsAt, Amount: -5, Currency: "eur"},
			{Member: m, Source: billing.TermManual, EndsAt: in.EndsAt, Reference: "a\x00b"},
		} {
			_, err := s.office.GiveTerm(owner(t.Context()), bad)
			refused(t, err, "invalid_input")
		}
	})
}

func TestTheEndOfATermIsToldOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		told := func() int64 { return s.number("SELECT COUNT(*) FROM journal WHERE verb = 'term.ending'") }
		remind := func() {
			t.Helper()
			var all sync.WaitGroup
			for range 4 {
				all.Go(func() {
					if err := s.office.RemindOfEnds(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
		}
		m := s.member()
		term := s.give(m, "research", 60)
		s.give(s.member(), "research", 8) // too short to be reminded of
		covered := s.member()
		s.give(covered, "research", 60)
		s.give(covered, "", 90) // reads on: told of the later end only
		renews := s.member()
		s.buy(renews, goodCard)
		s.ok(func() error { _, err := s.office.Reconcile(owner(t.Context()), billing.Repair, nil); return err }())
		s.give(renews, "research", 60)
		remind()
		if told() != 0 {
			t.Fatalf("%d were told too early", told())
		}
		s.clock.Advance(47 * day)
		remind()
		remind()
		if told() != 1 {
			t.Fatalf("told %d times", told())
		}
		end := term.EndsAt.Add(30 * day)
		must[*billing.Term](t)(s.office.ChangeTerm(owner(t.Context()), term.ID, billing.TermChange{EndsAt: &end}))
		remind()
		if told() != 1 {
			t.Errorf("told %d times after it was extended", told())
		}
		s.clock.Advance(30 * day)
		remind()
		remind()
		if told() != 3 { // the extended one, and the later of the two
			t.Errorf("told %d times", told())
		}
	})
}

func TestWhatATermCameFromGivesItOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m, plan := s.member(), must[*billing.Plan](t)(s.office.PlanBySlug(t.Context(), "research"))
		add := func(id string) *billing.Term {
			t.Helper()
			start := must[time.Time](t)(billing.NextStart(s.office, t.Context(), billing.OfMember(m), plan.ID))
			term := &billing.Term{
				Owner: billing.OfMember(m), Source: billing.TermPurchase, SourceID: id, PlanID: uuid.NullUUID{UUID: plan.ID, Valid: true},
				StartsAt: start, EndsAt: billing.AddMonths(start, 12),
			}
			s.ok(s.db.Tx(t.Context(), func(ctx context.Context) error { return billing.AddTerm(s.office, ctx, term) }))
			return term
		}
		first, again, next := add("cs_1"), add("cs_1"), add("cs_2")
		if first.ID != again.ID || !again.StartsAt.Equal(first.StartsAt) || s.members.epoch(m) != 2 {
			t.Errorf("epoch %d: %+v, %+v", s.members.epoch(m), first, again)
		}
		if !next.StartsAt.Equal(first.EndsAt) {
			t.Errorf("the next begins at %s, the first ends at %s", next.StartsAt, first.EndsAt)
		}
		for range 2 {
			s.ok(s.db.Tx(t.Context(), func(ctx context.Context) error {
				return billing.EndTermOf(s.office, ctx, billing.TermPurchase, "cs_1", "refunded")
			}))
		}
		if got := s.termStandings(m); len(got) != 1 || s.number("SELECT COUNT(*) FROM journal WHERE verb = 'term.revoked'") != 1 {
			t.Errorf("%+v", got)
		}
	})
}

func TestMonthsAreCountedAsPeopleDo(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]string{"2026-01-31": "2026-02-28", "2028-01-31": "2028-02-29", "2026-03-31": "2026-04-30", "2026-01-28": "2026-02-28", "2026-12-31": "2027-01-31"} {
		at := must[time.Time](t)(time.Parse(time.DateOnly, from))
		if got := billing.AddMonths(at, 1).Format(time.DateOnly); got != want {
			t.Errorf("a month after %s: %s, want %s", from, got, want)
		}
	}
}

func TestATermThatIsNotPaidClosesWhenItIsOverdue(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		s.rules(func(r *billing.SalesRules) { r.OverdueDays = 7 })
		m, now := s.member(), s.clock.Now()
		in := billing.TermInput{
			Member: m, Source: billing.TermManual, PlanSlug: "research", EndsAt: now.Add(365 * day), Amount: 90_000, Currency: "eur",
			PayBy: now.Add(30 * day), OpenMeanwhile: true,
		}
		term := must[*billing.Term](t)(s.office.GiveTerm(owner(t.Context()), in))
		if got := s.termStandings(m)[0]; got.Unpaid || !got.Until.Equal(now.Add(37*day)) {
			t.Errorf("%+v", got)
		}
		s.clock.Advance(37 * day)
		if got := s.termStandings(m)[0]; !got.Unpaid || term.State(s.clock.Now()) != billing.TermUnpaid {
			t.Errorf("overdue, but %+v", got)
		}
		epoch := s.members.epoch(m)
		settled := must[*billing.Term](t)(s.office.ChangeTerm(owner(t.Context()), term.ID, billing.TermChange{Paid: true}))
		if got := s.termStandings(m)[0]; got.Unpaid || !got.Until.Equal(in.EndsAt) || settled.OpenUntil != nil || s.members.epoch(m) != epoch+1 {
			t.Errorf("paid, but %+v", got)
		}
		if n := s.number("SELECT COUNT(*) FROM journal WHERE verb = 'term.paid'"); n != 1 {
			t.Errorf("journalled %d times", n)
		}

		in.OpenMeanwhile, in.EndsAt, in.PayBy = false, s.clock.Now().Add(90*day), s.clock.Now().Add(30*day)
		in.Member = s.member()
		must[*billing.Term](t)(s.office.GiveTerm(owner(t.Context()), in))
		if got := s.termStandings(in.Member)[0]; !got.Unpaid {
			t.Errorf("open before it was paid: %+v", got)
		}
		in.Amount = 0
		_, err := s.office.GiveTerm(owner(t.Context()), in)
		refused(t, err, "invalid_input")
	})
}
