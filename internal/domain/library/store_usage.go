package library

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// mostUsage bounds what is listed: ten years of a hundred notes a day are more.
const mostUsage = 50_000

// usageOf adds up what was read for a member on a day, and the words that
// searches showed.
func (r *Room) usageOf(ctx context.Context, u Use, day string) (out usageDay, err error) {
	const sums = `SELECT COUNT(CASE WHEN surface = ? THEN 1 END) AS notes, COALESCE(SUM(words), 0) AS words,
	COUNT(CASE WHEN surface = ? AND note_id = ? THEN 1 END) > 0 AS had
FROM usage_reads WHERE member_id = ? AND day = ? AND surface IN (?, ?)`
	return out, r.DB.Read(ctx).Raw(sums, u.Surface, u.Surface, u.Note, u.Member, day, u.Surface, u.Surface+searched).Scan(&out).Error
}

func (r *Room) usageSince(ctx context.Context, member uuid.UUID, day string) (out []Usage, err error) {
	return out, r.DB.Read(ctx).Where("member_id = ? AND day >= ?", member, day).Order("last_at DESC, note_id").Limit(mostUsage).Find(&out).Error
}

// addUsage writes texts that were given out, on top of those before them.
func (r *Room) addUsage(ctx context.Context, rows ...Usage) error {
	more := append(clause.AssignmentColumns([]string{"version", "last_at"}),
		clause.Assignment{Column: clause.Column{Name: "words"}, Value: gorm.Expr("usage_reads.words + excluded.words")},
		clause.Assignment{Column: clause.Column{Name: "opens"}, Value: gorm.Expr("usage_reads.opens + 1")})
	return r.DB.Write(ctx).Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "member_id"}, {Name: "day"}, {Name: "surface"}, {Name: "note_id"}},
		DoUpdates: more,
	}).Create(&rows).Error
}
