package content_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// The office: an analyst, two editors, and a key.
var (
	tom = actor.Actor{Kind: actor.Staff, ID: uuid.MustParse("0198a000-0000-7000-8000-0000000000a1"), Name: "Tom", Capabilities: []actor.Capability{actor.NotesRead, actor.NotesWrite}}
	pia = actor.Actor{Kind: actor.Staff, ID: uuid.MustParse("0198a000-0000-7000-8000-0000000000b2"), Name: "Pia", Capabilities: actor.All()}
	mux = actor.Actor{Kind: actor.Staff, ID: uuid.MustParse("0198a000-0000-7000-8000-0000000000c3"), Name: "Max", Capabilities: actor.All()}
	bot = actor.Actor{Kind: actor.Key, ID: uuid.MustParse("0198a000-0000-7000-8000-0000000000d4"), Name: "bot", Capabilities: actor.All()}
)

type office struct{}

func (office) Reviewers(context.Context) ([]content.Person, error) {
	return []content.Person{{ID: &pia.ID, Name: pia.Name}, {ID: &mux.ID, Name: mux.Name}}, nil
}

func (office) Readers(context.Context) ([]content.Person, error) {
	return []content.Person{{ID: &tom.ID, Name: tom.Name}, {ID: &pia.ID, Name: pia.Name}, {ID: &mux.ID, Name: mux.Name}}, nil
}

func by(t *testing.T, a actor.Actor) context.Context {
	t.Helper()
	return actor.With(t.Context(), a)
}

// inbox lists the kinds of somebody's notifications, oldest first.
func (b *bench) inbox(t *testing.T, a actor.Actor) string {
	t.Helper()
	var out []string
	for _, n := range must(b.desk.Notifications(by(t, a), false, "", 0)).Notifications {
		out = append([]string{n.Kind}, out...)
	}
	return strings.Join(out, " ")
}

func (b *bench) letters(t *testing.T) (n int) {
	t.Helper()
	if err := b.db.Read(t.Context()).Raw(`SELECT COUNT(*) FROM river_job WHERE kind = 'content.notify'`).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func TestReviewGoesBackAndForth(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		v := must(b.desk.Create(by(t, tom), input()))
		id := v.Note.ID
		if _, err := b.desk.Review(by(t, pia), id, content.Verdict{Decision: content.Approve}); code(err) != "not_in_review" {
			t.Errorf("got %v", err)
		}
		v = must(b.desk.Submit(by(t, tom), id, content.Submit{Version: 1, Message: " Please. ", Reviewers: []uuid.UUID{pia.ID}}))
		if v.Note.Status != content.InReview || v.Note.Version != 2 || v.Review.State != content.Open || v.Review.Message != "Please." || v.Review.Reviewers[0].Name != "Pia" || !v.Revision.Sealed {
			t.Fatalf("%+v %+v", v.Note, v.Review)
		}
		if _, err := b.library.Note(t.Context(), "film-capacity"); code(err) != "note_not_found" {
			t.Errorf("a note in review is visible: %v", err)
		}
		b.now.Advance(time.Minute)
		if _, err := b.desk.Review(by(t, pia), id, content.Verdict{Decision: content.SendBack}); fault.Of(err).Fields[0].Path != "/reason" {
			t.Errorf("sent back without a reason: %v", err)
		}
		v = must(b.desk.Review(by(t, pia), id, content.Verdict{Decision: content.SendBack, Reason: "Too long."}))
		if v.Note.Status != content.Draft || v.Review != nil {
			t.Errorf("%+v %+v", v.Note, v.Review)
		}
		must(b.desk.Save(by(t, tom), id, 0, input()))
		must(b.desk.Submit(by(t, tom), id, content.Submit{}))
		must(b.desk.Withdraw(by(t, tom), id, 0))
		if _, err := b.desk.Withdraw(by(t, tom), id, 0); code(err) != "not_in_review" {
			t.Errorf("got %v", err)
		}
		b.now.Advance(time.Minute)
		must(b.desk.Submit(by(t, tom), id, content.Submit{Message: "Again."}))
		v = must(b.desk.Review(by(t, mux), id, content.Verdict{Decision: content.Approve}))
		if v.Note.Status != content.InReview || v.Review.State != content.Approved || v.Review.Approver().Name != "Max" || v.Review.Revision != 2 {
			t.Errorf("%+v %+v", v.Note, v.Review)
		}
		v = must(b.desk.Publish(by(t, pia), id, content.Publish{}))
		if v.Note.Status != content.Published || v.Note.SubmissionID != nil || v.Review != nil {
			t.Errorf("%+v %+v", v.Note, v.Review)
		}

		want := "note.created note.submitted note.sent_back note.saved note.submitted note.withdrawn note.submitted note.approved note.published"
		if got := b.verbs(t, id); got != want {
			t.Errorf("journal:\n got %s\nwant %s", got, want)
		}
		record := must(b.desk.Reviews(by(t, tom), id))
		var states []string
		for _, s := range record {
			states = append([]string{string(s.State)}, states...)
		}
		if got := strings.Join(states, " "); got != "sent_back withdrawn published" {
			t.Errorf("record: %s", got)
		}
		if d := record[2].Decisions; len(d) != 1 || d[0].Reason != "Too long." || d[0].By().Name != "Pia" || d[0].Revision != 1 {
			t.Errorf("%+v", d)
		}
		// Pia was asked by name, then both were asked; who acts is not told.
		for a, want := range map[*actor.Actor]string{
			&tom: "sent_back approved published",
			&pia: "review_requested review_requested review_requested",
			&mux: "review_requested review_requested",
		} {
			if got := b.inbox(t, *a); got != want {
				t.Errorf("%s: %q", a.Name, got)
			}
		}
		if n := b.letters(t); n != 8 {
			t.Errorf("%d letters", n)
		}
	})
}

