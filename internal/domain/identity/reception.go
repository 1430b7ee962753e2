package identity

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"time"
)

// reception looks sessions up for requests that come at the same time: who
// comes while the counters are busy waits for the next look-up and shares it.
// A look-up begins after everyone in it has come, so each sees what was true
// at a moment of its own request.
type reception struct {
	look func(ctx context.Context, hashes [][]byte) (map[string]Session, error)

	mu   sync.Mutex
	busy int
	next *party // who waits for a look-up; nil when nobody does
}

// party is a group of requests that share one look-up.
type party struct {
	hashes [][]byte
	done   chan struct{}
	found  map[string]Session
	err    error
}

const (
	// counters is how many look-ups run at a time. A second one keeps the
	// processor busy while the database answers the first.
	counters = 2
	// lookUpWithin ends a look-up that no single request may end, because
	// others wait for it, too.
	lookUpWithin = 10 * time.Second
)

// ask finds the session of a token's hash.
func (r *reception) ask(ctx context.Context, hash []byte) (found Session, ok bool, err error) {
	p := r.join(ctx, hash)
	select {
	case <-p.done:
	case <-ctx.Done():
		return Session{}, false, ctx.Err()
	}
	found, ok = p.found[string(hash)]
	return found, ok, p.err
}

func (r *reception) join(ctx context.Context, hash []byte) *party {
	r.mu.Lock()
	p := r.next
	if p == nil {
		p = &party{done: make(chan struct{})}
	}
	p.hashes = append(p.hashes, hash)
	free := r.busy < counters
	if free {
		r.busy++
	}
	r.next = p
	r.mu.Unlock()
	if free {
		if all := r.gather(); all != nil {
			r.serve(ctx, all)
		}
	}
	return p
}

// gather lets those who are about to come join, and closes the party; nil says
// that somebody else has done so.
func (r *reception) gather() *party {
	runtime.Gosched()
	r.mu.Lock()
	defer r.mu.Unlock()
	p := r.next
	r.next = nil
	if p == nil {
		r.busy--
	}
	return p
}

// serve looks up for a party, and leaves the counter to the next one.
func (r *reception) serve(ctx context.Context, p *party) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookUpWithin)
	defer r.leave(ctx, p)
	defer cancel()
	// Nobody above might be there to catch a panic, and others wait.
	defer func() {
		if v := recover(); v != nil {
			p.err = fmt.Errorf("identity: looking sessions up: panic: %v\n%s", v, debug.Stack())
		}
	}()
	p.found, p.err = r.look(ctx, p.hashes)
}

func (r *reception) leave(ctx context.Context, p *party) {
	close(p.done)
	r.mu.Lock()
	next := r.next
	r.next = nil
	if next == nil {
		r.busy--
	}
	r.mu.Unlock()
	if next != nil {
		go r.serve(ctx, next)
	}
}
