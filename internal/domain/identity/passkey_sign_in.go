package identity

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// AskPasskey begins to sign somebody in with a passkey. With the ticket of a
// right password the passkey is the second factor; without one it is both, and
// the device must know its owner by finger, face or PIN.
func (s *Service) AskPasskey(ctx context.Context, ticket, client string) (c Ceremony, err error) {
	if s.passkeys == nil {
		return c, errNoPasskeys()
	}
	// Anybody can ask, and each question is a row.
	err = s.db.Tx(ctx, func(ctx context.Context) error { return s.attempt(ctx, s.limits.passkeysByClient, network(client)) })
	if err != nil {
		return c, err
	}
	if ticket != "" {
		return s.askStep(ctx, ticket)
	}
	assertion, session, err := s.passkeys.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return c, err
	}
	return s.ceremony(ctx, forPasskey, nil, assertion.Response, session)
}

func (s *Service) askStep(ctx context.Context, ticket string) (c Ceremony, err error) {
	step, err := s.readChallenge(ctx, forSecondFactor, hashToken(ticket))
	if err != nil {
		return c, err
	}
	h, err := s.holder(ctx, *step.StaffID)
	if err != nil {
		return c, err
	}
	if len(h.keys) == 0 {
		return c, fault.New(fault.Conflict, "passkey_missing", "There is no passkey for this account. Use another way.")
	}
	assertion, session, err := s.passkeys.BeginLogin(h, webauthn.WithUserVerification(protocol.VerificationPreferred))
	if err != nil {
		return c, err
	}
	return s.ceremony(ctx, forPasskeyStep, step.StaffID, assertion.Response, session)
}

// SignInPasskey is the browser's answer to [Service.AskPasskey].
type SignInPasskey struct {
	Ticket     string
	Credential json.RawMessage
	ReturnTo   string // of members: a path within the site; anything else counts as ""
	Visit      Visit
}

// SignInPasskey begins a staff session. An unknown key, a wrong signature and
// a disabled account get one answer.
func (s *Service) SignInPasskey(ctx context.Context, in SignInPasskey) (signedIn SignedIn, err error) {
	session, row, err := s.takeCeremony(ctx, in.Ticket, forPasskey, forPasskeyStep)
	if err != nil {
		return signedIn, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(in.Credential)
	if err != nil {
		return signedIn, errPasskeyRefused(fault.Unauthenticated, err)
	}
	h, credential, err := s.provePasskey(ctx, row, session, parsed)
	if err != nil {
		return signedIn, errPasskeyRefused(fault.Unauthenticated, err)
	}
	if credential.Authenticator.CloneWarning {
		return signedIn, s.refuseClone(ctx, h.staff.ID)
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		signedIn, err = s.enterByPasskey(ctx, h, credential, row.Purpose, in.Visit)
		return err
	})
	return signedIn, err
}

// provePasskey checks the signature and finds whose key it is.
func (s *Service) provePasskey(ctx context.Context, row Challenge, session webauthn.SessionData, parsed *protocol.ParsedCredentialAssertionData) (h holder, c *webauthn.Credential, err error) {
	if row.Purpose == forPasskeyStep {
		if h, err = s.holder(ctx, *row.StaffID); err != nil {
			return h, nil, err
		}
		c, err = s.passkeys.ValidateLogin(h, session, parsed)
		return h, c, err
	}
	_, c, err = s.passkeys.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		id, err := uuid.FromBytes(handle)
		if err != nil {
			return nil, err
		}
		h, err = s.holder(ctx, id)
		return h, err
	}, session, parsed)
	return h, c, err
}

// enterByPasskey begins the session, if account and key are still there.
func (s *Service) enterByPasskey(ctx context.Context, h holder, c *webauthn.Credential, p Purpose, v Visit) (SignedIn, error) {
	refused := errPasskeyRefused(fault.Unauthenticated, nil)
	u, err := s.lockStaff(ctx, h.staff.ID)
	if err != nil || u.DisabledAt != nil {
		return SignedIn{}, errors.Join(err, refused)
	}
	id, ok := h.key(c.ID)
	if !ok {
		return SignedIn{}, refused
	}
	k, err := s.lockPasskey(ctx, u.ID, id)
	if err != nil {
		return SignedIn{}, errPasskeyRefused(fault.Unauthenticated, err)
	}
	if k.Credential, err = json.Marshal(c); err != nil {
		return SignedIn{}, err
	}
	now := s.clock.Now()
	k.LastUsedAt = &now
	if err := s.savePasskey(ctx, k); err != nil {
		return SignedIn{}, err
	}
	if p == forPasskeyStep {
		if err := s.deleteChallenges(ctx, u.ID); err != nil {
			return SignedIn{}, err
		}
		return s.finishSecondStep(ctx, u, ByPasskey, v)
	}
	if err := s.welcome(ctx, door{account: u.Email, client: network(v.Client)}); err != nil {
		return SignedIn{}, err
	}
	return s.beginStaffSession(ctx, u, "passkey", v)
}

// refuseClone tells the journal that a key counts backwards: somebody may have
// a copy of it.
func (s *Service) refuseClone(ctx context.Context, staff uuid.UUID) error {
	err := s.db.Tx(ctx, func(ctx context.Context) error {
		return s.record(ctx, "staff.passkey_suspected", "staff", staff.String(), nil)
	})
	if err != nil {
		return err
	}
	return errPasskeyRefused(fault.Unauthenticated, nil)
}
