// Package memberapi lets other front ends sign members in: they ask for a mail
// with a code and a link that leads back, exchange either for a short access
// token and a refresh token that turns over, and send the access token with
// requests to the Content API. What comes of one sign-in is a session like any
// other: the member sees it on the account page and can end it there. With it,
// or with the portal's cookie, members buy, and look after what they bought:
// everything the portal can do.
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
	Key        kit.Resolve // of an API key
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
		Description: "Sign members in from any front end, and let them buy and look after their subscriptions. Signing in and registering are one flow.\n\n" +
			"A front end that calls from a server of its own comes from one address for all its readers. With every call it may say for whom it asks: " +
			"a server key in `X-Server-Key` (made at the desk, scope visitors.address) and the visitor's address in `X-Visitor-Address`. Limits, the list of devices and the look " +
			"for shared accounts go by that address then. The address without such a key is refused, and so is the key without an address.",
		Security: map[string]*huma.SecurityScheme{"memberToken": {Type: "http", Scheme: "bearer"}},
	}, visitors(d)...)
	kit.Register(api, huma.Operation{
		OperationID: "who-am-i", Method: http.MethodGet, Path: Prefix + "/me", Tags: []string{"Member"}, Security: secured(),
		Summary: "Who is signed in, and what they may read", Errors: anywhere(),
	}, s.me)
	s.api = api
	s.signingIn()
	s.sessionTokens()
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

type meOutput struct {
	Body struct {
		ID           string     `json:"id" format:"uuid"`
		Email        string     `json:"email"`
		NewEmail     string     `json:"new_email,omitempty" doc:"Asked for, and not confirmed yet"`
		Name         string     `json:"name"`
		Organization string     `json:"organization"`
		Plans        []string   `json:"plans" doc:"Slugs of the plans that are open now"`
		Mails        []string   `json:"mails" enum:"receipts,reminders" doc:"Kinds of mail that the member wants"`
		DeletesAt    *time.Time `json:"deletes_at,omitempty" doc:"When the account goes, as the member asked"`
	}
}

var errNobody = fault.New(fault.Unauthenticated, "sign_in_required", "Send a member's access token.")

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
	out.Body.Organization, out.Body.Mails = m.Organization, []string{}
	for _, k := range identity.MailKinds() {
		if m.Wants(k) {
			out.Body.Mails = append(out.Body.Mails, string(k))
		}
	}
	if out.Body.NewEmail, err = s.Identity.PendingEmail(ctx); err != nil {
		return nil, err
	}
	leaving, err := s.Identity.Leaving(ctx, m.ID)
	if leaving != nil {
		out.Body.DeletesAt = &leaving.DueAt
	}
	return &out, err
}
