package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// How long sessions live. A member's goes on for as long as it is used; a
// staff user's ends after a working day without use, and after a week anyway.
const (
	memberIdle   = 60 * 24 * time.Hour
	staffIdle    = 12 * time.Hour
	staffLongest = 7 * 24 * time.Hour
	touchEvery   = 15 * time.Minute // how exact LastSeenAt is
)

// Session is a signed-in browser or program. Its token is not in it: that is
// returned once, when the session begins.
type Session struct {
	ID        uuid.UUID  `gorm:"type:uuid;primaryKey"`
	Kind      actor.Kind `gorm:"not null"`           // actor.Member or actor.Staff
	SubjectID uuid.UUID  `gorm:"type:uuid;not null"` // the member or staff user
	TokenHash []byte     `gorm:"not null"`
	Surface   string     `gorm:"not null"`            // where it began, such as "portal"
	UserAgent string     `gorm:"not null"`            // short: "Firefox on Linux"
	Network   string     `gorm:"not null;default:''"` // where it began: a prefix such as 203.0.113.0/24, or ""
	// SeenNetwork is the one it was last used from, to a quarter of an hour.
	SeenNetwork string    `gorm:"not null;default:''"`
	CreatedAt   time.Time `gorm:"not null"`
	LastSeenAt  time.Time `gorm:"not null"` // to a quarter of an hour
	ExpiresAt   time.Time `gorm:"not null"`
	RevokedAt   *time.Time
	EndedWhy    string `gorm:"not null;default:''"` // "" when somebody signed out
	// ConfirmedAt is when a staff user last showed the password here, or a
	// member who they are.
	ConfirmedAt *time.Time

	// What Resolve finds out about the person. Empty in listings.
	Name        string   `gorm:"-"`
	Email       string   `gorm:"-"` // as given, to show them their own
	Position    Position `gorm:"-"` // of a staff user
	Language    string   `gorm:"-"` // that a member has chosen
	AccessEpoch int64    `gorm:"-"` // of a member
	// MustEnrol says that the owner requires a second factor and this staff
	// user has none: until they add one, they can do nothing else.
	MustEnrol bool `gorm:"-"`
	strong    bool // this staff user has a second factor
	// accessUntil is when the access token ends by which the session was found.
	accessUntil time.Time
	// Renewed says that ExpiresAt has just moved: the cookie wants to be set
	// again with the new time.
	Renewed bool `gorm:"-"`
}

// Actor is who acts in this session.
func (s Session) Actor() actor.Actor {
	a := actor.Actor{Kind: s.Kind, ID: s.SubjectID, Session: s.ID}
	if s.Kind == actor.Staff {
		a.Name = s.Name
		if !s.MustEnrol {
			a.Capabilities = s.Position.Capabilities
		}
	}
	return a
}

// expiry is when a session ends that is used now.
func (s Session) expiry(now time.Time) time.Time {
	if s.Kind == actor.Member {
		return now.Add(memberIdle)
	}
	idle, last := now.Add(staffIdle), s.CreatedAt.Add(staffLongest)
	if idle.After(last) {
		return last
	}
	return idle
}

// Visit says where and with what somebody signs in.
type Visit struct {
	Client    string // network address, for limits; only its first part is kept
	UserAgent string // the header; only its gist is kept
	Surface   string // a short word, such as "portal", "desk" or "api"
	Tokens    bool   // a member's program, which exchanges tokens and has no cookie
	Language  string // of the page, where its address names one
}

// SignedIn is a fresh session.
type SignedIn struct {
	Token   string // for the cookie or the Authorization header; not kept anywhere
	Session Session
	New     bool // the member was made by this sign-in
	// Second is set when the password of a staff user was right and a second
	// factor is wanted. There is no session then, and no token.
	Second   *SecondStep
	ReturnTo string // a path within the site, or ""
	// Tokens are those of a visit that asked for them; Token is empty then.
	Tokens *Tokens
	// Onward is where a link leads that a front end asked for. There is no
	// session then, and no token.
	Onward string
}

// beginSession makes a session in the transaction of the context.
func (s *Service) beginSession(ctx context.Context, who Session, v Visit) (SignedIn, error) {
	now, token := s.clock.Now(), newToken()
	who.ID, who.TokenHash = db.NewID(), hashToken(token)
	who.Surface, who.UserAgent, who.Network = v.Surface, device(v.UserAgent), actor.Place(v.Client)
	who.CreatedAt, who.LastSeenAt, who.SeenNetwork = now, now, who.Network
	who.ExpiresAt = who.expiry(now)
	if err := s.insertSession(ctx, who); err != nil || !v.Tokens {
		return SignedIn{Token: token, Session: who}, err
	}
	tokens, err := s.firstTokens(ctx, who)
	return SignedIn{Tokens: tokens, Session: who}, err
}

