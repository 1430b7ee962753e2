package billing_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

// quarterOff is a sign-up offer of a quarter less for three months.
func quarterOff(code string) billing.OfferInput {
	return billing.OfferInput{
		Code: code, Kind: billing.SignUp, Terms: billing.Terms{Gift: billing.PercentOff, Percent: 25, Duration: billing.Repeating, Months: 3},
		OfferChange: billing.OfferChange{Name: "A quarter less"},
	}
}

// stay is a retention offer.
func stay(code string, terms billing.Terms) billing.OfferInput {
	return billing.OfferInput{Code: code, Kind: billing.Retention, Terms: terms, OfferChange: billing.OfferChange{Name: "Please stay"}}
}

// offer makes an offer, at Stripe too.
func (s *shop) offer(in billing.OfferInput) *billing.Offer {
	s.t.Helper()
	_, err := s.office.MakeOffer(owner(s.t.Context()), in)
	s.ok(err)
	s.ok(s.office.MirrorOffers(s.t.Context()))
	for _, row := range must[[]billing.OfferRow](s.t)(s.office.Offers(owner(s.t.Context()))) {
		if row.Code == billing.FoldCode(in.Code) {
			return row.Offer
		}
	}
	s.t.Fatal("the offer is not listed")
	return nil
}

func TestOffersAreMade(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		ctx := owner(t.Context())
		t.Run("with a coupon and a code at Stripe", func(t *testing.T) {
			in := quarterOff(" spring25 ")
			in.Plan, in.MaxRedemptions = "research", 7
			o := s.offer(in)
			coupon := must[stripeapi.Coupon](t)(s.stripe.Coupon(ctx, o.StripeCouponID))
			code := must[stripeapi.PromotionCode](t)(s.stripe.PromotionCode(ctx, o.StripePromotionID))
			if o.Code != "SPRING25" || coupon.PercentOff != 25 || coupon.Duration != "repeating" || coupon.DurationMonths != 3 || coupon.Name != "A quarter less" {
				t.Errorf("%+v %+v", o, coupon)
			}
			if code.Code != "SPRING25" || code.MaxRedemptions != 7 || !code.Active || o.MirroredVersion != o.Version {
				t.Errorf("%+v", code)
			}
		})
		t.Run("once for each code", func(t *testing.T) {
			_, err := s.office.MakeOffer(ctx, quarterOff("Spring25"))
			refused(t, err, "offer_exists")
		})
		t.Run("without anything at Stripe for free days", func(t *testing.T) {
			o := s.offer(billing.OfferInput{
				Code: "TRY14", Kind: billing.SignUp, Terms: billing.Terms{Gift: billing.FreeTrial, TrialDays: 14, Percent: 3, Months: 4},
				OfferChange: billing.OfferChange{Name: "Two weeks"},
			})
			if o.StripeCouponID != "" || o.MirroredVersion != o.Version || o.Percent != 0 || o.Months != 0 || o.Duration != billing.Once {
				t.Errorf("%+v", o)
			}
		})
		t.Run("with the same objects however often it is mirrored", func(t *testing.T) {
			o := s.offer(quarterOff("AGAIN"))
			s.ok(s.db.Tx(ctx, func(ctx context.Context) error {
				return s.db.Write(ctx).Exec("UPDATE offers SET mirrored_version = 0, stripe_coupon_id = '', stripe_promotion_id = ''").Error
			}))
			s.ok(s.office.MirrorOffers(ctx))
			again := must[*billing.Offer](t)(s.office.OfferByCode(ctx, "again"))
			if again.StripeCouponID != o.StripeCouponID || again.StripePromotionID != o.StripePromotionID {
				t.Errorf("%+v became %+v", o, again)
			}
		})
		t.Run("not by everybody", func(t *testing.T) {
			_, err := s.office.MakeOffer(t.Context(), quarterOff("NOBODY"))
			refused(t, err, "sign_in_required")
			_, err = s.office.ChangeOffer(t.Context(), "SPRING25", billing.OfferChange{Name: "x"})
			refused(t, err, "sign_in_required")
		})
		t.Run("not with nonsense", func(t *testing.T) {
			for field, bad := range map[string]func(*billing.OfferInput){
				"/code":            func(in *billing.OfferInput) { in.Code = "a b" },
				"/kind":            func(in *billing.OfferInput) { in.Kind = "x" },
				"/percent":         func(in *billing.OfferInput) { in.Percent = 101 },
				"/months":          func(in *billing.OfferInput) { in.Months = 37 },
				"/name":            func(in *billing.OfferInput) { in.Name = " " },
				"/duration":        func(in *billing.OfferInput) { in.Duration = "long" },
				"/gift":            func(in *billing.OfferInput) { in.Gift = "gold" },
				"/max_redemptions": func(in *billing.OfferInput) { in.MaxRedemptions = -1 },
				"/amount":          func(in *billing.OfferInput) { in.Gift, in.Amount, in.Currency = billing.AmountOff, 0, "eur" },
				"/trial_days":      func(in *billing.OfferInput) { in.Gift, in.TrialDays = billing.FreeTrial, 731 },
			} {
				in := quarterOff("BAD")
				bad(&in)
				_, err := s.office.MakeOffer(ctx, in)
				if !hasField(err, field) {
					t.Errorf("%s: %v", field, err)
				}
			}
			_, err := s.office.MakeOffer(ctx, billing.OfferInput{Code: "NOPLAN", Kind: billing.SignUp, Plan: "nowhere", Terms: quarterOff("").Terms, OfferChange: billing.OfferChange{Name: "x"}})
			refused(t, err, "plan_not_found")
		})
	})
}

func TestOffersEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		ctx := owner(t.Context())
		t.Run("by date", func(t *testing.T) {
			in := quarterOff("DATED")
			from, to := s.clock.Now().Add(time.Hour), s.clock.Now().Add(48*time.Hour)
			in.StartsAt, in.EndsAt = &from, &to
			s.offer(in)
			_, err := s.office.OfferByCode(ctx, "DATED")
			refused(t, err, "offer_not_started")
			s.pass(2 * time.Hour)
			must[*billing.Offer](t)(s.office.OfferByCode(ctx, "dated"))
			s.pass(48 * time.Hour)
			_, err = s.office.OfferByCode(ctx, "DATED")
			refused(t, err, "offer_expired")
		})
		t.Run("when they are archived, at Stripe too", func(t *testing.T) {
			o := s.offer(quarterOff("CLOSED"))
			must[*billing.Offer](t)(s.office.ChangeOffer(ctx, "closed", billing.OfferChange{Name: "Was good", Archived: true, Version: o.Version}))
			s.ok(s.office.MirrorOffers(ctx))
			_, err := s.office.OfferByCode(ctx, "CLOSED")
			refused(t, err, "offer_expired")
			if must[stripeapi.PromotionCode](t)(s.stripe.PromotionCode(ctx, o.StripePromotionID)).Active {
				t.Error("it can still be typed at Stripe")
			}
			if c := must[stripeapi.Coupon](t)(s.stripe.Coupon(ctx, o.StripeCouponID)); c.Name != "Was good" {
				t.Errorf("%+v", c)
			}
			_, err = s.office.ChangeOffer(ctx, "closed", billing.OfferChange{Name: "Late", Version: o.Version})
			refused(t, err, "offer_changed")
		})
		t.Run("later or sooner than was said, with a code that says so", func(t *testing.T) {
			o := s.offer(quarterOff("MOVED"))
			end := s.clock.Now().Add(24 * time.Hour)
			must[*billing.Offer](t)(s.office.ChangeOffer(ctx, "moved", billing.OfferChange{Name: "x", EndsAt: &end, MaxRedemptions: 3}))
			s.ok(s.office.MirrorOffers(ctx))
			now := must[*billing.Offer](t)(s.office.OfferByCode(ctx, "moved"))
			code := must[stripeapi.PromotionCode](t)(s.stripe.PromotionCode(ctx, now.StripePromotionID))
			if now.StripePromotionID == o.StripePromotionID || code.MaxRedemptions != 3 || !code.Expires.Equal(end.Truncate(time.Second)) {
				t.Errorf("%+v", code)
			}
		})
		t.Run("and those for staying have no address", func(t *testing.T) {
			s.offer(stay("STAY", billing.Terms{Gift: billing.PercentOff, Percent: 50, Duration: billing.Once}))
			_, err := s.office.OfferByCode(ctx, "STAY")
			refused(t, err, "offer_not_found")
			if _, found, err := s.stripe.FindPromotionCode(ctx, "STAY"); found || err != nil {
				t.Error("it can be typed at Stripe", err)
			}
		})
	})
}

