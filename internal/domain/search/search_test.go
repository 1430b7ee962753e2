package search_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"lighttrends/internal/domain/search"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// shelf is an index with documents that have one-letter names.
type shelf struct {
	testing.TB
	db    *db.DB
	index *search.Index
	ids   map[string]uuid.UUID
}

func newShelf(t testing.TB, e dbtest.Engine) *shelf {
	t.Helper()
	d := e.Open(t, nil)
	return &shelf{t, d, search.New(d), map[string]uuid.UUID{}}
}

// id gives what a name stands for, the same from the first time on.
func (s *shelf) id(name string) uuid.UUID {
	if _, ok := s.ids[name]; !ok {
		s.ids[name] = db.NewID()
	}
	return s.ids[name]
}

func day(n int) time.Time { return time.Date(2026, 1, n, 9, 0, 0, 0, time.UTC) }

func (s *shelf) put(name string, doc search.Document) {
	s.Helper()
	doc.Note = s.id(name)
	s.tx(func(ctx context.Context) error { return s.index.Put(ctx, doc) })
}

func (s *shelf) tx(do func(ctx context.Context) error) {
	s.Helper()
	if err := s.db.Tx(context.Background(), do); err != nil {
		s.Fatal(err)
	}
}

func (s *shelf) page(p search.Page) search.Hits {
	s.Helper()
	hits, err := s.index.Find(context.Background(), p)
	if err != nil {
		s.Fatalf("%q: %v", p.Query, err)
	}
	return hits
}

// find searches and gives the names of what was found, in order.
func (s *shelf) find(text string, sort search.Sort, l search.Lens) string {
	s.Helper()
	q := search.Parse(text)
	for i, f := range q.Fields {
		for name, id := range s.ids {
			if search.Names(f.Value, name) {
				q.Fields[i].Any = append(q.Fields[i].Any, id)
			}
		}
	}
	return s.names(s.page(search.Page{Query: q, Sort: sort, Limit: 20, Lens: l}))
}

func (s *shelf) names(h search.Hits) string {
	var out []string
	for _, id := range h.Notes {
		for name, x := range s.ids {
			if x == id {
				out = append(out, name)
			}
		}
	}
	return strings.Join(out, " ")
}

// library fills a shelf with notes about film, some behind gates.
func library(t testing.TB, e dbtest.Engine) *shelf {
	t.Helper()
	s := newShelf(t, e)
	s.put("a", search.Document{
		Title: "Film capacity", Abstract: "Foundries are booked.", Names: []string{"Ada Lind", "Cold chain"}, Belongs: []uuid.UUID{s.id("Ada Lind"), s.id("Cold chain")},
		Public: "Lead times of lamellar film doubled in the second quarter.", PublishedAt: day(1),
	})
	s.put("b", search.Document{
		Title: "Prices", Abstract: "Modules got cheaper.", Names: []string{"Bo Ek"}, Belongs: []uuid.UUID{s.id("Bo Ek")},
		Public: "The price of film fell, says Größe & Søn. OR NOT NEAR( Moore's law, CO₂, 400G-DR4", PublishedAt: day(2),
	})
	s.put("c", search.Document{
		Title: "Standards", Abstract: "A draft is late.", Names: []string{"Ada Lind"}, Belongs: []uuid.UUID{s.id("Ada Lind")},
		Public: "Nothing on films here but a delayed standard. 日本の半導体市場は成長した。 Кремний и Ёлка. Ὀδυσσεύς", PublishedAt: day(3),
	})
	s.put("d", search.Document{
		Title: "Photonics outlook", Abstract: "Film in the abstract only.", Names: []string{"Bo Ek", "Cold chain"}, Belongs: []uuid.UUID{s.id("Bo Ek"), s.id("Cold chain")},
		Gate: "paid", Public: "A preview of wafers.", Whole: "A preview of wafers. The hidden zirconia ships with lamellar film.", PublishedAt: day(4),
	})
	s.put("e", search.Document{
		Title: "Members only", Abstract: "For accounts.", Gate: "members", Public: "Open part.", Whole: "Open part. Zirconia again, and lithium.", PublishedAt: day(5),
	})
	return s
}

