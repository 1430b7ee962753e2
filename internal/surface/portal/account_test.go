package portal_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
)

// TestTheAccountOfASubscriber looks at it, cancels, keeps, and cancels again.
func TestTheAccountOfASubscriber(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := shop(t, e)
		b := s.signedIn("jun@example.org")
		b.get(s.payByCard(b.buys("reader", "month", ""))).is(200)
		b.get("/account").is(200).has("jun@example.org", "Reader", "$49 a month", "Visa ending in 4242", "$49 on 31 August 2026", "Active", "Paid", "This device", "Change card", "Change plan").
			private().checkHTML()

		sub := b.subscription()
		b.get("/account/cancel?subscription="+sub).is(200).has("Cancel Reader?", "until 31 August 2026", sub).private().checkHTML()
		b.get("/account").has("Active")
		eve := s.signedIn("eve@example.org")
		eve.send("/account/cancel", "subscription", sub).is(404)
		eve.send("/account/keep", "subscription", sub).is(404)
		eve.get("/account/cancel?subscription=" + sub).goesTo("/account")

		b.send("/account/cancel", "subscription", sub).goesTo("/account?notice=canceled")
		b.get("/account?notice=canceled").has("Your subscription is cancelled.", "Cancelled", "Ends", "31 August 2026", "Keep it after all").lacks("Next payment", "Cancel the subscription").checkHTML()
		b.get("/notes/twelve-weeks").has(secrets...)
		b.get("/account/cancel").goesTo("/account")
		b.send("/account/keep", "subscription", sub).goesTo("/account?notice=kept")
		b.get("/account").has("Active", "Next payment")
		b.send("/account/cancel", "subscription", "nonsense").is(404)
		b.send("/account/cancel").is(404)

		p := b.send("/account/billing")
		if p.status != 303 || !strings.HasPrefix(p.header.Get("Location"), s.wire.url) {
			t.Errorf("%d to %q", p.status, p.header.Get("Location"))
		}
		eve.send("/account/billing").is(404)

		if err := s.office.EndAll(actor.With(t.Context(), actor.Machine("test")), b.member); err != nil {
			t.Fatal(err)
		}
		b.get("/account").has("You have no subscription at the moment.", "Before", "Ended").checkHTML()
		b.get("/notes/twelve-weeks").has("Your subscription has ended").lacks(secrets...)
	})
}

var (
	atField  = regexp.MustCompile(`name="at" value="([0-9]+)"`)
	dueField = regexp.MustCompile(`name="due" value="([0-9]+)"`)
)

func (p *page) field(re *regexp.Regexp) string {
	p.t.Helper()
	m := re.FindStringSubmatch(p.body)
	if m == nil {
		p.t.Fatalf("no %s in %s", re, p.body)
	}
	return m[1]
}

// TestChangingThePlan sees the amount, confirms it, and is refused when the
// form says another one.
func TestChangingThePlan(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := shop(t, e)
		b := s.signedIn("jun@example.org")
		b.get(s.payByCard(b.buys("reader", "month", ""))).is(200)
		sub, eve := b.subscription(), s.signedIn("eve@example.org")
		b.get("/account/change?subscription="+sub).is(200).has("Yours now", "$49 a month", "$490 a year", "See what it costs").private().checkHTML()
		ask := "/account/change/preview?subscription=" + sub + "&choice="
		b.get(ask + "reader:month").is(200).has("That is what you have").checkHTML()
		p := b.get(ask+"reader:year").is(200).has("Charged now", "$441", "Change and pay $441", "Unused time on 1 × Reader", "$490 a year on 31 July 2027").private().checkHTML()
		b.get(ask + "nothing:year").is(404)
		b.get(ask + "reader:week").is(422).has("not sold by this interval").checkHTML()
		at, due := p.field(atField), p.field(dueField)
		send := func(b *browser, at, due string) *page {
			return b.send("/account/change", "subscription", sub, "choice", "reader:year", "quantity", "1", "at", at, "due", due)
		}
		for _, path := range []string{"/account/change?subscription=" + sub, ask + "reader:year"} {
			eve.get(path).is(404)
		}
		send(eve, at, due).is(404)
		send(b, at, "1").is(409).has("The amount has changed.", "$441").checkHTML()
		send(b, "12", due).is(409).has("Some time has passed.").checkHTML()
		send(b, "nonsense", "nonsense").is(409)
		for range 2 {
			send(b, at, due).goesTo("/account?notice=changed")
		}
		b.get("/account?notice=changed").has("Your subscription is changed.", "$490 a year", "31 July 2027").checkHTML()
	})
}