func TestChangesOfALiveNoteAreReviewedBesideIt(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		v := b.published(t, input())
		id := v.Note.ID
		if _, err := b.desk.Submit(by(t, tom), id, content.Submit{}); code(err) != "nothing_to_review" {
			t.Errorf("got %v", err)
		}
		in := input()
		in.Title = "Renamed"
		must(b.desk.Save(by(t, tom), id, 0, in))
		v = must(b.desk.Submit(by(t, tom), id, content.Submit{}))
		if v.Note.Status != content.Published || v.Review == nil {
			t.Errorf("%+v", v.Note)
		}
		if n := must(b.library.Note(t.Context(), "film-capacity")); n.Title != "Film capacity" {
			t.Error("readers see what is in review")
		}
		v = must(b.desk.Review(by(t, pia), id, content.Verdict{Decision: content.SendBack, Reason: "No."}))
		if v.Note.Status != content.Published || v.Review != nil {
			t.Errorf("%+v", v.Note)
		}
	})
}

func TestTheListForReviewers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for title, to := range map[string][]uuid.UUID{"To Pia": {pia.ID}, "To Max": {mux.ID}, "To all": nil} {
			v := must(b.desk.Create(by(t, tom), content.Input{Title: title}))
			must(b.desk.Submit(by(t, tom), v.Note.ID, content.Submit{Reviewers: to}))
		}
		must(b.desk.Create(by(t, tom), content.Input{Title: "A draft"}))
		count := func(f content.Filter) int {
			notes, _, err := b.desk.List(b.staff, f)
			if err != nil {
				t.Fatal(err)
			}
			return len(notes)
		}
		for what, got := range map[string][2]int{
			"in review":     {count(content.Filter{Status: content.InReview}), 3},
			"open":          {count(content.Filter{Review: content.Open}), 3},
			"approved":      {count(content.Filter{Review: content.Approved}), 0},
			"for Pia":       {count(content.Filter{Reviewer: pia.ID}), 2},
			"for Max":       {count(content.Filter{Reviewer: mux.ID}), 2},
			"for whom ever": {count(content.Filter{Reviewer: tom.ID}), 1},
		} {
			if got[0] != got[1] {
				t.Errorf("%s: %d notes", what, got[0])
			}
		}
		if _, err := b.desk.Submit(by(t, tom), uuid.New(), content.Submit{}); code(err) != "note_not_found" {
			t.Errorf("got %v", err)
		}
	})
}

