package letters

import (
	"context"
	"time"
)

// Tables lists the models of this room, for the check that they and the
// migrations agree.
func Tables() []any { return []any{&Letter{}} }

func (b *Book) insert(ctx context.Context, l *Letter) error { return b.db.Write(ctx).Create(l).Error }

func (b *Book) list(ctx context.Context, receiver string, before Place, limit int) (out []Letter, err error) {
	const earlier = "receiver = ? AND (at < ? OR (at = ? AND id < ?))"
	return out, b.db.Read(ctx).Where(earlier, receiver, before.At, before.At, before.ID).Order("at DESC, id DESC").Limit(limit).Find(&out).Error
}

func (b *Book) drop(ctx context.Context, before time.Time) error {
	return b.db.Write(ctx).Where("at < ?", before).Delete(&Letter{}).Error
}
