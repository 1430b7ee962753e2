package identity

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// StaffView is a staff user as lists show them.
type StaffView struct {
	Staff
	Position     Position
	SecondFactor bool // signs in with more than a password
}

// Colleagues lists the staff users by name with what they may do, disabled
// ones too. It needs notes.read.
func (s *Service) Colleagues(ctx context.Context) ([]StaffView, error) {
	all, err := s.ListStaff(ctx)
	if err != nil {
		return nil, err
	}
	return s.viewStaff(ctx, all...)
}

// Colleague returns one staff user with what they may do. It needs notes.read.
func (s *Service) Colleague(ctx context.Context, id uuid.UUID) (StaffView, error) {
	u, err := s.StaffUser(ctx, id)
	if err != nil {
		return StaffView{}, err
	}
	views, err := s.viewStaff(ctx, u)
	if err != nil {
		return StaffView{}, err
	}
	return views[0], nil
}

func (s *Service) viewStaff(ctx context.Context, all ...Staff) ([]StaffView, error) {
	own, err := s.selectRoles(ctx)
	if err != nil {
		return nil, err
	}
	positions := map[Role]Position{}
	for _, r := range own {
		p := r.position()
		positions[p.Role] = p
	}
	for _, r := range Roles() {
		positions[r] = builtIn(r)
	}
	strong, err := s.strongStaff(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]StaffView, len(all))
	for i, u := range all {
		out[i] = StaffView{Staff: u, Position: positions[u.Role], SecondFactor: strong[u.ID]}
	}
	return out, nil
}

// StaffChange names what is to change about a staff user. Nil fields stay.
type StaffChange struct {
	Name     *string
	Role     *Role
	Disabled *bool
}

// ChangeStaff changes several things about a staff user, all or none. It needs
// what each of them needs.
func (s *Service) ChangeStaff(ctx context.Context, id uuid.UUID, c StaffChange) error {
	if err := actor.Require(ctx, actor.StaffWrite); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		if c.Name != nil {
			if _, err := s.RenameStaff(ctx, id, *c.Name); err != nil {
				return err
			}
		}
		if c.Role != nil {
			if _, err := s.ChangeRole(ctx, id, *c.Role); err != nil {
				return err
			}
		}
		if c.Disabled == nil {
			return nil
		}
		return s.switchStaff(ctx, id, *c.Disabled)
	})
}

func (s *Service) switchStaff(ctx context.Context, id uuid.UUID, off bool) (err error) {
	if off {
		_, err = s.Disable(ctx, id)
	} else {
		_, err = s.Enable(ctx, id)
	}
	return err
}
