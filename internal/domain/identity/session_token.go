package identity

import (
	"context"
	"encoding/base64"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// A member's program signs in with a pair of tokens. The access token opens
// what the member may read, for a quarter of an hour; the refresh token is
// exchanged once for the next pair (RFC 6749, section 6). All pairs that come of
// one sign-in are a family, and the family is a session like any other: the
// member sees it and ends it, and with it every token of it.
const (
	accessFor   = 15 * time.Minute
	accessHead  = "lta_"
	refreshHead = "ltr_"
	accessKind  = "access"
	refreshKind = "refresh"
	// raceFor is how long a spent refresh token may come again without ending
	// the family: two tabs ask at once. It opens nothing then.
	raceFor = 30 * time.Second
	// repeatFor is how long whoever spent it gets the same answer again.
	repeatFor = 10 * time.Minute
)

const endedReplayed = "replayed"

// Tokens is a pair of tokens.
type Tokens struct {
	Access, Refresh           string
	AccessUntil, RefreshUntil time.Time // the second moves on with each exchange
	Session, Member           uuid.UUID
}

// SessionToken is how one token stands in the database.
type SessionToken struct {
	Hash      []byte     `gorm:"primaryKey"`
	SessionID uuid.UUID  `gorm:"type:uuid;not null"`
	Kind      string     `gorm:"not null"`
	CreatedAt time.Time  `gorm:"not null"`
	ExpiresAt time.Time  `gorm:"not null"`
	SpentAt   *time.Time // of a refresh token that was exchanged
}

func isAccess(token string) bool {
	return len(token) == len(accessHead)+tokenLength && strings.HasPrefix(token, accessHead)
}

// issue writes a pair of a session, in the transaction of the context.
func (s *Service) issue(ctx context.Context, t Tokens) error {
	now := s.clock.Now()
	return s.insertTokens(ctx, []SessionToken{
		{Hash: hashToken(t.Access), SessionID: t.Session, Kind: accessKind, CreatedAt: now, ExpiresAt: t.AccessUntil},
		{Hash: hashToken(t.Refresh), SessionID: t.Session, Kind: refreshKind, CreatedAt: now, ExpiresAt: t.RefreshUntil},
	})
}

// firstTokens begins a family.
func (s *Service) firstTokens(ctx context.Context, of Session) (*Tokens, error) {
	t := Tokens{
		Access: accessHead + newToken(), Refresh: refreshHead + newToken(),
		AccessUntil: of.CreatedAt.Add(accessFor), RefreshUntil: of.ExpiresAt, Session: of.ID, Member: of.SubjectID,
	}
	return &t, s.issue(ctx, t)
}

// successors are the tokens that follow on a refresh token. With a word that
// only the asking program knows they come of the token, that word and a key of
// this house, so that the same question has the same answer and nothing of it
// needs to be kept.
func (s *Service) successors(old, attempt string) (access, refresh string) {
	if attempt == "" {
		return accessHead + newToken(), refreshHead + newToken()
	}
	follow := func(kind string) string {
		return base64.RawURLEncoding.EncodeToString(mac(s.secrets.rotation, []byte(kind), []byte(old), []byte(attempt)))
	}
	return accessHead + follow(accessKind), refreshHead + follow(refreshKind)
}

// Refresh asks for the next pair of tokens.
type Refresh struct {
	Token string
	// Attempt is a word that the program makes up for this exchange: with the
	// same one, the same answer comes again when it was lost. May be empty.
	Attempt string
	Client  string // network address, for limits; only its first part is kept
}

func errRefresh() error {
	return fault.New(fault.Unauthenticated, "refresh_invalid", "This refresh token is not valid. Sign in again.")
}

func errReplayed() error {
	return fault.New(fault.Unauthenticated, "session_replayed", "A refresh token was used a second time, so somebody may have copied it. This session is over. Sign in again.")
}

func errRaced() error {
	return fault.New(fault.Conflict, "refresh_raced", "This refresh token was exchanged a moment ago. Use the tokens of that answer.")
}

// Refresh exchanges a refresh token for the next pair: of any number at once,
// exactly one gets it. A token that comes again later was copied, by whoever
// brings it or whoever came before: its whole family ends (RFC 9700, section
// 4.14.2). Only within half a minute it ends nothing, and opens nothing either,
// since tabs of one browser ask at once; and whoever brings the attempt of the
// exchange is the one who made it, and gets its answer again while nobody has
// gone on from there.
func (s *Service) Refresh(ctx context.Context, in Refresh) (t Tokens, err error) {
	var replayed bool
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		row, of, err := s.family(ctx, in.Token)
		switch {
		case err != nil:
			return err
		case row.SpentAt == nil:
			t, err = s.rotate(ctx, row, of, in)
			return err
		}
		if t, err = s.repeat(ctx, row, of, in); fault.HasCode(err, "session_replayed") {
			replayed = true
			return s.endReplayed(ctx, of)
		}
		return err
	})
	switch {
	case replayed:
		return Tokens{}, errReplayed()
	case fault.HasCode(err, "refresh_invalid"):
		return Tokens{}, s.countWrongRefresh(ctx, in.Client, err)
	case err == nil:
		s.SawSession(ctx, t.Session, in.Client)
	}
	return t, err
}

