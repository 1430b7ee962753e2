package billing

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"
)

// insertRun takes the slot and tells whether it was free.
func (s store) insertRun(ctx context.Context, r *Reconciliation) (bool, error) {
	res := s.db.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(r)
	return res.RowsAffected == 1, res.Error
}

// run reads a comparison, or nil.
func (s store) run(ctx context.Context, id uuid.UUID) (*Reconciliation, error) {
	return one[Reconciliation](s.db.Read(ctx).Where("id = ?", id))
}

func (s store) runs(ctx context.Context, limit int) (out []Reconciliation, err error) {
	return out, s.db.Read(ctx).Order("created_at DESC, id DESC").Limit(limit).Find(&out).Error
}

func (s store) found(ctx context.Context, run uuid.UUID) (out []FoundRow, err error) {
	return out, s.db.Read(ctx).Where("reconciliation_id = ?", run).Order("id").Find(&out).Error
}

// seeRun notes a sign of life.
func (s store) seeRun(ctx context.Context, id uuid.UUID, checked int, now time.Time) error {
	changes := map[string]any{"state": RunRunning, "checked": checked, "seen_at": now}
	return s.db.Write(ctx).Model(&Reconciliation{}).Where("id = ? AND slot IS NOT NULL", id).Updates(changes).Error
}

func (s store) closeRun(ctx context.Context, r *Reconciliation, found []FoundRow) error {
	columns := []string{"state", "slot", "ended_at", "seen_at", "checked", "foreign_n", "changed", "error"}
	if err := s.db.Write(ctx).Model(&Reconciliation{}).Where("id = ?", r.ID).Select(columns).Updates(r).Error; err != nil {
		return err
	}
	if len(found) == 0 {
		return nil
	}
	return s.db.Write(ctx).CreateInBatches(found, pageSize).Error
}

// closeSilentRuns ends what gave no sign of life since a moment.
func (s store) closeSilentRuns(ctx context.Context, since, now time.Time) error {
	changes := map[string]any{"state": RunFailed, "slot": nil, "ended_at": now, "error": "interrupted"}
	return s.db.Write(ctx).Model(&Reconciliation{}).Where("slot IS NOT NULL AND seen_at < ?", since).Updates(changes).Error
}

// forgetRuns deletes all but the newest.
func (s store) forgetRuns(ctx context.Context, keep int) error {
	const older = "slot IS NULL AND id NOT IN (SELECT id FROM reconciliations ORDER BY created_at DESC, id DESC LIMIT ?)"
	return s.db.Write(ctx).Where(older, keep).Delete(&Reconciliation{}).Error
}
