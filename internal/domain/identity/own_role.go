package identity

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// OwnRole is a role that the publication made itself.
type OwnRole struct {
	ID           uuid.UUID      `gorm:"type:uuid;primaryKey"`
	Name         string         `gorm:"not null"`
	NameFolded   string         `gorm:"not null"` // unique
	Capabilities CapabilityList `gorm:"type:jsonb;not null"`
	CreatedAt    time.Time      `gorm:"not null"`
	UpdatedAt    time.Time      `gorm:"not null"`
}

// TableName implements gorm's Tabler.
func (OwnRole) TableName() string { return "roles" }

func (r OwnRole) position() Position {
	return Position{Role: Role(r.ID.String()), Name: r.Name, Capabilities: r.Capabilities}
}

// CapabilityList is a set of capabilities, stored as a JSON array.
type CapabilityList []actor.Capability

// Value implements driver.Valuer.
func (l CapabilityList) Value() (driver.Value, error) {
	b, err := json.Marshal([]actor.Capability(l))
	return string(b), err
}

// Scan implements sql.Scanner. A capability that this program does not know
// (any more) opens nothing and is left out.
func (l *CapabilityList) Scan(v any) error {
	var raw []byte
	switch v := v.(type) {
	case []byte:
		raw = v
	case string:
		raw = []byte(v)
	default:
		return fmt.Errorf("identity: capabilities are a %T", v)
	}
	var all []actor.Capability
	if err := json.Unmarshal(raw, &all); err != nil {
		return err
	}
	*l = ordered(all)
	return nil
}

// ordered brings capabilities into the order pages show them, each once.
func ordered(list []actor.Capability) []actor.Capability {
	return slices.DeleteFunc(actor.All(), func(c actor.Capability) bool { return !slices.Contains(list, c) })
}

// RoleInput describes a role to be made or changed. Nil fields stay as they
// are.
type RoleInput struct {
	Name         *string
	Capabilities *[]actor.Capability
}

// over lays the input over a role and lists every broken rule.
func (in RoleInput) over(r *OwnRole) error {
	var f fault.Fields
	if in.Name != nil {
		r.Name = requiredName(&f, *in.Name)
		r.NameFolded = fold(r.Name)
		f.Check(!Role(r.NameFolded).BuiltIn(), "name", "taken", "This is the name of a built-in role.")
	}
	if in.Capabilities != nil {
		for _, c := range *in.Capabilities {
			f.Check(slices.Contains(actor.All(), c), "capabilities", "unknown", "There is no such capability.")
		}
		r.Capabilities = ordered(*in.Capabilities)
	}
	f.Check(slices.Contains(r.Capabilities, actor.NotesRead), "capabilities", "required",
		"Every role can read notes at the desk: nothing works without it.")
	return f.Err()
}

// mayGive refuses to hand on what one does not have.
func mayGive(ctx context.Context, caps []actor.Capability) error {
	if within(caps, actor.From(ctx).Capabilities) {
		return nil
	}
	return fault.New(fault.Forbidden, "capability_missing", "Nobody can give or take rights that they do not have themselves.")
}

// CreateRole makes a role of the publication's own. It needs staff.write and
// every capability the role gets.
func (s *Service) CreateRole(ctx context.Context, in RoleInput) (OwnRole, error) {
	if err := actor.Require(ctx, actor.StaffWrite); err != nil {
		return OwnRole{}, err
	}
	if in.Name == nil {
		in.Name = new(string)
	}
	now := s.clock.Now()
	r := OwnRole{ID: db.NewID(), CreatedAt: now, UpdatedAt: now}
	if err := in.over(&r); err != nil {
		return r, err
	}
	if err := mayGive(ctx, r.Capabilities); err != nil {
		return r, err
	}
	return r, s.db.Tx(ctx, func(ctx context.Context) error {
		if err := s.insertRole(ctx, r); err != nil {
			return err
		}
		return s.recordRole(ctx, "role.created", r)
	})
}

