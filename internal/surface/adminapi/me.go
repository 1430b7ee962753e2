package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// Me is who is signed in.
type Me struct {
	Kind           actor.Kind         `json:"kind" enum:"staff,api_key"`
	ID             string             `json:"id"`
	Name           string             `json:"name"`
	Email          string             `json:"email,omitempty"`
	Role           string             `json:"role,omitempty" doc:"The id of a role"`
	RoleName       string             `json:"role_name,omitempty"`
	Capabilities   []actor.Capability `json:"capabilities"`
	Factors        *Factors           `json:"factors,omitempty" doc:"Of a staff user"`
	MustEnrol      bool               `json:"must_enrol,omitempty" doc:"The owner requires a second factor; add one before anything else"`
	ConfirmedUntil *time.Time         `json:"confirmed_until,omitempty" doc:"Until then the account's own security can be changed without the password" etag:"-"`
}

// Factors are what a staff user has beside a password.
type Factors struct {
	TOTP         bool  `json:"totp"`
	Passkeys     int64 `json:"passkeys"`
	RecoveryLeft int64 `json:"recovery_codes_left"`
}

type (
	meOutput      struct{ Body Me }
	renameMeInput struct {
		Body struct {
			Name string `json:"name" maxLength:"200"`
		}
	}
	myPasswordInput struct {
		Body struct {
			Current string `json:"current_password" maxLength:"1024"`
			New     string `json:"new_password" maxLength:"1024"`
		}
	}
	confirmInput struct {
		Body struct {
			Password string `json:"password" maxLength:"1024"`
		}
	}
	confirmOutput struct {
		Body struct {
			ConfirmedUntil time.Time `json:"confirmed_until"`
		}
	}
)

func (s *service) myself() {
	const tag = "Me"
	add(s, route{method: http.MethodGet, path: "/me", id: "get-me", tag: tag, self: true, keys: true, summary: "Who is signed in"}, s.me)
	add(s, route{method: http.MethodPatch, path: "/me", id: "change-me", tag: tag, self: true, summary: "Change one's name"}, s.renameMe)
	add(s, route{method: http.MethodPut, path: "/me/password", id: "change-my-password", errors: []int{429}, pure: true, tag: tag, self: true, status: http.StatusNoContent,
		summary: "Change one's password", text: "Ends all other sessions."}, s.changeMyPassword)
	add(s, route{method: http.MethodPost, path: "/me/confirmation", id: "confirm-me", errors: []int{429}, pure: true, tag: tag, self: true,
		summary: "Show the password once more", text: "Opens the changes that answer 403 confirmation_required, for half an hour."}, s.confirmMe)
	s.mySessions()
	s.myFactors()
	s.myPasskeys()
}

func (s *service) me(ctx context.Context, _ *struct{}) (*meOutput, error) {
	v := kit.VisitorOf(kit.Ctx(ctx))
	if !v.Signed() {
		return nil, fault.New(fault.Unauthenticated, "sign_in_required", "Nobody is signed in.")
	}
	m, err := s.meOf(ctx, v)
	if err != nil {
		return nil, err
	}
	return &meOutput{*m}, nil
}

// meOf says who somebody is. ctx acts as them.
func (s *service) meOf(ctx context.Context, v kit.Visitor) (*Me, error) {
	m := &Me{
		Kind: v.Actor.Kind, ID: v.Actor.ID.String(), Name: v.Actor.Name, Email: v.Email, Role: v.Role, RoleName: v.RoleName,
		Capabilities: list(v.Actor.Capabilities), MustEnrol: v.MustEnrol,
	}
	if v.Actor.Kind != actor.Staff {
		return m, nil
	}
	f, err := s.Identity.MyFactors(ctx)
	if err != nil {
		return nil, err
	}
	m.Factors = &Factors{f.TOTP, f.Passkeys, f.RecoveryLeft}
	until, err := s.Identity.ConfirmedUntil(ctx)
	if err == nil && !until.IsZero() {
		m.ConfirmedUntil = &until
	}
	return m, err
}

// myID is the staff user who asks.
func myID(ctx context.Context) uuid.UUID { return actor.From(ctx).ID }

func (s *service) renameMe(ctx context.Context, in *renameMeInput) (*meOutput, error) {
	u, err := s.Identity.RenameStaff(ctx, myID(ctx), in.Body.Name)
	if err != nil {
		return nil, err
	}
	v := kit.VisitorOf(kit.Ctx(ctx))
	v.Actor.Name = u.Name
	m, err := s.meOf(ctx, v)
	if err != nil {
		return nil, err
	}
	return &meOutput{*m}, nil
}

func (s *service) changeMyPassword(ctx context.Context, in *myPasswordInput) (*None, error) {
	return &None{}, s.Identity.ChangePassword(ctx, identity.ChangePassword{Staff: myID(ctx), Current: in.Body.Current, New: in.Body.New})
}

func (s *service) confirmMe(ctx context.Context, in *confirmInput) (*confirmOutput, error) {
	until, err := s.Identity.Confirm(ctx, in.Body.Password)
	var out confirmOutput
	out.Body.ConfirmedUntil = until
	return &out, err
}
