package identity

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

func (s *Service) insertMemberPasskey(ctx context.Context, k MemberPasskey) error {
	err := s.db.Write(ctx).Create(&k).Error
	if db.IsDuplicate(err) {
		return fault.New(fault.Conflict, "passkey_exists", "This passkey is known already.")
	}
	return err
}

func (s *Service) selectMemberPasskeys(ctx context.Context, member uuid.UUID) ([]MemberPasskey, error) {
	var out []MemberPasskey
	return out, s.db.Read(ctx).Where("member_id = ?", member).Order("id").Find(&out).Error
}

func noMemberPasskey() error {
	return fault.New(fault.NotFound, "passkey_not_found", "There is no such passkey.")
}

// lockMemberPasskey reads one of a member's passkeys for a change.
func (s *Service) lockMemberPasskey(ctx context.Context, member, id uuid.UUID) (MemberPasskey, error) {
	return one[MemberPasskey](locked(s.db.Write(ctx)).Where("id = ? AND member_id = ?", id, member), noMemberPasskey)
}

// lockMemberPasskeyByCredential finds it by what the device calls it.
func (s *Service) lockMemberPasskeyByCredential(ctx context.Context, member uuid.UUID, credential []byte) (MemberPasskey, error) {
	return one[MemberPasskey](locked(s.db.Write(ctx)).Where("member_id = ? AND credential_id = ?", member, credential), noMemberPasskey)
}

func (s *Service) saveMemberPasskey(ctx context.Context, k MemberPasskey) error {
	return s.db.Write(ctx).Model(&MemberPasskey{}).Where("id = ?", k.ID).Select("name", "credential", "last_used_at").Updates(&k).Error
}

func (s *Service) deleteMemberPasskey(ctx context.Context, id uuid.UUID) error {
	return s.db.Write(ctx).Where("id = ?", id).Delete(&MemberPasskey{}).Error
}

func (s *Service) readMemberPassword(ctx context.Context, member uuid.UUID) (*MemberPassword, error) {
	return oneOrNil[MemberPassword](s.db.Read(ctx).Where("member_id = ?", member))
}

// memberPasswordByEmail is one statement whether there is an account or not.
func (s *Service) memberPasswordByEmail(ctx context.Context, canonical string) (*MemberPassword, error) {
	return oneOrNil[MemberPassword](s.db.Read(ctx).
		Where("member_id = (SELECT id FROM members WHERE email = ? AND deleted_at IS NULL)", canonical))
}

func (s *Service) putMemberPassword(ctx context.Context, p MemberPassword) error {
	return s.db.Write(ctx).Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "member_id"}}, DoUpdates: clause.AssignmentColumns([]string{"hash", "changed_at"}),
	}).Create(&p).Error
}

func (s *Service) deleteMemberPassword(ctx context.Context, member uuid.UUID) (bool, error) {
	gone := s.db.Write(ctx).Where("member_id = ?", member).Delete(&MemberPassword{})
	return gone.RowsAffected == 1, gone.Error
}

// forgetMemberKeys drops what a member who is erased signed in with, and what
// was noticed about the account.
func (s *Service) forgetMemberKeys(ctx context.Context, member uuid.UUID) error {
	for _, row := range []any{&MemberPasskey{}, &MemberPassword{}, &MemberToken{}, &SharingAlert{}} {
		if err := s.db.Write(ctx).Where("member_id = ?", member).Delete(row).Error; err != nil {
			return err
		}
	}
	return nil
}
