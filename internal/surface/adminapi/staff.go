package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
)

// Staff is a person who works at the desk.
type Staff struct {
	ID           string     `json:"id" format:"uuid"`
	Email        string     `json:"email"`
	Name         string     `json:"name"`
	Role         string     `json:"role" doc:"The id of a role"`
	RoleName     string     `json:"role_name"`
	SecondFactor bool       `json:"second_factor" doc:"Signs in with more than a password"`
	CreatedAt    time.Time  `json:"created_at"`
	LastSeenAt   *time.Time `json:"last_seen_at,omitempty" doc:"To a quarter of an hour" etag:"-"`
	DisabledAt   *time.Time `json:"disabled_at,omitempty"`
}

type (
	staffListOutput struct {
		Body struct {
			Staff []Staff `json:"staff"`
		}
	}
	staffOutput struct{ Body Staff }
	staffID     struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
	changeStaffInput struct {
		ID   uuid.UUID `path:"id" format:"uuid"`
		Body struct {
			Name     *string `json:"name,omitempty" maxLength:"200"`
			Role     *string `json:"role,omitempty" maxLength:"36" doc:"The id of a role"`
			Disabled *bool   `json:"disabled,omitempty" doc:"A disabled colleague is signed out and cannot sign in"`
		}
	}
)

func (s *service) staff() {
	const tag = "Staff"
	add(s, route{method: http.MethodGet, path: "/staff", id: "list-staff", tag: tag, need: actor.NotesRead,
		summary: "List who works here", text: "By name, disabled ones too."}, s.listStaff)
	add(s, route{method: http.MethodGet, path: "/staff/{id}", id: "get-staff", tag: tag, need: actor.NotesRead,
		summary: "Get a staff user"}, func(ctx context.Context, in *staffID) (*staffOutput, error) { return s.oneStaff(ctx, in.ID, nil) })
	add(s, route{method: http.MethodDelete, path: "/staff/{id}/second-factor", id: "reset-second-factor", of: "/staff/{id}", tag: tag, need: actor.StaffWrite, status: http.StatusNoContent,
		summary: "Take a colleague's second factor away", text: "For whoever has lost phone and codes. Signs them out."},
		func(ctx context.Context, in *staffID) (*None, error) {
			return &None{}, s.Identity.ResetSecondFactor(ctx, in.ID)
		})
	add(s, route{method: http.MethodGet, path: "/staff/{id}/sessions", id: "list-staff-sessions", tag: tag, need: actor.StaffWrite,
		summary: "Where a colleague is signed in"}, func(ctx context.Context, in *staffID) (*sessionsOutput, error) { return s.sessionsOf(ctx, in.ID) })
	add(s, route{method: http.MethodDelete, path: "/staff/{id}/sessions", id: "end-staff-sessions", of: "/staff/{id}", tag: tag, need: actor.StaffWrite,
		summary: "Sign a colleague out everywhere"}, s.endStaffSessions)
	add(s, route{method: http.MethodPatch, path: "/staff/{id}", id: "change-staff", tag: tag, need: actor.StaffWrite,
		summary: "Change a staff user", text: "Name, role, and whether they may sign in; all of it or nothing. Nobody changes a colleague who can do more than they, and the last owner stays one."}, s.changeStaff)
}

func staffOf(v identity.StaffView) Staff {
	return Staff{
		ID: v.ID.String(), Email: v.EmailGiven, Name: v.Name, Role: string(v.Role), RoleName: v.Position.Name, SecondFactor: v.SecondFactor,
		CreatedAt: v.CreatedAt, LastSeenAt: v.LastSeenAt, DisabledAt: v.DisabledAt,
	}
}

func (s *service) listStaff(ctx context.Context, _ *struct{}) (*staffListOutput, error) {
	views, err := s.Identity.Colleagues(ctx)
	if err != nil {
		return nil, err
	}
	var out staffListOutput
	out.Body.Staff = make([]Staff, len(views))
	for i, v := range views {
		out.Body.Staff[i] = staffOf(v)
	}
	return &out, nil
}

func (s *service) oneStaff(ctx context.Context, id uuid.UUID, err error) (*staffOutput, error) {
	if err != nil {
		return nil, err
	}
	v, err := s.Identity.Colleague(ctx, id)
	if err != nil {
		return nil, err
	}
	return &staffOutput{staffOf(v)}, nil
}

func (s *service) changeStaff(ctx context.Context, in *changeStaffInput) (*staffOutput, error) {
	change := identity.StaffChange{Name: in.Body.Name, Disabled: in.Body.Disabled}
	if in.Body.Role != nil {
		role := identity.Role(*in.Body.Role)
		change.Role = &role
	}
	return s.oneStaff(ctx, in.ID, s.Identity.ChangeStaff(ctx, in.ID, change))
}

func (s *service) endStaffSessions(ctx context.Context, in *staffID) (*endedOutput, error) {
	n, err := s.Identity.SignOutEverywhere(ctx, actor.Staff, in.ID)
	var out endedOutput
	out.Body.Ended = n
	return &out, err
}
