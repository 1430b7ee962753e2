package library

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Usage is what a program read in a member's place of one note on one day. It
// is the record of a licence, and no memory that a member can switch off; it
// goes with the account.
type Usage struct {
	MemberID uuid.UUID `gorm:"type:uuid;primaryKey"`
	Day      string    `gorm:"primaryKey"` // of UTC, such as 2026-07-14
	Surface  string    `gorm:"primaryKey"` // such as mcp
	NoteID   uuid.UUID `gorm:"type:uuid;primaryKey"`
	Version  int       // that was read last
	Words    int       // that were given out
	Opens    int
	FirstAt  time.Time
	LastAt   time.Time
}

// TableName implements gorm's Tabler.
func (Usage) TableName() string { return "usage_reads" }

// UsageCaps bound what is read in a member's place on a day. A number below one
// is no bound.
type UsageCaps struct {
	Notes int // in full, or in part
	Words int
}

// UsageLeft is what of a day is left.
type UsageLeft struct {
	Notes, Words int // -1: without a bound
	Resets       time.Time
}

// Use is one text that is about to be given out.
type Use struct {
	Member, Note   uuid.UUID
	Surface        string
	Version, Words int
}

// Record notes that a text is given to a program in a member's place, ahead of
// giving it, and refuses what is beyond the caps of the day. A note that was
// read this day already takes only its words. Any number at once get no more
// than there is: they write one after the other.
func (r *Room) Record(ctx context.Context, u Use, caps UsageCaps) (left UsageLeft, err error) {
	now := r.Clock.Now().UTC()
	midnight := now.Truncate(24 * time.Hour).Add(24 * time.Hour)
	err = r.using(ctx, u.Member, func(ctx context.Context) error {
		if left, err = r.take(ctx, u, caps, dayOf(now)); err != nil {
			return resetting(err, midnight.Sub(now))
		}
		return r.addUsage(ctx, u.usage(now))
	})
	left.Resets = midnight
	return left, err
}

// searched ends the surface of what searches showed of notes.
const searched = ".search"

// Glimpses notes what an answer to a search shows of the texts of notes, all for
// one member and at one surface: no note is read by it, but its words count with
// those of [Room.Record]. Where a day has not enough of them left it says so and
// notes nothing; the answer has to do without then.
func (r *Room) Glimpses(ctx context.Context, of []Use, caps UsageCaps) (enough bool, err error) {
	if len(of) == 0 {
		return true, nil
	}
	now, all := r.Clock.Now().UTC(), of[0]
	rows := make([]Usage, len(of))
	for i, u := range of {
		rows[i] = u.usage(now)
		rows[i].Surface += searched
		all.Words += u.Words
	}
	all.Words -= of[0].Words
	err = r.using(ctx, all.Member, func(ctx context.Context) error {
		if _, err := r.take(ctx, all, UsageCaps{Words: caps.Words}, dayOf(now)); err != nil {
			return err
		}
		return r.addUsage(ctx, rows...)
	})
	if fault.HasCode(err, errTooManyWords) {
		return false, nil
	}
	return err == nil, err
}

// using notes what is given to a program in a member's place, one after the
// other.
func (r *Room) using(ctx context.Context, member uuid.UUID, note func(ctx context.Context) error) error {
	if err := own(ctx, member); err != nil {
		return err
	}
	return r.alone(ctx, func(ctx context.Context) error {
		living, err := r.Living(actor.With(ctx, actor.Machine("library")), []uuid.UUID{member})
		if err != nil {
			return err
		}
		if len(living) == 0 {
			return fault.New(fault.Unauthenticated, "sign_in_required", "This account is gone.")
		}
		return note(ctx)
	})
}

func (u Use) usage(now time.Time) Usage {
	return Usage{MemberID: u.Member, Day: dayOf(now), Surface: u.Surface, NoteID: u.Note, Version: u.Version, Words: u.Words, Opens: 1, FirstAt: now, LastAt: now}
}

const errTooManyWords = "daily_words_reached"

// usageDay is what was read on one day.
type usageDay struct {
	Notes, Words int
	Had          bool // one note, which is asked about
}

// take says what is left after one more text, or refuses it. Where nothing is
// bounded, nothing is added up.
func (r *Room) take(ctx context.Context, u Use, caps UsageCaps, day string) (UsageLeft, error) {
	if caps.Notes <= 0 && caps.Words <= 0 {
		return UsageLeft{Notes: -1, Words: -1}, nil
	}
	had, err := r.usageOf(ctx, u, day)
	if err != nil {
		return UsageLeft{}, err
	}
	return had.take(u, caps)
}

func (d usageDay) take(u Use, caps UsageCaps) (UsageLeft, error) {
	notes, words := d.Notes, d.Words+u.Words
	if !d.Had {
		notes++
	}
	left := UsageLeft{Notes: -1, Words: -1}
	if caps.Notes > 0 {
		if left.Notes = caps.Notes - notes; left.Notes < 0 {
			return UsageLeft{}, fault.New(fault.TooMany, "daily_notes_reached", fmt.Sprintf("An assistant may read %d notes in full for you on a day, and has. There are more tomorrow (UTC); you can read on at the portal.", caps.Notes))
		}
	}
	if caps.Words > 0 {
		if left.Words = caps.Words - words; left.Words < 0 {
			return UsageLeft{}, fault.New(fault.TooMany, errTooManyWords, fmt.Sprintf("An assistant may read %d words for you on a day, and this would be more. There are more tomorrow (UTC); you can read on at the portal.", caps.Words))
		}
	}
	return left, nil
}

// resetting says when there is more of what was refused.
func resetting(err error, in time.Duration) error {
	f := *fault.Of(err)
	if f.Kind != fault.TooMany {
		return err
	}
	f.RetryAfter = in
	return &f
}

// UsageSince lists what was read in a member's place since a day, newest first.
// Members see their own; for others it needs members.read.
func (r *Room) UsageSince(ctx context.Context, member uuid.UUID, since time.Time) ([]Usage, error) {
	if err := ownOr(ctx, member); err != nil {
		return nil, err
	}
	return r.usageSince(ctx, member, dayOf(since.UTC()))
}
