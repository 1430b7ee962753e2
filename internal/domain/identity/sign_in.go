package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

const (
	signInFor    = 15 * time.Minute
	maxCodeTries = 5
)

// SignInToken is one request to sign in, until it is used or expires. Neither
// the link nor the code stands in it: both are computed from the id.
type SignInToken struct {
	ID          uuid.UUID `gorm:"type:uuid;primaryKey"`
	Email       string    `gorm:"not null"`
	EmailGiven  string    `gorm:"not null"`
	Name        string    `gorm:"not null"`
	ReturnTo    string    `gorm:"not null"`
	Surface     string    `gorm:"not null"`
	BrowserHash []byte    `gorm:"not null"`
	CodeTries   int64     `gorm:"not null"`
	CreatedAt   time.Time `gorm:"not null"`
	ExpiresAt   time.Time `gorm:"not null"`
	// Of a request whose link leads back to a front end.
	KeyID       *uuid.UUID `gorm:"type:uuid"`
	Challenge   string     `gorm:"not null;default:''"`
	State       string     `gorm:"not null;default:''"`
	ReturnHash  *string    // SHA-256 of the code that was handed back, in hex
	ReturnUntil *time.Time
}

// StartSignIn asks for a sign-in mail.
type StartSignIn struct {
	Email    string
	Name     string  // used when the address turns out to be new; may be empty
	ReturnTo string  // a path within the site; anything else counts as ""
	Browser  string  // the browser token of an earlier request, or ""
	Client   string  // network address, for limits only
	Surface  string  // a short word, such as "portal" or "api"
	Return   *Return // whereto the link leads back instead; nil: it signs in where it is opened
	Language string  // of the page, where its address names one
}

// SignInStarted says that a mail is on its way, or would be.
type SignInStarted struct {
	// Browser is what the browser must show with the code: a cookie, or a
	// value that a program keeps.
	Browser   string
	ExpiresAt time.Time
}

// validate lists every broken rule and returns the row to be.
func (in StartSignIn) validate() (SignInToken, error) {
	email, err := ParseEmail(in.Email)
	f := fieldsOf(err)
	row := SignInToken{
		Email: email.Canonical, EmailGiven: email.Given, Name: cleanName(&f, in.Name),
		ReturnTo: LocalPath(in.ReturnTo), Surface: in.Surface,
	}
	if r := in.Return; r != nil {
		r.check(&f)
		row.ReturnTo, row.KeyID, row.State, row.Challenge = r.To, &r.Key, r.State, r.Challenge
	}
	return row, f.Err()
}

// fieldsOf goes on with the field errors of an inner check.
func fieldsOf(err error) (f fault.Fields) {
	if err == nil {
		return f
	}
	for _, field := range fault.Of(err).Fields {
		f.Add(field.Path, field.Code, field.Message)
	}
	return f
}

// StartSignIn writes one row and one job. It never looks whether there is an
// account, so nobody can tell from its answer or its time. A fault is
// invalid_input or too_many_attempts.
func (s *Service) StartSignIn(ctx context.Context, in StartSignIn) (SignInStarted, error) {
	row, err := in.validate()
	if err != nil {
		return SignInStarted{}, err
	}
	browser := in.Browser
	if len(browser) != tokenLength {
		browser = newToken()
	}
	now := s.clock.Now()
	row.ID, row.BrowserHash, row.CreatedAt, row.ExpiresAt = db.NewID(), hashToken(browser), now, now.Add(signInFor)
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		if err := s.attempt(ctx, s.limits.mailsByClient, network(in.Client)); err != nil {
			return err
		}
		if err := s.attempt(ctx, s.limits.mailsByPair, row.Email+" "+network(in.Client)); err != nil {
			return err
		}
		if err := s.attempt(ctx, s.limits.mailsByAccount, row.Email); err != nil {
			return err
		}
		if err := s.insertSignInToken(ctx, row); err != nil {
			return err
		}
		return s.db.Enqueue(ctx, SendSignInMail{TokenID: row.ID, Language: in.Language}, nil)
	})
	return SignInStarted{Browser: browser, ExpiresAt: row.ExpiresAt}, err
}

// spend turns a request into a session: it deletes the row, and whoever finds
// no row to delete was second. All other requests of the address end with it.
func (s *Service) spend(ctx context.Context, id uuid.UUID, by string, v Visit, spent error) (in SignedIn, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		row, err := s.takeSignInToken(ctx, id, s.clock.Now())
		if err != nil {
			return err
		}
		if row == nil {
			return spent
		}
		if in, err = s.enter(ctx, *row, by, v); err != nil {
			return err
		}
		return s.forgive(ctx, s.limits.mailsByPair, row.Email+" "+network(v.Client))
	})
	return in, err
}

// enter finds or makes the member and begins the session.
func (s *Service) enter(ctx context.Context, row SignInToken, by string, v Visit) (SignedIn, error) {
	now := s.clock.Now()
	if v.Surface == "" {
		v.Surface = row.Surface
	}
	m, created, err := s.ensureMember(ctx, newMember(Email{row.Email, row.EmailGiven}, row.Name, now))
	if err != nil {
		return SignedIn{}, err
	}
	if m.Language == "" && v.Language != "" {
		m.Language, m.UpdatedAt = v.Language, now
		if err := s.saveMember(ctx, m); err != nil {
			return SignedIn{}, err
		}
	}
	if m.verify(now) {
		if m.Name == "" {
			m.rename(row.Name, now)
		}
		if err := s.saveMember(ctx, m); err != nil {
			return SignedIn{}, err
		}
	}
	in, err := s.beginMemberSession(ctx, m, created, by, v)
	in.ReturnTo = LocalPath(row.ReturnTo)
	return in, err
}

// beginMemberSession begins a session of a member whose row is locked, so that
// two sign-ins at once count each other's devices. Whoever signs in has just
// shown who they are.
func (s *Service) beginMemberSession(ctx context.Context, m Member, created bool, by string, v Visit) (SignedIn, error) {
	now := s.clock.Now()
	who := Session{Kind: actor.Member, SubjectID: m.ID, Name: m.Name, Email: m.EmailGiven, AccessEpoch: m.AccessEpoch, ConfirmedAt: &now}
	in, err := s.beginSession(ctx, who, v)
	if err != nil {
		return SignedIn{}, err
	}
	if err := s.makeRoom(ctx, in.Session); err != nil {
		return SignedIn{}, err
	}
	in.New = created
	return in, s.recordSignIn(ctx, in, by)
}

func (s *Service) recordSignIn(ctx context.Context, in SignedIn, by string) error {
	ctx = actor.With(ctx, in.Session.Actor())
	kind, id := string(in.Session.Kind), in.Session.SubjectID.String()
	if in.New {
		if err := s.record(ctx, "member.registered", kind, id, map[string]any{"surface": in.Session.Surface}); err != nil {
			return err
		}
	}
	return s.record(ctx, kind+".signed_in", kind, id, map[string]any{"surface": in.Session.Surface, "by": by})
}
