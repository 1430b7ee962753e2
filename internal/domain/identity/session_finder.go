package identity

import (
	"context"
	"database/sql"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
)

// sessionFinder finds the session of a token's hash, unless it was ended or
// its account is closed. Whether it has expired is for the caller to see.
type sessionFinder func(ctx context.Context, hash []byte) (found Session, ok bool, err error)

const sessionColumns = `SELECT s.token_hash, s.id, s.kind, s.subject_id, s.surface, s.user_agent, s.created_at, s.last_seen_at, s.expires_at, `

// memberSession is the statement behind every request of a reader.
const memberSession = sessionColumns + `m.name, m.email_given, m.access_epoch, m.language
FROM sessions s JOIN members m ON m.id = s.subject_id
WHERE s.kind = 'member' AND s.revoked_at IS NULL AND m.deleted_at IS NULL AND s.token_hash `

// accessSession is the same for an access token. It finds one that has expired,
// too: its holder is told to exchange the other.
const accessSession = `SELECT t.hash, s.id, s.kind, s.subject_id, s.surface, s.user_agent, s.created_at, s.last_seen_at, s.expires_at,
	m.name, m.email_given, m.access_epoch, t.expires_at
FROM session_tokens t JOIN sessions s ON s.id = t.session_id JOIN members m ON m.id = s.subject_id
WHERE t.kind = 'access' AND s.kind = 'member' AND s.revoked_at IS NULL AND m.deleted_at IS NULL AND t.hash `

const staffSession = sessionColumns + `st.name, st.email_given, st.role, COALESCE(r.name, ''), CAST(r.capabilities AS text),
	EXISTS (SELECT 1 FROM staff_totp f WHERE f.staff_id = st.id AND f.confirmed_at IS NOT NULL)
		OR EXISTS (SELECT 1 FROM passkeys f WHERE f.staff_id = st.id)
FROM sessions s JOIN staff st ON st.id = s.subject_id
LEFT JOIN roles r ON CAST(r.id AS text) = st.role
WHERE s.kind = 'staff' AND s.revoked_at IS NULL AND st.disabled_at IS NULL AND s.token_hash = ?`

// A finder reads a session when anything was written since it read it last.
// SQLite is written to by this process. Postgres is asked at each request, for
// many at once, whether anything was.
func memberFinder(d *db.DB) sessionFinder { return manyFinder(d, memberSession, scanMember) }

func accessFinder(d *db.DB) sessionFinder { return manyFinder(d, accessSession, scanAccess) }

func manyFinder(d *db.DB, statement string, read func(scan func(...any) error) (Session, error)) sessionFinder {
	if d.Engine() == db.SQLite {
		return remembered(d, oneByOne(d.Hot(statement+"= ?"), read))
	}
	hot := d.Hot(statement + "= ANY(?)")
	m := &manyRemembered{now: d.Hot("SELECT CAST(pg_current_snapshot() AS text)"), read: func(ctx context.Context, hashes [][]byte) (map[string]Session, error) {
		found := make(map[string]Session, len(hashes))
		err := hot.Each(ctx, func(scan func(...any) error) error {
			s, err := read(scan)
			found[string(s.TokenHash)] = s
			return err
		}, hashes)
		return found, err
	}}
	return (&reception{look: m.look}).ask
}

func staffFinder(d *db.DB) sessionFinder { return oneByOne(d.Hot(staffSession), scanStaff) }

func oneByOne(hot *db.Hot, read func(scan func(...any) error) (Session, error)) sessionFinder {
	return func(ctx context.Context, hash []byte) (found Session, ok bool, err error) {
		err = hot.Each(ctx, func(scan func(...any) error) (err error) {
			found, err = read(scan)
			ok = err == nil
			return err
		}, hash)
		return found, ok, err
	}
}

// common are where the columns that both statements begin with go.
func (s *Session) common(kind *string, more ...any) []any {
	return append([]any{
		&s.TokenHash, &s.ID, kind, &s.SubjectID, &s.Surface, &s.UserAgent, &s.CreatedAt, &s.LastSeenAt, &s.ExpiresAt, &s.Name, &s.Email,
	}, more...)
}

func scanMember(scan func(...any) error) (found Session, err error) {
	var kind string
	err = scan(found.common(&kind, &found.AccessEpoch, &found.Language)...)
	found.Kind = actor.Kind(kind)
	return found, err
}

func scanAccess(scan func(...any) error) (found Session, err error) {
	var kind string
	err = scan(found.common(&kind, &found.AccessEpoch, &found.accessUntil)...)
	found.Kind = actor.Kind(kind)
	return found, err
}

func scanStaff(scan func(...any) error) (found Session, err error) {
	var kind, role, roleName string
	var caps sql.NullString
	if err = scan(found.common(&kind, &role, &roleName, &caps, &found.strong)...); err != nil {
		return found, err
	}
	found.Kind = actor.Kind(kind)
	found.Position, err = positionOf(Role(role), roleName, caps.String)
	return found, err
}
