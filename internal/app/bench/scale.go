package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// How deep the deep pages of the list are, in pages of twenty, and how many of
// them are asked for in turn.
const (
	deepFrom  = 1400
	deepPages = 200
	pageSize  = 20
)

// sample is how many notes of a database are asked for in the rounds.
const sample = 200

// store is a house with few or many notes, and what is asked of it.
type store struct {
	house                              *house
	notes                              int // of each gate
	note, first, deep, page, own, find *runner
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
	few, many := &store{notes: b.notes / 2}, &store{notes: b.many}
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
	q := questioner{b: b, bodies: map[string][]byte{}}
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

// questioner learns what the answers are, and makes the runners.
type questioner struct {
	b      *bench
	bodies map[string][]byte     // for the baseline, by name
	plain  map[string][]question // to the baseline, by kind
	asked  map[*store]map[string][]question
}

// prepare asks for everything once.
func (q *questioner) prepare(ctx context.Context, s *store) error {
	if q.asked == nil {
		q.asked, q.plain = map[*store]map[string][]question{}, map[string][]question{}
	}
	q.asked[s] = map[string][]question{}
	key, err := s.house.contentKey(ctx)
	if err != nil {
		return err
	}
	token, err := s.house.signIn(ctx, subscribers[0])
	if err != nil {
		return err
	}
	var notes, pages, found []string
	for i := range sample {
		notes = append(notes, "/api/content/v1/notes/"+slugOf("public", i*s.notes/sample))
		pages = append(pages, "/notes/"+slugOf("paid", i*s.notes/sample))
	}
	for _, w := range searchWords() {
		found = append(found, "/api/content/v1/search?q="+url.QueryEscape(w))
	}
	deep, err := s.house.deep(ctx, key)
	if err != nil {
		return err
	}
	for _, x := range []struct {
		kind   string
		paths  []string
		header []string
	}{
		{"note", notes, []string{"X-Api-Key", key}},
		{"first page", []string{listPath}, []string{"X-Api-Key", key}},
		{"deep page", deep, []string{"X-Api-Key", key}},
		{"page", pages, nil},
		{"own page", pages, []string{"Cookie", "lt_member=" + token}},
		{"search", found, []string{"X-Api-Key", key}},
	} {
		if len(x.paths) == 0 {
			continue
		}
		asked, bodies, err := probes(ctx, s.house.addr, x.paths, x.header...)
		if err != nil {
			return err
		}
		q.asked[s][x.kind] = asked
		q.plain[x.kind] = nil // those of the last store, which has them all
		for i, path := range x.paths {
			name := fmt.Sprintf("%s-%d", strings.ReplaceAll(x.kind, " ", "_"), i)
			q.bodies[name] = bodies[path]
			q.plain[x.kind] = append(q.plain[x.kind], ask("/"+name, len(bodies[path])))
		}
	}
	return nil
}

const listPath = "/api/content/v1/notes?limit=20"

// deep walks the list and gives addresses of pages far behind; none when there
// are not so many notes.
func (h *house) deep(ctx context.Context, key string) (paths []string, err error) {
	cursor := ""
	for page := 1; page <= deepFrom+deepPages; page++ {
		path := listPath
		if cursor != "" {
			path += "&cursor=" + url.QueryEscape(cursor)
		}
		if page > deepFrom {
			paths = append(paths, path)
		}
		raw, err := call(ctx, "GET", "http://"+h.addr+path, map[string]string{"X-Api-Key": key}, nil)
		if err != nil {
			return nil, err
		}
		var list struct{ Next string }
		if err := json.Unmarshal(raw, &list); err != nil {
			return nil, err
		}
		if cursor = list.Next; cursor == "" {
			return nil, nil
		}
	}
	return paths, nil
}

func bareName(kind, engine string) string { return "bare Fiber, bytes of: " + kind + ", " + engine }

// runners puts those that are compared next to each other.
func (q *questioner) runners(few, many *store, memory *baseline, engine string) (all []*runner) {
	add := func(name string, p *process, addr string, questions []question) *runner {
		r := &runner{name: name, server: p, load: load{addr, questions, q.b.conns}}
		all = append(all, r)
		return r
	}
	for _, kind := range []string{"note", "first page", "deep page", "page", "own page", "search"} {
		if kind != "search" {
			add(bareName(kind, engine), memory.process, memory.addr, q.plain[kind])
		}
		for _, s := range []*store{few, many} {
			questions := q.asked[s][kind]
			if len(questions) == 0 {
				continue
			}
			r := add(fmt.Sprintf("%s, %d notes, %s", kind, 2*s.notes, engine), s.house.process, s.house.addr, questions)
			switch kind {
			case "note":
				s.note = r
			case "first page":
				s.first = r
			case "deep page":
				s.deep = r
			case "page":
				s.page = r
			case "own page":
				s.own = r
			case "search":
				s.find = r
			}
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
func (q *questioner) conclude(few, many *store, finds []*runner, engine string) {
	named := func(name string) *runner {
		i := slices.IndexFunc(q.b.runners, func(r *runner) bool { return r.name == name })
		return q.b.runners[i]
	}
	line := func(l line) { q.b.lines = append(q.b.lines, l) }
	bare := func(kind string) *runner { return named(bareName(kind, engine)) }
	size := fmt.Sprintf(", %d notes, %s", 2*many.notes, engine)
	line(ratio("note, anonymous ÷ bare Fiber"+size, many.note, bare("note"), .5))
	line(ratio("list of 20, first page ÷ bare Fiber"+size, many.first, bare("first page"), .4))
	if many.deep != nil {
		line(ratio(fmt.Sprintf("list of 20, %d pages deep ÷ bare Fiber%s", deepFrom+deepPages/2, size), many.deep, bare("deep page"), .4))
		line(cost("deep page against first page"+size, many.deep, many.first, 1.1))
	}
	line(ratio("page of a gated note, stranger ÷ bare Fiber"+size, many.page, bare("page"), .4))
	line(ratio("page of a gated note, member ÷ bare Fiber"+size, many.own, bare("own page"), .2))
	ends := fmt.Sprintf(", %d against %d notes, %s", 2*many.notes, 2*few.notes, engine)
	line(cost("cost of a note"+ends, many.note, few.note, 1.2))
	line(cost("cost of a list"+ends, many.first, few.first, 1.2))
	if len(finds) == 2 {
		line(ratio("search ÷ Fiber + one pgx full-text query"+size, many.find, finds[1], .8))
		ours, theirs := few.find.against(many.find).median, finds[0].against(finds[1]).median
		line(growth(fmt.Sprintf("search grows %.2f ×, the bare query %.2f ×%s", ours, theirs, ends), ours, theirs))
	}
}

// growth is a line about something that may grow as much as something else.
func growth(what string, ours, theirs float64) line {
	return line{what: what, must: "no faster", measured: fmt.Sprintf("%.2f of it", ours/theirs), kept: ours <= theirs*1.02}
}
