package webhook

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// Format is the version of the bodies. It changes when a field means something
// else; new fields may come at any time.
const Format = 1

// Event is what happened, as it is told: a snapshot that never changes.
type Event struct {
	ID        uuid.UUID `gorm:"type:uuid;primaryKey"`
	Kind      string
	At        time.Time
	SubjectID string
	Data      string     // JSON object: the body's "data", without the whole text of notes
	NoteID    *uuid.UUID `gorm:"type:uuid"` // of which the whole text may be told
	Revision  *uuid.UUID `gorm:"type:uuid"` // that the event is about
	Place     *int64     // in the order of streams; nil until somebody listens
}

// TableName implements gorm's Tabler.
func (Event) TableName() string { return "webhook_events" }

// Happening is what a room says has happened. Data is a JSON object.
type Happening struct {
	Kind      string
	SubjectID string
	At        time.Time
	Data      any
	Note      uuid.UUID // whose whole text may be told; Nil for none
	Revision  uuid.UUID // the one that readers see now
}

// Text is the whole text of a note.
type Text struct {
	HTML     string `json:"html"`
	Markdown string `json:"markdown"`
}

// Texts gives the whole text of a note if the access decision opens it and the
// revision is still the one readers see; else nil.
type Texts interface {
	Text(ctx context.Context, note, revision uuid.UUID) (*Text, error)
}

// body is what is sent (Standard Webhooks, "Payload structure").
type body struct {
	Type      string          `json:"type"`
	Timestamp time.Time       `json:"timestamp"`
	ID        uuid.UUID       `json:"id"`
	Format    int             `json:"format"`
	Data      json.RawMessage `json:"data"`
	Text      *Text           `json:"text,omitempty"`
}

func (e *Event) body(t *Text) ([]byte, error) {
	return json.Marshal(body{e.Kind, e.At.UTC(), e.ID, Format, json.RawMessage(e.Data), t})
}

// Body is what was sent, without the whole text of a note.
func (e *Event) Body() ([]byte, error) { return e.body(nil) }

// maxData bounds a snapshot; all there are stay far below.
const maxData = 64 << 10

// Tell writes an event, and a delivery for each endpoint that asked for it, in
// the transaction of what happened.
func (o *Outlet) Tell(ctx context.Context, h Happening) error {
	e, err := o.event(h)
	if err != nil {
		return err
	}
	if err := o.putEvent(ctx, e); err != nil {
		return err
	}
	endpoints, err := o.known.Get(ctx)
	if err != nil {
		return err
	}
	for _, x := range *endpoints {
		if x.wants(e.Kind) {
			if err := o.owe(ctx, e.ID, x.ID); err != nil {
				return err
			}
		}
	}
	return o.DB.Announce(ctx, TopicEvents, "")
}

// TellIfWanted is Tell for what happens so often that it is not kept when no
// endpoint asks for it.
func (o *Outlet) TellIfWanted(ctx context.Context, h Happening) error {
	endpoints, err := o.known.Get(ctx)
	if err != nil || !slices.ContainsFunc(*endpoints, func(e Endpoint) bool { return e.wants(h.Kind) }) {
		return err
	}
	return o.Tell(ctx, h)
}

func (o *Outlet) event(h Happening) (*Event, error) {
	data, err := json.Marshal(h.Data)
	if err != nil {
		return nil, err
	}
	if len(data) > maxData {
		return nil, fault.New(fault.Internal, "event_too_large", "Something went wrong.")
	}
	e := &Event{ID: db.NewID(), Kind: h.Kind, At: h.At, SubjectID: h.SubjectID, Data: string(data)}
	if h.Note != uuid.Nil && h.Revision != uuid.Nil {
		e.NoteID, e.Revision = &h.Note, &h.Revision
	}
	return e, nil
}

// owe puts a delivery and the job that makes it into the queue.
func (o *Outlet) owe(ctx context.Context, event, endpoint uuid.UUID) error {
	now := o.Clock.Now()
	d := &Delivery{ID: db.NewID(), EventID: event, EndpointID: endpoint, State: Waiting, CreatedAt: now, NextAt: &now}
	if err := o.putDelivery(ctx, d); err != nil {
		return err
	}
	return o.DB.Enqueue(ctx, DeliverArgs{Delivery: d.ID}, nil)
}
