package identity_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// resetMail does the work of the newest request and reads its mail.
func (b *bundle) resetMail() string {
	b.Helper()
	if err := b.s.SendResetMailNow(b.Context(), b.newestReset()); err != nil {
		b.Fatal(err)
	}
	return b.button("password-reset")
}

func (b *bundle) newestReset() (id uuid.UUID) {
	b.Helper()
	if err := b.db.Read(b.Context()).Raw("SELECT id FROM password_resets ORDER BY id DESC LIMIT 1").Row().Scan(&id); err != nil {
		b.Fatal(err)
	}
	return id
}

func (b *bundle) askReset(email string) {
	b.Helper()
	if err := b.s.AskPasswordReset(b.Context(), email, "192.0.2.1"); err != nil {
		b.Fatal(err)
	}
}

func TestAPasswordIsResetByMail(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("owner@firm.example", identity.Owner)
		b.hire("ada@firm.example", identity.Editor)
		in := b.signInStaff("ada@firm.example")
		b.askReset("ADA@firm.example")
		older := b.resetMail()
		b.askReset("ada@firm.example")
		token := b.resetMail()
		if email, until, err := b.s.LookReset(t.Context(), token); err != nil || email != "ada@firm.example" || !until.Equal(b.clock.Now().Add(30*time.Minute)) {
			t.Error(email, until, err)
		}
		if err := b.s.ResetPassword(t.Context(), token, "short"); fields(err) != "password:too_short" {
			t.Error(err)
		}
		const fresh = "an even quieter harbour"
		good, bad := atOnce(3, func(int) (bool, error) { return true, b.s.ResetPassword(t.Context(), token, fresh) })
		if len(good) != 1 || len(bad) != 2 {
			t.Fatalf("%d times, %v", len(good), bad)
		}
		wants(t, bad[0], "reset_invalid")
		wants(t, b.s.ResetPassword(t.Context(), older, "yet another sentence"), "reset_invalid")
		_, err := b.s.Resolve(t.Context(), in.Token)
		wants(t, err, "session_invalid")
		wants(t, b.knock("ada@firm.example", goodPassword, ""), "credentials_wrong")
		if err := b.knock("ada@firm.example", fresh, ""); err != nil {
			t.Error(err)
		}
		if ev := b.events(); ev[len(ev)-2] != "staff.password_reset" {
			t.Error(ev)
		}
	})
}

func TestAskingForAPasswordTellsNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("owner@firm.example", identity.Owner)
		u := b.hire("off@firm.example", identity.Editor)
		b.hire("ada@firm.example", identity.Editor)
		b.askReset("off@firm.example")
		early := b.resetMail()
		if _, err := b.s.Disable(b.machine(), u.ID); err != nil {
			t.Fatal(err)
		}
		wants(t, b.s.ResetPassword(t.Context(), early, "an even quieter harbour"), "reset_invalid")
		for _, email := range []string{"nobody@firm.example", "off@firm.example"} {
			before := len(b.post.sent())
			b.askReset(email)
			if err := b.s.SendResetMailNow(t.Context(), b.newestReset()); err != nil || len(b.post.sent()) != before {
				t.Errorf("%s got a mail: %v", email, err)
			}
		}
		for email, asks := range map[string]int{"ada@firm.example": 3, "unknown@firm.example": 3} {
			for range asks {
				b.askReset(email)
			}
			wants(t, b.s.AskPasswordReset(t.Context(), email, "192.0.2.9"), "too_many_attempts")
		}
		if err := b.s.AskPasswordReset(t.Context(), "x", ""); fields(err) != "email:bad_address" {
			t.Error(err)
		}
	})
}

func TestLinksToAPasswordThatAreNotGood(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	b.hire("ada@firm.example", identity.Owner)
	b.askReset("ada@firm.example")
	token := b.resetMail()
	for _, bad := range []string{"", "x", token[1:], strings.ToUpper(token), strings.Repeat("A", len(token))} {
		_, _, err := b.s.LookReset(t.Context(), bad)
		wants(t, err, "reset_invalid")
		wants(t, b.s.ResetPassword(t.Context(), bad, goodPassword), "reset_invalid")
	}
	b.clock.Advance(30 * time.Minute)
	wants(t, b.s.ResetPassword(t.Context(), token, "an even quieter harbour"), "reset_invalid")
	if err := b.s.SendResetMailNow(t.Context(), b.newestReset()); err != nil || len(b.post.sent()) != 1 {
		t.Error("a late mail was sent:", err)
	}
	if err := b.s.PurgeNow(t.Context()); err != nil || b.count("password_resets") != 0 {
		t.Error(err)
	}
}

// A new password does not stand in for the second factor.
func TestAResetDoesNotPassTheSecondFactor(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	b.hire("ada@firm.example", identity.Owner)
	b.enrol(b.signInStaff("ada@firm.example"))
	step := b.password("ada@firm.example")
	b.askReset("ada@firm.example")
	if err := b.s.ResetPassword(t.Context(), b.resetMail(), "an even quieter harbour"); err != nil {
		t.Fatal(err)
	}
	_, err := b.second(step.Ticket, "123456", "")
	wants(t, err, "ticket_invalid")
	in, err := b.s.SignInStaff(t.Context(), identity.SignInStaff{Email: "ada@firm.example", Password: "an even quieter harbour", Visit: visit})
	if err != nil || in.Second == nil {
		t.Error(in.Second, err)
	}
}
