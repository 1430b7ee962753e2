package content_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/search"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/journal"
)

func berlin() *time.Location { return must(time.LoadLocation("Europe/Berlin")) }

// due does what is due now, as the job does.
func (b *bench) due(t *testing.T, want int) {
	t.Helper()
	n, err := b.desk.RunDue(actor.With(t.Context(), actor.Machine("content.run_schedules")))
	if err != nil || n != want {
		t.Errorf("%d done, want %d: %v", n, want, err)
	}
}

func TestAScheduledNoteAppearsAtItsMoment(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.rules.Zone = berlin()
		v := must(b.desk.Create(by(t, tom), input()))
		id := v.Note.ID
		schedule := func(in content.ScheduleInput) (*content.DraftView, error) {
			return b.desk.Schedule(by(t, pia), id, in)
		}
		v = must(schedule(content.ScheduleInput{Version: 1, Action: content.DoPublish, At: "2026-07-14T12:00"}))
		if s := v.Schedules[0]; v.Note.Status != content.Scheduled || !s.At.Equal(start.Add(time.Hour)) || s.Zone != "Europe/Berlin" || s.Revision != 1 || s.By().Name != "Pia" || s.Local().Hour() != 12 {
			t.Fatalf("%+v %+v", v.Note, s)
		}
		// An edit is not in it; moving it does not take the edit in.
		later := input()
		later.Title, later.Slug = "Edited after", "edited-after"
		must(b.desk.Save(by(t, tom), id, 0, later))
		v = must(schedule(content.ScheduleInput{Action: content.DoPublish, At: "2026-07-14T13:00", KeepRevision: true}))
		if s := v.Schedules[0]; len(v.Schedules) != 1 || s.Revision != 1 || !s.At.Equal(start.Add(2*time.Hour)) {
			t.Errorf("moved: %+v", s)
		}
		b.now.Set(start.Add(2*time.Hour - time.Microsecond))
		b.due(t, 0)
		if _, err := b.library.Note(t.Context(), "film-capacity"); code(err) != "note_not_found" {
			t.Errorf("it is visible before its moment: %v", err)
		}
		b.now.Set(start.Add(26 * time.Hour)) // nobody was there at the moment
		b.due(t, 1)
		b.due(t, 0)
		n := must(b.library.Note(t.Context(), "film-capacity"))
		if _, err := b.library.Note(t.Context(), "edited-after"); code(err) != "note_not_found" {
			t.Errorf("the address of a draft answers: %v", err)
		}
		if n.Title != "Film capacity" || !n.PublishedAt.Equal(start.Add(2*time.Hour)) {
			t.Errorf("%s, published %s", n.Title, n.PublishedAt)
		}
		v = must(b.desk.Draft(by(t, tom), id))
		if v.Note.Status != content.Published || len(v.Schedules) != 0 || !v.Note.Changed() || v.Revision.Title != "Edited after" {
			t.Errorf("%+v", v.Note)
		}
		if _, list, _ := b.desk.Versions(b.staff, id); list[0].PublishedByName != "Pia" {
			t.Errorf("published by %q", list[0].PublishedByName)
		}
		want := "note.created note.scheduled note.saved note.rescheduled note.published"
		if got := b.verbs(t, id); got != want {
			t.Errorf("journal:\n got %s\nwant %s", got, want)
		}
		if got := b.inbox(t, tom); got != "published" {
			t.Errorf("the author is told %q", got)
		}

		// Its life goes on by the clock: an update, then the end.
		must(b.desk.Schedule(by(t, pia), id, content.ScheduleInput{Action: content.DoRetract, At: "2026-07-20T09:00", Reason: "Outdated."}))
		if _, err := schedule(content.ScheduleInput{Action: content.DoUpdate, At: "2026-07-20T09:00"}); code(err) != "schedule_order" {
			t.Errorf("an update of what is gone: %v", err)
		}
		must(schedule(content.ScheduleInput{Action: content.DoUpdate, At: "2026-07-19T09:00", Change: content.Major, Notice: "The title."}))
		b.now.Set(time.Date(2026, 7, 19, 7, 0, 0, 0, time.UTC))
		b.due(t, 1)
		if n := must(b.library.Note(t.Context(), "edited-after")); n.Title != "Edited after" || n.Corrections()[0].Notice != "The title." || !n.RevisedAt.Equal(b.now.Now()) {
			t.Errorf("%+v", n)
		}
		b.now.Set(time.Date(2026, 7, 20, 7, 0, 3, 0, time.UTC))
		b.due(t, 1)
		if _, err := b.library.Note(t.Context(), "edited-after"); code(err) != "note_retracted" || !strings.Contains(err.Error(), "Outdated.") {
			t.Errorf("got %v", err)
		}
	})
}

