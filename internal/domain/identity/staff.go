package identity

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// Staff is a person who works at the desk.
type Staff struct {
	ID           uuid.UUID  `gorm:"type:uuid;primaryKey"`
	Email        string     `gorm:"not null"` // canonical and unique
	EmailGiven   string     `gorm:"not null"`
	Name         string     `gorm:"not null"`
	Role         Role       `gorm:"not null"`
	PasswordHash string     `gorm:"not null"` // Argon2id, with its parameters
	CreatedAt    time.Time  `gorm:"not null"`
	UpdatedAt    time.Time  `gorm:"not null"`
	LastSeenAt   *time.Time // to a quarter of an hour
	DisabledAt   *time.Time
}

// TableName implements gorm's Tabler.
func (Staff) TableName() string { return "staff" }

// CreateStaff asks for a staff user.
type CreateStaff struct {
	Email, Name string
	Role        Role
	Password    string
}

func (in CreateStaff) validate(roleKnown bool) (Staff, error) {
	email, err := ParseEmail(in.Email)
	f := fieldsOf(err)
	name := requiredName(&f, in.Name)
	f.Check(roleKnown, "role", "unknown", "There is no such role.")
	local, _, _ := strings.Cut(email.Canonical, "@")
	checkPassword(&f, "password", in.Password, email.Canonical, email.Given, local, name)
	return Staff{Email: email.Canonical, EmailGiven: email.Given, Name: name, Role: in.Role}, f.Err()
}

// CreateStaff makes a staff user. It needs staff.write and every capability of
// the role.
func (s *Service) CreateStaff(ctx context.Context, in CreateStaff) (Staff, error) {
	if err := actor.Require(ctx, actor.StaffWrite); err != nil {
		return Staff{}, err
	}
	u, err := s.newStaff(ctx, in)
	if err != nil {
		return Staff{}, err
	}
	return u, s.db.Tx(ctx, func(ctx context.Context) error {
		if err := s.assignable(ctx, u.Role); err != nil {
			return err
		}
		return s.addStaff(ctx, u)
	})
}

// newStaff checks the input and hashes the password, outside of any
// transaction because that takes long.
func (s *Service) newStaff(ctx context.Context, in CreateStaff) (Staff, error) {
	_, err := s.position(ctx, in.Role)
	if err != nil && !fault.HasCode(err, "role_not_found") {
		return Staff{}, err
	}
	u, err := in.validate(err == nil)
	if err != nil {
		return u, err
	}
	u.ID, u.CreatedAt = db.NewID(), s.clock.Now()
	u.UpdatedAt = u.CreatedAt
	u.PasswordHash, err = s.passwords.hash(ctx, in.Password)
	return u, err
}

func (s *Service) addStaff(ctx context.Context, u Staff) error {
	if err := s.insertStaff(ctx, u); err != nil {
		return err
	}
	return s.record(ctx, "staff.created", "staff", u.ID.String(), map[string]any{"role": u.Role})
}

// ListStaff lists the staff users by name, disabled ones too. Everybody at the
// desk may see their colleagues; it needs notes.read.
func (s *Service) ListStaff(ctx context.Context) ([]Staff, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	return s.selectStaff(ctx)
}

// StaffUser returns one staff user. It needs notes.read.
func (s *Service) StaffUser(ctx context.Context, id uuid.UUID) (Staff, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return Staff{}, err
	}
	return s.readStaff(ctx, id)
}

// RenameStaff gives a staff user another name. Staff do it for themselves; for
// others it needs staff.write.
func (s *Service) RenameStaff(ctx context.Context, id uuid.UUID, name string) (Staff, error) {
	if err := selfOr(ctx, actor.Staff, id, actor.StaffWrite); err != nil {
		return Staff{}, err
	}
	var f fault.Fields
	clean := requiredName(&f, name)
	if err := f.Err(); err != nil {
		return Staff{}, err
	}
	return s.changeStaff(ctx, id, func(ctx context.Context, u *Staff) error {
		u.Name = clean
		return s.record(ctx, "staff.renamed", "staff", id.String(), nil)
	})
}

