package porter

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
)

// Tables lists the models of this room, for the check that they and the
// migrations agree.
func Tables() []any { return []any{&Origin{}, &Transfer{}, &Line{}} }

var forUpdate = clause.Locking{Strength: "UPDATE"}

func (b *Book) findOrigin(ctx context.Context, system, kind, id string) (*Origin, error) {
	var o Origin
	err := b.DB.Read(ctx).Where("system = ? AND kind = ? AND source_id = ?", system, kind, id).Take(&o).Error
	if db.IsNotFound(err) {
		return nil, nil //nolint:nilnil // unknown is no error
	}
	return &o, err
}

func (b *Book) originExists(ctx context.Context, system string, ours uuid.UUID) (bool, error) {
	var n int64
	err := b.DB.Read(ctx).Model(&Origin{}).Where("our_id = ? AND system = ?", ours, system).Limit(1).Count(&n).Error
	return n > 0, err
}

func (b *Book) putOrigin(ctx context.Context, o *Origin) error {
	return b.DB.Write(ctx).Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "system"}, {Name: "kind"}, {Name: "source_id"}},
		DoUpdates: clause.AssignmentColumns([]string{"our_id", "source_hash", "our_hash", "updated_at"}),
	}).Create(o).Error
}

func (b *Book) putTransfer(ctx context.Context, t *Transfer) error {
	return b.DB.Write(ctx).Create(t).Error
}

func take(q *gorm.DB, id uuid.UUID) (*Transfer, error) {
	var t Transfer
	err := q.Where("id = ?", id).Take(&t).Error
	if db.IsNotFound(err) {
		return nil, nil //nolint:nilnil // the callers say what that means
	}
	return &t, err
}

func (b *Book) any(ctx context.Context, id uuid.UUID) (*Transfer, error) {
	return take(b.DB.Read(ctx), id)
}

func (b *Book) lockAny(ctx context.Context, id uuid.UUID) (*Transfer, error) {
	return take(b.DB.Write(ctx).Clauses(forUpdate), id)
}

func ofKind(k Kind, t *Transfer, err error) (*Transfer, error) {
	if err == nil && (t == nil || t.Kind != k) {
		return nil, errNoTransfer(k)
	}
	return t, err
}

func (b *Book) getTransfer(ctx context.Context, k Kind, id uuid.UUID) (*Transfer, error) {
	t, err := b.any(ctx, id)
	return ofKind(k, t, err)
}

func (b *Book) lockTransfer(ctx context.Context, k Kind, id uuid.UUID) (*Transfer, error) {
	t, err := b.lockAny(ctx, id)
	return ofKind(k, t, err)
}

func (b *Book) listTransfers(ctx context.Context, k Kind, before uuid.UUID, limit int) (out []*Transfer, err error) {
	q := b.DB.Read(ctx).Where("kind = ?", k).Order("id DESC").Limit(limit)
	if before != uuid.Nil {
		q = q.Where("id < ?", before)
	}
	return out, q.Find(&out).Error
}

func (b *Book) underWay(ctx context.Context) (bool, error) {
	var n int64
	err := b.DB.Read(ctx).Model(&Transfer{}).Where("state IN ?", []State{Waiting, Running}).Count(&n).Error
	return n > 0, err
}

// saveEnd writes what the beginning and the end of a run change.
func (b *Book) saveEnd(ctx context.Context, t *Transfer) error {
	return b.DB.Write(ctx).Model(&Transfer{}).Where("id = ?", t.ID).
		Select("State", "Message", "StartedAt", "FinishedAt", "ExpiresAt").Updates(t).Error
}

// saveFiles writes which files are kept.
func (b *Book) saveFiles(ctx context.Context, t *Transfer) error {
	return b.DB.Write(ctx).Model(&Transfer{}).Where("id = ?", t.ID).
		Select("FileKey", "MembersKey", "ResultKey", "ResultName", "ResultBytes").Updates(t).Error
}

// saveCounts writes the progress of a run that is where it was.
func (b *Book) saveCounts(ctx context.Context, t *Transfer, before int64) (on bool, err error) {
	res := b.DB.Write(ctx).Model(&Transfer{}).Where("id = ? AND state = ? AND done = ?", t.ID, Running, before).
		Select("Done", "Total", "Made", "Updated", "Unchanged", "Skipped", "Conflicts", "Failed", "Warned").Updates(t)
	return res.RowsAffected == 1, res.Error
}

func (b *Book) putLine(ctx context.Context, l *Line) error { return b.DB.Write(ctx).Create(l).Error }

func (b *Book) listLines(ctx context.Context, id uuid.UUID, after int64, outcome Outcome, said bool, limit int) (out []*Line, err error) {
	q := b.DB.Read(ctx).Where("transfer_id = ? AND number > ?", id, after).Order("number").Limit(limit)
	if outcome != "" {
		q = q.Where("outcome = ?", outcome)
	}
	if said {
		q = q.Where("messages <> '[]'")
	}
	return out, q.Find(&out).Error
}

// expired lists ended transfers with files whose time is over.
func (b *Book) expired(ctx context.Context, now time.Time) (out []*Transfer, err error) {
	const over = "expires_at <= ? AND state NOT IN ? AND (file_key <> '' OR members_key <> '' OR result_key <> '')"
	return out, b.DB.Read(ctx).Where(over, now, []State{Waiting, Running}).Limit(100).Find(&out).Error
}

func (b *Book) dropReports(ctx context.Context, before time.Time) error {
	const old = "transfer_id IN (SELECT id FROM transfers WHERE finished_at < ?)"
	return b.DB.Write(ctx).Where(old, before).Delete(&Line{}).Error
}
