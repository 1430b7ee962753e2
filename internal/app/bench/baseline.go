package main

import (
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"net"
	"os"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// A baseline is this program once more, as a server: started with these words
// and a source, it prints its address and serves until its input closes.
const (
	baselineWord  = "baseline"
	fromMemory    = "memory"
	fromPostgres  = "postgres"
	fromSearch    = "search"
	baselineConns = 16
	selectText    = "bench_text"
)

// serveBaseline answers /{id} with the bytes kept for it.
func serveBaseline(ctx context.Context, kind, source string) error {
	find, err := baselineSource(ctx, kind, source)
	if err != nil {
		return err
	}
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/:id", func(c *fiber.Ctx) error {
		body, err := find(c)
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
		return c.Send(body)
	})
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(l.Addr())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		_ = app.Shutdown()
	}()
	return app.Listener(l)
}

func baselineSource(ctx context.Context, kind, source string) (func(*fiber.Ctx) ([]byte, error), error) {
	if kind == fromMemory {
		bodies, err := readBodies(source)
		return func(c *fiber.Ctx) ([]byte, error) {
			body, ok := bodies[c.Params("id")]
			if !ok {
				return nil, fiber.ErrNotFound
			}
			return body, nil
		}, err
	}
	if kind == fromSearch {
		return bareSearch(ctx, source)
	}
	pool, err := openTexts(ctx, source, selectText, "SELECT body FROM bench_texts WHERE id = $1")
	return func(c *fiber.Ctx) (body []byte, err error) {
		if err = pool.QueryRow(c.Context(), selectText, c.Params("id")).Scan(&body); errors.Is(err, pgx.ErrNoRows) {
			err = fiber.ErrNotFound
		}
		return body, err
	}, err
}

// openTexts prepares the one statement on every connection.
func openTexts(ctx context.Context, url, name, statement string) (*pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	cfg.MaxConns = baselineConns
	cfg.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Prepare(ctx, name, statement)
		return err
	}
	return pgxpool.NewWithConfig(ctx, cfg)
}

// keepTexts puts the bodies into a table for the baseline, by primary key.
func keepTexts(ctx context.Context, url string, bodies map[string][]byte) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, "CREATE TABLE bench_texts (id text PRIMARY KEY, body text NOT NULL)"); err != nil {
		return err
	}
	rows := make([][]any, 0, len(bodies))
	for id, body := range bodies {
		rows = append(rows, []any{id, string(body)})
	}
	if _, err := conn.CopyFrom(ctx, pgx.Identifier{"bench_texts"}, []string{"id", "body"}, pgx.CopyFromRows(rows)); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, "ANALYZE bench_texts")
	return err
}

func writeBodies(path string, bodies map[string][]byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(gob.NewEncoder(f).Encode(bodies), f.Close())
}

func readBodies(path string) (bodies map[string][]byte, err error) {
	f, err := os.Open(path) //nolint:gosec // written by the run itself
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return bodies, gob.NewDecoder(f).Decode(&bodies) //nolint:gosec // written by the run itself
}
