package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// leaveAfter is how long an account stays whose member wants it deleted. Who
// did not ask for it learns of it by mail, and has time to say so.
const leaveAfter = 7 * 24 * time.Hour

// Leaving is a member's wish to have their account deleted.
type Leaving struct {
	MemberID uuid.UUID `gorm:"type:uuid;primaryKey"`
	Ending   string    `gorm:"not null"` // of what they subscribe to, in billing's words
	AskedAt  time.Time `gorm:"not null"`
	DueAt    time.Time `gorm:"not null"`
}

var errNotLeaving = fault.New(fault.NotFound, "not_leaving", "This account is not about to be deleted, or it is too late.")

// AskLeave notes that the member who acts wants their account deleted: after a
// week, and not before a moment they choose, such as the end of what they paid.
// They are told by mail, with a link to change their mind. Asked again, what
// was asked first stays.
func (s *Service) AskLeave(ctx context.Context, ending string, notBefore time.Time) (Leaving, error) {
	id, err := meMember(ctx)
	if err != nil {
		return Leaving{}, err
	}
	now := s.clock.Now()
	row := Leaving{MemberID: id, Ending: ending, AskedAt: now, DueAt: now.Add(leaveAfter)}
	if notBefore.After(row.DueAt) {
		row.DueAt = notBefore.UTC()
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		if _, err := s.lockMember(ctx, id); err != nil {
			return err
		}
		first, err := s.insertLeaving(ctx, row)
		if err != nil {
			return err
		}
		if !first {
			known, err := s.readLeaving(ctx, id)
			if known != nil {
				row = *known
			}
			return err
		}
		if err := s.db.Enqueue(ctx, SendLeaving{Member: id, AskedAt: now}, nil); err != nil {
			return err
		}
		return s.record(ctx, "member.leaving", "member", id.String(), map[string]any{"ending": row.Ending, "due_at": row.DueAt})
	})
	return row, err
}

// Leaving says when a member's account will be deleted, or nil. Members ask for
// themselves; for others it needs members.read.
func (s *Service) Leaving(ctx context.Context, member uuid.UUID) (*Leaving, error) {
	if err := selfOr(ctx, actor.Member, member, actor.MembersRead); err != nil {
		return nil, err
	}
	return s.readLeaving(ctx, member)
}

// errLeaving refuses whatever would be charged to an account that goes.
var errLeaving = fault.New(fault.Conflict, "leaving", "You have asked to delete your account. Keep the account first.")

// Staying refuses a member who wants their account deleted: what they buy or
// keep now would be charged, and erased with the account. The room that sells
// asks it, whoever acts.
func (s *Service) Staying(ctx context.Context, member uuid.UUID) error {
	row, err := s.readLeaving(ctx, member)
	if err == nil && row != nil {
		err = errLeaving
	}
	return err
}

// Stay takes back the wish of the member who acts: until the account is really
// gone, also when its day has come and nobody has seen to it yet.
func (s *Service) Stay(ctx context.Context) error {
	id, err := meMember(ctx)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		gone, err := s.dropLeaving(ctx, id)
		if err != nil {
			return err
		}
		if !gone {
			return errNotLeaving
		}
		return s.record(ctx, "member.stayed", "member", id.String(), nil)
	})
}

// LookStay says until when the link in the letter can stop the deletion. It
// changes nothing.
func (s *Service) LookStay(ctx context.Context, token string) (time.Time, error) {
	row, err := s.openLeaving(ctx, token)
	if err != nil {
		return time.Time{}, err
	}
	return row.DueAt, nil
}

// StayByLink takes the wish back with the link of the letter; whoever reads the
// member's mail may. It stops only the deletion that the letter told of.
func (s *Service) StayByLink(ctx context.Context, token string) error {
	row, err := s.openLeaving(ctx, token)
	if err != nil {
		return err
	}
	return s.Stay(actor.With(ctx, actor.Actor{Kind: actor.Member, ID: row.MemberID}))
}

func (s *Service) openLeaving(ctx context.Context, token string) (*Leaving, error) {
	id, asked, ok := s.secrets.readStaffLink("stay", token)
	if !ok {
		return nil, errNotLeaving
	}
	row, err := s.readLeaving(ctx, id)
	if err == nil && (row == nil || row.AskedAt.UnixMicro() != asked) {
		err = errNotLeaving
	}
	return row, err
}

// DueLeavings lists the wishes whose day has come. It needs members.write.
func (s *Service) DueLeavings(ctx context.Context) ([]Leaving, error) {
	if err := actor.Require(ctx, actor.MembersWrite); err != nil {
		return nil, err
	}
	return s.dueLeavings(ctx, s.clock.Now())
}

// Leave erases a member whose day has come, together with the wish, so that it
// happens once. What they bought must be ended before. It needs members.write.
func (s *Service) Leave(ctx context.Context, member uuid.UUID) error {
	if err := actor.Require(ctx, actor.MembersWrite); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		taken, err := s.takeLeaving(ctx, member, s.clock.Now())
		if err != nil || !taken {
			return err
		}
		return s.DeleteMember(ctx, member)
	})
}