// TestFind is one table for both engines, with the order.
func TestFind(t *testing.T) {
	t.Parallel()
	paid := search.Lens{Gates: []string{"paid"}}
	all := search.Lens{Gates: []string{"members", "paid"}}
	table := []struct {
		text, best string
		recent     string // "" is as best
		lens       search.Lens
	}{
		{text: "film capacity", best: "a"},
		{text: "FILM", best: "a d c b", recent: "d c b a"},
		{text: "films", best: "a d c b", recent: "d c b a"},
		{text: "foundry", best: "a"},
		{text: "foundries", best: "a"},
		{text: "pricing", best: "b"},
		{text: `"lamellar film"`, best: "a"},
		{text: `"film lamellar"`, best: ""},
		{text: `“lamellar film”`, best: "a"},
		{text: `"lamellar film`, best: "a"},
		{text: `lamellar"film`, best: "a"},
		{text: `"capacity foundries"`, best: ""}, // no phrase from one text into the next
		{text: "lind", best: "c a"},
		{text: "film -price", best: "a d c", recent: "d c a"},
		{text: `film -"lamellar film"`, best: "d c b"},
		{text: "-film", best: ""},
		{text: "", best: ""},
		{text: "  \t ", best: ""},
		{text: `" " ' -- ; ( ) * : ^ \ & | ! <->`, best: ""},
		{text: "größe", best: "b"}, {text: "GROSSE", best: "b"}, {text: "son", best: "b"}, {text: "groess", best: ""},
		{text: "moore law", best: "b"}, {text: "moore's law", best: "b"}, {text: "co2", best: "b"},
		{text: "400g-dr4", best: "b"}, {text: "dr4", best: "b"}, {text: "dr4-400g", best: ""},
		{text: "半導体", best: "c"}, {text: "日本", best: "c"}, {text: "本日", best: ""}, {text: "市場 成長", best: "c"},
		{text: "кремний", best: "c"}, {text: "елка", best: "c"}, {text: "οδυσσευσ", best: "c"},
		{text: "nosuchword", best: ""},
		{text: `film" OR "price`, best: "b"}, // all three words are there
		{text: "title:film", best: ""},
		{text: strings.Repeat("film ", 900), best: "a d c b", recent: "d c b a"},
		{text: "pho", best: "d"}, {text: "outlook pho", best: "d"}, {text: "pho outlook", best: ""}, {text: "ph", best: ""}, {text: `"pho"`, best: ""},
		{text: "lam", best: "a"},
		{text: `topic:"cold chain"`, best: "d a"}, {text: "topic:cold", best: "d a"}, {text: `film topic:"cold chain"`, best: "a d", recent: "d a"},
		{text: `-topic:"cold chain" film`, best: "c b"}, {text: "author:lind", best: "c a"}, {text: `author:"lind ada" film`, best: "a c", recent: "c a"},
		{text: "author:nobody", best: ""}, {text: "-author:nobody film", best: "a d c b", recent: "d c b a"}, {text: "AUTHOR:ek film", best: "d b"}, {text: "author:", best: ""},
		{text: "film author:lind author:ek", best: ""},

		// Behind the gates: nothing without a lens, and with one what it opens.
		{text: "zirconia", best: ""}, {text: "zirconia", lens: paid, best: "d"}, {text: "zirconia", lens: all, best: "e d"},
		{text: "zirconia", lens: search.Lens{Gates: []string{"members"}}, best: "e"}, {text: "lithium", lens: paid, best: ""},
		{text: "photonics zirconia", lens: paid, best: "d"}, {text: "photonics zirconia", best: ""},
		{text: "zirc", lens: paid, best: "d"}, {text: "zirc", best: ""},
		{text: `"lamellar film"`, lens: paid, best: "d a"},
		{text: "film -zirconia", best: "a d c b", recent: "d c b a"}, {text: "film -zirconia", lens: paid, best: "a c b", recent: "c b a"},
		{text: "film", lens: all, best: "a d c b", recent: "d c b a"},
		{text: `"wafers the hidden"`, lens: paid, best: "d"}, {text: "zirconia", lens: search.Lens{Gates: []string{"", "Paid", "plans house", `" OR "`}}, best: ""},
	}
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := library(t, e)
		for _, x := range table {
			if x.recent == "" {
				x.recent = x.best
			}
			for sort, want := range map[search.Sort]string{search.Best: x.best, search.Recent: x.recent} {
				if got := s.find(x.text, sort, x.lens); got != want {
					t.Errorf("%.40q, %s, %v: found %q, want %q", x.text, sort, x.lens.Gates, got, want)
				}
			}
		}
	})
}

