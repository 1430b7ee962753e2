package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/mail"
)

// Notice is a change of somebody's own security that they hear of by mail,
// whoever made it.
type Notice string

// The notices.
const (
	noticePassword Notice = "password"
	noticeAdded    Notice = "second_factor_added"
	noticeRemoved  Notice = "second_factor_removed"
	noticeRecovery Notice = "recovery_code_used"
)

func (n Notice) words() (subject, text string) {
	switch n {
	case noticeAdded:
		return "A second factor was added", "An authenticator app or a passkey was added to your account."
	case noticeRemoved:
		return "A second factor was removed", "An authenticator app or a passkey was removed from your account."
	case noticeRecovery:
		return "A recovery code was used", "Somebody signed in to your account with one of your recovery codes."
	case noticePassword:
		return "Your password was changed", "The password of your account was changed."
	}
	return "", ""
}

// notify puts a notice into the queue, in the transaction of the change.
func (s *Service) notify(ctx context.Context, staff uuid.UUID, n Notice) error {
	return s.db.Enqueue(ctx, SendNotice{ID: db.NewID(), Staff: staff, Notice: n, At: s.clock.Now()}, nil)
}

// sendNotice writes to whom it happened.
func (s *Service) sendNotice(ctx context.Context, job SendNotice) error {
	u, err := s.readStaff(ctx, job.Staff)
	if fault.HasCode(err, "staff_not_found") {
		return nil
	}
	if err != nil {
		return err
	}
	return s.mail.Send(ctx, s.noticeLetter(job, u, s.brand(ctx)))
}

func (s *Service) noticeLetter(job SendNotice, u Staff, brand mail.Brand) mail.Letter {
	subject, text := job.Notice.words()
	return mail.Letter{
		To: mail.Address{Name: u.Name, Email: u.EmailGiven}, Subject: subject, Preheader: text,
		Blocks: []mail.Block{
			mail.Heading(subject),
			mail.Paragraph(text + " This happened at " + job.At.UTC().Format("15:04 UTC on 2 January") + ", at the desk of " + brand.Name + "."),
			mail.Paragraph("If that was you, there is nothing to do. If not, choose another password now and tell an owner."),
			mail.Button("Open the desk", s.baseURL+"/desk/"),
		},
		Category: "security", MessageIDKey: "notice-" + job.ID.String(),
	}
}

// SendNotice asks for a notice to be sent.
type SendNotice struct {
	ID     uuid.UUID `json:"id"`
	Staff  uuid.UUID `json:"staff"`
	Notice Notice    `json:"notice"`
	At     time.Time `json:"at"`
}

// Kind names the job.
func (SendNotice) Kind() string { return "identity.send_notice" }
