package memberapi

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/surface/kit"
)

// sessionTokens registers how a session goes on and ends.
func (s *service) sessionTokens() {
	kit.Register(s.api, huma.Operation{
		OperationID: "refresh-tokens", Method: http.MethodPost, Path: Prefix + "/tokens/refresh", Tags: []string{"Sign-in"},
		Summary: "Exchange a refresh token for the next tokens",
		Description: "Each refresh token is good once; of any number of requests at once, one gets the answer. The access token before goes on until its end. " +
			"A refresh token that comes again later than half a minute was copied: the session ends at once with all its tokens, 401 session_replayed. " +
			"Within half a minute it is answered with 409 refresh_raced, and nothing ends: another tab has the tokens. " +
			"Send an Idempotency-Key of your own, random and new for each exchange, and a request whose answer was lost may be repeated with it for ten minutes: the same answer comes again, until somebody has gone on from there. " +
			"401 refresh_invalid, session_invalid and session_crowded_out: sign in again.",
		DefaultStatus: http.StatusCreated, Errors: []int{400, 401, 403, 409, 422, 429},
	}, s.refresh)
	kit.Register(s.api, huma.Operation{
		OperationID: "revoke-tokens", Method: http.MethodPost, Path: Prefix + "/tokens/revoke", Tags: []string{"Sign-in"},
		Summary: "Sign out with a refresh token", Description: "Ends the session and all its tokens, also when the access token has expired. A token that is none is answered alike: nobody is signed in with it.",
		DefaultStatus: http.StatusNoContent, Errors: append(anywhere(), 422),
	}, s.revoke)
	kit.Register(s.api, huma.Operation{
		OperationID: "sign-out", Method: http.MethodDelete, Path: Prefix + "/session", Tags: []string{"Sign-in"}, Security: secured(),
		Summary: "Sign out here", Description: "Ends the session of the access token or the cookie, with all its tokens, at the next request of any of them.",
		DefaultStatus: http.StatusNoContent, Errors: anywhere(),
	}, s.signOut)
}

// TokenPair is what a member's program signs in with.
type TokenPair struct {
	AccessToken  string    `json:"access_token,omitempty" doc:"Send it as Authorization: Bearer, here and to the Content API. Absent in mode cookie" example:"lta_9mEHJu0dYpN3Vt6sW1xqkzRb5cGfLaX2oTi7vKhQ8yU"`
	TokenType    string    `json:"token_type,omitempty" enum:"Bearer" doc:"Absent in mode cookie" example:"Bearer"`
	ExpiresIn    int64     `json:"expires_in,omitempty" doc:"Seconds until the access token ends; 401 token_expired says so, too" example:"900"`
	RefreshToken string    `json:"refresh_token,omitempty" doc:"Good for one exchange. Absent in mode cookie" example:"ltr_u3Jx0cYtB8dPq2vWn5rKZsEo7fHiLa1mGg9kQxTyV4S"`
	ExpiresAt    time.Time `json:"expires_at" doc:"When the session ends unless it is used: it moves on with each exchange"`
	Session      string    `json:"session" format:"uuid" doc:"Its id among the member's sessions"`
	Mode         string    `json:"mode" enum:"tokens,cookie" doc:"How the session is carried"`
}

// Entered is a session that has just begun.
type Entered struct {
	TokenPair
	New bool `json:"new" doc:"The account was made by this sign-in"`
}

type (
	sessionOutput struct{ Body Entered }
	pairOutput    struct{ Body TokenPair }
	refreshInput  struct {
		ByServer
		Attempt string `header:"Idempotency-Key" maxLength:"200" doc:"A random word of your own for this exchange, to repeat it with when the answer is lost" example:"5a1f0e52-8f5e-4a53-9d0c-6f5b2f0f7a11"`
		Body    struct {
			RefreshToken string `json:"refresh_token" maxLength:"200" doc:"The newest one" example:"ltr_u3Jx0cYtB8dPq2vWn5rKZsEo7fHiLa1mGg9kQxTyV4S"`
		}
	}
	revokeInput struct {
		Body struct {
			RefreshToken string `json:"refresh_token" maxLength:"200" doc:"Any one of the session, also one that was exchanged" example:"ltr_u3Jx0cYtB8dPq2vWn5rKZsEo7fHiLa1mGg9kQxTyV4S"`
		}
	}
)

const (
	modeTokens = "tokens"
	modeCookie = "cookie"
)

// pair writes tokens into an answer that is nobody else's.
func (s *service) pair(ctx context.Context, t identity.Tokens) TokenPair {
	kit.Ctx(ctx).Set("Cache-Control", "private, no-store")
	return TokenPair{
		AccessToken: t.Access, TokenType: "Bearer", ExpiresIn: int64(t.AccessUntil.Sub(s.Now()).Round(time.Second) / time.Second), RefreshToken: t.Refresh,
		ExpiresAt: t.RefreshUntil, Session: t.Session.String(), Mode: modeTokens,
	}
}

// enter answers who has just come in: with tokens, or with the cookie.
func (s *service) enter(ctx context.Context, in identity.SignedIn, err error) (*sessionOutput, error) {
	switch {
	case err != nil:
		return nil, err
	case in.Tokens != nil:
		return &sessionOutput{Entered{s.pair(ctx, *in.Tokens), in.New}}, nil
	}
	c := kit.Ctx(ctx)
	c.Set("Cache-Control", "private, no-store")
	s.Jar.Set(c, kit.MemberCookie, in.Token, in.Session.ExpiresAt.Sub(s.Now()))
	return &sessionOutput{Entered{TokenPair{ExpiresAt: in.Session.ExpiresAt, Session: in.Session.ID.String(), Mode: modeCookie}, in.New}}, nil
}

func (s *service) refresh(ctx context.Context, in *refreshInput) (*pairOutput, error) {
	next, err := s.Identity.Refresh(ctx, identity.Refresh{Token: in.Body.RefreshToken, Attempt: in.Attempt, Client: kit.ClientAddress(kit.Ctx(ctx))})
	if err != nil {
		return nil, err
	}
	return &pairOutput{s.pair(ctx, next)}, nil
}

func (s *service) revoke(ctx context.Context, in *revokeInput) (*struct{}, error) {
	return nil, s.Identity.EndFamily(ctx, in.Body.RefreshToken)
}

func (s *service) signOut(ctx context.Context, _ *struct{}) (*struct{}, error) {
	who := kit.VisitorOf(kit.Ctx(ctx)).Actor
	if who.Kind != actor.Member {
		return nil, errNobody
	}
	err := s.Identity.EndSession(ctx, who.Session)
	s.forgetCookie(ctx, err == nil)
	return nil, err
}
