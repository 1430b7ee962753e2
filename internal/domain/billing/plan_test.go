package billing_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func TestPutPlan(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		put := func(in billing.PlanInput) *billing.Plan {
			t.Helper()
			return must[*billing.Plan](t)(s.office.PutPlan(owner(t.Context()), in))
		}
		t.Run("it needs the capability", func(t *testing.T) {
			if _, err := s.office.PutPlan(t.Context(), research()); fault.Of(err).Kind != fault.Unauthenticated {
				t.Errorf("a stranger: %v", err)
			}
			editor := actor.With(t.Context(), actor.Actor{Kind: actor.Staff, ID: db.NewID(), Capabilities: []actor.Capability{actor.NotesRead}})
			if _, err := s.office.PutPlan(editor, research()); fault.Of(err).Kind != fault.Forbidden {
				t.Errorf("an editor: %v", err)
			}
			if _, err := s.office.AllPlans(t.Context()); fault.Of(err).Kind != fault.Unauthenticated {
				t.Errorf("a stranger lists all: %v", err)
			}
			if _, err := s.office.AllPlans(editor); err != nil {
				t.Errorf("an editor may name plans in gates: %v", err)
			}
		})
		t.Run("every broken rule is named", func(t *testing.T) {
			bad := billing.PlanInput{
				Slug: "Re search", Name: " ", Description: strings.Repeat("x", 1001), Position: -1, Benefits: []string{strings.Repeat("x", 201)},
				Prices: []billing.PriceInput{{Interval: "week", Amount: 0, Currency: "euro"}, {Interval: "month", Amount: 100_000_000, Currency: "eur"}, {Interval: "month", Amount: 1, Currency: "E1R"}},
			}
			_, err := s.office.PutPlan(owner(t.Context()), bad)
			got := []string{}
			for _, f := range fault.Of(err).Fields {
				got = append(got, f.Path+" "+f.Code)
			}
			want := []string{
				"/slug bad_slug", "/name required", "/description too_long", "/position out_of_range", "/benefits/0 too_long",
				"/prices/0/interval unknown", "/prices/0/amount out_of_range", "/prices/0/currency bad_currency",
				"/prices/1/amount out_of_range", "/prices/2/currency bad_currency",
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
		t.Run("a plan is made, listed, found, changed", func(t *testing.T) {
			in := research()
			in.Name, in.Benefits, in.Prices[0].Currency = "  Research ", []string{" The archive", ""}, "EUR"
			made := put(in)
			if made.Name != "Research" || len(made.Benefits) != 1 || made.Price(billing.Monthly).Currency != "eur" || made.Price(billing.Monthly).Ready() || made.Version != 1 {
				t.Errorf("%+v", made)
			}
			hidden, old, first := research(), research(), research()
			hidden.Slug, hidden.Visible = "hidden", false
			old.Slug, old.Archived = "old", true
			first.Slug, in.Position = "first", 1
			for _, p := range []billing.PlanInput{hidden, old, first, in} {
				put(p)
			}
			if got := slugs(must[[]*billing.Plan](t)(s.office.Plans(t.Context()))); got != "first research" {
				t.Errorf("the page shows %q", got)
			}
			if got := slugs(must[[]*billing.Plan](t)(s.office.AllPlans(owner(t.Context())))); got != "first hidden old research" {
				t.Errorf("the desk shows %q", got)
			}
			got := must[*billing.Plan](t)(s.office.PlanBySlug(t.Context(), "research"))
			if got.Version != 2 || got.ID != made.ID || got.Position != 1 || len(got.Prices) != 2 || got.Prices[0].ID != made.Prices[0].ID {
				t.Errorf("%+v", got)
			}
			_, err := s.office.PlanBySlug(t.Context(), "nothing")
			refused(t, err, "plan_not_found")
			unknown := must[[]string](t)(s.office.KnownPlans(t.Context(), []string{"research", "nothing", "old", "", "hidden"}))
			if diff := cmp.Diff([]string{"nothing", ""}, unknown); diff != "" {
				t.Error(diff)
			}
		})
		t.Run("a stale change is refused with the current version", func(t *testing.T) {
			in := research()
			in.Version, in.Name = 1, "Older"
			_, err := s.office.PutPlan(owner(t.Context()), in)
			if f := fault.Of(err); f.Kind != fault.PreconditionFailed || f.Current != "2" {
				t.Errorf("got %v", err)
			}
			in.Version = 2
			put(in)
		})
		t.Run("the journal and a job to mirror it come with the change", func(t *testing.T) {
			jobs := s.number("SELECT COUNT(*) FROM river_job WHERE kind = 'billing.mirror_plans'")
			if rows := s.number("SELECT COUNT(*) FROM journal WHERE verb = 'plan.saved'"); rows != 6 || jobs != 6 {
				t.Errorf("%d rows, %d jobs", rows, jobs)
			}
			in := research()
			in.Name = "Never"
			if _, err := s.again(func(d *billing.Deps) { d.Journal = broken{} }).PutPlan(owner(t.Context()), in); !errors.Is(err, errJournal) {
				t.Error(err)
			}
			if p := must[*billing.Plan](t)(s.office.PlanBySlug(t.Context(), "research")); p.Name == "Never" {
				t.Error("changed without a record")
			}
		})
		t.Run("another request's copy is dropped with the change", func(t *testing.T) {
			other := s.again()
			must[*billing.Plan](t)(other.PlanBySlug(t.Context(), "research"))
			in := research()
			in.Name = "Renamed"
			put(in)
			if p := must[*billing.Plan](t)(other.PlanBySlug(t.Context(), "research")); p.Name != "Renamed" {
				t.Errorf("still %q", p.Name)
			}
		})
		t.Run("the licence to read by programs is given and taken back", func(t *testing.T) {
			other := s.again()
			if got := must[[]string](t)(other.AIPlans(t.Context())); len(got) != 0 {
				t.Errorf("given to %v by itself", got)
			}
			in, old := research(), research()
			in.AIUse, old.AIUse, old.Slug, old.Archived = true, true, "old", true
			put(in)
			put(old)
			if diff := cmp.Diff([]string{"old", "research"}, must[[]string](t)(other.AIPlans(t.Context()))); diff != "" {
				t.Error(diff)
			}
			put(research())
			if diff := cmp.Diff([]string{"old"}, must[[]string](t)(other.AIPlans(t.Context()))); diff != "" {
				t.Error(diff)
			}
		})
	})
}

func slugs(plans []*billing.Plan) string {
	var out []string
	for _, p := range plans {
		out = append(out, p.Slug)
	}
	return strings.Join(out, " ")
}

func TestTwoWhoMakeTheSamePlan(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if _, err := s.office.PutPlan(owner(context.Background()), research()); err != nil && !fault.HasCode(err, "plan_exists") {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if plans, prices := s.number("SELECT COUNT(*) FROM plans"), s.number("SELECT COUNT(*) FROM prices"); plans != 1 || prices != 2 {
			t.Errorf("%d plans, %d prices", plans, prices)
		}
	})
}