func TestRetentionOffers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		half := billing.Terms{Gift: billing.PercentOff, Percent: 50, Duration: billing.Repeating, Months: 3}
		subscriber := func() (uuid.UUID, *billing.Subscription) {
			m := s.member()
			id := s.buy(m, goodCard)
			must[billing.Outcome](t)(s.office.Sync(t.Context(), id))
			return m, s.row(id)
		}
		as := func(m uuid.UUID) actor.Actor { return actor.Actor{Kind: actor.Member, ID: m} }

		t.Run("none is made up", func(t *testing.T) {
			m, sub := subscriber()
			if o := must[*billing.Offer](t)(s.office.RetentionOffer(owner(t.Context()), m, sub.ID)); o != nil {
				t.Errorf("%+v", o)
			}
		})
		s.offer(stay("STAY50", half))
		t.Run("a discount is given once, and keeps what was about to end", func(t *testing.T) {
			m, sub := subscriber()
			ctx := actor.With(t.Context(), as(m))
			must[*billing.Subscription](t)(s.office.Cancel(ctx, m, sub.ID, billing.Leaving{}))
			if o := must[*billing.Offer](t)(s.office.RetentionOffer(ctx, m, sub.ID)); o == nil || o.Code != "STAY50" {
				t.Fatalf("%+v", o)
			}
			must[*billing.Offer](t)(s.office.ApplyRetentionOffer(ctx, m, sub.ID, "stay50"))
			at := must[stripeapi.Subscription](t)(s.stripe.Subscription(ctx, sub.StripeID))
			if at.DiscountPercent != 50 || at.CancelAtPeriodEnd || s.row(sub.StripeID).CancelAtPeriodEnd {
				t.Errorf("%+v", at)
			}
			_, err := s.office.ApplyRetentionOffer(ctx, m, sub.ID, "STAY50")
			refused(t, err, "offer_taken")
			if o := must[*billing.Offer](t)(s.office.RetentionOffer(ctx, m, sub.ID)); o != nil {
				t.Error("offered again")
			}
			if n := s.number("SELECT COUNT(*) FROM journal WHERE verb = 'offer.taken'"); n != 1 {
				t.Errorf("%d rows in the journal", n)
			}
		})
		t.Run("not to somebody else", func(t *testing.T) {
			_, sub := subscriber()
			other := s.member()
			_, err := s.office.ApplyRetentionOffer(actor.With(t.Context(), as(other)), other, sub.ID, "STAY50")
			refused(t, err, "subscription_not_found")
			_, err = s.office.ApplyRetentionOffer(actor.With(t.Context(), as(other)), sub.Owner.ID, sub.ID, "STAY50")
			refused(t, err, "capability_missing")
		})
		t.Run("not a sign-up offer, and not one for another plan", func(t *testing.T) {
			m, sub := subscriber()
			s.offer(quarterOff("SIGNUP"))
			_, err := s.office.ApplyRetentionOffer(owner(t.Context()), m, sub.ID, "SIGNUP")
			refused(t, err, "offer_not_found")
			s.sell(billing.PlanInput{Slug: "other", Name: "Other", Prices: []billing.PriceInput{{Interval: billing.Monthly, Amount: 100, Currency: "eur"}}})
			in := stay("OTHER", half)
			in.Plan = "other"
			s.offer(in)
			_, err = s.office.ApplyRetentionOffer(owner(t.Context()), m, sub.ID, "OTHER")
			refused(t, err, "offer_other_plan")
			s.offer(stay("DOLLARS", billing.Terms{Gift: billing.AmountOff, Amount: 100, Currency: "usd", Duration: billing.Once}))
			_, err = s.office.ApplyRetentionOffer(owner(t.Context()), m, sub.ID, "DOLLARS")
			refused(t, err, "offer_other_currency")
		})
		t.Run("free days put the next bill off", func(t *testing.T) {
			m, sub := subscriber()
			s.offer(stay("MONTH", billing.Terms{Gift: billing.FreeTrial, TrialDays: 30}))
			must[*billing.Offer](t)(s.office.ApplyRetentionOffer(owner(t.Context()), m, sub.ID, "MONTH"))
			after := s.row(sub.StripeID)
			if want := sub.CurrentPeriodEnd.Add(30 * 24 * time.Hour); after.TrialEnd == nil || !after.TrialEnd.Equal(want) || !s.open(m) {
				t.Errorf("free until %v, want %v", after.TrialEnd, want)
			}
		})
		t.Run("once, also when the answer was lost", func(t *testing.T) {
			m, sub := subscriber()
			s.line.hook(nil, func(r *http.Request) {
				if r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, "/v1/subscriptions/") {
					panic(http.ErrAbortHandler)
				}
			})
			_, err := s.office.ApplyRetentionOffer(owner(t.Context()), m, sub.ID, "STAY50")
			refused(t, err, "stripe_unavailable")
			s.line.mend()
			must[*billing.Offer](t)(s.office.ApplyRetentionOffer(owner(t.Context()), m, sub.ID, "STAY50"))
			if n := s.number("SELECT COUNT(*) FROM redemptions WHERE owner_id = ? AND state = 'taken'", m); n != 1 {
				t.Errorf("%d places taken", n)
			}
		})
	})
}

// hasField tells whether a fault complains of a field.
func hasField(err error, path string) bool {
	f := fault.Of(err)
	return f != nil && slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Path == path })
}
