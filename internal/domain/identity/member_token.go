package identity

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// TokenScope is what a personal token is for.
type TokenScope string

// The scopes of personal tokens. None of them changes anything of a member's.
const (
	TokenMCP     TokenScope = "mcp"          // assistants, over MCP
	TokenContent TokenScope = "content.read" // the Content API, as the member reads there
)

// TokenScopes lists the scopes, in the order pages show them.
func TokenScopes() []TokenScope { return []TokenScope{TokenMCP, TokenContent} }

// TokenScopeList is a set of scopes, stored as a JSON array.
type TokenScopeList []TokenScope

// Value implements driver.Valuer.
func (l TokenScopeList) Value() (driver.Value, error) {
	b, err := json.Marshal([]TokenScope(l))
	return string(b), err
}

// Scan implements sql.Scanner.
func (l *TokenScopeList) Scan(v any) error { return scanList(v, l) }

// MemberToken is a personal token: a program shows it and reads as the member.
// The secret itself is not kept.
type MemberToken struct {
	ID         uuid.UUID      `gorm:"type:uuid;primaryKey"`
	MemberID   uuid.UUID      `gorm:"type:uuid;not null"`
	Name       string         `gorm:"not null"`
	Prefix     string         `gorm:"not null"` // what lists show: "ltp_9fQx"
	Hash       []byte         `gorm:"not null"` // unique
	Scopes     TokenScopeList `gorm:"type:jsonb;not null"`
	CreatedAt  time.Time      `gorm:"not null"`
	LastUsedAt *time.Time     // to a quarter of an hour
	ExpiresAt  *time.Time     // nil: never
}

// Over tells whether it opens nothing any more.
func (t MemberToken) Over(now time.Time) bool { return t.ExpiresAt != nil && !t.ExpiresAt.After(now) }

// MaxMemberTokens is how many personal tokens a member may have.
const MaxMemberTokens = 20

// MakeToken asks for a personal token.
type MakeToken struct {
	Name      string
	Scopes    []TokenScope
	ExpiresAt *time.Time // nil: never
}

func (in *MakeToken) validate(now time.Time) error {
	var f fault.Fields
	in.Name = requiredName(&f, in.Name)
	f.Check(len(in.Scopes) > 0, "scopes", "required", "Choose what the token is for.")
	for _, s := range in.Scopes {
		f.Check(slices.Contains(TokenScopes(), s), "scopes", "unknown", "The scopes are mcp and content.read.")
	}
	f.Check(in.ExpiresAt == nil || in.ExpiresAt.After(now), "expires_at", "in_the_past", "This moment has passed.")
	in.Scopes = slices.Clone(in.Scopes)
	slices.Sort(in.Scopes)
	in.Scopes = slices.Compact(in.Scopes)
	return f.Err()
}

var (
	errNoToken       = fault.New(fault.NotFound, "token_not_found", "There is no such token.")
	errTooManyTokens = fault.New(fault.Conflict, "too_many_tokens", "There are twenty tokens already. Revoke one that is not used any more.")
)

// MakeMemberToken makes a personal token for the member who acts, tells them by
// mail, and returns its secret, which nobody can see again. It needs a session
// that was confirmed lately.
func (s *Service) MakeMemberToken(ctx context.Context, in MakeToken) (secret string, t MemberToken, err error) {
	id, err := s.confirmedMember(ctx)
	if err != nil {
		return "", t, err
	}
	if err := in.validate(s.clock.Now()); err != nil {
		return "", t, err
	}
	secret, prefix := secretWith(tokenHead)
	t = MemberToken{
		ID: db.NewID(), MemberID: id, Name: in.Name, Prefix: prefix, Hash: hashToken(secret), Scopes: in.Scopes,
		CreatedAt: s.clock.Now(), ExpiresAt: in.ExpiresAt,
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		if _, err := s.lockMember(ctx, id); err != nil { // so that two at once count each other
			return err
		}
		had, err := s.selectMemberTokens(ctx, id)
		if err != nil {
			return err
		}
		if len(had) >= MaxMemberTokens {
			return errTooManyTokens
		}
		if err := s.insertMemberToken(ctx, t); err != nil {
			return err
		}
		if err := s.notifyMember(ctx, id, tokenMade); err != nil {
			return err
		}
		return s.record(ctx, "member.token_made", "member", id.String(), map[string]any{"name": t.Name, "scopes": t.Scopes})
	})
	return secret, t, err
}

// MemberTokens lists a member's personal tokens, the newest first, those that
// have expired too. Members see their own; for others it needs members.read.
func (s *Service) MemberTokens(ctx context.Context, member uuid.UUID) ([]MemberToken, error) {
	if err := selfOr(ctx, actor.Member, member, actor.MembersRead); err != nil {
		return nil, err
	}
	return s.selectMemberTokens(ctx, member)
}

// RevokeMemberToken ends a token of the member who acts; it opens nothing from
// the next request on. To end one needs no confirmation.
func (s *Service) RevokeMemberToken(ctx context.Context, id uuid.UUID) error {
	owner, err := meMember(ctx)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		gone, err := s.takeMemberToken(ctx, owner, id)
		if err != nil {
			return err
		}
		return s.record(ctx, "member.token_revoked", "member", owner.String(), map[string]any{"name": gone.Name})
	})
}

// endTokens ends all tokens of a member who shuts others out: of every device
// at once, with another address or another password. Whoever is shut out may
// have made one.
func (s *Service) endTokens(ctx context.Context, member uuid.UUID) error {
	n, err := s.dropMemberTokens(ctx, member)
	if err != nil || n == 0 {
		return err
	}
	return s.record(ctx, "member.token_revoked", "member", member.String(), map[string]any{"tokens": n})
}
