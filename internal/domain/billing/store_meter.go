package billing

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"
)

func (s store) meteredReads(ctx context.Context, member uuid.UUID, month string) (out []meteredRead, err error) {
	return out, s.db.Read(ctx).Where("member_id = ? AND month = ?", member, month).Order("slot").Find(&out).Error
}

func (s store) allMeteredReads(ctx context.Context, member uuid.UUID) (out []meteredRead, err error) {
	return out, s.db.Read(ctx).Where("member_id = ?", member).Order("at DESC").Limit(1000).Find(&out).Error
}

// insertMeteredRead takes a slot; it tells false when the slot, or the note, is
// taken already.
func (s store) insertMeteredRead(ctx context.Context, r *meteredRead) (bool, error) {
	res := s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(r)
	return res.RowsAffected == 1, res.Error
}

func (s store) purgeMeteredReads(ctx context.Context, before string) error {
	return s.db.Write(ctx).Where("month < ?", before).Delete(&meteredRead{}).Error
}
