package publication

import (
	"context"
	"encoding/json"
	"time"

	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
)

type settingRow struct {
	Name      string `gorm:"primaryKey"`
	Value     string `gorm:"type:jsonb"`
	UpdatedAt time.Time
}

func (settingRow) TableName() string { return "settings" }

// Tables lists the models, for the check against the migrations.
func Tables() []any { return []any{&settingRow{}, &Lead{}, &Redirect{}} }

func (h *House) setting(ctx context.Context, name string) ([]byte, error) {
	var row settingRow
	err := h.DB.Read(ctx).Where("name = ?", name).Take(&row).Error
	if db.IsNotFound(err) {
		return nil, nil
	}
	return []byte(row.Value), err
}

func (h *House) putSetting(ctx context.Context, name string, value []byte) error {
	row := settingRow{name, string(value), h.Clock.Now()}
	return h.DB.Write(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
}

// lockSettings lets one change at a time read and write. SQLite has one writer
// anyway; on Postgres the row of the profile is held, which is made when it is
// missing.
func (h *House) lockSettings(ctx context.Context) error {
	raw, err := json.Marshal(Default())
	if err != nil {
		return err
	}
	row := settingRow{"profile", string(raw), h.Clock.Now()}
	if err := h.DB.Write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
		return err
	}
	return h.DB.Write(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("name = ?", "profile").Take(&settingRow{}).Error
}

func (h *House) insertLead(ctx context.Context, l *Lead) error {
	return h.DB.Write(ctx).Create(l).Error
}

// lettersSince counts letters only: asks for access have a counter of their own.
func (h *House) lettersSince(ctx context.Context, client []byte, since time.Time) (n int64, err error) {
	return n, h.DB.Read(ctx).Model(&Lead{}).Where("client = ? AND kind = ? AND created_at > ?", client, Written, since).Count(&n).Error
}
