package journal

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
)

// Event is what a room says has happened.
type Event struct {
	Verb    string // noun and past participle: "note.published"
	Subject string // the noun: "note"
	ID      string // of the subject
	Payload any    // a small struct or map that encodes to a JSON object; nil is {}
}

// Entry is a row of the journal.
type Entry struct {
	ID          uuid.UUID `gorm:"type:uuid;primaryKey"`
	At          time.Time
	ActorKind   string
	ActorID     *uuid.UUID `gorm:"type:uuid"`
	ActorName   string
	Verb        string
	SubjectKind string
	SubjectID   string
	RequestID   string
	Payload     Payload `gorm:"type:jsonb"`
}

// TableName implements gorm's Tabler.
func (Entry) TableName() string { return "journal" }

// Reaction turns an entry into work. It runs in the entry's transaction, so it
// may only write and enqueue.
type Reaction func(ctx context.Context, e Entry) error

// Journal writes and reads the record.
type Journal struct {
	db    *db.DB
	clock clock.Clock
	react Reaction
}

// New opens the journal. react may be nil.
func New(d *db.DB, c clock.Clock, react Reaction) *Journal {
	return &Journal{db: d, clock: c, react: react}
}

// Record appends an event and runs the reaction, in the transaction of the
// context. Outside of one it fails.
func (j *Journal) Record(ctx context.Context, ev Event) error {
	e, err := j.entry(ctx, ev)
	if err != nil {
		return err
	}
	if err := j.db.Later(ctx, db.Insert(&e)); err != nil {
		return err
	}
	if j.react == nil {
		return nil
	}
	return j.react(ctx, e)
}

func (j *Journal) entry(ctx context.Context, ev Event) (Entry, error) {
	payload := []byte("{}")
	if ev.Payload != nil {
		var err error
		if payload, err = json.Marshal(ev.Payload); err != nil {
			return Entry{}, fmt.Errorf("journal %s: %w", ev.Verb, err)
		}
	}
	who := actor.From(ctx)
	e := Entry{
		ID: db.NewID(), At: j.clock.Now(), ActorKind: string(who.Kind), ActorName: who.Name,
		Verb: ev.Verb, SubjectKind: ev.Subject, SubjectID: ev.ID,
		RequestID: actor.Request(ctx), Payload: payload,
	}
	if who.ID != uuid.Nil {
		e.ActorID = &who.ID
	}
	return e, nil
}
