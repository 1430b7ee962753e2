package webhook

import (
	"context"
	"sync/atomic"

	"lighttrends/internal/platform/db"
)

// TopicEndpoints is announced when an endpoint is made, changed, paused or
// deleted.
const TopicEndpoints = "webhook.endpoints"

// roster knows the endpoints. Nearly every act tells of something, and endpoints
// seldom change: the list is kept until a change is announced. Another node may
// take until then, some milliseconds, to know of a new one.
type roster struct {
	list    atomic.Pointer[[]Endpoint]
	changes atomic.Int64
}

func newRoster(d *db.DB) *roster {
	r := &roster{}
	d.Subscribe(TopicEndpoints, func(string) {
		r.changes.Add(1)
		r.list.Store(nil)
	})
	return r
}

// get gives the list as it is kept, or else as read says. What a transaction
// reads is kept once it has committed, unless a change was announced meanwhile.
func (r *roster) get(ctx context.Context, d *db.DB, read func(ctx context.Context) ([]Endpoint, error)) ([]Endpoint, error) {
	if list := r.list.Load(); list != nil {
		return *list, nil
	}
	before := r.changes.Load()
	list, err := read(ctx)
	if err != nil {
		return nil, err
	}
	d.AfterCommit(ctx, func() {
		r.list.Store(&list)
		if r.changes.Load() != before {
			r.list.Store(nil)
		}
	})
	return list, nil
}