// TestFourEyes: nobody approves or publishes what they alone wrote.
func TestFourEyes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		number := 0
		note := func(writers ...actor.Actor) uuid.UUID {
			number++
			in := input()
			in.Slug = "n" + strings.Repeat("x", number)
			v := must(b.desk.Create(by(t, writers[0]), in))
			for _, w := range writers[1:] {
				must(b.desk.Save(by(t, w), v.Note.ID, 0, in))
			}
			return v.Note.ID
		}
		publish := func(a actor.Actor, id uuid.UUID) string {
			_, err := b.desk.Publish(by(t, a), id, content.Publish{})
			return code(err)
		}
		approve := func(a actor.Actor, id uuid.UUID) string {
			_, err := b.desk.Review(by(t, a), id, content.Verdict{Decision: content.Approve})
			return code(err)
		}
		submit := func(a actor.Actor, id uuid.UUID) { must(b.desk.Submit(by(t, a), id, content.Submit{})) }

		if id := note(pia); publish(pia, id) != "" {
			t.Error("without the rule, who writes may publish")
		}
		b.rules.FourEyes = true
		for what, tt := range map[string][2]string{
			"own writing":                    {publish(pia, note(pia)), "four_eyes"},
			"what another wrote":             {publish(pia, note(tom)), ""},
			"what both wrote":                {publish(pia, note(tom, pia)), ""},
			"own writing, by a key":          {publish(bot, note(pia)), "four_eyes"},
			"what a key wrote":               {publish(pia, note(bot)), "four_eyes"},
			"what a key wrote, by the key":   {publish(bot, note(bot)), "four_eyes"},
			"what the operator has imported": {publish(pia, note(actor.Machine("import"))), ""},
			"an import that publishes":       {publish(actor.Machine("import"), note(actor.Machine("import"))), ""},
		} {
			if tt[0] != tt[1] {
				t.Errorf("%s: %q", what, tt[0])
			}
		}

		t.Run("an approval by somebody else opens the way, for that revision", func(t *testing.T) {
			id := note(pia)
			submit(pia, id)
			if got := approve(pia, id); got != "self_approval" {
				t.Errorf("own submission: %q", got)
			}
			if got := approve(bot, id); got != "person_required" {
				t.Errorf("a key approves: %q", got)
			}
			if got := approve(mux, id); got != "" {
				t.Fatalf("somebody else: %q", got)
			}
			in := input()
			in.Slug = "n" + strings.Repeat("x", number)
			must(b.desk.Save(by(t, pia), id, 0, in))
			if got := publish(pia, id); got != "four_eyes" {
				t.Errorf("what was written after the approval: %q", got)
			}
			if got := approve(mux, id); got != "" {
				t.Errorf("again: %q", got)
			}
			if got := publish(pia, id); got != "" {
				t.Errorf("approved: %q", got)
			}
			if got := publish(pia, id); got != "" {
				t.Errorf("a repeat: %q", got)
			}
		})
		t.Run("somebody else's submission does not launder own writing", func(t *testing.T) {
			id := note(pia)
			submit(tom, id)
			if got := approve(pia, id); got != "self_approval" {
				t.Errorf("got %q", got)
			}
			b.rules.FourEyes = false
			if got := approve(pia, id); got != "" {
				t.Errorf("got %q", got)
			}
			b.rules.FourEyes = true
			if got := publish(pia, id); got != "four_eyes" {
				t.Errorf("an approval of one's own, given while it was allowed: %q", got)
			}
		})
		t.Run("who wrote what is live already does not count", func(t *testing.T) {
			id := note(tom)
			if got := publish(pia, id); got != "" {
				t.Fatal(got)
			}
			in := input()
			in.Slug, in.Title = "n"+strings.Repeat("x", number), "Changed"
			must(b.desk.Save(by(t, pia), id, 0, in))
			if got := publish(pia, id); got != "four_eyes" {
				t.Errorf("got %q", got)
			}
			if got := publish(mux, id); got != "" {
				t.Errorf("got %q", got)
			}
		})
	})
}

