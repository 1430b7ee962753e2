package content_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/search"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

type bench struct {
	desk    *content.Desk
	library *content.Library
	journal *journal.Journal
	db      *db.DB
	now     *clock.Manual
	staff   context.Context // may do everything
	rules   *content.Rules
}

// house is the publication's settings, as a test likes them.
type house struct{ rules *content.Rules }

func (h house) Rules(context.Context) (content.Rules, error) { return *h.rules, nil }

var start = time.Date(2026, 7, 14, 9, 0, 0, 0, time.UTC)

type onlyPlans []string

func (p onlyPlans) KnownPlans(_ context.Context, slugs []string) (unknown []string, _ error) {
	for _, s := range slugs {
		if !strings.Contains(strings.Join(p, " "), s) {
			unknown = append(unknown, s)
		}
	}
	return unknown, nil
}

func setup(t *testing.T, e dbtest.Engine) *bench {
	t.Helper()
	now := clock.NewManual(start)
	d := e.Open(t, now)
	j := journal.New(d, now, nil)
	index := search.New(d)
	rules := &content.Rules{}
	b := &bench{
		desk: content.NewDesk(content.Deps{
			DB: d, Clock: now, Journal: j, Search: index, Plans: onlyPlans{"reader", "house"}, House: house{rules}, Colleagues: office{},
		}),
		rules:   rules,
		library: content.NewLibrary(d, now, index),
		journal: j, db: d, now: now,
	}
	b.staff = as(t.Context(), actor.All()...)
	for _, name := range []string{"Ada Lind", "Bo Ek"} {
		must(b.desk.PutAuthor(b.staff, content.Label{Name: name}))
	}
	must(b.desk.PutTopic(b.staff, content.Label{Name: "Film"}))
	must(b.desk.PutSeries(b.staff, content.Label{Name: "Letter"}))
	must(b.desk.PutIssue(b.staff, content.IssueInput{Series: "letter", Label: "July 2026", Editorial: "It *rained*."}))
	return b
}

