package content_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

func decide(t *content.Teaser, now time.Time, grants ...access.Grant) access.Decision {
	return access.Decide(t.Access(), grants, now)
}

func TestTextNeedsAFullDecision(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.published(t, input())
		teaser := must(b.library.Note(t.Context(), "film-capacity"))
		subscriber := access.Grant{Kind: access.Subscription, Plan: "reader"}

		for name, d := range map[string]access.Decision{
			"none":    {},
			"preview": decide(teaser, b.now.Now()),
			"denied":  decide(teaser, teaser.PublishedAt.Add(-1), subscriber),
		} {
			if text, err := b.library.Text(t.Context(), d); code(err) != "no_access" || text != nil {
				t.Errorf("%s: %v %v", name, text, err)
			}
		}
		text := must(b.library.Text(t.Context(), decide(teaser, b.now.Now(), subscriber)))
		if !strings.Contains(text.HTML, "bench") || text.Markdown != body || len(text.Contents) != 1 {
			t.Errorf("%+v", text)
		}

		t.Run("a decision opens the revision it was made for", func(t *testing.T) {
			old := decide(teaser, b.now.Now(), subscriber)
			in := input()
			in.Body = "Changed.\n\n<!-- paywall -->\n\nOther."
			draft := must(b.desk.DraftBySlug(b.staff, "film-capacity"))
			must(b.desk.Save(b.staff, draft.Note.ID, 0, in))
			must(b.desk.Publish(b.staff, draft.Note.ID, content.Publish{}))
			fresh := must(b.library.Note(t.Context(), "film-capacity"))
			now := must(b.library.Text(t.Context(), decide(fresh, b.now.Now(), subscriber)))
			if now.Markdown != in.Body || must(b.library.Text(t.Context(), old)).Markdown != body {
				t.Error("revisions are mixed up")
			}
		})
	})
}

func TestAGatedNoteWithoutAPaywallShowsOnlyItsAbstract(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		in := input()
		in.Body = "Everything here is for subscribers. " + strings.Repeat("word ", 240)
		b.published(t, in)
		n := must(b.library.Note(t.Context(), "film-capacity"))
		if n.HTML != "" || n.Plain != "" || len(n.Contents) != 0 || n.Abstract == "" {
			t.Errorf("teaser %+v", n)
		}
		if n.Behind.Words != 200 {
			t.Errorf("%d words behind the gate", n.Behind.Words)
		}
		if r := must(b.library.Search(t.Context(), content.Search{Text: "subscribers", Limit: 10})); len(r.Notes) != 0 {
			t.Error("gated text is found")
		}
	})
}

func TestListsAreForwardOnlyAndComplete(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for i := range 25 {
			in := input()
			in.Title, in.Slug = fmt.Sprintf("Note %02d", i), ""
			if i%5 == 0 {
				in.Topics, in.Authors, in.Kind = nil, []string{"bo-ek"}, content.Forecast
			}
			v := must(b.desk.Create(b.staff, in))
			// Three at a time share a moment, so that the id has to decide.
			must(b.desk.Publish(b.staff, v.Note.ID, content.Publish{At: start.AddDate(0, -i/3, 0)}))
		}
		cat := must(b.library.Catalogue(t.Context()))
		walk := func(q content.Query) (titles []string) {
			for {
				p := must(b.library.List(t.Context(), q))
				for _, n := range p.Notes {
					titles = append(titles, n.Title)
				}
				if q.After = p.Next; p.Next == "" {
					return titles
				}
			}
		}
		for name, tt := range map[string]struct {
			q    content.Query
			want int
		}{
			"all":              {content.Query{Limit: 4}, 25},
			"a topic":          {content.Query{Limit: 3, Topic: cat.TopicBySlug("film").ID}, 20},
			"an author":        {content.Query{Limit: 2, Author: cat.AuthorBySlug("bo-ek").ID}, 5},
			"a kind":           {content.Query{Kind: content.Forecast}, 5},
			"a series":         {content.Query{Series: cat.SeriesBySlug("letter").ID, Limit: 100}, 25},
			"another series":   {content.Query{Series: uuid.New()}, 0},
			"the issue":        {content.Query{Issue: cat.Issues[0].ID, Limit: 7}, 25},
			"one month":        {content.Query{From: start.AddDate(0, -2, 0), To: start.AddDate(0, -1, 0)}, 3},
			"exactly one page": {content.Query{Limit: 25}, 25},
		} {
			got := walk(tt.q)
			seen := map[string]bool{}
			for _, title := range got {
				if seen[title] {
					t.Errorf("%s: %s twice", name, title)
				}
				seen[title] = true
			}
			if len(got) != tt.want {
				t.Errorf("%s: %d notes, want %d", name, len(got), tt.want)
			}
		}
		months := must(b.library.Months(t.Context()))
		if len(months) != 9 || months[0].Notes != 3 || !months[0].First.Equal(time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)) || months[8].Notes != 1 {
			t.Errorf("months %+v", months)
		}
		if _, err := b.library.List(t.Context(), content.Query{After: "AAAA"}); code(err) != "bad_cursor" {
			t.Errorf("got %v", err)
		}
	})
}

