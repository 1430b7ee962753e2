package billing_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

func year2026() billing.Span {
	return billing.Span{From: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}
}

// quantity sets how many somebody pays for, at Stripe.
func (s *shop) quantity(sub string, n string) {
	s.t.Helper()
	item := must[stripeapi.Subscription](s.t)(s.stripe.Subscription(s.t.Context(), sub)).Items[0].ID
	s.call("POST", "/v1/subscriptions/"+sub, "items[0][id]", item, "items[0][quantity]", n, "proration_behavior", "none")
	must[billing.Outcome](s.t)(s.office.Sync(s.t.Context(), sub))
}

// TestHowMRRMoves lives through a year of one member.
func TestHowMRRMoves(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m := s.member()
		sub := s.buy(m, goodCard) // 31 March
		must[billing.Outcome](t)(s.office.Sync(t.Context(), sub))
		s.pass(10 * 24 * time.Hour)
		s.quantity(sub, "3") // April
		s.pass(20 * 24 * time.Hour)
		must[billing.Outcome](t)(s.office.Sync(t.Context(), sub)) // the renewal
		s.pass(10 * 24 * time.Hour)
		s.quantity(sub, "2") // May
		s.pass(30 * 24 * time.Hour)
		s.call("DELETE", "/v1/subscriptions/"+sub, "cancellation_details[feedback]", "too_expensive") // June
		s.pass(40 * 24 * time.Hour)
		must[billing.Outcome](t)(s.office.Sync(t.Context(), sub)) // only heard of in July
		again := s.buy(m, goodCard)
		must[billing.Outcome](t)(s.office.Sync(t.Context(), again))

		f := must[*billing.Figures](t)(s.office.Figures(owner(t.Context()), year2026()))
		got := map[string][2]int64{}
		for _, in := range f.Money[0].Months {
			if in.Began != in.Ended || in.Subscribers != 0 {
				got[in.Month] = [2]int64{in.Ended, in.Subscribers}
			}
			sum := in.Began
			for _, amount := range in.Moved {
				sum += amount
			}
			if sum != in.Ended {
				t.Errorf("%s does not add up: %+v", in.Month, in)
			}
		}
		want := map[string][2]int64{"2026-03": {4900, 1}, "2026-04": {14700, 1}, "2026-05": {9800, 1}, "2026-06": {0, 0}, "2026-07": {4900, 1}}
		for _, later := range []string{"2026-08", "2026-09", "2026-10", "2026-11", "2026-12"} {
			want[later] = [2]int64{4900, 1}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		kinds := []billing.Movement{}
		rows, err := s.office.MovementsOf(owner(t.Context()), year2026())
		s.ok(err)
		for r, err := range rows {
			s.ok(err)
			kinds = append(kinds, r.Movement)
		}
		if diff := cmp.Diff([]billing.Movement{billing.MoveNew, billing.MoveExpansion, billing.MoveContraction, billing.MoveChurn, billing.MoveReactivation}, kinds); diff != "" {
			t.Error(diff)
		}
		money := f.Money[0]
		if money.Now != 4900 || len(money.Plans) != 1 || money.Plans[0].Subscribers != 1 {
			t.Errorf("%+v", money)
		}
		if diff := cmp.Diff([]billing.ChurnReason{{Reason: "cancellation_requested", Feedback: "too_expensive", Count: 1, Value: 9800}}, money.Churn); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]billing.Source{{Page: "/plans", Count: 2, Value: 9800}}, money.Sources); diff != "" {
			t.Error(diff)
		}
		t.Run("the past stays as it was known", func(t *testing.T) {
			for day, want := range map[string]billing.Status{"2026-03-30": "", "2026-04-01": billing.Active, "2026-06-20": billing.Active, "2026-07-20": billing.Canceled} {
				at, _ := time.Parse(time.DateOnly, day)
				got := must[[]billing.PastStanding](t)(s.office.StandingsAt(t.Context(), m, at))
				if want == "" && len(got) == 0 {
					continue
				}
				// In July the newer one, bought the same day, comes first.
				if len(got) == 0 || got[len(got)-1].Status != want {
					t.Errorf("%s: %+v", day, got)
				}
			}
		})
	})
}