func TestWhatIsRefusedToBeScheduled(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.rules.Zone = berlin()
		live := b.published(t, input()).Note.ID
		in := input()
		in.Slug = "other"
		draft := must(b.desk.Create(by(t, pia), in)).Note.ID
		empty := must(b.desk.Create(b.staff, content.Input{Title: "Empty"})).Note.ID
		const later = "2026-08-01T09:00"
		try := func(a actor.Actor, id uuid.UUID, in content.ScheduleInput) string {
			_, err := b.desk.Schedule(by(t, a), id, in)
			return code(err)
		}
		onlyRetract := pia
		onlyRetract.Capabilities = []actor.Capability{actor.NotesRead, actor.NotesRetract}
		for what, tt := range map[string][2]string{
			"publishing what is live":       {try(pia, live, content.ScheduleInput{Action: content.DoPublish, At: later}), "note_is_live"},
			"updating a draft":              {try(pia, draft, content.ScheduleInput{Action: content.DoUpdate, At: later}), "note_not_published"},
			"updating without a change":     {try(pia, live, content.ScheduleInput{Action: content.DoUpdate, At: later}), "nothing_to_publish"},
			"retracting a draft":            {try(pia, draft, content.ScheduleInput{Action: content.DoRetract, At: later}), "note_not_published"},
			"what cannot be published":      {try(pia, empty, content.ScheduleInput{Action: content.DoPublish, At: later}), "invalid_input"},
			"a first publication as update": {try(pia, draft, content.ScheduleInput{Action: content.DoPublish, At: later, Change: content.Minor}), "invalid_input"},
			"a time that passed":            {try(pia, draft, content.ScheduleInput{Action: content.DoPublish, At: "2026-07-14T11:00"}), "invalid_input"},
			"the hour that comes twice":     {try(pia, draft, content.ScheduleInput{Action: content.DoPublish, At: "2026-10-25T02:30"}), "ambiguous_time"},
			"moving what is not there":      {try(pia, draft, content.ScheduleInput{Action: content.DoPublish, At: later, KeepRevision: true}), "not_scheduled"},
			"a stale version":               {try(pia, draft, content.ScheduleInput{Version: 9, Action: content.DoPublish, At: later}), "stale_version"},
			"publishing by an analyst":      {try(tom, draft, content.ScheduleInput{Action: content.DoPublish, At: later}), "capability_missing"},
			"publishing by who may retract": {try(onlyRetract, draft, content.ScheduleInput{Action: content.DoPublish, At: later}), "capability_missing"},
			"retracting by who may retract": {try(onlyRetract, live, content.ScheduleInput{Action: content.DoRetract, At: later}), ""},
			"an unknown action":             {try(pia, draft, content.ScheduleInput{Action: "explode", At: later}), "invalid_input"},
		} {
			if tt[0] != tt[1] {
				t.Errorf("%s: %q", what, tt[0])
			}
		}
		b.rules.FourEyes = true
		if got := try(pia, draft, content.ScheduleInput{Action: content.DoPublish, At: later}); got != "four_eyes" {
			t.Errorf("own writing with four eyes: %q", got)
		}
		b.rules.FourEyes = false
		if got := try(pia, draft, content.ScheduleInput{Action: content.DoPublish, At: "2026-10-25T02:30", Offset: "+01:00"}); got != "" {
			t.Errorf("with the offset: %q", got)
		}
	})
}

