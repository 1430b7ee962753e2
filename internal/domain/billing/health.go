package billing

import (
	"context"
	"sync"
	"time"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/journal"
)

// Health says how the line from Stripe is.
type Health struct {
	LastReceived time.Time // zero: never, or longer ago than events are kept
	Waiting      int64     // events that are not worked on yet
	OldestWaits  time.Time // since when; zero when none waits
	Refused      int64     // calls with a bad signature, by this process since it started
	LastRefused  time.Time
}

// Health looks at the webhook's line.
func (o *Office) Health(ctx context.Context) (Health, error) {
	h := o.refusals.seen()
	last, err := o.store.lastEvent(ctx)
	if err != nil {
		return h, err
	}
	if last != nil {
		h.LastReceived = last.ReceivedAt
	}
	n, oldest, err := o.store.waiting(ctx)
	h.Waiting = n
	if oldest != nil {
		h.OldestWaits = oldest.ReceivedAt
	}
	return h, err
}

// Events lists what Stripe told, newest first, at most 200. state "" lists
// all. It needs operations.write.
func (o *Office) Events(ctx context.Context, state EventState, limit int) ([]Event, error) {
	if err := actor.Require(ctx, actor.OperationsWrite); err != nil {
		return nil, err
	}
	return o.store.events(ctx, state, min(max(limit, 1), 200))
}

// refusalEvery is how often at most refused calls are told to the journal, so
// that nobody can fill it from outside.
const refusalEvery = time.Hour

// refusals counts calls that Stripe did not sign.
type refusals struct {
	mu    sync.Mutex
	count int64
	last  time.Time
	told  int64 // of count, those in the journal
	at    time.Time
}

func (r *refusals) seen() Health {
	r.mu.Lock()
	defer r.mu.Unlock()
	return Health{Refused: r.count, LastRefused: r.last}
}

// add counts one and says how many the journal should hear of now; 0 is none.
func (r *refusals) add(now time.Time) (untold int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.count++
	r.last = now
	if !r.at.IsZero() && now.Sub(r.at) < refusalEvery {
		return 0
	}
	untold, r.told, r.at = r.count-r.told, r.count, now
	return untold
}

// refuse counts a call that was not signed by Stripe. A wrong secret in the
// configuration looks like this too.
func (o *Office) refuse(ctx context.Context, now time.Time) {
	n := o.refusals.add(now)
	if n == 0 {
		return
	}
	o.Log.WarnContext(ctx, "a call to the Stripe webhook has no valid signature; is the secret right?", "calls", n)
	err := o.DB.Tx(ctx, func(ctx context.Context) error {
		return o.Journal.Record(ctx, journal.Event{Verb: verbRefused, Subject: "stripe", ID: "webhook", Payload: map[string]int64{"calls": n}})
	})
	if err != nil {
		o.Log.ErrorContext(ctx, "refused calls could not be journalled", "error", err)
	}
}

// eventsKept is how long events are kept after they were received.
const eventsKept = 60 * 24 * time.Hour

// PurgeEvents deletes events that were done with and are older than 60 days.
// Stripe sends an event again for three days at most.
func (o *Office) PurgeEvents(ctx context.Context) (n int64, err error) {
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		n, err = o.store.purgeEvents(ctx, o.Clock.Now().Add(-eventsKept))
		return err
	})
	return n, err
}
