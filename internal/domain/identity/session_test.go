package identity_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

func TestSessionsEndAtTheNextRequest(t *testing.T) {
	t.Parallel()
	endings := map[string]func(*bundle, identity.SignedIn) error{
		"signed out": func(b *bundle, in identity.SignedIn) error { return b.s.SignOut(b.Context(), in.Token) },
		"ended from the list": func(b *bundle, in identity.SignedIn) error {
			return b.s.EndSession(b.as(in), in.Session.ID)
		},
		"signed out everywhere": func(b *bundle, in identity.SignedIn) error {
			_, err := b.s.SignOutEverywhere(b.as(in), actor.Member, in.Session.SubjectID)
			return err
		},
		"deleted": func(b *bundle, in identity.SignedIn) error {
			return b.s.DeleteMember(b.machine(), in.Session.SubjectID)
		},
		"expired": func(b *bundle, _ identity.SignedIn) error { b.clock.Advance(60 * 24 * time.Hour); return nil },
	}
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for name, end := range endings {
			in := b.signIn(strings.ReplaceAll(name, " ", ".") + "@reader.example")
			if _, err := b.s.Resolve(t.Context(), in.Token); err != nil {
				t.Fatal(name, err)
			}
			if err := end(b, in); err != nil {
				t.Fatal(name, err)
			}
			_, err := b.s.Resolve(t.Context(), in.Token)
			wants(t, err, "session_invalid")
		}
	})
}

// TestASessionThatAnotherServerEndsHasEnded: at the next request on Postgres,
// and soon on SQLite, to whose file only commands write beside the server.
func TestASessionThatAnotherServerEndsHasEnded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		options := e.Options(t)
		b.db = e.Reopen(t, options, b.clock)
		b.s = b.service(b.db)
		there := b.service(e.Reopen(t, options, b.clock))
		in := b.signIn("ada@reader.example")
		for range 3 {
			if _, err := b.s.Resolve(t.Context(), in.Token); err != nil {
				t.Fatal(err)
			}
		}
		if err := there.SignOut(t.Context(), in.Token); err != nil {
			t.Fatal(err)
		}
		_, err := b.s.Resolve(t.Context(), in.Token)
		for deadline := time.Now().Add(5 * time.Second); e.Name == db.SQLite && err == nil && time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
			_, err = b.s.Resolve(t.Context(), in.Token)
		}
		wants(t, err, "session_invalid")
	})
}

func TestOnlyTheTokenOpensASession(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	in := b.signIn("ada@reader.example")
	for _, token := range []string{"", in.Token[:42], in.Token + "A", strings.ToLower(in.Token), in.Session.ID.String(), strings.Repeat("A", 43), strings.Repeat("\x00", 43), string(in.Session.TokenHash)} {
		_, err := b.s.Resolve(t.Context(), token)
		wants(t, err, "session_invalid")
		if err := b.s.SignOut(t.Context(), token); err != nil {
			t.Error(err)
		}
	}
	if _, err := b.s.Resolve(t.Context(), in.Token); err != nil {
		t.Error(err)
	}
}

func TestMemberSessionsSlide(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		in := b.signIn("ada@reader.example") // a quarter of an hour ago
		s, err := b.s.Resolve(t.Context(), in.Token)
		if err != nil || !s.Renewed || !s.ExpiresAt.Equal(b.clock.Now().Add(60*24*time.Hour)) {
			t.Fatalf("%+v, %v", s, err)
		}
		for range 4 {
			b.clock.Advance(59 * 24 * time.Hour)
			if _, err := b.s.Resolve(t.Context(), in.Token); err != nil {
				t.Fatal(err)
			}
		}
		b.clock.Advance(60 * 24 * time.Hour)
		_, err = b.s.Resolve(t.Context(), in.Token)
		wants(t, err, "session_invalid")
	})
}

