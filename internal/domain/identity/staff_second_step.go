package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// SecondStep says that the password was right and something else is wanted.
type SecondStep struct {
	Ticket    string // what the second step shows; good for a few tries
	Ways      []Way
	ExpiresAt time.Time
}

// SecondFactor is the second step of a sign-in: one of the two codes.
type SecondFactor struct {
	Ticket       string
	TOTP         string
	RecoveryCode string
	Visit        Visit
}

// SignInSecondFactor begins the session of somebody whose password was right.
// Tries are counted per ticket, per account and per client, before a code is
// looked at.
func (s *Service) SignInSecondFactor(ctx context.Context, in SecondFactor) (SignedIn, error) {
	step, err := s.countStep(ctx, in)
	if err != nil {
		return SignedIn{}, err
	}
	var signedIn SignedIn
	right := false
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		u, err := s.lockActive(ctx, *step.StaffID)
		if err != nil {
			return err
		}
		by := ByTOTP
		if in.TOTP == "" {
			by = ByRecovery
			right, err = s.spendRecoveryCode(ctx, u.ID, in.RecoveryCode)
		} else {
			right, err = s.spendTOTP(ctx, u.ID, in.TOTP)
		}
		if err != nil || !right {
			return err
		}
		if err := s.deleteChallenge(ctx, step.ID); err != nil {
			return err
		}
		signedIn, err = s.finishSecondStep(ctx, u, by, in.Visit)
		return err
	})
	if err != nil || right {
		return signedIn, err
	}
	return SignedIn{}, s.refuseSecondStep(ctx, *step.StaffID, in)
}

// countStep counts a try and says whose it is. It is committed before the code
// counts for anything, so that no failure later can give a try back.
func (s *Service) countStep(ctx context.Context, in SecondFactor) (step Challenge, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		if err := s.attempt(ctx, s.limits.factorsByClient, network(in.Visit.Client)); err != nil {
			return err
		}
		if step, err = s.tryChallenge(ctx, forSecondFactor, hashToken(in.Ticket)); err != nil {
			return err
		}
		return s.attempt(ctx, s.limits.factorsByAccount, step.StaffID.String())
	})
	return step, err
}

// countGuess counts a code that is typed by somebody who is signed in.
func (s *Service) countGuess(ctx context.Context, staff uuid.UUID) error {
	return s.db.Tx(ctx, func(ctx context.Context) error {
		return s.attempt(ctx, s.limits.factorsByAccount, staff.String())
	})
}

// refuseSecondStep tells the journal, because whoever came so far knows the
// password.
func (s *Service) refuseSecondStep(ctx context.Context, staff uuid.UUID, in SecondFactor) error {
	field := "totp"
	if in.TOTP == "" {
		field = "recovery_code"
	}
	err := s.db.Tx(ctx, func(ctx context.Context) error {
		return s.record(ctx, "staff.second_factor_refused", "staff", staff.String(), map[string]any{"by": field})
	})
	if err != nil {
		return err
	}
	return errCodeWrong(field)
}

// finishSecondStep begins the session, in the transaction of the context.
func (s *Service) finishSecondStep(ctx context.Context, u Staff, by Way, v Visit) (SignedIn, error) {
	if err := s.forgive(ctx, s.limits.factorsByAccount, u.ID.String()); err != nil {
		return SignedIn{}, err
	}
	if err := s.welcome(ctx, door{account: u.Email, client: network(v.Client)}); err != nil {
		return SignedIn{}, err
	}
	in, err := s.beginStaffSession(ctx, u, "password and "+string(by), v)
	if err != nil || by != ByRecovery {
		return in, err
	}
	f, err := s.factorsOf(ctx, u.ID)
	if err != nil {
		return in, err
	}
	if err := s.notify(ctx, u.ID, noticeRecovery); err != nil {
		return in, err
	}
	return in, s.record(ctx, "staff.recovery_code_used", "staff", u.ID.String(), map[string]any{"left": f.RecoveryLeft})
}

// lockActive reads somebody who may sign in, for a change.
func (s *Service) lockActive(ctx context.Context, id uuid.UUID) (Staff, error) {
	u, err := s.lockStaff(ctx, id)
	if err == nil && u.DisabledAt != nil {
		return u, ticketSpent()
	}
	return u, err
}
