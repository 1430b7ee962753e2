package content

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"lighttrends/internal/platform/db"
)

// deskList is the desk's list, last changed first.
func (s store) deskList(ctx context.Context, f Filter, after *cursor) (out []*Note, err error) {
	q := s.db.Read(ctx).Order("updated_at DESC, id DESC").Limit(f.Limit + 1)
	if f.Status != "" {
		q = q.Where("status = ?", f.Status)
	}
	if f.Unarchived {
		q = q.Where("status <> ?", Archived)
	}
	q = s.inReview(q, f)
	if f.Kind != "" {
		q = q.Where("kind = ?", f.Kind)
	}
	if f.Title != "" {
		like := "LIKE"
		if s.db.Engine() == db.Postgres {
			like = "ILIKE"
		}
		q = q.Where("title "+like+` ? ESCAPE '\'`, "%"+escapeLike(f.Title)+"%")
	}
	if after != nil {
		q = q.Where("(updated_at, id) < (?, ?)", after.at, after.id)
	}
	return out, q.Find(&out).Error
}

// inReview keeps the notes in review, if the filter asks about reviews.
func (s store) inReview(q *gorm.DB, f Filter) *gorm.DB {
	if f.Review != "" {
		q = q.Where("submission_id IN (SELECT id FROM submissions WHERE state = ?)", f.Review)
	}
	if f.Reviewer == uuid.Nil {
		return q
	}
	// The list is short and its shape is ours, so a part of its text will do.
	column := "reviewers"
	if s.db.Engine() == db.Postgres {
		column = "reviewers::text"
	}
	return q.Where("submission_id IN (SELECT id FROM submissions WHERE "+column+" LIKE ? OR "+column+" = '[]')", "%"+f.Reviewer.String()+"%")
}
