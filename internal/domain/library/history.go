package library

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// spot is where a list goes on: before a note of a moment.
type spot struct {
	at time.Time
	id uuid.UUID
}

func (s spot) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(s.at.UnixMicro(), 10) + "." + s.id.String()))
}

// latest is where a list begins.
func latest() spot { return spot{time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), uuid.Max} }

func parseSpot(cursor string) (spot, error) {
	if cursor == "" {
		return latest(), nil
	}
	raw, bad := base64.RawURLEncoding.DecodeString(cursor)
	at, id, _ := strings.Cut(string(raw), ".")
	micro, badTime := strconv.ParseInt(at, 10, 64)
	note, badID := uuid.Parse(id)
	if bad != nil || badTime != nil || badID != nil || micro < 0 || micro > latest().at.UnixMicro() {
		return spot{}, fault.New(fault.BadRequest, "bad_cursor", "This page of the list does not exist.")
	}
	return spot{time.UnixMicro(micro).UTC(), note}, nil
}

// mostListed bounds a page of a list.
const mostListed = 100

func bounded(limit int) int {
	if limit <= 0 || limit > mostListed {
		return mostListed
	}
	return limit
}

// History lists what a member has opened, newest first, and where the list goes
// on; "" at its end.
func (r *Room) History(ctx context.Context, member uuid.UUID, after string, limit int) ([]Read, string, error) {
	if err := ownOr(ctx, member); err != nil {
		return nil, "", err
	}
	from, err := parseSpot(after)
	if err != nil {
		return nil, "", err
	}
	limit = bounded(limit)
	rows, err := r.reads(ctx, member, from, limit+1)
	if err != nil || len(rows) <= limit {
		return rows, "", err
	}
	last := rows[limit-1]
	return rows[:limit], spot{last.LastAt, last.NoteID}.String(), nil
}

// openFor is how long somebody is reminded of what they began.
const openFor = 60 * 24 * time.Hour

// Begun lists notes that a member stopped reading on the way, newest first.
func (r *Room) Begun(ctx context.Context, member uuid.UUID, limit int) ([]Read, error) {
	if err := own(ctx, member); err != nil {
		return nil, err
	}
	return r.begun(ctx, member, r.Clock.Now().Add(-openFor), bounded(limit))
}

// Unread forgets that a member read a note; uuid.Nil forgets all of them.
func (r *Room) Unread(ctx context.Context, member, note uuid.UUID) error {
	if err := own(ctx, member); err != nil {
		return err
	}
	return r.forgetting(ctx, member, func(ctx context.Context) error {
		if note == uuid.Nil {
			return r.dropReads(ctx, member)
		}
		return r.dropRead(ctx, member, note)
	})
}

// ReadAmong tells which of the notes a member has opened, for lists.
func (r *Room) ReadAmong(ctx context.Context, member uuid.UUID, notes []uuid.UUID) (map[uuid.UUID]bool, error) {
	if err := own(ctx, member); err != nil || len(notes) == 0 {
		return nil, err
	}
	found, err := r.readAmong(ctx, member, notes)
	out := make(map[uuid.UUID]bool, len(found))
	for _, id := range found {
		out[id] = true
	}
	return out, err
}
