package identity

import (
	"context"
	"time"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

func errSignedOut() error {
	return fault.New(fault.Unauthenticated, "session_invalid", "You are signed out. Please sign in again.")
}

// Resolve says whose token this is. Anything but an open session of a living
// account is one and the same Unauthenticated fault. A session of either kind
// resolves; [Session.Actor] says which it is.
//
// It costs a member's request a share in one prepared statement, and a small
// write every quarter of an hour.
func (s *Service) Resolve(ctx context.Context, token string) (Session, error) {
	now := s.clock.Now()
	found, err := s.find(ctx, token)
	if err != nil {
		return Session{}, err
	}
	if !found.ExpiresAt.After(now) {
		return Session{}, errSignedOut()
	}
	if !found.accessUntil.IsZero() && !found.accessUntil.After(now) {
		return Session{}, fault.New(fault.Unauthenticated, "token_expired", "This access token has expired. Exchange the refresh token for the next one.")
	}
	if found.Kind == actor.Staff {
		if found.MustEnrol, err = s.mustEnrol(ctx, found.strong); err != nil {
			return Session{}, err
		}
	}
	if now.Sub(found.LastSeenAt) >= touchEvery {
		s.renew(ctx, &found, now)
	}
	return found, nil
}

// find looks a token up: of a session, or an access token of one.
func (s *Service) find(ctx context.Context, token string) (Session, error) {
	hash := hashToken(token)
	if isAccess(token) {
		found, ok, err := s.findAccess(ctx, hash)
		if err == nil && !ok {
			err = s.whyOut(ctx, hash, s.whyTokenOut)
		}
		return found, err
	}
	if len(token) != tokenLength {
		return Session{}, errSignedOut()
	}
	found, ok, err := s.findMember(ctx, hash)
	if err == nil && !ok {
		found, ok, err = s.findStaff(ctx, hash)
	}
	if err == nil && !ok {
		err = s.whyOut(ctx, hash, s.endedWhy)
	}
	return found, err
}

// renew writes that the session is in use. When that fails the session is
// still good, so the request goes on.
func (s *Service) renew(ctx context.Context, found *Session, now time.Time) {
	expires := found.expiry(now)
	err := s.db.Tx(ctx, func(ctx context.Context) error {
		return s.touchSession(ctx, *found, now, expires, now.Add(-touchEvery))
	})
	if err != nil {
		s.log.WarnContext(ctx, "could not note that a session is in use", "session", found.ID, "error", err)
		return
	}
	found.Renewed = !expires.Equal(found.ExpiresAt)
	found.LastSeenAt, found.ExpiresAt = now, expires
}

// mustEnrol tells whether somebody is kept out until they have a second
// factor.
func (s *Service) mustEnrol(ctx context.Context, strong bool) (bool, error) {
	if strong {
		return false, nil
	}
	return s.secondFactorRequired(ctx)
}

// positionOf puts together what the statement found about a role. A role that
// is gone opens nothing.
func positionOf(r Role, name, caps string) (Position, error) {
	if r.BuiltIn() || caps == "" {
		return builtIn(r), nil
	}
	p := Position{Role: r, Name: name}
	var list CapabilityList
	err := list.Scan(caps)
	p.Capabilities = list
	return p, err
}