// TestLeavingPausingAndStaying says why, is offered something, and comes back.
func TestLeavingPausingAndStaying(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := shop(t, e)
		b := s.signedIn("jun@example.org")
		b.get(s.payByCard(b.buys("reader", "month", ""))).is(200)
		sub, eve := b.subscription(), s.signedIn("eve@example.org")
		b.get("/account").lacks("Pause payments")
		b.get("/account/pause?subscription=" + sub).goesTo("/account?notice=cannot_pause")
		b.send("/account/pause", "subscription", sub, "months", "1").goesTo("/account?notice=cannot_pause")
		ok(s.office.ChangePolicy(s.staff, func(p *billing.Policy) { p.PauseMonths = 2 }))
		b.get("/account").has("Pause payments")
		b.get("/account/pause?subscription="+sub).is(200).has("You have paid until 31 August 2026", "2 months").lacks("3 months").private().checkHTML()
		eve.get("/account/pause?subscription=" + sub).is(404)
		eve.send("/account/pause", "subscription", sub, "months", "1").is(404)
		b.send("/account/pause", "subscription", sub, "months", "9").goesTo("/account?notice=cannot_pause")
		b.send("/account/pause", "subscription", sub, "months", "1").goesTo("/account?notice=paused")
		b.get("/account?notice=paused").has("Payments paused", "Your payments are paused until", "$49, before tax and discounts, on 30 September 2026", "End the pause").checkHTML()
		b.get("/notes/twelve-weeks").has(secrets...)
		b.send("/account/keep", "subscription", sub).goesTo("/account?notice=kept")
		b.get("/account").has("Active").lacks("paused")

		b.get("/account/cancel").has("Why do you leave?", "It costs too much", "Pause payments instead").lacks("Before you go").checkHTML()
		b.send("/account/cancel", "subscription", sub, "reason", "spite").is(422).checkHTML()
		ok(s.office.MakeOffer(s.staff, billing.OfferInput{
			Code: "STAY", Kind: billing.Retention, OfferChange: billing.OfferChange{Name: "Stay", Description: "We would be sorry."},
			Terms: billing.Terms{Gift: billing.PercentOff, Percent: 50, Duration: billing.Repeating, Months: 3},
		}))
		if err := s.office.MirrorOffers(s.staff); err != nil {
			t.Fatal(err)
		}
		b.get("/account/cancel").has("Before you go: 50 percent less for 3 months", "We would be sorry.", "Take it and stay").checkHTML()
		b.send("/account/cancel", "subscription", sub, "reason", "price", "comment", "Too dear").goesTo("/account?notice=canceled")
		why := ok(s.office.Cancellations(s.staff, b.member))
		if len(why) != 1 || why[0].Reason != billing.ReasonPrice || why[0].Comment != "Too dear" {
			t.Errorf("%+v", why)
		}
		eve.send("/account/stay", "subscription", sub, "offer", "STAY").is(404)
		b.send("/account/stay", "subscription", sub, "offer", "STAY").goesTo("/account?notice=stayed")
		b.get("/account?notice=stayed").has("Thank you for staying.", "Active", "$24.50 on 31 August 2026")
		b.send("/account/stay", "subscription", sub, "offer", "STAY").goesTo("/account?notice=offer_gone")
	})
}

// TestAFailedPaymentIsToldEverywhere until it is mended.
func TestAFailedPaymentIsToldEverywhere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := shop(t, e)
		b := s.signedIn("jun@example.org")
		b.get(s.pay(b.buys("reader", "month", ""), url.Values{"method": {"card"}, "number": {"4000000000000341"}, "expiry": {"12/34"}, "cvc": {"123"}})).is(200)
		b.get("/").lacks("did not go through")
		for _, d := range []time.Duration{31 * 24 * time.Hour, 2 * time.Hour} {
			s.now.Advance(d)
			if err := s.local.Settle(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		mine := ok(s.office.Holdings(s.staff, b.member))[0]
		ok(s.office.Sync(s.staff, mine.StripeID))
		b.get("/").is(200).has("Your last payment did not go through. You can read on until 14 September 2026.", "See what to do").private().checkHTML()
		b.get("/notes/twelve-weeks").has("See what to do").has(secrets...)
		b.get("/account").has("Payment failed", "$49 is open.", "Pay the bill", ">Pay</a>").lacks("See what to do", "Change plan").checkHTML()
		s.signedIn("eve@example.org").get("/").lacks("did not go through")
		s.now.Advance(15 * 24 * time.Hour)
		b.get("/").has("your access has ended.")
	})
}

