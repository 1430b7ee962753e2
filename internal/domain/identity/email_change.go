package identity

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// emailChangeFor is how long the link to a new address is good.
const emailChangeFor = 24 * time.Hour

// EmailChange is a member's wish to have another address.
type EmailChange struct {
	ID         uuid.UUID `gorm:"type:uuid;primaryKey"`
	MemberID   uuid.UUID `gorm:"type:uuid;not null"`
	Email      string    `gorm:"not null"` // the new one, canonical
	EmailGiven string    `gorm:"not null"`
	OldGiven   string    `gorm:"not null"` // the one before, once it is confirmed: it is told
	CreatedAt  time.Time `gorm:"not null"`
	ExpiresAt  time.Time `gorm:"not null"`
	DoneAt     *time.Time
}

// changeSpent is one answer for a link that was used, has run out, was
// replaced by a newer one, or was never written by us.
func changeSpent() error {
	return fault.New(fault.Gone, "email_change_invalid", "This link has been used, or it is older than a day, or a newer one was sent.")
}

func emailTaken() error {
	return fault.New(fault.Conflict, "email_taken", "There is an account with this address already.")
}

// meMember is the member who acts, and for themselves only.
func meMember(ctx context.Context) (uuid.UUID, error) {
	who := actor.From(ctx)
	if who.Kind != actor.Member || who.ID == uuid.Nil {
		return uuid.Nil, fault.New(fault.Unauthenticated, "sign_in_required", "Sign in to do this.")
	}
	return who.ID, nil
}

// AskEmailChange sends a letter to an address that the member who acts wants to
// have. It takes the place of one they asked for before, and changes nothing by
// itself. Whether somebody else has the address makes no difference here: only
// the letter says so, to whoever reads mail there. It asks for a fresh login or
// a code, as every change of how an account is logged in to does: codes go to
// the new address from then on, so a browser left open must not be enough.
func (s *Service) AskEmailChange(ctx context.Context, email, client string) error {
	id, err := s.confirmedMember(ctx)
	if err != nil {
		return err
	}
	address, err := ParseEmail(email)
	if err != nil {
		return err
	}
	now := s.clock.Now()
	row := EmailChange{ID: db.NewID(), MemberID: id, Email: address.Canonical, EmailGiven: address.Given, CreatedAt: now, ExpiresAt: now.Add(emailChangeFor)}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		m, err := s.lockMember(ctx, id)
		if err != nil {
			return err
		}
		if m.EmailGiven == address.Given {
			var f fault.Fields
			f.Add("email", "same", "This is your address already.")
			return f.Err()
		}
		for _, x := range []struct {
			l   limit
			who string
		}{{s.limits.mailsByClient, network(client)}, {s.limits.mailsByAccount, row.Email}, {s.limits.mailsByPair, row.Email + " " + network(client)}, {s.limits.mailsByPair, id.String()}} {
			if err := s.attempt(ctx, x.l, x.who); err != nil {
				return err
			}
		}
		if err := s.dropEmailChange(ctx, id); err != nil {
			return err
		}
		if err := s.insertEmailChange(ctx, row); err != nil {
			return err
		}
		return s.db.Enqueue(ctx, SendEmailChange{ID: row.ID}, nil)
	})
}

// PendingEmail is the address that the member who acts asked for and nobody has
// confirmed yet, or "".
func (s *Service) PendingEmail(ctx context.Context) (string, error) {
	id, err := meMember(ctx)
	if err != nil {
		return "", err
	}
	row, err := s.pendingEmailChange(ctx, id, s.clock.Now())
	if row == nil || err != nil {
		return "", err
	}
	return row.EmailGiven, nil
}

// LookEmailChange says which address a link is for, and whose account it is:
// the address until now, masked. Who reads mail at the new address may be a
// stranger to the account, and must see that before they make it theirs. It
// changes nothing, so a mail scanner that opens the link spoils nothing.
func (s *Service) LookEmailChange(ctx context.Context, token string) (address, until string, err error) {
	row, err := s.openEmailChange(ctx, token)
	if err != nil {
		return "", "", err
	}
	m, err := s.readMember(ctx, row.MemberID)
	return row.EmailGiven, maskEmail(m.EmailGiven), err
}

// maskEmail names an address to whoever knows it, and gives it to nobody else.
func maskEmail(email string) string {
	at := strings.LastIndexByte(email, '@')
	_, first := utf8.DecodeRuneInString(email)
	if at < first {
		return ""
	}
	return email[:first] + "•••" + email[at:]
}

func (s *Service) openEmailChange(ctx context.Context, token string) (*EmailChange, error) {
	id, _, ok := s.secrets.readStaffLink("email", token)
	if !ok {
		return nil, changeSpent()
	}
	row, err := s.readEmailChange(ctx, id)
	if err == nil && (row == nil || row.DoneAt != nil || !row.ExpiresAt.After(s.clock.Now())) {
		err = changeSpent()
	}
	return row, err
}

// ConfirmEmailChange gives the member the address a link was sent to. Whoever
// has the link reads mail there, so nobody need be signed in. The address
// before is told, what was asked for there can no longer be used, and the
// member's sessions end but the one that confirms: whoever asked may not be
// who reads mail there. It works once. Faults: email_change_invalid, email_taken.
func (s *Service) ConfirmEmailChange(ctx context.Context, token string) error {
	row, err := s.openEmailChange(ctx, token)
	if err != nil {
		return err
	}
	here := uuid.Nil
	if who := actor.From(ctx); who.Kind == actor.Member && who.ID == row.MemberID {
		here = who.Session
	}
	ctx = actor.With(ctx, actor.Actor{Kind: actor.Member, ID: row.MemberID})
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		m, err := s.lockMember(ctx, row.MemberID)
		if err != nil {
			return err
		}
		now := s.clock.Now()
		first, err := s.finishEmailChange(ctx, row.ID, m.EmailGiven, now)
		if err != nil {
			return err
		}
		if !first {
			return changeSpent()
		}
		for _, address := range []string{m.Email, row.Email} {
			if err := s.deleteSignInTokens(ctx, address); err != nil {
				return err
			}
		}
		m.Email, m.EmailGiven, m.EmailVerifiedAt, m.UpdatedAt = row.Email, row.EmailGiven, &now, now
		if err := s.saveMember(ctx, m); err != nil {
			return err
		}
		if _, err := s.revokeSessions(ctx, actor.Member, m.ID, here); err != nil {
			return err
		}
		if err := s.db.Enqueue(ctx, SendEmailChanged{ID: row.ID}, nil); err != nil {
			return err
		}
		return s.record(ctx, "member.email_changed", "member", m.ID.String(), nil)
	})
	if db.IsDuplicate(err) {
		return emailTaken()
	}
	return err
}
