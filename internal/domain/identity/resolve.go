package identity

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// resolveSession is the statement behind every request with a cookie. It finds
// nothing for whoever is signed out, expired, disabled or deleted.
const resolveSession = `SELECT s.id, s.kind, s.subject_id, s.surface, s.user_agent, s.created_at, s.last_seen_at, s.expires_at,
	COALESCE(st.name, m.name), COALESCE(st.email_given, m.email_given), COALESCE(st.role, ''),
	COALESCE(r.name, ''), CAST(r.capabilities AS text), COALESCE(m.access_epoch, 0),
	s.kind = 'staff' AND (EXISTS (SELECT 1 FROM staff_totp f WHERE f.staff_id = st.id AND f.confirmed_at IS NOT NULL)
		OR EXISTS (SELECT 1 FROM passkeys f WHERE f.staff_id = st.id))
FROM sessions s
LEFT JOIN members m ON s.kind = 'member' AND m.id = s.subject_id AND m.deleted_at IS NULL
LEFT JOIN staff st ON s.kind = 'staff' AND st.id = s.subject_id AND st.disabled_at IS NULL
LEFT JOIN roles r ON CAST(r.id AS text) = st.role
WHERE s.token_hash = ? AND s.revoked_at IS NULL AND s.expires_at > ? AND (m.id IS NOT NULL OR st.id IS NOT NULL)`

// Resolve says whose token this is. Anything but an open session of a living
// account is one and the same Unauthenticated fault. A session of either kind
// resolves; [Session.Actor] says which it is.
//
// It costs one prepared statement, and a small write every quarter of an hour.
func (s *Service) Resolve(ctx context.Context, token string) (Session, error) {
	signedOut := fault.New(fault.Unauthenticated, "session_invalid", "You are signed out. Please sign in again.")
	if len(token) != tokenLength {
		return Session{}, signedOut
	}
	now := s.clock.Now()
	found, err := s.readSession(ctx, hashToken(token), now)
	if errors.Is(err, sql.ErrNoRows) {
		return Session{}, signedOut
	}
	if err != nil {
		return Session{}, err
	}
	if now.Sub(found.LastSeenAt) >= touchEvery {
		s.renew(ctx, &found, now)
	}
	return found, nil
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

// readSession runs the hot statement.
func (s *Service) readSession(ctx context.Context, hash []byte, now time.Time) (found Session, err error) {
	row, err := s.sessions.row(ctx, hash, now)
	if err != nil {
		return found, err
	}
	var kind, role, roleName string
	var caps sql.NullString
	var strong bool
	err = row.Scan(&found.ID, &kind, &found.SubjectID, &found.Surface, &found.UserAgent, &found.CreatedAt, &found.LastSeenAt,
		&found.ExpiresAt, &found.Name, &found.Email, &role, &roleName, &caps, &found.AccessEpoch, &strong)
	if err != nil {
		return found, err
	}
	found.Kind = actor.Kind(kind)
	if found.Kind != actor.Staff {
		return found, nil
	}
	if found.Position, err = positionOf(Role(role), roleName, caps.String); err != nil {
		return found, err
	}
	found.MustEnrol, err = s.mustEnrol(ctx, strong)
	return found, err
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
