package content

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// Action is what a schedule does to a note.
type Action string

// The actions.
const (
	DoPublish Action = "publish" // what readers do not see
	DoUpdate  Action = "update"  // what they see
	DoRetract Action = "retract"
)

// need is the right to schedule an action: that to do it.
func (a Action) need() actor.Capability {
	if a == DoRetract {
		return actor.NotesRetract
	}
	return actor.NotesPublish
}

// What became of a schedule.
const (
	waiting   = "waiting"
	done      = "done"
	cancelled = "cancelled"
	failed    = "failed"
)

// Schedule is something that is to happen to a note at a moment. It pins the
// revision that goes out: what is written later is not in it.
type Schedule struct {
	ID         uuid.UUID `gorm:"type:uuid;primaryKey"`
	NoteID     uuid.UUID `gorm:"type:uuid"`
	Action     Action
	State      string
	At         time.Time
	Zone       string     // in which the moment was chosen
	RevisionID *uuid.UUID `gorm:"type:uuid"`
	Revision   int
	Change     Change
	Notice     string
	Reason     string     // of a retraction, for readers
	ByID       *uuid.UUID `gorm:"type:uuid"`
	ByName     string
	CreatedAt  time.Time
	EndedAt    *time.Time
	Problem    string
}

// TableName implements gorm's Tabler.
func (Schedule) TableName() string { return "schedules" }

// By is who scheduled it.
func (s *Schedule) By() Person { return personOf(s.ByID, s.ByName) }

// Local is the moment on the clocks of the zone it was chosen in.
func (s *Schedule) Local() time.Time { return inZone(s.At, s.Zone) }

func inZone(at time.Time, name string) time.Time {
	zone, err := time.LoadLocation(name)
	if err != nil {
		zone = time.UTC
	}
	return at.In(zone)
}

// Faults of scheduling.
var (
	errNotScheduled  = fault.New(fault.Conflict, "not_scheduled", "Nothing of the kind is scheduled.")
	errLiveAlready   = fault.New(fault.Conflict, "note_is_live", "Readers see this note already. Schedule an update.")
	errNotPublished  = fault.New(fault.Conflict, "note_not_published", "Readers do not see this note.")
	errScheduleOrder = fault.New(fault.Conflict, "schedule_order", "The note would be retracted before it appears.")
)

// ScheduleInput asks for something to happen later.
type ScheduleInput struct {
	Version      int64 // as in Save
	Action       Action
	At           string // local time of the publication, such as 2026-12-24T09:00
	Offset       string // such as +01:00, for a time that the clocks show twice
	Change       Change // as in Publish
	Notice       string
	Reason       string // of a retraction
	KeepRevision bool   // only the moment is another
}

func (in *ScheduleInput) check() error {
	var f fault.Fields
	f.Check(in.Action == DoPublish || in.Action == DoUpdate || in.Action == DoRetract, "/action", "unknown", "publish, update or retract.")
	checkNotice(&f, in.Change, &in.Notice)
	checkReason(&f, &in.Reason)
	f.Check(in.Action == DoRetract || in.Reason == "", "/reason", "not_a_retraction", "Only a retraction has a reason.")
	f.Check(in.Action != DoRetract || in.Change == "", "/change", "not_an_update", "A retraction is no update.")
	return f.Err()
}

// Schedule lets something happen to a note at a moment. What is scheduled
// already is moved there, with the draft as it is now.
func (s *Desk) Schedule(ctx context.Context, id uuid.UUID, in ScheduleInput) (*DraftView, error) {
	if err := actor.Require(ctx, in.Action.need()); err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	rules, err := s.rules(ctx)
	if err != nil {
		return nil, err
	}
	at, err := moment(in.At, in.Offset, rules.Zone, s.Clock.Now())
	if err != nil {
		return nil, err
	}
	return s.change(ctx, id, in.Version, func(ctx context.Context, n *Note, r *Revision) error {
		all, err := s.store.waitingFor(ctx, n.ID)
		if err != nil {
			return err
		}
		x, verb := all.of(in.Action), "note.rescheduled"
		if x == nil {
			x, verb = &Schedule{ID: db.NewID(), NoteID: n.ID, Action: in.Action, State: waiting, CreatedAt: s.Clock.Now()}, "note.scheduled"
		}
		if in.KeepRevision && verb == "note.scheduled" {
			return errNotScheduled
		}
		x.At, x.Zone = at, rules.Zone.String()
		x.ByID, _, x.ByName = me(ctx)
		if !in.KeepRevision {
			if err := s.pin(ctx, n, r, x, all, in); err != nil {
				return err
			}
		}
		if !all.with(x).inOrder() {
			return errScheduleOrder
		}
		n.await(x, s.Clock.Now())
		if err := s.store.saveSchedule(ctx, n, x); err != nil {
			return err
		}
		return s.record(ctx, verb, n, map[string]any{"action": x.Action, "at": x.At, "zone": x.Zone, "revision": x.Revision, "change": x.Change})
	})
}

