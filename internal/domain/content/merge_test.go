package content_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

func slugsOf(topics []*content.Topic) string {
	var out []string
	for _, t := range topics {
		out = append(out, t.Slug)
	}
	return strings.Join(out, " ")
}

func writers(authors []*content.Author) string {
	var out []string
	for _, a := range authors {
		out = append(out, a.Slug)
	}
	return strings.Join(out, " ")
}

// twins makes two topics and two authors that are the same, a note that readers
// see, one with changes, a draft, and one that names both.
func twins(t *testing.T, b *bench) (live, changed, draft, both uuid.UUID) {
	t.Helper()
	must(b.desk.PutTopic(b.staff, content.Label{Name: "Films"}))
	must(b.desk.PutAuthor(b.staff, content.Label{Name: "A. Lind"}))
	in := func(title string, topics, authors []string) content.Input {
		return content.Input{Title: title, Body: title + " is *short*.", Abstract: title, Gate: access.Public, Topics: topics, Authors: authors}
	}
	live = b.published(t, in("Live", []string{"films"}, []string{"a-lind"})).Note.ID
	v := b.published(t, in("Changed", []string{"film"}, []string{"bo-ek"}))
	changed = v.Note.ID
	must(b.desk.Save(b.staff, changed, 0, in("Changed", []string{"films"}, []string{"bo-ek", "a-lind"})))
	draft = must(b.desk.Create(b.staff, in("Draft", []string{"films"}, []string{"a-lind"}))).Note.ID
	both = b.published(t, in("Both", []string{"films", "film"}, []string{"bo-ek", "a-lind", "ada-lind"})).Note.ID
	return live, changed, draft, both
}

func TestMergedNamesAreOne(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		live, changed, draft, both := twins(t, b)
		versions := map[uuid.UUID]int64{}
		for _, id := range []uuid.UUID{live, changed, draft, both} {
			versions[id] = must(b.desk.Draft(b.staff, id)).Note.Version
		}
		if got := must(b.library.Note(t.Context(), "live")); slugsOf(got.Topics) != "films" || writers(got.Authors) != "a-lind" {
			t.Fatal(slugsOf(got.Topics), writers(got.Authors))
		}
		m, err := b.desk.MergeTopic(b.staff, "films", "film")
		if err != nil || m.Notes != 4 || m.Into.Slug != "film" {
			t.Fatalf("%+v %v", m, err)
		}
		a, err := b.desk.MergeAuthor(b.staff, "a-lind", "ada-lind")
		if err != nil || a.Notes != 4 || a.Into.Slug != "ada-lind" {
			t.Fatalf("%+v %v", a, err)
		}
		for id, want := range map[uuid.UUID][2]string{live: {"film", "ada-lind"}, changed: {"film", "bo-ek ada-lind"}, draft: {"film", "ada-lind"}, both: {"film", "bo-ek ada-lind"}} {
			v := must(b.desk.Draft(b.staff, id))
			if slugsOf(v.Topics) != want[0] || writers(v.Authors) != want[1] {
				t.Errorf("draft of %s: %s, %s", v.Revision.Title, slugsOf(v.Topics), writers(v.Authors))
			}
			if v.Note.Version != versions[id] {
				t.Errorf("%s has another version: whoever writes it would be in conflict", v.Revision.Title)
			}
		}
		for slug, want := range map[string]string{"live": "film, ada-lind", "changed": "film, bo-ek", "both": "film, bo-ek ada-lind"} {
			n := must(b.library.Note(t.Context(), slug))
			if got := slugsOf(n.Topics) + ", " + writers(n.Authors); got != want {
				t.Errorf("readers see of %s: %s", slug, got)
			}
		}
		cat := must(b.library.Catalogue(t.Context()))
		if slugsOf(cat.Topics) != "film" || writers(cat.Authors) != "ada-lind bo-ek" || cat.TopicBySlug("films") != nil || cat.TopicAt("films").Slug != "film" || cat.AuthorAt("a-lind").Slug != "ada-lind" {
			t.Error(slugsOf(cat.Topics), writers(cat.Authors))
		}
		film := cat.TopicBySlug("film")
		if page := must(b.library.List(t.Context(), content.Query{Topic: film.ID, Total: true})); page.Total != 3 {
			t.Error("notes on film:", page.Total)
		}
		for _, asked := range []string{"film", "films"} {
			if notes, _, err := b.desk.List(b.staff, content.Filter{Topic: asked}); err != nil || len(notes) != 4 {
				t.Errorf("the desk finds %d notes of %s: %v", len(notes), asked, err)
			}
		}
		// Whoever has a note open saves it with the names that were there.
		in := must(b.desk.Draft(b.staff, draft)).Input()
		in.Topics, in.Authors = []string{"films", "film"}, []string{"a-lind"}
		v, err := b.desk.Save(b.staff, draft, versions[draft], in)
		if err != nil || slugsOf(v.Topics) != "film" || writers(v.Authors) != "ada-lind" {
			t.Fatal(v, err)
		}
		// Changes that wait, and what is brought back, speak of the same.
		must(b.desk.Publish(b.staff, changed, content.Publish{}))
		if n := must(b.library.Note(t.Context(), "changed")); slugsOf(n.Topics) != "film" || writers(n.Authors) != "bo-ek ada-lind" {
			t.Error(slugsOf(n.Topics), writers(n.Authors))
		}
		if page := must(b.library.List(t.Context(), content.Query{Topic: film.ID, Total: true})); page.Total != 3 {
			t.Error("notes on film, once changes went out that were made before:", page.Total)
		}
		if v := must(b.desk.Restore(b.staff, both, 0, 1, "")); slugsOf(v.Topics) != "film" || writers(v.Authors) != "bo-ek ada-lind" {
			t.Error(slugsOf(v.Topics), writers(v.Authors))
		}
		if n := must(b.library.Version(t.Context(), "both", 1)); writers(n.Authors) != "bo-ek ada-lind" {
			t.Error("as it is cited:", writers(n.Authors))
		}
		must(b.desk.Reindex(t.Context()))
		for _, asked := range []string{"topic:film", "topic:films", `author:"ada lind"`, "author:a-lind"} {
			r := must(b.library.Search(t.Context(), content.Search{Text: asked + " short", Limit: 10}))
			if len(r.Notes) != 3 || len(r.Unknown) > 0 {
				t.Errorf("%s finds %d, does not know %v", asked, len(r.Notes), r.Unknown)
			}
		}
		events := must(b.journal.List(t.Context(), journal.Filter{Verb: "topic.merged"}))
		if len(events) != 1 || events[0].SubjectID != "films" || !strings.Contains(string(events[0].Payload), `"into":"film"`) && !strings.Contains(string(events[0].Payload), `"into": "film"`) {
			t.Errorf("%+v", events)
		}
	})
}

