package identity_test

import (
	"fmt"
	"testing"
	"time"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func (b *bundle) askFrom(email, client string) error {
	_, err := b.s.StartSignIn(b.Context(), identity.StartSignIn{Email: email, Client: client, Surface: "portal"})
	return err
}

// Five from one place, so that nobody is kept out by somebody elsewhere, and
// twenty in all.
func TestAnAddressGetsFiveMailsAnHour(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for range 5 {
			if err := b.askFrom("Ada@reader.example", "192.0.2.77"); err != nil {
				t.Fatal(err)
			}
			b.clock.Advance(time.Minute)
		}
		err := b.askFrom("ada@READER.example", "192.0.2.77")
		wants(t, err, "too_many_attempts")
		if got := fault.Of(err).RetryAfter; got < 55*time.Minute || got > 55*time.Minute+time.Second {
			t.Errorf("retry after %v", got)
		}
		if b.count("sign_in_tokens") != 5 || b.count("river_job") != 5 {
			t.Error("the refused request left something")
		}
		if err := b.askFrom("bo@reader.example", "192.0.2.77"); err != nil {
			t.Error("somebody else is refused:", err)
		}
		for i := range 15 {
			if err := b.askFrom("ada@reader.example", fmt.Sprint("198.51.100.", i)); err != nil {
				t.Error("they are refused elsewhere:", err)
			}
		}
		wants(t, b.askFrom("ada@reader.example", "198.51.100.99"), "too_many_attempts")
		b.clock.Advance(55 * time.Minute)
		if err := b.askFrom("ada@reader.example", "192.0.2.77"); err != nil {
			t.Error("an hour later:", err)
		}
	})
}

func TestAClientGetsThirtyMailsAnHour(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for i := range 30 {
			// One IPv6 customer has a whole /64 to himself.
			if err := b.askFrom(fmt.Sprint("a", i, "@reader.example"), fmt.Sprint("2001:db8:1:2::", i)); err != nil {
				t.Fatal(err)
			}
		}
		wants(t, b.askFrom("b@reader.example", "2001:db8:1:2:ffff::1"), "too_many_attempts")
		if err := b.askFrom("b@reader.example", "2001:db8:1:3::1"); err != nil {
			t.Error("the neighbour is refused:", err)
		}
		b.clock.Advance(time.Hour)
		if err := b.askFrom("c@reader.example", "2001:db8:1:2::1"); err != nil {
			t.Error("an hour later:", err)
		}
	})
}

func TestLimitsHoldForManyAtOnceOnManyNodes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		o := e.Options(t)
		b := &bundle{T: t, engine: e, clock: clock.NewManual(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)), post: &post{}}
		b.db = e.Reopen(t, o, b.clock)
		nodes := []*identity.Service{b.service(b.db), b.service(e.Reopen(t, o, b.clock))}
		good, bad := atOnce(16, func(i int) (identity.SignInStarted, error) {
			return nodes[i%2].StartSignIn(t.Context(), identity.StartSignIn{Email: "ada@reader.example", Client: "192.0.2.1", Surface: "portal"})
		})
		if len(good) != 5 || b.count("sign_in_tokens") != 5 {
			t.Errorf("%d were let through", len(good))
		}
		for _, err := range bad {
			wants(t, err, "too_many_attempts")
		}
	})
}

// Attempts that wait for each other are counted with the time they began at,
// so a later one may come with an earlier time.
func TestAnAttemptWithAnEarlierTimeIsNotRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for i := range 3 {
			b.clock.Advance(-time.Millisecond)
			if err := b.askFrom(fmt.Sprint("a", i, "@reader.example"), "192.0.2.1"); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestPausesGrowAndEnd(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	got := ""
	for _, n := range []int64{4, 5, 6, 10, 14, 15, 100, 1 << 40} {
		pair, _ := b.s.PauseAfter(n)
		got += fmt.Sprint(pair, " ")
	}
	if want := "0 1 2 32 512 900 900 900 "; got != want {
		t.Errorf("by pair %q, want %q", got, want)
	}
	got = ""
	for _, n := range []int64{19, 20, 24, 25, 1000} {
		_, account := b.s.PauseAfter(n)
		got += fmt.Sprint(account, " ")
	}
	if want := "0 1 16 30 30 "; got != want {
		t.Errorf("by account %q, want %q", got, want)
	}
}

func TestNetworks(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"192.0.2.1": "192.0.2.1", "::ffff:192.0.2.1": "192.0.2.1", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
		"fe80::1%eth0": "fe80::/64", "": "", "unix": "unix",
	} {
		if got := identity.Network(address); got != want {
			t.Errorf("%q counts as %q, want %q", address, got, want)
		}
	}
}

func TestPurge(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		in := b.signIn("ada@reader.example")
		b.ask("bo@reader.example")
		if err := b.s.PurgeNow(t.Context()); err != nil {
			t.Fatal(err)
		}
		if b.count("sign_in_tokens") != 1 || b.count("sessions") != 1 || b.count("attempts") == 0 {
			t.Error("something alive was purged")
		}
		if err := b.s.SignOut(t.Context(), in.Token); err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(time.Hour)
		if err := b.s.PurgeNow(t.Context()); err != nil {
			t.Fatal(err)
		}
		if b.count("sign_in_tokens")+b.count("attempts") != 0 || b.count("sessions") != 1 {
			t.Errorf("%d requests, %d counters, %d sessions", b.count("sign_in_tokens"), b.count("attempts"), b.count("sessions"))
		}
		b.clock.Advance(30 * 24 * time.Hour)
		if err := b.s.PurgeNow(t.Context()); err != nil || b.count("sessions") != 0 {
			t.Errorf("%v, %d sessions", err, b.count("sessions"))
		}
	})
}
