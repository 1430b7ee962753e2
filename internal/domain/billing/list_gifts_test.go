package billing_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
)

func TestTheDeskSeesPresentsAndNotTheirCodes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.sell()
		s.rules(func(r *billing.SalesRules) { r.Gifts, r.GiftKeeps = true, 1 })
		_, _, err := s.office.Presents(t.Context(), "", uuid.Nil, 10)
		refused(t, err, "sign_in_required")

		late, bo := s.member(), s.member()
		s.gift(late)
		s.ok(s.office.DeliverGifts(t.Context()))
		s.clock.Advance(32 * day) // too late for the first
		waits, sent, taken, back := s.member(), s.member(), s.member(), s.member()
		s.gift(waits, func(in *billing.GiftInput) { in.DeliverAt = s.clock.Now().Add(9 * day) })
		s.gift(sent)
		s.gift(taken)
		invoice := s.gift(back)
		s.ok(s.office.DeliverGifts(t.Context()))
		must[*billing.Term](t)(s.office.RedeemGift(t.Context(), s.codeOf(taken), bo))
		s.ok(billing.SaleRefunded(s.office, t.Context(), invoice))
		must[string](t)(s.office.BuyGift(t.Context(), billing.GiftInput{Giver: bo, GiverName: "Bo", PlanSlug: "research", Months: 3, Recipient: "x@example.com"})) // not paid

		all := map[uuid.UUID]billing.SoldPresent{}
		for below := uuid.Nil; ; {
			page, more, err := s.office.Presents(owner(t.Context()), "", below, 2)
			s.ok(err)
			for _, g := range page {
				all[g.GiverID], below = g, g.ID
			}
			if !more {
				break
			}
		}
		for giver, want := range map[uuid.UUID]billing.GiftState{
			late: billing.GiftExpired, waits: billing.GiftPaid, sent: billing.GiftDelivered, taken: billing.GiftRedeemed, back: billing.GiftRevoked,
		} {
			g := all[giver]
			if g.Standing != want || g.Amount != 14700 || g.Currency != "eur" || g.Plan.Slug != "research" || (g.RefundedAt != nil) != (giver == back) {
				t.Errorf("want %s: %+v", want, g)
			}
			code := s.codeOf(giver)
			if g.CodeBegins != code[:4] || strings.Contains(fmt.Sprintf("%+v %+v", g, *g.Present), code[5:9]) {
				t.Errorf("%q of %q", g.CodeBegins, code)
			}
			only, more, err := s.office.Presents(owner(t.Context()), want, uuid.Nil, 10)
			s.ok(err)
			if len(only) != 1 || more || only[0].GiverID != giver {
				t.Errorf("%s: %+v", want, only)
			}
		}
		if len(all) != 5 {
			t.Errorf("%d presents", len(all))
		}
	})
}

// TestAPresentCostsWhatItsTermCosts: once for the term where it is sold so, a
// year by the year, anything else by the month, and never nothing.
func TestAPresentCostsWhatItsTermCosts(t *testing.T) {
	t.Parallel()
	month, year := billing.Price{Interval: billing.Monthly, Amount: 4900, Currency: "eur"}, billing.Price{Interval: billing.Yearly, Amount: 49000, Currency: "eur"}
	half := billing.Price{Interval: billing.PaidOnce, Months: 6, Amount: 20000, Currency: "eur"}
	bands := billing.Price{Interval: billing.Monthly, Bands: []billing.Band{{UpTo: 10, Unit: 5000}, {Unit: 3000}}, Currency: "eur"}
	for name, c := range map[string]struct {
		prices []billing.Price
		months int
		want   int64
	}{
		"by the month": {[]billing.Price{month, year, half}, 3, 14700}, "by the year": {[]billing.Price{month, year, half}, 24, 98000},
		"once for the term": {[]billing.Price{month, year, half}, 6, 20000}, "another term": {[]billing.Price{month, half}, 12, 58800},
		"once only": {[]billing.Price{half}, 6, 20000}, "not sold so": {[]billing.Price{half}, 3, 0}, "by bands": {[]billing.Price{bands}, 3, 15000},
		"for nothing": {[]billing.Price{{Interval: billing.Monthly, Currency: "eur"}}, 3, 0},
	} {
		amount, currency, ok := billing.GiftPrice(&billing.Plan{Prices: c.prices}, c.months)
		if amount != c.want || ok != (c.want > 0) || ok && currency != "eur" {
			t.Errorf("%s: %d %s %v, want %d", name, amount, currency, ok, c.want)
		}
	}
}