func TestTheArchive(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		v := b.published(t, input())
		id := v.Note.ID
		if _, err := b.desk.Archive(b.staff, id, 0); code(err) != "note_is_live" {
			t.Errorf("got %v", err)
		}
		must(b.desk.Retract(b.staff, id, 0, "Wrong."))
		v = must(b.desk.Archive(b.staff, id, 0))
		if again := must(b.desk.Archive(b.staff, id, 0)); again.Note.Version != v.Note.Version {
			t.Error("archiving twice is a change")
		}
		if _, err := b.library.Note(t.Context(), "film-capacity"); code(err) != "note_retracted" {
			t.Errorf("its address answers %v", err)
		}
		for what, err := range map[string]error{
			"saving":     second(b.desk.Save(b.staff, id, 0, input())),
			"publishing": second(b.desk.Publish(b.staff, id, content.Publish{})),
			"submitting": second(b.desk.Submit(b.staff, id, content.Submit{})),
		} {
			if code(err) != "note_archived" {
				t.Errorf("%s: %v", what, err)
			}
		}
		if notes, _, _ := b.desk.List(b.staff, content.Filter{Unarchived: true}); len(notes) != 0 {
			t.Error("the list shows it")
		}
		if v = must(b.desk.Unarchive(b.staff, id, 0)); v.Note.Status != content.Retracted {
			t.Errorf("came out as %s", v.Note.Status)
		}
		if _, err := b.desk.Unarchive(b.staff, id, 0); code(err) != "not_archived" {
			t.Errorf("got %v", err)
		}

		draft := must(b.desk.Create(b.staff, content.Input{Title: "Other"}))
		must(b.desk.Submit(b.staff, draft.Note.ID, content.Submit{}))
		must(b.desk.Archive(b.staff, draft.Note.ID, 0))
		draft = must(b.desk.Unarchive(b.staff, draft.Note.ID, 0))
		if draft.Note.Status != content.Draft || draft.Review != nil {
			t.Errorf("%+v %+v", draft.Note, draft.Review)
		}
		if got := b.verbs(t, id); got != "note.created note.published note.retracted note.archived note.unarchived" {
			t.Errorf("journal: %s", got)
		}
	})
}

func TestEachVerbHasItsOwnRight(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		id := must(b.desk.Create(b.staff, input())).Note.ID
		must(b.desk.Submit(b.staff, id, content.Submit{}))
		for right, do := range map[actor.Capability]func(ctx context.Context) error{
			actor.NotesWrite: func(ctx context.Context) error { return second(b.desk.Submit(ctx, id, content.Submit{})) },
			actor.NotesReview: func(ctx context.Context) error {
				return second(b.desk.Review(ctx, id, content.Verdict{Decision: content.Approve}))
			},
			actor.NotesPublish: func(ctx context.Context) error { return second(b.desk.Publish(ctx, id, content.Publish{})) },
			actor.NotesRetract: func(ctx context.Context) error { return second(b.desk.Retract(ctx, id, 0, "")) },
			actor.NotesArchive: func(ctx context.Context) error { return second(b.desk.Archive(ctx, id, 0)) },
		} {
			var others []actor.Capability
			for _, c := range actor.All() {
				if c != right {
					others = append(others, c)
				}
			}
			if err := do(as(t.Context(), others...)); code(err) != "capability_missing" {
				t.Errorf("without %s: %v", right, err)
			}
		}
	})
}

func TestNotificationsAreOnesOwn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for range 3 {
			b.now.Advance(time.Second)
			v := must(b.desk.Create(by(t, tom), content.Input{Title: "N", Slug: strings.Repeat("n", b.now.Now().Second()+1)}))
			must(b.desk.Submit(by(t, tom), v.Note.ID, content.Submit{}))
		}
		box := must(b.desk.Notifications(by(t, pia), false, "", 2))
		rest := must(b.desk.Notifications(by(t, pia), false, box.Next, 2))
		if len(box.Notifications) != 2 || box.Unread != 3 || len(rest.Notifications) != 1 || rest.Next != "" {
			t.Errorf("%+v %+v", box, rest)
		}
		one := box.Notifications[0].ID
		if err := b.desk.Read(by(t, mux), one); code(err) != "notification_not_found" {
			t.Errorf("somebody else reads it: %v", err)
		}
		if err := b.desk.Read(by(t, bot), one); code(err) != "person_required" {
			t.Errorf("got %v", err)
		}
		for range 2 {
			if err := b.desk.Read(by(t, pia), one); err != nil {
				t.Error(err)
			}
		}
		if box = must(b.desk.Notifications(by(t, pia), true, "", 0)); box.Unread != 2 || len(box.Notifications) != 2 {
			t.Errorf("%+v", box)
		}
		if err := b.desk.ReadAll(by(t, pia)); err != nil {
			t.Error(err)
		}
		if a, b := must(b.desk.Notifications(by(t, pia), true, "", 0)), must(b.desk.Notifications(by(t, mux), true, "", 0)); a.Unread != 0 || b.Unread != 3 {
			t.Errorf("%d %d", a.Unread, b.Unread)
		}
	})
}