func TestWhatEndsASchedule(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		n := 0
		scheduled := func(t *testing.T) uuid.UUID {
			t.Helper()
			n++
			in := input()
			in.Slug = fmt.Sprint("n", n)
			v := must(b.desk.Create(by(t, tom), in))
			must(b.desk.Submit(by(t, tom), v.Note.ID, content.Submit{}))
			must(b.desk.Schedule(b.staff, v.Note.ID, content.ScheduleInput{Action: content.DoPublish, At: "2026-07-15T09:00"}))
			must(b.desk.Schedule(b.staff, v.Note.ID, content.ScheduleInput{Action: content.DoRetract, At: "2026-07-16T09:00"}))
			return v.Note.ID
		}
		t.Run("cancelling it, with the retraction that has lost its sense", func(t *testing.T) {
			id := scheduled(t)
			if _, err := b.desk.Archive(b.staff, id, 0); code(err) != "note_scheduled" {
				t.Errorf("got %v", err)
			}
			if _, err := b.desk.Review(b.staff, id, content.Verdict{Decision: content.SendBack, Reason: "R"}); code(err) != "note_scheduled" {
				t.Errorf("got %v", err)
			}
			if _, err := b.desk.Unschedule(by(t, tom), id, 0, content.DoPublish); code(err) != "capability_missing" {
				t.Errorf("got %v", err)
			}
			v := must(b.desk.Unschedule(b.staff, id, 0, content.DoPublish))
			if v.Note.Status != content.InReview || len(v.Schedules) != 0 {
				t.Errorf("%+v %v", v.Note, v.Schedules)
			}
			if _, err := b.desk.Unschedule(b.staff, id, 0, ""); code(err) != "not_scheduled" {
				t.Errorf("got %v", err)
			}
		})
		t.Run("publishing at once; the retraction stays", func(t *testing.T) {
			v := must(b.desk.Publish(b.staff, scheduled(t), content.Publish{}))
			if len(v.Schedules) != 1 || v.Schedules[0].Action != content.DoRetract {
				t.Errorf("%+v", v.Schedules)
			}
		})
		t.Run("retracting at once", func(t *testing.T) {
			id := scheduled(t)
			v := must(b.desk.Publish(b.staff, id, content.Publish{}))
			b.change(t, v)
			must(b.desk.Schedule(b.staff, id, content.ScheduleInput{Action: content.DoUpdate, At: "2026-07-15T10:00"}))
			if v = must(b.desk.Retract(b.staff, id, 0, "")); len(v.Schedules) != 0 {
				t.Errorf("%+v", v.Schedules)
			}
		})
		t.Run("not being possible any more, which is told", func(t *testing.T) {
			id := scheduled(t)
			must(b.desk.Schedule(by(t, pia), id, content.ScheduleInput{Action: content.DoPublish, At: "2026-07-15T09:00"}))
			in := must(b.desk.Draft(b.staff, id)).Input()
			taken := in.Slug
			in.Slug = "moved-away"
			must(b.desk.Save(b.staff, id, 0, in))
			in.Slug = taken // the pinned revision wants it back
			must(b.desk.Create(b.staff, in))
			other := scheduled(t) // due at the same moment
			b.now.Set(time.Date(2026, 7, 15, 9, 0, 0, 0, time.UTC))
			b.due(t, 1)
			v := must(b.desk.Draft(b.staff, id))
			if v.Note.Status != content.InReview || len(v.Schedules) != 0 {
				t.Errorf("%+v %+v", v.Note, v.Schedules)
			}
			if got := b.inbox(t, pia); !strings.HasSuffix(got, "schedule_failed") {
				t.Errorf("told: %s", got)
			}
			if got := b.verbs(t, id); !strings.Contains(got, "note.schedule_failed") || strings.Contains(got, "note.published") {
				t.Errorf("journal: %s", got)
			}
			if v := must(b.desk.Draft(b.staff, other)); v.Note.Status != content.Published {
				t.Error("one that fails keeps another from its moment")
			}
			b.due(t, 0)
		})
	})
}

// change saves something else.
func (b *bench) change(t *testing.T, v *content.DraftView) *content.DraftView {
	t.Helper()
	in := v.Input()
	in.Body += "\nMore.\n"
	return must(b.desk.Save(b.staff, v.Note.ID, 0, in))
}

// shaky is a journal that breaks now and then, in the middle of a publication.
type shaky struct {
	*journal.Journal
	left atomic.Int32
}

func (s *shaky) Record(ctx context.Context, e journal.Event) error {
	if err := s.Journal.Record(ctx, e); err != nil {
		return err
	}
	if e.Verb == "note.published" && s.left.Add(-1) >= 0 {
		return errors.New("the machine goes down")
	}
	return nil
}

