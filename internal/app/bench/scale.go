package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"sync"
)

// The kinds of what is asked of both.
const (
	ofNote   = "note"
	ofFirst  = "first page"
	ofDeep   = "deep page"
	ofPage   = "page"
	ofOwn    = "own page"
	ofSearch = "search"
)

// store is a house with few or many notes, and what is asked of it.
type store struct {
	house   *house
	notes   int // of each gate
	runners map[string]*runner
}

// scale compares a database of a few notes with one of many, and lists, pages
// and the search with baselines over the same bytes.
func (b *bench) scale(ctx context.Context) (err error) {
	for _, engine := range b.engines {
		if err := b.scaleOn(ctx, engine); err != nil {
			return fmt.Errorf("scale on %s: %w", engine, err)
		}
	}
	return nil
}

func (b *bench) scaleOn(ctx context.Context, engine string) (err error) {
	few, many := &store{notes: b.notes / 2, runners: map[string]*runner{}}, &store{notes: b.many, runners: map[string]*runner{}}
	var started []interface{ stop() error }
	defer func() {
		for _, p := range started {
			err = errors.Join(err, p.stop())
		}
	}()
	if err := b.fillStores(ctx, engine, few, many); err != nil {
		return err
	}
	for _, s := range []*store{few, many} {
		if _, err := s.house.start(ctx); err != nil {
			return err
		}
		started = append(started, s.house)
		if err := errors.Join(s.house.indexed(ctx), s.house.idle(ctx)); err != nil {
			return err
		}
	}
	q := questioner{
		b: b, bodies: map[string][]byte{}, plain: map[string][]question{}, asked: map[*store]map[string][]question{}, bare: map[string]*runner{},
	}
	for _, s := range []*store{few, many} {
		if err := q.prepare(ctx, s); err != nil {
			return err
		}
	}
	file := filepath.Join(b.dir, "scale-"+engine)
	if err := writeBodies(file, q.bodies); err != nil {
		return err
	}
	memory, err := startBaseline(ctx, fromMemory, file)
	if err != nil {
		return err
	}
	started = append(started, memory)
	turns := q.runners(few, many, memory, engine)
	finds, stop, err := b.bareFinds(ctx, engine, few, many)
	started = append(started, stop...)
	if err != nil {
		return err
	}
	turns = append(turns, finds...)
	takeTurns(ctx, b.rounds, b.each, turns, func(round int) { say("%s: round %d of %d …", engine, round, b.rounds) })
	b.runners = append(b.runners, turns...)
	q.conclude(few, many, finds, engine)
	return ctx.Err()
}

func (b *bench) fillStores(ctx context.Context, engine string, stores ...*store) error {
	errs := make([]error, len(stores))
	var all sync.WaitGroup
	for i, s := range stores {
		h, err := b.house(ctx, engine, filepath.Join(b.memory, fmt.Sprintf("scale-%s-%d", engine, s.notes)))
		if err != nil {
			return err
		}
		s.house = h
		notes := filepath.Join(b.memory, fmt.Sprintf("notes-%d", s.notes))
		say("%s: writing %d notes …", engine, 2*s.notes)
		all.Go(func() {
			errs[i] = writeNotes(notes, s.notes)
			if errs[i] == nil {
				errs[i] = h.fill(ctx, notes)
			}
			h.process = nil
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// runners puts those that are compared next to each other.
func (q *questioner) runners(few, many *store, memory *baseline, engine string) (all []*runner) {
	add := func(name string, p *process, addr string, questions []question) *runner {
		r := &runner{name: name, server: p, load: load{addr, questions, q.b.conns}}
		all = append(all, r)
		return r
	}
	for _, kind := range []string{ofNote, ofFirst, ofDeep, ofPage, ofOwn, ofSearch} {
		if kind != ofSearch && len(q.plain[kind]) > 0 {
			q.bare[kind] = add("bare Fiber, bytes of: "+kind+", "+engine, memory.process, memory.addr, q.plain[kind])
		}
		for _, s := range []*store{few, many} {
			questions := q.asked[s][kind]
			if len(questions) == 0 {
				continue
			}
			s.runners[kind] = add(fmt.Sprintf("%s, %d notes, %s", kind, 2*s.notes, engine), s.house.process, s.house.addr, questions)
		}
	}
	return all
}

// bareFinds are the searches of the baseline, over both sizes; there are none
// beside SQLite.
func (b *bench) bareFinds(ctx context.Context, engine string, stores ...*store) (all []*runner, started []interface{ stop() error }, err error) {
	if engine != fromPostgres {
		return nil, nil, nil
	}
	for _, s := range stores {
		database, err := b.database(ctx)
		if err != nil {
			return nil, started, err
		}
		if err := keepDocuments(ctx, database, s.notes); err != nil {
			return nil, started, err
		}
		p, err := startBaseline(ctx, fromSearch, database)
		if err != nil {
			return nil, started, err
		}
		started = append(started, p)
		var paths []string
		for _, w := range searchWords() {
			paths = append(paths, "/"+url.PathEscape(w))
		}
		questions, _, err := probes(ctx, p.addr, paths)
		if err != nil {
			return nil, started, err
		}
		all = append(all, &runner{
			name: fmt.Sprintf("Fiber + one pgx full-text query, %d notes", 2*s.notes), server: p.process, load: load{p.addr, questions, b.conns},
		})
	}
	return all, started, nil
}

// conclude makes the lines of the table.
func (q *questioner) conclude(small, large *store, finds []*runner, engine string) {
	line := func(l line) { q.b.lines = append(q.b.lines, l) }
	many, few := large.runners, small.runners
	size := fmt.Sprintf(", %d notes, %s", 2*large.notes, engine)
	line(ratio("note, anonymous ÷ bare Fiber"+size, many[ofNote], q.bare[ofNote], .5))
	line(ratio("list of 20, first page ÷ bare Fiber"+size, many[ofFirst], q.bare[ofFirst], .4))
	if many[ofDeep] != nil {
		line(ratio(fmt.Sprintf("list of 20, %d pages deep ÷ bare Fiber%s", deepAt, size), many[ofDeep], q.bare[ofDeep], .4))
		line(cost("deep page against first page"+size, many[ofDeep], many[ofFirst], 1.1))
	}
	line(ratio("page of a gated note, stranger ÷ bare Fiber"+size, many[ofPage], q.bare[ofPage], .4))
	line(ratio("page of a gated note, member ÷ bare Fiber"+size, many[ofOwn], q.bare[ofOwn], .2))
	ends := fmt.Sprintf(", %d against %d notes, %s", 2*large.notes, 2*small.notes, engine)
	line(cost("cost of a note"+ends, many[ofNote], few[ofNote], 1.2))
	line(cost("cost of a list"+ends, many[ofFirst], few[ofFirst], 1.2))
	if len(finds) == 2 {
		line(ratio("search ÷ Fiber + one pgx full-text query"+size, many[ofSearch], finds[1], .8))
		ours, theirs := few[ofSearch].against(many[ofSearch]).median, finds[0].against(finds[1]).median
		line(growth(fmt.Sprintf("search grows %.2f ×, the bare query %.2f ×%s", ours, theirs, ends), ours, theirs))
	}
}

// growth is a line about something that may grow as much as something else.
func growth(what string, ours, theirs float64) line {
	return line{what: what, must: "no faster", measured: fmt.Sprintf("%.2f of it", ours/theirs), kept: ours <= theirs*1.02}
}