// SignOut ends the session of the token. A token that is not valid any more is
// no error: the person is signed out.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.db.Tx(ctx, func(ctx context.Context) error {
		ended, err := s.revokeSession(ctx, hashToken(token))
		if err != nil || ended == nil {
			return err
		}
		return s.recordSignOut(ctx, *ended)
	})
}

func (s *Service) recordSignOut(ctx context.Context, ended Session) error {
	kind := string(ended.Kind)
	return s.record(ctx, kind+".signed_out", kind, ended.SubjectID.String(), map[string]any{"surface": ended.Surface})
}

// manages is the capability to end other people's sessions of a kind.
func manages(kind actor.Kind) actor.Capability {
	if kind == actor.Staff {
		return actor.StaffWrite
	}
	return actor.MembersWrite
}

// EndSession ends one session from the list of a person's sessions. People end
// their own; for others it needs members.write or staff.write. A session of
// somebody else is not found.
func (s *Service) EndSession(ctx context.Context, id uuid.UUID) error {
	missing := fault.New(fault.NotFound, "session_not_found", "There is no such session.")
	return s.db.Tx(ctx, func(ctx context.Context) error {
		found, err := s.openSession(ctx, id)
		if err != nil {
			return err
		}
		if found == nil || selfOr(ctx, found.Kind, found.SubjectID, manages(found.Kind)) != nil {
			return missing
		}
		if _, err := s.revokeSession(ctx, found.TokenHash); err != nil {
			return err
		}
		return s.recordSignOut(ctx, *found)
	})
}

// SignOutEverywhere ends all sessions of a member or staff user, the present
// one too, and says how many there were. People do it for themselves; for
// others it needs members.write or staff.write. An address that a member asked
// for is forgotten with them, and personal tokens end: whoever asked or made one
// may be whom they shut out.
func (s *Service) SignOutEverywhere(ctx context.Context, kind actor.Kind, id uuid.UUID) (n int64, err error) {
	if err := selfOr(ctx, kind, id, manages(kind)); err != nil {
		return 0, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		if n, err = s.endSessions(ctx, kind, id, uuid.Nil); err != nil || n == 0 {
			return err
		}
		return s.record(ctx, string(kind)+".signed_out", string(kind), id.String(), map[string]any{"sessions": n})
	})
	return n, err
}

// SignOutElsewhere ends all sessions of whoever is signed in but the present
// one, and says how many there were. A member's wish for another address goes
// with them.
func (s *Service) SignOutElsewhere(ctx context.Context) (n int64, err error) {
	who := actor.From(ctx)
	if who.ID == uuid.Nil || who.Session == uuid.Nil {
		return 0, fault.New(fault.Unauthenticated, "sign_in_required", "Sign in to do this.")
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		if n, err = s.endSessions(ctx, who.Kind, who.ID, who.Session); err != nil || n == 0 {
			return err
		}
		return s.record(ctx, string(who.Kind)+".signed_out", string(who.Kind), who.ID.String(), map[string]any{"sessions": n})
	})
	return n, err
}

// endSessions revokes all sessions of somebody but one, and what a session that
// is no longer trusted may have left open.
func (s *Service) endSessions(ctx context.Context, kind actor.Kind, id, but uuid.UUID) (int64, error) {
	if kind == actor.Member {
		if err := s.dropEmailChange(ctx, id); err != nil {
			return 0, err
		}
		if err := s.endTokens(ctx, id); err != nil {
			return 0, err
		}
	}
	return s.revokeSessions(ctx, kind, id, but)
}

// Sessions lists the open sessions of a member or staff user, the last used
// first. People see their own; for others it needs members.read or
// staff.write.
func (s *Service) Sessions(ctx context.Context, kind actor.Kind, id uuid.UUID) ([]Session, error) {
	need := actor.MembersRead
	if kind == actor.Staff {
		need = actor.StaffWrite
	}
	if err := selfOr(ctx, kind, id, need); err != nil {
		return nil, err
	}
	return s.listSessions(ctx, kind, id, s.clock.Now())
}
