package identity_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/mail"
)

// changeMail does the work of the newest change of address and gives the last
// letter.
func (b *bundle) changeMail() mail.Letter {
	b.Helper()
	var id uuid.UUID
	if err := b.db.Read(b.Context()).Raw("SELECT id FROM email_changes ORDER BY id DESC LIMIT 1").Row().Scan(&id); err != nil {
		b.Fatal(err)
	}
	if err := b.s.SendEmailChangeNow(b.Context(), id); err != nil {
		b.Fatal(err)
	}
	sent := b.post.sent()
	return sent[len(sent)-1]
}

// TestANewAddressIsConfirmedThere and announced at the one before.
func TestANewAddressIsConfirmedThere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		ada, eve := b.signIn("ada@reader.example"), b.signIn("eve@reader.example")
		wants(t, b.s.AskEmailChange(t.Context(), "new@reader.example", "192.0.2.1"), "sign_in_required")
		wants(t, b.s.AskEmailChange(b.confirmed(ada), "nonsense", "192.0.2.1"), "invalid_input")
		wants(t, b.s.AskEmailChange(b.confirmed(ada), "ada@reader.example", "192.0.2.1"), "invalid_input")
		ask := func(in identity.SignedIn, address string) string {
			t.Helper()
			if err := b.s.AskEmailChange(b.confirmed(in), address, "192.0.2.1"); err != nil {
				t.Fatal(err)
			}
			l := b.changeMail()
			if l.To.Email != address || l.Category != "email-change" {
				t.Fatal(l)
			}
			if text := fmt.Sprint(l.Blocks); in.Token == ada.Token && !strings.Contains(text, "a•••@reader.example") {
				t.Error("the letter does not say whose account it is:", text)
			}
			return b.button("email-change")
		}
		b.clock.Advance(16 * time.Minute) // a browser that was left open
		wants(t, b.s.AskEmailChange(b.as(eve), "mine@reader.example", "192.0.2.1"), "confirmation_required")
		open := b.ask("ada@reader.example") // a sign-in that is under way
		old := ask(ada, "first@reader.example")
		token := ask(ada, "Ada@New.example")
		if pending, err := b.s.PendingEmail(b.as(ada)); err != nil || pending != "Ada@New.example" {
			t.Error(pending, err)
		}
		// Looking changes nothing; an older link, another purpose and rubbish are dead.
		if got, whose, err := b.s.LookEmailChange(t.Context(), token); err != nil || got != "Ada@New.example" || whose != "a•••@reader.example" {
			t.Error(got, whose, err)
		}
		for _, dead := range []string{old, "", token[:len(token)-2] + "AA", open.link} {
			wants(t, b.s.ConfirmEmailChange(t.Context(), dead), "email_change_invalid")
		}
		if m, err := b.s.Member(b.machine(), ada.Session.SubjectID); err != nil || m.Email != "ada@reader.example" {
			t.Fatal(m, err)
		}
		laptop := b.signIn("ada@reader.example")
		_, bad := atOnce(4, func(int) (int, error) { return 0, b.s.ConfirmEmailChange(b.as(ada), token) })
		if len(bad) != 3 {
			t.Errorf("%d of four were refused", len(bad))
		}
		for _, err := range bad {
			wants(t, err, "email_change_invalid")
		}
		m, err := b.s.Member(b.machine(), ada.Session.SubjectID)
		if err != nil || m.Email != "ada@new.example" || m.EmailGiven != "Ada@New.example" {
			t.Fatal(m, err)
		}
		if l := b.changeMail(); l.To.Email != "ada@reader.example" || l.Category != "email-changed" {
			t.Error("the address before was not told:", l)
		}
		if _, err := b.s.Resolve(t.Context(), ada.Token); err != nil {
			t.Error("who confirmed is logged out:", err)
		}
		_, err = b.s.Resolve(t.Context(), laptop.Token)
		wants(t, err, "session_invalid")
		_, err = b.s.SpendLink(t.Context(), open.link, identity.Visit{})
		wants(t, err, "link_invalid")
		if again := b.signIn("ada@new.example"); again.Session.SubjectID != ada.Session.SubjectID {
			t.Error("the new address opens another account")
		}
		// An address that is taken: the member learns nothing, the letter says so.
		if link := ask(eve, "ADA@new.example"); link != "sign-in" {
			t.Error("somebody else's address can be confirmed:", link)
		}
		// Taken meanwhile.
		token = ask(eve, "late@reader.example")
		b.signIn("late@reader.example")
		wants(t, b.s.ConfirmEmailChange(t.Context(), token), "email_taken")
		// By whoever reads mail there, with or without an account of their own.
		if err := b.s.ConfirmEmailChange(b.as(ada), ask(eve, "bo@reader.example")); err != nil {
			t.Error(err)
		}
		_, err = b.s.Resolve(t.Context(), eve.Token)
		wants(t, err, "session_invalid")
		if _, err := b.s.Resolve(t.Context(), ada.Token); err != nil {
			t.Error("somebody else was logged out:", err)
		}
		token = ask(b.signIn("bo@reader.example"), "day@reader.example")
		b.clock.Advance(24 * time.Hour)
		wants(t, b.s.ConfirmEmailChange(t.Context(), token), "email_change_invalid")
	})
}

