package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
)

func (s *Service) insertReset(ctx context.Context, row PasswordReset) error {
	return s.db.Write(ctx).Create(&row).Error
}

// readReset finds a request that is still good; nil when there is none.
func (s *Service) readReset(ctx context.Context, id uuid.UUID, now time.Time) (*PasswordReset, error) {
	var row PasswordReset
	err := s.db.Read(ctx).Where("id = ? AND expires_at > ?", id, now).Take(&row).Error
	if db.IsNotFound(err) {
		return nil, nil
	}
	return &row, err
}

// takeReset deletes a request and tells whether it was there.
func (s *Service) takeReset(ctx context.Context, id uuid.UUID) (bool, error) {
	taken := s.db.Write(ctx).Where("id = ?", id).Delete(&PasswordReset{})
	return taken.RowsAffected == 1, taken.Error
}

func (s *Service) deleteResets(ctx context.Context, email string) error {
	return s.db.Write(ctx).Where("email = ?", email).Delete(&PasswordReset{}).Error
}
