package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// Member is a person who reads.
type Member struct {
	ID              uuid.UUID  `gorm:"type:uuid;primaryKey"`
	Email           string     `gorm:"not null"` // canonical and unique
	EmailGiven      string     `gorm:"not null"` // mail goes here
	Name            string     `gorm:"not null"` // may be empty
	NameFolded      string     `gorm:"not null"` // for the desk's search
	AccessEpoch     int64      `gorm:"not null"` // counts changes of what the member may read
	CreatedAt       time.Time  `gorm:"not null"`
	UpdatedAt       time.Time  `gorm:"not null"`
	Organization    string     `gorm:"not null;default:''"` // as the member wrote it
	DeclinedMails   string     `gorm:"not null;default:''"` // kinds of mails, with spaces between
	Language        string     `gorm:"not null;default:''"` // of pages and letters; "" is the publication's
	EmailVerifiedAt *time.Time // when the member first proved to read mail there
	// PasskeyCardClosedAt is when the member said that they want no passkey.
	PasskeyCardClosedAt *time.Time
	DeletedAt           *time.Time // address and name are gone then
}

func newMember(e Email, name string, now time.Time) Member {
	return Member{
		ID: db.NewID(), Email: e.Canonical, EmailGiven: e.Given, Name: name, NameFolded: fold(name),
		CreatedAt: now, UpdatedAt: now,
	}
}

func (m *Member) rename(name string, now time.Time) {
	m.Name, m.NameFolded, m.UpdatedAt = name, fold(name), now
}

// verify notes that the member has shown to read mail at the address.
func (m *Member) verify(now time.Time) (changed bool) {
	if m.EmailVerifiedAt != nil {
		return false
	}
	m.EmailVerifiedAt, m.UpdatedAt = &now, now
	return true
}

// erase leaves the row, so that what points to it still does, and takes the
// person out of it. The address is free for a new account, which has nothing
// of the old one.
func (m *Member) erase(now time.Time) {
	m.Email = "deleted:" + m.ID.String()
	m.EmailGiven, m.Name, m.NameFolded, m.Organization, m.DeclinedMails, m.Language = "", "", "", "", "", ""
	m.EmailVerifiedAt, m.PasskeyCardClosedAt = nil, nil
	m.AccessEpoch++
	m.UpdatedAt, m.DeletedAt = now, &now
}

// errNoMember is a function because faults are values that callers may change.
func errNoMember() error {
	return fault.New(fault.NotFound, "member_not_found", "There is no such member.")
}

// selfOr lets people act on themselves, and others with the capability.
func selfOr(ctx context.Context, kind actor.Kind, id uuid.UUID, c actor.Capability) error {
	if a := actor.From(ctx); a.Kind == kind && a.ID == id && id != uuid.Nil {
		return nil
	}
	return actor.Require(ctx, c)
}

// AddMember makes a member of an address that nobody has proved yet, for
// imports, seats and the desk; created is false when there was one already,
// who then stays as they are. It needs members.write.
func (s *Service) AddMember(ctx context.Context, email, name string) (m Member, created bool, err error) {
	if err := actor.Require(ctx, actor.MembersWrite); err != nil {
		return m, false, err
	}
	address, err := ParseEmail(email)
	if err != nil {
		return m, false, err
	}
	var f fault.Fields
	name = cleanName(&f, name)
	if err := f.Err(); err != nil {
		return m, false, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		fresh := newMember(address, name, s.clock.Now())
		fresh.Language = s.pageLanguage(ctx)
		m, created, err = s.ensureMember(ctx, fresh)
		if err != nil || !created {
			return err
		}
		return s.record(ctx, "member.added", "member", m.ID.String(), nil)
	})
	return m, created, err
}

// RenameMember gives a member another name, which may be empty. Members do it
// for themselves; for others it needs members.write.
func (s *Service) RenameMember(ctx context.Context, id uuid.UUID, name string) (Member, error) {
	if err := selfOr(ctx, actor.Member, id, actor.MembersWrite); err != nil {
		return Member{}, err
	}
	var f fault.Fields
	name = cleanName(&f, name)
	if err := f.Err(); err != nil {
		return Member{}, err
	}
	return s.changeMember(ctx, id, "member.renamed", func(m *Member) { m.rename(name, s.clock.Now()) })
}

// DeleteMember erases the person, ends their sessions and closes their open
// sign-in mails. Members do it for themselves; for others it needs
// members.write. What they bought is billing's affair and must be ended first.
func (s *Service) DeleteMember(ctx context.Context, id uuid.UUID) error {
	if err := selfOr(ctx, actor.Member, id, actor.MembersWrite); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		m, err := s.lockMember(ctx, id)
		if err != nil {
			return err
		}
		if err := s.deleteSignInTokens(ctx, m.Email); err != nil {
			return err
		}
		if _, err := s.revokeSessions(ctx, actor.Member, id, uuid.Nil); err != nil {
			return err
		}
		if err := s.forgetWishes(ctx, id); err != nil {
			return err
		}
		_, err = s.changeMember(ctx, id, "member.deleted", func(m *Member) { m.erase(s.clock.Now()) })
		return err
	})
}

func (s *Service) changeMember(ctx context.Context, id uuid.UUID, verb string, change func(*Member)) (m Member, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		if m, err = s.lockMember(ctx, id); err != nil {
			return err
		}
		change(&m)
		if err := s.saveMember(ctx, m); err != nil {
			return err
		}
		return s.record(ctx, verb, "member", id.String(), nil)
	})
	return m, err
}

// BumpAccess notes, in the transaction of the context, that what the member
// may read has changed. Copies of the member's grants are keyed by this number
// and so are not used again. Outside of a transaction it fails.
func (s *Service) BumpAccess(ctx context.Context, id uuid.UUID) error { return s.bumpAccess(ctx, id) }
