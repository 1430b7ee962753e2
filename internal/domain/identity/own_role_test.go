package identity_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

type caps = []actor.Capability

func (b *bundle) role(ctx context.Context, name string, c ...actor.Capability) (identity.OwnRole, error) {
	return b.s.CreateRole(ctx, identity.RoleInput{Name: &name, Capabilities: &c})
}

func roleID(r identity.OwnRole) identity.Role { return identity.Role(r.ID.String()) }

// can lists what the session's owner may do at this moment.
func (b *bundle) can(in identity.SignedIn) caps {
	b.Helper()
	s, err := b.s.Resolve(b.Context(), in.Token)
	if err != nil {
		b.Fatal(err)
	}
	return s.Actor().Capabilities
}

func TestEveryCapabilityIsExplained(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	rights, err := b.s.Rights(b.machine())
	if err != nil {
		t.Fatal(err)
	}
	var got caps
	for _, r := range rights {
		got = append(got, r.Capability)
		if r.Group == "" || len(r.Sentence) < 20 || r.Sentence[len(r.Sentence)-1] != '.' {
			t.Errorf("%+v", r)
		}
	}
	if d := cmp.Diff(actor.All(), got); d != "" {
		t.Error(d)
	}
}

func TestAnOwnRoleHoldsAtTheNextRequest(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("owner@firm.example", identity.Owner)
		checker, err := b.role(b.machine(), " Fact  checker ", actor.NotesReview, actor.NotesRead)
		if err != nil || checker.Name != "Fact checker" {
			t.Fatal(checker, err)
		}
		u := b.hire("ada@firm.example", roleID(checker))
		in := b.signInStaff("ada@firm.example")
		if d := cmp.Diff(caps{actor.NotesRead, actor.NotesReview}, in.Session.Actor().Capabilities); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff(caps{actor.NotesRead, actor.NotesReview}, b.can(in)); d != "" {
			t.Error(d)
		}
		s, _ := b.s.Resolve(t.Context(), in.Token)
		if s.Position.Name != "Fact checker" || s.Position.Role != roleID(checker) {
			t.Errorf("%+v", s.Position)
		}
		fewer := caps{actor.NotesRead}
		if _, err := b.s.ChangeOwnRole(b.machine(), checker.ID, identity.RoleInput{Capabilities: &fewer}); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(fewer, b.can(in)); d != "" {
			t.Error(d)
		}
		wants(t, b.s.DeleteRole(b.machine(), checker.ID), "role_in_use")
		if _, err := b.s.ChangeRole(b.machine(), u.ID, identity.Editor); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(b.can(in), actor.NotesPublish) {
			t.Error("the editor is no editor")
		}
		if err := b.s.DeleteRole(b.machine(), checker.ID); err != nil {
			t.Fatal(err)
		}
		_, err = b.s.ChangeRole(b.machine(), u.ID, roleID(checker))
		if fields(err) != "role:unknown" {
			t.Error("a deleted role was given:", err)
		}
		want := []string{"staff.created", "role.created", "staff.created", "staff.signed_in", "role.changed", "staff.role_changed", "role.deleted"}
		if d := cmp.Diff(want, b.events()); d != "" {
			t.Error(d)
		}
	})
}

// A role that vanished behind the room's back opens nothing, and one that
// knows more than this program opens what both know.
func TestWhatTheDatabaseSaysOfARole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("owner@firm.example", identity.Owner)
		r, err := b.role(b.machine(), "Checker", actor.NotesRead)
		if err != nil {
			t.Fatal(err)
		}
		b.hire("ada@firm.example", roleID(r))
		in := b.signInStaff("ada@firm.example")
		b.exec(`UPDATE roles SET capabilities = '["notes.read","future.fly"]'`)
		if d := cmp.Diff(caps{actor.NotesRead}, b.can(in)); d != "" {
			t.Error(d)
		}
		b.exec("DELETE FROM roles")
		if got := b.can(in); len(got) != 0 {
			t.Errorf("a role that is gone can %v", got)
		}
	})
}

