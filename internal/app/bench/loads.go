package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"sync"
	"time"
)

// settle is how long a server may be left alone before it counts as idle.
const settle = 4 * time.Second

// rest is how long one is left alone before its size is looked at: what a start
// needed has gone back to the system by then.
const rest = 17 * time.Second

// side is one engine with its data, ready to be asked.
type side struct {
	house         *house
	idle          int64
	public, gated *corpus
	ofPublic      *runner
	ofGated       *runner
}

// loads fills a database of each engine, and lets the servers and the
// baselines take turns.
func (b *bench) loads(ctx context.Context) (err error) {
	say("writing %d notes into each database …", 2*b.notes)
	notes := filepath.Join(b.memory, "notes")
	if err := writeNotes(notes, b.notes); err != nil {
		return err
	}
	sides, err := b.fill(ctx, notes)
	defer func() {
		for _, s := range sides {
			if s.house.process != nil {
				err = errors.Join(err, s.house.stop())
			}
		}
	}()
	if err != nil {
		return err
	}
	if err := b.ready(ctx, sides); err != nil {
		return err
	}
	memory, texts, stop, err := b.baselines(ctx, sides[0])
	defer stop()
	if err != nil {
		return err
	}
	b.arrange(sides, memory, texts)
	takeTurns(ctx, b.rounds, b.each, b.runners, func(round int) { say("round %d of %d …", round, b.rounds) })
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return b.conclude(sides)
}

// fill makes the data of all engines at the same time.
func (b *bench) fill(ctx context.Context, notes string) ([]*side, error) {
	var all sync.WaitGroup
	var sides []*side
	var errs []error
	for _, engine := range b.engines {
		h, err := b.house(ctx, engine, filepath.Join(b.memory, engine))
		if err != nil {
			return nil, err
		}
		sides = append(sides, &side{house: h})
	}
	errs = make([]error, len(sides))
	for i, s := range sides {
		all.Go(func() { errs[i] = s.house.fill(ctx, notes); s.house.process = nil })
	}
	all.Wait()
	return sides, errors.Join(errs...)
}

// ready starts the servers, waits until they have done what a start asks for,
// looks at their size before anybody asks, and reads every note once.
func (b *bench) ready(ctx context.Context, sides []*side) error {
	for _, s := range sides {
		if _, err := s.house.start(ctx); err != nil {
			return err
		}
	}
	for _, s := range sides {
		if err := errors.Join(s.house.indexed(ctx), s.house.idle(ctx)); err != nil {
			return fmt.Errorf("%s: %w", s.house.engine, err)
		}
	}
	time.Sleep(rest)
	for _, s := range sides {
		var err error
		if s.idle, _, err = s.house.resident(); err != nil {
			return err
		}
		if err := b.read(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s.house.engine, err)
		}
	}
	return nil
}

func (b *bench) read(ctx context.Context, s *side) error {
	key, err := s.house.contentKey(ctx)
	if err != nil {
		return err
	}
	var tokens []string
	for _, email := range subscribers {
		token, err := s.house.signIn(ctx, email)
		if err != nil {
			return err
		}
		tokens = append(tokens, token)
	}
	if s.public, err = s.house.collect(ctx, "public", b.notes, key); err != nil {
		return err
	}
	s.gated, err = s.house.collect(ctx, "paid", b.notes, key, tokens...)
	return err
}

// baselines starts Fiber over the same bytes from memory, and Fiber over the
// same bytes by one prepared select. Both hold what the first engine answered.
func (b *bench) baselines(ctx context.Context, s *side) (memory, texts *baseline, stop func(), err error) {
	var started []*baseline
	stop = func() {
		for _, p := range started {
			_ = p.stop()
		}
	}
	bodies := map[string][]byte{}
	for _, c := range []*corpus{s.public, s.gated} {
		for id, body := range c.bodies {
			bodies[id] = body
		}
	}
	file := filepath.Join(b.dir, "bodies")
	if err := writeBodies(file, bodies); err != nil {
		return nil, nil, stop, err
	}
	database, err := b.database(ctx)
	if err != nil {
		return nil, nil, stop, err
	}
	if err := keepTexts(ctx, database, s.gated.bodies); err != nil {
		return nil, nil, stop, err
	}
	for kind, source := range map[string]string{fromMemory: file, fromPostgres: database} {
		p, err := startBaseline(ctx, kind, source)
		if err != nil {
			return nil, nil, stop, err
		}
		started = append(started, p)
		if kind == fromMemory {
			memory = p
		} else {
			texts = p
		}
	}
	return memory, texts, stop, nil
}

// arrange puts the runners in the order in which they take turns: those that
// are compared stand next to each other.
func (b *bench) arrange(sides []*side, memory, texts *baseline) {
	add := func(name string, p *process, addr string, questions []question) *runner {
		r := &runner{name: name, server: p, load: load{addr, questions, b.conns}}
		b.runners = append(b.runners, r)
		return r
	}
	first := sides[0]
	add("bare Fiber, public bytes", memory.process, memory.addr, first.public.plain)
	for _, s := range sides {
		s.ofPublic = add("public note, "+s.house.engine, s.house.process, s.house.addr, s.public.house)
	}
	add("bare Fiber, gated bytes", memory.process, memory.addr, first.gated.plain)
	for _, s := range sides {
		s.ofGated = add("gated note, "+s.house.engine, s.house.process, s.house.addr, s.gated.house)
	}
	add("Fiber + one pgx select", texts.process, texts.addr, first.gated.plain)
}

// conclude makes the lines of the table.
func (b *bench) conclude(sides []*side) error {
	n := len(sides)
	bare, bareGated, selects := b.runners[0], b.runners[n+1], b.runners[2*n+2]
	for _, s := range sides {
		b.lines = append(b.lines,
			ratio("public note ÷ bare Fiber, "+s.house.engine, s.ofPublic, bare, .4),
			ratio("gated note ÷ Fiber + one pgx select, "+s.house.engine, s.ofGated, selects, 1),
			ratio("gated note ÷ bare Fiber, "+s.house.engine, s.ofGated, bareGated, .3))
	}
	for _, s := range sides {
		_, peak, err := s.house.resident()
		if err != nil {
			return err
		}
		b.lines = append(b.lines,
			limit("resident memory, idle, "+s.house.engine, megabytes(s.idle), 60, "MB", ""),
			limit("resident memory, most under load, "+s.house.engine, megabytes(peak), 150, "MB", ""))
	}
	return nil
}

// withDatabase names another database of the same cluster.
func withDatabase(cluster, name string) (string, error) {
	u, err := url.Parse(cluster)
	if err != nil {
		return "", errors.New("TEST_DATABASE_URL is not a URL")
	}
	u.Path = "/" + name
	return u.String(), nil
}
