package identity

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// resetFor is how long a link in a reset mail is good.
const resetFor = 30 * time.Minute

// PasswordReset is a request for another password, until it is used or runs
// out. It is written whether there is an account or not.
type PasswordReset struct {
	ID        uuid.UUID `gorm:"type:uuid;primaryKey"`
	Email     string    `gorm:"not null"` // canonical
	CreatedAt time.Time `gorm:"not null"`
	ExpiresAt time.Time `gorm:"not null"`
}

// resetSpent is one answer for a link that was used, has run out, or was never
// written by us.
func resetSpent() error {
	return fault.New(fault.Gone, "reset_invalid", "This link has been used, or it is older than 30 minutes. Ask for a new one.")
}

// AskPasswordReset asks for a mail to choose another password. It never looks
// whether there is an account: the job that would write the mail does.
func (s *Service) AskPasswordReset(ctx context.Context, email, client string) error {
	address, err := ParseEmail(email)
	if err != nil {
		return err
	}
	now := s.clock.Now()
	row := PasswordReset{ID: db.NewID(), Email: address.Canonical, CreatedAt: now, ExpiresAt: now.Add(resetFor)}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		if err := s.attempt(ctx, s.limits.resetsByClient, network(client)); err != nil {
			return err
		}
		if err := s.attempt(ctx, s.limits.resetsByAccount, row.Email); err != nil {
			return err
		}
		if err := s.insertReset(ctx, row); err != nil {
			return err
		}
		return s.db.Enqueue(ctx, SendResetMail{ID: row.ID}, nil)
	})
}

// openReset finds the staff user a link is for.
func (s *Service) openReset(ctx context.Context, token string) (u Staff, row PasswordReset, err error) {
	id, _, ok := s.secrets.readStaffLink("reset", token)
	if !ok {
		return u, row, resetSpent()
	}
	found, err := s.readReset(ctx, id, s.clock.Now())
	if err != nil {
		return u, row, err
	}
	if found == nil {
		return u, row, resetSpent()
	}
	who, err := s.readStaffByEmail(ctx, found.Email)
	if err != nil {
		return u, row, err
	}
	if who == nil {
		return u, row, resetSpent()
	}
	return *who, *found, nil
}

// LookReset says whose password a link would change, and until when. It
// changes nothing.
func (s *Service) LookReset(ctx context.Context, token string) (email string, until time.Time, err error) {
	u, row, err := s.openReset(ctx, token)
	return u.EmailGiven, row.ExpiresAt, err
}

// ResetPassword sets the password of whoever the link was sent to, and ends
// all their sessions. It works once, ends every other link they asked for, and
// signs nobody in: a second factor is still asked for.
func (s *Service) ResetPassword(ctx context.Context, token, password string) error {
	u, row, err := s.openReset(ctx, token)
	if err != nil {
		return err
	}
	var f fault.Fields
	local, _, _ := strings.Cut(u.Email, "@")
	checkPassword(&f, "password", password, u.Email, u.EmailGiven, local, u.Name)
	if err := f.Err(); err != nil {
		return err
	}
	hash, err := s.passwords.hash(ctx, password)
	if err != nil {
		return err
	}
	ctx = actor.With(ctx, actor.Actor{Kind: actor.Staff, ID: u.ID, Name: u.Name})
	return s.db.Tx(ctx, func(ctx context.Context) error {
		taken, err := s.takeReset(ctx, row.ID)
		if err != nil {
			return err
		}
		if !taken {
			return resetSpent()
		}
		return s.resetPassword(ctx, u.ID, hash)
	})
}

func (s *Service) resetPassword(ctx context.Context, id uuid.UUID, hash string) error {
	u, err := s.lockStaff(ctx, id)
	if err != nil {
		return err
	}
	if u.DisabledAt != nil {
		return resetSpent()
	}
	if err := s.deleteResets(ctx, u.Email); err != nil {
		return err
	}
	if err := s.forgive(ctx, s.limits.passwordsByAccount, u.Email); err != nil {
		return err
	}
	if err := s.replacePassword(ctx, &u, hash, "staff.password_reset"); err != nil {
		return err
	}
	u.UpdatedAt = s.clock.Now()
	return s.saveStaff(ctx, u)
}
