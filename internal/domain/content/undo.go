package content

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Undone is what became of taking one step back.
type Undone struct {
	Note    uuid.UUID
	Title   string
	Version int64        // of the note now, unless it was refused
	Refused *fault.Error // nil: done
}

var (
	errNoAct       = fault.New(fault.NotFound, "act_not_found", "There is nothing of yours to take back: it was long ago, or never.")
	errActUsed     = fault.New(fault.Conflict, "act_used", "This act has changed the note already. Give another one a name of its own.")
	errChangedMore = fault.New(fault.Conflict, "changed_since", "This note has changed since. It stays as it is.")
)

// Undo takes back what an act of the actor's own did to its notes, as many as
// most of them at a time, and says how many are left. A note that has changed
// since stays as it is. Each note goes in a transaction of its own.
func (s *Desk) Undo(ctx context.Context, act uuid.UUID, most int) (out []Undone, left int64, err error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, 0, err
	}
	who, since := actor.From(ctx).ID, s.Clock.Now().Add(-undoFor)
	steps, err := s.store.openSteps(ctx, who, act, since, most)
	if err != nil {
		return nil, 0, err
	}
	if len(steps) == 0 {
		if known, err := s.store.knowsAct(ctx, who, act, since); err != nil || known {
			return nil, 0, err
		}
		return nil, 0, errNoAct
	}
	for _, step := range steps {
		u, err := s.undoStep(ctx, step)
		if err != nil {
			return out, 0, err
		}
		out = append(out, u)
	}
	left, err = s.store.countOpenSteps(ctx, who, act, since)
	return out, left, err
}

func (s *Desk) undoStep(ctx context.Context, step *bulkStep) (Undone, error) {
	u := Undone{Note: step.NoteID, Title: step.Before.Title}
	err := s.DB.Tx(ctx, func(ctx context.Context) error {
		n, err := s.store.noteForUpdate(ctx, step.NoteID)
		if err != nil {
			return err
		}
		// Another request may have been faster; under the note's lock it is known.
		taken, err := s.store.takeStep(ctx, step, stepUndone)
		if err != nil || !taken {
			u.Version = n.Version
			return err
		}
		if n.Version != step.Version {
			return errChangedMore
		}
		view, err := s.goBack(ctx, n, step)
		if err == nil {
			u.Version = view.Note.Version
		}
		return err
	})
	var f *fault.Error
	if err == nil || !errors.As(err, &f) || f.Kind == fault.Internal || f.Kind == fault.Unavailable {
		return u, err
	}
	u.Refused = f
	return u, s.DB.Tx(ctx, func(ctx context.Context) error {
		_, err := s.store.takeStep(ctx, step, stepKept)
		return err
	})
}

// goBack undoes one act by the verb that leads the other way, with its right.
func (s *Desk) goBack(ctx context.Context, n *Note, step *bulkStep) (*DraftView, error) {
	if err := actor.Require(ctx, reversible[step.Action]); err != nil {
		return nil, err
	}
	switch step.Action {
	case "archive":
		return s.Unarchive(ctx, n.ID, n.Version)
	case "unarchive":
		return s.Archive(ctx, n.ID, n.Version)
	case "schedule":
		return s.unmove(ctx, n, step.Before)
	case "submit":
		if step.Before.Review == nil {
			return s.Withdraw(ctx, n.ID, n.Version)
		}
		return s.unask(ctx, n, step.Before.Review)
	}
	return s.unwrite(ctx, n, step.Before)
}

// unwrite brings the fields back that the note had. The draft was what readers
// see: then it is again, and the note has no pending changes.
func (s *Desk) unwrite(ctx context.Context, n *Note, b Before) (*DraftView, error) {
	rid, err := s.store.revisionID(ctx, n.ID, b.Revision)
	if err != nil {
		return nil, err
	}
	if b.Live && n.LiveRevision != nil && *n.LiveRevision == rid {
		return s.change(ctx, n.ID, n.Version, func(ctx context.Context, n *Note, _ *Revision) error {
			n.DraftRevision = rid
			n.touch(s.Clock.Now())
			if err := s.store.saveNote(ctx, n); err != nil {
				return err
			}
			return s.record(ctx, "note.restored", n, map[string]any{"revision": b.Revision, "from": b.Revision})
		})
	}
	old, text, err := s.store.revision(ctx, rid)
	if err != nil {
		return nil, err
	}
	r, text, err := s.again(ctx, n, old, text)
	if err != nil {
		return nil, err
	}
	r.SeriesID, r.IssueID, r.Position = b.SeriesID, b.IssueID, b.Position
	r.Why = fmt.Sprintf("Took back a change of many notes (revision %d)", b.Revision)
	n.save(r, s.Clock.Now())
	if err := s.store.saveDraft(ctx, n, r, text, false); err != nil {
		return nil, err
	}
	if err := s.record(ctx, "note.restored", n, map[string]any{"revision": r.Number, "from": b.Revision}); err != nil {
		return nil, err
	}
	return s.view(ctx, n, r, text)
}

// unmove puts a publication back to when it was to be, or cancels it.
func (s *Desk) unmove(ctx context.Context, n *Note, b Before) (*DraftView, error) {
	action := DoPublish
	if b.Status == Published {
		action = DoUpdate
	}
	was := schedules(b.Waiting).of(action)
	if was == nil {
		return s.Unschedule(ctx, n.ID, n.Version, action)
	}
	if !was.At.After(s.Clock.Now()) {
		var f fault.Fields
		f.Add("/at", "in_past", "The moment it was scheduled for before has passed.")
		return nil, f.Err()
	}
	return s.change(ctx, n.ID, n.Version, func(ctx context.Context, n *Note, _ *Revision) error {
		n.touch(s.Clock.Now())
		if err := s.store.saveSchedule(ctx, n, was); err != nil {
			return err
		}
		return s.record(ctx, "note.rescheduled", n, map[string]any{"action": was.Action, "at": was.At, "zone": was.Zone, "revision": was.Revision, "change": was.Change})
	})
}

// unask gives the review back its message, its reviewers and its approval; the
// draft is the one that they were about.
func (s *Desk) unask(ctx context.Context, n *Note, was *Submission) (*DraftView, error) {
	return s.change(ctx, n.ID, n.Version, func(ctx context.Context, n *Note, _ *Revision) error {
		n.touch(s.Clock.Now())
		if err := s.store.saveReviewState(ctx, n, was, nil); err != nil {
			return err
		}
		return s.record(ctx, "note.submitted", n, map[string]any{"revision": was.Revision})
	})
}
