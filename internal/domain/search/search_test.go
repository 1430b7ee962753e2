package search_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"lighttrends/internal/domain/search"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

func put(t testing.TB, d *db.DB, x *search.Index, docs ...search.Document) {
	t.Helper()
	err := d.Tx(context.Background(), func(ctx context.Context) error {
		for _, doc := range docs {
			if err := x.Put(ctx, doc); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func find(t testing.TB, x *search.Index, text string) []uuid.UUID {
	t.Helper()
	hits, err := x.Find(context.Background(), search.Page{Text: text, Limit: 20})
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	var ids []uuid.UUID
	for _, h := range hits.Hits {
		ids = append(ids, h.Note)
	}
	return ids
}

func TestFind(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		d := e.Open(t, nil)
		x := search.New(d)
		a, b, c := db.NewID(), db.NewID(), db.NewID()
		day := func(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }
		put(t, d, x,
			search.Document{Note: a, Title: "Film capacity", Abstract: "Foundries are booked.", Names: "Ada Lind Cold chain", Body: "Lead times of lamellar film doubled in the second quarter.", PublishedAt: day(1)},
			search.Document{Note: b, Title: "Prices", Abstract: "Modules got cheaper.", Names: "Bo Ek", Body: "The price of film fell, says Größe & Søn. OR NOT NEAR(", PublishedAt: day(2)},
			search.Document{Note: c, Title: "Standards", Abstract: "A draft is late.", Names: "Ada Lind", Body: "Nothing on films here but a delayed standard.", PublishedAt: day(3)},
		)

		for text, want := range map[string][]uuid.UUID{
			"film capacity":              {a},
			"FILM":                       {a, c, b},
			"foundry":                    {a},
			`"lamellar film"`:            {a},
			`"film lamellar"`:            nil,
			"lind":                       {c, a},
			"film -price":                {a, c},
			"-film":                      nil,
			"":                           nil,
			"  \t ":                      nil,
			`" " ' -- ; ( ) * : ^`:       nil,
			"größe":                      {b},
			"nosuchword":                 nil,
			`film" OR "price`:            {b},
			"title:film":                 nil,
			strings.Repeat("film ", 900): {a, c, b},
		} {
			got := find(t, x, text)
			if !cmp.Equal(sorted(got), sorted(want)) {
				t.Errorf("%.30q found %v, want %v", text, names(got, a, b, c), names(want, a, b, c))
			}
		}
		if got := find(t, x, "film"); got[0] != a {
			t.Errorf("the title does not come first: %v", names(got, a, b, c))
		}

		t.Run("the excerpt marks what was found", func(t *testing.T) {
			hits, err := x.Find(t.Context(), search.Page{Text: "lamellar", Limit: 1})
			if err != nil || len(hits.Hits) != 1 {
				t.Fatal(hits, err)
			}
			var marked []string
			for _, s := range hits.Hits[0].Excerpt {
				if s.Marked {
					marked = append(marked, s.Text)
				}
			}
			if !cmp.Equal(marked, []string{"lamellar"}) {
				t.Errorf("%+v", hits.Hits[0].Excerpt)
			}
		})
		t.Run("pages follow each other", func(t *testing.T) {
			first, err := x.Find(t.Context(), search.Page{Text: "film", Limit: 2})
			if err != nil || len(first.Hits) != 2 || !first.More {
				t.Fatal(first, err)
			}
			second, err := x.Find(t.Context(), search.Page{Text: "film", Limit: 2, Offset: 2})
			if err != nil || len(second.Hits) != 1 || second.More {
				t.Fatal(second, err)
			}
		})
		t.Run("a new document replaces the old, a dropped one is gone", func(t *testing.T) {
			put(t, d, x, search.Document{Note: a, Title: "Renamed", PublishedAt: day(1)})
			if got := find(t, x, "lamellar"); got != nil {
				t.Errorf("found %v", got)
			}
			if err := d.Tx(t.Context(), func(ctx context.Context) error { return x.Drop(ctx, a) }); err != nil {
				t.Fatal(err)
			}
			if got := find(t, x, "renamed"); got != nil {
				t.Errorf("found %v", got)
			}
		})
	})
}

func TestNothingTypedBreaksTheSearch(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		d := e.Open(t, nil)
		x := search.New(d)
		note := db.NewID()
		put(t, d, x, search.Document{Note: note, Title: "Film", Body: "a b c", PublishedAt: time.Unix(0, 0).UTC()})
		piece := rapid.OneOf(rapid.SampledFrom([]string{
			`"`, `'`, "-", "*", "(", ")", ":", "^", "AND", "OR", "NOT", "NEAR", "film", "{", "}", "\\", "\x00", "<->", "&", "|", "!", "%", "_", "é", "日本",
		}), rapid.String())
		rapid.Check(t, func(rt *rapid.T) {
			text := strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(rt, "text"), rapid.SampledFrom([]string{"", " "}).Draw(rt, "sep"))
			if _, err := x.Find(context.Background(), search.Page{Text: text, Limit: 5}); err != nil {
				rt.Fatalf("%q: %v", text, err)
			}
		})
	})
}

func sorted(ids []uuid.UUID) map[uuid.UUID]bool {
	m := map[uuid.UUID]bool{}
	for _, id := range ids {
		m[id] = true
	}
	return m
}

func names(ids []uuid.UUID, abc ...uuid.UUID) string {
	var s []string
	for _, id := range ids {
		for i, x := range abc {
			if x == id {
				s = append(s, string(rune('a'+i)))
			}
		}
	}
	return strings.Join(s, "")
}