func TestASingleNoteOpensAlone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := library(t, e)
		if got := s.find("zirconia", search.Best, search.Lens{Notes: []uuid.UUID{s.id("d")}}); got != "d" {
			t.Errorf("found %q", got)
		}
	})
}

func TestADocumentIsReplacedAndDropped(t *testing.T) {
	t.Parallel()
	paid := search.Lens{Gates: []string{"paid"}}
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := library(t, e)
		s.put("d", search.Document{Title: "Renamed", Gate: "members", Whole: "Beryllium", PublishedAt: day(4)})
		for text, want := range map[string]string{"zirconia": "", "photonics": "", "renamed": "d", "beryllium": ""} {
			if got := s.find(text, search.Best, paid); got != want {
				t.Errorf("%q found %q, want %q", text, got, want)
			}
		}
		s.put("d", search.Document{Title: "Disclosed", Public: "Beryllium", PublishedAt: day(4)})
		if got := s.find("beryllium", search.Best, search.Lens{}); got != "d" {
			t.Errorf("found %q", got)
		}
		s.tx(func(ctx context.Context) error { return s.index.Drop(ctx, s.id("d")) })
		if got := s.find("disclosed", search.Best, paid); got != "" {
			t.Errorf("found %q", got)
		}
	})
}

// TestFewNewWordsWait: the list of words that every search reads through stays
// short, on every index of words.
func TestFewNewWordsWait(t *testing.T) {
	t.Parallel()
	s := newShelf(t, dbtest.Engine{Name: db.Postgres})
	for n := range 40 {
		var words strings.Builder
		for i := range 400 {
			fmt.Fprintf(&words, "w%dx%d ", n, i)
		}
		s.put(fmt.Sprint(n), search.Document{Title: "Films", Gate: "paid", Public: words.String(), Whole: words.String()})
	}
	const most = 12 // pages of 8 kB: 64 kB, and what one note adds
	for _, index := range []string{"search_documents_words", "search_gated_words"} {
		var waiting int
		err := s.db.Tx(t.Context(), func(ctx context.Context) error {
			return s.db.Write(ctx).Raw("SELECT gin_clean_pending_list(CAST(? AS regclass))", index).Scan(&waiting).Error
		})
		if err != nil || waiting > most {
			t.Errorf("%s: %d pages of words wait (%v)", index, waiting, err)
		}
	}
	var others []string
	const let = "SELECT c.relname FROM pg_class c JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'gin' AND c.relname NOT LIKE 'river%' AND NOT COALESCE('gin_pending_list_limit=64' = ANY (c.reloptions), false)"
	if err := s.db.Read(t.Context()).Raw(let).Scan(&others).Error; err != nil || len(others) != 0 {
		t.Errorf("%v let more words wait (%v)", others, err)
	}
}