// TestTheAccountOfAFreeMember has a name, a plan to choose and devices.
func TestTheAccountOfAFreeMember(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.signedIn("lena@example.org")
		b.get("/account").is(200).has("You have a free account.", "There are no bills.", "See plans").lacks("does not answer").checkHTML()
		b.send("/account/name", "name", " Lena  Fischer ").goesTo("/account?notice=renamed")
		b.get("/account?notice=renamed").has(`value="Lena Fischer"`, "Your profile has been changed.").checkHTML()
		b.send("/account/name", "name", strings.Repeat("x", 101)).is(422).has("At most 100 characters.", strings.Repeat("x", 101)).checkHTML()
		b.get("/account").has(`value="Lena Fischer"`)
		b.get("/account?notice=<b>hacked</b>").is(200).lacks("hacked")
	})
}

// TestDevices signs out one, somebody else's, and all.
func TestDevices(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		first := s.signedIn("lena@example.org")
		second, third := first.another(), first.another()
		eve := s.signedIn("eve@example.org")
		sessions := ok(s.ids.Sessions(s.staff, actor.Member, first.member))
		if len(sessions) != 3 {
			t.Fatalf("%d sessions", len(sessions))
		}
		p := first.get("/account").is(200).has("Log out everywhere").checkHTML()
		if strings.Count(p.body, "This device") != 1 || strings.Count(p.body, "/account/sessions/end\"") != 2 {
			t.Error("the list of devices is wrong")
		}
		for _, x := range sessions {
			eve.send("/account/sessions/end", "session", x.ID.String()).is(404)
		}
		eve.send("/account/sessions/end", "session", "nonsense").is(404)
		eve.send("/account/sessions/end", "session", uuid.NewString()).is(404)
		third.get("/account").is(200)

		secondID := s.sessionOf(second)
		first.send("/account/sessions/end", "session", secondID).goesTo("/account?notice=signed_out")
		second.get("/account").is(303)
		third.send("/account/sessions/end", "session", s.sessionOf(third)).goesTo("/")
		third.get("/account").is(303)

		fourth := first.another()
		first.send("/account/sessions/end-all").goesTo("/sign-in")
		first.get("/account").is(303)
		fourth.get("/account").is(303)
		eve.get("/account").is(200)
		first.send("/account/sessions/end-all").is(303)
		first.send("/sign-out").goesTo("/")
	})
}

func (s *stage) sessionOf(b *browser) string {
	s.Helper()
	return ok(s.ids.Resolve(s.Context(), b.token())).ID.String()
}

// TestAMemberGoesOrStays looks at every page on the way out, and back.
func TestAMemberGoesOrStays(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		b := s.signedIn("lena@example.org")
		b.get("/account/leave").is(200).has("We wait a week", "lena@example.org").lacks("You have paid until").private().checkHTML()
		b.send("/account/leave", "ending", "now").is(422).has("Please say that you are sure.").checkHTML()
		b.send("/account/leave", "ending", "now", "sure", "yes").goesTo("/account?notice=leaving")
		b.get("/account?notice=leaving").has("Your account will be deleted on 7 August 2026.", "Keep my account").lacks(">Delete my account<").checkHTML()
		b.send("/account/keep-account").goesTo("/account?notice=stays")
		b.send("/account/keep-account").goesTo("/account?notice=not_leaving")
		b.get("/account?notice=not_leaving").has("Your account is not about to be deleted.")
		b.get("/account?notice=stays").has("Your account stays.", ">Delete my account<").lacks("will be deleted on")
		b.send("/account/email", "email", "nonsense").is(422).has("does not look like an e-mail address").checkHTML()
		b.send("/account/email", "email", "new@example.org").goesTo("/account?notice=email_asked#profile")
		b.get("/account").has("We have written to new@example.org.").checkHTML()
		for _, path := range []string{"/account/email/nonsense", "/account/leave/nonsense"} {
			b.get(path).is(410).has("This link is no longer good").private().checkHTML()
		}
		b.get("/account/data").is(200).has(b.member.String()).private()
	})
}
