package webhook

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/google/uuid"
)

// Each endpoint has lanes of its own on every node. A receiver that hangs fills
// its own and nobody else's: there are more workers than endpoints, and one that
// is known to hang has a single lane.
const (
	lanesEach = 6
	// hanging is how long a call takes by which an endpoint is known to hang.
	hanging = 5 * time.Second
)

// atOnce is how many deliveries are at the database at the same time, however
// many wait for their receivers.
const atOnce = 6

type lanes struct {
	mu   sync.Mutex
	each map[uuid.UUID]*lane
}

// lane is how an endpoint stands on this node.
type lane struct {
	busy  int  // calls under way
	away  int  // turned away since
	hangs bool // so did its last call
}

// crowded says that an endpoint has as many calls as it may have, and when to
// come again.
type crowded struct{ again time.Duration }

func (c *crowded) Error() string { return fmt.Sprintf("webhook: no lane is free for %s", c.again) }

// enter takes a lane, or says when to come again. Those who are turned away are
// told different times, so that they do not all come back at once.
func (l *lanes) enter(endpoint uuid.UUID) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	x := l.each[endpoint]
	if x == nil {
		x = &lane{}
		l.each[endpoint] = x
	}
	if x.busy < lanesEach && !(x.hangs && x.busy > 0) {
		x.busy++
		return nil
	}
	x.away++
	if x.hangs {
		return &crowded{20*time.Second + rand.N(20*time.Second)} //nolint:gosec // no secret
	}
	return &crowded{min(500*time.Millisecond+time.Duration(x.away)*20*time.Millisecond, 30*time.Second)}
}

// leave gives the lane back, with what came of the call; nil when none was made.
func (l *lanes) leave(endpoint uuid.UUID, a *Attempt) {
	l.mu.Lock()
	defer l.mu.Unlock()
	x := l.each[endpoint]
	x.busy, x.away = x.busy-1, max(x.away-1, 0)
	if a != nil {
		x.hangs = a.Error == noAnswer || a.TookMS >= hanging.Milliseconds()
	}
	if x.busy == 0 && !x.hangs {
		delete(l.each, endpoint)
	}
}

// callInLane calls an endpoint when a lane is free, and fails with crowded when
// none is.
func (o *Outlet) callInLane(ctx context.Context, e *Endpoint, ev *Event) (call *Attempt, asked time.Duration, err error) {
	if err := o.lanes.enter(e.ID); err != nil {
		return nil, 0, err
	}
	defer func() { o.lanes.leave(e.ID, call) }()
	return o.call(ctx, e, ev)
}

// inTurn does something with the database while not too many others do.
func (o *Outlet) inTurn(ctx context.Context, do func() error) error {
	select {
	case o.turns <- struct{}{}:
		defer func() { <-o.turns }()
		return do()
	case <-ctx.Done():
		return ctx.Err()
	}
}
