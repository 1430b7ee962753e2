package identity

import (
	"context"
	"encoding/json"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// maxPasskeys is how many one person can have.
const maxPasskeys = 20

// Passkey is a key on somebody's device. Only its public half is here.
type Passkey struct {
	ID           uuid.UUID `gorm:"type:uuid;primaryKey"`
	StaffID      uuid.UUID `gorm:"type:uuid;not null"`
	CredentialID []byte    `gorm:"not null"` // unique
	Credential   []byte    `gorm:"not null"` // webauthn.Credential as JSON
	Name         string    `gorm:"not null"`
	CreatedAt    time.Time `gorm:"not null"`
	LastUsedAt   *time.Time
}

// Ceremony is a question for the browser's authenticator.
type Ceremony struct {
	Ticket    string
	Options   json.RawMessage // for PublicKeyCredential.parse…OptionsFromJSON
	ExpiresAt time.Time
}

// MyPasskeys lists the passkeys of whoever is signed in, the oldest first.
func (s *Service) MyPasskeys(ctx context.Context) ([]Passkey, error) {
	id, err := me(ctx)
	if err != nil {
		return nil, err
	}
	return s.selectPasskeys(ctx, id)
}

// OfferPasskey begins to add a passkey for whoever is signed in. It needs a
// confirmed session.
func (s *Service) OfferPasskey(ctx context.Context) (c Ceremony, err error) {
	id, err := s.confirmed(ctx)
	if err != nil {
		return c, err
	}
	if s.passkeys == nil {
		return c, errNoPasskeys()
	}
	h, err := s.holder(ctx, id)
	if err != nil {
		return c, err
	}
	return s.offer(ctx, h, protocol.ResidentKeyRequirementPreferred, forNewPasskey, &id)
}

// offer asks a browser for a new passkey of somebody, who names those there
// are.
func (s *Service) offer(ctx context.Context, owner webauthn.User, resident protocol.ResidentKeyRequirement, p Purpose, staff *uuid.UUID) (c Ceremony, err error) {
	there := owner.WebAuthnCredentials()
	if len(there) >= maxPasskeys {
		return c, errTooManyPasskeys()
	}
	creation, session, err := s.passkeys.BeginRegistration(owner,
		webauthn.WithExclusions(webauthn.Credentials(there).CredentialDescriptors()),
		webauthn.WithResidentKeyRequirement(resident),
		webauthn.WithConveyancePreference(protocol.PreferNoAttestation),
	)
	if err != nil {
		return c, err
	}
	creation.Response.RelyingParty.Name = s.brand(ctx).Name
	return s.ceremony(ctx, p, staff, creation.Response, session)
}

// ceremony writes down what the browser is asked.
func (s *Service) ceremony(ctx context.Context, p Purpose, staff *uuid.UUID, options any, session *webauthn.SessionData) (c Ceremony, err error) {
	if c.Options, err = json.Marshal(options); err != nil {
		return c, err
	}
	data, err := json.Marshal(session)
	if err != nil {
		return c, err
	}
	return c, s.db.Tx(ctx, func(ctx context.Context) error {
		c.Ticket, c.ExpiresAt, err = s.challenge(ctx, p, staff, data)
		return err
	})
}

// AddPasskey is the browser's answer to [Service.OfferPasskey].
type AddPasskey struct {
	Ticket     string
	Name       string
	Credential json.RawMessage
}

func errTooManyPasskeys() error {
	return fault.New(fault.Conflict, "too_many_passkeys", "Remove a passkey that you do not use any more.")
}

func errPasskeyRefused(kind fault.Kind, cause error) error {
	return fault.Wrap(cause, kind, "passkey_refused", "This passkey was not accepted. Please try again.")
}

// AddPasskey keeps the new passkey. Codes for emergencies come back when it is
// the person's first second factor.
func (s *Service) AddPasskey(ctx context.Context, in AddPasskey) (k Passkey, recovery []string, err error) {
	id, err := s.confirmed(ctx)
	if err != nil {
		return k, nil, err
	}
	var f fault.Fields
	k = Passkey{ID: db.NewID(), StaffID: id, Name: requiredName(&f, in.Name), CreatedAt: s.clock.Now()}
	if err := f.Err(); err != nil {
		return k, nil, err
	}
	if err := s.proveNew(ctx, in, &k); err != nil {
		return k, nil, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		if err := s.insertPasskey(ctx, k); err != nil {
			return err
		}
		recovery, err = s.strengthen(ctx, id, "staff.passkey_added", map[string]any{"name": k.Name})
		return err
	})
	return k, recovery, err
}

// proveNew spends the ticket and checks the answer against it.
func (s *Service) proveNew(ctx context.Context, in AddPasskey, k *Passkey) error {
	session, row, err := s.takeCeremony(ctx, in.Ticket, forNewPasskey)
	if err != nil {
		return err
	}
	if row.StaffID == nil || *row.StaffID != k.StaffID {
		return ticketSpent()
	}
	h, err := s.holder(ctx, k.StaffID)
	if err != nil {
		return err
	}
	k.CredentialID, k.Credential, err = s.proved(h, session, in.Credential)
	return err
}

// proved checks a browser's answer to the question of a session, and gives the
// credential's id and the whole of it, as it is kept.
func (s *Service) proved(owner webauthn.User, session webauthn.SessionData, answer json.RawMessage) (id, whole []byte, err error) {
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return nil, nil, errPasskeyRefused(fault.Invalid, err)
	}
	credential, err := s.passkeys.CreateCredential(owner, session, parsed)
	if err != nil {
		return nil, nil, errPasskeyRefused(fault.Invalid, err)
	}
	whole, err = json.Marshal(credential)
	return credential.ID, whole, err
}

// takeCeremony spends a ticket, whatever comes of it: no challenge is answered
// twice.
func (s *Service) takeCeremony(ctx context.Context, ticket string, purposes ...Purpose) (session webauthn.SessionData, row Challenge, err error) {
	if s.passkeys == nil {
		return session, row, errNoPasskeys()
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		row, err = s.takeChallenge(ctx, hashToken(ticket), purposes...)
		return err
	})
	if err != nil {
		return session, row, err
	}
	return session, row, json.Unmarshal(row.Data, &session)
}

func (s *Service) holder(ctx context.Context, id uuid.UUID) (h holder, err error) {
	if h.staff, err = s.readStaff(ctx, id); err != nil {
		return h, err
	}
	h.keys, err = s.selectPasskeys(ctx, id)
	return h, err
}

// RenamePasskey gives a passkey of whoever is signed in another name.
func (s *Service) RenamePasskey(ctx context.Context, id uuid.UUID, name string) (k Passkey, err error) {
	owner, err := me(ctx)
	if err != nil {
		return k, err
	}
	var f fault.Fields
	name = requiredName(&f, name)
	if err := f.Err(); err != nil {
		return k, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		if k, err = s.lockPasskey(ctx, owner, id); err != nil {
			return err
		}
		k.Name = name
		return s.savePasskey(ctx, k)
	})
	return k, err
}

// RemovePasskey forgets a passkey of whoever is signed in. It needs a
// confirmed session.
func (s *Service) RemovePasskey(ctx context.Context, id uuid.UUID) error {
	owner, err := s.confirmed(ctx)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		k, err := s.lockPasskey(ctx, owner, id)
		if err != nil {
			return err
		}
		if err := s.deletePasskey(ctx, id); err != nil {
			return err
		}
		return s.weaken(ctx, owner, "staff.passkey_removed", map[string]any{"name": k.Name})
	})
}