func TestPagesFollowEachOther(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := newShelf(t, e)
		lens := search.Lens{Gates: []string{"paid"}}
		for i := range 60 {
			doc := search.Document{Title: "Note", Public: "about film", PublishedAt: day(1 + i/3)} // three at one moment
			switch i % 4 {
			case 1:
				doc.Title = "Film"
			case 2:
				doc.Gate, doc.Public, doc.Whole = "paid", "", "about film"
			case 3:
				doc.Abstract = "filmed"
			}
			s.put(strings.Repeat("x", i+1), doc)
		}
		for _, sort := range []search.Sort{search.Best, search.Recent} {
			for _, l := range []search.Lens{{}, lens} {
				whole := s.page(search.Page{Query: search.Parse("film"), Sort: sort, Limit: 50, Lens: l})
				want := whole.Notes
				if whole.Next != "" {
					want = append(want, s.page(search.Page{Query: search.Parse("film"), Sort: sort, Limit: 50, Lens: l, After: whole.Next}).Notes...)
				}
				if n := map[bool]int{true: 60, false: 45}[len(l.Gates) > 0]; len(want) != n {
					t.Fatalf("%d found, want %d", len(want), n)
				}
				var got []uuid.UUID
				for after, n := "", 0; n == 0 || after != ""; n++ {
					h := s.page(search.Page{Query: search.Parse("film"), Sort: sort, Limit: 7, Lens: l, After: after})
					got, after = append(got, h.Notes...), h.Next
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s: pages of 7 give another order", sort)
				}
				seen := map[uuid.UUID]bool{}
				for _, id := range got {
					if seen[id] {
						t.Errorf("%s comes twice", id)
					}
					seen[id] = true
				}
			}
		}
		next := s.page(search.Page{Query: search.Parse("film"), Limit: 1}).Next
		for _, bad := range []string{"x", "%%", next + "A", next[1:]} {
			if _, err := s.index.Find(t.Context(), search.Page{Query: search.Parse("film"), After: bad}); !fault.HasCode(err, "bad_cursor") {
				t.Errorf("%q: %v", bad, err)
			}
		}
		if _, err := s.index.Find(t.Context(), search.Page{Query: search.Parse("film"), After: next, Sort: search.Recent}); !fault.HasCode(err, "bad_cursor") {
			t.Errorf("a cursor of another order: %v", err)
		}
	})
}

func TestMisspeltWords(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := library(t, e)
		all := search.Lens{Gates: []string{"members", "paid"}}
		for _, x := range []struct {
			text, want string
			lens       search.Lens
		}{
			{text: "fotonics", want: "photonics"},
			{text: "photnics outlok", want: "photonics outlook"},
			{text: "lamelar fi", want: "lamellar fi"},
			{text: "flim", want: "film"},
			{text: `"lamelar film" -prise topic:cold`, want: `"lamellar film" -prise topic:cold`},
			{text: "outlo", want: "outlook"},
			{text: "groesse", want: "grosse"},
			{text: "film"},
			{text: "fil"},
			{text: "qqqqqqqqqqqq"},
			{text: "flim qqqqqqqqqqqq lamelar"}, // nothing would be found by it
			{text: "zirkonia"},                  // the word it is near to is hidden
			{text: "zirkonia", lens: all},       // and is told to nobody by this way
			{text: "lithium", lens: all},        // who may read it, has it
		} {
			q, changed, err := s.index.Correct(t.Context(), search.Parse(x.text), x.lens, 0)
			if err != nil {
				t.Fatal(err)
			}
			if got := q.String(); changed != (x.want != "") || changed && got != x.want {
				t.Errorf("%q became %q (%v), want %q", x.text, got, changed, x.want)
			}
		}
	})
}

