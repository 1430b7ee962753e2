package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// confirmFor is how long a password counts that was typed in a session.
const confirmFor = 30 * time.Minute

// Confirm takes the password of whoever is signed in, ahead of changes that
// could give the account away. It has the limits of changing a password.
func (s *Service) Confirm(ctx context.Context, password string) (until time.Time, err error) {
	id, err := me(ctx)
	if err != nil {
		return until, err
	}
	u, err := s.readStaff(ctx, id)
	if err != nil {
		return until, err
	}
	if err := s.checkCurrent(ctx, u, password, "password"); err != nil {
		return until, err
	}
	now := s.clock.Now()
	err = s.db.Tx(ctx, func(ctx context.Context) error { return s.confirmSession(ctx, actor.From(ctx).Session, now) })
	return now.Add(confirmFor), err
}

// ConfirmedUntil says how long the present session counts as confirmed; zero
// when it does not.
func (s *Service) ConfirmedUntil(ctx context.Context) (time.Time, error) {
	at, err := s.confirmedAt(ctx, actor.From(ctx).Session)
	if err != nil || at == nil || !at.Add(confirmFor).After(s.clock.Now()) {
		return time.Time{}, err
	}
	return at.Add(confirmFor), nil
}

// confirmed is [me] for what a browser left open must not do.
func (s *Service) confirmed(ctx context.Context) (uuid.UUID, error) {
	id, err := me(ctx)
	if err != nil {
		return id, err
	}
	until, err := s.ConfirmedUntil(ctx)
	if err != nil {
		return id, err
	}
	if until.IsZero() {
		return id, fault.New(fault.Forbidden, "confirmation_required", "Type your password once more to do this.")
	}
	return id, nil
}
