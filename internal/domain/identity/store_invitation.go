package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

func (s *Service) insertInvitation(ctx context.Context, row Invitation) error {
	err := s.db.Write(ctx).Create(&row).Error
	if !db.IsDuplicate(err) {
		return err
	}
	f := fault.New(fault.Conflict, "invitation_exists", "This address is invited already. Send the invitation again, or revoke it.")
	f.Fields = []fault.Field{{Path: "email", Code: "taken", Message: "This address is invited already."}}
	return f
}

// stillOpen narrows to invitations that were neither accepted nor revoked.
func stillOpen(q *gorm.DB) *gorm.DB { return q.Where("accepted_at IS NULL AND revoked_at IS NULL") }

func (s *Service) lockInvitation(ctx context.Context, id uuid.UUID) (Invitation, error) {
	return one[Invitation](stillOpen(locked(s.db.Write(ctx))).Where("id = ?", id), errNoInvitation)
}

// holdInvitation reads an invitation; within a transaction nobody else accepts
// it before the end.
func (s *Service) holdInvitation(ctx context.Context, id uuid.UUID) (Invitation, error) {
	if s.db.InTx(ctx) {
		return s.lockInvitation(ctx, id)
	}
	return one[Invitation](stillOpen(s.db.Read(ctx)).Where("id = ?", id), errNoInvitation)
}

func (s *Service) lockInvitationsOf(ctx context.Context, staff uuid.UUID) ([]Invitation, error) {
	var out []Invitation
	return out, stillOpen(locked(s.db.Write(ctx))).Where("invited_by = ?", staff).Order("id").Find(&out).Error
}

func (s *Service) selectInvitations(ctx context.Context) ([]Invitation, error) {
	var out []Invitation
	return out, stillOpen(s.db.Read(ctx)).Order("id DESC").Find(&out).Error
}

func (s *Service) saveInvitation(ctx context.Context, row Invitation) error {
	return s.db.Write(ctx).Model(&Invitation{}).Where("id = ?", row.ID).
		Select("sends", "expires_at", "accepted_at", "revoked_at").Updates(&row).Error
}

func (s *Service) closeExpiredInvitation(ctx context.Context, email string, now time.Time) error {
	return stillOpen(s.db.Write(ctx).Model(&Invitation{})).Where("email = ? AND expires_at <= ?", email, now).
		UpdateColumn("revoked_at", now).Error
}

// invitedTo tells whether somebody is invited to the role.
func (s *Service) invitedTo(ctx context.Context, r Role) (bool, error) {
	var n int64
	err := stillOpen(s.db.Read(ctx).Model(&Invitation{})).Where("role = ?", r).Count(&n).Error
	return n > 0, err
}

// worksHere tells whether the address is a staff user's, disabled ones too.
func (s *Service) worksHere(ctx context.Context, canonical string) (bool, error) {
	var n int64
	err := s.db.Read(ctx).Model(&Staff{}).Where("email = ?", canonical).Count(&n).Error
	return n > 0, err
}
