package identity

import (
	"context"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// SignInStaff is an attempt to sign in at the desk.
type SignInStaff struct {
	Email, Password string
	Visit           Visit
}

// errCredentials is one answer for an unknown address, a wrong password and a
// disabled account.
func errCredentials() error {
	return fault.New(fault.Unauthenticated, "credentials_wrong", "E-mail address or password are not right.")
}

// SignInStaff begins a staff session, or asks for a second factor when the
// password was right and the account has one. Whether the address is known, disabled
// or unknown, it does the same work and gives the same answer.
func (s *Service) SignInStaff(ctx context.Context, in SignInStaff) (SignedIn, error) {
	email, ok := parseEmail(in.Email)
	if !ok || len(in.Password) > 4*maxPassword {
		return SignedIn{}, errCredentials() // nobody can have these
	}
	door := door{account: email.Canonical, client: network(in.Visit.Client)}
	if err := s.knock(ctx, door, s.limits.passwordsByClient); err != nil {
		return SignedIn{}, err
	}
	u, err := s.readStaffByEmail(ctx, email.Canonical)
	if err != nil {
		return SignedIn{}, err
	}
	hash := nobodysHash
	if u != nil {
		hash = u.PasswordHash
	}
	right, old, err := s.passwords.compare(ctx, in.Password, hash)
	if err != nil {
		return SignedIn{}, err
	}
	if u == nil || !right {
		return SignedIn{}, errCredentials()
	}
	fresh := ""
	if old {
		if fresh, err = s.passwords.hash(ctx, in.Password); err != nil {
			return SignedIn{}, err
		}
	}
	return s.admit(ctx, *u, fresh, door, in.Visit)
}

// admit begins the session, if the account is still what it was when the
// password was compared.
func (s *Service) admit(ctx context.Context, was Staff, freshHash string, d door, v Visit) (in SignedIn, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		u, err := s.lockStaff(ctx, was.ID)
		if err != nil {
			return err
		}
		if u.DisabledAt != nil || u.PasswordHash != was.PasswordHash {
			return errCredentials()
		}
		if freshHash != "" {
			if err := s.replaceHash(ctx, u.ID, was.PasswordHash, freshHash); err != nil {
				return err
			}
		}
		in, err = s.afterPassword(ctx, u, d, v)
		return err
	})
	return in, err
}

// afterPassword begins the session, or asks for the second factor of whoever
// has one.
func (s *Service) afterPassword(ctx context.Context, u Staff, d door, v Visit) (SignedIn, error) {
	f, err := s.factorsOf(ctx, u.ID)
	if err != nil {
		return SignedIn{}, err
	}
	if !f.Strong() {
		if err := s.welcome(ctx, d); err != nil {
			return SignedIn{}, err
		}
		return s.beginStaffSession(ctx, u, "password", v)
	}
	ticket, expires, err := s.challenge(ctx, forSecondFactor, &u.ID, nil)
	return SignedIn{Second: &SecondStep{Ticket: ticket, Ways: f.ways(), ExpiresAt: expires}}, err
}

func (s *Service) beginStaffSession(ctx context.Context, u Staff, by string, v Visit) (SignedIn, error) {
	p, err := s.position(ctx, u.Role)
	if err != nil {
		return SignedIn{}, err
	}
	f, err := s.factorsOf(ctx, u.ID)
	if err != nil {
		return SignedIn{}, err
	}
	enrol, err := s.mustEnrol(ctx, f.Strong())
	if err != nil {
		return SignedIn{}, err
	}
	now := s.clock.Now()
	who := Session{Kind: actor.Staff, SubjectID: u.ID, Name: u.Name, Email: u.EmailGiven, Position: p, MustEnrol: enrol, ConfirmedAt: &now}
	in, err := s.beginSession(ctx, who, v)
	if err != nil {
		return SignedIn{}, err
	}
	if err := s.markStaffSeen(ctx, u.ID, now); err != nil {
		return SignedIn{}, err
	}
	return in, s.recordSignIn(ctx, in, by)
}

// door is where somebody tries a password: an account, from a client.
type door struct{ account, client string }

func (d door) pair() string { return d.account + "\x00" + d.client }

// placeMark names the mark that somebody has signed in here before.
const placeMark = "known place"

// knock counts an attempt before the password is looked at; byClient is the
// limit of all accounts together. Somebody who has signed in from this network
// before is not held up by strangers elsewhere.
func (s *Service) knock(ctx context.Context, d door, byClient limit) error {
	return s.db.Tx(ctx, func(ctx context.Context) error {
		if err := s.attempt(ctx, byClient, d.client); err != nil {
			return err
		}
		if err := s.attempt(ctx, s.limits.passwordsByPair, d.pair()); err != nil {
			return err
		}
		atHome, err := s.known(ctx, s.secrets.blind(placeMark, d.pair()), s.clock.Now())
		if err != nil || atHome {
			return err
		}
		return s.attempt(ctx, s.limits.passwordsByAccount, d.account)
	})
}

// welcome forgets the wrong attempts and remembers the place.
func (s *Service) welcome(ctx context.Context, d door) error {
	if err := s.forgive(ctx, s.limits.passwordsByPair, d.pair()); err != nil {
		return err
	}
	if err := s.forgive(ctx, s.limits.passwordsByAccount, d.account); err != nil {
		return err
	}
	now := s.clock.Now()
	return s.remember(ctx, s.secrets.blind(placeMark, d.pair()), now, now.Add(memberIdle))
}
