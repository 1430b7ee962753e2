package portal_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

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
		b.get("/account").is(200).has("jun@example.org", "Reader", "$49 a month", "Visa ending in 4242", "$49 on 31 August 2026", "Active", "Paid", "This device", "Change card or plan").
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

// TestTheAccountOfAFreeMember has a name, a plan to choose and devices.
func TestTheAccountOfAFreeMember(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.signedIn("lena@example.org")
		b.get("/account").is(200).has("You have a free account.", "There are no bills.", "See plans").lacks("does not answer").checkHTML()
		b.send("/account/name", "name", " Lena  Fischer ").goesTo("/account?notice=renamed")
		b.get("/account?notice=renamed").has(`value="Lena Fischer"`, "Your name has been changed.").checkHTML()
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
