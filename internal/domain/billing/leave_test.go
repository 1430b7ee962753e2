package billing_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
)

func TestLeavingWithAReason(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m, sub := s.subscriber(goodCard)
		for _, bad := range []billing.Leaving{{Reason: "boredom"}, {Comment: strings.Repeat("x", 1001)}} {
			_, err := s.office.Cancel(t.Context(), m, sub.ID, bad)
			refused(t, err, "invalid_input")
		}
		why := billing.Leaving{Reason: billing.ReasonPrice, Comment: " Too dear <for> me "}
		for range 2 {
			if got := must[*billing.Subscription](t)(s.office.Cancel(t.Context(), m, sub.ID, why)); !got.Ending() {
				t.Fatal("it goes on")
			}
		}
		details := s.call(http.MethodGet, "/v1/subscriptions/"+sub.StripeID)["cancellation_details"].(map[string]any)
		if details["feedback"] != "too_expensive" || details["comment"] != "Too dear <for> me" {
			t.Errorf("%v", details)
		}
		got := must[[]billing.Cancellation](t)(s.office.Cancellations(owner(t.Context()), m))
		if len(got) != 1 || got[0].Reason != billing.ReasonPrice || got[0].Comment != "Too dear <for> me" || got[0].TakenBackAt != nil || !s.open(m) {
			t.Errorf("%+v", got)
		}
		if _, err := s.office.Cancellations(t.Context(), m); err == nil {
			t.Error("a stranger may know why")
		}
		for range 2 {
			if got := must[*billing.Subscription](t)(s.office.Resume(t.Context(), m, sub.ID)); got.Ending() {
				t.Fatal("still ending")
			}
		}
		if got := must[[]billing.Cancellation](t)(s.office.Cancellations(owner(t.Context()), m)); got[0].TakenBackAt == nil {
			t.Errorf("%+v", got)
		}
		// Another mind, another time: a row of its own.
		must[*billing.Subscription](t)(s.office.Cancel(t.Context(), m, sub.ID, billing.Leaving{Reason: billing.ReasonTime}))
		if got := must[[]billing.Cancellation](t)(s.office.Cancellations(owner(t.Context()), m)); len(got) != 2 || got[0].Reason != billing.ReasonTime {
			t.Errorf("%+v", got)
		}
		if diff := cmp.Diff([]string{"started", "canceling", "resumed", "canceling"}, s.verbs(sub.StripeID)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestPausing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m, sub := s.subscriber(goodCard)
		_, err := s.office.Pause(t.Context(), m, sub.ID, 1)
		refused(t, err, "pause_not_offered")
		must[billing.Policy](t)(s.office.ChangePolicy(owner(t.Context()), func(p *billing.Policy) { p.PauseMonths = 3 }))
		for _, n := range []int{0, -1, 4} {
			_, err := s.office.Pause(t.Context(), m, sub.ID, n)
			refused(t, err, "pause_too_long")
		}
		_, err = s.office.Pause(t.Context(), s.member(), sub.ID, 1)
		refused(t, err, "subscription_not_found")
		for range 2 {
			got := must[*billing.Subscription](t)(s.office.Pause(t.Context(), m, sub.ID, 2))
			if got.Status != billing.Active || got.PauseCollection != "void" || got.PauseUntil == nil || !s.open(m) {
				t.Fatalf("%+v", got)
			}
		}
		// Paid until 30 April; the bills of April's and May's end are void.
		next := must[*billing.Account](t)(s.office.Account(t.Context(), m)).Current().Next
		if want := time.Date(2026, 6, 30, 10, 0, 0, 0, time.UTC); next == nil || !next.At.Equal(want) {
			t.Errorf("next %+v, want %v", next, want)
		}
		_, err = s.office.PreviewChange(t.Context(), billing.ChangeInput{Member: m, Subscription: sub.ID, Interval: billing.Yearly})
		refused(t, err, "cannot_change")
		s.pass(16 * 24 * time.Hour)
		s.pass(2 * time.Hour)
		s.pass(31 * 24 * time.Hour)
		s.pass(2 * time.Hour)
		if diff := cmp.Diff([]int64{4900, 0, 0}, s.bills(sub.StripeCustomerID)); diff != "" || !s.open(m) {
			t.Error(diff)
		}
		s.pass(30 * 24 * time.Hour)
		s.pass(2 * time.Hour)
		if diff := cmp.Diff([]int64{4900, 0, 0, 4900}, s.bills(sub.StripeCustomerID)); diff != "" {
			t.Error(diff)
		}
		s.deliver(s.the(updated, sub.StripeID))
		if got := s.row(sub.StripeID); got.PauseCollection != "" || got.PauseUntil != nil {
			t.Errorf("%+v", got)
		}
		t.Run("and resuming early", func(t *testing.T) {
			must[*billing.Subscription](t)(s.office.Pause(t.Context(), m, sub.ID, 1))
			got := must[*billing.Subscription](t)(s.office.Resume(t.Context(), m, sub.ID))
			if got.PauseCollection != "" {
				t.Errorf("%+v", got)
			}
			if diff := cmp.Diff([]string{"started", "pause_began", "pause_ended", "pause_began", "pause_ended"}, s.verbs(sub.StripeID)); diff != "" {
				t.Error(diff)
			}
		})
		t.Run("not by the year, not when it ends", func(t *testing.T) {
			must[*billing.Subscription](t)(s.office.Cancel(t.Context(), m, sub.ID, billing.Leaving{}))
			_, err := s.office.Pause(t.Context(), m, sub.ID, 1)
			refused(t, err, "cannot_pause")
		})
	})
}

