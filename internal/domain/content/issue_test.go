package content_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/search"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// loose is the input of a note that stands in no issue.
func loose(n int) content.Input {
	in := input()
	in.Title, in.Slug, in.Series, in.Issue = fmt.Sprint("Note ", n), "", "", ""
	return in
}

func (b *bench) loose(t *testing.T, n int) *content.DraftView {
	t.Helper()
	return must(b.desk.Create(by(t, tom), loose(n)))
}

func order(v *content.IssueView) string {
	var out []string
	for _, n := range v.Notes {
		out = append(out, strings.TrimPrefix(n.Title, "Note "))
	}
	return strings.Join(out, " ")
}

// shown lists an issue as readers get it, in its order.
func (b *bench) shown(t *testing.T, issue uuid.UUID) string {
	t.Helper()
	places := map[int]string{}
	most := 0
	for _, n := range must(b.library.List(t.Context(), content.Query{Issue: issue})).Notes {
		places[n.Position], most = strings.TrimPrefix(n.Title, "Note "), max(most, n.Position)
	}
	var out []string
	for i := range most + 1 {
		if places[i] != "" {
			out = append(out, places[i])
		}
	}
	return strings.Join(out, " ")
}

func TestAnIssueIsPublishedAsOneAct(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		x := must(b.desk.CreateIssue(b.staff, content.IssueInput{Series: "letter", Label: "2026-08", Title: "Heat", Editorial: "It was *hot*."}))
		if x.Label != "August 2026" || !x.Held || x.PublishedAt != nil || !strings.Contains(x.EditorialHTML, "<em>") {
			t.Fatalf("%+v", x.Issue)
		}
		if _, err := b.desk.CreateIssue(b.staff, content.IssueInput{Series: "letter", Label: "August 2026"}); code(err) != "issue_exists" {
			t.Errorf("got %v", err)
		}
		if _, err := b.desk.PublishIssue(b.staff, x.ID, 0); code(err) != "issue_empty" {
			t.Errorf("got %v", err)
		}
		one, two, three := b.loose(t, 1), b.loose(t, 2), b.loose(t, 3)
		ids := []uuid.UUID{three.Note.ID, one.Note.ID, two.Note.ID}
		x = must(b.desk.Arrange(b.staff, x.ID, x.Version, ids))
		if got := order(x); got != "3 1 2" {
			t.Errorf("order %s", got)
		}
		v := must(b.desk.Draft(b.staff, one.Note.ID))
		if v.Issue == nil || v.Issue.ID != x.ID || v.Series.Slug != "letter" || v.Revision.Position != 2 || v.Revision.Number != 1 || v.Note.Version != 2 {
			t.Errorf("placed: %+v %+v", v.Note, v.Revision)
		}

		// One of them alone does not show the issue.
		must(b.desk.Publish(b.staff, one.Note.ID, content.Publish{}))
		if n := must(b.library.Note(t.Context(), "note-1")); n.Issue != nil {
			t.Errorf("the issue shows with its first note: %+v", n.Issue)
		}
		// A draft that cannot be published keeps all of it back, and is named.
		in := must(b.desk.Draft(b.staff, two.Note.ID)).Input()
		in.Abstract = ""
		must(b.desk.Save(by(t, tom), two.Note.ID, 0, in))
		b.rules.FourEyes = true
		in3 := must(b.desk.Draft(b.staff, three.Note.ID)).Input()
		must(b.desk.Save(by(t, pia), three.Note.ID, 0, in3))
		_, err := b.desk.PublishIssue(by(t, tom), x.ID, 0)
		if code(err) != "capability_missing" {
			t.Errorf("got %v", err)
		}
		_, err = b.desk.PublishIssue(by(t, pia), x.ID, 0)
		f := fault.Of(err)
		if f == nil || f.Code != "issue_not_ready" || f.Kind != fault.Conflict || len(f.Fields) != 1 || f.Fields[0].Path != "/notes/"+two.Note.ID.String()+"/abstract" || !strings.Contains(f.Fields[0].Message, "“Note 2”") {
			t.Errorf("got %v", err)
		}
		if got := b.shown(t, x.ID); got != "1" {
			t.Errorf("half of it was published: %s", got)
		}
		in.Abstract = "There."
		must(b.desk.Save(by(t, tom), two.Note.ID, 0, in))
		b.now.Advance(time.Hour)
		x = must(b.desk.PublishIssue(by(t, pia), x.ID, 0))
		b.rules.FourEyes = false
		if got := b.shown(t, x.ID); got != "3 1 2" || !x.PublishedAt.Equal(b.now.Now()) {
			t.Errorf("shown %s", got)
		}
		if n := must(b.library.Note(t.Context(), "note-1")); n.Issue == nil || n.Issue.Title != "Heat" {
			t.Error("the issue does not show now")
		}
		if again := must(b.desk.PublishIssue(by(t, pia), x.ID, 0)); again.Version != x.Version {
			t.Error("publishing twice is a change")
		}

		t.Run("its order changes at once, by who may publish", func(t *testing.T) {
			sorter := pia
			sorter.Capabilities = []actor.Capability{actor.NotesRead, actor.TaxonomyWrite}
			if _, err := b.desk.Arrange(by(t, sorter), x.ID, 0, ids[:2]); code(err) != "capability_missing" {
				t.Errorf("got %v", err)
			}
			x = must(b.desk.Arrange(by(t, pia), x.ID, 0, []uuid.UUID{two.Note.ID, three.Note.ID}))
			if got := b.shown(t, x.ID); got != "2 3" || order(x) != "2 3" {
				t.Errorf("shown %s", got)
			}
			if v := must(b.desk.Draft(b.staff, one.Note.ID)); v.Issue != nil || v.Revision.Position != 0 || v.Note.Changed() {
				t.Errorf("taken out: %+v", v.Note)
			}
			// A later change of a note keeps the place that the issue gave it.
			d := must(b.desk.Draft(b.staff, three.Note.ID))
			d = b.change(t, d)
			must(b.desk.Publish(b.staff, d.Note.ID, content.Publish{}))
			if got := b.shown(t, x.ID); got != "2 3" {
				t.Errorf("shown %s", got)
			}
			// And a restored text does not move it either.
			must(b.desk.Restore(b.staff, d.Note.ID, 0, 1, ""))
			must(b.desk.Publish(b.staff, d.Note.ID, content.Publish{}))
			if got := b.shown(t, x.ID); got != "2 3" {
				t.Errorf("shown %s", got)
			}
		})
		t.Run("it can be withdrawn, alone or with its notes", func(t *testing.T) {
			x = must(b.desk.RetractIssue(b.staff, x.ID, 0, false, ""))
			if n := must(b.library.Note(t.Context(), "note-2")); n.Issue != nil || x.PublishedAt != nil {
				t.Error("the issue still shows")
			}
			if _, err := b.desk.RetractIssue(b.staff, x.ID, 0, false, ""); code(err) != "issue_not_published" {
				t.Errorf("got %v", err)
			}
			must(b.desk.PublishIssue(b.staff, x.ID, 0))
			must(b.desk.RetractIssue(b.staff, x.ID, 0, true, "Recalled."))
			for _, slug := range []string{"note-2", "note-3"} {
				if _, err := b.library.Note(t.Context(), slug); code(err) != "note_retracted" || !strings.Contains(err.Error(), "Recalled.") {
					t.Errorf("%s: %v", slug, err)
				}
			}
			if _, err := b.library.Note(t.Context(), "note-1"); err != nil {
				t.Errorf("a note outside of it: %v", err)
			}
			if _, err := b.desk.PublishIssue(b.staff, x.ID, 0); code(err) != "issue_empty" {
				t.Errorf("retracted notes come back by themselves: %v", err)
			}
		})
		var verbs []string
		for _, ev := range must(b.journal.List(t.Context(), journal.Filter{Subject: "issue", ID: "letter/2026-08"})) {
			verbs = append([]string{ev.Verb}, verbs...)
		}
		if got := strings.Join(verbs, " "); got != "issue.saved issue.arranged issue.published issue.arranged issue.retracted issue.published issue.retracted" {
			t.Errorf("journal: %s", got)
		}
	})
}

