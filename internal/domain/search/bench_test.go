package search_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/search"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// vocabulary makes words that nobody has to read; few of them are most of a text.
func vocabulary(n int) []string {
	syllables := strings.Fields("ba co di fu ga he ji ko lu ma ne po qui ra so ta ve wi xo zu")
	out := make([]string, n)
	for i := range out {
		for k := i + 20; k > 0; k /= 20 {
			out[i] += syllables[k%20]
		}
	}
	return out
}

// bareQuery is what the search is measured against: one prepared full-text
// query by rank over the same public texts.
const bareQuery = `SELECT note_id, title, abstract FROM bare_documents, websearch_to_tsquery('english', ?) q
WHERE words @@ q ORDER BY ts_rank_cd(words, q) DESC, published_at DESC LIMIT 20`

// BenchmarkFind searches among as many notes as SEARCH_NOTES says, 2,000 if it
// says nothing, half of them gated, for rare, middling and common words.
func BenchmarkFind(b *testing.B) {
	notes, _ := strconv.Atoi(os.Getenv("SEARCH_NOTES"))
	if notes == 0 {
		notes = 2000
	}
	words := vocabulary(30_000)
	queries := map[string]string{
		"rare": words[9000], "middling": words[600], "common": words[3], "two common": words[2] + " " + words[5], "topic and word": words[40] + " " + words[300],
		"phrase": `"` + words[1] + " " + words[2] + `"`, "begun": words[12_000][:5],
	}
	for _, e := range []dbtest.Engine{{Name: db.SQLite}, {Name: db.Postgres}} {
		b.Run(string(e.Name), func(b *testing.B) { benchFind(b, e, notes, words, queries) })
	}
}

func benchFind(b *testing.B, e dbtest.Engine, notes int, words []string, queries map[string]string) {
	b.Helper()
	d := e.Open(b, nil)
	x := search.New(d)
	fillBench(b, d, x, notes, words)
	paid := search.Lens{Gates: []string{"paid"}}
	bare := d.Hot(bareQuery)
	for name, text := range queries {
		q := search.Parse(text)
		for who, l := range map[string]search.Lens{"stranger": {}, "member": paid} {
			b.Run(name+"/"+who, func(b *testing.B) {
				for b.Loop() {
					if _, err := x.Find(b.Context(), search.Page{Query: q, Limit: 20, Lens: l}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		if d.Engine() != db.Postgres {
			continue
		}
		b.Run(name+"/bare", func(b *testing.B) {
			for b.Loop() {
				err := bare.Each(b.Context(), func(scan func(...any) error) error {
					var id [16]byte
					var title, abstract string
					return scan(&id, &title, &abstract)
				}, text)
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func fillBench(b *testing.B, d *db.DB, x *search.Index, notes int, words []string) {
	b.Helper()
	rng := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(rng, 1.07, 8, uint64(len(words)-1))
	text := func(n int) string {
		out := make([]string, n)
		for i := range out {
			out[i] = words[zipf.Uint64()]
		}
		return strings.Join(out, " ")
	}
	if d.Engine() == db.Postgres {
		exec(b, d, `CREATE TABLE bare_documents (note_id uuid PRIMARY KEY, title text, abstract text, published_at timestamptz, words tsvector)`)
	}
	for from := 0; from < notes; from += 500 {
		err := d.Tx(b.Context(), func(ctx context.Context) error {
			for i := range min(500, notes-from) {
				doc := search.Document{
					Note: db.NewID(), Title: text(7), Abstract: text(40), Names: []string{"Ida Bench"}, Public: text(120),
					PublishedAt: time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(from+i) * time.Hour),
				}
				if i%2 == 0 {
					doc.Gate, doc.Whole = "paid", doc.Public+" "+text(700)
				} else {
					doc.Public += " " + text(700)
				}
				if err := x.Put(ctx, doc); err != nil {
					return err
				}
				if d.Engine() != db.Postgres {
					continue
				}
				const bare = `INSERT INTO bare_documents SELECT ?, ?, ?, ?, setweight(to_tsvector('english', ?), 'A') || setweight(to_tsvector('english', ?), 'B') || to_tsvector('english', ?)`
				if err := d.Write(ctx).Exec(bare, doc.Note, doc.Title, doc.Abstract, doc.PublishedAt, doc.Title, doc.Abstract, doc.Public).Error; err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if d.Engine() == db.Postgres {
		exec(b, d, `CREATE INDEX bare_documents_words ON bare_documents USING gin (words)`)
		for _, table := range []string{"bare_documents", "search_documents", "search_gated"} {
			exec(b, d, fmt.Sprintf("VACUUM ANALYZE %s", table))
		}
	}
}

func exec(b *testing.B, d *db.DB, statement string) {
	b.Helper()
	if _, err := d.SQL().ExecContext(b.Context(), statement); err != nil {
		b.Fatal(err)
	}
}
