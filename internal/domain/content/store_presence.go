package content

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"
)

// noteExists reads no more of a note than that it is there.
func (s store) noteExists(ctx context.Context, id uuid.UUID) error {
	_, err := one[Note](s.db.Read(ctx).Select("id").Where("id = ?", id))
	return err
}

// putPresence renews a window's lease and sweeps away those that ran out.
func (s store) putPresence(ctx context.Context, p *Presence, out time.Time) error {
	write := s.db.Write(ctx)
	if err := write.Where("seen_at <= ?", out).Delete(&Presence{}).Error; err != nil {
		return err
	}
	return write.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "note_id"}, {Name: "staff_id"}, {Name: "window_id"}},
		DoUpdates: clause.AssignmentColumns([]string{"name", "seen_at"}),
	}).Create(p).Error
}

func (s store) dropPresence(ctx context.Context, note, staff, window uuid.UUID) error {
	return s.db.Write(ctx).Where("note_id = ? AND staff_id = ? AND window_id = ?", note, staff, window).Delete(&Presence{}).Error
}

// present lists who has notes open, those first who came first.
func (s store) present(ctx context.Context, after time.Time, notes ...uuid.UUID) (map[uuid.UUID][]Person, error) {
	var rows []Presence
	out := map[uuid.UUID][]Person{}
	if len(notes) == 0 {
		return out, nil
	}
	err := s.db.Read(ctx).Where("note_id IN ? AND seen_at > ?", notes, after).Order("since, window_id").Find(&rows).Error
	for i := range rows {
		out[rows[i].NoteID] = append(out[rows[i].NoteID], personOf(&rows[i].StaffID, rows[i].Name))
	}
	return out, err
}
