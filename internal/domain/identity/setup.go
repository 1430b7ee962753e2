package identity

import (
	"context"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// OfferSetup makes the token with which somebody becomes the first owner, for
// as long as nobody works here; needed tells whether that is so. Each offer
// ends the one before, so only the newest line in the log is good.
func (s *Service) OfferSetup(ctx context.Context) (token string, needed bool, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		n, err := s.countStaff(ctx)
		if err != nil || n > 0 {
			return err
		}
		token, needed = newToken(), true
		return s.putSetupOffer(ctx, hashToken(token), s.clock.Now())
	})
	if err != nil {
		return "", false, err
	}
	return token, needed, nil
}

// CompleteSetup is what the first owner fills in.
type CompleteSetup struct {
	Token                 string
	Name, Email, Password string
	Visit                 Visit
}

func setupSpent() error {
	return fault.New(fault.Gone, "setup_invalid", "This set-up link is not valid any more. Restart the server, or sign in.")
}

// LookSetup tells whether a set-up link is good, before anybody fills in a form
// for nothing. The fault is setup_invalid.
func (s *Service) LookSetup(ctx context.Context, token string) error {
	open, err := s.hasSetupOffer(ctx, hashToken(token))
	if err != nil || !open {
		return orSpent(err)
	}
	return nil
}

// CompleteSetup makes the first owner and signs them in. The offer is deleted
// in the same transaction, so of two at once exactly one becomes the owner.
func (s *Service) CompleteSetup(ctx context.Context, in CompleteSetup) (SignedIn, error) {
	// Asked first, so that a stranger cannot make us hash passwords.
	if err := s.LookSetup(ctx, in.Token); err != nil {
		return SignedIn{}, err
	}
	owner, err := s.newStaff(ctx, CreateStaff{Email: in.Email, Name: in.Name, Role: Owner, Password: in.Password})
	if err != nil {
		return SignedIn{}, err
	}
	var signedIn SignedIn
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		if err := s.becomeFirst(ctx, hashToken(in.Token), owner); err != nil {
			return err
		}
		signedIn, err = s.beginStaffSession(ctx, owner, "setup", in.Visit)
		return err
	})
	return signedIn, err
}

func (s *Service) becomeFirst(ctx context.Context, hash []byte, owner Staff) error {
	if taken, err := s.takeSetupOffer(ctx, hash); err != nil || !taken {
		return orSpent(err)
	}
	n, err := s.countStaff(ctx)
	if err != nil {
		return err
	}
	if n > 0 {
		return setupSpent()
	}
	return s.addStaff(actor.With(ctx, actor.Actor{Kind: actor.Staff, ID: owner.ID, Name: owner.Name}), owner)
}

func orSpent(err error) error {
	if err != nil {
		return err
	}
	return setupSpent()
}
