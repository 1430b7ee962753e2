package content

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"lighttrends/internal/platform/db"
)

func (s store) addLink(ctx context.Context, l *PreviewLink) error {
	return s.db.Write(ctx).Create(l).Error
}

func (s store) previewLink(ctx context.Context, note, id uuid.UUID) (*PreviewLink, error) {
	return link(s.db.Read(ctx).Where("id = ? AND note_id = ? AND brief = ?", id, note, false), errNoLink)
}

func (s store) previewByHash(ctx context.Context, hash string) (*PreviewLink, error) {
	return link(s.db.Read(ctx).Where("hash = ?", hash), errNoPreview)
}

func link(q *gorm.DB, none error) (*PreviewLink, error) {
	var l PreviewLink
	err := q.Take(&l).Error
	if db.IsNotFound(err) {
		return nil, none
	}
	return &l, err
}

func (s store) previewLinks(ctx context.Context, note uuid.UUID) (out []*PreviewLink, err error) {
	return out, s.db.Read(ctx).Where("note_id = ? AND brief = ?", note, false).Order("created_at DESC, id DESC").Limit(200).Find(&out).Error
}

func (s store) countOpenLinks(ctx context.Context, note uuid.UUID, now time.Time) (n int64, err error) {
	q := s.db.Read(ctx).Model(&PreviewLink{}).Where("note_id = ? AND brief = ? AND ended_at IS NULL AND expires_at > ?", note, false, now)
	return n, q.Count(&n).Error
}

// endLinks ends one link to a note, or all that are open.
func (s store) endLinks(ctx context.Context, note uuid.UUID, id *uuid.UUID, why string, now time.Time) error {
	return s.db.Later(ctx, func(q *gorm.DB) *gorm.DB {
		q = q.Model(&PreviewLink{}).Where("note_id = ? AND ended_at IS NULL AND expires_at > ?", note, now)
		if id != nil {
			q = q.Where("id = ?", *id)
		}
		return q.Updates(map[string]any{"ended_at": now, "ended_why": why})
	})
}

// sweepViews forgets the links by which the desk looked itself.
func (s store) sweepViews(ctx context.Context, now time.Time) error {
	return s.db.Write(ctx).Where("brief = ? AND expires_at <= ?", true, now).Delete(&PreviewLink{}).Error
}

func (s store) countOpening(ctx context.Context, id uuid.UUID, now time.Time) error {
	q := s.db.Write(ctx).Model(&PreviewLink{}).Where("id = ?", id)
	return q.Updates(map[string]any{"opened": gorm.Expr("opened + 1"), "opened_at": now}).Error
}
