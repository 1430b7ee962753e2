package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"
)

// The search is measured against one prepared full-text query by rank, over the
// texts that the public may find.
const (
	selectFound = "bench_found"
	foundQuery  = `SELECT slug, title, abstract FROM bench_documents, websearch_to_tsquery('english', $1) q
WHERE words @@ q ORDER BY ts_rank_cd(words, q) DESC, published_at DESC LIMIT 20`
)

// bareSearch answers /{words} with what the query finds.
func bareSearch(ctx context.Context, source string) (func(*fiber.Ctx) ([]byte, error), error) {
	pool, err := openTexts(ctx, source, selectFound, foundQuery)
	if err != nil {
		return nil, err
	}
	type found struct {
		Slug     string `json:"slug"`
		Title    string `json:"title"`
		Abstract string `json:"abstract"`
	}
	return func(c *fiber.Ctx) ([]byte, error) {
		asked, err := url.QueryUnescape(c.Params("id"))
		if err != nil {
			return nil, fiber.ErrBadRequest
		}
		rows, err := pool.Query(c.Context(), selectFound, asked)
		if err != nil {
			return nil, err
		}
		all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[found])
		if err != nil {
			return nil, err
		}
		return json.Marshal(all)
	}, nil
}

// keepDocuments puts what the public may find of n notes of each gate into a
// table for the baseline.
func keepDocuments(ctx context.Context, database string, n int) error {
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, `CREATE UNLOGGED TABLE bench_raw (slug text, title text, abstract text, body text, published_at timestamptz)`); err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(7, 7)) //nolint:gosec // the notes that writeNotes writes
	next := 0
	source := pgx.CopyFromFunc(func() ([]any, error) {
		if next == n*len(gates) {
			return nil, nil
		}
		gate, i := gates[next/n], next%n
		next++
		slug := slugOf(gate, i)
		each := splitNote(noteFile(rng, gate, slug, i))
		return []any{slug, each[0], each[1], each[2], dayOf(i)}, nil
	})
	if _, err := conn.CopyFrom(ctx, pgx.Identifier{"bench_raw"}, []string{"slug", "title", "abstract", "body", "published_at"}, source); err != nil {
		return err
	}
	for _, statement := range []string{
		`CREATE TABLE bench_documents AS SELECT slug, title, abstract, published_at,
			setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', abstract), 'B') || to_tsvector('english', body) AS words FROM bench_raw`,
		`DROP TABLE bench_raw`,
		`CREATE INDEX ON bench_documents USING gin (words)`,
		`VACUUM ANALYZE bench_documents`,
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// splitNote takes title, abstract and the public text out of a note's file.
func splitNote(file string) (out [3]string) {
	_, rest, _ := strings.Cut(file, "---\n")
	head, body, _ := strings.Cut(rest, "---\n")
	for line := range strings.Lines(head) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch name {
		case "title":
			out[0] = strings.Trim(value, `"`)
		case "abstract":
			out[1] = strings.Trim(value, `"`)
		}
	}
	out[2], _, _ = strings.Cut(body, "<!-- paywall -->")
	return out
}

// searchWords are what is searched for: common, middling and rare words, and
// two at once.
func searchWords() (out []string) {
	for _, rank := range []int{5, 40, 150, 400, 900, 1800} {
		for i := range 6 {
			out = append(out, vocabulary[rank+i])
			out = append(out, vocabulary[rank+i]+" "+vocabulary[20+7*i])
		}
	}
	return out
}

// probes asks each address once, to learn how long its answer is.
func probes(ctx context.Context, addr string, paths []string, header ...string) ([]question, map[string][]byte, error) {
	headers := map[string]string{}
	for i := 0; i+1 < len(header); i += 2 {
		headers[header[i]] = header[i+1]
	}
	bodies := map[string][]byte{}
	var out []question
	for _, path := range paths {
		body, err := call(ctx, "GET", "http://"+addr+path, headers, nil)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", path, err)
		}
		bodies[path] = body
		out = append(out, ask(path, len(body), header...))
	}
	return out, bodies, nil
}

// dayOf is when a note appeared.
func dayOf(i int) time.Time {
	return time.Date(2016, 1, 1, 9, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Hour)
}
