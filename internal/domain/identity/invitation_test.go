package identity_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/mail"
)

// button reads the token out of the newest letter of a category.
func (b *bundle) button(category string) string {
	b.Helper()
	var l mail.Letter
	for _, x := range b.post.sent() {
		if x.Category == category {
			l = x
		}
	}
	for _, block := range l.Blocks {
		if block.Kind == mail.KindButton {
			return block.URL[strings.LastIndex(block.URL, "/")+1:]
		}
	}
	b.Fatal("no letter " + category)
	return ""
}

// invite sends an invitation and reads its mail.
func (b *bundle) invite(email string, role identity.Role) (identity.InvitationView, string) {
	b.Helper()
	v, err := b.s.Invite(b.machine(), email, role, 0)
	if err != nil {
		b.Fatal(err)
	}
	return v, b.inviteMail(v)
}

func (b *bundle) inviteMail(v identity.InvitationView) string {
	b.Helper()
	if err := b.s.SendInvitationMailNow(b.Context(), v.ID, v.Sends); err != nil {
		b.Fatal(err)
	}
	return b.button("invitation")
}

func accept(token string) identity.AcceptInvitation {
	return identity.AcceptInvitation{Token: token, Name: "Ada King", Password: goodPassword, Visit: visit}
}

func TestAnInvitationMakesAColleague(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("owner@firm.example", identity.Owner)
		checker, err := b.role(b.machine(), "Fact checker", actor.NotesRead)
		if err != nil {
			t.Fatal(err)
		}
		owner := b.as(b.signInStaff("owner@firm.example"))
		v, err := b.s.Invite(owner, " Ada@Firm.example ", roleID(checker), 0)
		if err != nil || v.Position.Name != "Fact checker" || v.Inviter != "Grace owner" || v.Expired {
			t.Fatalf("%+v, %v", v, err)
		}
		token := b.inviteMail(v)
		letter := b.post.sent()[0]
		if letter.To.Email != "Ada@Firm.example" || !strings.Contains(letter.Blocks[1].Text, "Grace owner invites you") || !strings.Contains(letter.Blocks[1].Text, "“Fact checker”") {
			t.Errorf("%+v", letter)
		}
		for range 3 { // a scanner may look as often as it likes
			look, err := b.s.LookInvitation(t.Context(), token)
			if err != nil || look.EmailGiven != "Ada@Firm.example" || look.Position.Name != "Fact checker" {
				t.Errorf("%+v, %v", look, err)
			}
		}
		_, err = b.s.AcceptInvitation(t.Context(), identity.AcceptInvitation{Token: token, Name: " ", Password: "Ada@firm.example"})
		if fields(err) != "name:required password:too_close" {
			t.Error(fields(err))
		}
		wants(t, b.s.DeleteRole(b.machine(), checker.ID), "role_in_use")

		good, bad := atOnce(3, func(int) (identity.SignedIn, error) { return b.s.AcceptInvitation(t.Context(), accept(token)) })
		if len(good) != 1 || len(bad) != 2 {
			t.Fatalf("%d joined, %v", len(good), bad)
		}
		for _, err := range bad {
			wants(t, err, "invitation_invalid")
		}
		if d := cmp.Diff(caps{actor.NotesRead}, b.can(good[0])); d != "" {
			t.Error(d)
		}
		b.signInStaff("ada@firm.example")
		if list, err := b.s.ListInvitations(owner); err != nil || len(list) != 0 {
			t.Errorf("%+v, %v", list, err)
		}
		want := []string{"staff.created", "role.created", "staff.signed_in", "invitation.sent", "staff.created", "invitation.accepted", "staff.signed_in", "staff.signed_in"}
		if d := cmp.Diff(want, b.events()); d != "" {
			t.Error(d)
		}
	})
}

func TestLinksOfInvitationsThatAreNotGood(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("owner@firm.example", identity.Owner)
		dead := func(name, token string) {
			t.Helper()
			_, look := b.s.LookInvitation(t.Context(), token)
			_, err := b.s.AcceptInvitation(t.Context(), accept(token))
			for _, err := range []error{look, err} {
				if err == nil {
					t.Error(name)
				}
				wants(t, err, "invitation_invalid")
			}
		}
		v, token := b.invite("ada@firm.example", identity.Editor)
		for _, bad := range []string{"", "x", token[:len(token)-1], token + "A", strings.ToLower(token), strings.Repeat("A", len(token))} {
			dead("a made-up link", bad)
		}
		again, err := b.s.InviteAgain(b.machine(), v.ID)
		if err != nil {
			t.Fatal(err)
		}
		fresh := b.inviteMail(again)
		dead("the link of an older mail", token)
		if err := b.s.SendInvitationMailNow(t.Context(), v.ID, 1); err != nil || len(b.post.sent()) != 2 {
			t.Error("an overtaken mail was sent:", err)
		}
		if _, err := b.s.LookInvitation(t.Context(), fresh); err != nil {
			t.Error(err)
		}
		_, err = b.s.Invite(b.machine(), "ADA@firm.example", identity.Analyst, 0)
		wants(t, err, "invitation_exists")
		b.clock.Advance(7 * 24 * time.Hour)
		dead("a link of last week", fresh)
		if list, _ := b.s.ListInvitations(b.machine()); len(list) != 1 || !list[0].Expired {
			t.Errorf("%+v", list)
		}
		_, another := b.invite("ada@firm.example", identity.Analyst) // the old one makes room
		if list, _ := b.s.ListInvitations(b.machine()); len(list) != 1 || list[0].Role != identity.Analyst {
			t.Errorf("%+v", list)
		}
		list, _ := b.s.ListInvitations(b.machine())
		if err := b.s.RevokeInvitation(b.machine(), list[0].ID); err != nil {
			t.Fatal(err)
		}
		dead("a revoked link", another)
		wants(t, b.s.RevokeInvitation(b.machine(), list[0].ID), "invitation_not_found")
		_, err = b.s.InviteAgain(b.machine(), list[0].ID)
		wants(t, err, "invitation_not_found")
		_, err = b.s.Invite(b.machine(), "owner@firm.example", identity.Analyst, 0)
		wants(t, err, "staff_exists")
		_, err = b.s.Invite(b.machine(), "x@firm.example", "chief", 0)
		if fields(err) != "role:unknown" {
			t.Error(err)
		}
		// A link of another purpose is none.
		if err := b.s.AskPasswordReset(t.Context(), "owner@firm.example", ""); err != nil {
			t.Fatal(err)
		}
		dead("a link to another password", b.resetMail())
	})
}

