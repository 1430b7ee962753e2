package identity

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

func (s *Service) insertPasskey(ctx context.Context, k Passkey) error {
	err := s.db.Write(ctx).Create(&k).Error
	if db.IsDuplicate(err) {
		return fault.New(fault.Conflict, "passkey_exists", "This passkey is known already.")
	}
	return err
}

func (s *Service) selectPasskeys(ctx context.Context, staff uuid.UUID) ([]Passkey, error) {
	var out []Passkey
	return out, s.db.Read(ctx).Where("staff_id = ?", staff).Order("id").Find(&out).Error
}

// lockPasskey reads one of somebody's passkeys for a change.
func (s *Service) lockPasskey(ctx context.Context, staff, id uuid.UUID) (Passkey, error) {
	return one[Passkey](locked(s.db.Write(ctx)).Where("id = ? AND staff_id = ?", id, staff), func() error {
		return fault.New(fault.NotFound, "passkey_not_found", "There is no such passkey.")
	})
}

func (s *Service) savePasskey(ctx context.Context, k Passkey) error {
	return s.db.Write(ctx).Model(&Passkey{}).Where("id = ?", k.ID).Select("name", "credential", "last_used_at").Updates(&k).Error
}

func (s *Service) deletePasskey(ctx context.Context, id uuid.UUID) error {
	return s.db.Write(ctx).Where("id = ?", id).Delete(&Passkey{}).Error
}

func (s *Service) deletePasskeys(ctx context.Context, staff uuid.UUID) error {
	return s.db.Write(ctx).Where("staff_id = ?", staff).Delete(&Passkey{}).Error
}
