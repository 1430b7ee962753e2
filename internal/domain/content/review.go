package content

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// Decision is what a reviewer decides.
type Decision string

// The decisions.
const (
	Approve  Decision = "approve"
	SendBack Decision = "send_back"
)

// Review is one decision of one reviewer about one revision.
type Review struct {
	ID           uuid.UUID `gorm:"type:uuid;primaryKey"`
	SubmissionID uuid.UUID `gorm:"type:uuid"`
	NoteID       uuid.UUID `gorm:"type:uuid"`
	RevisionID   uuid.UUID `gorm:"type:uuid"`
	Revision     int
	Decision     Decision
	Reason       string
	ByID         *uuid.UUID `gorm:"type:uuid"`
	ByKind       string
	ByName       string
	At           time.Time
}

// TableName implements gorm's Tabler.
func (Review) TableName() string { return "reviews" }

// By is who decided.
func (r *Review) By() Person { return personOf(r.ByID, r.ByName) }

// Verdict is the input of a review.
type Verdict struct {
	Version  int64 // of the note the reviewer read; 0 asks for no check
	Decision Decision
	Reason   string
}

func (in *Verdict) check() error {
	in.Reason = strings.TrimSpace(in.Reason)
	var f fault.Fields
	f.Check(in.Decision == Approve || in.Decision == SendBack, "/decision", "unknown", "approve or send_back.")
	f.Check(in.Decision != SendBack || in.Reason != "", "/reason", "required", "Say what has to change.")
	f.MaxRunes("/reason", in.Reason, 2000)
	f.Check(printable(in.Reason), "/reason", "bad_characters", "Control characters are not allowed.")
	return f.Err()
}

// Review decides about the draft as it is now: it is approved, or goes back
// to its author with a reason.
func (s *Desk) Review(ctx context.Context, id uuid.UUID, in Verdict) (*DraftView, error) {
	if err := actor.Require(ctx, actor.NotesReview); err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	return s.change(ctx, id, in.Version, func(ctx context.Context, n *Note, r *Revision) error {
		sub, err := s.store.openSubmission(ctx, n)
		if err != nil {
			return err
		}
		if sub == nil {
			return errNotInReview
		}
		pens, err := s.pens(ctx, n, r)
		if err != nil {
			return err
		}
		if in.Decision == Approve {
			if err := s.mayApprove(ctx, sub, pens); err != nil {
				return err
			}
		}
		if in.Decision == SendBack {
			if err := s.notWaiting(ctx, n, DoPublish, DoUpdate); err != nil {
				return err
			}
		}
		verdict := s.decide(ctx, n, sub, r, in)
		if err := s.store.addReview(ctx, verdict); err != nil {
			return err
		}
		if err := s.store.saveReviewState(ctx, n, sub, r); err != nil {
			return err
		}
		kind := map[Decision]string{Approve: "approved", SendBack: "sent_back"}[in.Decision]
		if err := s.record(ctx, "note."+kind, n, map[string]any{"revision": r.Number}); err != nil {
			return err
		}
		return s.tell(ctx, pens.and(sub.Submitter()), news{kind: kind, note: n, title: r.Title, text: in.Reason})
	})
}

// decide lays the verdict on note and submission.
func (s *Desk) decide(ctx context.Context, n *Note, sub *Submission, r *Revision, in Verdict) *Review {
	now := s.Clock.Now()
	out := &Review{
		ID: db.NewID(), SubmissionID: sub.ID, NoteID: n.ID, RevisionID: r.ID, Revision: r.Number,
		Decision: in.Decision, Reason: in.Reason, At: now,
	}
	out.ByID, out.ByKind, out.ByName = me(ctx)
	if in.Decision == SendBack {
		sub.State = SentBack
		n.leaveReview(now)
		return out
	}
	sub.State, sub.RevisionID, sub.Revision = Approved, r.ID, r.Number
	sub.ApprovedBy, sub.ApprovedByName = out.ByID, out.ByName
	n.touch(now)
	return out
}

// Reviews lists what was submitted and decided about a note, newest first.
func (s *Desk) Reviews(ctx context.Context, id uuid.UUID) ([]*Submission, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	if _, err := s.store.note(ctx, id); err != nil {
		return nil, err
	}
	return s.store.submissions(ctx, id)
}
