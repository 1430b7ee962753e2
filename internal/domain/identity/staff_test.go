package identity_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

func TestRolesGrow(t *testing.T) {
	t.Parallel()
	want := map[identity.Role][]actor.Capability{
		identity.Analyst: {actor.NotesRead, actor.NotesWrite, actor.MediaWrite},
		identity.Editor:  {actor.NotesReview, actor.NotesPublish, actor.NotesRetract, actor.NotesArchive, actor.TaxonomyWrite},
		identity.Admin: {actor.MembersRead, actor.MembersWrite, actor.LeadsRead, actor.LeadsWrite,
			actor.PlansWrite, actor.SettingsWrite, actor.KeysWrite,
			actor.JournalRead, actor.OperationsWrite},
		identity.Owner: {actor.StaffWrite},
	}
	var upTo []actor.Capability
	for _, r := range identity.Roles() {
		upTo = append(upTo, want[r]...)
		if d := cmp.Diff(upTo, r.Capabilities()); d != "" {
			t.Errorf("%s: %s", r, d)
		}
	}
	all := actor.All()
	slices.Sort(all)
	slices.Sort(upTo)
	if d := cmp.Diff(all, upTo); d != "" {
		t.Errorf("an owner cannot do everything: %s", d)
	}
	if identity.Role("root").BuiltIn() || len(identity.Role("root").Capabilities()) > 0 || identity.Role("").BuiltIn() {
		t.Error("an unknown role can do something")
	}
}

func TestOnlyOwnersDecideWhoWorksHere(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	u := b.hire("ada@firm.example", identity.Analyst)
	for _, r := range []identity.Role{identity.Analyst, identity.Editor, identity.Admin} {
		ctx := actor.With(t.Context(), actor.Actor{Kind: actor.Staff, ID: uuid.New(), Capabilities: r.Capabilities()})
		_, create := b.s.CreateStaff(ctx, identity.CreateStaff{Email: "x@firm.example", Name: "X", Role: identity.Owner, Password: goodPassword})
		_, role := b.s.ChangeRole(ctx, u.ID, identity.Owner)
		_, disable := b.s.Disable(ctx, u.ID)
		_, enable := b.s.Enable(ctx, u.ID)
		_, rename := b.s.RenameStaff(ctx, u.ID, "X")
		password := b.s.ChangePassword(ctx, identity.ChangePassword{Staff: u.ID, New: "another good sentence"})
		_, out := b.s.SignOutEverywhere(ctx, actor.Staff, u.ID)
		_, list := b.s.Sessions(ctx, actor.Staff, u.ID)
		for _, err := range []error{create, role, disable, enable, rename, password, out, list} {
			wants(t, err, "capability_missing")
		}
		if _, err := b.s.ListStaff(ctx); err != nil {
			t.Error("colleagues do not see each other:", err)
		}
	}
	_, err := b.s.ListStaff(b.as(b.signIn("ada@reader.example")))
	wants(t, err, "capability_missing")
	_, err = b.s.StaffUser(t.Context(), u.ID)
	wants(t, err, "sign_in_required")
}

func TestNewStaffIsCheckedAllAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	b.hire("ada@firm.example", identity.Owner)
	_, err := b.s.CreateStaff(b.machine(), identity.CreateStaff{Email: "x", Name: " ", Role: "root", Password: "short"})
	if got := fields(err); got != "email:bad_address name:required role:unknown password:too_short" {
		t.Errorf("got %q", got)
	}
	_, err = b.s.CreateStaff(b.machine(), identity.CreateStaff{Email: "ADA@firm.example", Name: "Ada", Role: identity.Editor, Password: goodPassword})
	wants(t, err, "staff_exists")
	if fields(err) != "email:taken" {
		t.Errorf("got %q", fields(err))
	}
}

func TestWeakPasswordsAreRefused(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	for password, want := range map[string]string{
		"eleven char": "too_short", "ééééééééééé": "too_short", strings.Repeat("abcde", 41): "too_long",
		"password1234": "too_common", "PassWord1234": "too_common", "aaaaaaaaaaaaaaaa": "too_common", "abababababab": "too_common", "qwertyuiop123": "too_common",
		"ada.lovelace@firm.example": "too_close", "Ada.Lovelace@FIRM.example": "too_close", "Ada.Lovelace": "too_close", "Augusta Ada King": "too_close", "augustaadaking": "too_close",
		"twelve chars\xff": "bad_characters",
	} {
		_, err := b.s.CreateStaff(b.machine(), identity.CreateStaff{Email: "ada.lovelace@firm.example", Name: "Augusta Ada King", Role: identity.Owner, Password: password})
		if got := fields(err); got != "password:"+want {
			t.Errorf("%.30q: %q, want %s", password, got, want)
		}
	}
}

