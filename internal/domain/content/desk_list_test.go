package content_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
)

// titles reads the whole list, two by two.
func (b *bench) titles(t *testing.T, f content.Filter) (out []string) {
	t.Helper()
	for f.Limit = 2; ; {
		notes, next, err := b.desk.List(b.staff, f)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range notes {
			out = append(out, n.Title)
		}
		if f.After = next; next == "" {
			return out
		}
	}
}

func TestTheDesksListIsNarrowed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		first := b.now.Now()
		for _, in := range []content.Input{
			{Title: "Zinc, again", Abstract: "Smelters in Ålesund.", Kind: content.Forecast, Series: "letter", Issue: "2026-07", Topics: []string{"film"}},
			{Title: "apples", Authors: []string{"ada-lind"}, Gate: "public"},
			{Title: "Über AT&T's co-op", Abstract: "Zinc is mentioned."},
		} {
			must(b.desk.Create(b.staff, in))
			b.now.Advance(time.Minute)
		}
		old := must(b.desk.DraftBySlug(b.staff, "apples")).Note
		in := input()
		in.Title, in.Slug = "Mill", "mill"
		mill := must(b.desk.Create(b.staff, in))
		must(b.desk.Publish(b.staff, mill.Note.ID, content.Publish{}))
		other := uuid.MustParse("0198a000-0000-7000-8000-00000000cafe")
		ben := actor.With(t.Context(), actor.Actor{Kind: actor.Staff, ID: other, Name: "Ben", Capabilities: actor.All()})
		b.now.Advance(time.Minute)
		must(b.desk.Save(ben, old.ID, 0, content.Input{Title: "apples", Slug: "apples", Authors: []string{"ada-lind"}, Gate: "public"}))

		for name, tt := range map[string]struct {
			f    content.Filter
			want string
		}{
			"all, last changed first":      {content.Filter{}, "apples|Mill|Über AT&T's co-op|Zinc, again"},
			"by title, whatever the case":  {content.Filter{Sort: content.ByTitle}, "apples|Mill|Zinc, again|Über AT&T's co-op"},
			"by title, backwards":          {content.Filter{Sort: content.ByTitle, Reverse: true}, "Über AT&T's co-op|Zinc, again|Mill|apples"},
			"by publication, never last":   {content.Filter{Sort: content.ByPublication}, "Mill|Über AT&T's co-op|apples|Zinc, again"},
			"by publication, backwards":    {content.Filter{Sort: content.ByPublication, Reverse: true}, "Zinc, again|apples|Über AT&T's co-op|Mill"},
			"series and issue":             {content.Filter{Series: "letter", Issue: "2026-07", Topic: "film", Kind: content.Forecast}, "Zinc, again"},
			"author":                       {content.Filter{Author: "ada-lind", Gate: "public"}, "apples"},
			"who edited":                   {content.Filter{Editor: other}, "apples"},
			"changed before":               {content.Filter{Changed: first.Add(time.Second)}, "Zinc, again"},
			"changed since":                {content.Filter{ChangedFrom: b.now.Now()}, "apples"},
			"words of title and abstract":  {content.Filter{Words: "zin"}, "Über AT&T's co-op|Zinc, again"},
			"all the words, in any order":  {content.Filter{Words: "AGAIN zinc"}, "Zinc, again"},
			"a word with signs":            {content.Filter{Words: "at&t's co-op"}, "Über AT&T's co-op"},
			"a letter with a mark":         {content.Filter{Words: "ålesu"}, "Zinc, again"},
			"no word but signs":            {content.Filter{Words: `"*&!`}, ""},
			"what looks like an operator":  {content.Filter{Words: `zinc OR apples`}, ""},
			"a word and a filter together": {content.Filter{Words: "zinc", Kind: content.Forecast}, "Zinc, again"},
		} {
			if got := strings.Join(b.titles(t, tt.f), "|"); got != tt.want {
				t.Errorf("%s: %s", name, got)
			}
		}

		t.Run("a new title is found, the old one is not", func(t *testing.T) {
			must(b.desk.Save(b.staff, old.ID, 0, content.Input{Title: "Pears", Slug: "apples"}))
			if got := b.titles(t, content.Filter{Words: "pears"}); !slices.Equal(got, []string{"Pears"}) {
				t.Error(got)
			}
			if got := b.titles(t, content.Filter{Words: "apples"}); got != nil {
				t.Error(got)
			}
		})
		t.Run("a name of nothing is refused", func(t *testing.T) {
			for _, f := range []content.Filter{{Series: "x"}, {Topic: "x"}, {Author: "x"}, {Issue: "2026-07"}, {Series: "letter", Issue: "x"}} {
				if _, _, err := b.desk.List(b.staff, f); code(err) != "invalid_input" {
					t.Errorf("%+v: %v", f, err)
				}
			}
		})
		t.Run("a cursor of another order is refused", func(t *testing.T) {
			_, next, _ := b.desk.List(b.staff, content.Filter{Limit: 1, Sort: content.ByTitle})
			for _, f := range []content.Filter{{After: next}, {After: next, Sort: content.ByTitle, Reverse: true}} {
				if _, _, err := b.desk.List(b.staff, f); code(err) != "bad_cursor" {
					t.Errorf("%+v: %v", f, err)
				}
			}
		})
	})
}

