package memberapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
)

// Token is a personal token, without its secret.
type Token struct {
	ID        string     `json:"id" format:"uuid"`
	Name      string     `json:"name" example:"Assistant at work"`
	Prefix    string     `json:"prefix" example:"ltp_9fQx" doc:"How it begins, to recognise it by"`
	Scopes    []string   `json:"scopes" enum:"mcp,content.read" doc:"mcp: assistants, at /mcp; content.read: the Content API"`
	CreatedAt time.Time  `json:"created_at"`
	LastUsed  *time.Time `json:"last_used_at,omitempty" doc:"To a quarter of an hour; absent when it was not used yet"`
	ExpiresAt *time.Time `json:"expires_at,omitempty" doc:"Absent: never by itself"`
}

// AssistantUse is what a program read of one note on one day.
type AssistantUse struct {
	Day     string `json:"day" format:"date" doc:"Of UTC"`
	Surface string `json:"surface" example:"mcp" doc:"mcp; mcp.public for what needs no licence; mcp.search for what searches showed of its text"`
	Note    string `json:"note" format:"uuid"`
	Version int    `json:"version" doc:"Read last; 0 of what searches showed"`
	Words   int    `json:"words" doc:"That were given out"`
	Opens   int    `json:"opens"`
}

// tokens registers personal tokens.
func (s *service) tokens() {
	const tag = "Tokens"
	operate(s, verb{method: http.MethodGet, path: "/tokens", id: "list-tokens", tag: tag, summary: "The member's personal tokens",
		text: "The newest first. A personal token lets a program read as the member may read: an assistant over MCP, or a script at the Content API. It changes nothing, opens none of this API, and ends when the member signs out everywhere."}, s.listTokens)
	operate(s, verb{method: http.MethodPost, path: "/tokens", id: "make-token", tag: tag, status: http.StatusCreated, errors: []int{400, 403, 409, 422},
		summary: "Make a personal token", text: "The secret is shown once. The member is told by mail. 403 confirmation_required: the member signed in more than a quarter of an hour ago; sign in again, or confirm on the portal."}, s.makeToken)
	operate(s, verb{method: http.MethodDelete, path: "/tokens/{id}", id: "revoke-token", tag: tag, status: http.StatusNoContent, errors: []int{404},
		summary: "Revoke a personal token", text: "It opens nothing from the next request on."}, s.revokeToken)
}

type (
	tokensOutput struct {
		Body struct {
			Tokens []Token `json:"tokens"`
		}
	}
	makeTokenInput struct {
		Body struct {
			Name      string     `json:"name" maxLength:"100" example:"Assistant at work" doc:"For the member, to know it again"`
			Scopes    []string   `json:"scopes" minItems:"1" maxItems:"2" enum:"mcp,content.read" doc:"What it is for"`
			ExpiresAt *time.Time `json:"expires_at,omitempty" doc:"Absent: never by itself"`
		}
	}
	madeTokenOutput struct {
		Body struct {
			Secret string `json:"secret" example:"ltp_9fQxC1…" doc:"Shown once; send it as a bearer token"`
			Token  Token  `json:"token"`
		}
	}
)

func (s *service) listTokens(ctx context.Context, member uuid.UUID, _ *struct{}) (out *tokensOutput, err error) {
	out = &tokensOutput{}
	out.Body.Tokens, err = s.tokensOf(ctx, member)
	return out, err
}

func (s *service) makeToken(ctx context.Context, _ uuid.UUID, in *makeTokenInput) (*madeTokenOutput, error) {
	ask := identity.MakeToken{Name: in.Body.Name, ExpiresAt: in.Body.ExpiresAt}
	for _, scope := range in.Body.Scopes {
		ask.Scopes = append(ask.Scopes, identity.TokenScope(scope))
	}
	secret, made, err := s.Identity.MakeMemberToken(ctx, ask)
	out := &madeTokenOutput{}
	out.Body.Secret, out.Body.Token = secret, tokenOf(made)
	return out, err
}

func (s *service) revokeToken(ctx context.Context, _ uuid.UUID, in *subscriptionID) (*struct{}, error) {
	return nil, s.Identity.RevokeMemberToken(ctx, in.ID)
}

func (s *service) tokensOf(ctx context.Context, member uuid.UUID) ([]Token, error) {
	all, err := s.Identity.MemberTokens(ctx, member)
	out := make([]Token, len(all))
	for i, t := range all {
		out[i] = tokenOf(t)
	}
	return out, err
}

func tokenOf(t identity.MemberToken) Token {
	out := Token{ID: t.ID.String(), Name: t.Name, Prefix: t.Prefix, Scopes: []string{}, CreatedAt: t.CreatedAt, LastUsed: t.LastUsedAt, ExpiresAt: t.ExpiresAt}
	for _, s := range t.Scopes {
		out.Scopes = append(out.Scopes, string(s))
	}
	return out
}

// keepTokens puts tokens and what was read by them into the member's file.
func (s *service) keepTokens(ctx context.Context, member uuid.UUID, doc *Kept) (err error) {
	if doc.Tokens, err = s.tokensOf(ctx, member); err != nil || s.Reading == nil {
		return err
	}
	used, err := s.Reading.UsageSince(ctx, member, time.Time{})
	doc.Assistants = make([]AssistantUse, len(used))
	for i, u := range used {
		doc.Assistants[i] = AssistantUse{u.Day, u.Surface, u.NoteID.String(), u.Version, u.Words, u.Opens}
	}
	return err
}
