package identity

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// ChangePassword asks for another password.
type ChangePassword struct {
	Staff   uuid.UUID
	Current string // wanted from people who change their own
	New     string
}

// ChangePassword sets a password and ends the person's other sessions. People
// change their own and show the present one; an owner sets one for somebody
// who has forgotten it, which needs staff.write.
func (s *Service) ChangePassword(ctx context.Context, in ChangePassword) error {
	if err := selfOr(ctx, actor.Staff, in.Staff, actor.StaffWrite); err != nil {
		return err
	}
	u, err := s.readStaff(ctx, in.Staff)
	if err != nil {
		return err
	}
	if actor.From(ctx).ID == in.Staff {
		if err := s.checkCurrent(ctx, u, in.Current, "current_password"); err != nil {
			return err
		}
	}
	var f fault.Fields
	local, _, _ := strings.Cut(u.Email, "@")
	checkPassword(&f, "new_password", in.New, u.Email, u.EmailGiven, local, u.Name)
	if err := f.Err(); err != nil {
		return err
	}
	hash, err := s.passwords.hash(ctx, in.New)
	if err != nil {
		return err
	}
	return s.setPassword(ctx, u.ID, hash)
}

func (s *Service) setPassword(ctx context.Context, id uuid.UUID, hash string) error {
	_, err := s.changeStaff(ctx, id, func(ctx context.Context, u *Staff) error {
		return s.replacePassword(ctx, u, hash, "staff.password_changed")
	})
	return err
}

// replacePassword ends whatever was begun with the old password, except the
// session that changes it.
func (s *Service) replacePassword(ctx context.Context, u *Staff, hash, verb string) error {
	u.PasswordHash = hash
	if err := s.deleteChallenges(ctx, u.ID); err != nil {
		return err
	}
	if _, err := s.revokeSessions(ctx, actor.Staff, u.ID, actor.From(ctx).Session); err != nil {
		return err
	}
	if err := s.notify(ctx, u.ID, noticePassword); err != nil {
		return err
	}
	return s.record(ctx, verb, "staff", u.ID.String(), nil)
}

// checkCurrent asks for the present password, so that a browser left open does
// not give the account away. It has its own growing pause; field is where it was
// typed.
func (s *Service) checkCurrent(ctx context.Context, u Staff, current, field string) error {
	who := door{account: u.Email, client: "the desk"}.pair()
	if err := s.db.Tx(ctx, func(ctx context.Context) error { return s.attempt(ctx, s.limits.passwordsByPair, who) }); err != nil {
		return err
	}
	right, _, err := s.passwords.compare(ctx, current, u.PasswordHash)
	if err != nil {
		return err
	}
	if !right {
		var f fault.Fields
		f.Add(field, "not_right", "This is not your present password.")
		return f.Err()
	}
	return s.db.Tx(ctx, func(ctx context.Context) error { return s.forgive(ctx, s.limits.passwordsByPair, who) })
}
