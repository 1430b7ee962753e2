package content

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Return is a note that was withdrawn and is scheduled to appear again.
type Return struct {
	Note uuid.UUID
	Slug string // the address it had
	At   time.Time
}

// Returns finds what a withdrawn note at an address waits for; nil for nothing.
// What is scheduled is invisible to readers, so a surface says it only to those
// who know of the note by a way of their own, as one they have read or saved.
func (l *Library) Returns(ctx context.Context, slug string) (*Return, error) {
	n, err := l.store.noteBySlug(ctx, slug)
	if err != nil {
		return nil, err
	}
	return l.returnOf(ctx, n)
}

// ReturnOf is the same by the id, for those who hold a link to the note.
func (l *Library) ReturnOf(ctx context.Context, note uuid.UUID) (*Return, error) {
	n, err := l.store.note(ctx, note)
	if err != nil {
		return nil, err
	}
	return l.returnOf(ctx, n)
}

func (l *Library) returnOf(ctx context.Context, n *Note) (*Return, error) {
	if !n.withdrawn() {
		return nil, nil
	}
	at, err := l.appears(ctx, n.ID)
	if at == nil || err != nil {
		return nil, err
	}
	return &Return{n.ID, n.Slug, *at}, nil
}

// appears is when a note is scheduled to be published, on the clocks of the
// publication; nil for never.
func (l *Library) appears(ctx context.Context, note uuid.UUID) (*time.Time, error) {
	waiting, err := l.store.waitingFor(ctx, note)
	if x := waiting.of(DoPublish); x != nil {
		at := x.Local()
		return &at, err
	}
	return nil, err
}