// TestTrialsCountWhenTheyArePaid: a trial brings nothing until it is paid for.
func TestTrialsCountWhenTheyArePaid(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		plan := must[*billing.Plan](t)(s.office.PlanBySlug(t.Context(), "research"))
		trial := func(days string) (uuid.UUID, string) {
			m := s.member()
			first := s.buy(m, goodCard) // leaves a customer with a card
			s.cancelNow(first)
			id := s.call("POST", "/v1/subscriptions", "customer", s.customerOf(m), "items[0][price]", plan.Price(billing.Yearly).StripePriceID, "trial_period_days", days)["id"].(string)
			must[billing.Outcome](t)(s.office.Sync(t.Context(), id))
			return m, id
		}
		_, paid := trial("5")
		_, left := trial("5")
		trial("60")
		s.cancelNow(left)
		s.pass(6 * 24 * time.Hour)
		for _, id := range []string{paid, left} {
			must[billing.Outcome](t)(s.office.Sync(t.Context(), id))
		}
		f := must[*billing.Figures](t)(s.office.Figures(owner(t.Context()), year2026()))
		if diff := cmp.Diff([]billing.Trials{{Month: "2026-03", Began: 3, Converted: 1, Running: 1}}, f.Trials); diff != "" {
			t.Error(diff)
		}
		if now := f.Money[0].Now; now != 4083 {
			t.Errorf("MRR is %d", now)
		}
	})
}

func TestFiguresAreForThoseWhoSetPrices(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		if _, err := s.office.Figures(t.Context(), year2026()); fault.Of(err).Kind != fault.Unauthenticated {
			t.Errorf("%v", err)
		}
		if _, err := s.office.Subscribers(t.Context(), billing.SubscriberFilter{}); fault.Of(err).Kind != fault.Unauthenticated {
			t.Errorf("%v", err)
		}
		if _, err := s.office.Figures(owner(t.Context()), billing.Span{From: year2026().To, To: year2026().From}); fault.Of(err).Kind != fault.Invalid {
			t.Errorf("%v", err)
		}
	})
}

func TestSubscribersAreFoundByWhatTheyBought(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		var subs []string
		for range 3 {
			subs = append(subs, s.buy(s.member(), goodCard))
			must[billing.Outcome](t)(s.office.Sync(t.Context(), subs[len(subs)-1]))
			s.pass(time.Hour)
		}
		s.cancelNow(subs[0])
		must[billing.Outcome](t)(s.office.Sync(t.Context(), subs[0]))
		s.call("POST", "/v1/subscriptions/"+subs[1], "cancel_at_period_end", "true")
		must[billing.Outcome](t)(s.office.Sync(t.Context(), subs[1]))
		yes, no := true, false
		find := func(f billing.SubscriberFilter) (out []string) {
			for {
				page := must[billing.SubscriberPage](t)(s.office.Subscribers(owner(t.Context()), f))
				for _, x := range page.Subscribers {
					out = append(out, x.StripeID)
				}
				if f.Cursor = page.Next; f.Cursor == "" {
					return out
				}
			}
		}
		for name, tt := range map[string]struct {
			f    billing.SubscriberFilter
			want []string
		}{
			"all, page by page": {billing.SubscriberFilter{Limit: 1}, []string{subs[2], subs[1], subs[0]}},
			"open":              {billing.SubscriberFilter{Status: "open"}, []string{subs[2], subs[1]}},
			"canceled":          {billing.SubscriberFilter{Status: "canceled"}, []string{subs[0]}},
			"ending":            {billing.SubscriberFilter{Ending: &yes}, []string{subs[1]}},
			"not ending":        {billing.SubscriberFilter{Ending: &no, Status: "open"}, []string{subs[2]}},
			"monthly":           {billing.SubscriberFilter{Interval: billing.Monthly, Plan: "research", Status: "open"}, []string{subs[2], subs[1]}},
			"yearly":            {billing.SubscriberFilter{Interval: billing.Yearly}, nil},
			"since":             {billing.SubscriberFilter{Since: s.clock.Now().Add(-90 * time.Minute)}, []string{subs[2]}},
			"until":             {billing.SubscriberFilter{Until: s.clock.Now().Add(-150 * time.Minute)}, []string{subs[0]}},
			"of nobody":         {billing.SubscriberFilter{Owners: []uuid.UUID{uuid.New()}}, nil},
		} {
			if diff := cmp.Diff(tt.want, find(tt.f)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
		_, err := s.office.Subscribers(owner(t.Context()), billing.SubscriberFilter{Cursor: "x"})
		if fault.Of(err).Kind != fault.Invalid {
			t.Errorf("%v", err)
		}
	})
}