func TestChangesTellOfAMerger(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		live, _, _, both := twins(t, b)
		for _, id := range []uuid.UUID{live, both} {
			if err := b.library.Mark(t.Context(), content.ChangedNote, id.String()); err == nil {
				t.Fatal("a mark outside of a transaction")
			}
		}
		since := must(b.library.Changes(t.Context(), "", 100)).Next
		must(b.desk.MergeTopic(b.staff, "films", "film"))
		list := must(b.library.Changes(t.Context(), since, 100)).List
		told := map[string]bool{}
		for _, c := range list {
			told[c.Slug] = true
		}
		if !told["live"] || !told["both"] || told["changed"] || told["draft"] || len(told) != 2 {
			t.Error(told)
		}
	})
}

func TestMergingIsRefusedOrRepeated(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		twins(t, b)
		must(b.desk.PutTopic(b.staff, content.Label{Name: "Foil"}))
		for name, x := range map[string]struct{ from, into, want string }{
			"itself": {"film", "film", "/into same"}, "nothing": {"film", "gold", "/into unknown"}, "of nothing": {"gold", "film", "topic_not_found"},
		} {
			_, err := b.desk.MergeTopic(b.staff, x.from, x.into)
			got := code(err)
			if f := fault.Of(err); f != nil && len(f.Fields) > 0 {
				got = f.Fields[0].Path + " " + f.Fields[0].Code
			}
			if got != x.want {
				t.Errorf("%s: %s", name, got)
			}
		}
		reader := as(t.Context(), actor.NotesRead, actor.NotesWrite)
		_, denied := b.desk.MergeTopic(reader, "films", "film")
		if code(denied) != "capability_missing" || code(b.desk.DeleteTopic(reader, "foil")) != "capability_missing" {
			t.Error(denied)
		}
		must(b.desk.MergeTopic(b.staff, "films", "film"))
		if m, err := b.desk.MergeTopic(b.staff, "films", "film"); err != nil || m.Notes != 0 || m.Into.Slug != "film" {
			t.Error("again:", m, err)
		}
		if n := len(must(b.journal.List(t.Context(), journal.Filter{Verb: "topic.merged"}))); n != 1 {
			t.Error("journalled", n, "times")
		}
		if _, err := b.desk.MergeTopic(b.staff, "film", "films"); code(err) != "invalid_input" {
			t.Error("the other way round:", err)
		}
		if _, err := b.desk.PutTopic(b.staff, content.Label{Name: "Films", Slug: "films"}); code(err) != "address_leads_on" {
			t.Error(err)
		}
		// The better name is free.
		if x, err := b.desk.PutTopic(b.staff, content.Label{Name: "Films", Slug: "film"}); err != nil || x.Name != "Films" {
			t.Error(x, err)
		}
		must(b.desk.MergeTopic(b.staff, "film", "foil"))
		cat := must(b.desk.Catalogue(b.staff))
		if cat.TopicAt("films").Slug != "foil" || cat.TopicAt("film").Slug != "foil" || cat.TopicNow(cat.TopicAt("film").ID.String()) != nil {
			t.Error("addresses do not lead on to the last")
		}
		if notes, _, err := b.desk.List(b.staff, content.Filter{Topic: "films"}); err != nil || len(notes) != 4 {
			t.Error(len(notes), err)
		}
	})
}

