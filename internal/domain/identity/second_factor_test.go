package identity_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pquerna/otp/totp"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// app is an authenticator app.
type app struct {
	b      *bundle
	secret string
}

func (a app) code() string { return a.codeAt(a.b.clock.Now()) }

func (a app) codeAt(at time.Time) string {
	a.b.Helper()
	code, err := totp.GenerateCode(a.secret, at)
	if err != nil {
		a.b.Fatal(err)
	}
	return code
}

// enrol adds an app to whoever is signed in.
func (b *bundle) enrol(in identity.SignedIn) (app, []string) {
	b.Helper()
	prepared, err := b.s.PrepareTOTP(b.as(in))
	if err != nil {
		b.Fatal(err)
	}
	a := app{b, prepared.Secret}
	codes, err := b.s.ConfirmTOTP(b.as(in), a.code())
	if err != nil {
		b.Fatal(err)
	}
	b.clock.Advance(time.Minute) // the code that proved it is spent
	return a, codes
}

// password is the first step of a sign-in that has a second.
func (b *bundle) password(email string) *identity.SecondStep {
	b.Helper()
	in := b.signInStaff(email)
	if in.Second == nil || in.Token != "" {
		b.Fatal("no second factor was asked for")
	}
	return in.Second
}

func (b *bundle) second(ticket, code, recovery string) (identity.SignedIn, error) {
	return b.s.SignInSecondFactor(b.Context(), identity.SecondFactor{Ticket: ticket, TOTP: code, RecoveryCode: recovery, Visit: visit})
}

func TestAnAppIsAskedForAfterThePassword(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("ada@firm.example", identity.Owner)
		first, other := b.signInStaff("ada@firm.example"), b.signInStaff("ada@firm.example")
		a, recovery := b.enrol(first)
		if len(recovery) != 10 || len(slices.Compact(slices.Sorted(slices.Values(recovery)))) != 10 {
			t.Errorf("codes: %v", recovery)
		}
		if _, err := b.s.Resolve(t.Context(), first.Token); err != nil {
			t.Error("the session that added the app ended:", err)
		}
		_, err := b.s.Resolve(t.Context(), other.Token)
		wants(t, err, "session_invalid") // it began without the app

		step := b.password("ada@firm.example")
		if d := cmp.Diff([]identity.Way{identity.ByTOTP, identity.ByRecovery}, step.Ways); d != "" {
			t.Error(d)
		}
		_, err = b.s.Resolve(t.Context(), step.Ticket)
		wants(t, err, "session_invalid") // a ticket opens nothing
		_, err = b.second(step.Ticket, "000000", "")
		wants(t, err, "code_wrong")
		if fields(err) != "totp:not_right" {
			t.Error(fields(err))
		}
		in, err := b.second(step.Ticket, a.code()[:3]+" "+a.code()[3:], "")
		if err != nil {
			t.Fatal(err)
		}
		if s, err := b.s.Resolve(t.Context(), in.Token); err != nil || s.MustEnrol || !s.Actor().Can(actor.StaffWrite) {
			t.Error(s, err)
		}
		_, err = b.second(step.Ticket, a.codeAt(b.clock.Now().Add(30*time.Second)), "")
		wants(t, err, "ticket_invalid") // spent
		want := []string{"staff.created", "staff.signed_in", "staff.signed_in", "staff.totp_added", "staff.second_factor_refused", "staff.signed_in"}
		if d := cmp.Diff(want, b.events()); d != "" {
			t.Error(d)
		}
	})
}

func TestACodeIsGoodOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("ada@firm.example", identity.Owner)
		in := b.signInStaff("ada@firm.example")
		prepared, err := b.s.PrepareTOTP(b.as(in))
		if err != nil {
			t.Fatal(err)
		}
		a := app{b, prepared.Secret}
		if _, err := b.s.ConfirmTOTP(b.as(in), a.code()); err != nil {
			t.Fatal(err)
		}
		_, err = b.second(b.password("ada@firm.example").Ticket, a.code(), "")
		wants(t, err, "code_wrong") // it proved the app a moment ago

		b.clock.Advance(time.Minute)
		step, code := b.password("ada@firm.example"), a.code()
		tickets := []string{step.Ticket, b.password("ada@firm.example").Ticket}
		good, bad := atOnce(2, func(i int) (identity.SignedIn, error) { return b.second(tickets[i], code, "") })
		if len(good) != 1 || len(bad) != 1 {
			t.Fatalf("%d signed in with one code, %v", len(good), bad)
		}
		wants(t, bad[0], "code_wrong")

		// An older code within the skew is no way around it.
		b.clock.Advance(30 * time.Second)
		_, err = b.second(b.password("ada@firm.example").Ticket, a.codeAt(b.clock.Now().Add(-30*time.Second)), "")
		wants(t, err, "code_wrong")
		if _, err := b.second(b.password("ada@firm.example").Ticket, a.codeAt(b.clock.Now().Add(25*time.Second)), ""); err != nil {
			t.Error("a clock that is a little ahead is refused:", err)
		}
		b.clock.Advance(10 * time.Minute)
		_, err = b.second(b.password("ada@firm.example").Ticket, a.codeAt(b.clock.Now().Add(-2*time.Minute)), "")
		wants(t, err, "code_wrong")
	})
}

