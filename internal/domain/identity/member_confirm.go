package identity

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// memberConfirmFor is how long a member may change how they sign in after they
// have signed in, or typed a code that was sent for this.
const memberConfirmFor = 15 * time.Minute

// confirmSurface marks a request that only confirms who is there: its letter
// has a code and no link.
const confirmSurface = "confirm"

// MemberConfirmed tells whether the member who acts has shown lately who they
// are.
func (s *Service) MemberConfirmed(ctx context.Context) (bool, error) {
	at, err := s.confirmedAt(ctx, actor.From(ctx).Session)
	return err == nil && at != nil && at.Add(memberConfirmFor).After(s.clock.Now()), err
}

// confirmedMember is [meMember] for what a browser left open must not do.
func (s *Service) confirmedMember(ctx context.Context) (uuid.UUID, error) {
	id, err := meMember(ctx)
	if err != nil {
		return id, err
	}
	ok, err := s.MemberConfirmed(ctx)
	if err != nil {
		return id, err
	}
	if !ok {
		return id, fault.New(fault.Forbidden, "confirmation_required", "Show that it is you first: we send you a code.")
	}
	return id, nil
}

// AskConfirmation sends the member who acts a code to their address. The
// browser that asks must show its token with the code.
func (s *Service) AskConfirmation(ctx context.Context, browser, client string) (SignInStarted, error) {
	id, err := meMember(ctx)
	if err != nil {
		return SignInStarted{}, err
	}
	m, err := s.readMember(ctx, id)
	if err != nil {
		return SignInStarted{}, err
	}
	return s.StartSignIn(ctx, StartSignIn{Email: m.EmailGiven, Browser: browser, Client: client, Surface: confirmSurface})
}

// ConfirmMember takes the code and notes that the member is there. It has the
// limits of signing in with a code, and spends the code like that does.
func (s *Service) ConfirmMember(ctx context.Context, in SpendCode) error {
	id, err := meMember(ctx)
	if err != nil {
		return err
	}
	right, err := s.tryCode(ctx, in)
	if err != nil {
		return noLinkHere(err)
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		m, err := s.lockMember(ctx, id)
		if err != nil {
			return err
		}
		if right.Email != m.Email { // of somebody else who asked in this browser
			return noLinkHere(codeWrong())
		}
		taken, err := s.takeSignInToken(ctx, right.ID, s.clock.Now())
		if err != nil {
			return err
		}
		if taken == nil {
			return noLinkHere(codeWrong())
		}
		if err := s.forgive(ctx, s.limits.codesByAccount, right.Email); err != nil {
			return err
		}
		return s.confirmSession(ctx, actor.From(ctx).Session, s.clock.Now())
	})
}

// noLinkHere says what still works where the letter has no button.
func noLinkHere(err error) error {
	var f *fault.Error
	switch {
	case !errors.As(err, &f):
	case f.Kind == fault.TooMany:
		f.Message = "Too many codes were tried. Please log out, and log in again with a link."
	case f.Code == codeInvalid:
		f.Message = "This code is not right, or no longer good. Use the newest mail, or ask for another."
	}
	return err
}
