package identity

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Factors are what somebody has beside a password.
type Factors struct {
	TOTP         bool
	Passkeys     int64
	RecoveryLeft int64
}

// Strong tells whether a password alone does not open the account.
func (f Factors) Strong() bool { return f.TOTP || f.Passkeys > 0 }

// Way is a way to show a second factor.
type Way string

// The ways.
const (
	ByTOTP     Way = "totp"
	ByPasskey  Way = "passkey"
	ByRecovery Way = "recovery"
)

// ways lists how the person can go on after the password.
func (f Factors) ways() (out []Way) {
	if f.TOTP {
		out = append(out, ByTOTP)
	}
	if f.Passkeys > 0 {
		out = append(out, ByPasskey)
	}
	if f.RecoveryLeft > 0 {
		out = append(out, ByRecovery)
	}
	return out
}

// me is the staff user who is signed in. A key has no account of its own.
func me(ctx context.Context) (uuid.UUID, error) {
	if err := actor.RequireStaff(ctx); err != nil {
		return uuid.Nil, err
	}
	return actor.From(ctx).ID, nil
}

// MyFactors says what whoever is signed in has beside a password.
func (s *Service) MyFactors(ctx context.Context) (Factors, error) {
	id, err := me(ctx)
	if err != nil {
		return Factors{}, err
	}
	return s.factorsOf(ctx, id)
}

// strengthen follows on a new second factor: sessions that began without it
// end, and the first one brings codes for emergencies.
func (s *Service) strengthen(ctx context.Context, staff uuid.UUID, verb string, payload map[string]any) (recovery []string, err error) {
	if _, err := s.lockStaff(ctx, staff); err != nil { // one change of factors at a time
		return nil, err
	}
	if _, err := s.revokeSessions(ctx, actor.Staff, staff, actor.From(ctx).Session); err != nil {
		return nil, err
	}
	if err := s.deleteChallenges(ctx, staff); err != nil {
		return nil, err
	}
	f, err := s.factorsOf(ctx, staff)
	if err != nil {
		return nil, err
	}
	if f.RecoveryLeft == 0 {
		if recovery, err = s.makeRecoveryCodes(ctx, staff); err != nil {
			return nil, err
		}
	}
	if err := s.notify(ctx, staff, noticeAdded); err != nil {
		return nil, err
	}
	return recovery, s.record(ctx, verb, "staff", staff.String(), payload)
}

// weaken follows on a second factor that was removed. The last one stays while
// the owner requires one; without any, codes for emergencies mean nothing.
func (s *Service) weaken(ctx context.Context, staff uuid.UUID, verb string, payload map[string]any) error {
	if _, err := s.lockStaff(ctx, staff); err != nil { // two removals at once must see each other
		return err
	}
	f, err := s.factorsOf(ctx, staff)
	if err != nil {
		return err
	}
	if !f.Strong() {
		required, err := s.secondFactorRequired(ctx)
		if err != nil {
			return err
		}
		if required {
			return fault.New(fault.Conflict, "second_factor_required", "Everybody here signs in with a second factor. Add another before you remove the last.")
		}
		if err := s.deleteRecoveryCodes(ctx, staff); err != nil {
			return err
		}
	}
	if err := s.deleteChallenges(ctx, staff); err != nil {
		return err
	}
	if err := s.notify(ctx, staff, noticeRemoved); err != nil {
		return err
	}
	return s.record(ctx, verb, "staff", staff.String(), payload)
}

// ResetSecondFactor takes everything but the password from a colleague who has
// lost the rest, and signs them out. It needs staff.write.
func (s *Service) ResetSecondFactor(ctx context.Context, id uuid.UUID) error {
	if err := actor.Require(ctx, actor.StaffWrite); err != nil {
		return err
	}
	_, err := s.changeStaff(ctx, id, func(ctx context.Context, _ *Staff) error {
		if err := s.deleteFactors(ctx, id); err != nil {
			return err
		}
		if _, err := s.revokeSessions(ctx, actor.Staff, id, actor.From(ctx).Session); err != nil {
			return err
		}
		if err := s.notify(ctx, id, noticeRemoved); err != nil {
			return err
		}
		return s.record(ctx, "staff.second_factor_reset", "staff", id.String(), nil)
	})
	return err
}
