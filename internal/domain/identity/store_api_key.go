package identity

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// errNoKey says that no valid key has this hash.
var errNoKey = errors.New("identity: no such API key")

func (s *Service) insertKey(ctx context.Context, k APIKey) error {
	return s.db.Write(ctx).Create(&k).Error
}

// readKey finds a key that was not revoked.
func (s *Service) readKey(ctx context.Context, hash []byte) (APIKey, error) {
	return one[APIKey](s.db.Read(ctx).Where("hash = ? AND revoked_at IS NULL", hash), func() error { return errNoKey })
}

func (s *Service) lockKey(ctx context.Context, id uuid.UUID) (APIKey, error) {
	return one[APIKey](locked(s.db.Write(ctx)).Where("id = ?", id), func() error {
		return fault.New(fault.NotFound, "api_key_not_found", "There is no such API key.")
	})
}

// readKeyByID reads a key, whether it is good or not; nil when there is none.
func (s *Service) readKeyByID(ctx context.Context, id uuid.UUID) (*APIKey, error) {
	return oneOrNil[APIKey](s.db.Read(ctx).Where("id = ?", id))
}

func (s *Service) selectKeys(ctx context.Context) ([]APIKey, error) {
	var out []APIKey
	return out, s.db.Read(ctx).Order("id DESC").Find(&out).Error
}

func (s *Service) markKeyRevoked(ctx context.Context, id uuid.UUID, now time.Time) error {
	return s.db.Write(ctx).Model(&APIKey{}).Where("id = ?", id).UpdateColumn("revoked_at", now).Error
}

func (s *Service) touchKey(ctx context.Context, id uuid.UUID, now, before time.Time) error {
	return s.db.Write(ctx).Exec("UPDATE api_keys SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at <= ?)",
		now, id, before).Error
}

func (s *Service) markKeyReplaced(ctx context.Context, id, by uuid.UUID, end time.Time) error {
	return s.db.Write(ctx).Model(&APIKey{}).Where("id = ?", id).
		UpdateColumns(map[string]any{"replaced_by": by, "expires_at": end}).Error
}

func (s *Service) saveKey(ctx context.Context, k APIKey) error {
	return s.db.Write(ctx).Model(&APIKey{}).Where("id = ?", k.ID).
		UpdateColumns(map[string]any{"name": k.Name, "origins": k.Origins, "return_addresses": k.ReturnAddresses}).Error
}

// selectLiveKeys lists the keys that were not revoked and have not run out.
func (s *Service) selectLiveKeys(ctx context.Context, now time.Time) ([]APIKey, error) {
	var out []APIKey
	err := s.db.Read(ctx).Where("revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)", now).Order("id").Find(&out).Error
	return out, err
}