func as(ctx context.Context, c ...actor.Capability) context.Context {
	return actor.With(ctx, actor.Actor{Kind: actor.Staff, ID: uuid.MustParse("0198a000-0000-7000-8000-00000000beef"), Name: "Eva", Capabilities: c})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

const body = "Film is short.\n\n<!-- paywall -->\n\n## Why\n\nThe **bench** is the shortage.\n"

func input() content.Input {
	return content.Input{
		Title: "Film capacity", Abstract: "Foundries are booked.", Body: body, Gate: access.Paid,
		Series: "letter", Issue: "2026-07", Authors: []string{"ada-lind"}, Topics: []string{"film"},
	}
}

// verbs lists what the journal holds of a note, oldest first.
func (b *bench) verbs(t *testing.T, id uuid.UUID) string {
	t.Helper()
	var out []string
	for _, e := range must(b.journal.List(t.Context(), journal.Filter{Subject: "note", ID: id.String()})) {
		out = append([]string{e.Verb}, out...)
	}
	return strings.Join(out, " ")
}

func (b *bench) published(t *testing.T, in content.Input) *content.DraftView {
	t.Helper()
	v := must(b.desk.Create(b.staff, in))
	return must(b.desk.Publish(b.staff, v.Note.ID, content.Publish{Version: v.Note.Version}))
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return fault.Of(err).Code
}

func TestTheLifeOfANote(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		v := must(b.desk.Create(b.staff, input()))
		id := v.Note.ID
		if v.Note.Slug != "film-capacity" || v.Note.Status != content.Draft || v.Note.Version != 1 || v.Revision.Number != 1 {
			t.Fatalf("%+v", v.Note)
		}
		if _, err := b.library.Note(t.Context(), "film-capacity"); code(err) != "note_not_found" {
			t.Errorf("a draft is visible: %v", err)
		}

		b.now.Advance(time.Hour)
		v = must(b.desk.Publish(b.staff, id, content.Publish{Version: 1}))
		teaser := must(b.library.Note(t.Context(), "film-capacity"))
		if !teaser.PublishedAt.Equal(start.Add(time.Hour)) || !strings.Contains(teaser.HTML, "Film is short") || strings.Contains(teaser.HTML+teaser.Plain, "bench") {
			t.Errorf("teaser %+v", teaser)
		}
		if teaser.Authors[0].Name != "Ada Lind" || teaser.Topics[0].Slug != "film" || teaser.Issue.Label != "July 2026" || teaser.Series.Name != "Letter" {
			t.Errorf("links: %+v", teaser.Summary)
		}

		t.Run("saving a live note changes nothing for readers", func(t *testing.T) {
			in := input()
			in.Title, in.Abstract, in.Body, in.Gate, in.Slug, in.Authors, in.Topics = "Renamed", "New.", "Open now.", access.Public, "renamed", []string{"bo-ek"}, nil
			v = must(b.desk.Save(b.staff, id, v.Note.Version, in))
			if !v.Note.Changed() {
				t.Error("the desk does not see the change")
			}
			again := must(b.library.Note(t.Context(), "film-capacity"))
			if diff := cmp.Diff(teaser, again, cmp.AllowUnexported(content.Summary{}), cmpopts.IgnoreTypes(content.Derived{}), cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Version" }, cmp.Ignore())); diff != "" {
				t.Error(diff)
			}
			if _, err := b.library.Note(t.Context(), "renamed"); code(err) != "note_not_found" {
				t.Errorf("the wished address answers: %v", err)
			}
		})
		t.Run("publishing it is an update, and the old address redirects", func(t *testing.T) {
			b.now.Advance(time.Hour)
			v = must(b.desk.Publish(b.staff, id, content.Publish{}))
			n := must(b.library.Note(t.Context(), "renamed"))
			if n.Title != "Renamed" || n.Gate != access.Public || n.Authors[0].Name != "Bo Ek" || len(n.Topics) != 0 || !n.PublishedAt.Equal(start.Add(time.Hour)) || !n.ChangedAt.Equal(start.Add(2*time.Hour)) {
				t.Errorf("%+v", n)
			}
			_, err := b.library.Note(t.Context(), "film-capacity")
			if m, ok := err.(*content.Moved); !ok || m.Slug != "renamed" { //nolint:errorlint // returned bare
				t.Errorf("got %v", err)
			}
		})
		t.Run("publishing what is live already changes nothing", func(t *testing.T) {
			if again := must(b.desk.Publish(b.staff, id, content.Publish{})); again.Note.Version != v.Note.Version {
				t.Errorf("version %d → %d", v.Note.Version, again.Note.Version)
			}
		})
		t.Run("a retracted note is gone, with its reason, and can come back", func(t *testing.T) {
			v = must(b.desk.Retract(b.staff, id, 0, "The sample was wrong."))
			_, err := b.library.Note(t.Context(), "renamed")
			if code(err) != "note_retracted" || !strings.Contains(fault.Of(err).Message, "The sample was wrong.") {
				t.Errorf("got %v", err)
			}
			if page := must(b.library.List(t.Context(), content.Query{})); len(page.Notes) != 0 {
				t.Error("it is still listed")
			}
			if r := must(b.library.Search(t.Context(), content.Search{Text: "renamed", Limit: 10})); len(r.Notes) != 0 {
				t.Error("it is still found")
			}
			must(b.desk.Retract(b.staff, id, 0, "Twice."))
			must(b.desk.Publish(b.staff, id, content.Publish{}))
			if _, err := b.library.Note(t.Context(), "renamed"); err != nil {
				t.Error(err)
			}
		})
		want := "note.created note.published note.saved note.updated note.retracted note.published"
		if got := b.verbs(t, id); got != want {
			t.Errorf("journal:\n got %s\nwant %s", got, want)
		}
	})
}

func TestAStaleSaveOverwritesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		v := must(b.desk.Create(b.staff, input()))
		mine, theirs := input(), input()
		mine.Body, theirs.Body = "Mine.", "Theirs."
		must(b.desk.Save(b.staff, v.Note.ID, v.Note.Version, theirs))

		_, err := b.desk.Save(b.staff, v.Note.ID, v.Note.Version, mine)
		if f := fault.Of(err); f == nil || f.Kind != fault.PreconditionFailed || f.Current != `"2"` {
			t.Fatalf("got %+v", f)
		}
		if got := must(b.desk.Draft(b.staff, v.Note.ID)); got.Body != "Theirs." || got.Revision.Number != 2 {
			t.Errorf("body %q, revision %d", got.Body, got.Revision.Number)
		}
		for _, act := range []func() error{
			func() error {
				_, err := b.desk.Publish(b.staff, v.Note.ID, content.Publish{Version: 1})
				return err
			},
			func() error { _, err := b.desk.Retract(b.staff, v.Note.ID, 1, ""); return err },
		} {
			if err := act(); code(err) != "stale_version" {
				t.Errorf("got %v", err)
			}
		}

		t.Run("of many savers from one version exactly one wins", func(t *testing.T) {
			var wg sync.WaitGroup
			var mu sync.Mutex
			won := 0
			for i := range 6 {
				wg.Go(func() {
					in := input()
					in.Body = fmt.Sprint(i)
					_, err := b.desk.Save(b.staff, v.Note.ID, 2, in)
					mu.Lock()
					defer mu.Unlock()
					if err == nil {
						won++
					} else if code(err) != "stale_version" {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if won != 1 {
				t.Errorf("%d won", won)
			}
		})
		if n := len(must(b.desk.Revisions(b.staff, v.Note.ID))); n != 3 {
			t.Errorf("%d revisions", n)
		}
	})
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.published(t, input())
		draft := must(b.desk.Create(b.staff, content.Input{Title: "Empty"}))

		for name, tt := range map[string]struct {
			err  error
			code string
		}{
			"an address that is taken":       {second(b.desk.Create(b.staff, input())), "slug_taken"},
			"publishing without text":        {second(b.desk.Publish(b.staff, draft.Note.ID, content.Publish{})), "invalid_input"},
			"publishing in the future":       {second(b.desk.Publish(b.staff, draft.Note.ID, content.Publish{At: start.Add(time.Minute)})), "date_in_future"},
			"publishing what does not exist": {second(b.desk.Publish(b.staff, uuid.New(), content.Publish{})), "note_not_found"},
			"retracting a draft":             {second(b.desk.Retract(b.staff, draft.Note.ID, 0, "")), "note_not_published"},
			"writing without the right":      {second(b.desk.Create(as(t.Context(), actor.NotesRead), input())), "capability_missing"},
			"publishing with the right to write": {
				second(b.desk.Publish(as(t.Context(), actor.NotesWrite), draft.Note.ID, content.Publish{})), "capability_missing",
			},
			"reading drafts as a member": {
				second(b.desk.Draft(actor.With(t.Context(), actor.Actor{Kind: actor.Member, ID: uuid.New()}), draft.Note.ID)), "capability_missing",
			},
			"reading drafts as a stranger": {second(b.desk.Draft(t.Context(), draft.Note.ID)), "sign_in_required"},
		} {
			if code(tt.err) != tt.code {
				t.Errorf("%s: %v", name, tt.err)
			}
		}

		t.Run("an address that another note once had is not given away", func(t *testing.T) {
			in := input()
			in.Title, in.Slug = "Moved", "first-address"
			moved := b.published(t, in)
			in.Slug = "second-address"
			must(b.desk.Save(b.staff, moved.Note.ID, 0, in))
			must(b.desk.Publish(b.staff, moved.Note.ID, content.Publish{}))
			for _, slug := range []string{"first-address", "second-address"} {
				in.Title, in.Slug = "Another", slug
				if _, err := b.desk.Create(b.staff, in); code(err) != "slug_taken" {
					t.Errorf("%s: %v", slug, err)
				}
			}
		})
		t.Run("what cannot be drawn, or cut where it was meant, is not published", func(t *testing.T) {
			for body, want := range map[string]string{
				"Open.\n\n```chart\ntype: pie\n```\n":                   "chart_invalid",
				"Open.\n\n> <!-- paywall -->\n\nHidden.\n":              "paywall_nested",
				"a\n\n<!-- paywall -->\n\nb\n\n<!-- paywall -->\n\nc\n": "paywall_second",
			} {
				v := must(b.desk.Save(b.staff, draft.Note.ID, 0, content.Input{Title: "Empty", Abstract: "A.", Body: body}))
				if len(v.Problems) == 0 {
					t.Errorf("%s: the save does not warn", want)
				}
				_, err := b.desk.Publish(b.staff, draft.Note.ID, content.Publish{})
				if f := fault.Of(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Code != want {
					t.Errorf("%s: %v", want, err)
				}
			}
		})
		t.Run("every broken rule of an input is named", func(t *testing.T) {
			_, err := b.desk.Create(b.staff, content.Input{
				Title: strings.Repeat("x", 301), Slug: "Not A Slug", Abstract: "a\x00b", Body: "\xff", Kind: "poem", Gate: "friends",
				Issue: "2026-07", Position: -1,
			})
			var got []string
			for _, f := range fault.Of(err).Fields {
				got = append(got, f.Path+" "+f.Code)
			}
			want := []string{
				"/title too_long", "/abstract bad_characters", "/slug bad_slug", "/body bad_characters", "/kind unknown",
				"/gate unknown", "/series required", "/position out_of_range",
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
		t.Run("every unknown name is named", func(t *testing.T) {
			in := input()
			in.Slug, in.Issue, in.Authors, in.Topics = "other", "1999-01", []string{"ada-lind", "nobody"}, []string{"gold"}
			in.Gate, in.GatePlans = access.Plans, []string{"reader", "free-for-all"}
			_, err := b.desk.Create(b.staff, in)
			var got []string
			for _, f := range fault.Of(err).Fields {
				got = append(got, f.Path)
			}
			if diff := cmp.Diff([]string{"/issue", "/authors", "/topics", "/gate_plans"}, got); diff != "" {
				t.Error(diff)
			}
		})
	})
}

func second[T any](_ T, err error) error { return err }

func TestRevisionsKeepEverySave(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		v := must(b.desk.Create(b.staff, input()))
		for i := 2; i <= 4; i++ {
			in := input()
			in.Body, in.Why = fmt.Sprintf("Body %d.", i), fmt.Sprintf("Reason %d", i)
			v = must(b.desk.Save(b.staff, v.Note.ID, v.Note.Version, in))
		}
		revs := must(b.desk.Revisions(b.staff, v.Note.ID))
		if len(revs) != 4 || revs[0].Number != 4 || revs[0].Why != "Reason 4" || revs[0].CreatedByName != "Eva" {
			t.Fatalf("%+v", revs)
		}
		if old := must(b.desk.Revision(b.staff, v.Note.ID, 1)); old.Body != body {
			t.Errorf("revision 1 says %q", old.Body)
		}
		if _, err := b.desk.Revision(b.staff, v.Note.ID, 9); code(err) != "note_not_found" {
			t.Errorf("got %v", err)
		}
	})
}

func TestTheDesksList(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for i := range 7 {
			b.now.Advance(time.Minute)
			in := input()
			in.Title, in.Slug = fmt.Sprintf("Note 100%% %d", i), ""
			if i%2 == 0 {
				b.published(t, in)
			} else {
				must(b.desk.Create(b.staff, in))
			}
		}
		var titles []string
		after := ""
		for {
			notes, next, err := b.desk.List(b.staff, content.Filter{Limit: 3, After: after, Title: "100% "})
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range notes {
				titles = append(titles, n.Title[len(n.Title)-1:])
			}
			if next == "" {
				break
			}
			after = next
		}
		if got := strings.Join(titles, ""); got != "6543210" {
			t.Errorf("order %s", got)
		}
		drafts, _, err := b.desk.List(b.staff, content.Filter{Status: content.Draft})
		if err != nil || len(drafts) != 3 {
			t.Errorf("%d drafts, %v", len(drafts), err)
		}
		if found, _, _ := b.desk.List(b.staff, content.Filter{Title: "%_"}); len(found) != 0 {
			t.Error("a wildcard was taken as one")
		}
		if _, _, err := b.desk.List(b.staff, content.Filter{After: "???"}); code(err) != "bad_cursor" {
			t.Errorf("got %v", err)
		}
	})
}

func (b *bench) exec(t *testing.T, statement string) error {
	t.Helper()
	return b.db.Tx(t.Context(), func(ctx context.Context) error { return b.db.Write(ctx).Exec(statement).Error })
}
