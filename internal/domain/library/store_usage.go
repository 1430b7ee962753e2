package library

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// mostUsage bounds what is listed: ten years of a hundred notes a day are more.
const mostUsage = 50_000

// usageOf adds up what was read for a member on a day.
func (r *Room) usageOf(ctx context.Context, u Use, day string) (out usageDay, err error) {
	const sums = `SELECT COUNT(*) AS notes, COALESCE(SUM(words), 0) AS words, COUNT(CASE WHEN note_id = ? THEN 1 END) > 0 AS had
FROM usage_reads WHERE member_id = ? AND day = ? AND surface = ?`
	return out, r.DB.Read(ctx).Raw(sums, u.Note, u.Member, day, u.Surface).Scan(&out).Error
}

func (r *Room) usageSince(ctx context.Context, member uuid.UUID, day string) (out []Usage, err error) {
	return out, r.DB.Read(ctx).Where("member_id = ? AND day >= ?", member, day).Order("last_at DESC, note_id").Limit(mostUsage).Find(&out).Error
}

// addUsage writes a text that was given out, on top of those before it.
func (r *Room) addUsage(ctx context.Context, row Usage) error {
	more := append(clause.AssignmentColumns([]string{"version", "last_at"}),
		clause.Assignment{Column: clause.Column{Name: "words"}, Value: gorm.Expr("usage_reads.words + excluded.words")},
		clause.Assignment{Column: clause.Column{Name: "opens"}, Value: gorm.Expr("usage_reads.opens + 1")})
	return r.DB.Write(ctx).Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "member_id"}, {Name: "day"}, {Name: "surface"}, {Name: "note_id"}},
		DoUpdates: more,
	}).Create(&row).Error
}
