package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"lighttrends/internal/platform/db/dbtest"
)

// writers is how many clients write at the same time, writeRounds how often
// both sides take their turn.
const (
	writers     = 8
	writeRounds = 3
	writeRound  = 2 * time.Second
)

// writes measures creating and publishing notes through the Admin API against
// bare GORM that inserts the rows which that left in the database, on a Postgres
// of its own that waits for the disk at each commit.
func (b *bench) writes(ctx context.Context) (err error) {
	say("writing notes …")
	cluster, err := dbtest.StartCluster(dbtest.Durable...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cluster.Stop()) }()
	database, err := b.databaseOf(ctx, cluster.URL)
	if err != nil {
		return err
	}
	h, err := newHouse(ctx, b.binary, fromPostgres, filepath.Join(b.dir, "writes"), database)
	if err != nil {
		return err
	}
	notes := filepath.Join(b.memory, "few")
	if err := errors.Join(writeNotes(notes, 100), h.fill(ctx, notes)); err != nil {
		return err
	}
	if _, err := h.start(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.stop()) }()
	if err := errors.Join(h.indexed(ctx), h.idle(ctx)); err != nil {
		return err
	}
	w := &writing{house: h}
	bare, err := b.copyRows(ctx, h.database, func() error { return w.once(ctx) })
	if err != nil {
		return fmt.Errorf("the rows of a note: %w", err)
	}
	ours := &runner{name: "create and publish, 8 clients, postgres", server: h.process, load: together{writers, w.once}}
	base := &runner{name: "GORM inserting the same rows", load: together{writers, bare.once}}
	takeTurns(ctx, writeRounds, writeRound, []*runner{base, ours}, func(int) {})
	b.runners = append(b.runners, base, ours)
	b.lines = append(b.lines, ratio(fmt.Sprintf("create and publish ÷ bare GORM, %d rows, postgres", bare.rows()), ours, base, .5))
	return ctx.Err()
}

// together does one thing over and over, by several at the same time.
type together struct {
	several int
	do      func(ctx context.Context) error
}

func (t together) run(ctx context.Context, d time.Duration) result {
	began := time.Now()
	var all sync.WaitGroup
	each := make([]result, t.several)
	for i := range each {
		all.Go(func() {
			r := &each[i]
			for ctx.Err() == nil && time.Since(began) < d {
				from := time.Now()
				if err := t.do(ctx); err != nil {
					r.errors++
					r.first = err
					return
				}
				r.answers++
				r.waits = append(r.waits, time.Since(from))
			}
		})
	}
	all.Wait()
	return sumOf(each, time.Since(began))
}

// writing creates notes and publishes them.
type writing struct {
	house *house
	last  atomic.Int64
}

func (w *writing) once(ctx context.Context) error {
	n := w.last.Add(1)
	api, owner := "http://"+w.house.addr+"/api/admin/v1/notes", w.house.asOwner()
	made, err := callFor[struct{ ID string }](ctx, http.MethodPost, api, owner, map[string]any{
		"title": fmt.Sprintf("Written %06d", n), "slug": fmt.Sprintf("written-%06d", n), "kind": "research-note", "abstract": "Written while others write.",
		"body": writtenBody, "authors": []string{"ida-bench"}, "topics": []string{"measures"}, "gate": "paid",
	})
	if err != nil {
		return err
	}
	_, err = callFor[json.RawMessage](ctx, http.MethodPut, api+"/"+made.ID+"/publication", owner, nil)
	return err
}