// breaking is a journal that breaks at the nth publication.
type breaking struct {
	*journal.Journal
	after int
}

func (j *breaking) Record(ctx context.Context, e journal.Event) error {
	if e.Verb == "note.published" {
		if j.after--; j.after < 0 {
			return errors.New("the machine goes down")
		}
	}
	return j.Journal.Record(ctx, e)
}

func TestAnIssueBreaksAsAWhole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		x := must(b.desk.CreateIssue(b.staff, content.IssueInput{Series: "letter", Label: "2026-08"}))
		x = must(b.desk.Arrange(b.staff, x.ID, 0, []uuid.UUID{b.loose(t, 1).Note.ID, b.loose(t, 2).Note.ID, b.loose(t, 3).Note.ID}))
		shaky := content.NewDesk(content.Deps{DB: b.db, Clock: b.now, Journal: &breaking{b.journal, 2}, Search: search.New(b.db)})
		if _, err := shaky.PublishIssue(b.staff, x.ID, 0); err == nil {
			t.Fatal("it did not break")
		}
		again := must(b.desk.Issue(b.staff, x.ID))
		if got := b.shown(t, x.ID); got != "" || again.PublishedAt != nil || again.Version != x.Version {
			t.Errorf("left behind: %q %+v", got, again.Issue)
		}
		must(b.desk.PublishIssue(b.staff, x.ID, 0))
		if got := b.shown(t, x.ID); got != "1 2 3" {
			t.Errorf("shown %q", got)
		}
	})
}

