package identity_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
)

func ptr[T any](v T) *T { return &v }

func TestViewsBelongToOnePersonUntilTheyAreShared(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("ana@firm.example", identity.Editor)
		b.hire("ben@firm.example", identity.Editor)
		b.hire("olga@firm.example", identity.Owner)
		ana, ben, olga := b.as(b.signInStaff("ana@firm.example")), b.as(b.signInStaff("ben@firm.example")), b.as(b.signInStaff("olga@firm.example"))
		filters := map[string]string{"status": "draft", "topic": "film", "author": ""}
		v, err := b.s.KeepView(ana, identity.NotesList, identity.ViewInput{Name: ptr(" My  drafts "), Filters: &filters, Columns: &[]string{"status", "changed"}})
		if err != nil || v.Name != "My drafts" || len(v.Filters) != 2 {
			t.Fatal(v, err)
		}
		names := func(ctx string, views []identity.View, err error) {
			t.Helper()
			var got []string
			for _, v := range views {
				got = append(got, fmt.Sprint(v.Name, "/", v.Default))
			}
			if err != nil || strings.Join(got, " ") != ctx {
				t.Errorf("%v %v, not %s", got, err, ctx)
			}
		}
		_, err = b.s.KeepView(ana, identity.NotesList, identity.ViewInput{Name: ptr("MY DRAFTS")})
		wants(t, err, "view_exists")
		if _, err := b.s.KeepView(olga, identity.LeadsList, identity.ViewInput{Name: ptr("my drafts")}); err != nil {
			t.Error("the same name of another list:", err)
		}
		if _, err := b.s.KeepView(ben, identity.NotesList, identity.ViewInput{Name: ptr("My drafts")}); err != nil {
			t.Error("a name of somebody else:", err)
		}
		_, err = b.s.View(ben, v.ID)
		wants(t, err, "view_not_found")
		_, err = b.s.ChangeView(ben, v.ID, 1, identity.ViewInput{Name: ptr("Ben's")})
		wants(t, err, "view_not_found")
		wants(t, b.s.BeginWith(ben, v.ID), "view_not_found")

		t.Run("a stale change is refused", func(t *testing.T) {
			if v, err = b.s.ChangeView(ana, v.ID, 1, identity.ViewInput{Shared: ptr(true)}); err != nil || v.Version != 2 || len(v.Filters) != 2 {
				t.Fatal(v, err)
			}
			_, err := b.s.ChangeView(ana, v.ID, 1, identity.ViewInput{Name: ptr("Other")})
			wants(t, err, "stale_version")
			wants(t, b.s.DropView(ana, v.ID, 1), "stale_version")
		})
		t.Run("shared, a colleague can begin with it but not change it", func(t *testing.T) {
			if err := b.s.BeginWith(ben, v.ID); err != nil {
				t.Fatal(err)
			}
			views, err := b.s.Views(ben, identity.NotesList)
			names("My drafts/false My drafts/true", views, err)
			if d := cmp.Diff(map[string]string{"status": "draft", "topic": "film"}, views[1].Filters); d != "" || views[1].Owner == "" {
				t.Error(d, views[1])
			}
			views, err = b.s.Views(ana, identity.NotesList)
			names("My drafts/false", views, err)
			_, err = b.s.ChangeView(ben, v.ID, 0, identity.ViewInput{Name: ptr("Ben's")})
			wants(t, err, "view_of_another")
			if _, err := b.s.ChangeView(olga, v.ID, 0, identity.ViewInput{Name: ptr("Drafts on film")}); err != nil {
				t.Error("settings.write:", err)
			}
		})
		t.Run("not without the right to see the list, nor by a key", func(t *testing.T) {
			few := actor.From(ana)
			few.Capabilities = []actor.Capability{actor.NotesRead}
			_, err := b.s.Views(actor.With(t.Context(), few), identity.MembersList)
			wants(t, err, "capability_missing")
			few.Kind = actor.Key
			_, err = b.s.Views(actor.With(t.Context(), few), identity.NotesList)
			wants(t, err, "staff_only")
		})
		t.Run("deleted, the list opens plainly", func(t *testing.T) {
			if err := b.s.BeginPlain(ana, v.ID); err != nil {
				t.Error(err)
			}
			if err := b.s.DropView(ana, v.ID, 0); err != nil {
				t.Fatal(err)
			}
			views, err := b.s.Views(ben, identity.NotesList)
			names("My drafts/false", views, err)
			wants(t, b.s.DropView(ana, v.ID, 0), "view_not_found")
		})
	})
}

func TestWhatNoViewIs(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("ana@firm.example", identity.Editor)
		ana := b.as(b.signInStaff("ana@firm.example"))
		for want, in := range map[string]identity.ViewInput{
			"name:required":                 {},
			"name:too_long":                 {Name: ptr(strings.Repeat("x", 61))},
			"density:unknown":               {Name: ptr("x"), Density: ptr("tiny")},
			"sort:unknown":                  {Name: ptr("x"), Sort: ptr("id; DROP")},
			"columns:twice":                 {Name: ptr("x"), Columns: &[]string{"a", "b", "a"}},
			"columns:unknown":               {Name: ptr("x"), Columns: &[]string{"A B"}},
			"filters:unknown":               {Name: ptr("x"), Filters: &map[string]string{"a b": "x"}},
			"filters/status:bad_characters": {Name: ptr("x"), Filters: &map[string]string{"status": "\x00"}},
		} {
			if _, err := b.s.KeepView(ana, identity.NotesList, in); fields(err) != want {
				t.Errorf("%s: %v", want, fields(err))
			}
		}
		for i := range 100 {
			if _, err := b.s.KeepView(ana, identity.NotesList, identity.ViewInput{Name: ptr(fmt.Sprint(i))}); err != nil {
				t.Fatal(err)
			}
		}
		_, err := b.s.KeepView(ana, identity.NotesList, identity.ViewInput{Name: ptr("one more")})
		wants(t, err, "too_many_views")
	})
}
