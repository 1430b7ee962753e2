package identity

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// MemberPasskey is a key on a member's device. Only its public half is here.
type MemberPasskey struct {
	ID           uuid.UUID `gorm:"type:uuid;primaryKey"`
	MemberID     uuid.UUID `gorm:"type:uuid;not null"`
	CredentialID []byte    `gorm:"not null"` // unique
	Credential   []byte    `gorm:"not null"` // webauthn.Credential as JSON
	Name         string    `gorm:"not null"`
	CreatedAt    time.Time `gorm:"not null"`
	LastUsedAt   *time.Time
}

// keyring shows a member to the library. The id is the user handle: it says
// nothing about the person and never changes.
type keyring struct {
	member Member
	keys   []MemberPasskey
}

func (k keyring) WebAuthnID() []byte          { return k.member.ID[:] }
func (k keyring) WebAuthnName() string        { return k.member.EmailGiven }
func (k keyring) WebAuthnDisplayName() string { return cmp.Or(k.member.Name, k.member.EmailGiven) }

// WebAuthnCredentials leaves out what cannot be read: such a key opens
// nothing.
func (k keyring) WebAuthnCredentials() (out []webauthn.Credential) {
	for _, x := range k.keys {
		var c webauthn.Credential
		if json.Unmarshal(x.Credential, &c) == nil {
			out = append(out, c)
		}
	}
	return out
}

// PasskeysPossible tells whether this house can have passkeys: browsers bind
// them to a name, not to an address in numbers.
func (s *Service) PasskeysPossible() bool { return s.passkeys != nil }

// MemberPasskeys lists a member's passkeys, the oldest first. Members see their
// own; for others it needs members.read.
func (s *Service) MemberPasskeys(ctx context.Context, member uuid.UUID) ([]MemberPasskey, error) {
	if err := selfOr(ctx, actor.Member, member, actor.MembersRead); err != nil {
		return nil, err
	}
	return s.selectMemberPasskeys(ctx, member)
}

// OfferMemberPasskey begins to add a passkey for the member who acts. It needs
// a session that was confirmed lately.
func (s *Service) OfferMemberPasskey(ctx context.Context) (c Ceremony, err error) {
	id, err := s.confirmedMember(ctx)
	if err != nil {
		return c, err
	}
	if s.passkeys == nil {
		return c, errNoPasskeys()
	}
	k, err := s.keyring(ctx, id)
	if err != nil {
		return c, err
	}
	// The key must be found without anybody's address: that is how a browser
	// offers it beside an empty field.
	return s.offer(ctx, k, protocol.ResidentKeyRequirementRequired, forNewMemberPasskey, nil)
}

// AddMemberPasskey keeps the new passkey of the member who acts, and tells them
// by mail. The answer is to [Service.OfferMemberPasskey].
func (s *Service) AddMemberPasskey(ctx context.Context, in AddPasskey) (k MemberPasskey, err error) {
	id, err := s.confirmedMember(ctx)
	if err != nil {
		return k, err
	}
	var f fault.Fields
	k = MemberPasskey{ID: db.NewID(), MemberID: id, Name: requiredName(&f, in.Name), CreatedAt: s.clock.Now()}
	if err := f.Err(); err != nil {
		return k, err
	}
	if err := s.proveNewMember(ctx, in, &k); err != nil {
		return k, err
	}
	return k, s.db.Tx(ctx, func(ctx context.Context) error {
		if _, err := s.lockMember(ctx, id); err != nil {
			return err
		}
		keys, err := s.selectMemberPasskeys(ctx, id)
		if err != nil {
			return err
		}
		if len(keys) >= maxPasskeys { // many questions may have been open at once
			return errTooManyPasskeys()
		}
		if err := s.insertMemberPasskey(ctx, k); err != nil {
			return err
		}
		if err := s.notifyMember(ctx, id, passkeyAdded); err != nil {
			return err
		}
		return s.record(ctx, "member.passkey_added", "member", id.String(), map[string]any{"name": k.Name})
	})
}

// proveNewMember spends the ticket and checks the answer against it. The
// question names whom it was put to, so nobody answers somebody else's.
func (s *Service) proveNewMember(ctx context.Context, in AddPasskey, k *MemberPasskey) error {
	session, _, err := s.takeCeremony(ctx, in.Ticket, forNewMemberPasskey)
	if err != nil {
		return err
	}
	if string(session.UserID) != string(k.MemberID[:]) {
		return ticketSpent()
	}
	ring, err := s.keyring(ctx, k.MemberID)
	if err != nil {
		return err
	}
	k.CredentialID, k.Credential, err = s.proved(ring, session, in.Credential)
	return err
}

func (s *Service) keyring(ctx context.Context, id uuid.UUID) (k keyring, err error) {
	if k.member, err = s.readMember(ctx, id); err != nil {
		return k, err
	}
	k.keys, err = s.selectMemberPasskeys(ctx, id)
	return k, err
}

// RenameMemberPasskey gives a passkey of the member who acts another name.
func (s *Service) RenameMemberPasskey(ctx context.Context, id uuid.UUID, name string) error {
	owner, err := meMember(ctx)
	if err != nil {
		return err
	}
	var f fault.Fields
	name = requiredName(&f, name)
	if err := f.Err(); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		k, err := s.lockMemberPasskey(ctx, owner, id)
		if err != nil {
			return err
		}
		k.Name = name
		return s.saveMemberPasskey(ctx, k)
	})
}

// RemoveMemberPasskey forgets a passkey of the member who acts, and tells them
// by mail. It needs a session that was confirmed lately.
func (s *Service) RemoveMemberPasskey(ctx context.Context, id uuid.UUID) error {
	owner, err := s.confirmedMember(ctx)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		k, err := s.lockMemberPasskey(ctx, owner, id)
		if err != nil {
			return err
		}
		if err := s.deleteMemberPasskey(ctx, id); err != nil {
			return err
		}
		if err := s.notifyMember(ctx, owner, passkeyRemoved); err != nil {
			return err
		}
		return s.record(ctx, "member.passkey_removed", "member", owner.String(), map[string]any{"name": k.Name})
	})
}