func TestARoleChangeHoldsAtTheNextRequest(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("owner@firm.example", identity.Owner)
		u := b.hire("ada@firm.example", identity.Admin)
		in := b.signInStaff("ada@firm.example")
		can := func(c actor.Capability) bool {
			s, err := b.s.Resolve(t.Context(), in.Token)
			if err != nil {
				t.Fatal(err)
			}
			return s.Actor().Can(c)
		}
		if !can(actor.MembersRead) || can(actor.StaffWrite) {
			t.Error("an admin is not an admin")
		}
		if _, err := b.s.ChangeRole(b.machine(), u.ID, identity.Analyst); err != nil {
			t.Fatal(err)
		}
		if can(actor.MembersRead) || !can(actor.NotesWrite) {
			t.Error("the old role still holds")
		}
		if _, err := b.s.Disable(b.machine(), u.ID); err != nil {
			t.Fatal(err)
		}
		_, err := b.s.Resolve(t.Context(), in.Token)
		wants(t, err, "session_invalid")
		_, err = b.s.SignInStaff(t.Context(), identity.SignInStaff{Email: "ada@firm.example", Password: goodPassword, Visit: visit})
		wants(t, err, "credentials_wrong")
		if _, err := b.s.Enable(b.machine(), u.ID); err != nil {
			t.Fatal(err)
		}
		_, err = b.s.Resolve(t.Context(), in.Token)
		wants(t, err, "session_invalid") // the old session stays ended
		b.signInStaff("ada@firm.example")
		want := []string{"staff.created", "staff.created", "staff.signed_in", "staff.role_changed", "staff.disabled", "staff.enabled", "staff.signed_in"}
		if d := cmp.Diff(want, b.events()); d != "" {
			t.Error(d)
		}
		_, err = b.s.ChangeRole(b.machine(), u.ID, "root")
		if fields(err) != "role:unknown" {
			t.Error(err)
		}
		_, err = b.s.ChangeRole(b.machine(), uuid.New(), identity.Editor)
		wants(t, err, "staff_not_found")
	})
}

// A row that was changed behind the room's back counts as well.
func TestDisabledOrDeletedInTheDatabaseIsOut(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("ada@firm.example", identity.Owner)
		staff, member := b.signInStaff("ada@firm.example"), b.signIn("ada@reader.example")
		b.exec("UPDATE staff SET disabled_at = created_at")
		b.exec("UPDATE members SET deleted_at = created_at")
		for _, in := range []identity.SignedIn{staff, member} {
			_, err := b.s.Resolve(t.Context(), in.Token)
			wants(t, err, "session_invalid")
		}
	})
}

func TestTheLastOwnerStays(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		one := b.hire("one@firm.example", identity.Owner)
		b.hire("admin@firm.example", identity.Admin)
		_, err := b.s.Disable(b.machine(), one.ID)
		wants(t, err, "last_owner")
		_, err = b.s.ChangeRole(b.machine(), one.ID, identity.Admin)
		wants(t, err, "last_owner")
		in := b.signInStaff("one@firm.example")
		if _, err := b.s.Resolve(t.Context(), in.Token); err != nil {
			t.Error("the refusal ended sessions:", err)
		}
		two := b.hire("two@firm.example", identity.Owner)
		if _, err := b.s.Disable(b.machine(), two.ID); err != nil {
			t.Fatal(err)
		}
		_, err = b.s.ChangeRole(b.machine(), one.ID, identity.Admin)
		wants(t, err, "last_owner")
		if _, err := b.s.Enable(b.machine(), two.ID); err != nil {
			t.Fatal(err)
		}
		// Each takes the role from the other at the same moment.
		ids := []uuid.UUID{one.ID, two.ID}
		for range 10 {
			good, bad := atOnce(2, func(i int) (identity.Staff, error) { return b.s.ChangeRole(b.machine(), ids[i], identity.Admin) })
			if len(good) != 1 || len(bad) != 1 {
				t.Fatalf("%d changed, %v", len(good), bad)
			}
			wants(t, bad[0], "last_owner")
			if _, err := b.s.ChangeRole(b.machine(), good[0].ID, identity.Owner); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestChangingAPasswordEndsTheOtherSessions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		u := b.hire("ada@firm.example", identity.Owner)
		here, there := b.signInStaff("ada@firm.example"), b.signInStaff("ada@firm.example")
		const fresh = "an even quieter harbour"
		change := func(ctx context.Context, current, new string) error {
			return b.s.ChangePassword(ctx, identity.ChangePassword{Staff: u.ID, Current: current, New: new})
		}
		if err := change(b.as(here), "not my password", fresh); fields(err) != "current_password:not_right" {
			t.Error(err)
		}
		if err := change(b.as(here), goodPassword, "password1234"); fields(err) != "new_password:too_common" {
			t.Error(err)
		}
		if err := change(b.as(here), goodPassword, fresh); err != nil {
			t.Fatal(err)
		}
		if _, err := b.s.Resolve(t.Context(), here.Token); err != nil {
			t.Error("the present session ended:", err)
		}
		_, err := b.s.Resolve(t.Context(), there.Token)
		wants(t, err, "session_invalid")
		_, err = b.s.SignInStaff(t.Context(), identity.SignInStaff{Email: "ada@firm.example", Password: goodPassword, Visit: visit})
		wants(t, err, "credentials_wrong")
		if _, err := b.s.SignInStaff(t.Context(), identity.SignInStaff{Email: "ada@firm.example", Password: fresh, Visit: visit}); err != nil {
			t.Error(err)
		}
		for range 6 {
			err = change(b.as(here), "not my password", fresh)
		}
		wants(t, err, "too_many_attempts")

		// An owner sets one for somebody who has forgotten theirs.
		if err := change(b.machine(), "", goodPassword); err != nil {
			t.Fatal(err)
		}
		_, err = b.s.Resolve(t.Context(), here.Token)
		wants(t, err, "session_invalid")
		b.signInStaff("ada@firm.example")
	})
}

func TestStaffNames(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	b.hire("ada@firm.example", identity.Analyst)
	in := b.signInStaff("ada@firm.example")
	if u, err := b.s.RenameStaff(b.as(in), in.Session.SubjectID, " Ada  King"); err != nil || u.Name != "Ada King" {
		t.Errorf("%q, %v", u.Name, err)
	}
	if _, err := b.s.RenameStaff(b.as(in), in.Session.SubjectID, "  "); fields(err) != "name:required" {
		t.Error(err)
	}
	list, err := b.s.ListStaff(b.as(in))
	if err != nil || len(list) != 1 || list[0].Name != "Ada King" || list[0].LastSeenAt == nil {
		t.Errorf("%+v, %v", list, err)
	}
}
