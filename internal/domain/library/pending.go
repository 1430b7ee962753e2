package library

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// pair is a member and a note.
type pair struct{ member, note uuid.UUID }

func pairOf(member, note uuid.UUID) pair { return pair{member, note} }

func (p pair) key() string { return string(append(p.member[:], p.note[:]...)) }

// opening is an opening that is not written yet.
type opening struct {
	version int
	at      time.Time
}

// gathered is what is written together.
type gathered struct {
	opened map[pair]opening
	places map[pair]Place
	visits map[uuid.UUID]time.Time
}

// batch is what is being written, and whose part of it must not come back when
// that fails.
type batch struct {
	gathered
	dropped map[string]bool
}

// pending is what is not written yet.
type pending struct {
	mu sync.Mutex
	gathered
	flying map[*batch]bool
	timer  *time.Timer
	closed bool
}

const (
	// flushAfter is how long something waits to be written together with what
	// comes meanwhile; flushAgain how long after that has failed.
	flushAfter = time.Second
	flushAgain = 5 * time.Second
	// mostPending bounds what waits while the database does not answer.
	mostPending = 20_000
)

func (p *gathered) size() int { return len(p.opened) + len(p.places) + len(p.visits) }

func (p *gathered) open(of pair, version int, at time.Time) {
	if p.opened == nil {
		p.opened = map[pair]opening{}
	}
	p.opened[of] = opening{version, at}
}

func (p *gathered) came(of pair, at Place) {
	if p.places == nil {
		p.places = map[pair]Place{}
	}
	p.places[of] = at
}

func (p *gathered) visit(member uuid.UUID, at time.Time) {
	if p.visits == nil {
		p.visits = map[uuid.UUID]time.Time{}
	}
	p.visits[member] = at
}

// take gives everything and leaves nothing. What becomes of it is told by done.
func (p *pending) take() *batch {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := &batch{gathered: p.gathered, dropped: map[string]bool{}}
	p.gathered = gathered{}
	if p.flying == nil {
		p.flying = map[*batch]bool{}
	}
	p.flying[out] = true
	if p.timer != nil {
		p.timer.Stop()
		p.timer = nil
	}
	return out
}

// empty tells whether nothing waits.
func (p *pending) empty() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.size() == 0
}

// done ends a batch. One that was not written waits again, except for what is
// newer by now and for those who wanted it forgotten meanwhile.
func (p *pending) done(b *batch, written bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.flying, b)
	if written {
		return
	}
	back := func(member uuid.UUID) bool { return !b.dropped[member.String()] && p.size() < mostPending }
	for of, o := range b.opened {
		if _, newer := p.opened[of]; !newer && back(of.member) {
			p.open(of, o.version, o.at)
		}
	}
	for of, at := range b.places {
		if _, newer := p.places[of]; !newer && back(of.member) {
			p.came(of, at)
		}
	}
	for member, at := range b.visits {
		if _, newer := p.visits[member]; !newer && back(member) {
			p.visit(member, at)
		}
	}
}

// drop forgets what waits of a member.
func (p *pending) drop(member string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for b := range p.flying {
		b.dropped[member] = true
	}
	maps.DeleteFunc(p.opened, func(of pair, _ opening) bool { return of.member.String() == member })
	maps.DeleteFunc(p.places, func(of pair, _ Place) bool { return of.member.String() == member })
	maps.DeleteFunc(p.visits, func(of uuid.UUID, _ time.Time) bool { return of.String() == member })
}

// later adds something to what waits, and sees to its being written.
func (r *Room) later(add func(*gathered)) {
	p := &r.pending
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.size() >= mostPending {
		return
	}
	add(&p.gathered)
	r.wake(flushAfter)
}

// wake has what waits written after a time. The caller holds the lock.
func (r *Room) wake(after time.Duration) {
	p := &r.pending
	if p.timer != nil || p.closed || p.size() == 0 {
		return
	}
	p.timer = time.AfterFunc(after, func() {
		p.mu.Lock()
		p.timer = nil
		p.mu.Unlock()
		ctx, done := context.WithTimeout(context.Background(), 10*time.Second)
		defer done()
		if err := r.Flush(ctx); err != nil && r.Log != nil {
			r.Log.Warn("what members read could not be remembered", "error", err)
		}
	})
}

// Close writes what waits, for good: what cannot be written now is lost.
func (r *Room) Close(ctx context.Context) error {
	r.pending.mu.Lock()
	r.pending.closed = true
	r.pending.mu.Unlock()
	return r.Flush(ctx)
}

// Flush writes what waits. It is called a moment after something came, and when
// the house closes. What could not be written waits for the next time.
func (r *Room) Flush(ctx context.Context) error {
	if r.pending.empty() {
		return nil
	}
	b := &batch{}
	err := r.alone(ctx, func(ctx context.Context) error {
		b = r.pending.take()
		if b.size() == 0 {
			return nil // somebody else has just written it
		}
		// Both are asked here: who leaves or wants nothing remembered waits
		// for the same lock, and finds what was written before.
		living, err := r.Living(actor.With(ctx, actor.Machine("library")), b.members())
		if err != nil {
			return err
		}
		remembers, err := r.remembering(ctx, living)
		if err != nil {
			return err
		}
		b.keep(remembers)
		return r.write(ctx, &b.gathered)
	})
	r.pending.done(b, err == nil)
	for of := range b.opened {
		r.marks.Drop(of.key())
	}
	for of := range b.places {
		r.marks.Drop(of.key())
	}
	if err != nil {
		r.pending.mu.Lock()
		defer r.pending.mu.Unlock()
		r.wake(flushAgain)
	}
	return err
}

// alone changes what is remembered of what members read, one change at a time,
// so that nothing is written for somebody who has just wanted it forgotten.
func (r *Room) alone(ctx context.Context, change func(ctx context.Context) error) error {
	return r.DB.Tx(ctx, func(ctx context.Context) error {
		if err := r.DB.Lock(ctx, "library reads"); err != nil {
			return err
		}
		return change(ctx)
	})
}

// forgetting is such a change of one member's: what waits of them goes too, here
// at once, on other nodes at the news.
func (r *Room) forgetting(ctx context.Context, member uuid.UUID, change func(ctx context.Context) error) error {
	return r.alone(ctx, func(ctx context.Context) error {
		r.pending.drop(member.String())
		if err := change(ctx); err != nil {
			return err
		}
		return r.DB.Announce(ctx, TopicChanged, member.String())
	})
}

func (p *gathered) members() []uuid.UUID {
	all := map[uuid.UUID]bool{}
	for of := range p.opened {
		all[of.member] = true
	}
	for of := range p.places {
		all[of.member] = true
	}
	for member := range p.visits {
		all[member] = true
	}
	return slices.Collect(maps.Keys(all))
}

// keep leaves what is of these members.
func (p *gathered) keep(members []uuid.UUID) {
	known := make(map[uuid.UUID]bool, len(members))
	for _, m := range members {
		known[m] = true
	}
	maps.DeleteFunc(p.opened, func(of pair, _ opening) bool { return !known[of.member] })
	maps.DeleteFunc(p.places, func(of pair, _ Place) bool { return !known[of.member] })
	maps.DeleteFunc(p.visits, func(of uuid.UUID, _ time.Time) bool { return !known[of] })
}

// before orders pairs, so that two nodes lock rows in the same order.
func (p pair) before(o pair) int {
	if p.key() < o.key() {
		return -1
	}
	return 1
}
