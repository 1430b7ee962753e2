package media

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"lighttrends/internal/platform/db"
)

func attachmentsOf(q *gorm.DB, note uuid.UUID) (out []*Attachment, err error) {
	return out, q.Where("note_id = ?", note).Where(alive).Order("position, id").Find(&out).Error
}

func (s store) attachments(ctx context.Context, note uuid.UUID) ([]*Attachment, error) {
	return attachmentsOf(s.db.Read(ctx), note)
}

// attachmentsNow reads inside the transaction that will change them.
func (s store) attachmentsNow(ctx context.Context, note uuid.UUID) ([]*Attachment, error) {
	return attachmentsOf(s.db.Write(ctx), note)
}

func (s store) attachment(ctx context.Context, id uuid.UUID) (*Attachment, error) {
	var row Attachment
	err := s.db.Read(ctx).Where("id = ?", id).Where(alive).Take(&row).Error
	if db.IsNotFound(err) {
		return nil, errNoAttachment
	}
	if err != nil {
		return nil, err
	}
	return &row, nil
}

func (s store) insertAttachment(ctx context.Context, a *Attachment) error {
	return s.db.Write(ctx).Create(a).Error
}

func (s store) updateAttachment(ctx context.Context, a *Attachment) error {
	res := s.db.Write(ctx).Model(a).Select("title", "access", "position", "filename", "bytes", "sha256", "stored", "words", "name_key", "deleted_at").Updates(a)
	if res.Error == nil && res.RowsAffected != 1 {
		return errNoAttachment
	}
	return res.Error
}

// attachmentOwners tells which of these attachments still have their files.
func (s store) attachmentOwners(ctx context.Context, ids []uuid.UUID, before time.Time) (map[uuid.UUID]bool, error) {
	return owned(ids, before, s.db.Read(ctx).Model(&Attachment{}).Where("stored IN ?", ids).Select("stored"))
}
