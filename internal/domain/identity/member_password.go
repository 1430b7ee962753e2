package identity

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// MemberPassword is the password of a member who wants one.
type MemberPassword struct {
	MemberID  uuid.UUID `gorm:"type:uuid;primaryKey"`
	Hash      string    `gorm:"not null"`
	ChangedAt time.Time `gorm:"not null"`
}

// PasswordsOffered tells whether the owner lets members have passwords.
func (s *Service) PasswordsOffered(ctx context.Context) (bool, error) { return s.memberPasswords(ctx) }

func errPasswordsOff() error {
	return fault.New(fault.NotFound, "passwords_off", "Members log in with a link, a code or a passkey here.")
}

// PasswordSince says when a member's password was set; nil when there is none.
// Members ask for themselves; for others it needs members.read.
func (s *Service) PasswordSince(ctx context.Context, member uuid.UUID) (*time.Time, error) {
	if err := selfOr(ctx, actor.Member, member, actor.MembersRead); err != nil {
		return nil, err
	}
	row, err := s.readMemberPassword(ctx, member)
	if row == nil || err != nil {
		return nil, err
	}
	return &row.ChangedAt, nil
}

// SetMemberPassword gives the member who acts a password, or another one. Their
// other sessions end, and a mail tells them. It needs a session that was
// confirmed lately.
func (s *Service) SetMemberPassword(ctx context.Context, password string) error {
	id, err := s.confirmedMember(ctx)
	if err != nil {
		return err
	}
	if offered, err := s.memberPasswords(ctx); err != nil || !offered {
		return orPasswordsOff(err)
	}
	m, err := s.readMember(ctx, id)
	if err != nil {
		return err
	}
	var f fault.Fields
	local, _, _ := strings.Cut(m.Email, "@")
	if password == "" {
		f.Required("password", "")
	} else {
		checkPassword(&f, "password", password, m.Email, m.EmailGiven, local, m.Name)
	}
	if err := f.Err(); err != nil {
		return err
	}
	// Each costs memory and a mail.
	err = s.db.Tx(ctx, func(ctx context.Context) error { return s.attempt(ctx, s.limits.passwordChanges, id.String()) })
	if err != nil {
		return err
	}
	hash, err := s.passwords.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error { return s.putPassword(ctx, id, hash) })
}

func orPasswordsOff(err error) error {
	if err != nil {
		return err
	}
	return errPasswordsOff()
}

func (s *Service) putPassword(ctx context.Context, id uuid.UUID, hash string) error {
	if _, err := s.lockMember(ctx, id); err != nil {
		return err
	}
	old, err := s.readMemberPassword(ctx, id)
	if err != nil {
		return err
	}
	if err := s.putMemberPassword(ctx, MemberPassword{MemberID: id, Hash: hash, ChangedAt: s.clock.Now()}); err != nil {
		return err
	}
	if _, err := s.endSessions(ctx, actor.Member, id, actor.From(ctx).Session); err != nil {
		return err
	}
	verb, notice := "member.password_set", passwordSet
	if old != nil {
		verb, notice = "member.password_changed", passwordChanged
	}
	if err := s.notifyMember(ctx, id, notice); err != nil {
		return err
	}
	return s.record(ctx, verb, "member", id.String(), nil)
}

// RemoveMemberPassword lets the member who acts go without a password again,
// also where none are offered any more. It needs a session that was confirmed
// lately. Without a password it does nothing.
func (s *Service) RemoveMemberPassword(ctx context.Context) error {
	id, err := s.confirmedMember(ctx)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		if _, err := s.lockMember(ctx, id); err != nil {
			return err
		}
		gone, err := s.deleteMemberPassword(ctx, id)
		if err != nil || !gone {
			return err
		}
		if err := s.notifyMember(ctx, id, passwordRemoved); err != nil {
			return err
		}
		return s.record(ctx, "member.password_removed", "member", id.String(), nil)
	})
}

// SignInMember is an attempt to sign a member in with a password.
type SignInMember struct {
	Email, Password string
	ReturnTo        string // a path within the site; anything else counts as ""
	Visit           Visit
}

func errMemberCredentials() error {
	return fault.New(fault.Unauthenticated, "credentials_wrong", "E-mail address or password are not right. If you have no password, or forgot it, ask for a link instead.")
}

// SignInMember begins a member's session. An unknown address, an account
// without a password and a wrong password take the same work and get the same
// answer.
func (s *Service) SignInMember(ctx context.Context, in SignInMember) (signedIn SignedIn, err error) {
	if offered, err := s.memberPasswords(ctx); err != nil || !offered {
		return signedIn, orPasswordsOff(err)
	}
	email, ok := parseEmail(in.Email)
	if !ok || len(in.Password) > 4*maxPassword {
		return signedIn, errMemberCredentials() // nobody can have these
	}
	// Staff may have the same address; the two are counted apart.
	d := door{account: "member " + email.Canonical, client: network(in.Visit.Client)}
	if err := s.knock(ctx, d, s.limits.memberPasswordsByClient); err != nil {
		return signedIn, err
	}
	known, err := s.memberPasswordByEmail(ctx, email.Canonical)
	if err != nil {
		return signedIn, err
	}
	hash := nobodysHash
	if known != nil {
		hash = known.Hash
	}
	right, old, err := s.passwords.compare(ctx, in.Password, hash)
	if err != nil {
		return signedIn, err
	}
	if known == nil || !right {
		return signedIn, errMemberCredentials()
	}
	fresh := *known
	if old {
		if fresh.Hash, err = s.passwords.hash(ctx, in.Password); err != nil {
			return signedIn, err
		}
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		signedIn, err = s.admitMember(ctx, *known, fresh, d, in.Visit)
		return err
	})
	signedIn.ReturnTo = LocalPath(in.ReturnTo)
	return signedIn, err
}

// admitMember begins the session, if the password is still what it was when it
// was compared.
func (s *Service) admitMember(ctx context.Context, was, fresh MemberPassword, d door, v Visit) (SignedIn, error) {
	m, err := s.lockMember(ctx, was.MemberID)
	if err != nil {
		return SignedIn{}, errMemberCredentials()
	}
	now, err := s.readMemberPassword(ctx, m.ID)
	if err != nil {
		return SignedIn{}, err
	}
	if now == nil || now.Hash != was.Hash {
		return SignedIn{}, errMemberCredentials()
	}
	if fresh.Hash != was.Hash {
		if err := s.putMemberPassword(ctx, fresh); err != nil {
			return SignedIn{}, err
		}
	}
	// Before the other counters, in the order in which knock locks them.
	if err := s.takeBack(ctx, s.limits.memberPasswordsByClient, d.client); err != nil {
		return SignedIn{}, err
	}
	if err := s.welcome(ctx, d); err != nil {
		return SignedIn{}, err
	}
	return s.beginMemberSession(ctx, m, false, "password", v)
}