// TestAnAccountGoesAfterAWeek, once, unless its member changes their mind.
func TestAnAccountGoesAfterAWeek(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		ada, eve := b.signIn("ada@reader.example"), b.signIn("eve@reader.example")
		day := 24 * time.Hour
		due := func() (out []uuid.UUID) {
			t.Helper()
			all, err := b.s.DueLeavings(b.machine())
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range all {
				out = append(out, x.MemberID)
			}
			return out
		}
		ask := func(in identity.SignedIn, notBefore time.Time) identity.Leaving {
			t.Helper()
			l, err := b.s.AskLeave(b.as(in), "period_end", notBefore)
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		_, err := b.s.AskLeave(t.Context(), "now", time.Time{})
		wants(t, err, "sign_in_required")
		_, err = b.s.DueLeavings(b.as(ada))
		wants(t, err, "capability_missing")
		first := ask(ada, time.Time{})
		if want := b.clock.Now().Add(7 * day); !first.DueAt.Equal(want) {
			t.Error(first.DueAt)
		}
		for range 2 { // the job may come again
			if err := b.s.SendLeavingNow(t.Context(), first); err != nil {
				t.Fatal(err)
			}
		}
		stay := b.button("leaving")
		b.clock.Advance(day)
		if again := ask(ada, b.clock.Now().Add(90*day)); !again.DueAt.Equal(first.DueAt) {
			t.Error("asked again, it moved to", again.DueAt)
		}
		// By the link of the letter, which stops that one and no later one.
		if until, err := b.s.LookStay(t.Context(), stay); err != nil || !until.Equal(first.DueAt) {
			t.Error(until, err)
		}
		if err := b.s.StayByLink(t.Context(), stay); err != nil {
			t.Fatal(err)
		}
		wants(t, b.s.Stay(b.as(ada)), "not_leaving")
		second := ask(ada, b.clock.Now().Add(30*day))
		if want := b.clock.Now().Add(30 * day); !second.DueAt.Equal(want) {
			t.Error(second.DueAt)
		}
		wants(t, b.s.StayByLink(t.Context(), stay), "not_leaving")
		ask(eve, time.Time{})
		b.clock.Advance(7*day - time.Second)
		if got := due(); got != nil {
			t.Error(got)
		}
		if err := b.s.Leave(b.machine(), eve.Session.SubjectID); err != nil {
			t.Error(err)
		}
		if m, err := b.s.Member(b.machine(), eve.Session.SubjectID); err != nil || m.DeletedAt != nil {
			t.Fatal("she went before her day", err)
		}
		b.clock.Advance(time.Second)
		if got := due(); !cmp.Equal(got, []uuid.UUID{eve.Session.SubjectID}) {
			t.Error(got)
		}
		// Who is due and still there may stay, by the link, too.
		if err := b.s.Stay(b.as(eve)); err != nil {
			t.Error(err)
		}
		if err := b.s.Leave(b.machine(), eve.Session.SubjectID); err != nil {
			t.Error(err)
		}
		if m, err := b.s.Member(b.machine(), eve.Session.SubjectID); err != nil || m.DeletedAt != nil {
			t.Fatal("she was told that she stays, and went", err)
		}
		if err := b.s.SendLeavingNow(t.Context(), ask(eve, time.Time{})); err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(8 * day)
		if err := b.s.StayByLink(t.Context(), b.button("leaving")); err != nil {
			t.Error(err)
		}
		ask(eve, time.Time{})
		b.clock.Advance(8 * day)
		wants(t, b.s.Leave(b.as(eve), eve.Session.SubjectID), "capability_missing")
		for range 2 {
			if err := b.s.Leave(b.machine(), eve.Session.SubjectID); err != nil {
				t.Fatal(err)
			}
		}
		if m, err := b.s.Member(b.machine(), eve.Session.SubjectID); err != nil || m.DeletedAt == nil || m.EmailGiven != "" {
			t.Error(m, err)
		}
		_, err = b.s.Resolve(t.Context(), eve.Token)
		wants(t, err, "session_invalid")
		// Who is deleted by the firm meanwhile is not waited for.
		b.clock.Advance(8 * day)
		if got := due(); !cmp.Equal(got, []uuid.UUID{ada.Session.SubjectID}) {
			t.Error(got)
		}
		if err := b.s.DeleteMember(b.machine(), ada.Session.SubjectID); err != nil {
			t.Fatal(err)
		}
		if l, err := b.s.Leaving(actor.With(t.Context(), actor.Machine("test")), ada.Session.SubjectID); l != nil || err != nil {
			t.Error(l, err)
		}
		if err := b.s.Leave(b.machine(), ada.Session.SubjectID); err != nil {
			t.Error("a member who is gone is looked for:", err)
		}
	})
}