func TestLastSeenIsWrittenOnceInAQuarterOfAnHour(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		in := b.signIn("ada@reader.example")
		seen := func() time.Time {
			list, err := b.s.Sessions(b.as(in), actor.Member, in.Session.SubjectID)
			if err != nil || len(list) != 1 {
				t.Fatal(list, err)
			}
			return list[0].LastSeenAt
		}
		if _, err := b.s.Resolve(t.Context(), in.Token); err != nil {
			t.Fatal(err)
		}
		first := seen()
		if !first.Equal(b.clock.Now()) {
			t.Errorf("seen at %v", first)
		}
		b.clock.Advance(15*time.Minute - time.Microsecond)
		s, err := b.s.Resolve(t.Context(), in.Token)
		if err != nil || s.Renewed || !seen().Equal(first) {
			t.Errorf("written too soon: %v, %v", seen(), err)
		}
		b.clock.Advance(time.Microsecond)
		good, _ := atOnce(4, func(int) (identity.Session, error) { return b.s.Resolve(t.Context(), in.Token) })
		if len(good) != 4 || !seen().Equal(b.clock.Now()) {
			t.Errorf("%d resolved, seen at %v", len(good), seen())
		}
	})
}

func TestStaffSessionsEndAfterADayWithoutUseAndAfterAWeek(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("grace@firm.example", identity.Owner)
		idle, used := b.signInStaff("grace@firm.example"), b.signInStaff("grace@firm.example")
		for hours := 11; hours < 7*24; hours += 11 {
			b.clock.Advance(11 * time.Hour)
			if _, err := b.s.Resolve(t.Context(), used.Token); err != nil {
				t.Fatalf("after %d hours: %v", hours, err)
			}
			if hours >= 12 {
				_, err := b.s.Resolve(t.Context(), idle.Token)
				wants(t, err, "session_invalid")
			}
		}
		b.clock.Set(used.Session.CreatedAt.Add(7 * 24 * time.Hour))
		_, err := b.s.Resolve(t.Context(), used.Token)
		wants(t, err, "session_invalid")
	})
}

func TestActors(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	member := b.signIn("ada@reader.example")
	want := actor.Actor{Kind: actor.Member, ID: member.Session.SubjectID, Session: member.Session.ID}
	if d := cmp.Diff(want, member.Session.Actor()); d != "" {
		t.Error(d)
	}
	b.hire("grace@firm.example", identity.Analyst)
	staff := b.signInStaff("grace@firm.example")
	s, err := b.s.Resolve(t.Context(), staff.Token)
	if err != nil {
		t.Fatal(err)
	}
	want = actor.Actor{
		Kind: actor.Staff, ID: s.SubjectID, Session: s.ID, Name: "Grace analyst",
		Capabilities: []actor.Capability{actor.NotesRead, actor.NotesWrite, actor.MediaWrite},
	}
	if d := cmp.Diff(want, s.Actor()); d != "" {
		t.Error(d)
	}
}

func TestPeopleSeeAndEndTheirOwnSessions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		one, two, bo := b.signIn("ada@reader.example"), b.signIn("ada@reader.example"), b.signIn("bo@reader.example")
		list, err := b.s.Sessions(b.as(one), actor.Member, one.Session.SubjectID)
		if err != nil || len(list) != 2 || list[0].ID != two.Session.ID || list[0].UserAgent != "Firefox on Linux" {
			t.Errorf("%+v, %v", list, err)
		}
		_, err = b.s.Sessions(b.as(bo), actor.Member, one.Session.SubjectID)
		wants(t, err, "capability_missing")
		_, err = b.s.Sessions(t.Context(), actor.Member, one.Session.SubjectID)
		wants(t, err, "sign_in_required")
		_, err = b.s.Sessions(t.Context(), actor.Member, uuid.Nil)
		wants(t, err, "sign_in_required")

		wants(t, b.s.EndSession(b.as(bo), two.Session.ID), "session_not_found")
		wants(t, b.s.EndSession(b.as(bo), uuid.New()), "session_not_found")
		if err := b.s.EndSession(b.as(one), two.Session.ID); err != nil {
			t.Error(err)
		}
		wants(t, b.s.EndSession(b.as(one), two.Session.ID), "session_not_found")
		if _, err := b.s.Resolve(t.Context(), one.Token); err != nil {
			t.Error("the other session ended too:", err)
		}
		_, err = b.s.SignOutEverywhere(b.as(bo), actor.Member, one.Session.SubjectID)
		wants(t, err, "capability_missing")
		if n, err := b.s.SignOutEverywhere(b.machine(), actor.Member, one.Session.SubjectID); n != 1 || err != nil {
			t.Errorf("%d ended, %v", n, err)
		}
		want := []string{"member.registered", "member.signed_in", "member.signed_in", "member.registered", "member.signed_in", "member.signed_out", "member.signed_out"}
		if d := cmp.Diff(want, b.events()); d != "" {
			t.Error(d)
		}
	})
}

