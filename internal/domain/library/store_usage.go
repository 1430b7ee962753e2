package library

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"
)

// mostUsage bounds what is listed: ten years of a hundred notes a day are more.
const mostUsage = 50_000

func (r *Room) usageOf(ctx context.Context, member uuid.UUID, day, surface string) (out usageDay, err error) {
	return out, r.DB.Read(ctx).Where("member_id = ? AND day = ? AND surface = ?", member, day, surface).Find(&out).Error
}

func (r *Room) usageSince(ctx context.Context, member uuid.UUID, day string) (out []Usage, err error) {
	return out, r.DB.Read(ctx).Where("member_id = ? AND day >= ?", member, day).Order("last_at DESC, note_id").Limit(mostUsage).Find(&out).Error
}

func (r *Room) putUsage(ctx context.Context, row Usage) error {
	return r.DB.Write(ctx).Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "member_id"}, {Name: "day"}, {Name: "surface"}, {Name: "note_id"}},
		DoUpdates: clause.AssignmentColumns([]string{"version", "words", "opens", "last_at"}),
	}).Create(&row).Error
}
