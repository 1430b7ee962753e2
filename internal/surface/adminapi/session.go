package adminapi

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// SignIn answers a sign-in: with who is signed in, or with what is wanted
// next.
type SignIn struct {
	*Me
	SecondFactor []identity.Way `json:"second_factor,omitempty" doc:"The password was right; go on with one of these and the ticket"`
	Ticket       string         `json:"ticket,omitempty"`
	ExpiresAt    *time.Time     `json:"expires_at,omitempty"`
}

// TransformSchema says that of somebody from whom more is wanted nothing is
// told yet.
func (SignIn) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	s.Required = nil
	return s
}

// Ceremony is a question for the browser's authenticator.
type Ceremony struct {
	Ticket    string          `json:"ticket"`
	PublicKey json.RawMessage `json:"public_key" doc:"For PublicKeyCredential.parseRequestOptionsFromJSON or parseCreationOptionsFromJSON"`
	ExpiresAt time.Time       `json:"expires_at"`
}

type (
	signInOutput   struct{ Body SignIn }
	ceremonyOutput struct{ Body Ceremony }
	signInInput    struct {
		UserAgent string `header:"User-Agent"`
		Body      struct {
			Email    string `json:"email" maxLength:"254"`
			Password string `json:"password" maxLength:"1024"`
		}
	}
	secondFactorInput struct {
		UserAgent string `header:"User-Agent"`
		Body      struct {
			Ticket       string `json:"ticket" maxLength:"64"`
			TOTP         string `json:"totp,omitempty" maxLength:"20" doc:"Six digits from the app"`
			RecoveryCode string `json:"recovery_code,omitempty" maxLength:"40"`
		}
	}
	askPasskeyInput struct {
		Body struct {
			Ticket string `json:"ticket,omitempty" maxLength:"64" doc:"Of a right password; left out, the passkey alone signs in"`
		}
	}
	passkeyInput struct {
		UserAgent string `header:"User-Agent"`
		Body      struct {
			Ticket     string          `json:"ticket" maxLength:"64" doc:"Of the options"`
			Credential json.RawMessage `json:"credential" doc:"PublicKeyCredential.toJSON()"`
		}
	}
)

func (s *service) session() {
	const tag = "Session"
	add(s, route{method: http.MethodPost, path: "/session", id: "sign-in", errors: []int{429}, tag: tag, summary: "Sign in as a staff user",
		text: "Sets the session cookie, or asks for a second factor. Whether the address is unknown or the password wrong, the answer is the same."}, s.signIn)
	add(s, route{method: http.MethodPost, path: "/session/second-factor", id: "sign-in-second-factor", errors: []int{410, 429}, tag: tag, summary: "Go on with a code",
		text: "Of the authenticator app, or one for emergencies. Each is good once."}, s.signInSecondFactor)
	add(s, route{method: http.MethodPost, path: "/session/passkey/options", id: "ask-passkey", errors: []int{410, 429}, tag: tag, summary: "Begin with a passkey"}, s.askPasskey)
	add(s, route{method: http.MethodPost, path: "/session/passkey", id: "sign-in-passkey", errors: []int{410, 429}, tag: tag, summary: "Go on with a passkey"}, s.signInPasskey)
	add(s, route{method: http.MethodGet, path: "/session", id: "who-am-i", tag: tag, summary: "Who is signed in"}, s.me)
	add(s, route{method: http.MethodDelete, path: "/session", id: "sign-out", tag: tag, summary: "Sign out", status: http.StatusNoContent}, s.signOut)
}

// visit says where somebody signs in from.
func visit(ctx context.Context, userAgent string) identity.Visit {
	return identity.Visit{Client: kit.ClientAddress(kit.Ctx(ctx)), UserAgent: userAgent, Surface: "desk"}
}

// welcome sets the cookie of a session that has begun.
func (s *service) welcome(ctx context.Context, in identity.SignedIn, err error) (*signInOutput, error) {
	if err != nil {
		return nil, err
	}
	if in.Second != nil {
		return &signInOutput{SignIn{SecondFactor: in.Second.Ways, Ticket: in.Second.Ticket, ExpiresAt: &in.Second.ExpiresAt}}, nil
	}
	s.Jar.Set(kit.Ctx(ctx), kit.StaffCookie, in.Token, time.Until(in.Session.ExpiresAt))
	p := in.Session.Position
	m, err := s.meOf(actor.With(ctx, in.Session.Actor()), kit.Visitor{
		Actor: in.Session.Actor(), Email: in.Session.Email, Role: string(p.Role), RoleName: p.Name, MustEnrol: in.Session.MustEnrol,
	})
	return &signInOutput{SignIn{Me: m}}, err
}

func (s *service) signIn(ctx context.Context, in *signInInput) (*signInOutput, error) {
	signed, err := s.Identity.SignInStaff(ctx, identity.SignInStaff{
		Email: in.Body.Email, Password: in.Body.Password, Visit: visit(ctx, in.UserAgent),
	})
	return s.welcome(ctx, signed, err)
}

func (s *service) signInSecondFactor(ctx context.Context, in *secondFactorInput) (*signInOutput, error) {
	if (in.Body.TOTP == "") == (in.Body.RecoveryCode == "") {
		var f fault.Fields
		f.Add("/totp", "required", "Send either a code of the app or one for emergencies.")
		return nil, f.Err()
	}
	signed, err := s.Identity.SignInSecondFactor(ctx, identity.SecondFactor{
		Ticket: in.Body.Ticket, TOTP: in.Body.TOTP, RecoveryCode: in.Body.RecoveryCode, Visit: visit(ctx, in.UserAgent),
	})
	return s.welcome(ctx, signed, err)
}

func (s *service) askPasskey(ctx context.Context, in *askPasskeyInput) (*ceremonyOutput, error) {
	c, err := s.Identity.AskPasskey(ctx, in.Body.Ticket, kit.ClientAddress(kit.Ctx(ctx)))
	return &ceremonyOutput{Ceremony{c.Ticket, c.Options, c.ExpiresAt}}, err
}

func (s *service) signInPasskey(ctx context.Context, in *passkeyInput) (*signInOutput, error) {
	signed, err := s.Identity.SignInPasskey(ctx, identity.SignInPasskey{
		Ticket: in.Body.Ticket, Credential: in.Body.Credential, Visit: visit(ctx, in.UserAgent),
	})
	return s.welcome(ctx, signed, err)
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
