package content_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
)

// at is a colleague at the desk.
func at(ctx context.Context, name string) context.Context {
	return actor.With(ctx, actor.Actor{Kind: actor.Staff, ID: uuid.New(), Name: name, Capabilities: []actor.Capability{actor.NotesRead}})
}

func names(people []content.Person) (out string) {
	for _, p := range people {
		out += p.Name + " "
	}
	return out
}

func TestPresence(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		note, other := must(b.desk.Create(b.staff, input())).Note.ID, must(b.desk.Create(b.staff, content.Input{Title: "Other"})).Note.ID
		ana, ben, cyd := at(t.Context(), "Ana"), at(t.Context(), "Ben"), at(t.Context(), "Cyd")
		window, second := uuid.New(), uuid.New()
		see := func(who context.Context, w uuid.UUID) string { return names(must(b.desk.Enter(who, note, w))) }

		if got := see(ana, window); got != "" {
			t.Errorf("alone, and told of %q", got)
		}
		b.now.Advance(time.Second)
		see(ana, second)
		must(b.desk.Enter(cyd, other, uuid.New()))
		if got := see(ben, uuid.New()); got != "Ana " {
			t.Errorf("somebody with two windows shows as %q", got)
		}
		if got := names(must(b.desk.Present(ben, note, other))[other]); got != "Cyd " {
			t.Errorf("at the other note: %q", got)
		}
		if err := b.desk.Leave(ben, note, window); err != nil {
			t.Fatal(err)
		}
		if err := b.desk.Leave(ana, note, second); err != nil {
			t.Fatal(err)
		}
		if got := see(cyd, uuid.New()); got != "Ana Ben " {
			t.Errorf("after one window closed, and somebody else tried to close the other: %q", got)
		}
		b.now.Advance(30 * time.Second)
		see(ana, window)
		b.now.Advance(30 * time.Second)
		if got := see(at(t.Context(), "Dot"), uuid.New()); got != "Ana " {
			t.Errorf("those who say nothing for a minute are still there: %q", got)
		}
		var rows int64
		if err := b.db.Read(t.Context()).Table("presences").Count(&rows).Error; err != nil || rows != 2 {
			t.Errorf("%d rows are left, %v", rows, err)
		}
		if got := b.verbs(t, note); got != "note.created" {
			t.Errorf("the journal tells of presence: %s", got)
		}

		t.Run("keys, members and strangers are never present", func(t *testing.T) {
			key := actor.With(t.Context(), actor.Actor{Kind: actor.Key, ID: uuid.New(), Name: "Script", Capabilities: actor.All()})
			for want, who := range map[string]context.Context{"staff_only": key, "sign_in_required": t.Context(), "capability_missing": as(t.Context(), actor.LeadsRead)} {
				if _, err := b.desk.Enter(who, note, uuid.New()); code(err) != want {
					t.Errorf("got %v, want %s", err, want)
				}
			}
		})
		t.Run("a note that is none", func(t *testing.T) {
			if _, err := b.desk.Enter(ana, uuid.New(), window); code(err) != "note_not_found" {
				t.Errorf("got %v", err)
			}
		})
	})
}
