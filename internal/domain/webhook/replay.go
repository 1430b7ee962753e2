package webhook

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// maxReplay bounds how many events are sent again by one request.
const maxReplay = 1000

// errResting says that nothing is sent to an endpoint that is not on.
func errResting() error {
	return fault.New(fault.Conflict, "webhook_not_on", "The webhook is off or paused. Switch it on first.")
}

// Replay sends one delivery again, with the same webhook-id.
func (o *Outlet) Replay(ctx context.Context, endpoint, id uuid.UUID) (*Record, error) {
	if err := actor.Require(ctx, actor.KeysWrite); err != nil {
		return nil, err
	}
	err := o.DB.Tx(ctx, func(ctx context.Context) error {
		e, err := o.lockEndpoint(ctx, endpoint)
		if err != nil {
			return err
		}
		if e.State != On {
			return errResting()
		}
		d, err := o.lockDelivery(ctx, id)
		if err != nil {
			return err
		}
		if d == nil || d.EndpointID != endpoint {
			return errNoDelivery()
		}
		return o.repeat(ctx, d)
	})
	if err != nil {
		return nil, err
	}
	return o.recordOf(ctx, endpoint, id)
}

func (o *Outlet) repeat(ctx context.Context, d *Delivery) error {
	d.again(o.Clock.Now())
	if err := o.saveDelivery(ctx, d); err != nil {
		return err
	}
	return o.DB.Enqueue(ctx, DeliverArgs{d.ID, d.Round, 0}, nil)
}

// Span chooses events to be sent again.
type Span struct {
	From, To time.Time // when they happened; To is outside
	// Missed leaves out what was delivered.
	Missed bool
}

// ReplaySpan sends all events of a time again which the endpoint asks for: also
// those that happened while it was off, paused or not there yet. It gives their
// number.
func (o *Outlet) ReplaySpan(ctx context.Context, endpoint uuid.UUID, s Span) (n int, err error) {
	if err := actor.Require(ctx, actor.KeysWrite); err != nil {
		return 0, err
	}
	var f fault.Fields
	f.Check(s.From.Before(s.To), "to", "bad_span", "The end comes after the beginning.")
	if err := f.Err(); err != nil {
		return 0, err
	}
	return n, o.DB.Tx(ctx, func(ctx context.Context) error {
		e, err := o.lockEndpoint(ctx, endpoint)
		if err != nil {
			return err
		}
		if e.State != On {
			return errResting()
		}
		if n, err = o.replaySpan(ctx, e, s); err != nil {
			return err
		}
		return o.Journal.Record(ctx, journal.Event{Verb: "webhook.replayed", Subject: "webhook", ID: e.ID.String(), Payload: map[string]any{"name": e.Name, "events": n}})
	})
}

func (o *Outlet) replaySpan(ctx context.Context, e *Endpoint, s Span) (n int, err error) {
	owed, err := o.owedBetween(ctx, e, s)
	if err != nil {
		return 0, err
	}
	if len(owed) > maxReplay {
		return 0, fault.New(fault.Conflict, "too_many_events", "These are more than 1,000 events. Choose a shorter time.")
	}
	for _, x := range owed {
		n++
		if x.ID == uuid.Nil {
			if err := o.owe(ctx, x.Event, e.ID); err != nil {
				return 0, err
			}
			continue
		}
		d, err := o.lockDelivery(ctx, x.ID)
		if err != nil {
			return 0, err
		}
		if d == nil { // dropped for its age just now
			n--
			continue
		}
		if err := o.repeat(ctx, d); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// Test sends an event to one endpoint at once, whatever it asks for, and gives
// what came of it. It is tried once.
func (o *Outlet) Test(ctx context.Context, endpoint uuid.UUID) (*Record, error) {
	if err := actor.Require(ctx, actor.KeysWrite); err != nil {
		return nil, err
	}
	now := o.Clock.Now()
	e, err := o.getEndpoint(ctx, endpoint)
	if err != nil {
		return nil, err
	}
	ev, err := o.event(Happening{Kind: Ping, SubjectID: endpoint.String(), At: now, Data: map[string]any{"webhook": e.Name}})
	if err != nil {
		return nil, err
	}
	call, _, err := o.call(ctx, e, ev)
	if err != nil {
		return nil, err
	}
	d := &Delivery{ID: call.ID, EventID: ev.ID, EndpointID: endpoint, State: Failed, Attempts: 1, Status: call.Status, CreatedAt: now, DoneAt: &now}
	if ok(int(call.Status)) {
		d.State = Delivered
	}
	call.DeliveryID = d.ID
	ctx = context.WithoutCancel(ctx) // a slow receiver may have used up the time
	return &Record{*d, ev, []Attempt{*call}}, o.DB.Tx(ctx, func(ctx context.Context) error {
		if _, err := o.lockEndpoint(ctx, endpoint); err != nil {
			return err // deleted while it was called
		}
		if err := o.putEvent(ctx, ev); err != nil {
			return err
		}
		if err := o.putDelivery(ctx, d); err != nil {
			return err
		}
		return o.putAttempt(ctx, call)
	})
}
