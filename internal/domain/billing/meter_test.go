package billing_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
)

func (s *shop) rules(change func(*billing.SalesRules)) {
	s.t.Helper()
	must[billing.SalesRules](s.t)(s.office.ChangeSalesRules(owner(s.t.Context()), change))
}

func TestFreeMembersReadSoManyNotesAMonth(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		berlin := must[*time.Location](t)(time.LoadLocation("Europe/Berlin"))
		s.office = s.again(func(d *billing.Deps) { d.Zone = func(context.Context) (*time.Location, error) { return berlin, nil } })
		m, one, two, three := s.member(), uuid.New(), uuid.New(), uuid.New()
		ask := func(note uuid.UUID, take bool) billing.Metered {
			t.Helper()
			return must[billing.Metered](t)(s.office.Meter(t.Context(), m, note, take))
		}
		if got := ask(one, true); got != (billing.Metered{}) {
			t.Fatalf("something is given away before anybody said so: %+v", got)
		}
		s.rules(func(r *billing.SalesRules) { r.FreeNotes = 2 })
		april := time.Date(2026, 4, 1, 0, 0, 0, 0, berlin)
		for i, step := range []struct {
			note uuid.UUID
			take bool
			want billing.Metered
		}{
			{one, false, billing.Metered{Limit: 2, Left: 2, Resets: april}},
			{one, true, billing.Metered{Limit: 2, Left: 1, Resets: april, Open: true}},
			{one, true, billing.Metered{Limit: 2, Left: 1, Resets: april, Open: true}},
			{two, false, billing.Metered{Limit: 2, Left: 1, Resets: april}},
			{two, true, billing.Metered{Limit: 2, Left: 0, Resets: april, Open: true}},
			{three, true, billing.Metered{Limit: 2, Left: 0, Resets: april}},
			{one, true, billing.Metered{Limit: 2, Left: 0, Resets: april, Open: true}},
			{uuid.Nil, false, billing.Metered{Limit: 2, Left: 0, Resets: april}},
		} {
			if got := ask(step.note, step.take); got != step.want {
				t.Errorf("step %d: %+v, want %+v", i, got, step.want)
			}
		}
		s.office = s.again(func(d *billing.Deps) { d.Zone = s.office.Zone }) // another device, another process
		if got := ask(three, true); got.Open || got.Left != 0 {
			t.Errorf("the counter was forgotten: %+v", got)
		}
		s.clock.Set(april.Add(-time.Second))
		if got := ask(three, true); got.Open {
			t.Errorf("April began early: %+v", got)
		}
		s.clock.Set(april) // in Berlin; it is still March in UTC
		if got := ask(three, true); !got.Open || got.Left != 1 {
			t.Errorf("April did not begin: %+v", got)
		}
		if got := ask(one, false); got.Open {
			t.Error("what was read in March is open in April")
		}
		s.clock.Advance(200 * day)
		s.ok(s.office.PurgeMeteredReads(t.Context()))
		if n := s.number("SELECT COUNT(*) FROM metered_reads"); n != 0 {
			t.Errorf("%d reads are kept", n)
		}
	})
}

func TestNobodyReadsMoreByAskingAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.rules(func(r *billing.SalesRules) { r.FreeNotes = 3 })
		m := s.member()
		notes := []uuid.UUID{uuid.New(), uuid.New(), uuid.New(), uuid.New(), uuid.New(), uuid.New()}
		var opened, closed atomic.Int64
		var all sync.WaitGroup
		for i := range 24 {
			all.Go(func() {
				got, err := s.office.Meter(t.Context(), m, notes[i%len(notes)], true)
				switch {
				case err != nil:
					t.Error(err)
				case got.Open:
					opened.Add(1)
				default:
					closed.Add(1)
				}
			})
		}
		all.Wait()
		if n := s.number("SELECT COUNT(*) FROM metered_reads"); n != 3 {
			t.Fatalf("%d notes were read (opened %d, closed %d)", n, opened.Load(), closed.Load())
		}
		if opened.Load() != 12 || closed.Load() != 12 { // each note was asked for four times
			t.Errorf("opened %d, closed %d", opened.Load(), closed.Load())
		}
	})
}

func TestTheRulesOfSale(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		_, err := s.office.ChangeSalesRules(t.Context(), func(*billing.SalesRules) {})
		refused(t, err, "sign_in_required")
		_, err = s.office.ChangeSalesRules(actor.With(t.Context(), actor.Actor{Kind: actor.Staff, Capabilities: []actor.Capability{actor.MembersWrite}}), func(*billing.SalesRules) {})
		refused(t, err, "capability_missing")
		for _, bad := range []func(*billing.SalesRules){
			func(r *billing.SalesRules) { r.FreeNotes = -1 },
			func(r *billing.SalesRules) { r.GiftMonths = nil },
			func(r *billing.SalesRules) { r.GiftMonths = []int{0} },
			func(r *billing.SalesRules) { r.OverdueDays = 400 },
		} {
			_, err := s.office.ChangeSalesRules(owner(t.Context()), bad)
			refused(t, err, "invalid_input")
		}
		s.rules(func(r *billing.SalesRules) { r.GiftMonths, r.Gifts = []int{12, 3, 12}, true })
		got := must[billing.SalesRules](t)(s.again().SalesRules(t.Context()))
		if len(got.GiftMonths) != 2 || got.GiftMonths[0] != 3 || !got.Gifts || got.GiftKeeps != 24 || !got.RefundCloses {
			t.Errorf("%+v", got)
		}
	})
}