// TestOnceWithManyNodes: nodes with clocks of their own run into the same
// moment, some of them break in the middle, and each note appears once.
func TestOnceWithManyNodes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		o := e.Options(t)
		setup := func(breaks int32) (*content.Desk, *clock.Manual, *journal.Journal) {
			now := clock.NewManual(start)
			d := e.Reopen(t, o, now)
			j := &shaky{Journal: journal.New(d, now, nil)}
			j.left.Store(breaks)
			return content.NewDesk(content.Deps{DB: d, Clock: now, Journal: j, Search: search.New(d)}), now, j.Journal
		}
		first, clockA, record := setup(5)
		second, clockB, _ := setup(3)
		staff := as(t.Context(), actor.All()...)
		const notes = 12
		var ids []uuid.UUID
		for i := range notes {
			v := must(first.Create(staff, content.Input{Title: fmt.Sprint("Note ", i), Abstract: "A.", Body: "B."}))
			must(first.Schedule(staff, v.Note.ID, content.ScheduleInput{Action: content.DoPublish, At: "2026-07-15T09:00"}))
			ids = append(ids, v.Note.ID)
		}
		clockA.Set(start.Add(25 * time.Hour))
		clockB.Set(start.Add(25*time.Hour + time.Second))
		var all atomic.Int32
		for range 40 { // the job comes again and again
			var wg sync.WaitGroup
			for _, desk := range []*content.Desk{first, second, first, second} {
				wg.Go(func() {
					n, _ := desk.RunDue(staff) // errors are what this test is about
					all.Add(int32(n))
				})
			}
			wg.Wait()
			if all.Load() >= notes {
				break
			}
		}
		if n := all.Load(); n != notes {
			t.Errorf("%d publications of %d notes", n, notes)
		}
		for _, id := range ids {
			published := 0
			for _, ev := range must(record.List(t.Context(), journal.Filter{Subject: "note", ID: id.String()})) {
				if ev.Verb == "note.published" {
					published++
				}
			}
			_, versions, err := first.Versions(staff, id)
			if err != nil || published != 1 || len(versions) != 1 || !versions[0].PublishedAt.Equal(start.Add(24*time.Hour)) {
				t.Errorf("%d times published, %d versions, %v", published, len(versions), err)
			}
		}
	})
}

func TestTheCalendar(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.rules.Zone = berlin()
		b.now.Set(time.Date(2026, 7, 31, 22, 30, 0, 0, time.UTC)) // August has begun in Berlin
		live := b.published(t, input())
		in := input()
		in.Slug, in.Title = "next", "Next"
		draft := must(b.desk.Create(b.staff, in)).Note.ID
		must(b.desk.Schedule(b.staff, draft, content.ScheduleInput{Action: content.DoPublish, At: "2026-08-31T23:59"}))
		must(b.desk.Schedule(b.staff, draft, content.ScheduleInput{Action: content.DoRetract, At: "2026-09-01T00:00"}))
		b.now.Advance(time.Hour)
		b.change(t, live)
		must(b.desk.Publish(b.staff, live.Note.ID, content.Publish{Change: content.Silent}))
		must(b.desk.Retract(b.staff, live.Note.ID, 0, ""))
		read := func(month string) string {
			var out []string
			for _, x := range must(b.desk.Calendar(b.staff, month)).Entries {
				out = append(out, fmt.Sprint(x.At.Format("02 15:04 "), x.Title, " ", x.Action, x.Change, " ", x.Waiting))
			}
			return strings.Join(out, "; ")
		}
		for month, want := range map[string]string{
			"2026-07": "",
			"2026-08": "01 00:30 Film capacity publish false; 01 01:30 Film capacity updatesilent false; 01 01:30 Film capacity retract false; 31 23:59 Next publish true",
			"2026-09": "01 00:00 Next retract true",
		} {
			if got := read(month); got != want {
				t.Errorf("%s:\n got %s\nwant %s", month, got, want)
			}
		}
		soon := func(limit int) string {
			var out []string
			entries, _, err := b.desk.Upcoming(b.staff, limit)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range entries {
				out = append(out, fmt.Sprint(x.At.Format("02 15:04 "), x.Title, " ", x.Action, x.Change, " ", x.Waiting))
			}
			return strings.Join(out, "; ")
		}
		if got := soon(1); got != "31 23:59 Next publish true" {
			t.Errorf("next: %s", got)
		}
		if got := soon(50); got != "31 23:59 Next publish true; 01 00:00 Next retract true" {
			t.Errorf("next: %s", got)
		}
		if _, _, err := b.desk.Upcoming(context.Background(), 5); err == nil {
			t.Error("a stranger is told what comes next")
		}
		if _, err := b.desk.Calendar(b.staff, "2026-13"); code(err) != "invalid_input" {
			t.Errorf("got %v", err)
		}
	})
}
