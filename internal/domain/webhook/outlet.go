package webhook

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/known"
	"lighttrends/internal/platform/mail"
)

// Recorder writes the journal.
type Recorder interface {
	Record(ctx context.Context, e journal.Event) error
}

// Mailer sends a letter.
type Mailer interface {
	Send(ctx context.Context, l mail.Letter) error
}

// Keeper is somebody who may change webhooks.
type Keeper struct {
	ID uuid.UUID
	mail.Address
}

// Deps is what the room stands on.
type Deps struct {
	DB      *db.DB
	Clock   clock.Clock
	Journal Recorder
	Texts   Texts
	Client  *http.Client // reaches public addresses only
	Key     []byte       // seals the secrets; 32 bytes
	Mail    Mailer
	// Keepers gives who is told of a pause: the staff who may change webhooks.
	Keepers func(ctx context.Context) ([]Keeper, error)
	DeskURL string // where an endpoint can be switched on again
}

// Outlet is the room's door.
type Outlet struct {
	Deps
	safe  safe
	bell  *bell
	known *known.One[[]Endpoint] // another server may take some milliseconds to know of a new one
	lanes lanes
	turns chan struct{} // at the database
}

// New opens the room.
func New(d Deps) *Outlet {
	o := &Outlet{
		Deps: d, safe: safe{d.Key}, bell: newBell(),
		lanes: lanes{each: map[uuid.UUID]*lane{}}, turns: make(chan struct{}, atOnce),
	}
	o.known = known.New(d.DB, o.askers)
	d.DB.Subscribe(TopicEndpoints, func(string) { o.known.Drop() })
	d.DB.Subscribe(TopicEvents, func(string) { o.bell.ring() })
	return o
}

func errNoEndpoint() error {
	return fault.New(fault.NotFound, "webhook_not_found", "There is no such webhook.")
}

// Endpoints lists all endpoints, in the order in which they were made.
func (o *Outlet) Endpoints(ctx context.Context) ([]Endpoint, error) {
	if err := actor.Require(ctx, actor.KeysWrite); err != nil {
		return nil, err
	}
	return o.listEndpoints(ctx)
}

// Endpoint gives one endpoint.
func (o *Outlet) Endpoint(ctx context.Context, id uuid.UUID) (*Endpoint, error) {
	if err := actor.Require(ctx, actor.KeysWrite); err != nil {
		return nil, err
	}
	return o.getEndpoint(ctx, id)
}

// Create makes an endpoint, and gives its secret.
func (o *Outlet) Create(ctx context.Context, in Input) (e *Endpoint, secret string, err error) {
	if err := actor.Require(ctx, actor.KeysWrite); err != nil {
		return nil, "", err
	}
	now := o.Clock.Now()
	e = &Endpoint{ID: db.NewID(), State: On, OldSecret: []byte{}, Version: 1, CreatedAt: now}
	if err := in.over(e, now); err != nil {
		return nil, "", err
	}
	raw := newSecret()
	if e.Secret, err = o.safe.seal(raw, e.ID); err != nil {
		return nil, "", err
	}
	return e, written(raw), o.DB.Tx(ctx, func(ctx context.Context) error {
		all, err := o.listEndpoints(ctx)
		if err != nil {
			return err
		}
		if len(all) >= maxEndpoints {
			return fault.New(fault.Conflict, "too_many_webhooks", "There are 50 webhooks, which is as many as there can be.")
		}
		if err := o.putEndpoint(ctx, e); err != nil {
			return err
		}
		return o.record(ctx, "webhook.created", e)
	})
}

// Change changes an endpoint. version is the one it was read at; 0 for any.
func (o *Outlet) Change(ctx context.Context, id uuid.UUID, version int64, in Input) (*Endpoint, error) {
	return o.alter(ctx, id, version, "webhook.changed", func(e *Endpoint) error { return in.over(e, o.Clock.Now()) })
}

// Rotate gives an endpoint another secret. The old one signs along for a day,
// so that the receiver can change over without losing a call.
func (o *Outlet) Rotate(ctx context.Context, id uuid.UUID) (e *Endpoint, secret string, err error) {
	raw := newSecret()
	e, err = o.alter(ctx, id, 0, "webhook.secret_rotated", func(e *Endpoint) (err error) {
		until := o.Clock.Now().Add(overlap)
		e.OldSecret, e.OldUntil, e.UpdatedAt = e.Secret, &until, o.Clock.Now()
		e.Secret, err = o.safe.seal(raw, e.ID)
		return err
	})
	return e, written(raw), err
}

// alter loads an endpoint, changes it and saves it.
func (o *Outlet) alter(ctx context.Context, id uuid.UUID, version int64, verb string, change func(*Endpoint) error) (e *Endpoint, err error) {
	if err := actor.Require(ctx, actor.KeysWrite); err != nil {
		return nil, err
	}
	return e, o.DB.Tx(ctx, func(ctx context.Context) error {
		if e, err = o.lockEndpoint(ctx, id); err != nil {
			return err
		}
		if version != 0 && version != e.Version {
			return fault.New(fault.PreconditionFailed, "stale_version", "The webhook was changed by somebody else.")
		}
		if err := change(e); err != nil {
			return err
		}
		if err := o.saveEndpoint(ctx, e); err != nil {
			return err
		}
		return o.record(ctx, verb, e)
	})
}

// Delete removes an endpoint with its deliveries. Events stay.
func (o *Outlet) Delete(ctx context.Context, id uuid.UUID) error {
	if err := actor.Require(ctx, actor.KeysWrite); err != nil {
		return err
	}
	return o.DB.Tx(ctx, func(ctx context.Context) error {
		e, err := o.lockEndpoint(ctx, id)
		if err != nil {
			return err
		}
		if err := o.dropEndpoint(ctx, id); err != nil {
			return err
		}
		return o.record(ctx, "webhook.deleted", e)
	})
}

// record writes down what became of an endpoint, and has it read anew.
func (o *Outlet) record(ctx context.Context, verb string, e *Endpoint) error {
	if err := o.DB.Announce(ctx, TopicEndpoints, ""); err != nil {
		return err
	}
	return o.Journal.Record(ctx, journal.Event{Verb: verb, Subject: "webhook", ID: e.ID.String(), Payload: map[string]any{"name": e.Name, "why": e.Why}})
}