func TestNobodyInvitesAboveThemselves(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("owner@firm.example", identity.Owner)
		r, err := b.role(b.machine(), "Personnel", append(identity.Analyst.Capabilities(), actor.StaffWrite)...)
		if err != nil {
			t.Fatal(err)
		}
		u := b.hire("mia@firm.example", roleID(r))
		mia := b.as(b.signInStaff("mia@firm.example"))
		_, err = b.s.Invite(mia, "friend@evil.example", identity.Owner, 0)
		wants(t, err, "capability_missing")
		high, _ := b.invite("high@firm.example", identity.Admin)
		_, err = b.s.InviteAgain(mia, high.ID)
		wants(t, err, "capability_missing")
		for _, ctx := range []context.Context{t.Context(), b.as(b.signIn("ada@reader.example")),
			actor.With(t.Context(), actor.Actor{Kind: actor.Staff, ID: uuid.New(), Capabilities: identity.Admin.Capabilities()})} {
			_, invite := b.s.Invite(ctx, "x@firm.example", identity.Analyst, 0)
			_, again := b.s.InviteAgain(ctx, high.ID)
			_, list := b.s.ListInvitations(ctx)
			for _, err := range []error{invite, again, list, b.s.RevokeInvitation(ctx, high.ID)} {
				if err == nil {
					t.Error("somebody without the right did it")
				}
			}
		}

		// Whoever loses the right leaves no door open behind them.
		for i, lose := range []func() error{
			func() error { _, err := b.s.ChangeRole(b.machine(), u.ID, identity.Analyst); return err },
			func() error { _, err := b.s.Disable(b.machine(), u.ID); return err },
		} {
			if _, err := b.s.ChangeRole(b.machine(), u.ID, roleID(r)); err != nil {
				t.Fatal(err)
			}
			v, err := b.s.Invite(mia, "friend@evil.example", identity.Analyst, 0)
			if err != nil {
				t.Fatal(err)
			}
			token := b.inviteMail(v)
			if err := lose(); err != nil {
				t.Fatal(err)
			}
			_, err = b.s.AcceptInvitation(t.Context(), accept(token))
			if err == nil {
				t.Errorf("%d: the door is open", i)
			}
			wants(t, err, "invitation_invalid")
		}
	})
}

func TestTheQueueSendsInvitationsAndResets(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	b.hire("owner@firm.example", identity.Owner)
	if _, err := b.s.Invite(b.machine(), "ada@firm.example", identity.Editor, 0); err != nil {
		t.Fatal(err)
	}
	for _, email := range []string{"owner@firm.example", "nobody@firm.example"} {
		if err := b.s.AskPasswordReset(t.Context(), email, "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
	}
	u := b.hire("bea@firm.example", identity.Editor)
	if err := b.s.ChangePassword(b.machine(), identity.ChangePassword{Staff: u.ID, New: "another good sentence"}); err != nil {
		t.Fatal(err)
	}
	b.work()
	b.eventually("three letters", func() bool { return len(b.post.sent()) >= 3 })
	b.eventually("no job is left", func() bool {
		var n int64
		b.db.Read(t.Context()).Raw("SELECT COUNT(*) FROM river_job WHERE state <> 'completed'").Scan(&n)
		return n == 0
	})
	to := map[string]string{}
	for _, l := range b.post.sent() {
		to[l.To.Email] = l.Category
	}
	want := map[string]string{"ada@firm.example": "invitation", "owner@firm.example": "password-reset", "bea@firm.example": "security"}
	if d := cmp.Diff(want, to); d != "" || len(b.post.sent()) != 3 {
		t.Error(d, len(b.post.sent()))
	}
}

func TestInvitationDays(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for _, days := range []int{1, 30} {
			v, err := b.s.Invite(b.machine(), fmt.Sprintf("for-%d@firm.example", days), identity.Analyst, days)
			if err != nil || v.Days != days || !v.ExpiresAt.Equal(b.clock.Now().Add(time.Duration(days)*24*time.Hour)) {
				t.Fatalf("%d days: %+v %v", days, v, err)
			}
			b.clock.Advance(time.Duration(days)*24*time.Hour - time.Minute)
			if again, err := b.s.InviteAgain(b.machine(), v.ID); err != nil || again.Expired || !again.ExpiresAt.Equal(b.clock.Now().Add(time.Duration(days)*24*time.Hour)) {
				t.Errorf("sent again, it is not good for %d days: %+v %v", days, again, err)
			}
		}
		_, err := b.s.Invite(b.machine(), "forever@firm.example", identity.Analyst, 365)
		if fields(err) != "days:unknown" {
			t.Error(err)
		}
	})
}
