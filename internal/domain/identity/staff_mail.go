package identity

import (
	"context"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/mail"
)

// deskURL is a page of the desk behind a link.
func (s *Service) deskURL(page, token string) string {
	return s.baseURL + "/desk/" + page + "/" + url.PathEscape(token)
}

// sendInvitationMail writes to whoever is invited, unless a newer mail is on
// its way or the invitation is not open any more.
func (s *Service) sendInvitationMail(ctx context.Context, id uuid.UUID, n int64) error {
	row, err := s.holdInvitation(ctx, id)
	if fault.HasCode(err, "invitation_not_found") {
		return nil
	}
	if err != nil || row.Sends != n || !row.ExpiresAt.After(s.clock.Now()) {
		return err
	}
	v, err := s.viewInvitation(ctx, row)
	if err != nil {
		return err
	}
	return s.mail.Send(ctx, s.invitationLetter(v, s.brand(ctx)))
}

func (s *Service) invitationLetter(v InvitationView, brand mail.Brand) mail.Letter {
	who := "You are invited"
	if v.Inviter != "" {
		who = v.Inviter + " invites you"
	}
	link := s.deskURL("invitations", s.secrets.staffLink("invitation", v.ID, v.Sends))
	return mail.Letter{
		To:        mail.Address{Email: v.EmailGiven},
		Subject:   "Work at " + brand.Name,
		Preheader: who + " to the desk as " + v.Position.Name + ".",
		Blocks: []mail.Block{
			mail.Heading("Work at " + brand.Name),
			mail.Paragraph(who + " to the desk of " + brand.Name + " with the role “" + v.Position.Name + "”. Press the button and choose a name and a password."),
			mail.Button("Accept the invitation", link),
			mail.Small("The invitation is for you alone and good until " + v.ExpiresAt.UTC().Format("15:04 UTC on 2 January") + ", or until a newer one is sent."),
			mail.Small("If you did not expect this, ignore this mail. Nothing happens without you."),
		},
		Category:     "invitation",
		MessageIDKey: "invitation-" + v.ID.String() + "-" + strconv.FormatInt(v.Sends, 10),
	}
}

// sendResetMail writes to whoever asked, if they work here. Otherwise nothing
// is sent: the address may be anybody's.
func (s *Service) sendResetMail(ctx context.Context, id uuid.UUID) error {
	row, err := s.readReset(ctx, id, s.clock.Now())
	if err != nil || row == nil {
		return err
	}
	u, err := s.readStaffByEmail(ctx, row.Email)
	if err != nil || u == nil {
		return err
	}
	return s.mail.Send(ctx, s.resetLetter(*row, *u, s.brand(ctx)))
}

func (s *Service) resetLetter(row PasswordReset, u Staff, brand mail.Brand) mail.Letter {
	return mail.Letter{
		To:        mail.Address{Name: u.Name, Email: u.EmailGiven},
		Subject:   "Choose another password",
		Preheader: "The link is good for 30 minutes.",
		Blocks: []mail.Block{
			mail.Heading("Choose another password"),
			mail.Paragraph("Somebody asked for another password for " + u.EmailGiven + " at the desk of " + brand.Name + ". If that was you, press the button."),
			mail.Button("Choose a password", s.deskURL("password-resets", s.secrets.staffLink("reset", row.ID, 0))),
			mail.Small("The link is good once, until " + row.ExpiresAt.UTC().Format("15:04 UTC on 2 January") + ". A new password signs you out everywhere."),
			mail.Small("If you did not ask for this, ignore this mail: your password stays as it is."),
		},
		Category:     "password-reset",
		MessageIDKey: "password-reset-" + row.ID.String(),
	}
}
