package content

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
)

func (s store) issue(ctx context.Context, id uuid.UUID) (*Issue, error) {
	var x Issue
	err := s.db.Read(ctx).Where("id = ?", id).Take(&x).Error
	if db.IsNotFound(err) {
		return nil, errNoIssue
	}
	return &x, err
}

// issueForUpdate locks the row until the transaction ends.
func (s store) issueForUpdate(ctx context.Context, id uuid.UUID) (*Issue, error) {
	q := s.db.Write(ctx).Where("id = ?", id)
	if s.db.Engine() == db.Postgres {
		q = q.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	var x Issue
	err := q.Take(&x).Error
	if db.IsNotFound(err) {
		return nil, errNoIssue
	}
	return &x, err
}

// notesOfIssue lists the notes that stand in an issue, in its order.
func (s store) notesOfIssue(ctx context.Context, issue uuid.UUID) (out []*Note, err error) {
	return out, s.db.Read(ctx).Where("issue_id = ?", issue).Order("position, created_at, id").Limit(500).Find(&out).Error
}
