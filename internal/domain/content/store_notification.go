package content

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"lighttrends/internal/platform/db"
)

func (s store) addNotification(ctx context.Context, n *Notification) error {
	return s.db.Write(ctx).Create(n).Error
}

func (s store) notification(ctx context.Context, id uuid.UUID) (*Notification, error) {
	var n Notification
	err := s.db.Read(ctx).Where("id = ?", id).Take(&n).Error
	if db.IsNotFound(err) {
		return nil, errNoNotification
	}
	return &n, err
}

func (s store) notifications(ctx context.Context, staff uuid.UUID, unread bool, after *cursor, limit int) (out []*Notification, err error) {
	q := s.db.Read(ctx).Where("staff_id = ?", staff).Order("created_at DESC, id DESC").Limit(limit)
	if unread {
		q = q.Where("read_at IS NULL")
	}
	if after != nil {
		q = q.Where("(created_at, id) < (?, ?)", after.at, after.id)
	}
	return out, q.Find(&out).Error
}

func (s store) countUnread(ctx context.Context, staff uuid.UUID) (n int64, err error) {
	return n, s.db.Read(ctx).Model(&Notification{}).Where("staff_id = ? AND read_at IS NULL", staff).Count(&n).Error
}

// readNotifications marks one of a person's notifications, or all of them, and
// says how many it found.
func (s store) readNotifications(ctx context.Context, staff uuid.UUID, id *uuid.UUID, now time.Time) (int64, error) {
	q := s.db.Write(ctx).Model(&Notification{}).Where("staff_id = ?", staff)
	if id != nil {
		q = q.Where("id = ?", *id)
	} else {
		q = q.Where("read_at IS NULL")
	}
	res := q.Update("read_at", gorm.Expr("COALESCE(read_at, ?)", now))
	return res.RowsAffected, res.Error
}