// ChangeOwnRole renames a role of the publication's own or gives it other
// capabilities, which hold from the next request of whoever has it. It needs
// staff.write and every capability the role had and gets.
func (s *Service) ChangeOwnRole(ctx context.Context, id uuid.UUID, in RoleInput) (r OwnRole, err error) {
	if err := actor.Require(ctx, actor.StaffWrite); err != nil {
		return r, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		if r, err = s.lockRole(ctx, id); err != nil {
			return err
		}
		before := r
		if err := in.over(&r); err != nil {
			return err
		}
		if err := mayGive(ctx, append(slices.Clone(before.Capabilities), r.Capabilities...)); err != nil {
			return err
		}
		if r.Name == before.Name && slices.Equal(r.Capabilities, before.Capabilities) {
			return nil
		}
		r.UpdatedAt = s.clock.Now()
		if err := s.saveRole(ctx, r); err != nil {
			return err
		}
		return s.recordRole(ctx, "role.changed", r)
	})
	return r, err
}

// DeleteRole takes a role away that nobody has and nobody is invited to. It
// needs staff.write.
func (s *Service) DeleteRole(ctx context.Context, id uuid.UUID) error {
	if err := actor.Require(ctx, actor.StaffWrite); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		r, err := s.lockRole(ctx, id)
		if err != nil {
			return err
		}
		if err := mayGive(ctx, r.Capabilities); err != nil {
			return err
		}
		used, err := s.roleInUse(ctx, r.position().Role)
		if err != nil {
			return err
		}
		invited, err := s.invitedTo(ctx, r.position().Role)
		if err != nil {
			return err
		}
		if used || invited {
			return fault.New(fault.Conflict, "role_in_use", "Somebody has this role, or is invited to it. Give them another first.")
		}
		if err := s.deleteRole(ctx, id); err != nil {
			return err
		}
		return s.recordRole(ctx, "role.deleted", r)
	})
}

func (s *Service) recordRole(ctx context.Context, verb string, r OwnRole) error {
	return s.record(ctx, verb, "role", r.ID.String(), map[string]any{"name": r.Name, "capabilities": r.Capabilities})
}

// RoleView is a role as lists show it.
type RoleView struct {
	Position
	Staff int64 // how many have it, disabled ones too
}

// ListRoles lists the built-in roles, the highest first, and then the
// publication's own by name. It needs notes.read.
func (s *Service) ListRoles(ctx context.Context) ([]RoleView, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	own, err := s.selectRoles(ctx)
	if err != nil {
		return nil, err
	}
	many, err := s.countByRole(ctx)
	if err != nil {
		return nil, err
	}
	var out []RoleView
	for _, r := range slices.Backward(Roles()) {
		out = append(out, RoleView{builtIn(r), many[r]})
	}
	for _, r := range own {
		p := r.position()
		out = append(out, RoleView{p, many[p.Role]})
	}
	return out, nil
}

// position says what a role stands for now. In a transaction that changes
// something it holds the role, so that it is not deleted meanwhile.
func (s *Service) position(ctx context.Context, r Role) (Position, error) {
	if r.BuiltIn() {
		return builtIn(r), nil
	}
	id, err := uuid.Parse(string(r))
	if err != nil {
		return Position{}, errNoRole()
	}
	own, err := s.holdRole(ctx, id)
	return own.position(), err
}

// assignable refuses a role that the actor cannot give. One that does not
// exist is a broken rule of the input.
func (s *Service) assignable(ctx context.Context, r Role) error {
	p, err := s.position(ctx, r)
	if fault.HasCode(err, "role_not_found") {
		var f fault.Fields
		f.Add("role", "unknown", "There is no such role.")
		return f.Err()
	}
	if err != nil {
		return err
	}
	return mayGive(ctx, p.Capabilities)
}
