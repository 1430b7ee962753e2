package adminapi

import (
	"context"
	"net/http"
	"time"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// Me is who is signed in.
type Me struct {
	Kind         actor.Kind         `json:"kind" enum:"staff,api_key"`
	ID           string             `json:"id"`
	Name         string             `json:"name"`
	Email        string             `json:"email,omitempty"`
	Role         string             `json:"role,omitempty" doc:"The id of a role"`
	RoleName     string             `json:"role_name,omitempty"`
	Capabilities []actor.Capability `json:"capabilities"`
}

type meOutput struct{ Body Me }

type signInInput struct {
	UserAgent string `header:"User-Agent"`
	Body      struct {
		Email    string `json:"email" maxLength:"254"`
		Password string `json:"password" maxLength:"1024"`
	}
}

func (s *service) session() {
	add(s, route{method: http.MethodPost, path: "/session", id: "sign-in", tag: "Session", summary: "Sign in as a staff user",
		text: "Sets the session cookie. Whether the address is unknown or the password wrong, the answer is the same."}, s.signIn)
	add(s, route{method: http.MethodGet, path: "/session", id: "who-am-i", tag: "Session", summary: "Who is signed in"}, s.me)
	add(s, route{method: http.MethodDelete, path: "/session", id: "sign-out", tag: "Session", summary: "Sign out", status: http.StatusNoContent}, s.signOut)
}

func (s *service) signIn(ctx context.Context, in *signInInput) (*meOutput, error) {
	c := kit.Ctx(ctx)
	signed, err := s.Identity.SignInStaff(ctx, identity.SignInStaff{
		Email: in.Body.Email, Password: in.Body.Password,
		Visit: identity.Visit{Client: kit.ClientAddress(c), UserAgent: in.UserAgent, Surface: "desk"},
	})
	if err != nil {
		return nil, err
	}
	s.Jar.Set(c, kit.StaffCookie, signed.Token, time.Until(signed.Session.ExpiresAt))
	p := signed.Session.Position
	return &meOutput{meOf(kit.Visitor{Actor: signed.Session.Actor(), Email: signed.Session.Email, Role: string(p.Role), RoleName: p.Name})}, nil
}

func (s *service) me(ctx context.Context, _ *struct{}) (*meOutput, error) {
	v := kit.VisitorOf(kit.Ctx(ctx))
	if !v.Signed() {
		return nil, fault.New(fault.Unauthenticated, "sign_in_required", "Nobody is signed in.")
	}
	return &meOutput{meOf(v)}, nil
}

func meOf(v kit.Visitor) Me {
	return Me{Kind: v.Actor.Kind, ID: v.Actor.ID.String(), Name: v.Actor.Name, Email: v.Email, Role: v.Role, RoleName: v.RoleName, Capabilities: append([]actor.Capability{}, v.Actor.Capabilities...)}
}

func (s *service) signOut(ctx context.Context, _ *struct{}) (*None, error) {
	c := kit.Ctx(ctx)
	if token := s.Jar.Get(c, kit.StaffCookie); token != "" {
		if err := s.Identity.SignOut(ctx, token); err != nil {
			return nil, err
		}
		s.Jar.Clear(c, kit.StaffCookie)
	}
	return &None{}, nil
}