func TestAnOlderWishGivesWay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m, sub := s.subscriber(goodCard)
		s.line.hook(func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method == http.MethodPost {
				w.WriteHeader(http.StatusServiceUnavailable)
			}
			return r.Method == http.MethodPost
		}, nil)
		_, err := s.office.Cancel(t.Context(), m, sub.ID, billing.Leaving{Reason: billing.ReasonTopics})
		refused(t, err, "stripe_unavailable")
		open := func() int64 { return s.number("SELECT COUNT(*) FROM errands WHERE state = 'open'") }
		if open() != 1 || s.row(sub.StripeID).Ending() {
			t.Fatalf("%d open errands", open())
		}
		s.line.mend()
		must[billing.Policy](t)(s.office.ChangePolicy(owner(t.Context()), func(p *billing.Policy) { p.PauseMonths = 1 }))
		if got := must[*billing.Subscription](t)(s.office.Pause(t.Context(), m, sub.ID, 1)); got.Ending() || got.PauseCollection == "" {
			t.Errorf("what nobody wishes any more was done: %+v", got)
		}
		if n := s.number("SELECT COUNT(*) FROM errands WHERE state = 'dropped' AND verb = 'cancel'"); n != 1 || open() != 0 {
			t.Errorf("%d dropped, %d open", n, open())
		}
	})
}

// TestAWishKeepsItsKeyAsLongAsStripeDoes: Stripe forgets a key after a day
// (https://docs.stripe.com/api/idempotent_requests), and one that was forgotten
// would let an old wish happen beside a new one.
func TestAWishKeepsItsKeyAsLongAsStripeDoes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		m, sub := s.subscriber(goodCard)
		var keys []string
		s.line.hook(func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method == http.MethodPost {
				keys = append(keys, r.Header.Get("Idempotency-Key"))
				w.WriteHeader(http.StatusServiceUnavailable)
			}
			return r.Method == http.MethodPost
		}, nil)
		try := func() string {
			_, err := s.office.Cancel(t.Context(), m, sub.ID, billing.Leaving{Reason: billing.ReasonTopics})
			refused(t, err, "stripe_unavailable")
			return keys[len(keys)-1]
		}
		first := try()
		s.clock.Advance(19 * time.Hour)
		if again := try(); again != first || first == "" {
			t.Errorf("%q after 19 hours, and %q before", again, first)
		}
		s.clock.Advance(2 * time.Hour)
		if later := try(); later == first {
			t.Error("the same key after 21 hours")
		}
	})
}