func TestGuessingASecondFactorIsSlow(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("ada@firm.example", identity.Owner)
		a, _ := b.enrol(b.signInStaff("ada@firm.example"))
		step := b.password("ada@firm.example")
		tries, refused := 0, ""
		for range 40 {
			_, err := b.second(step.Ticket, "000000", "")
			switch {
			case err == nil:
				t.Fatal("a guess was right")
			case strings.Contains(err.Error(), "code_wrong"):
				tries++
				continue
			case strings.Contains(err.Error(), "ticket_invalid"):
				step = b.password("ada@firm.example")
				continue
			}
			refused = err.Error()
		}
		if tries != 5 || !strings.Contains(refused, "too_many_attempts") {
			t.Errorf("%d tries at one moment, then %q", tries, refused)
		}
		_, err := b.second(b.password("ada@firm.example").Ticket, a.code(), "")
		wants(t, err, "too_many_attempts")
		b.clock.Advance(15 * time.Minute)
		if _, err := b.second(b.password("ada@firm.example").Ticket, a.code(), ""); err != nil {
			t.Error(err)
		}
		// One ticket takes five tries, however long they take.
		step = b.password("ada@firm.example")
		for i := range 6 {
			_, err = b.second(step.Ticket, "000000", "")
			if i < 5 {
				wants(t, err, "code_wrong")
			}
			b.clock.Advance(5 * time.Second)
		}
		wants(t, err, "ticket_invalid")
		step = b.password("ada@firm.example")
		b.clock.Advance(11 * time.Minute)
		_, err = b.second(step.Ticket, a.code(), "")
		wants(t, err, "ticket_invalid")
	})
}

func TestRecoveryCodes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("ada@firm.example", identity.Owner)
		_, err := b.s.RenewRecoveryCodes(b.as(b.signInStaff("ada@firm.example")))
		wants(t, err, "second_factor_missing")
		_, codes := b.enrol(b.signInStaff("ada@firm.example"))
		typed := strings.ToUpper(strings.ReplaceAll(codes[3], "-", " "))
		in, err := b.second(b.password("ada@firm.example").Ticket, "", typed)
		if err != nil {
			t.Fatal(err)
		}
		if f, err := b.s.MyFactors(b.as(in)); err != nil || f.RecoveryLeft != 9 || !f.TOTP {
			t.Errorf("%+v, %v", f, err)
		}
		_, err = b.second(b.password("ada@firm.example").Ticket, "", codes[3])
		wants(t, err, "code_wrong")
		if fields(err) != "recovery_code:not_right" {
			t.Error(fields(err))
		}
		tickets := []string{b.password("ada@firm.example").Ticket, b.password("ada@firm.example").Ticket}
		good, bad := atOnce(2, func(i int) (identity.SignedIn, error) { return b.second(tickets[i], "", codes[4]) })
		if len(good) != 1 || len(bad) != 1 {
			t.Fatalf("%d signed in with one code, %v", len(good), bad)
		}
		fresh, err := b.s.RenewRecoveryCodes(b.as(in))
		if err != nil || len(fresh) != 10 || slices.Contains(fresh, codes[5]) {
			t.Fatal(fresh, err)
		}
		_, err = b.second(b.password("ada@firm.example").Ticket, "", codes[5])
		wants(t, err, "code_wrong")
		if _, err := b.second(b.password("ada@firm.example").Ticket, "", fresh[0]); err != nil {
			t.Error(err)
		}
		// Somebody else's code opens nothing.
		b.hire("bea@firm.example", identity.Analyst)
		_, hers := b.enrol(b.signInStaff("bea@firm.example"))
		_, err = b.second(b.password("ada@firm.example").Ticket, "", hers[0])
		wants(t, err, "code_wrong")
	})
}

