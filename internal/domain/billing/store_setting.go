package billing

import (
	"context"
	"time"

	"gorm.io/gorm/clause"
)

// settingRow is one subject the owner decides about.
type settingRow struct {
	Name      string `gorm:"primaryKey"`
	Value     string `gorm:"type:jsonb"`
	UpdatedAt time.Time
}

// TableName implements gorm's Tabler.
func (settingRow) TableName() string { return "billing_settings" }

func (s store) setting(ctx context.Context, name string) ([]byte, error) {
	row, err := one[settingRow](s.db.Read(ctx).Where("name = ?", name))
	if row == nil || err != nil {
		return nil, err
	}
	return []byte(row.Value), nil
}

func (s store) putSetting(ctx context.Context, name string, value []byte, now time.Time) error {
	row := settingRow{name, string(value), now}
	return s.db.Write(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
}
