// Package memberapi lets other front ends sign members in: they ask for a mail
// with a code, exchange the code for a token, and send the token with requests
// to the Content API. The token is a session like any other: the member sees
// it on the account page and can end it there. With it, or with the portal's
// cookie, members buy, and look after what they bought: everything the portal
// can do.
package memberapi

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// Prefix is where the API lives.
const Prefix = "/api/member/v1"

// Surface names this face in sessions and sign-in mails.
const Surface = "member-api"

// Standing says what a member has bought.
type Standing interface {
	OpenPlans(ctx context.Context, r kit.Visitor) ([]string, error)
}

// Deps is what the API needs.
type Deps struct {
	Identity   *identity.Service
	Standing   Standing
	Billing    *billing.Office
	Library    Library
	Gatekeeper Gatekeeper
	Copies     Copies
	Reading    *library.Room
	BaseURL    string // of the portal
	Jar        kit.Jar
	Member     kit.Resolve
	Now        func() time.Time
}

type service struct {
	Deps
	api *kit.API
}

// secured says that an operation is for members.
func secured() []map[string][]string { return []map[string][]string{{"memberToken": {}}} }

// Register adds the API to the server.
func Register(srv *kit.Server, d Deps) *kit.API {
	s := &service{Deps: d}
	api := srv.NewAPI(kit.APIInfo{
		Prefix: Prefix, Title: "lighttrends Member API", Version: "1.0.0",
		Description: "Sign members in from any front end, and let them buy and look after their subscriptions. Signing in and registering are one flow.",
		Security:    map[string]*huma.SecurityScheme{"memberToken": {Type: "http", Scheme: "bearer"}},
	}, visitors(d)...)
	kit.Register(api, huma.Operation{
		OperationID: "start-sign-in", Method: http.MethodPost, Path: Prefix + "/sign-in", Tags: []string{"Sign-in"},
		Summary: "Send a sign-in mail", Description: "The mail holds a six-digit code and a link to the portal. Whether the address is known makes no difference.",
		DefaultStatus: http.StatusAccepted, Errors: []int{400, 422, 429},
	}, s.start)
	kit.Register(api, huma.Operation{
		OperationID: "exchange-code", Method: http.MethodPost, Path: Prefix + "/sign-in/code", Tags: []string{"Sign-in"},
		Summary: "Exchange a code for a token", Description: "The code is good once, for fifteen minutes and five tries, and only together with the request it was asked by.",
		DefaultStatus: http.StatusCreated, Errors: []int{400, 401, 422, 429},
	}, s.exchange)
	kit.Register(api, huma.Operation{
		OperationID: "who-am-i", Method: http.MethodGet, Path: Prefix + "/me", Tags: []string{"Member"}, Security: secured(),
		Summary: "Who is signed in, and what they may read", Errors: []int{401},
	}, s.me)
	kit.Register(api, huma.Operation{
		OperationID: "sign-out", Method: http.MethodDelete, Path: Prefix + "/session", Tags: []string{"Sign-in"}, Security: secured(),
		Summary: "End the session of this token", DefaultStatus: http.StatusNoContent, Errors: []int{401},
	}, s.signOut)
	s.api = api
	s.subscriptions()
	s.purchases()
	s.copies()
	s.bought()
	s.sessions()
	s.account()
	s.ownLibrary()
	s.tokens()
	return api
}

type startInput struct {
	Body struct {
		Email string `json:"email" maxLength:"254"`
		Name  string `json:"name,omitempty" maxLength:"200" doc:"Used when the account is new"`
	}
}

type startOutput struct {
	Body struct {
		Request   string    `json:"request" doc:"Keep it and send it with the code"`
		ExpiresAt time.Time `json:"expires_at"`
	}
}

func (s *service) start(ctx context.Context, in *startInput) (*startOutput, error) {
	started, err := s.Identity.StartSignIn(ctx, identity.StartSignIn{
		Email: in.Body.Email, Name: in.Body.Name, Client: kit.ClientAddress(kit.Ctx(ctx)), Surface: Surface,
	})
	if err != nil {
		return nil, err
	}
	var out startOutput
	out.Body.Request, out.Body.ExpiresAt = started.Browser, started.ExpiresAt
	return &out, nil
}

func visit(ctx context.Context, userAgent string) identity.Visit {
	return identity.Visit{Client: kit.ClientAddress(kit.Ctx(ctx)), Surface: Surface, UserAgent: userAgent}
}

type exchangeInput struct {
	UserAgent string `header:"User-Agent"`
	Body      struct {
		Request string `json:"request" maxLength:"200"`
		Code    string `json:"code" maxLength:"20"`
	}
}

type tokenOutput struct {
	Body struct {
		Token     string    `json:"token" doc:"Send it as a bearer token. It is shown once"`
		ExpiresAt time.Time `json:"expires_at" doc:"Moves on while the token is used"`
		New       bool      `json:"new" doc:"The account was made by this sign-in"`
	}
}

func (s *service) exchange(ctx context.Context, in *exchangeInput) (*tokenOutput, error) {
	signed, err := s.Identity.SpendCode(ctx, identity.SpendCode{Browser: in.Body.Request, Code: in.Body.Code, Visit: visit(ctx, in.UserAgent)})
	if err != nil {
		return nil, err
	}
	kit.Ctx(ctx).Set("Cache-Control", "private, no-store")
	var out tokenOutput
	out.Body.Token, out.Body.ExpiresAt, out.Body.New = signed.Token, signed.Session.ExpiresAt, signed.New
	return &out, nil
}

type meOutput struct {
	Body struct {
		ID    string   `json:"id" format:"uuid"`
		Email string   `json:"email"`
		Name  string   `json:"name"`
		Plans []string `json:"plans" doc:"Slugs of the plans that are open now"`
	}
}

var errNobody = fault.New(fault.Unauthenticated, "sign_in_required", "Send a member's token.")

func (s *service) me(ctx context.Context, _ *struct{}) (*meOutput, error) {
	v := kit.VisitorOf(kit.Ctx(ctx))
	if v.Actor.Kind != actor.Member {
		return nil, errNobody
	}
	m, err := s.Identity.Member(ctx, v.Actor.ID)
	if err != nil {
		return nil, err
	}
	plans, err := s.Standing.OpenPlans(ctx, v)
	if err != nil {
		return nil, err
	}
	var out meOutput
	out.Body.ID, out.Body.Email, out.Body.Name, out.Body.Plans = m.ID.String(), m.EmailGiven, m.Name, append([]string{}, plans...)
	return &out, nil
}

func (s *service) signOut(ctx context.Context, _ *struct{}) (*struct{}, error) {
	v := kit.VisitorOf(kit.Ctx(ctx))
	if v.Actor.Kind != actor.Member {
		return nil, errNobody
	}
	return nil, s.Identity.SignOut(ctx, v.Token)
}
