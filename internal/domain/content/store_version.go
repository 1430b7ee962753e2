package content

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
)

func (s store) addVersion(ctx context.Context, v *Version) error {
	return s.db.Later(ctx, db.Insert(v))
}

// versions lists what readers of a note saw, newest first.
func (s store) versions(ctx context.Context, note uuid.UUID) (out []*ListedVersion, err error) {
	q := s.db.Read(ctx).Select("note_versions.*, r.number AS revision").Joins("JOIN revisions r ON r.id = note_versions.revision_id")
	return out, q.Where("note_versions.note_id = ?", note).Order("note_versions.number DESC").Find(&out).Error
}

func (s store) version(ctx context.Context, note uuid.UUID, number int) (*Version, error) {
	var v Version
	err := s.db.Read(ctx).Where("note_id = ? AND number = ?", note, number).Take(&v).Error
	if db.IsNotFound(err) {
		return nil, errNoVersion
	}
	return &v, err
}
