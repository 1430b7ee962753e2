package billing_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

// TestNoCallToStripeFromInsideATransaction: the gateway itself holds it back,
// whoever makes it, reads too.
func TestNoCallToStripeFromInsideATransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		before := s.line.calls.Load()
		for name, call := range map[string]func(context.Context) error{
			"a write": func(ctx context.Context) error {
				_, err := s.stripe.CreateCustomer(ctx, "key-1", stripeapi.CustomerInput{})
				return err
			},
			"a deletion": func(ctx context.Context) error {
				_, err := s.stripe.CancelNow(ctx, "key-2", "sub_1", "")
				return err
			},
			"a read": func(ctx context.Context) error {
				_, err := s.stripe.Subscription(ctx, "sub_1")
				return err
			},
			"a list": func(ctx context.Context) error {
				for _, err := range s.stripe.Subscriptions(ctx, stripeapi.SubscriptionFilter{}) {
					return err
				}
				return nil
			},
		} {
			err := s.db.Tx(t.Context(), call)
			if !fault.HasCode(err, stripeapi.CodeHeldBack) || stripeapi.Retryable(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := s.line.calls.Load(); n != before {
			t.Errorf("%d calls left", n-before)
		}
		if n := s.number("SELECT COUNT(*) FROM stripe_writes"); n != 0 {
			t.Errorf("%d keys stored", n)
		}
	})
}

func TestAWriteIsKeptUnderItsKey(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.line.cut()
		for range 3 {
			_, err := s.stripe.CreateCustomer(t.Context(), "key-1", stripeapi.CustomerInput{})
			refused(t, err, "stripe_unavailable")
		}
		if n := s.number("SELECT COUNT(*) FROM stripe_writes WHERE idempotency_key = 'key-1' AND method = 'POST' AND path = '/v1/customers'"); n != 1 {
			t.Errorf("kept %d times", n)
		}
		t.Run("and without a key does not leave", func(t *testing.T) {
			_, err := s.stripe.CreateCustomer(t.Context(), " ", stripeapi.CustomerInput{})
			refused(t, err, "stripe_key_required")
		})
		t.Run("for as long as events are", func(t *testing.T) {
			s.clock.Advance(61 * 24 * time.Hour)
			must[int64](t)(s.office.PurgeEvents(t.Context()))
			if n := s.number("SELECT COUNT(*) FROM stripe_writes"); n != 0 {
				t.Errorf("%d are left", n)
			}
		})
	})
}

func TestRefusedCallsAreCounted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		began := s.clock.Now()
		event := made("invoice.paid", map[string]any{"id": "in_1", "object": "invoice", "subscription": "sub_1"})
		for want, call := range map[string][2]string{
			"unsigned":     {string(event.raw), ""},
			"wrong_secret": {string(event.raw), sign(event.raw, began, "whsec_guess")},
			"too_old":      {string(event.raw), sign(event.raw, began.Add(-time.Hour), hookSecret)},
			"no_event":     {strings.Repeat("x", 1<<20), sign([]byte(strings.Repeat("x", 1<<20)), began, hookSecret)},
		} {
			s.clock.Advance(time.Second)
			if err := s.office.Receive(t.Context(), []byte(call[0]), call[1]); fault.Of(err).Kind != fault.BadRequest {
				t.Errorf("%s: %v", want, err)
			}
			if h := must[billing.Health](t)(s.office.Health(t.Context())); h.RefusedFor != want || !h.LastRefused.Equal(s.clock.Now()) {
				t.Errorf("%s: %+v", want, h)
			}
			if n := s.number("SELECT COUNT(*) FROM webhook_refusals WHERE reason = ?", want); n != 1 {
				t.Errorf("%s is counted in %d rows", want, n)
			}
		}
		if n := s.number("SELECT COUNT(*) FROM stripe_events"); n != 0 {
			t.Errorf("%d events kept", n)
		}
		t.Run("also after a restart", func(t *testing.T) {
			if h := must[billing.Health](t)(s.again().Health(t.Context())); h.Refused != 4 || !h.LastRefused.Equal(s.clock.Now()) {
				t.Errorf("%+v", h)
			}
		})
		t.Run("for a day", func(t *testing.T) {
			s.clock.Advance(23 * time.Hour)
			refused(t, s.office.Receive(t.Context(), event.raw, ""), "stripe_signature")
			s.clock.Advance(2 * time.Hour)
			if h := must[billing.Health](t)(s.office.Health(t.Context())); h.Refused != 1 || h.RefusedFor != "unsigned" {
				t.Errorf("%+v", h)
			}
		})
		t.Run("a flood makes few writes", func(t *testing.T) {
			s.clock.Advance(48 * time.Hour)
			for range 100 {
				refused(t, s.office.Receive(t.Context(), event.raw, ""), "stripe_signature")
			}
			if n := s.number("SELECT SUM(calls) FROM webhook_refusals WHERE last_at >= ?", s.clock.Now()); n != 1 {
				t.Errorf("%d written at once", n)
			}
			if h := must[billing.Health](t)(s.office.Health(t.Context())); h.Refused != 100 {
				t.Errorf("%+v", h)
			}
		})
	})
}

// TestSilence: a period that began or ended and that no event followed was not
// told. Nothing sold, or a period that is not over, is no silence.
func TestSilence(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		silent := func() time.Time {
			t.Helper()
			return must[billing.Health](t)(s.office.Health(t.Context())).SilentSince
		}
		s.clock.Advance(400 * 24 * time.Hour)
		if at := silent(); !at.IsZero() {
			t.Errorf("nothing is sold, and silent since %s", at)
		}
		s.sell()
		m := s.member()
		sub := s.buy(m, goodCard)
		s.deliver(s.the(completed, sub))
		end := *s.row(sub).CurrentPeriodEnd
		s.clock.Set(end.Add(promptness - time.Second))
		if at := silent(); !at.IsZero() {
			t.Errorf("not late yet, and silent since %s", at)
		}
		s.clock.Advance(2 * time.Second)
		if at := silent(); !at.Equal(end) {
			t.Errorf("silent since %s, want %s", at, end)
		}
		t.Run("also when the comparison put the mirror right", func(t *testing.T) {
			s.settle()
			must[billing.Outcome](t)(s.office.Sync(t.Context(), sub))
			if start := *s.row(sub).CurrentPeriodStart; !start.Equal(end) {
				t.Fatalf("the stand-in did not renew: %s", start)
			}
			if at := silent(); !at.Equal(end) {
				t.Errorf("silent since %s", at)
			}
		})
		t.Run("until the next event", func(t *testing.T) {
			s.receive(made("invoice.paid", map[string]any{"id": "in_9", "object": "invoice", "subscription": sub}))
			if at := silent(); !at.IsZero() {
				t.Errorf("silent since %s", at)
			}
		})
	})
}

// promptness is how long Stripe may take to tell.
const promptness = 6 * time.Hour