func TestAnExcerptIsFromTheBeginning(t *testing.T) {
	t.Parallel()
	show := func(text, query string) (out string) {
		for _, s := range search.Parse(query).Marker().Excerpt(text) {
			if s.Marked {
				s.Text = "[" + s.Text + "]"
			}
			out += s.Text
		}
		return out
	}
	long := strings.Repeat("wört ", search.ExcerptReads/6-1) + "needle"
	long += strings.Repeat("x", search.ExcerptReads-len(long)-1) // a letter of two bytes is cut through
	for _, x := range []struct{ rest, query, end string }{
		{"", "needle", " wört [needlex]"},
		{"é", "needle", ""}, // it is cut
		{"é needle", "needle", ""},
		{"é needle", "wört", "[wört] …"},
		{" more needles", "needle", "[needlex] …"},
		{strings.Repeat(" more", 1000), "more", ""},
	} {
		got := show(long+x.rest, x.query)
		if x.end == "" && got != "" || !strings.HasSuffix(got, x.end) {
			t.Errorf("%s, %.20q below: %q", x.query, x.rest, got)
		}
	}
}

func TestWhatBelongsIsOutdated(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := library(t, e)
		s.tx(func(ctx context.Context) error { return s.index.Outdate(ctx, s.id("Cold chain")) })
		var n int
		if err := s.db.Read(t.Context()).Raw("SELECT COUNT(*) FROM search_documents WHERE version < ?", search.Version).Scan(&n).Error; err != nil || n != 2 {
			t.Errorf("%d documents, %v", n, err)
		}
	})
}

// TestNewWordsHoldUpNobody: two transactions put in two notes each, and what is
// new in the first of one is in the second of the other.
func TestNewWordsHoldUpNobody(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		if e.Name == db.SQLite { // has one writer
			return
		}
		s := newShelf(t, e)
		first, over := make(chan struct{}, 2), make(chan error, 2)
		meet := make(chan struct{})
		for _, titles := range [][]string{{"zebra", "aardvark"}, {"aardvark", "zebra"}} {
			go func() {
				over <- s.db.Tx(t.Context(), func(ctx context.Context) error {
					if err := s.index.Put(ctx, search.Document{Note: db.NewID(), Title: titles[0], PublishedAt: day(1)}); err != nil {
						return err
					}
					first <- struct{}{}
					<-meet
					return s.index.Put(ctx, search.Document{Note: db.NewID(), Title: titles[1], PublishedAt: day(2)})
				})
			}()
		}
		<-first
		<-first
		close(meet)
		for range 2 {
			if err := <-over; err != nil {
				t.Error(err)
			}
		}
		if q, changed, err := s.index.Correct(t.Context(), search.Parse("aardwark zebro"), search.Lens{}, 0); err != nil || !changed || q.String() != "aardvark zebra" {
			t.Errorf("%q, %v", q, err)
		}
	})
}

func TestNothingTypedBreaksTheSearch(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := library(t, e)
		piece := rapid.OneOf(rapid.SampledFrom([]string{
			`"`, `'`, "-", "*", "(", ")", ":", "^", "AND", "OR", "NOT", "NEAR", "film", "{", "}", "\\", "\x00", "<->", "&", "|", "!", "%", "_", "é", "日本", "topic:", "author:x", "½", "ﬁ", "\u0301", "\ue001",
		}), rapid.String())
		rapid.Check(t, func(rt *rapid.T) {
			text := strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(rt, "text"), rapid.SampledFrom([]string{"", " "}).Draw(rt, "sep"))
			q := search.Parse(text)
			for _, sort := range []search.Sort{search.Best, search.Recent} {
				if _, err := s.index.Find(context.Background(), search.Page{Query: q, Sort: sort, Limit: 5, Lens: search.Lens{Gates: []string{text}}}); err != nil {
					rt.Fatalf("%q: %v", text, err)
				}
			}
			if _, _, err := s.index.Correct(context.Background(), q, search.Lens{}, 0); err != nil {
				rt.Fatalf("%q: %v", text, err)
			}
			if again := search.Parse(q.String()).String(); len(q.String()) < 400 && again != q.String() {
				rt.Fatalf("%q is written %q, which reads %q", text, q.String(), again)
			}
			s.put("odd", search.Document{Title: text, Abstract: text, Names: []string{text}, Gate: "paid", Public: text, Whole: text, PublishedAt: day(9)})
		})
	})
}