// What stands in the database is of no use without SECRET_KEY, and a secret
// copied to another account is of no use at all.
func TestSecretsAreSealed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		ada := b.hire("ada@firm.example", identity.Owner)
		bea := b.hire("bea@firm.example", identity.Analyst)
		a, codes := b.enrol(b.signInStaff("ada@firm.example"))
		b.enrol(b.signInStaff("bea@firm.example"))
		var dump strings.Builder
		for _, q := range []string{"SELECT secret FROM staff_totp", "SELECT pending FROM staff_totp", "SELECT hash FROM recovery_codes"} {
			var rows [][]byte
			if err := b.db.Read(t.Context()).Raw(q).Scan(&rows).Error; err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				dump.Write(r)
			}
		}
		raw := decode32(t, a.secret)
		if s := dump.String(); strings.Contains(s, string(raw)) || strings.Contains(s, a.secret) || strings.Contains(s, codes[0]) || len(s) < 200 {
			t.Error("a secret stands in the database")
		}
		b.exec("UPDATE staff_totp SET secret = (SELECT secret FROM staff_totp x WHERE x.staff_id = ?) WHERE staff_id = ?", ada.ID, bea.ID)
		_, err := b.second(b.password("bea@firm.example").Ticket, a.code(), "")
		wants(t, err, "code_wrong")
	})
}

func TestAnOpenBrowserGivesNothingAway(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("ada@firm.example", identity.Owner)
		in := b.signInStaff("ada@firm.example")
		a, _ := b.enrol(in)
		b.clock.Advance(30 * time.Minute)
		me := b.as(in)
		_, prepare := b.s.PrepareTOTP(me)
		_, confirm := b.s.ConfirmTOTP(me, a.code())
		_, codes := b.s.RenewRecoveryCodes(me)
		_, offer := b.s.OfferPasskey(me)
		_, _, add := b.s.AddPasskey(me, identity.AddPasskey{Name: "X", Credential: json.RawMessage(`{}`)})
		for _, err := range []error{prepare, confirm, codes, offer, add, b.s.RemoveTOTP(me), b.s.RemovePasskey(me, in.Session.ID)} {
			wants(t, err, "confirmation_required")
		}
		if until, err := b.s.ConfirmedUntil(me); err != nil || !until.IsZero() {
			t.Error(until, err)
		}
		_, err := b.s.Confirm(me, "not my password")
		if fields(err) != "password:not_right" {
			t.Error(err)
		}
		until, err := b.s.Confirm(me, goodPassword)
		if err != nil || !until.Equal(b.clock.Now().Add(30*time.Minute)) {
			t.Fatal(until, err)
		}
		if err := b.s.RemoveTOTP(me); err != nil {
			t.Error(err)
		}
		if f, _ := b.s.MyFactors(me); f != (identity.Factors{}) {
			t.Errorf("something is left: %+v", f)
		}
		if again := b.signInStaff("ada@firm.example"); again.Second != nil {
			t.Error("a second factor is asked for that is gone")
		}
		for _, ctx := range []context.Context{b.machine(), b.as(b.signIn("ada@reader.example"))} {
			_, err := b.s.MyFactors(ctx)
			wants(t, err, "staff_only")
		}
		_, err = b.s.MyFactors(t.Context())
		wants(t, err, "sign_in_required")
	})
}

func TestASecondFactorForEverybody(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("ada@firm.example", identity.Owner)
		b.hire("bea@firm.example", identity.Editor)
		ada, bea := b.signInStaff("ada@firm.example"), b.signInStaff("bea@firm.example")
		b.enrol(ada)
		if len(b.can(bea)) == 0 {
			t.Fatal("nobody asked for a second factor yet")
		}
		b.required.Store(true)
		if got := b.can(bea); len(got) != 0 {
			t.Errorf("with a password alone she can %v", got)
		}
		if s, err := b.s.Resolve(t.Context(), bea.Token); err != nil || !s.MustEnrol {
			t.Error(s.MustEnrol, err)
		}
		if len(b.can(ada)) == 0 {
			t.Error("whoever has one is shut out")
		}
		fresh := b.signInStaff("bea@firm.example")
		if got := fresh.Session.Actor().Capabilities; len(got) != 0 || !fresh.Session.MustEnrol {
			t.Error("the answer to the sign-in says more than the next request")
		}
		b.enrol(fresh)
		if len(b.can(fresh)) == 0 {
			t.Error("she is shut out with a second factor")
		}
		wants(t, b.s.RemoveTOTP(b.as(fresh)), "second_factor_required")
		if f, err := b.s.MyFactors(b.as(fresh)); err != nil || !f.TOTP || f.RecoveryLeft != 10 {
			t.Errorf("%+v, %v", f, err)
		}
	})
}

