package identity_test

import (
	"testing"
	"time"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
)

// TestTheDeviceNotUsedForLongestMakesRoom, and whoever comes back with it is
// told why.
func TestTheDeviceNotUsedForLongestMakesRoom(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		const ada = "ada@reader.example"
		open := func(in identity.SignedIn, want string) {
			t.Helper()
			if _, err := b.s.Resolve(t.Context(), in.Token); want != "" || err != nil {
				wants(t, err, want)
			}
		}
		signIn := func(email string) identity.SignedIn {
			b.clock.Advance(20 * time.Minute)
			return b.signIn(email)
		}
		first, second, other := signIn(ada), signIn(ada), signIn("eve@reader.example")
		third := signIn(ada)
		open(first, "") // used after the second, which is the oldest in use now
		open(third, "")
		b.most.Store(3)
		b.clock.Advance(20 * time.Minute)
		open(first, "")
		fourth := signIn(ada)
		open(second, "session_crowded_out")
		open(second, "session_crowded_out")
		for _, in := range []identity.SignedIn{first, third, fourth, other} {
			open(in, "")
		}
		if list, err := b.s.Sessions(b.as(first), actor.Member, first.Session.SubjectID); err != nil || len(list) != 3 {
			t.Error(list, err)
		}
		// One device: every sign-in ends the one before. Who signed out is told
		// nothing but that.
		b.most.Store(1)
		last := signIn(ada)
		for _, in := range []identity.SignedIn{first, third, fourth} {
			open(in, "session_crowded_out")
		}
		if err := b.s.SignOut(t.Context(), last.Token); err != nil {
			t.Error(err)
		}
		open(last, "session_invalid")
		open(other, "")
	})
}

// TestASessionKnowsRoughlyWhereItBegan, and no more than that.
func TestASessionKnowsRoughlyWhereItBegan(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for client, want := range map[string]string{
			"203.0.113.77": "203.0.113.0/24", "::ffff:203.0.113.77": "203.0.113.0/24", "2001:db8:12:3456::1": "2001:db8:12::/48", "fe80::1%eth0": "fe80::/48", "": "", "nonsense": "",
		} {
			a := b.ask("ada@reader.example")
			in, err := b.s.SpendCode(t.Context(), identity.SpendCode{Browser: a.browser, Code: a.code, Visit: identity.Visit{Client: client, Surface: "portal"}})
			if err != nil {
				t.Fatal(err)
			}
			if list, err := b.s.Sessions(b.as(in), actor.Member, in.Session.SubjectID); err != nil || list[0].Network != want {
				t.Errorf("%q: %q (%v)", client, list[0].Network, err)
			}
			if _, err := b.s.SignOutEverywhere(b.as(in), actor.Member, in.Session.SubjectID); err != nil {
				t.Error(err)
			}
			b.clock.Advance(time.Hour)
		}
	})
}
