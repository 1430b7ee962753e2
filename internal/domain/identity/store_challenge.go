package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"lighttrends/internal/platform/db"
)

func (s *Service) insertChallenge(ctx context.Context, c Challenge) error {
	return s.db.Write(ctx).Create(&c).Error
}

// readChallenge finds an open challenge.
func (s *Service) readChallenge(ctx context.Context, p Purpose, hash []byte) (Challenge, error) {
	return one[Challenge](s.db.Read(ctx).
		Where("token_hash = ? AND purpose = ? AND expires_at > ? AND tries < ?", hash, p, s.clock.Now(), maxChallengeTries), ticketSpent)
}

// tryChallenge counts a try before it is looked at, and refuses the one after
// the last.
func (s *Service) tryChallenge(ctx context.Context, p Purpose, hash []byte) (Challenge, error) {
	counted := s.db.Write(ctx).Model(&Challenge{}).
		Where("token_hash = ? AND purpose = ? AND expires_at > ? AND tries < ?", hash, p, s.clock.Now(), maxChallengeTries).
		UpdateColumn("tries", gorm.Expr("tries + 1"))
	if counted.Error != nil {
		return Challenge{}, counted.Error
	}
	if counted.RowsAffected == 0 {
		return Challenge{}, ticketSpent()
	}
	return one[Challenge](s.db.Read(ctx).Where("token_hash = ?", hash), ticketSpent)
}

// takeChallenge deletes an open challenge and returns it. Of two at once,
// exactly one gets it.
func (s *Service) takeChallenge(ctx context.Context, hash []byte, purposes ...Purpose) (Challenge, error) {
	found, err := one[Challenge](locked(s.db.Write(ctx)).
		Where("token_hash = ? AND purpose IN ? AND expires_at > ?", hash, purposes, s.clock.Now()), ticketSpent)
	if err != nil {
		return found, err
	}
	return found, s.deleteChallenge(ctx, found.ID)
}

// deleteChallenge is refused when somebody else was faster.
func (s *Service) deleteChallenge(ctx context.Context, id uuid.UUID) error {
	gone := s.db.Write(ctx).Where("id = ?", id).Delete(&Challenge{})
	if gone.Error == nil && gone.RowsAffected == 0 {
		return ticketSpent()
	}
	return gone.Error
}

// deleteChallenges ends whatever somebody had begun.
func (s *Service) deleteChallenges(ctx context.Context, staff uuid.UUID) error {
	return s.db.Write(ctx).Where("staff_id = ?", staff).Delete(&Challenge{}).Error
}

// confirmSession notes that the password was shown in this session.
func (s *Service) confirmSession(ctx context.Context, id uuid.UUID, now time.Time) error {
	return s.db.Write(ctx).Model(&Session{}).Where("id = ? AND revoked_at IS NULL", id).UpdateColumn("confirmed_at", now).Error
}

// confirmedAt says when the password was last shown in this session; nil for
// never.
func (s *Service) confirmedAt(ctx context.Context, id uuid.UUID) (*time.Time, error) {
	var row Session
	err := s.db.Read(ctx).Select("confirmed_at").Where("id = ? AND revoked_at IS NULL", id).Take(&row).Error
	if db.IsNotFound(err) {
		return nil, nil
	}
	return row.ConfirmedAt, err
}
