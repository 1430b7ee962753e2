package memberapi

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/surface/kit"
)

// signingIn registers how a member comes in.
func (s *service) signingIn() {
	const asks = "The answer is the same whether the address is known or not; an unknown one becomes an account when the mail is used. "
	kit.Register(s.api, huma.Operation{
		OperationID: "start-sign-in", Method: http.MethodPost, Path: Prefix + "/sign-in", Tags: []string{"Sign-in"},
		Summary: "Send a sign-in mail",
		Description: "The mail holds a six-digit code for exchange-code, and a link. " + asks +
			"Without return_to the link signs in at the portal. With it, it leads back to your front end: send your content key, " +
			"which must allow the address, and a code_challenge (PKCE, RFC 7636, S256). The link opens a page of the portal with a button, so mail scanners spend nothing; " +
			"the button leads to return_to with code and state added to its query. Compare state with what you sent, and give the code to exchange-link with the verifier. " +
			"A reader who opened the mail elsewhere still types the six digits where they asked.",
		DefaultStatus: http.StatusAccepted, Errors: []int{400, 401, 403, 422, 429},
	}, s.start)
	kit.Register(s.api, huma.Operation{
		OperationID: "exchange-code", Method: http.MethodPost, Path: Prefix + "/sign-in/code", Tags: []string{"Sign-in"},
		Summary: "Exchange the six digits of the mail for a session", Description: "They are good once, for fifteen minutes and five tries, and only together with the request they were asked by. " + modes,
		DefaultStatus: http.StatusCreated, Errors: []int{400, 401, 403, 422, 429},
	}, s.exchangeCode)
	kit.Register(s.api, huma.Operation{
		OperationID: "exchange-link", Method: http.MethodPost, Path: Prefix + "/sign-in/link", Tags: []string{"Sign-in"},
		Summary: "Exchange the code of a link for a session", Description: "With the content key that asked, and the verifier whose SHA-256 was the code_challenge. " +
			"The code is good for five minutes and one try: after a wrong one the reader presses the button in the mail again, or types the six digits. " + modes,
		DefaultStatus: http.StatusCreated, Errors: []int{400, 401, 403, 410, 422, 429},
	}, s.exchangeLink)
}

const modes = "mode tokens, which is usual, answers with an access token for a quarter of an hour and a refresh token. " +
	"mode cookie sets the portal's own cookie instead, which no script can read, for pages on the portal's origin, or on the same site at an origin of the content key."

// ByKey says which front end asks.
type ByKey struct {
	Key string `header:"X-Api-Key" maxLength:"200" doc:"The content key of your front end" example:"lt_content_9fQx…"`
}

// FrontEndAsks is what a front end that is returned to sends along.
type FrontEndAsks struct {
	ReturnTo  string `json:"return_to,omitempty" maxLength:"1024" doc:"Whereto the link leads back; one of the return_addresses of the content key, or below one that ends in a slash" example:"https://www.firm.example/signed-in"`
	State     string `json:"state,omitempty" maxLength:"512" doc:"Handed back as it is. Make it random, keep it in the browser that asks, and refuse a return that brings another" example:"af0ifjsldkj"`
	Challenge string `json:"code_challenge,omitempty" maxLength:"43" doc:"With return_to: the SHA-256 of the code verifier, in base64url without padding" example:"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"`
	Method    string `json:"code_challenge_method,omitempty" enum:"S256" doc:"S256 is the only one there is, and meant when it is left out" example:"S256"`
}

type startInput struct {
	ByKey
	ByServer
	Body struct {
		Email string `json:"email" maxLength:"254" doc:"Where the mail goes" example:"ada@reader.example"`
		Name  string `json:"name,omitempty" maxLength:"200" doc:"Used when the account is new" example:"Ada Lovelace"`
		FrontEndAsks
	}
}

type startOutput struct {
	Body struct {
		Request   string    `json:"request" doc:"Keep it in the browser that asks and send it with the six digits: they work with nothing else"`
		ExpiresAt time.Time `json:"expires_at" doc:"Of the link and of the six digits"`
	}
}

func (s *service) start(ctx context.Context, in *startInput) (*startOutput, error) {
	wish := identity.StartSignIn{Email: in.Body.Email, Name: in.Body.Name, Client: kit.ClientAddress(kit.Ctx(ctx)), Surface: Surface}
	if in.Body.ReturnTo != "" {
		at, err := s.frontEnd(ctx, in.Key)
		if err != nil {
			return nil, err
		}
		wish.Return = &identity.Return{
			To: in.Body.ReturnTo, Key: at.Actor.ID, FrontEnd: identity.FrontEnd(at.FrontEnd), State: in.Body.State, Challenge: in.Body.Challenge,
		}
	}
	started, err := s.Identity.StartSignIn(ctx, wish)
	if err != nil {
		return nil, err
	}
	var out startOutput
	out.Body.Request, out.Body.ExpiresAt = started.Browser, started.ExpiresAt
	return &out, nil
}

func visit(ctx context.Context, userAgent, mode string) identity.Visit {
	return identity.Visit{Client: kit.ClientAddress(kit.Ctx(ctx)), Surface: Surface, UserAgent: userAgent, Tokens: mode != modeCookie}
}

type (
	exchangeCodeInput struct {
		ByKey
		ByServer
		UserAgent string `header:"User-Agent" doc:"Its gist names the device to the member; a server hands on its visitor's"`
		Body      struct {
			Request string `json:"request" maxLength:"200" doc:"As start-sign-in answered it"`
			Code    string `json:"code" maxLength:"20" doc:"The six digits; spaces and hyphens do not count" example:"407 112"`
			Mode    string `json:"mode,omitempty" enum:"tokens,cookie" doc:"tokens when it is left out" example:"tokens"`
		}
	}
	exchangeLinkInput struct {
		ByKey
		ByServer
		UserAgent string `header:"User-Agent" doc:"Its gist names the device to the member; a server hands on its visitor's"`
		Body      struct {
			Code     string `json:"code" maxLength:"200" doc:"As the link brought it to return_to"`
			Verifier string `json:"code_verifier" maxLength:"128" doc:"43 to 128 characters that the browser made up before it asked, and told nobody" example:"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"`
			Mode     string `json:"mode,omitempty" enum:"tokens,cookie" doc:"tokens when it is left out" example:"tokens"`
		}
	}
)

func (s *service) exchangeCode(ctx context.Context, in *exchangeCodeInput) (*sessionOutput, error) {
	if err := s.mayHaveCookie(ctx, in.Body.Mode, in.Key); err != nil {
		return nil, err
	}
	signed, err := s.Identity.SpendCode(ctx, identity.SpendCode{Browser: in.Body.Request, Code: in.Body.Code, Visit: visit(ctx, in.UserAgent, in.Body.Mode)})
	return s.enter(ctx, signed, err)
}

func (s *service) exchangeLink(ctx context.Context, in *exchangeLinkInput) (*sessionOutput, error) {
	at, err := s.frontEnd(ctx, in.Key)
	if err == nil {
		err = s.mayHaveCookie(ctx, in.Body.Mode, in.Key)
	}
	if err != nil {
		return nil, err
	}
	signed, err := s.Identity.SpendReturn(ctx, identity.SpendReturn{
		Code: in.Body.Code, Verifier: in.Body.Verifier, Key: at.Actor.ID, Visit: visit(ctx, in.UserAgent, in.Body.Mode),
	})
	return s.enter(ctx, signed, err)
}