func TestRolesAreChecked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		if _, err := b.role(b.machine(), "Checker", actor.NotesRead); err != nil {
			t.Fatal(err)
		}
		_, err := b.role(b.machine(), "cHECKER", actor.NotesRead)
		wants(t, err, "role_exists")
		_, err = b.role(b.machine(), " ", "notes.fly")
		if got := fields(err); got != "name:required capabilities:unknown capabilities:required" {
			t.Error(got)
		}
		_, err = b.role(b.machine(), "OWNER", actor.NotesRead)
		if got := fields(err); got != "name:taken" {
			t.Error(got)
		}
		_, err = b.s.ChangeOwnRole(b.machine(), uuid.New(), identity.RoleInput{})
		wants(t, err, "role_not_found")
		wants(t, b.s.DeleteRole(b.machine(), uuid.New()), "role_not_found")
		b.hire("owner@firm.example", identity.Owner)
		list, err := b.s.ListRoles(b.machine())
		if err != nil || len(list) != 5 || list[0].Role != identity.Owner || list[0].Staff != 1 || list[4].Name != "Checker" || list[3].Name != "Analyst" {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

// A personnel manager may let people in and out, but not above themselves.
func TestNobodyGivesWhatTheyDoNotHave(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		owner := b.hire("owner@firm.example", identity.Owner)
		b.hire("second@firm.example", identity.Owner)
		manager, err := b.role(b.machine(), "Personnel", actor.NotesRead, actor.NotesWrite, actor.MediaWrite, actor.StaffWrite)
		if err != nil {
			t.Fatal(err)
		}
		publisher, err := b.role(b.machine(), "Publisher", actor.NotesRead, actor.NotesPublish)
		if err != nil {
			t.Fatal(err)
		}
		analyst := b.hire("ana@firm.example", identity.Analyst)
		b.hire("mia@firm.example", roleID(manager))
		mia := b.as(b.signInStaff("mia@firm.example"))

		_, create := b.s.CreateStaff(mia, identity.CreateStaff{Email: "x@firm.example", Name: "X", Role: identity.Editor, Password: goodPassword})
		_, raise := b.s.ChangeRole(mia, analyst.ID, identity.Owner)
		_, self := b.s.ChangeRole(mia, actor.From(mia).ID, identity.Owner)
		_, own := b.role(mia, "Sneaky", actor.NotesRead, actor.SettingsWrite)
		more, less := caps{actor.NotesRead, actor.NotesPublish, actor.KeysWrite}, caps{actor.NotesRead}
		_, widen := b.s.ChangeOwnRole(mia, manager.ID, identity.RoleInput{Capabilities: &more})
		_, narrow := b.s.ChangeOwnRole(mia, publisher.ID, identity.RoleInput{Capabilities: &less})
		_, out := b.s.Disable(mia, owner.ID)
		_, demote := b.s.ChangeRole(mia, owner.ID, identity.Analyst)
		_, rename := b.s.RenameStaff(mia, owner.ID, "X")
		password := b.s.ChangePassword(mia, identity.ChangePassword{Staff: owner.ID, New: "another good sentence"})
		for i, err := range []error{create, raise, self, own, widen, narrow, b.s.DeleteRole(mia, publisher.ID), out, demote, rename, password} {
			if err == nil {
				t.Errorf("%d was done", i)
			}
			wants(t, err, "capability_missing")
		}

		if _, err := b.s.CreateStaff(mia, identity.CreateStaff{Email: "x@firm.example", Name: "X", Role: identity.Analyst, Password: goodPassword}); err != nil {
			t.Error(err)
		}
		if _, err := b.s.Disable(mia, analyst.ID); err != nil {
			t.Error(err)
		}
		if _, err := b.role(mia, "Reader", actor.NotesRead); err != nil {
			t.Error(err)
		}
	})
}
