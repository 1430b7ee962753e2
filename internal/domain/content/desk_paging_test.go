package content_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// kept is a note as the test knows it, to say what a list must hold.
type kept struct {
	n      *content.Note
	topics map[string]bool
}

func (k kept) fits(f content.Filter) bool {
	text := strings.Fields(strings.ToLower(k.n.Title + " " + k.n.Abstract))
	title := strings.Fields(strings.ToLower(k.n.Title))
	has := func(words []string, asked string) bool {
		for _, w := range strings.Fields(asked) {
			if !slices.ContainsFunc(words, func(x string) bool { return strings.HasPrefix(x, w) }) {
				return false
			}
		}
		return true
	}
	return (f.Status == "" || k.n.Status == f.Status) && (f.Kind == "" || k.n.Kind == f.Kind) && (f.Topic == "" || k.topics[f.Topic]) &&
		(!f.Unarchived || k.n.Status != content.Archived) && has(text, f.Words) && has(title, f.Title)
}

// TestPagesOfTheDesksListAreExact: whatever is asked for, in whatever order and
// by whatever page, each note that fits is listed once and in its place. Many
// notes share a moment and a title, so that ends of pages fall among equals.
func TestPagesOfTheDesksListAreExact(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		must(b.desk.PutTopic(b.staff, content.Label{Name: "Zinc"}))
		rnd := rand.New(rand.NewPCG(7, 34))
		all := plant(t, b, rnd, 420)
		asked := []string{"", "", "film", "fi", "zi", "m", "market film", "nothing"}
		for range 150 {
			f := content.Filter{
				Sort:    []content.Sort{content.ByChange, content.ByChange, content.ByTitle, content.ByPublication}[rnd.IntN(4)],
				Reverse: rnd.IntN(3) == 0, Limit: 1 + rnd.IntN(60), Words: asked[rnd.IntN(len(asked))], Unarchived: rnd.IntN(2) == 0,
			}
			if rnd.IntN(3) == 0 {
				f.Title = asked[rnd.IntN(len(asked))]
			}
			if rnd.IntN(3) == 0 {
				f.Topic = []string{"film", "zinc"}[rnd.IntN(2)]
			}
			if rnd.IntN(3) == 0 {
				f.Status = content.Statuses()[rnd.IntN(6)]
			}
			if rnd.IntN(4) == 0 {
				f.Kind = content.Kinds()[rnd.IntN(5)]
			}
			comparePages(t, b, e, all, f)
		}
	})
}

func comparePages(t *testing.T, b *bench, e dbtest.Engine, all []kept, f content.Filter) {
	t.Helper()
	asked := f
	var want, got []*content.Note
	for _, k := range all {
		if k.fits(f) {
			want = append(want, k.n)
		}
	}
	for {
		page, next, err := b.desk.List(b.staff, f)
		if err != nil {
			t.Fatalf("%+v: %v", f, err)
		}
		got = append(got, page...)
		if f.After = next; next == "" || len(got) > len(all) {
			break
		}
	}
	// Among equals a search on SQLite goes by which came last, everything else
	// by id; each is one order, so it is enough that keys are in order, ids are
	// in order where they decide, and nothing is missing or twice.
	byID := e.Name != db.SQLite || f.Sort != content.ByChange || f.Words == "" && f.Title == ""
	for i := 1; i < len(got); i++ {
		c := compareKeys(got[i-1], got[i], f.Sort)
		if c == 0 && byID {
			c = strings.Compare(got[i-1].ID.String(), got[i].ID.String())
		}
		if (f.Sort == content.ByTitle) == f.Reverse {
			c = -c
		}
		if c > 0 {
			t.Fatalf("%+v: %d and %d are in the wrong order", asked, i-1, i)
		}
	}
	if a, w := idsOf(got), idsOf(want); !slices.Equal(a, w) {
		t.Fatalf("%+v: %d notes, not %d", asked, len(a), len(w))
	}
}

func idsOf(notes []*content.Note) (out []string) {
	for _, n := range notes {
		out = append(out, n.ID.String())
	}
	slices.Sort(out)
	return out
}

func compareKeys(a, b *content.Note, by content.Sort) int {
	switch by {
	case content.ByTitle:
		return strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title))
	case content.ByPublication:
		at := func(n *content.Note) time.Time {
			if n.PublishedAt == nil {
				return time.Unix(0, 0)
			}
			return *n.PublishedAt
		}
		return at(a).Compare(at(b))
	}
	return a.UpdatedAt.Compare(b.UpdatedAt)
}

// plant makes notes whose moments, titles and topics repeat, some with parts of
// a second, and then touches some again, later and earlier.
func plant(t *testing.T, b *bench, rnd *rand.Rand, size int) []kept {
	t.Helper()
	topics := map[string]uuid.UUID{}
	for _, x := range must(b.desk.Catalogue(b.staff)).Topics {
		topics[x.Slug] = x.ID
	}
	moment := func() time.Time {
		return start.Add(time.Duration(rnd.IntN(40))*time.Second + []time.Duration{0, 1, 120_000, 999_999}[rnd.IntN(4)]*time.Microsecond)
	}
	titles := []string{"Film market", "film market", "Zinc", "Market of zinc", "Untitled", "Filming"}
	var out []kept
	err := b.db.Tx(b.staff, func(ctx context.Context) error {
		for i := range size {
			n := noteNumber(i)
			n.Title, n.UpdatedAt, n.PublishedAt = titles[rnd.IntN(len(titles))], moment(), nil
			n.Abstract = []string{"", "About the market", "film"}[rnd.IntN(3)]
			if rnd.IntN(2) == 0 {
				at := moment()
				n.PublishedAt = &at
			}
			k := kept{n, map[string]bool{}}
			if err := b.db.Write(ctx).Create(n).Error; err != nil {
				return err
			}
			for slug, id := range topics {
				if rnd.IntN(3) == 0 {
					k.topics[slug] = true
					if err := b.db.Write(ctx).Table("note_topics").Create(map[string]any{"note_id": n.ID, "topic_id": id, "position": 0, "note_updated_at": start}).Error; err != nil {
						return err
					}
				}
			}
			out = append(out, k)
		}
		for range size / 2 {
			n := out[rnd.IntN(size)].n
			n.UpdatedAt, n.Title = moment(), titles[rnd.IntN(len(titles))]
			if err := b.db.Write(ctx).Exec("UPDATE notes SET updated_at = ?, title = ? WHERE id = ?", n.UpdatedAt, n.Title, n.ID).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
