package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

func errNoStaff() error {
	return fault.New(fault.NotFound, "staff_not_found", "There is no such staff user.")
}

func (s *Service) insertStaff(ctx context.Context, u Staff) error {
	err := s.db.Write(ctx).Create(&u).Error
	if db.IsDuplicate(err) {
		return errStaffExists()
	}
	return err
}

func errStaffExists() error {
	f := fault.New(fault.Conflict, "staff_exists", "Somebody with this address works here already.")
	f.Fields = []fault.Field{{Path: "email", Code: "taken", Message: "Somebody with this address works here already."}}
	return f
}

func (s *Service) selectStaff(ctx context.Context) ([]Staff, error) {
	var out []Staff
	return out, s.db.Read(ctx).Order("name, id").Find(&out).Error
}

func (s *Service) readStaff(ctx context.Context, id uuid.UUID) (Staff, error) {
	return one[Staff](s.db.Read(ctx).Where("id = ?", id), errNoStaff)
}

// readStaffByEmail finds a staff user who may sign in; nil when there is none.
func (s *Service) readStaffByEmail(ctx context.Context, canonical string) (*Staff, error) {
	var u Staff
	err := s.db.Read(ctx).Where("email = ? AND disabled_at IS NULL", canonical).Take(&u).Error
	if db.IsNotFound(err) {
		return nil, nil
	}
	return &u, err
}

func (s *Service) lockStaff(ctx context.Context, id uuid.UUID) (Staff, error) {
	return one[Staff](locked(s.db.Write(ctx)).Where("id = ?", id), errNoStaff)
}

// lockOwners lists those who can still let others in.
func (s *Service) lockOwners(ctx context.Context) ([]uuid.UUID, error) {
	var ids []uuid.UUID
	err := locked(s.db.Write(ctx).Model(&Staff{})).Where("role = ? AND disabled_at IS NULL", Owner).Order("id").Pluck("id", &ids).Error
	return ids, err
}

func (s *Service) countStaff(ctx context.Context) (n int64, err error) {
	err = s.db.Read(ctx).Model(&Staff{}).Count(&n).Error
	return n, err
}

func (s *Service) saveStaff(ctx context.Context, u Staff) error {
	return s.db.Write(ctx).Model(&Staff{}).Where("id = ?", u.ID).
		Select("name", "role", "password_hash", "updated_at", "disabled_at").Updates(&u).Error
}

// replaceHash writes a new hash of the same password, unless the password was
// changed meanwhile.
func (s *Service) replaceHash(ctx context.Context, id uuid.UUID, old, fresh string) error {
	return s.db.Write(ctx).Model(&Staff{}).Where("id = ? AND password_hash = ?", id, old).UpdateColumn("password_hash", fresh).Error
}

func (s *Service) markStaffSeen(ctx context.Context, id uuid.UUID, now time.Time) error {
	return s.db.Write(ctx).Model(&Staff{}).Where("id = ?", id).UpdateColumn("last_seen_at", now).Error
}

// SetupOffer is the standing offer to make the first owner. There is at most
// one, with the ID 1.
type SetupOffer struct {
	ID        int64     `gorm:"primaryKey;autoIncrement:false"`
	TokenHash []byte    `gorm:"not null"`
	CreatedAt time.Time `gorm:"not null"`
}

func (s *Service) putSetupOffer(ctx context.Context, hash []byte, now time.Time) error {
	offer := SetupOffer{ID: 1, TokenHash: hash, CreatedAt: now}
	return s.db.Write(ctx).Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "id"}}, DoUpdates: clause.AssignmentColumns([]string{"token_hash", "created_at"}),
	}).Create(&offer).Error
}

func (s *Service) hasSetupOffer(ctx context.Context, hash []byte) (bool, error) {
	var n int64
	err := s.db.Read(ctx).Model(&SetupOffer{}).Where("token_hash = ?", hash).Count(&n).Error
	return n > 0, err
}

// takeSetupOffer deletes the offer and tells whether it was there.
func (s *Service) takeSetupOffer(ctx context.Context, hash []byte) (bool, error) {
	taken := s.db.Write(ctx).Where("token_hash = ?", hash).Delete(&SetupOffer{})
	return taken.RowsAffected > 0, taken.Error
}