// pin puts into the schedule what is to go out, if it may.
func (s *Desk) pin(ctx context.Context, n *Note, r *Revision, x *Schedule, all schedules, in ScheduleInput) error {
	x.Change, x.Notice, x.Reason = in.Change, in.Notice, in.Reason
	switch {
	case n.Status == Archived:
		return errArchived
	case in.Action == DoPublish && n.Status == Published:
		return errLiveAlready
	case in.Action == DoUpdate && n.Status != Published:
		return errNotPublished
	case in.Action == DoUpdate && !n.Changed():
		return errNothingNew
	case in.Action == DoRetract && n.Status != Published && all.of(DoPublish) == nil:
		return errNotPublished
	case in.Action == DoRetract:
		return nil
	case n.PublishedAt == nil && in.Change != "":
		return errNotAnUpdate
	}
	text, err := s.store.text(ctx, r.ID)
	if err != nil {
		return err
	}
	if _, err := s.ready(ctx, n, r, *text); err != nil {
		return err
	}
	if err := s.store.slugFree(ctx, r.Slug, n.ID); err != nil {
		return err
	}
	x.RevisionID, x.Revision = &r.ID, r.Number
	return s.store.seal(ctx, r)
}

// await notes that something is to come.
func (n *Note) await(x *Schedule, now time.Time) {
	if x.Action == DoPublish && n.LiveRevision == nil {
		n.Status = Scheduled
	}
	n.touch(now)
}

// unschedule is the end of waiting for a first publication.
func (n *Note) unschedule() {
	if n.Status != Scheduled {
		return
	}
	if n.Status = Draft; n.SubmissionID != nil {
		n.Status = InReview
	}
}

// Unschedule cancels one action, or with "" everything that is scheduled.
func (s *Desk) Unschedule(ctx context.Context, id uuid.UUID, version int64, action Action) (*DraftView, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	return s.change(ctx, id, version, func(ctx context.Context, n *Note, _ *Revision) error {
		all, err := s.store.waitingFor(ctx, n.ID)
		if err != nil {
			return err
		}
		if action != "" {
			all = all.only(action)
		}
		if len(all) == 0 {
			return errNotScheduled
		}
		for _, x := range all {
			if err := actor.Require(ctx, x.Action.need()); err != nil {
				return err
			}
			if x.Action == DoPublish {
				n.unschedule()
			}
		}
		n.touch(s.Clock.Now())
		if err := s.store.saveNote(ctx, n); err != nil {
			return err
		}
		if err := s.cancel(ctx, n, all); err != nil {
			return err
		}
		return s.orphaned(ctx, n)
	})
}

// orphaned cancels a retraction of what will not be published any more.
func (s *Desk) orphaned(ctx context.Context, n *Note) error {
	all, err := s.store.waitingFor(ctx, n.ID)
	if err != nil || n.Status == Published || all.of(DoPublish) != nil {
		return err
	}
	return s.cancel(ctx, n, all.only(DoRetract))
}

// drop cancels what another verb has made pointless.
func (s *Desk) drop(ctx context.Context, n *Note, actions ...Action) error {
	all, err := s.store.waitingFor(ctx, n.ID)
	if err != nil {
		return err
	}
	return s.cancel(ctx, n, all.only(actions...))
}

// notWaiting refuses a verb that what is scheduled stands in the way of.
func (s *Desk) notWaiting(ctx context.Context, n *Note, actions ...Action) error {
	all, err := s.store.waitingFor(ctx, n.ID)
	if err == nil && len(all.only(actions...)) > 0 {
		return errScheduled
	}
	return err
}

func (s *Desk) cancel(ctx context.Context, n *Note, list schedules) error {
	for _, x := range list {
		if err := s.end(ctx, x, cancelled, ""); err != nil {
			return err
		}
		if err := s.record(ctx, "note.schedule_cancelled", n, map[string]any{"action": x.Action, "at": x.At}); err != nil {
			return err
		}
	}
	return nil
}

func (s *Desk) end(ctx context.Context, x *Schedule, state, problem string) error {
	now := s.Clock.Now()
	x.State, x.EndedAt, x.Problem = state, &now, problem
	return s.store.putSchedule(ctx, x)
}
