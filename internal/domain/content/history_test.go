package content_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
)

// auto saves as the desk does by itself.
func (b *bench) auto(t *testing.T, a actor.Actor, id uuid.UUID, version int64, body string) *content.DraftView {
	t.Helper()
	in := input()
	in.Body, in.Autosave = body, true
	return must(b.desk.Save(by(t, a), id, version, in))
}

func TestAutosavesOfAFewMinutesAreOneRevision(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		v := must(b.desk.Create(by(t, tom), input()))
		id := v.Note.ID
		save := func(a actor.Actor, body string, number int) {
			t.Helper()
			before := v.Note.Version
			v = b.auto(t, a, id, before, body)
			got := must(b.desk.Draft(by(t, tom), id))
			if v.Revision.Number != number || v.Note.Version != before+1 || got.Body != body || !strings.Contains(got.HTML, strings.TrimSuffix(body, ".")) {
				t.Errorf("%q: revision %d, want %d; version %d after %d; draft %q", body, v.Revision.Number, number, v.Note.Version, before, got.Body)
			}
			b.now.Advance(time.Minute)
		}
		save(tom, "One.", 2)
		save(tom, "One two.", 2)
		save(pia, "By Pia.", 3)
		save(tom, "Tom again.", 4)
		for i := range 4 {
			save(tom, fmt.Sprint("Minute ", i), 4)
		}
		save(tom, "Five minutes after the first.", 5)
		if _, err := b.desk.Save(by(t, tom), id, v.Note.Version-1, input()); code(err) != "stale_version" {
			t.Errorf("a save from before the autosave: %v", err)
		}
		in := input()
		in.Body = "By hand."
		v = must(b.desk.Save(by(t, tom), id, 0, in))
		if v.Revision.Number != 6 {
			t.Errorf("a save by hand is revision %d", v.Revision.Number)
		}
		save(tom, "After it.", 7)
		if r := must(b.desk.Revision(by(t, tom), id, 4)); r.Body != "Minute 3" || !r.Revision.SavedAt.Equal(r.Revision.CreatedAt.Add(4*time.Minute)) {
			t.Errorf("revision 4: %q %s %s", r.Body, r.Revision.CreatedAt, r.Revision.SavedAt)
		}
		if got := b.verbs(t, id); got != "note.created note.saved note.saved note.saved note.saved note.saved note.saved" {
			t.Errorf("journal: %s", got)
		}
	})
}

func TestWhatIsReferredToIsNeverFolded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		for what, refer := range map[string]func(b *bench, id uuid.UUID){
			"named":     func(b *bench, id uuid.UUID) { _, _, _ = b.desk.NameRevision(b.staff, id, 2, "Before the cuts") },
			"submitted": func(b *bench, id uuid.UUID) { must(b.desk.Submit(b.staff, id, content.Submit{})) },
			"published": func(b *bench, id uuid.UUID) { must(b.desk.Publish(b.staff, id, content.Publish{})) },
			"scheduled": func(b *bench, id uuid.UUID) {
				must(b.desk.Schedule(b.staff, id, content.ScheduleInput{Action: content.DoPublish, At: "2027-01-01T00:00"}))
			},
			"sent back": func(b *bench, id uuid.UUID) {
				must(b.desk.Submit(b.staff, id, content.Submit{}))
				must(b.desk.Review(b.staff, id, content.Verdict{Decision: content.SendBack, Reason: "R"}))
			},
		} {
			t.Run(what, func(t *testing.T) {
				b := setup(t, e)
				id := must(b.desk.Create(by(t, tom), input())).Note.ID
				b.auto(t, tom, id, 0, "Referred to.")
				refer(b, id)
				if v := b.auto(t, tom, id, 0, "Later."); v.Revision.Number != 3 {
					t.Errorf("folded into revision %d", v.Revision.Number)
				}
				if r := must(b.desk.Revision(by(t, tom), id, 2)); r.Body != "Referred to." {
					t.Errorf("it says %q now", r.Body)
				}
			})
		}
	})
}

