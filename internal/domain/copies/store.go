package copies

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Tables lists the models of this room, for the check that they and the
// migrations agree.
func Tables() []any { return []any{&Copy{}} }

func (c *Copier) insert(ctx context.Context, one *Copy) error {
	return c.DB.Write(ctx).Create(one).Error
}

func (c *Copier) bySerial(ctx context.Context, serial string) (*Copy, error) {
	var one Copy
	err := c.DB.Read(ctx).Where("serial = ?", serial).Take(&one).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, errNoCopy
	}
	return &one, err
}

func (c *Copier) byMember(ctx context.Context, member uuid.UUID, limit int) (out []Copy, err error) {
	return out, c.DB.Read(ctx).Where("member_id = ?", member).Order("at DESC, id DESC").Limit(limit).Find(&out).Error
}

// lately gives the times of a member's copies since a moment, newest first.
func (c *Copier) lately(ctx context.Context, member uuid.UUID, since time.Time, limit int) (out []time.Time, err error) {
	return out, c.DB.Read(ctx).Model(&Copy{}).Where("member_id = ? AND at > ?", member, since).Order("at DESC").Limit(limit).Pluck("at", &out).Error
}

// busiest counts the copies of members since a moment, of those with so many or
// more.
func (c *Copier) busiest(ctx context.Context, since time.Time, most int) (map[uuid.UUID]int64, error) {
	var rows []struct {
		MemberID uuid.UUID
		N        int64
	}
	err := c.DB.Read(ctx).Model(&Copy{}).Select("member_id, COUNT(*) AS n").Where("at > ?", since).
		Group("member_id").Having("COUNT(*) >= ?", most).Find(&rows).Error
	out := make(map[uuid.UUID]int64, len(rows))
	for _, r := range rows {
		out[r.MemberID] = r.N
	}
	return out, err
}