// ChangeRole gives a staff user another role, which holds from their next
// request on. It needs staff.write and every capability of the role; the last
// owner stays one.
func (s *Service) ChangeRole(ctx context.Context, id uuid.UUID, role Role) (Staff, error) {
	if err := actor.Require(ctx, actor.StaffWrite); err != nil {
		return Staff{}, err
	}
	return s.changeStaff(ctx, id, func(ctx context.Context, u *Staff) error {
		from := u.Role
		if from == role {
			return nil
		}
		if err := s.assignable(ctx, role); err != nil {
			return err
		}
		u.Role = role
		if err := s.revokeInvitationsOf(ctx, id); err != nil {
			return err
		}
		return s.record(ctx, "staff.role_changed", "staff", id.String(), map[string]any{"from": from, "to": role})
	})
}

// Disable ends a staff user's access: at their next request they are signed
// out. It needs staff.write; the last owner cannot be disabled.
func (s *Service) Disable(ctx context.Context, id uuid.UUID) (Staff, error) {
	if err := actor.Require(ctx, actor.StaffWrite); err != nil {
		return Staff{}, err
	}
	return s.changeStaff(ctx, id, func(ctx context.Context, u *Staff) error {
		if u.DisabledAt != nil {
			return nil
		}
		now := s.clock.Now()
		u.DisabledAt = &now
		if err := s.revokeInvitationsOf(ctx, id); err != nil {
			return err
		}
		if err := s.deleteChallenges(ctx, id); err != nil {
			return err
		}
		if _, err := s.revokeSessions(ctx, actor.Staff, id, uuid.Nil); err != nil {
			return err
		}
		return s.record(ctx, "staff.disabled", "staff", id.String(), nil)
	})
}

// Enable lets a disabled staff user sign in again. It needs staff.write.
func (s *Service) Enable(ctx context.Context, id uuid.UUID) (Staff, error) {
	if err := actor.Require(ctx, actor.StaffWrite); err != nil {
		return Staff{}, err
	}
	return s.changeStaff(ctx, id, func(ctx context.Context, u *Staff) error {
		if u.DisabledAt == nil {
			return nil
		}
		u.DisabledAt = nil
		return s.record(ctx, "staff.enabled", "staff", id.String(), nil)
	})
}

// changeStaff loads, changes and saves a staff user. Nobody changes a colleague
// who can do more than they, and nothing leaves the house without somebody to
// let others in. All owners are locked first: two who take the role from each
// other at the same moment come one after the other.
func (s *Service) changeStaff(ctx context.Context, id uuid.UUID, change func(context.Context, *Staff) error) (u Staff, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		owners, err := s.lockOwners(ctx)
		if err != nil {
			return err
		}
		if u, err = s.lockStaff(ctx, id); err != nil {
			return err
		}
		if err := s.mayTouch(ctx, u); err != nil {
			return err
		}
		if err := change(ctx, &u); err != nil {
			return err
		}
		if len(owners) == 1 && owners[0] == id && (u.Role != Owner || u.DisabledAt != nil) {
			return fault.New(fault.Conflict, "last_owner", "This is the last owner. Make somebody else an owner first.")
		}
		u.UpdatedAt = s.clock.Now()
		return s.saveStaff(ctx, u)
	})
	return u, err
}

// mayTouch refuses to change a colleague who can do more. Everybody may change
// themselves, as far as the verb allows it.
func (s *Service) mayTouch(ctx context.Context, u Staff) error {
	if who := actor.From(ctx); who.Kind == actor.Staff && who.ID == u.ID {
		return nil
	}
	p, err := s.position(ctx, u.Role)
	if err != nil {
		return err
	}
	return mayGive(ctx, p.Capabilities)
}
