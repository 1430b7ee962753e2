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

// pending is what is not written yet.
type pending struct {
	mu sync.Mutex
	gathered
	timer *time.Timer
}

const (
	// flushAfter is how long something waits to be written together with what
	// comes meanwhile.
	flushAfter = time.Second
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

// take gives everything and leaves nothing.
func (p *pending) take() gathered {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := p.gathered
	p.gathered = gathered{}
	if p.timer != nil {
		p.timer.Stop()
		p.timer = nil
	}
	return out
}

// drop forgets what waits of a member.
func (p *pending) drop(member string) {
	p.mu.Lock()
	defer p.mu.Unlock()
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
	if p.timer == nil {
		p.timer = time.AfterFunc(flushAfter, func() {
			ctx, done := context.WithTimeout(context.Background(), 10*time.Second)
			defer done()
			if err := r.Flush(ctx); err != nil && r.Log != nil {
				r.Log.Warn("what members read could not be remembered", "error", err)
			}
		})
	}
}

// Flush writes what waits. It is called a moment after something came, and when
// the house closes.
func (r *Room) Flush(ctx context.Context) error {
	p := r.pending.take()
	if p.size() == 0 {
		return nil
	}
	members := p.members()
	living, err := r.Living(actor.With(ctx, actor.Machine("library")), members)
	if err != nil {
		return err
	}
	err = r.DB.Tx(ctx, func(ctx context.Context) error {
		remembers, err := r.remembering(ctx, living)
		if err != nil {
			return err
		}
		p.keep(remembers)
		return r.write(ctx, &p)
	})
	for of := range p.opened {
		r.marks.Drop(of.key())
	}
	for of := range p.places {
		r.marks.Drop(of.key())
	}
	return err
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