// TestAutosavesLoseNothing: many autosaves at once, and of those from one
// version exactly one is taken.
func TestAutosavesLoseNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		v := must(b.desk.Create(by(t, tom), input()))
		for round := range 5 {
			version := must(b.desk.Draft(b.staff, v.Note.ID)).Note.Version
			var mu sync.Mutex
			var taken []string
			var wg sync.WaitGroup
			for i := range 4 {
				wg.Go(func() {
					in := input()
					in.Body, in.Autosave = fmt.Sprint(round, "-", i), true
					_, err := b.desk.Save(by(t, tom), v.Note.ID, version, in)
					mu.Lock()
					defer mu.Unlock()
					if err == nil {
						taken = append(taken, in.Body)
					} else if code(err) != "stale_version" {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if got := must(b.desk.Draft(b.staff, v.Note.ID)); len(taken) != 1 || got.Body != taken[0] || got.Revision.Number != 2 {
				t.Errorf("taken %v, the draft is %q in revision %d", taken, got.Body, got.Revision.Number)
			}
		}
	})
}

func TestNamingAndBringingBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		v := b.published(t, input())
		id := v.Note.ID
		in := v.Input()
		in.Title, in.Body, in.Authors = "Other", "Other body.", []string{"bo-ek"}
		v = must(b.desk.Save(by(t, tom), id, 0, in))
		_, named, err := b.desk.NameRevision(by(t, tom), id, 1, " The first ")
		if err != nil || named.Name != "The first" || must(b.desk.Draft(b.staff, id)).Note.Version != v.Note.Version {
			t.Errorf("%+v %v", named, err)
		}
		for name, want := range map[string]string{strings.Repeat("x", 101): "invalid_input", "two\nlines": "invalid_input"} {
			if _, _, err := b.desk.NameRevision(by(t, tom), id, 1, name); code(err) != want {
				t.Errorf("%q: %v", name, err)
			}
		}
		if _, err := b.desk.Restore(by(t, tom), id, v.Note.Version-1, 1, ""); code(err) != "stale_version" {
			t.Errorf("got %v", err)
		}
		if _, err := b.desk.Restore(by(t, tom), id, 0, 9, ""); code(err) != "note_not_found" {
			t.Errorf("got %v", err)
		}
		b.now.Advance(time.Minute)
		v = must(b.desk.Restore(by(t, tom), id, v.Note.Version, 1, ""))
		r := v.Revision
		if r.Number != 3 || r.RestoredFrom != 1 || v.Body != body || r.Title != "Film capacity" || v.Authors[0].Name != "Ada Lind" || r.CreatedByName != "Tom" || r.Why == "" || r.Name != "" {
			t.Errorf("%+v", r)
		}
		if n := must(b.library.Note(t.Context(), "film-capacity")); n.Shown.Number != 1 {
			t.Error("bringing back has published")
		}
		note, history, err := b.desk.History(b.staff, id)
		if err != nil || len(history) != 3 || history[2].Version == nil || history[2].Version.Number != 1 || history[0].Version != nil || note.ID != id {
			t.Errorf("%+v %v", history, err)
		}
		if got := b.verbs(t, id); got != "note.created note.published note.saved note.revision_named note.restored" {
			t.Errorf("journal: %s", got)
		}

		c := must(b.desk.Compare(b.staff, id, 2, 3))
		var fields []string
		for _, f := range c.Fields {
			fields = append(fields, f.Field)
		}
		if got := strings.Join(fields, " "); got != "title authors" || len(c.Source) != 1 || len(c.Rendered) == 0 || c.From.Number != 2 || c.To.RestoredFrom != 1 {
			t.Errorf("fields %s, %+v", got, c)
		}
		if c := must(b.desk.Compare(b.staff, id, 1, 3)); len(c.Fields)+len(c.Source)+len(c.Rendered) != 0 {
			t.Errorf("the same differs: %+v", c)
		}
		if _, err := b.desk.Compare(b.staff, id, 1, 7); code(err) != "note_not_found" {
			t.Errorf("got %v", err)
		}
		if _, err := b.desk.Compare(t.Context(), id, 1, 2); code(err) != "sign_in_required" {
			t.Errorf("got %v", err)
		}
	})
}