func TestEditingIssues(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		x := must(b.desk.CreateIssue(b.staff, content.IssueInput{Series: "letter", Label: "2026-08"}))
		edit := func(version int64, do func(*content.IssueInput)) error {
			_, err := b.desk.EditIssue(b.staff, x.ID, version, func(in *content.IssueInput) error { do(in); return nil })
			return err
		}
		cover := uuid.New()
		if err := edit(x.Version, func(in *content.IssueInput) {
			in.Label, in.Title, in.Number, in.Cover, in.CoverAlt = "2026-09", "Cooler", 9, &cover, "A lake"
		}); err != nil {
			t.Fatal(err)
		}
		if err := edit(x.Version, func(in *content.IssueInput) { in.Title = "Stale" }); code(err) != "stale_version" {
			t.Errorf("got %v", err)
		}
		got := must(b.desk.Issue(b.staff, x.ID))
		if got.Slug != "2026-09" || got.Title != "Cooler" || *got.CoverID != cover || got.Number != 9 {
			t.Errorf("%+v", got.Issue)
		}
		if err := edit(0, func(in *content.IssueInput) { in.Label = "2026-07" }); code(err) != "issue_exists" {
			t.Errorf("got %v", err)
		}
		if err := edit(0, func(in *content.IssueInput) { in.Label = "soon" }); code(err) != "invalid_input" {
			t.Errorf("got %v", err)
		}
		// By series and month, as scripts do: what is not named stays.
		if again := must(b.desk.PutIssue(b.staff, content.IssueInput{Series: "letter", Label: "2026-09", Title: "By script"})); *again.CoverID != cover || !again.Held || again.ID != x.ID {
			t.Errorf("%+v", again)
		}
		must(b.desk.Arrange(b.staff, x.ID, 0, []uuid.UUID{b.loose(t, 1).Note.ID}))
		must(b.desk.PublishIssue(b.staff, x.ID, 0))
		if err := edit(0, func(in *content.IssueInput) { in.Label = "2026-10" }); code(err) != "issue_is_published" {
			t.Errorf("got %v", err)
		}
		if list := must(b.desk.Issues(b.staff, "letter")); len(list) != 2 || list[0].ID != x.ID {
			t.Errorf("%v", list)
		}
		if list := must(b.desk.Issues(b.staff, "other")); len(list) != 0 {
			t.Errorf("%v", list)
		}
		if _, err := b.desk.Issue(b.staff, uuid.New()); code(err) != "issue_not_found" {
			t.Errorf("got %v", err)
		}
		a := b.loose(t, 7).Note.ID
		must(b.desk.Archive(b.staff, a, 0))
		for what, tt := range map[string]struct {
			ids  []uuid.UUID
			code string
		}{
			"an archived note":         {[]uuid.UUID{a}, "note_archived"},
			"a note that is not there": {[]uuid.UUID{uuid.New()}, "invalid_input"},
			"too many":                 {make([]uuid.UUID, 101), "invalid_input"},
		} {
			if _, err := b.desk.Arrange(b.staff, x.ID, 0, tt.ids); code(err) != tt.code {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}
