package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
)

// factorsOf counts what somebody has beside a password.
func (s *Service) factorsOf(ctx context.Context, staff uuid.UUID) (f Factors, err error) {
	var apps int64
	q := s.db.Read(ctx)
	if err = q.Model(&TOTP{}).Where("staff_id = ? AND confirmed_at IS NOT NULL", staff).Count(&apps).Error; err != nil {
		return f, err
	}
	f.TOTP = apps > 0
	if err = q.Model(&Passkey{}).Where("staff_id = ?", staff).Count(&f.Passkeys).Error; err != nil {
		return f, err
	}
	return f, q.Model(&RecoveryCode{}).Where("staff_id = ? AND used_at IS NULL", staff).Count(&f.RecoveryLeft).Error
}

// strongStaff lists everybody who has a second factor.
func (s *Service) strongStaff(ctx context.Context) (map[uuid.UUID]bool, error) {
	var ids []uuid.UUID
	err := s.db.Read(ctx).Raw("SELECT staff_id FROM staff_totp WHERE confirmed_at IS NOT NULL UNION SELECT staff_id FROM passkeys").Scan(&ids).Error
	out := make(map[uuid.UUID]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}

// deleteFactors takes everything but the password.
func (s *Service) deleteFactors(ctx context.Context, staff uuid.UUID) error {
	for _, drop := range []func(context.Context, uuid.UUID) error{s.deleteTOTP, s.deletePasskeys, s.deleteRecoveryCodes, s.deleteChallenges} {
		if err := drop(ctx, staff); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) putPendingTOTP(ctx context.Context, staff uuid.UUID, sealed []byte, now time.Time) error {
	row := TOTP{StaffID: staff, Secret: []byte{}, Pending: sealed, PendingAt: now}
	return s.db.Write(ctx).Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "staff_id"}}, DoUpdates: clause.AssignmentColumns([]string{"pending", "pending_at"}),
	}).Create(&row).Error
}

// lockTOTP reads somebody's app for a change; nil when there is none.
func (s *Service) lockTOTP(ctx context.Context, staff uuid.UUID) (*TOTP, error) {
	var row TOTP
	err := locked(s.db.Write(ctx)).Where("staff_id = ?", staff).Take(&row).Error
	if db.IsNotFound(err) {
		return nil, nil
	}
	return &row, err
}

func (s *Service) saveTOTP(ctx context.Context, row TOTP) error {
	if row.Pending == nil { // SQLite gives an empty blob back as nothing
		row.Pending = []byte{}
	}
	return s.db.Write(ctx).Model(&TOTP{}).Where("staff_id = ?", row.StaffID).
		Select("secret", "last_step", "pending", "confirmed_at").Updates(&row).Error
}

func (s *Service) deleteTOTP(ctx context.Context, staff uuid.UUID) error {
	return s.db.Write(ctx).Where("staff_id = ?", staff).Delete(&TOTP{}).Error
}

func (s *Service) insertRecoveryCodes(ctx context.Context, rows []RecoveryCode) error {
	return s.db.Write(ctx).Create(&rows).Error
}

func (s *Service) deleteRecoveryCodes(ctx context.Context, staff uuid.UUID) error {
	return s.db.Write(ctx).Where("staff_id = ?", staff).Delete(&RecoveryCode{}).Error
}

// useRecoveryCode marks a code as used, and tells whether it was there.
func (s *Service) useRecoveryCode(ctx context.Context, staff uuid.UUID, hash []byte, now time.Time) (bool, error) {
	used := s.db.Write(ctx).Model(&RecoveryCode{}).
		Where("staff_id = ? AND hash = ? AND used_at IS NULL", staff, hash).UpdateColumn("used_at", now)
	return used.RowsAffected == 1, used.Error
}
