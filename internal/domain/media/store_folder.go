package media

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
)

func (s store) folders(ctx context.Context) (out []*Folder, err error) {
	return out, s.db.Read(ctx).Order("name_key, id").Find(&out).Error
}

// foldersForUpdate reads all folders and lets nobody else change them. A folder
// that somebody makes at this moment is not among them, and cannot matter: none
// of these can be moved into it.
func (s store) foldersForUpdate(ctx context.Context) (out []*Folder, err error) {
	q := s.db.Write(ctx).Order("id")
	if s.db.Engine() == db.Postgres {
		q = q.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	return out, q.Find(&out).Error
}

func (s store) putFolder(ctx context.Context, f *Folder) error {
	return s.db.Write(ctx).Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "id"}}, DoUpdates: clause.AssignmentColumns([]string{"parent_id", "name", "name_key"}),
	}).Create(f).Error
}

func (s store) hasFolder(ctx context.Context, id uuid.UUID) error {
	var n int64
	if err := s.db.Read(ctx).Model(&Folder{}).Where("id = ?", id).Count(&n).Error; err != nil {
		return err
	}
	if n == 0 {
		return errNoFolder
	}
	return nil
}

// countByFolder counts pictures by where they lie; those in none have no id.
func (s store) countByFolder(ctx context.Context) (map[uuid.UUID]int, error) {
	var rows []struct {
		FolderID *uuid.UUID
		N        int
	}
	err := s.db.Read(ctx).Model(&Item{}).Where(alive).Select("folder_id, COUNT(*) AS n").Group("folder_id").Scan(&rows).Error
	out := make(map[uuid.UUID]int, len(rows))
	for _, r := range rows {
		if r.FolderID == nil {
			out[uuid.Nil] = r.N
		} else {
			out[*r.FolderID] = r.N
		}
	}
	return out, err
}

func (s store) folderFull(ctx context.Context, id uuid.UUID) (bool, error) {
	var n int64
	const things = `SELECT (SELECT COUNT(*) FROM media WHERE folder_id = ? AND deleted_at IS NULL) + (SELECT COUNT(*) FROM media_folders WHERE parent_id = ?)`
	err := s.db.Write(ctx).Raw(things, id, id).Scan(&n).Error
	return n > 0, err
}

// emptyFolder moves everything in a folder to where the folder lies.
func (s store) emptyFolder(ctx context.Context, f *Folder) error {
	write := s.db.Write(ctx)
	if err := write.Model(&Item{}).Where("folder_id = ?", f.ID).Update("folder_id", f.ParentID).Error; err != nil {
		return err
	}
	return write.Model(&Folder{}).Where("parent_id = ?", f.ID).Update("parent_id", f.ParentID).Error
}

// deleteFolder removes the row. Deleted pictures may still name it.
func (s store) deleteFolder(ctx context.Context, id uuid.UUID) error {
	write := s.db.Write(ctx)
	if err := write.Model(&Item{}).Where("folder_id = ? AND deleted_at IS NOT NULL", id).Update("folder_id", nil).Error; err != nil {
		return err
	}
	return write.Where("id = ?", id).Delete(&Folder{}).Error
}
