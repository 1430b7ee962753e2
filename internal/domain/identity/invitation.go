package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// An invitation is good for a day, a week or a month; a week if nobody says.
const usualDays = 7

func errInvitationDays() error {
	var f fault.Fields
	f.Check(false, "days", "unknown", "1, 7 or 30.")
	return f.Err()
}

// goodFor is how long an invitation lives after each of its mails.
func goodFor(days int) time.Duration { return time.Duration(days) * 24 * time.Hour }

// Invitation asks somebody to work at the desk. At most one is open for an
// address.
type Invitation struct {
	ID         uuid.UUID  `gorm:"type:uuid;primaryKey"`
	Email      string     `gorm:"not null"` // canonical
	EmailGiven string     `gorm:"not null"`
	Role       Role       `gorm:"not null"`
	InvitedBy  *uuid.UUID `gorm:"type:uuid"`          // a staff user; nil when the system did
	Sends      int64      `gorm:"not null"`           // only the link of the newest mail is good
	Days       int        `gorm:"not null;default:7"` // for which each mail is good
	CreatedAt  time.Time  `gorm:"not null"`
	ExpiresAt  time.Time  `gorm:"not null"`
	AcceptedAt *time.Time
	RevokedAt  *time.Time
}

// InvitationView is an invitation as lists show it.
type InvitationView struct {
	Invitation
	Position Position
	Inviter  string // name; empty when the system did or they are gone
	Expired  bool
}

func errNoInvitation() error {
	return fault.New(fault.NotFound, "invitation_not_found", "There is no such invitation, or it is not open any more.")
}

// Invite asks somebody to work here, by mail. It needs staff.write and every
// capability of the role. The days are 1, 7 or 30; 0 is 7.
func (s *Service) Invite(ctx context.Context, email string, role Role, days int) (InvitationView, error) {
	if err := actor.Require(ctx, actor.StaffWrite); err != nil {
		return InvitationView{}, err
	}
	if days == 0 {
		days = usualDays
	}
	if days != 1 && days != usualDays && days != 30 {
		return InvitationView{}, errInvitationDays()
	}
	address, err := ParseEmail(email)
	if err != nil {
		return InvitationView{}, err
	}
	now := s.clock.Now()
	row := Invitation{
		ID: db.NewID(), Email: address.Canonical, EmailGiven: address.Given, Role: role, Sends: 1, Days: days,
		CreatedAt: now, ExpiresAt: now.Add(goodFor(days)),
	}
	if who := actor.From(ctx); who.Kind == actor.Staff {
		row.InvitedBy = &who.ID
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error { return s.invite(ctx, row) })
	if err != nil {
		return InvitationView{}, err
	}
	return s.viewInvitation(ctx, row)
}

func (s *Service) invite(ctx context.Context, row Invitation) error {
	if err := s.assignable(ctx, row.Role); err != nil {
		return err
	}
	works, err := s.worksHere(ctx, row.Email)
	if err != nil {
		return err
	}
	if works {
		return errStaffExists()
	}
	// One that has run out makes room; the link in its mail is dead anyway.
	if err := s.closeExpiredInvitation(ctx, row.Email, row.CreatedAt); err != nil {
		return err
	}
	if err := s.insertInvitation(ctx, row); err != nil {
		return err
	}
	return s.mailInvitation(ctx, row, "invitation.sent")
}

// mailInvitation puts the letter into the queue and tells the journal.
func (s *Service) mailInvitation(ctx context.Context, row Invitation, verb string) error {
	if err := s.db.Enqueue(ctx, SendInvitationMail{ID: row.ID, Sends: row.Sends}, nil); err != nil {
		return err
	}
	return s.record(ctx, verb, "invitation", row.ID.String(), map[string]any{"role": row.Role})
}

// InviteAgain sends another mail, good for as many days as the first was, from
// now; the links of the older ones end. It needs what [Service.Invite] needs.
func (s *Service) InviteAgain(ctx context.Context, id uuid.UUID) (InvitationView, error) {
	if err := actor.Require(ctx, actor.StaffWrite); err != nil {
		return InvitationView{}, err
	}
	row, err := s.holdInvitation(ctx, id)
	if err != nil {
		return InvitationView{}, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context) (err error) {
		if err := s.assignable(ctx, row.Role); err != nil {
			return err
		}
		if row, err = s.lockInvitation(ctx, id); err != nil {
			return err
		}
		row.Sends++
		row.ExpiresAt = s.clock.Now().Add(goodFor(row.Days))
		if err := s.saveInvitation(ctx, row); err != nil {
			return err
		}
		return s.mailInvitation(ctx, row, "invitation.sent_again")
	})
	if err != nil {
		return InvitationView{}, err
	}
	return s.viewInvitation(ctx, row)
}

// RevokeInvitation takes an invitation back. It needs staff.write.
func (s *Service) RevokeInvitation(ctx context.Context, id uuid.UUID) error {
	if err := actor.Require(ctx, actor.StaffWrite); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		row, err := s.lockInvitation(ctx, id)
		if err != nil {
			return err
		}
		return s.revokeInvitation(ctx, row)
	})
}

func (s *Service) revokeInvitation(ctx context.Context, row Invitation) error {
	now := s.clock.Now()
	row.RevokedAt = &now
	if err := s.saveInvitation(ctx, row); err != nil {
		return err
	}
	return s.record(ctx, "invitation.revoked", "invitation", row.ID.String(), nil)
}

// revokeInvitationsOf takes back what somebody has sent who may do less from
// now on: nobody leaves a door open behind them.
func (s *Service) revokeInvitationsOf(ctx context.Context, staff uuid.UUID) error {
	rows, err := s.lockInvitationsOf(ctx, staff)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := s.revokeInvitation(ctx, row); err != nil {
			return err
		}
	}
	return nil
}

// ListInvitations lists the open invitations, newest first, those that have
// run out too. It needs staff.write.
func (s *Service) ListInvitations(ctx context.Context) ([]InvitationView, error) {
	if err := actor.Require(ctx, actor.StaffWrite); err != nil {
		return nil, err
	}
	rows, err := s.selectInvitations(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]InvitationView, len(rows))
	for i, row := range rows {
		if out[i], err = s.viewInvitation(ctx, row); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *Service) viewInvitation(ctx context.Context, row Invitation) (v InvitationView, err error) {
	v.Invitation, v.Expired = row, !row.ExpiresAt.After(s.clock.Now())
	if v.Position, err = s.position(ctx, row.Role); err != nil {
		return v, err
	}
	if row.InvitedBy == nil {
		return v, nil
	}
	u, err := s.readStaff(ctx, *row.InvitedBy)
	if fault.HasCode(err, "staff_not_found") {
		return v, nil
	}
	v.Inviter = u.Name
	return v, err
}
