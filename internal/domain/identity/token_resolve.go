package identity

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// tokenHead is what personal tokens begin with, so that people and secret
// scanners recognise them.
const tokenHead = "ltp_"

// IsMemberToken tells whether a secret means to be a personal token. It does not
// say that it is one.
func IsMemberToken(secret string) bool { return strings.HasPrefix(secret, tokenHead) }

// TokenHolder is whoever showed a valid personal token.
type TokenHolder struct {
	Token       uuid.UUID
	Member      uuid.UUID
	Email, Name string
	AccessEpoch int64
}

// Actor is the member, without a session: what needs one, or a session that was
// confirmed lately, is not open to a token.
func (h TokenHolder) Actor() actor.Actor { return actor.Actor{Kind: actor.Member, ID: h.Member} }

func errTokenRefused() error {
	return fault.New(fault.Unauthenticated, "token_invalid", "This token is not valid, or not any more.")
}

// holderQuery is asked at every request with a token, so that one that was
// revoked, and a member who has left, are out at the next one.
const holderQuery = `SELECT t.id, t.member_id, CAST(t.scopes AS text), t.last_used_at, t.expires_at, m.name, m.email_given, m.access_epoch
FROM member_tokens t JOIN members m ON m.id = t.member_id WHERE m.deleted_at IS NULL AND t.hash = ?`

// ResolveToken says whose personal token this is. Anything but a valid one is one
// and the same Unauthenticated fault; one without the scope is Forbidden.
func (s *Service) ResolveToken(ctx context.Context, secret string, scope TokenScope) (h TokenHolder, err error) {
	if !wellFormed(secret, tokenHead) {
		return h, errTokenRefused()
	}
	var t MemberToken
	found := false
	err = s.findToken.Each(ctx, func(scan func(...any) error) error {
		found = true
		return scan(&t.ID, &t.MemberID, &t.Scopes, &t.LastUsedAt, &t.ExpiresAt, &h.Name, &h.Email, &h.AccessEpoch)
	}, hashToken(secret))
	now := s.clock.Now()
	switch {
	case err != nil:
		return h, err
	case !found || t.Over(now):
		return TokenHolder{}, errTokenRefused()
	case !t.opens(scope):
		return TokenHolder{}, fault.New(fault.Forbidden, "token_scope", "This token is not for this place: it lacks the scope "+string(scope)+".")
	}
	if s.keyUse.due(t.ID, now) {
		s.noteTokenUse(ctx, t.ID, now)
	}
	h.Token, h.Member = t.ID, t.MemberID
	return h, nil
}

func (t MemberToken) opens(scope TokenScope) bool { return slices.Contains(t.Scopes, scope) }

// noteTokenUse writes that the token is in use. When that fails the token is
// still good, so the request goes on.
func (s *Service) noteTokenUse(ctx context.Context, id uuid.UUID, now time.Time) {
	err := s.db.Tx(ctx, func(ctx context.Context) error { return s.touchMemberToken(ctx, id, now, now.Add(-touchEvery)) })
	if err != nil {
		s.log.WarnContext(ctx, "could not note that a personal token is in use", "token", id, "error", err)
	}
}

func tokenFinder(d *db.DB) *db.Hot { return d.Hot(holderQuery) }
