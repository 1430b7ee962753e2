package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
)

func (s *Service) insertMemberToken(ctx context.Context, t MemberToken) error {
	return s.db.Write(ctx).Create(&t).Error
}

func (s *Service) selectMemberTokens(ctx context.Context, member uuid.UUID) ([]MemberToken, error) {
	var out []MemberToken
	return out, s.db.Read(ctx).Where("member_id = ?", member).Order("id DESC").Find(&out).Error
}

// takeMemberToken deletes one of a member's tokens and returns it.
func (s *Service) takeMemberToken(ctx context.Context, member, id uuid.UUID) (MemberToken, error) {
	t, err := one[MemberToken](locked(s.db.Write(ctx)).Where("id = ? AND member_id = ?", id, member), func() error { return errNoToken })
	if err != nil {
		return t, err
	}
	return t, s.db.Write(ctx).Where("id = ?", id).Delete(&MemberToken{}).Error
}

func (s *Service) dropMemberTokens(ctx context.Context, member uuid.UUID) (int64, error) {
	gone := s.db.Write(ctx).Where("member_id = ?", member).Delete(&MemberToken{})
	return gone.RowsAffected, gone.Error
}

func (s *Service) touchMemberToken(ctx context.Context, id uuid.UUID, now, before time.Time) error {
	return s.db.Write(ctx).Exec("UPDATE member_tokens SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at <= ?)",
		now, id, before).Error
}
