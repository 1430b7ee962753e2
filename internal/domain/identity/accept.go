package identity

import (
	"context"
	"strings"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// invitationSpent is one answer for a link that was used, revoked, replaced by
// a newer one, has run out, or was never written by us.
func invitationSpent() error {
	return fault.New(fault.Gone, "invitation_invalid", "This invitation is not good any more. Ask whoever invited you for another.")
}

// openInvitation finds what a link stands for. In a transaction it holds it.
func (s *Service) openInvitation(ctx context.Context, token string) (Invitation, error) {
	id, n, ok := s.secrets.readStaffLink("invitation", token)
	if !ok {
		return Invitation{}, invitationSpent()
	}
	row, err := s.holdInvitation(ctx, id)
	if fault.HasCode(err, "invitation_not_found") {
		return row, invitationSpent()
	}
	if err == nil && (row.Sends != n || !row.ExpiresAt.After(s.clock.Now())) {
		return row, invitationSpent()
	}
	return row, err
}

// LookInvitation says what a link invites to. It changes nothing.
func (s *Service) LookInvitation(ctx context.Context, token string) (InvitationView, error) {
	row, err := s.openInvitation(ctx, token)
	if err != nil {
		return InvitationView{}, err
	}
	return s.viewInvitation(ctx, row)
}

// AcceptInvitation is what an invited person fills in.
type AcceptInvitation struct {
	Token, Name, Password string
	Visit                 Visit
}

// AcceptInvitation makes the staff user and signs them in. It works once: of
// two at the same time exactly one wins.
func (s *Service) AcceptInvitation(ctx context.Context, in AcceptInvitation) (signedIn SignedIn, err error) {
	// Asked first, so that a stranger cannot make us hash passwords.
	row, err := s.openInvitation(ctx, in.Token)
	if err != nil {
		return signedIn, err
	}
	u, err := in.validate(row)
	if err != nil {
		return signedIn, err
	}
	if u.PasswordHash, err = s.passwords.hash(ctx, in.Password); err != nil {
		return signedIn, err
	}
	u.ID, u.CreatedAt = db.NewID(), s.clock.Now()
	u.UpdatedAt = u.CreatedAt
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		// The role is held before the invitation, as everybody does who holds
		// both.
		if _, err := s.position(ctx, row.Role); err != nil {
			return err
		}
		row, err := s.openInvitation(ctx, in.Token)
		if err != nil {
			return err
		}
		row.AcceptedAt = &u.CreatedAt
		if err := s.saveInvitation(ctx, row); err != nil {
			return err
		}
		signedIn, err = s.join(ctx, row, u, in.Visit)
		return err
	})
	return signedIn, err
}

// join adds the staff user, who acts for themselves from here on.
func (s *Service) join(ctx context.Context, row Invitation, u Staff, v Visit) (SignedIn, error) {
	ctx = actor.With(ctx, actor.Actor{Kind: actor.Staff, ID: u.ID, Name: u.Name})
	if err := s.addStaff(ctx, u); err != nil {
		return SignedIn{}, err
	}
	if err := s.record(ctx, "invitation.accepted", "invitation", row.ID.String(), map[string]any{"staff": u.ID}); err != nil {
		return SignedIn{}, err
	}
	return s.beginStaffSession(ctx, u, "invitation", v)
}

func (in AcceptInvitation) validate(row Invitation) (Staff, error) {
	var f fault.Fields
	name := requiredName(&f, in.Name)
	local, _, _ := strings.Cut(row.Email, "@")
	checkPassword(&f, "password", in.Password, row.Email, row.EmailGiven, local, name)
	return Staff{Email: row.Email, EmailGiven: row.EmailGiven, Name: name, Role: row.Role}, f.Err()
}