func TestAnIssueAppearsWithItsFirstNote(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		if i := must(b.library.Catalogue(t.Context())).Issues[0]; i.PublishedAt != nil || !strings.Contains(i.EditorialHTML, "<em>rained</em>") {
			t.Errorf("%+v", i)
		}
		b.published(t, input())
		if i := must(b.library.Catalogue(t.Context())).Issues[0]; i.PublishedAt == nil {
			t.Error("the issue has no date")
		}
		must(b.desk.PutIssue(b.staff, content.IssueInput{Series: "letter", Label: "July 2026", Title: "Rain"}))
		cat := must(b.library.Catalogue(t.Context()))
		if len(cat.Issues) != 1 || cat.Issues[0].Title != "Rain" || cat.Issues[0].PublishedAt == nil {
			t.Errorf("%+v", cat.Issues[0])
		}
	})
}

func TestSearchJoinsWhatItFinds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.published(t, input())
		open := input()
		open.Title, open.Gate, open.Body = "Open", access.Public, "Everybody may read about zirconia."
		b.published(t, open)
		for text, want := range map[string]int{"foundries": 2, "ada lind": 2, "bench": 0, "zirconia": 1, "july 2026": 2, "short": 1} {
			if r := must(b.library.Search(t.Context(), content.Search{Text: text, Limit: 10})); len(r.Notes) != want {
				t.Errorf("%q found %d, want %d", text, len(r.Notes), want)
			}
		}
	})
}

func TestRerenderKeepsWhatWasWritten(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		v := b.published(t, input())
		stale := `UPDATE revisions SET renderer = 0, teaser_html = 'old'`
		if err := b.exec(t, stale); err != nil {
			t.Fatal(err)
		}
		if n, err := b.desk.Rerender(t.Context()); err != nil || n != 1 {
			t.Fatalf("%d, %v", n, err)
		}
		if n, err := b.desk.Rerender(t.Context()); err != nil || n != 0 {
			t.Errorf("again: %d, %v", n, err)
		}
		got := must(b.desk.Draft(b.staff, v.Note.ID))
		if got.Body != body || !strings.Contains(must(b.library.Note(t.Context(), "film-capacity")).HTML, "Film is short") {
			t.Errorf("%+v", got)
		}
	})
}

// TestNothingComesBeforeItsMoment: a note is published at its moment and not
// before, so only a clock that was put back makes one of tomorrow. Every list
// leaves it out all the same.
func TestNothingComesBeforeItsMoment(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for _, title := range []string{"Today", "Tomorrow"} {
			in := input()
			in.Title, in.Slug = title, ""
			v := b.published(t, in)
			if title == "Tomorrow" {
				err := b.db.Tx(b.staff, func(ctx context.Context) error {
					return b.db.Write(ctx).Exec("UPDATE notes SET published_at = ? WHERE id = ?", start.Add(24*time.Hour), v.Note.ID).Error
				})
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		shown := func() (out []string) {
			for _, n := range must(b.library.List(t.Context(), content.Query{Limit: 10})).Notes {
				out = append(out, n.Title)
			}
			months := 0
			for _, m := range must(b.library.Months(t.Context())) {
				months += m.Notes
			}
			if months != len(out) {
				t.Errorf("%d notes in months, %v", months, out)
			}
			return out
		}
		if got := shown(); !slices.Equal(got, []string{"Today"}) {
			t.Errorf("%v", got)
		}
		if _, err := b.library.Note(t.Context(), "tomorrow"); code(err) != "note_not_found" {
			t.Errorf("its page: %v", err)
		}
		b.now.Advance(24 * time.Hour)
		b.library.Forget()
		if got := shown(); !slices.Equal(got, []string{"Tomorrow", "Today"}) {
			t.Errorf("a day later: %v", got)
		}
	})
}

// TestWorkOnAllNotesHoldsOneAtATime: whoever holds a note that the work waits
// for can take one that the work is done with.
func TestWorkOnAllNotesHoldsOneAtATime(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		if e.Name == db.SQLite { // has one writer
			return
		}
		b := setup(t, e)
		first := b.published(t, input()).Note.ID
		in := input()
		in.Slug = "later"
		b.now.Advance(time.Hour)
		second := b.published(t, in).Note.ID
		for name, x := range map[string]struct {
			stale      string
			held, then uuid.UUID
			work       func(context.Context) (int, error)
		}{
			"drawn":   {"UPDATE revisions SET renderer = 0", second, first, b.desk.Rerender},
			"indexed": {"UPDATE search_documents SET version = 0", first, second, b.desk.Reindex}, // newest first
		} {
			if err := b.exec(t, x.stale); err != nil {
				t.Fatal(err)
			}
			done := make(chan error, 1)
			lock := func(ctx context.Context, id uuid.UUID) error {
				return b.db.Write(ctx).Exec("SELECT 1 FROM notes WHERE id = ? FOR UPDATE", id).Error
			}
			err := b.db.Tx(t.Context(), func(ctx context.Context) error {
				if err := lock(ctx, x.held); err != nil {
					return err
				}
				go func() {
					_, err := x.work(t.Context())
					done <- err
				}()
				for waits := false; !waits; time.Sleep(5 * time.Millisecond) {
					const asked = "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"
					if err := b.db.SQL().QueryRowContext(t.Context(), asked).Scan(&waits); err != nil {
						return err
					}
				}
				return lock(ctx, x.then)
			})
			if other := <-done; err != nil || other != nil {
				t.Errorf("%s: %v, %v", name, err, other)
			}
		}
	})
}
