package content

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// openSubmission is the submission the note is in review by, or nil.
func (s store) openSubmission(ctx context.Context, n *Note) (*Submission, error) {
	if n.SubmissionID == nil {
		return nil, nil //nolint:nilnil // not in review
	}
	var sub Submission
	return &sub, s.db.Read(ctx).Where("id = ?", *n.SubmissionID).Take(&sub).Error
}

// submissionsByID reads open submissions for a list of notes.
func (s store) submissionsByID(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*Submission, error) {
	var list []*Submission
	if len(ids) > 0 {
		if err := s.db.Read(ctx).Where("id IN ?", ids).Find(&list).Error; err != nil {
			return nil, err
		}
	}
	out := make(map[uuid.UUID]*Submission, len(list))
	for _, x := range list {
		out[x.ID] = x
	}
	return out, nil
}

// saveReviewState writes the note and, where there are, its submission and the
// seal on the revision that was submitted or decided on.
func (s store) saveReviewState(ctx context.Context, n *Note, sub *Submission, r *Revision) error {
	if err := s.saveNote(ctx, n); err != nil {
		return err
	}
	if sub != nil {
		if err := s.db.Write(ctx).Save(sub).Error; err != nil {
			return err
		}
	}
	if r == nil {
		return nil
	}
	return s.seal(ctx, r)
}

// seal keeps a revision from ever changing.
func (s store) seal(ctx context.Context, r *Revision) error {
	r.Sealed = true
	return s.db.Later(ctx, func(q *gorm.DB) *gorm.DB {
		return q.Model(&Revision{}).Where("id = ?", r.ID).Update("sealed", true)
	})
}

func (s store) addReview(ctx context.Context, r *Review) error {
	return s.db.Write(ctx).Create(r).Error
}

// submissions reads the record of a note's reviews, newest first.
func (s store) submissions(ctx context.Context, note uuid.UUID) (out []*Submission, err error) {
	if err := s.db.Read(ctx).Where("note_id = ?", note).Order("submitted_at DESC, id DESC").Limit(200).Find(&out).Error; err != nil {
		return nil, err
	}
	var reviews []*Review
	if err := s.db.Read(ctx).Where("note_id = ?", note).Order("at, id").Find(&reviews).Error; err != nil {
		return nil, err
	}
	for _, sub := range out {
		for _, r := range reviews {
			if r.SubmissionID == sub.ID {
				sub.Decisions = append(sub.Decisions, r)
			}
		}
	}
	return out, nil
}

// approval is an approval with who had submitted what was approved.
type approval struct {
	ByID        *uuid.UUID
	ByKind      string
	SubmittedBy *uuid.UUID
}

func (s store) approvals(ctx context.Context, revision uuid.UUID) (out []approval, err error) {
	const query = `SELECT r.by_id, r.by_kind, s.submitted_by FROM reviews r JOIN submissions s ON s.id = r.submission_id
		WHERE r.revision_id = ? AND r.decision = 'approve'`
	return out, s.db.Read(ctx).Raw(query, revision).Scan(&out).Error
}

// pens lists who made the revisions after one number up to another.
func (s store) pens(ctx context.Context, note uuid.UUID, after, upto int) (out pens, err error) {
	const query = `SELECT created_by AS id, created_by_kind AS kind, MAX(created_by_name) AS name FROM revisions
		WHERE note_id = ? AND number > ? AND number <= ? GROUP BY created_by, created_by_kind`
	return out, s.db.Read(ctx).Raw(query, note, after, upto).Scan(&out).Error
}