func TestBumpAccessShowsAtTheNextRequest(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		in := b.signIn("ada@reader.example")
		epoch := func() int64 {
			s, err := b.s.Resolve(t.Context(), in.Token)
			if err != nil {
				t.Fatal(err)
			}
			return s.AccessEpoch
		}
		before := epoch()
		if err := b.s.BumpAccess(t.Context(), in.Session.SubjectID); err == nil {
			t.Error("it worked outside of a transaction")
		}
		_, bad := atOnce(6, func(int) (bool, error) {
			return true, b.db.Tx(t.Context(), func(ctx context.Context) error { return b.s.BumpAccess(ctx, in.Session.SubjectID) })
		})
		if len(bad) > 0 || epoch() != before+6 {
			t.Errorf("%v, epoch %d", bad, epoch())
		}
		if _, err := b.s.RenameMember(b.as(in), in.Session.SubjectID, "Ada"); err != nil || epoch() != before+6 {
			t.Errorf("another change moved it: %d, %v", epoch(), err)
		}
		err := b.db.Tx(t.Context(), func(ctx context.Context) error { return b.s.BumpAccess(ctx, uuid.New()) })
		wants(t, err, "member_not_found")
	})
}

func TestDevices(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"": "Unknown program",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0":   "Edge on Windows",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15":       "Safari on Mac",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile Safari/1": "Chrome on iPhone",
		"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36":                "Chrome on Android",
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                      "Firefox on Linux",
		"curl/8.5.0": "curl", "\x00\xff <script>": "Unknown program", strings.Repeat("x", 100_000): "Unknown program",
	} {
		if got := identity.Device(header); got != want {
			t.Errorf("%.40q is %q, want %q", header, got, want)
		}
	}
}

// TestSigningOutForgetsTheAddressAskedFor, as a thief may have asked for it.
func TestSigningOutForgetsTheAddressAskedFor(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		ada, eve := b.signIn("ada@reader.example"), b.signIn("eve@reader.example")
		ask := func(in identity.SignedIn, address string) string {
			t.Helper()
			if err := b.s.AskEmailChange(b.confirmed(in), address, "192.0.2.1"); err != nil {
				t.Fatal(err)
			}
			b.changeMail()
			return b.button("email-change")
		}
		hers := ask(eve, "eva@reader.example")
		token := ask(ada, "thief@reader.example") // from the only session there is
		if n, err := b.s.SignOutElsewhere(b.as(ada)); n != 0 || err != nil {
			t.Fatal(n, err)
		}
		wants(t, b.s.ConfirmEmailChange(t.Context(), token), "email_change_invalid")
		token = ask(ada, "robber@reader.example")
		if _, err := b.s.SignOutEverywhere(b.as(ada), actor.Member, ada.Session.SubjectID); err != nil {
			t.Fatal(err)
		}
		wants(t, b.s.ConfirmEmailChange(t.Context(), token), "email_change_invalid")
		token = ask(b.signIn("ada@reader.example"), "again@reader.example")
		b.clock.Advance(12 * time.Hour) // and with no session left
		err := b.db.Tx(t.Context(), func(ctx context.Context) error {
			return b.db.Write(ctx).Exec("UPDATE sessions SET revoked_at = ? WHERE revoked_at IS NULL AND subject_id = ?", b.clock.Now(), ada.Session.SubjectID).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := b.s.SignOutEverywhere(b.machine(), actor.Member, ada.Session.SubjectID); n != 0 || err != nil {
			t.Fatal(n, err)
		}
		wants(t, b.s.ConfirmEmailChange(t.Context(), token), "email_change_invalid")
		if got, _, err := b.s.LookEmailChange(t.Context(), hers); err != nil || got != "eva@reader.example" {
			t.Error("somebody else's was forgotten:", err)
		}
	})
}
