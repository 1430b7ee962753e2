package content

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// SubmissionState is what became of a submission.
type SubmissionState string

// The states of a submission. The first two are open: the note stands in
// review.
const (
	Open      SubmissionState = "open"
	Approved  SubmissionState = "approved"
	SentBack  SubmissionState = "sent_back"
	Withdrawn SubmissionState = "withdrawn"
	Done      SubmissionState = "published"
)

// Submission is a draft that was given to reviewers.
type Submission struct {
	ID              uuid.UUID `gorm:"type:uuid;primaryKey"`
	NoteID          uuid.UUID `gorm:"type:uuid"`
	RevisionID      uuid.UUID `gorm:"type:uuid"` // submitted or, once approved, approved
	Revision        int
	State           SubmissionState
	Message         string
	Reviewers       []Person   `gorm:"type:jsonb;serializer:json"` // none: whoever may review
	SubmittedBy     *uuid.UUID `gorm:"type:uuid"`
	SubmittedByName string
	SubmittedAt     time.Time
	ApprovedBy      *uuid.UUID `gorm:"type:uuid"`
	ApprovedByName  string

	Decisions []*Review `gorm:"-"` // only where the record of reviews is read
}

// TableName implements gorm's Tabler.
func (Submission) TableName() string { return "submissions" }

// Submitter is who gave the draft to review.
func (s *Submission) Submitter() Person { return personOf(s.SubmittedBy, s.SubmittedByName) }

// Approver is who approved it; only with the state Approved.
func (s *Submission) Approver() Person { return personOf(s.ApprovedBy, s.ApprovedByName) }

// Faults of reviewing.
var (
	errArchived        = fault.New(fault.Conflict, "note_archived", "This note is archived. Take it out of the archive first.")
	errNothingToReview = fault.New(fault.Conflict, "nothing_to_review", "Readers see this draft already. There is nothing to review.")
	errNotInReview     = fault.New(fault.Conflict, "not_in_review", "This note is not in review.")
)

// Submit asks for a review.
type Submit struct {
	Version   int64 // as in Save
	Message   string
	Reviewers []uuid.UUID // staff users; none asks everybody who may review
}

func (in *Submit) check() error {
	in.Message = strings.TrimSpace(in.Message)
	var f fault.Fields
	f.MaxRunes("/message", in.Message, 2000)
	f.Check(printable(in.Message), "/message", "bad_characters", "Control characters are not allowed.")
	f.Check(len(in.Reviewers) <= 20, "/reviewers", "too_many", "At most 20.")
	return f.Err()
}

// Submit gives the draft to reviewers. A note that is in review already gets
// the new message and reviewers, and the draft as it is now.
func (s *Desk) Submit(ctx context.Context, id uuid.UUID, in Submit) (*DraftView, error) {
	if err := actor.Require(ctx, actor.NotesWrite); err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	return s.change(ctx, id, in.Version, func(ctx context.Context, n *Note, r *Revision) error {
		asked, told, err := s.ask(ctx, in.Reviewers)
		if err != nil {
			return err
		}
		sub, err := s.store.openSubmission(ctx, n)
		if err != nil {
			return err
		}
		if sub == nil {
			sub = &Submission{ID: db.NewID(), NoteID: n.ID}
		}
		sub.SubmittedBy, _, sub.SubmittedByName = me(ctx)
		sub.State, sub.Message, sub.Reviewers = Open, in.Message, asked
		sub.ApprovedBy, sub.ApprovedByName = nil, ""
		if err := n.submit(sub, r, s.Clock.Now()); err != nil {
			return err
		}
		if err := s.store.saveReviewState(ctx, n, sub, r); err != nil {
			return err
		}
		if err := s.record(ctx, "note.submitted", n, map[string]any{"revision": r.Number}); err != nil {
			return err
		}
		return s.tell(ctx, told, news{kind: "review_requested", note: n, title: r.Title, text: in.Message})
	})
}

// submit puts the draft into review.
func (n *Note) submit(sub *Submission, r *Revision, now time.Time) error {
	switch {
	case n.Status == Archived:
		return errArchived
	case n.Status == Published && !n.Changed():
		return errNothingToReview
	case n.Status == Draft:
		n.Status = InReview
	}
	n.SubmissionID = &sub.ID
	sub.RevisionID, sub.Revision, sub.SubmittedAt = r.ID, r.Number, now
	n.touch(now)
	return nil
}

// touch is a change that concerns only the desk.
func (n *Note) touch(now time.Time) {
	n.UpdatedAt = now
	n.Version++
}

// leaveReview ends the submission, for whatever reason.
func (n *Note) leaveReview(now time.Time) {
	if n.Status == InReview {
		n.Status = Draft
	}
	n.SubmissionID = nil
	n.touch(now)
}

// ask finds the reviewers: those who were named, and those to be told.
func (s *Desk) ask(ctx context.Context, ids []uuid.UUID) (asked, told []Person, err error) {
	all, err := s.reviewers(ctx)
	if err != nil || len(ids) == 0 {
		return []Person{}, all, err
	}
	var f fault.Fields
	asked = []Person{}
	for i, id := range ids {
		at := slices.IndexFunc(all, func(p Person) bool { return p.ID != nil && *p.ID == id })
		f.Check(at >= 0, fmt.Sprintf("/reviewers/%d", i), "cannot_review", "This is nobody who may review.")
		if at >= 0 {
			asked = append(asked, all[at])
		}
	}
	return asked, asked, f.Err()
}

// Withdraw takes a draft back from its reviewers.
func (s *Desk) Withdraw(ctx context.Context, id uuid.UUID, version int64) (*DraftView, error) {
	if err := actor.Require(ctx, actor.NotesWrite); err != nil {
		return nil, err
	}
	return s.change(ctx, id, version, func(ctx context.Context, n *Note, r *Revision) error {
		sub, err := s.store.openSubmission(ctx, n)
		if err != nil {
			return err
		}
		if sub == nil {
			return errNotInReview
		}
		sub.State = Withdrawn
		n.leaveReview(s.Clock.Now())
		if err := s.store.saveReviewState(ctx, n, sub, nil); err != nil {
			return err
		}
		if err := s.record(ctx, "note.withdrawn", n, map[string]any{"revision": sub.Revision}); err != nil {
			return err
		}
		return s.tell(ctx, sub.Reviewers, news{kind: "review_withdrawn", note: n, title: r.Title})
	})
}

// change is load, check, do, show, for every verb that leaves the text alone.
func (s *Desk) change(ctx context.Context, id uuid.UUID, version int64, do func(context.Context, *Note, *Revision) error) (*DraftView, error) {
	var view *DraftView
	err := s.DB.Tx(ctx, func(ctx context.Context) error {
		note, rev, text, err := s.draftForUpdate(ctx, id, version)
		if err != nil {
			return err
		}
		if err := do(ctx, note, rev); err != nil {
			return err
		}
		view, err = s.view(ctx, note, rev, text)
		return err
	})
	return view, err
}
