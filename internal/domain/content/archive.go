package content

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

var (
	errLive        = fault.New(fault.Conflict, "note_is_live", "Readers see this note. Retract it first.")
	errScheduled   = fault.New(fault.Conflict, "note_scheduled", "This note is scheduled. Cancel that first.")
	errNotArchived = fault.New(fault.Conflict, "not_archived", "This note is not archived.")
)

// Archive puts a note away that nobody works at any more. It stays in the
// record; a note that readers once saw goes on answering that it was withdrawn.
func (s *Desk) Archive(ctx context.Context, id uuid.UUID, version int64) (*DraftView, error) {
	if err := actor.Require(ctx, actor.NotesArchive); err != nil {
		return nil, err
	}
	return s.change(ctx, id, version, func(ctx context.Context, n *Note, _ *Revision) error {
		switch n.Status {
		case Archived:
			return nil
		case Published:
			return errLive
		}
		if err := s.notWaiting(ctx, n, DoPublish, DoUpdate, DoRetract); err != nil {
			return err
		}
		sub, err := s.store.openSubmission(ctx, n)
		if err != nil {
			return err
		}
		if sub != nil {
			sub.State = Withdrawn
		}
		n.leaveReview(s.Clock.Now())
		n.Status = Archived
		if err := s.closePreviews(ctx, n, linkArchived); err != nil {
			return err
		}
		return s.putAway(ctx, n, sub, "note.archived")
	})
}

// Unarchive takes a note out again: a draft, or a retracted note if readers
// once saw it.
func (s *Desk) Unarchive(ctx context.Context, id uuid.UUID, version int64) (*DraftView, error) {
	if err := actor.Require(ctx, actor.NotesArchive); err != nil {
		return nil, err
	}
	return s.change(ctx, id, version, func(ctx context.Context, n *Note, _ *Revision) error {
		if n.Status != Archived {
			return errNotArchived
		}
		if n.Status = Draft; n.LiveRevision != nil {
			n.Status = Retracted
		}
		n.touch(s.Clock.Now())
		return s.putAway(ctx, n, nil, "note.unarchived")
	})
}

func (s *Desk) putAway(ctx context.Context, n *Note, sub *Submission, verb string) error {
	if err := s.store.saveReviewState(ctx, n, sub, nil); err != nil {
		return err
	}
	return s.record(ctx, verb, n, nil)
}
