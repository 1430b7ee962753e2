package library

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"
)

func (r *Room) countSaved(ctx context.Context, member uuid.UUID) (n int64, err error) {
	return n, r.DB.Read(ctx).Model(&Saved{}).Where("member_id = ?", member).Count(&n).Error
}

func (r *Room) insertSaved(ctx context.Context, s *Saved) error {
	return r.DB.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(s).Error
}

func (r *Room) deleteSaved(ctx context.Context, member, note uuid.UUID) error {
	return r.DB.Write(ctx).Where("member_id = ? AND note_id = ?", member, note).Delete(&Saved{}).Error
}

func (r *Room) moveSaved(ctx context.Context, member, note uuid.UUID, folder *uuid.UUID) (bool, error) {
	res := r.DB.Write(ctx).Model(&Saved{}).Where("member_id = ? AND note_id = ?", member, note).Update("folder_id", folder)
	return res.RowsAffected == 1, res.Error
}

func (r *Room) savedOf(ctx context.Context, member, folder uuid.UUID, from spot, limit int) (out []Saved, err error) {
	const before = "member_id = ? AND (saved_at < ? OR (saved_at = ? AND note_id < ?))"
	q := r.DB.Read(ctx).Where(before, member, from.at, from.at, from.id)
	if folder != uuid.Nil {
		q = q.Where("folder_id = ?", folder)
	}
	return out, q.Order("saved_at DESC, note_id DESC").Limit(limit).Find(&out).Error
}

func (r *Room) savedAmong(ctx context.Context, member uuid.UUID, notes []uuid.UUID) (out []uuid.UUID, err error) {
	return out, r.DB.Read(ctx).Model(&Saved{}).Where("member_id = ? AND note_id IN ?", member, notes).Pluck("note_id", &out).Error
}

func (r *Room) folder(ctx context.Context, member, id uuid.UUID) (Folder, error) {
	var rows []Folder
	err := r.DB.Read(ctx).Where("id = ? AND member_id = ?", id, member).Limit(1).Find(&rows).Error
	if err == nil && len(rows) == 0 {
		return Folder{}, errNoFolder
	}
	if err != nil {
		return Folder{}, err
	}
	return rows[0], nil
}

func (r *Room) foldersOf(ctx context.Context, member uuid.UUID) ([]FolderCount, error) {
	var rows []Folder
	if err := r.DB.Read(ctx).Where("member_id = ?", member).Order("name_key, id").Find(&rows).Error; err != nil {
		return nil, err
	}
	var counts []struct {
		FolderID uuid.UUID
		Notes    int
	}
	err := r.DB.Read(ctx).Model(&Saved{}).Select("folder_id, COUNT(*) AS notes").
		Where("member_id = ? AND folder_id IS NOT NULL", member).Group("folder_id").Scan(&counts).Error
	known := make(map[uuid.UUID]int, len(counts))
	for _, c := range counts {
		known[c.FolderID] = c.Notes
	}
	out := make([]FolderCount, len(rows))
	for i, f := range rows {
		out[i] = FolderCount{f, known[f.ID]}
	}
	return out, err
}

func (r *Room) saveFolder(ctx context.Context, f *Folder) error {
	again := clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoUpdates: clause.AssignmentColumns([]string{"name", "name_key"})}
	return r.DB.Write(ctx).Clauses(again).Create(f).Error
}

func (r *Room) deleteFolder(ctx context.Context, member, id uuid.UUID) error {
	w := r.DB.Write(ctx)
	if err := w.Model(&Saved{}).Where("member_id = ? AND folder_id = ?", member, id).Update("folder_id", nil).Error; err != nil {
		return err
	}
	return w.Where("member_id = ? AND id = ?", member, id).Delete(&Folder{}).Error
}

func (r *Room) followsOf(ctx context.Context, member uuid.UUID) (out []Follow, err error) {
	return out, r.DB.Read(ctx).Where("member_id = ?", member).Order("since DESC, subject_id").Find(&out).Error
}

func (r *Room) insertFollow(ctx context.Context, f *Follow) error {
	return r.DB.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(f).Error
}

func (r *Room) deleteFollow(ctx context.Context, member uuid.UUID, kind Kind, subject uuid.UUID) error {
	return r.DB.Write(ctx).Where("member_id = ? AND kind = ? AND subject_id = ?", member, kind, subject).Delete(&Follow{}).Error
}

func (r *Room) dropFollows(ctx context.Context, kind Kind, subject uuid.UUID) error {
	return r.DB.Write(ctx).Where("kind = ? AND subject_id = ?", kind, subject).Delete(&Follow{}).Error
}

// moveFollows keeps the longer of two.
func (r *Room) moveFollows(ctx context.Context, kind Kind, from, to uuid.UUID) error {
	const move = `INSERT INTO follows (member_id, kind, subject_id, since) SELECT member_id, kind, ?, since FROM follows WHERE kind = ? AND subject_id = ?
ON CONFLICT (member_id, kind, subject_id) DO UPDATE SET since = CASE WHEN excluded.since < follows.since THEN excluded.since ELSE follows.since END`
	if err := r.DB.Write(ctx).Exec(move, to, kind, from).Error; err != nil {
		return err
	}
	return r.dropFollows(ctx, kind, from)
}
