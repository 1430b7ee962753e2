package content

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// Presence says that somebody at the desk has a note open in a window. It is a
// lease: a window that says nothing for [PresenceLease] is taken as closed, so
// that nobody stays whose machine went to sleep. It is no lock and no record:
// nothing of it is journalled.
type Presence struct {
	NoteID   uuid.UUID `gorm:"type:uuid;primaryKey"`
	StaffID  uuid.UUID `gorm:"type:uuid;primaryKey"`
	WindowID uuid.UUID `gorm:"type:uuid;primaryKey"`
	Name     string
	Since    time.Time
	SeenAt   time.Time
}

// TableName implements gorm's Tabler.
func (Presence) TableName() string { return "presences" }

// PresenceLease is how long a sign of life counts. Windows give one about every
// twenty seconds, so one may get lost.
const PresenceLease = 50 * time.Second

// Enter says that a window has the note open, or still has it, and tells who
// else has, by name. Only people are present: a key is refused.
func (s *Desk) Enter(ctx context.Context, note, window uuid.UUID) ([]Person, error) {
	if err := s.mayBePresent(ctx); err != nil {
		return nil, err
	}
	if err := s.store.noteExists(ctx, note); err != nil {
		return nil, err
	}
	who, now := actor.From(ctx), s.Clock.Now()
	err := s.DB.Tx(ctx, func(ctx context.Context) error {
		return s.store.putPresence(ctx, &Presence{NoteID: note, StaffID: who.ID, WindowID: window, Name: who.Name, Since: now, SeenAt: now}, now.Add(-PresenceLease))
	})
	if err != nil {
		return nil, err
	}
	there, err := s.store.present(ctx, now.Add(-PresenceLease), note)
	return others(there[note], who.ID), err
}

// Leave says that a window has closed the note. Leaving twice changes nothing.
func (s *Desk) Leave(ctx context.Context, note, window uuid.UUID) error {
	if err := s.mayBePresent(ctx); err != nil {
		return err
	}
	who := actor.From(ctx).ID
	return s.DB.Tx(ctx, func(ctx context.Context) error { return s.store.dropPresence(ctx, note, who, window) })
}

// Present tells who has which of these notes open, but for whoever asks.
func (s *Desk) Present(ctx context.Context, notes ...uuid.UUID) (map[uuid.UUID][]Person, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	there, err := s.store.present(ctx, s.Clock.Now().Add(-PresenceLease), notes...)
	for note, people := range there {
		there[note] = others(people, actor.From(ctx).ID)
	}
	return there, err
}

func (s *Desk) mayBePresent(ctx context.Context) error {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return err
	}
	return actor.RequireStaff(ctx)
}

// others leaves out one person, and everybody's second window.
func others(people []Person, me uuid.UUID) []Person {
	out := []Person{}
	seen := map[uuid.UUID]bool{me: true}
	for _, p := range people {
		if !seen[*p.ID] {
			seen[*p.ID] = true
			out = append(out, p)
		}
	}
	return out
}