func TestWhatIsUnusedIsDeleted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		live, _, _, _ := twins(t, b)
		uses := must(b.desk.Uses(b.staff))
		if uses.Topics["films"] != 3 || uses.Topics["film"] != 2 || uses.Authors["a-lind"] != 3 || len(uses.Series) != 0 {
			t.Errorf("%+v", uses)
		}
		err := b.desk.DeleteTopic(b.staff, "films")
		if code(err) != "topic_in_use" || !strings.Contains(fault.Of(err).Message, "4 notes name it") {
			t.Error(err)
		}
		// A version that can be cited keeps its author.
		in := must(b.desk.Draft(b.staff, live)).Input()
		in.Authors, in.Topics = []string{"bo-ek"}, nil
		must(b.desk.Save(b.staff, live, 0, in))
		must(b.desk.Publish(b.staff, live, content.Publish{}))
		if err := b.desk.DeleteAuthor(b.staff, "a-lind"); code(err) != "author_in_use" || !strings.Contains(fault.Of(err).Message, "4 notes") {
			t.Error(err)
		}
		must(b.desk.PutTopic(b.staff, content.Label{Name: "Foil"}))
		must(b.desk.PutTopic(b.staff, content.Label{Name: "Foils"}))
		must(b.desk.MergeTopic(b.staff, "foils", "foil"))
		if err := b.desk.DeleteTopic(b.staff, "foil"); err != nil {
			t.Fatal(err)
		}
		if code(b.desk.DeleteTopic(b.staff, "foil")) != "topic_not_found" || code(b.desk.DeleteTopic(b.staff, "foils")) != "topic_not_found" {
			t.Error("it is there still")
		}
		must(b.desk.PutTopic(b.staff, content.Label{Name: "Foils"}))
		if code(b.desk.DeleteSeries(b.staff, "letter")) != "series_in_use" {
			t.Error("a series with issues")
		}
		must(b.desk.PutSeries(b.staff, content.Label{Name: "Weekly"}))
		must(b.desk.Create(b.staff, content.Input{Title: "Of a series", Body: "x", Series: "weekly"}))
		if err := b.desk.DeleteSeries(b.staff, "weekly"); code(err) != "series_in_use" || !strings.Contains(fault.Of(err).Message, "1 note belongs") {
			t.Error(err)
		}
		must(b.desk.PutSeries(b.staff, content.Label{Name: "Daily"}))
		if err := b.desk.DeleteSeries(b.staff, "daily"); err != nil || must(b.desk.Catalogue(b.staff)).SeriesBySlug("daily") != nil {
			t.Error(err)
		}
	})
}

// TestNobodyIsLostWhileNamesAreMerged: notes are saved with a topic while it
// becomes part of another, and two mergers go against each other.
func TestNobodyIsLostWhileNamesAreMerged(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		twins(t, b)
		in := content.Input{Title: "Old", Body: "x", Topics: []string{"films"}}
		old := must(b.desk.Create(b.staff, in)).Note.ID
		var wg sync.WaitGroup
		errs := make(chan error, 64)
		run := func(f func(ctx context.Context) error) {
			wg.Go(func() { errs <- f(b.staff) })
		}
		for i := range 12 {
			run(func(ctx context.Context) error {
				_, err := b.desk.Create(ctx, content.Input{Title: fmt.Sprint("New ", i), Body: "x", Topics: []string{"films"}})
				return err
			})
			run(func(ctx context.Context) error {
				_, err := b.desk.Save(ctx, old, 0, in)
				return err
			})
			if i == 4 {
				run(func(ctx context.Context) error {
					_, err := b.desk.MergeTopic(ctx, "films", "film")
					return err
				})
				run(func(ctx context.Context) error {
					_, err := b.desk.MergeTopic(ctx, "film", "films")
					return err
				})
			}
		}
		wg.Wait()
		close(errs)
		refused := 0
		for err := range errs {
			if code(err) == "invalid_input" {
				refused++
			} else if err != nil {
				t.Error(err)
			}
		}
		if refused != 1 {
			t.Errorf("%d mergers were refused, of two against each other", refused)
		}
		left := must(b.desk.Catalogue(b.staff)).Topics
		notes, _, err := b.desk.List(b.staff, content.Filter{Topic: left[0].Slug, Limit: 100})
		if err != nil || len(left) != 1 || len(notes) != 4+1+12 {
			t.Errorf("%d topics, %d notes of it: %v", len(left), len(notes), err)
		}
	})
}
