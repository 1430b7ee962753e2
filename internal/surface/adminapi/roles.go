package adminapi

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Role is what somebody can be at the desk.
type Role struct {
	ID           string             `json:"id" doc:"The name of a built-in role, or a UUID"`
	Name         string             `json:"name"`
	BuiltIn      bool               `json:"built_in" doc:"It cannot be changed"`
	Capabilities []actor.Capability `json:"capabilities"`
	Staff        int64              `json:"staff" doc:"How many have it, disabled ones too" etag:"-"`
}

// CapabilityText explains a capability.
type CapabilityText struct {
	Name     actor.Capability `json:"name" example:"notes.publish"`
	Group    string           `json:"group"`
	Sentence string           `json:"sentence"`
}

type (
	rolesOutput struct {
		Body struct {
			Roles []Role `json:"roles"`
		}
	}
	roleOutput         struct{ Body Role }
	capabilitiesOutput struct {
		Body struct {
			Capabilities []CapabilityText `json:"capabilities"`
		}
	}
	createRoleInput struct {
		Body struct {
			Name         string             `json:"name" maxLength:"100"`
			Capabilities []actor.Capability `json:"capabilities" maxItems:"50"`
		}
	}
	changeRoleInput struct {
		ID   string `path:"id" maxLength:"36"`
		Body struct {
			Name         *string             `json:"name,omitempty" maxLength:"100"`
			Capabilities *[]actor.Capability `json:"capabilities,omitempty" maxItems:"50"`
		}
	}
	roleID struct {
		ID string `path:"id" maxLength:"36"`
	}
)

func (s *service) roles() {
	const tag = "Staff"
	add(s, route{method: http.MethodGet, path: "/capabilities", id: "list-capabilities", tag: tag, need: actor.NotesRead,
		summary: "What can be allowed, in a sentence each"}, s.listCapabilities)
	add(s, route{method: http.MethodGet, path: "/roles", id: "list-roles", tag: tag, need: actor.NotesRead,
		summary: "List roles", text: "The built-in ones first."}, s.listRoles)
	add(s, route{method: http.MethodPost, path: "/roles", id: "create-role", tag: tag, need: actor.StaffWrite, status: http.StatusCreated,
		summary: "Make a role", text: "Nobody can give a capability they do not have."}, s.createRole)
	add(s, route{method: http.MethodPatch, path: "/roles/{id}", id: "change-role", tag: tag, need: actor.StaffWrite,
		summary: "Change a role", text: "Holds from the next request of whoever has it. Built-in roles cannot be changed."}, s.changeRole)
	add(s, route{method: http.MethodDelete, path: "/roles/{id}", id: "delete-role", tag: tag, need: actor.StaffWrite, status: http.StatusNoContent,
		summary: "Delete a role", text: "409 while somebody has it or is invited to it."}, s.deleteRole)
}

func (s *service) listCapabilities(ctx context.Context, _ *struct{}) (*capabilitiesOutput, error) {
	rights, err := s.Identity.Rights(ctx)
	if err != nil {
		return nil, err
	}
	var out capabilitiesOutput
	for _, r := range rights {
		out.Body.Capabilities = append(out.Body.Capabilities, CapabilityText{r.Capability, r.Group, r.Sentence})
	}
	return &out, nil
}

func roleOf(v identity.RoleView) Role {
	return Role{ID: string(v.Role), Name: v.Name, BuiltIn: v.Role.BuiltIn(), Capabilities: list(v.Capabilities), Staff: v.Staff}
}

func (s *service) listRoles(ctx context.Context, _ *struct{}) (*rolesOutput, error) {
	views, err := s.Identity.ListRoles(ctx)
	if err != nil {
		return nil, err
	}
	var out rolesOutput
	for _, v := range views {
		out.Body.Roles = append(out.Body.Roles, roleOf(v))
	}
	return &out, nil
}

func (s *service) createRole(ctx context.Context, in *createRoleInput) (*roleOutput, error) {
	r, err := s.Identity.CreateRole(ctx, identity.RoleInput{Name: &in.Body.Name, Capabilities: &in.Body.Capabilities})
	return s.role(ctx, r.ID, err)
}

func (s *service) changeRole(ctx context.Context, in *changeRoleInput) (*roleOutput, error) {
	id, err := ownRole(in.ID)
	if err != nil {
		return nil, err
	}
	_, err = s.Identity.ChangeOwnRole(ctx, id, identity.RoleInput{Name: in.Body.Name, Capabilities: in.Body.Capabilities})
	return s.role(ctx, id, err)
}

func (s *service) deleteRole(ctx context.Context, in *roleID) (*None, error) {
	id, err := ownRole(in.ID)
	if err != nil {
		return nil, err
	}
	return &None{}, s.Identity.DeleteRole(ctx, id)
}

// ownRole reads the id of a role that can be changed.
func ownRole(id string) (uuid.UUID, error) {
	if identity.Role(id).BuiltIn() {
		return uuid.Nil, fault.New(fault.Conflict, "role_built_in", "The built-in roles cannot be changed. Make one of your own.")
	}
	own, err := uuid.Parse(id)
	if err != nil {
		return uuid.Nil, fault.New(fault.NotFound, "role_not_found", "There is no such role.")
	}
	return own, nil
}

// role answers with a role as lists show it.
func (s *service) role(ctx context.Context, id uuid.UUID, err error) (*roleOutput, error) {
	if err != nil {
		return nil, err
	}
	views, err := s.Identity.ListRoles(ctx)
	if err != nil {
		return nil, err
	}
	for _, v := range views {
		if string(v.Role) == id.String() {
			return &roleOutput{roleOf(v)}, nil
		}
	}
	return nil, fault.New(fault.NotFound, "role_not_found", "There is no such role.")
}
