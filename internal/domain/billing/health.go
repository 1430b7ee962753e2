package billing

import (
	"context"
	"time"

	"lighttrends/internal/platform/actor"
)

// Health says how the line from Stripe is.
type Health struct {
	LastReceived time.Time // zero: never, or longer ago than events are kept
	Waiting      int64     // events that are not worked on yet
	OldestWaits  time.Time // since when; zero when none waits
	SilentSince  time.Time // since when Stripe should have told something; zero: it did
	Refused      int64     // calls that were refused in the last day, to the hour
	LastRefused  time.Time
	RefusedFor   string // why the last one was, see stripeapi.Refusal
}

// Health looks at the webhook's line.
func (o *Office) Health(ctx context.Context) (Health, error) {
	var h Health
	if err := o.refused(ctx, &h); err != nil {
		return h, err
	}
	last, err := o.store.lastEvent(ctx)
	if err != nil {
		return h, err
	}
	if last != nil {
		h.LastReceived = last.ReceivedAt
	}
	if h.SilentSince, err = o.silence(ctx, h.LastReceived); err != nil {
		return h, err
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

// Stripe begins and ends a period of each subscription and tells of it within
// the hour; after promptness, a period that no event followed was not told.
const promptness = 6 * time.Hour

// remembered is how far back silence is looked for: events are kept a little
// longer.
const remembered = 55 * 24 * time.Hour

// silence says since when Stripe should have told something and told nothing.
func (o *Office) silence(ctx context.Context, last time.Time) (time.Time, error) {
	now := o.Clock.Now()
	if oldest := now.Add(-remembered); last.Before(oldest) {
		last = oldest
	}
	period, err := o.store.untoldPeriod(ctx, last.Add(time.Hour), now.Add(-promptness))
	if period == nil {
		return time.Time{}, err
	}
	return period.UTC(), err
}

// refused adds what was refused in the last day, by every node.
func (o *Office) refused(ctx context.Context, h *Health) error {
	if err := o.writeRefusals(ctx); err != nil {
		return err
	}
	rows, err := o.store.refusalsSince(ctx, o.Clock.Now().Add(-24*time.Hour))
	for i, row := range rows {
		h.Refused += row.Calls
		if i == 0 {
			h.LastRefused, h.RefusedFor = row.LastAt.UTC(), row.Reason
		}
	}
	return err
}

// eventsKept is how long events are kept after they were received.
const eventsKept = 60 * 24 * time.Hour

// PurgeEvents deletes events that were done with and are older than 60 days.
// Stripe sends an event again for three days at most.
func (o *Office) PurgeEvents(ctx context.Context) (n int64, err error) {
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		before := o.Clock.Now().Add(-eventsKept)
		if n, err = o.store.purgeEvents(ctx, before); err != nil {
			return err
		}
		return o.store.purgeLine(ctx, before)
	})
	return n, err
}
