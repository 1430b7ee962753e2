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

// AskMemberPasskey begins to sign a member in with a passkey. Whose it is turns
// out when the answer comes: the question is the same for everybody.
func (s *Service) AskMemberPasskey(ctx context.Context, client string) (c Ceremony, err error) {
	if s.passkeys == nil {
		return c, errNoPasskeys()
	}
	// Anybody can ask, and each question is a row.
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		return s.attempt(ctx, s.limits.memberPasskeysByClient, network(client))
	})
	if err != nil {
		return c, err
	}
	assertion, session, err := s.passkeys.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationPreferred))
	if err != nil {
		return c, err
	}
	return s.ceremony(ctx, forMemberPasskey, nil, assertion.Response, session)
}

// SignInMemberPasskey begins a member's session with the browser's answer to
// [Service.AskMemberPasskey]. An unknown key, a wrong signature and an account
// that is gone get one answer.
func (s *Service) SignInMemberPasskey(ctx context.Context, in SignInPasskey) (signedIn SignedIn, err error) {
	session, _, err := s.takeCeremony(ctx, in.Ticket, forMemberPasskey)
	if err != nil {
		return signedIn, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(in.Credential)
	if err != nil {
		return signedIn, errPasskeyRefused(fault.Unauthenticated, err)
	}
	var ring keyring
	_, credential, err := s.passkeys.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		id, err := uuid.FromBytes(handle)
		if err != nil {
			return nil, err
		}
		ring, err = s.keyring(ctx, id)
		return ring, err
	}, session, parsed)
	if err != nil {
		return signedIn, errPasskeyRefused(fault.Unauthenticated, err)
	}
	if credential.Authenticator.CloneWarning {
		return signedIn, s.refuseMemberClone(ctx, ring.member.ID)
	}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		signedIn, err = s.enterByMemberPasskey(ctx, ring, credential, in.Visit)
		return err
	})
	signedIn.ReturnTo = LocalPath(in.ReturnTo)
	return signedIn, err
}

// enterByMemberPasskey begins the session, if account and key are still there.
func (s *Service) enterByMemberPasskey(ctx context.Context, ring keyring, c *webauthn.Credential, v Visit) (SignedIn, error) {
	m, err := s.lockMember(ctx, ring.member.ID)
	if err != nil {
		return SignedIn{}, errPasskeyRefused(fault.Unauthenticated, err)
	}
	k, err := s.lockMemberPasskeyByCredential(ctx, m.ID, c.ID)
	if err != nil {
		return SignedIn{}, errPasskeyRefused(fault.Unauthenticated, err)
	}
	// Of two answers at once the second was checked against the counter before
	// the first; the newer one stays.
	var was webauthn.Credential
	if err := json.Unmarshal(k.Credential, &was); err != nil {
		return SignedIn{}, errPasskeyRefused(fault.Unauthenticated, err)
	}
	if was.Authenticator.SignCount > c.Authenticator.SignCount {
		return SignedIn{}, errPasskeyRefused(fault.Unauthenticated, errors.New("identity: the key counts backwards"))
	}
	if k.Credential, err = json.Marshal(c); err != nil {
		return SignedIn{}, err
	}
	now := s.clock.Now()
	k.LastUsedAt = &now
	if err := s.saveMemberPasskey(ctx, k); err != nil {
		return SignedIn{}, err
	}
	return s.beginMemberSession(ctx, m, false, "passkey", v)
}

// refuseMemberClone tells the journal that a key counts backwards: somebody may
// have a copy of it.
func (s *Service) refuseMemberClone(ctx context.Context, member uuid.UUID) error {
	err := s.db.Tx(ctx, func(ctx context.Context) error {
		return s.record(ctx, "member.passkey_suspected", "member", member.String(), nil)
	})
	if err != nil {
		return err
	}
	return errPasskeyRefused(fault.Unauthenticated, nil)
}
