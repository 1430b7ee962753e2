package library

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// Saved is a note that a member keeps for later.
type Saved struct {
	MemberID uuid.UUID  `gorm:"type:uuid;primaryKey"`
	NoteID   uuid.UUID  `gorm:"type:uuid;primaryKey"`
	FolderID *uuid.UUID `gorm:"type:uuid"` // nil: in none
	SavedAt  time.Time
}

// TableName implements gorm's Tabler.
func (Saved) TableName() string { return "saved_notes" }

// mostSaved is how many notes a member may keep; more is no list any more.
const mostSaved = 5000

var (
	errTooManySaved = fault.New(fault.Conflict, "too_many_saved", "You have saved very many notes. Remove some first.")
	errNotSaved     = fault.New(fault.NotFound, "not_saved", "This note is not among those you saved.")
)

// Save keeps a note for later. One that is kept already stays where it is.
func (r *Room) Save(ctx context.Context, member, note uuid.UUID) error {
	if err := own(ctx, member); err != nil {
		return err
	}
	return r.changeOf(ctx, member, r.saving(member, note))
}

// SaveInto saves a note and moves it into a folder, or does neither.
func (r *Room) SaveInto(ctx context.Context, member, note, folder uuid.UUID) error {
	if err := own(ctx, member); err != nil {
		return err
	}
	return r.changeOf(ctx, member, func(ctx context.Context) error {
		if _, err := r.folder(ctx, member, folder); err != nil {
			return err
		}
		if err := r.saving(member, note)(ctx); err != nil {
			return err
		}
		_, err := r.moveSaved(ctx, member, note, &folder)
		return err
	})
}

func (r *Room) saving(member, note uuid.UUID) func(context.Context) error {
	return func(ctx context.Context) error {
		kept, err := r.savedAmong(ctx, member, []uuid.UUID{note})
		if err != nil || len(kept) > 0 {
			return err
		}
		n, err := r.countSaved(ctx, member)
		if err != nil {
			return err
		}
		if n >= mostSaved {
			return errTooManySaved
		}
		return r.insertSaved(ctx, &Saved{MemberID: member, NoteID: note, SavedAt: r.Clock.Now()})
	}
}

// Unsave keeps it no longer. One that is not kept is no fault: the wish is
// fulfilled.
func (r *Room) Unsave(ctx context.Context, member, note uuid.UUID) error {
	if err := own(ctx, member); err != nil {
		return err
	}
	return r.changeOf(ctx, member, func(ctx context.Context) error { return r.deleteSaved(ctx, member, note) })
}

// Move puts a saved note into a folder of the same member; uuid.Nil takes it
// out of any.
func (r *Room) Move(ctx context.Context, member, note, folder uuid.UUID) error {
	if err := own(ctx, member); err != nil {
		return err
	}
	return r.changeOf(ctx, member, func(ctx context.Context) error {
		var into *uuid.UUID
		if folder != uuid.Nil {
			if _, err := r.folder(ctx, member, folder); err != nil {
				return err
			}
			into = &folder
		}
		found, err := r.moveSaved(ctx, member, note, into)
		if err == nil && !found {
			err = errNotSaved
		}
		return err
	})
}

// changeOf changes what is a member's own, one change at a time, and drops the
// copies that say otherwise.
func (r *Room) changeOf(ctx context.Context, member uuid.UUID, change func(ctx context.Context) error) error {
	return r.DB.Tx(ctx, func(ctx context.Context) error {
		if err := r.DB.Lock(ctx, "library of "+member.String()); err != nil {
			return err
		}
		r.DB.AfterCommit(ctx, func() { r.marks.Drop("") })
		return change(ctx)
	})
}

// Kept lists the notes that a member saved, those of one folder or (uuid.Nil)
// all, newest first, and where the list goes on.
func (r *Room) Kept(ctx context.Context, member, folder uuid.UUID, after string, limit int) ([]Saved, string, error) {
	if err := own(ctx, member); err != nil {
		return nil, "", err
	}
	from, err := parseSpot(after)
	if err != nil {
		return nil, "", err
	}
	limit = bounded(limit)
	rows, err := r.savedOf(ctx, member, folder, from, limit+1)
	if err != nil || len(rows) <= limit {
		return rows, "", err
	}
	last := rows[limit-1]
	return rows[:limit], spot{last.SavedAt, last.NoteID}.String(), nil
}

// KeptAmong tells which of the notes a member has saved, for lists.
func (r *Room) KeptAmong(ctx context.Context, member uuid.UUID, notes []uuid.UUID) (map[uuid.UUID]bool, error) {
	if err := own(ctx, member); err != nil || len(notes) == 0 {
		return nil, err
	}
	found, err := r.savedAmong(ctx, member, notes)
	out := make(map[uuid.UUID]bool, len(found))
	for _, id := range found {
		out[id] = true
	}
	return out, err
}
