package library

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"
)

// markQuery has one row, always. What is not there is NULL.
const markQuery = `SELECT r.version, r.last_at, r.heading, r.block, r.percent, s.saved_at FROM (SELECT 1 AS one) x
LEFT JOIN read_notes r ON r.member_id = ? AND r.note_id = ?
LEFT JOIN saved_notes s ON s.member_id = ? AND s.note_id = ?`

func (r *Room) mark(ctx context.Context, member, note uuid.UUID) (m Mark, err error) {
	err = r.hot.Each(ctx, func(scan func(...any) error) error {
		var version, heading, block, percent *int64
		var at, saved *time.Time
		err := scan(&version, &at, &heading, &block, &percent, &saved)
		if m.Saved = saved != nil; err != nil || version == nil {
			return err
		}
		m.Version, m.At, m.Place = int(*version), at.UTC(), Place{int(*heading), int(*block), int(*percent)}
		return nil
	}, member, note, member, note)
	return m, err
}

// inOneGo is how many rows a statement writes.
const inOneGo = 200

// write puts down what was gathered: openings first, for a place belongs to one.
func (r *Room) write(ctx context.Context, p *gathered) error {
	w := r.DB.Write(ctx)
	rows := make([]Read, 0, len(p.opened))
	for _, of := range slices.SortedFunc(maps.Keys(p.opened), pair.before) {
		o := p.opened[of]
		rows = append(rows, Read{MemberID: of.member, NoteID: of.note, Version: o.version, FirstAt: o.at, LastAt: o.at})
	}
	for part := range slices.Chunk(rows, inOneGo) {
		again := clause.OnConflict{
			Columns: []clause.Column{{Name: "member_id"}, {Name: "note_id"}}, DoUpdates: clause.AssignmentColumns([]string{"version", "last_at"}),
		}
		if err := w.Clauses(again).Create(&part).Error; err != nil {
			return err
		}
	}
	for _, of := range slices.SortedFunc(maps.Keys(p.places), pair.before) {
		at := p.places[of]
		err := w.Model(&Read{}).Where("member_id = ? AND note_id = ?", of.member, of.note).
			Updates(map[string]any{"heading": at.Heading, "block": at.Block, "percent": at.Percent}).Error
		if err != nil {
			return err
		}
	}
	return r.writeVisits(ctx, p.visits)
}

// writeVisits changes the days alone: whether a member wants to be remembered is
// theirs to say.
func (r *Room) writeVisits(ctx context.Context, visits map[uuid.UUID]time.Time) error {
	days := clause.OnConflict{Columns: []clause.Column{{Name: "member_id"}}, DoUpdates: clause.AssignmentColumns([]string{"visited_on", "before_on"})}
	members := slices.SortedFunc(maps.Keys(visits), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	for _, member := range members {
		h, err := r.habits(ctx, member)
		if err != nil {
			return err
		}
		if !h.visited(dayOf(visits[member])) {
			continue
		}
		if err := r.DB.Write(ctx).Clauses(days).Create(&h).Error; err != nil {
			return err
		}
	}
	return nil
}

// remembering leaves out members who want nothing remembered.
func (r *Room) remembering(ctx context.Context, members []uuid.UUID) ([]uuid.UUID, error) {
	var not []uuid.UUID
	for part := range slices.Chunk(members, inOneGo) {
		var some []uuid.UUID
		err := r.DB.Read(ctx).Model(&Habits{}).Where("forgetful AND member_id IN ?", part).Pluck("member_id", &some).Error
		if err != nil {
			return nil, err
		}
		not = append(not, some...)
	}
	return slices.DeleteFunc(members, func(m uuid.UUID) bool { return slices.Contains(not, m) }), nil
}

func (r *Room) reads(ctx context.Context, member uuid.UUID, from spot, limit int) (out []Read, err error) {
	const before = "member_id = ? AND (last_at < ? OR (last_at = ? AND note_id < ?))"
	return out, r.DB.Read(ctx).Where(before, member, from.at, from.at, from.id).Order("last_at DESC, note_id DESC").Limit(limit).Find(&out).Error
}

func (r *Room) begun(ctx context.Context, member uuid.UUID, since time.Time, limit int) (out []Read, err error) {
	const open = "member_id = ? AND last_at > ? AND block > 1 AND percent >= ? AND percent < ?"
	return out, r.DB.Read(ctx).Where(open, member, since, begun, finished).Order("last_at DESC, note_id DESC").Limit(limit).Find(&out).Error
}

func (r *Room) dropRead(ctx context.Context, member, note uuid.UUID) error {
	return r.DB.Write(ctx).Where("member_id = ? AND note_id = ?", member, note).Delete(&Read{}).Error
}

func (r *Room) dropReads(ctx context.Context, member uuid.UUID) error {
	return r.DB.Write(ctx).Where("member_id = ?", member).Delete(&Read{}).Error
}

func (r *Room) habits(ctx context.Context, member uuid.UUID) (Habits, error) {
	var rows []Habits
	err := r.DB.Read(ctx).Where("member_id = ?", member).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return Habits{MemberID: member}, err
	}
	return rows[0], nil
}

func (r *Room) putHabits(ctx context.Context, h Habits) error {
	return r.DB.Write(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "member_id"}}, UpdateAll: true}).Create(&h).Error
}

func (r *Room) readAmong(ctx context.Context, member uuid.UUID, notes []uuid.UUID) (out []uuid.UUID, err error) {
	return out, r.DB.Read(ctx).Model(&Read{}).Where("member_id = ? AND note_id IN ?", member, notes).Pluck("note_id", &out).Error
}