// countWrongRefresh slows down who tries tokens that are none. A right one is
// never held up by it.
func (s *Service) countWrongRefresh(ctx context.Context, client string, wrong error) error {
	err := s.db.Tx(ctx, func(ctx context.Context) error { return s.attempt(ctx, s.limits.refreshesByClient, network(client)) })
	if err != nil {
		return err
	}
	return wrong
}

// family finds a refresh token and the session it belongs to, and holds the
// token: who comes second waits, and sees it spent.
func (s *Service) family(ctx context.Context, token string) (row SessionToken, of Session, err error) {
	if len(token) != len(refreshHead)+tokenLength || !strings.HasPrefix(token, refreshHead) {
		return row, of, errRefresh()
	}
	if row, err = s.lockRefresh(ctx, hashToken(token)); err != nil {
		return row, of, err
	}
	of, why, err := s.sessionOfTokens(ctx, row.SessionID)
	switch {
	case err != nil:
		return row, of, err
	case why != "":
		return row, of, outFor(why)
	case of.RevokedAt != nil || !of.ExpiresAt.After(s.clock.Now()):
		return row, of, errSignedOut()
	}
	return row, of, nil
}

// rotate spends the token and gives the next pair.
func (s *Service) rotate(ctx context.Context, row SessionToken, of Session, in Refresh) (Tokens, error) {
	now := s.clock.Now()
	if err := s.attempt(ctx, s.limits.refreshesBySession, of.ID.String()); err != nil {
		return Tokens{}, err
	}
	if err := s.spendRefresh(ctx, row.Hash, now); err != nil {
		return Tokens{}, err
	}
	if err := s.dropOldAccess(ctx, of.ID, now); err != nil {
		return Tokens{}, err
	}
	until := of.expiry(now)
	if err := s.touchSession(ctx, of, now, until, now); err != nil {
		return Tokens{}, err
	}
	t := Tokens{AccessUntil: now.Add(accessFor), RefreshUntil: until, Session: of.ID, Member: of.SubjectID}
	t.Access, t.Refresh = s.successors(in.Token, in.Attempt)
	return t, s.issue(ctx, t)
}

// repeat answers a token that was spent.
func (s *Service) repeat(ctx context.Context, row SessionToken, of Session, in Refresh) (Tokens, error) {
	since := s.clock.Now().Sub(*row.SpentAt)
	if in.Attempt != "" && since < repeatFor {
		t := Tokens{Session: of.ID, Member: of.SubjectID}
		t.Access, t.Refresh = s.successors(in.Token, in.Attempt)
		next, err := s.readTokens(ctx, of.ID, hashToken(t.Access), hashToken(t.Refresh))
		if err != nil {
			return t, err
		}
		for _, n := range next {
			switch {
			case n.Kind == accessKind:
				t.AccessUntil = n.ExpiresAt
			case n.SpentAt == nil:
				t.RefreshUntil = n.ExpiresAt
			}
		}
		if !t.AccessUntil.IsZero() && !t.RefreshUntil.IsZero() {
			return t, nil
		}
	}
	if since < raceFor {
		return Tokens{}, errRaced()
	}
	return Tokens{}, errReplayed()
}

// endReplayed ends a family of which a token was copied.
func (s *Service) endReplayed(ctx context.Context, of Session) error {
	if err := s.endBecause(ctx, of.ID, endedReplayed); err != nil {
		return err
	}
	ctx = actor.With(ctx, of.Actor())
	return s.record(ctx, "member.signed_out", "member", of.SubjectID.String(), map[string]any{"surface": of.Surface, "why": endedReplayed})
}

// EndFamily signs out where a refresh token is used, which may be spent. A token
// that is none is no error: nobody is signed in with it.
func (s *Service) EndFamily(ctx context.Context, token string) error {
	return s.db.Tx(ctx, func(ctx context.Context) error {
		_, of, err := s.family(ctx, token)
		if err != nil {
			if fault.Of(err).Kind == fault.Unauthenticated {
				return nil
			}
			return err
		}
		if _, err := s.revokeSession(ctx, of.TokenHash); err != nil {
			return err
		}
		return s.recordSignOut(actor.With(ctx, of.Actor()), of)
	})
}
