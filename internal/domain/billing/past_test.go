package billing_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
)

func TestSingleNotesOfAnotherMoment(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		m, note, now := s.member(), uuid.New(), s.clock.Now()
		bought := func(at time.Time) []billing.PastRight {
			t.Helper()
			return must[[]billing.PastRight](t)(s.office.BoughtNotesAt(t.Context(), m, at))
		}
		must[*billing.NotePrice](t)(s.office.PriceNote(owner(t.Context()), note, 900, "eur"))
		page := must[string](t)(s.office.BuyNote(t.Context(), billing.BuyNoteInput{Member: m, Note: note, Title: "Film", ReturnTo: "/"}))
		if got := bought(now); len(got) != 0 {
			t.Errorf("an open page is held to be bought: %+v", got)
		}
		s.pass(time.Hour)
		must[billing.SaleReturn](t)(s.office.FinishSale(t.Context(), s.payOnce(page, goodCard), billing.OfMember(m)))
		paid := s.clock.Now()
		if diff := cmp.Diff([]billing.PastRight{{Note: note, From: paid}}, bought(paid)); diff != "" || len(bought(now)) != 0 {
			t.Error(diff)
		}
		s.pass(48 * time.Hour)
		charge := s.call(http.MethodGet, "/v1/charges", "customer", s.customerOf(m))["data"].([]any)[0].(map[string]any)["id"].(string)
		s.call(http.MethodPost, "/v1/refunds", "charge", charge)
		s.deliver(s.the("charge.refunded", charge))
		if diff := cmp.Diff([]billing.PastRight{{Note: note, From: paid, Until: s.clock.Now()}}, bought(s.clock.Now())); diff != "" {
			t.Error(diff)
		}
	})
}

func TestFreeNotesOfAnotherMoment(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		m, one, two := s.member(), uuid.New(), uuid.New()
		s.rules(func(r *billing.SalesRules) { r.FreeNotes = 2 })
		first := s.clock.Now() // the last day of March
		must[billing.Metered](t)(s.office.Meter(t.Context(), m, one, true))
		s.clock.Advance(time.Hour)
		second := s.clock.Now()
		must[billing.Metered](t)(s.office.Meter(t.Context(), m, two, true))
		april := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
		right := func(note uuid.UUID, from time.Time) billing.PastRight {
			return billing.PastRight{Note: note, From: from, Until: april}
		}
		check := func(when string, at time.Time, want ...billing.PastRight) {
			t.Helper()
			got := must[[]billing.PastRight](t)(s.office.MeteredAt(t.Context(), m, at))
			if len(got)+len(want) > 0 && !cmp.Equal(want, got) {
				t.Errorf("%s: %s", when, cmp.Diff(want, got))
			}
		}
		check("between the two", first.Add(time.Minute), right(one, first))
		check("after both", second, right(one, first), right(two, second))
		s.clock.Advance(24 * time.Hour)
		check("in April", s.clock.Now())
		check("in March, asked in April", second, right(one, first), right(two, second))
		s.rules(func(r *billing.SalesRules) { r.FreeNotes = 0 })
		check("in March, when nothing is given away any more", second, right(one, first), right(two, second))
		s.clock.Set(second)
		check("now, when nothing is given away any more", second)
	})
}