func TestWhatEndsAnOpenSecondStep(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("owner@firm.example", identity.Owner)
		u := b.hire("ada@firm.example", identity.Editor)
		a, _ := b.enrol(b.signInStaff("ada@firm.example"))

		step := b.password("ada@firm.example")
		if err := b.s.ChangePassword(b.machine(), identity.ChangePassword{Staff: u.ID, New: "an even quieter harbour"}); err != nil {
			t.Fatal(err)
		}
		_, err := b.second(step.Ticket, a.code(), "")
		wants(t, err, "ticket_invalid")
		if err := b.s.ChangePassword(b.machine(), identity.ChangePassword{Staff: u.ID, New: goodPassword}); err != nil {
			t.Fatal(err)
		}

		step = b.password("ada@firm.example")
		if _, err := b.s.Disable(b.machine(), u.ID); err != nil {
			t.Fatal(err)
		}
		_, err = b.second(step.Ticket, a.code(), "")
		wants(t, err, "ticket_invalid")
		if _, err := b.s.Enable(b.machine(), u.ID); err != nil {
			t.Fatal(err)
		}

		step = b.password("ada@firm.example")
		b.exec("UPDATE staff SET disabled_at = created_at WHERE id = ?", u.ID)
		_, err = b.second(step.Ticket, a.code(), "")
		wants(t, err, "ticket_invalid")
	})
}

func TestAnOwnerHelpsWhoLostTheirPhone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		owner := b.hire("owner@firm.example", identity.Owner)
		u := b.hire("ada@firm.example", identity.Admin)
		in := b.signInStaff("ada@firm.example")
		b.enrol(in)
		wants(t, b.s.ResetSecondFactor(b.as(in), owner.ID), "capability_missing")
		if list, err := b.s.Colleagues(b.machine()); err != nil || !list[0].SecondFactor || list[1].SecondFactor {
			t.Errorf("%+v, %v", list, err)
		}
		if err := b.s.ResetSecondFactor(b.machine(), u.ID); err != nil {
			t.Fatal(err)
		}
		_, err := b.s.Resolve(t.Context(), in.Token)
		wants(t, err, "session_invalid")
		if again := b.signInStaff("ada@firm.example"); again.Second != nil {
			t.Error("the lost phone is asked for")
		}
		if n := b.count("staff_totp") + b.count("recovery_codes") + b.count("challenges"); n != 0 {
			t.Errorf("%d rows are left", n)
		}
	})
}

func TestAnAppIsPreparedForHalfAnHour(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	b.hire("ada@firm.example", identity.Owner)
	in := b.signInStaff("ada@firm.example")
	_, err := b.s.ConfirmTOTP(b.as(in), "123456")
	wants(t, err, "totp_not_prepared")
	prepared, err := b.s.PrepareTOTP(b.as(in))
	if err != nil || !strings.HasPrefix(prepared.URI, "otpauth://totp/LightTrends:ada@firm.example?") || len(prepared.PNG) < 100 {
		t.Fatal(prepared.URI, err)
	}
	if again := b.signInStaff("ada@firm.example"); again.Second != nil {
		t.Error("an app that was never proved is asked for")
	}
	b.clock.Advance(31 * time.Minute)
	if _, err := b.s.Confirm(b.as(in), goodPassword); err != nil {
		t.Fatal(err)
	}
	_, err = b.s.ConfirmTOTP(b.as(in), app{b, prepared.Secret}.code())
	wants(t, err, "totp_not_prepared")

	// Another phone takes over only when it has proved itself.
	old, _ := b.enrol(in)
	prepared, err = b.s.PrepareTOTP(b.as(in))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.second(b.password("ada@firm.example").Ticket, old.code(), ""); err != nil {
		t.Error("the old phone is out before the new one is in:", err)
	}
	if codes, err := b.s.ConfirmTOTP(b.as(in), app{b, prepared.Secret}.code()); err != nil || codes != nil {
		t.Error(codes, err)
	}
	b.clock.Advance(time.Minute)
	_, err = b.second(b.password("ada@firm.example").Ticket, old.code(), "")
	wants(t, err, "code_wrong")
}
