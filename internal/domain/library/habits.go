package library

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Habits are what a member wants remembered, and on which days they were here.
type Habits struct {
	MemberID  uuid.UUID `gorm:"type:uuid;primaryKey"`
	Forgetful bool      // nothing is remembered of what they read
	VisitedOn string    // the last day, such as 2026-07-14; "" for none
	BeforeOn  string    // the day they were here before that
}

// TableName implements gorm's Tabler.
func (Habits) TableName() string { return "readers" }

// Habits are those of a member; who was never here has none.
func (r *Room) Habits(ctx context.Context, member uuid.UUID) (Habits, error) {
	if err := own(ctx, member); err != nil {
		return Habits{}, err
	}
	return r.habits(ctx, member)
}

// Remembers tells whether what a member reads is remembered.
func (r *Room) Remembers(ctx context.Context, member uuid.UUID) (bool, error) {
	if err := own(ctx, member); err != nil {
		return false, err
	}
	h, err := r.habits(ctx, member)
	return !h.Forgetful, err
}

// Remember switches the memory on or off. Off also empties it.
func (r *Room) Remember(ctx context.Context, member uuid.UUID, on bool) error {
	if err := own(ctx, member); err != nil {
		return err
	}
	return r.forgetting(ctx, member, func(ctx context.Context) error {
		h, err := r.habits(ctx, member)
		if err != nil || h.Forgetful != on {
			return err
		}
		h = Habits{MemberID: member, Forgetful: !on}
		if err := r.putHabits(ctx, h); err != nil || on {
			return err
		}
		return r.dropReads(ctx, member)
	})
}

// dayOf is the day of a moment, as it is kept: no hour, no minute.
func dayOf(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// visited moves the days on; false when this day is known.
func (h *Habits) visited(on string) bool {
	if h.VisitedOn >= on {
		return false
	}
	h.BeforeOn, h.VisitedOn = h.VisitedOn, on
	return true
}

// since is the beginning of the day on which the member was here before today;
// zero when they never were.
func (h Habits) since(today string) time.Time {
	day := h.VisitedOn
	if day >= today {
		day = h.BeforeOn
	}
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Visit notes that a member is here today, and says on which day they were here
// before; zero when that is not known.
func (r *Room) Visit(ctx context.Context, member uuid.UUID) (time.Time, error) {
	if err := own(ctx, member); err != nil {
		return time.Time{}, err
	}
	h, err := r.habits(ctx, member)
	if err != nil || h.Forgetful {
		return time.Time{}, err
	}
	now := r.Clock.Now()
	if h.VisitedOn != dayOf(now) {
		r.later(func(p *gathered) { p.visit(member, now) })
	}
	return h.since(dayOf(now)), nil
}
