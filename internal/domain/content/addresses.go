package content

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Address is what a map of the site says of a note.
type Address struct {
	Slug        string
	Title       string
	PublishedAt time.Time
	ChangedAt   time.Time
}

// Addresses lists the published notes of a time, newest first, with nothing
// but what a map needs, so that a whole archive is one cheap query. skip and
// limit cut it into parts.
func (l *Library) Addresses(ctx context.Context, from, to time.Time, skip, limit int) ([]Address, error) {
	return l.store.addresses(ctx, from, to, skip, limit, l.clock.Now())
}

// MonthChange is when anything of a month last changed for readers.
type MonthChange struct {
	Month
	ChangedAt time.Time
}

// MonthChanges lists the months that have published notes, newest first.
func (l *Library) MonthChanges(ctx context.Context) ([]MonthChange, error) {
	return l.store.monthChanges(ctx, l.clock.Now())
}

// Slug finds the address of a note that readers see or saw by its id.
func (l *Library) Slug(ctx context.Context, id uuid.UUID) (string, error) {
	n, err := l.store.note(ctx, id)
	if err != nil {
		return "", err
	}
	if n.LiveRevision == nil || n.PublishedAt == nil {
		return "", errNoNote
	}
	return n.Slug, nil
}
