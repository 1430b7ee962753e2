package portal_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
)

// offers makes offers, at Stripe too.
func (s *stage) offers(all ...billing.OfferInput) {
	s.Helper()
	for _, in := range all {
		if _, err := s.office.MakeOffer(s.staff, in); err != nil {
			s.Fatal(err)
		}
	}
	if err := s.office.MirrorOffers(s.Context()); err != nil {
		s.Fatal(err)
	}
}

func lessOffer(code string) billing.OfferInput {
	return billing.OfferInput{
		Code: code, Kind: billing.SignUp, Terms: billing.Terms{Gift: billing.PercentOff, Percent: 50, Duration: billing.Repeating, Months: 3},
		OfferChange: billing.OfferChange{Name: "Half for a spring", Description: "Because it is spring."},
	}
}

// TestAnOffer is looked at, taken, and used up.
func TestAnOffer(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := shop(t, e)
		few := lessOffer("FEW")
		few.MaxRedemptions = 1
		past := lessOffer("PAST")
		end := s.now.Now().Add(time.Hour)
		past.EndsAt = &end
		coming := lessOffer("COMING")
		start := s.now.Now().Add(48 * time.Hour)
		coming.StartsAt = &start
		s.offers(lessOffer("SPRING"), few, past, coming, billing.OfferInput{
			Code: "STAY", Kind: billing.Retention, Terms: lessOffer("").Terms, OfferChange: billing.OfferChange{Name: "Stay"},
		})
		b := s.signedIn("jun@example.org")
		page := b.get("/offer/spring").is(200).has("Half for a spring", "50 percent less for 3 months", "Because it is spring.", "SPRING", "$49", "$24.50", "Take the offer").private()
		page.checkHTML()
		p := b.send("/checkout", "plan", "reader", "interval", "month", "currency", "usd", "offer", "SPRING")
		if payment := p.header.Get("Location"); p.status != 303 || !strings.HasPrefix(payment, b.wire.url) {
			t.Fatalf("%d to %q", p.status, payment)
		}
		b.get("/checkout?plan=reader&interval=month&offer=spring").is(200).has("$24.50", "50 percent less", "Instead of").checkHTML()
		back := s.payByCard(p.header.Get("Location"))
		b.get(back).has("Thank you, you are in")
		b.get("/offer/SPRING").is(200).has("You have a subscription already").lacks("Take the offer").checkHTML()

		other := s.signedIn("lena@example.org")
		if p := other.send("/checkout", "plan", "reader", "interval", "month", "offer", "few"); p.status != 303 || !strings.HasPrefix(p.header.Get("Location"), b.wire.url) {
			t.Fatalf("%d", p.status)
		}
		third := s.signedIn("kim@example.org")
		third.get("/offer/few").is(410).has("This offer is used up", "See the plans").checkHTML()
		third.send("/checkout", "plan", "reader", "interval", "month", "offer", "few").is(409).has("This offer is used up", "You can go on without it.", "$49").checkHTML()
		third.get("/offer/coming").is(200).has("has not begun yet").lacks("Take the offer").checkHTML()
		third.get("/offer/stay").is(404).has("There is no such offer").checkHTML()
		third.get("/offer/no%20such").is(404).has("There is no such offer").checkHTML()
		s.now.Advance(2 * time.Hour)
		third.get("/offer/past").is(410).has("This offer is over").lacks("Take the offer").checkHTML()
	})
}

// TestBuyingWithoutAnAccount pays first and logs in afterwards.
func TestBuyingWithoutAnAccount(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := shop(t, e)
		b := s.browser()
		p := b.send("/checkout", "order", "1", "plan", "reader", "interval", "month", "note", "twelve-weeks")
		payment := p.header.Get("Location")
		if p.status != 303 || !strings.HasPrefix(payment, b.wire.url) {
			t.Fatalf("%d to %q", p.status, payment)
		}
		p.private()
		back := s.payByCard(payment)
		b.get(back).is(200).has("Thank you, it is paid", "ada@example.org", "Read").lacks("Thank you, you are in").private().checkHTML()
		b.get("/notes/twelve-weeks").lacks(secrets...) // paying signs nobody in
		s.browser().get(back).goesTo("/sign-in?next=" + url.QueryEscape(back))
		reader := s.signedIn("ada@example.org")
		reader.get("/notes/twelve-weeks").has(secrets...)
		reader.get(back).has("Thank you, you are in")

		if _, err := s.office.ChangeSelling(s.staff, func(x *billing.Selling) { x.AccountFirst = true }); err != nil {
			t.Fatal(err)
		}
		order := "/checkout?interval=month&plan=reader"
		s.browser().get(order).goesTo("/sign-in?next=" + url.QueryEscape(order))
	})
}

// TestSeatsTermsAndCurrencies shows what plans are sold by.
func TestSeatsTermsAndCurrencies(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := shop(t, e)
		bands := []billing.Band{{UpTo: 10, Unit: 5000}, {Unit: 4000}}
		ok(s.office.PutPlan(s.staff, billing.PlanInput{
			Slug: "team", Name: "Team", Visible: true, Seats: billing.Seats{Kind: billing.SeatsByQuantity, From: 3, To: 40},
			Prices: []billing.PriceInput{
				{Interval: billing.Monthly, Currency: "usd", Bands: bands}, {Interval: billing.Monthly, Currency: "eur", Bands: bands},
				{Interval: billing.PaidOnce, Months: 6, Amount: 20000, Currency: "usd"},
			},
		}))
		if err := s.office.MirrorPlans(t.Context()); err != nil {
			t.Fatal(err)
		}
		b := s.signedIn("jun@example.org")
		b.get("/plans?currency=usd").has("$150", "For 3 seats, and for more", "Or pay $600 once, for 6 months", `aria-current="true"`).checkHTML()
		b.get("/plans?currency=eur").has("€150").lacks("$150").checkHTML()
		order := "/checkout?currency=usd&interval=month&plan=team"
		b.send("/checkout", "plan", "team", "interval", "month", "currency", "usd").goesTo(order)
		b.get(order).is(200).has(`name="quantity"`, `min="3" max="40"`, "up to 10", "$40").checkHTML()
		b.send("/checkout", "order", "1", "plan", "team", "interval", "month", "currency", "usd", "quantity", "99").is(422).has("not sold for this number of seats").checkHTML()
		p := b.send("/checkout", "order", "1", "plan", "team", "interval", "once", "months", "6", "currency", "usd", "quantity", "4")
		back := s.payByCard(p.header.Get("Location"))
		b.get(back).is(200).has("Thank you, you are in", "Team is open until").checkHTML()
	})
}
