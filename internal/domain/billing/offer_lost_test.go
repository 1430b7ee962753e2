package billing_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

// codes counts the promotion codes at Stripe with a code: all, and those that
// work.
func (s *shop) codes(code string) (all, active int) {
	s.t.Helper()
	for _, x := range s.call(http.MethodGet, "/v1/promotion_codes", "code", code, "limit", "100")["data"].([]any) {
		all++
		if x.(map[string]any)["active"] == true {
			active++
		}
	}
	return all, active
}

// TestAnOfferWhoseAnswerIsLost: a write whose answer never came is made again
// under another key after a restart, and leaves no second coupon or code.
func TestAnOfferWhoseAnswerIsLost(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		ctx := owner(t.Context())
		lose := func(n int, what string) {
			t.Helper()
			lost := s.loseAnswer(n)
			err := s.office.MirrorOffers(ctx)
			// A coupon is found at once, by the id it was made with.
			if !lost() || err != nil && fault.Of(err).Kind != fault.Unavailable {
				t.Errorf("%s: %v", what, err)
			}
			s.ok(s.again().MirrorOffers(ctx))
		}
		for n, step := range []string{"the coupon", "the code"} {
			in := quarterOff(fmt.Sprintf("MADE%d", n))
			must[*billing.Offer](t)(s.office.MakeOffer(ctx, in))
			lose(n, step)
			if all, active := s.codes(in.Code); all != 1 || active != 1 {
				t.Errorf("%s: %d codes, %d work", step, all, active)
			}
		}
		for n, step := range []string{"the name", "the old code", "the new code"} {
			in := quarterOff(fmt.Sprintf("CHANGED%d", n))
			made := s.offer(in)
			ends := s.clock.Now().Add(9 * 24 * time.Hour)
			must[*billing.Offer](t)(s.office.ChangeOffer(ctx, in.Code, billing.OfferChange{Name: "Nine days", EndsAt: &ends}))
			lose(n, step)
			now := must[*billing.Offer](t)(s.office.OfferByCode(ctx, in.Code))
			code := must[stripeapi.PromotionCode](t)(s.stripe.PromotionCode(ctx, now.StripePromotionID))
			if all, active := s.codes(in.Code); all != 2 || active != 1 || !code.Active || !code.Expires.Equal(ends) || now.StripePromotionID == made.StripePromotionID {
				t.Errorf("%s: %d codes, %d work, %+v", step, all, active, code)
			}
			if coupon := must[stripeapi.Coupon](t)(s.stripe.Coupon(ctx, now.StripeCouponID)); coupon.Name != "Nine days" || now.StripeCouponID != made.StripeCouponID {
				t.Errorf("%s: %+v", step, coupon)
			}
		}
	})
}