// The list at 50,000 notes: what a page costs at the beginning, deep inside,
// narrowed and searched.
func BenchmarkDeskList(bm *testing.B) {
	for _, e := range benchEngines() {
		bm.Run(string(e.Name), func(bm *testing.B) {
			b := fill(bm, e, 50_000)
			deep := func(f content.Filter) content.Filter {
				f.Limit = 200
				for range 200 { // 40,000 notes down, and not past the end of any list here
					_, f.After, _ = b.desk.List(b.staff, f)
				}
				f.Limit = 50
				return f
			}
			for _, c := range []struct {
				name string
				f    content.Filter
			}{
				{"first", content.Filter{Unarchived: true}},
				{"deep", deep(content.Filter{Unarchived: true})},
				{"title", content.Filter{Sort: content.ByTitle}},
				{"title_deep", deep(content.Filter{Sort: content.ByTitle})},
				{"published_deep", deep(content.Filter{Sort: content.ByPublication})},
				{"status_kind", content.Filter{Status: content.Retracted, Kind: content.Data}},
				{"topic", content.Filter{Topic: "film"}},
				{"editor", content.Filter{Editor: uuid.MustParse("0198a000-0000-7000-8000-00000000cafe")}},
				{"search_common", content.Filter{Words: "market"}},
				{"search_rare", content.Filter{Words: "market n49999"}},
				{"search_none", content.Filter{Words: "zebra"}},
				{"title_part", content.Filter{Title: "n49999"}},
			} {
				bm.Run(c.name, func(bm *testing.B) {
					for bm.Loop() {
						if _, _, err := b.desk.List(b.staff, c.f); err != nil {
							bm.Fatal(err)
						}
					}
				})
			}
		})
	}
}

func noteNumber(i int) *content.Note {
	at := start.Add(-time.Duration(i) * time.Minute)
	n := &content.Note{
		ID: uuid.Must(uuid.NewV7()), Slug: fmt.Sprintf("n-%d", i), DraftRevision: uuid.New(), Version: 1, CreatedAt: at, UpdatedAt: at,
		Status: content.Statuses()[i%6], Meta: content.Meta{
			Kind: content.Kinds()[i%5], Gate: "paid", GatePlans: []string{},
			Title:    fmt.Sprintf("%s in the market, n%d", []string{"Film", "Zinc", "Glass", "Light"}[i%4], i),
			Abstract: "What the market did this month and what it will do in the next, with numbers for each region.",
		},
	}
	if n.Status == content.Published {
		n.PublishedAt = &at
	}
	return n
}

// TestMoreNotesThanAStatementTakes: an export names every note that was opened.
func TestMoreNotesThanAStatementTakes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		v := must(b.desk.Create(b.staff, content.Input{Title: "One", Body: "x"}))
		ids := make([]uuid.UUID, 70_000)
		for i := range ids {
			ids[i] = uuid.New()
		}
		ids[60_000] = v.Note.ID
		if found := must(b.desk.NotesByID(b.staff, ids)); len(found) != 1 || found[v.Note.ID].Title != "One" {
			t.Errorf("%d found", len(found))
		}
	})
}
