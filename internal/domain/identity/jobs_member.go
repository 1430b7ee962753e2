package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/platform/mail"
)

// SendEmailChange asks for the letter to a member's new address.
type SendEmailChange struct {
	ID uuid.UUID `json:"id"`
}

// Kind names the job.
func (SendEmailChange) Kind() string { return "identity.send_email_change" }

// InsertOpts keeps trying for some hours.
func (SendEmailChange) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 8} }

// SendEmailChanged asks for the letter that tells the address before.
type SendEmailChanged struct {
	ID uuid.UUID `json:"id"`
}

// Kind names the job.
func (SendEmailChanged) Kind() string { return "identity.send_email_changed" }

// InsertOpts keeps trying for about a day.
func (SendEmailChanged) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 12} }

// SendLeaving asks for the letter that says when an account will be deleted.
type SendLeaving struct {
	Member  uuid.UUID `json:"member"`
	AskedAt time.Time `json:"asked_at"`
}

// Kind names the job.
func (SendLeaving) Kind() string { return "identity.send_leaving" }

// InsertOpts keeps trying for about a day.
func (SendLeaving) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 12} }

// sendEmailChange writes to the new address. Who has an account there already
// is told so instead; the member who asked learns nothing of it.
func (s *Service) sendEmailChange(ctx context.Context, id uuid.UUID) error {
	row, err := s.readEmailChange(ctx, id)
	if err != nil || row == nil || row.DoneAt != nil || !row.ExpiresAt.After(s.clock.Now()) {
		return err
	}
	taken, err := s.addressTaken(ctx, row.Email, row.MemberID)
	if err != nil {
		return err
	}
	m, err := s.readMember(ctx, row.MemberID)
	if err != nil {
		return err
	}
	return s.mail.Send(ctx, s.emailChangeLetter(*row, m, taken, s.brand(ctx)))
}

func (s *Service) emailChangeLetter(row EmailChange, m Member, taken bool, brand mail.Brand) mail.Letter {
	l := mail.Letter{To: mail.Address{Email: row.EmailGiven}, Category: "email-change", MessageIDKey: "email-change-" + row.ID.String()}
	if taken {
		l.Subject = "Your account at " + brand.Name
		l.Preheader = "Somebody wanted to use this address for another account."
		l.Blocks = []mail.Block{
			mail.Heading(l.Subject),
			mail.Paragraph("Somebody asked to use this address for another account. It has an account already, so nothing was changed."),
			mail.Paragraph("If that was you, sign in here with this address, or delete this account first."),
			mail.Button("Sign in", s.baseURL+"/sign-in"),
			mail.Small("If it was not you, there is nothing to do."),
		}
		return l
	}
	l.Subject = "Confirm your new address"
	l.Preheader = "One press, and your account at " + brand.Name + " has this address."
	l.Blocks = []mail.Block{
		mail.Heading(l.Subject),
		mail.Paragraph("The member of " + brand.Name + " whose address is " + maskEmail(m.EmailGiven) + " wants to use this one from now on: to sign in, and for letters. If that is you, press the button. Every other device is logged out then."),
		mail.Button("Use this address", s.baseURL+"/account/email/"+s.secrets.staffLink("email", row.ID, 0)),
		mail.Small("The link is good once, until " + when(row.ExpiresAt) + ". If you did not ask for this, or do not know that address, ignore this mail: nothing happens without you."),
	}
	return l
}

// sendEmailChanged tells the address before. The row keeps it until then.
func (s *Service) sendEmailChanged(ctx context.Context, id uuid.UUID) error {
	row, err := s.readEmailChange(ctx, id)
	if err != nil || row == nil || row.DoneAt == nil || row.OldGiven == "" {
		return err
	}
	return s.mail.Send(ctx, s.emailChangedLetter(*row, s.brand(ctx)))
}

func (s *Service) emailChangedLetter(row EmailChange, brand mail.Brand) mail.Letter {
	l := mail.Letter{
		To: mail.Address{Email: row.OldGiven}, Subject: "Your address was changed", Preheader: "Your account at " + brand.Name + " has another address now.",
		Category: "email-changed", MessageIDKey: "email-changed-" + row.ID.String(),
	}
	l.Blocks = []mail.Block{
		mail.Heading(l.Subject),
		mail.Paragraph("Your account at " + brand.Name + " has another e-mail address since " + when(*row.DoneAt) + ". This one no longer signs in there, and you get no more letters about it here."),
		mail.Paragraph("If that was you, there is nothing to do. If it was not, answer this letter at once: somebody used your account, and we can give it back to you."),
	}
	return l
}

// sendLeaving says when the account goes, and how to keep it. Who has changed
// their mind already needs no letter.
func (s *Service) sendLeaving(ctx context.Context, job SendLeaving) error {
	row, err := s.readLeaving(ctx, job.Member)
	if err != nil || row == nil || row.AskedAt.UnixMicro() != job.AskedAt.UnixMicro() {
		return err
	}
	m, err := s.readMember(ctx, job.Member)
	if err != nil || m.DeletedAt != nil {
		return err
	}
	return s.mail.Send(ctx, s.leavingLetter(*row, m, s.brand(ctx)))
}

func (s *Service) leavingLetter(row Leaving, m Member, brand mail.Brand) mail.Letter {
	day := row.DueAt.UTC().Format("2 January 2006")
	l := mail.Letter{
		To: mail.Address{Name: m.Name, Email: m.EmailGiven}, Subject: "Your account will be deleted on " + day, Preheader: "Until then you can change your mind.",
		Category: "leaving", MessageIDKey: "leaving-" + m.ID.String() + "-" + row.AskedAt.UTC().Format("20060102150405.000000"),
	}
	l.Blocks = []mail.Block{
		mail.Heading(l.Subject),
		mail.Paragraph("You asked us to delete your account at " + brand.Name + ". We will do so on " + day + ". From now on nothing more is charged."),
		mail.Paragraph("If you change your mind, or if it was not you who asked, keep the account until then:"),
		mail.Button("Keep my account", s.baseURL+"/account/leave/"+s.secrets.staffLink("stay", m.ID, row.AskedAt.UnixMicro())),
		mail.Small("Bills are kept for as long as the law asks for them. Everything else that names you goes."),
	}
	return l
}

func when(t time.Time) string { return t.UTC().Format("15:04 UTC on 2 January") }

type emailChangeWorker struct {
	river.WorkerDefaults[SendEmailChange]
	service *Service
}

func (w *emailChangeWorker) Work(ctx context.Context, job *river.Job[SendEmailChange]) error {
	return orGiveUp(w.service.sendEmailChange(ctx, job.Args.ID))
}

func (w *emailChangeWorker) NextRetry(job *river.Job[SendEmailChange]) time.Time {
	return w.service.soon(job.Attempt)
}

type emailChangedWorker struct {
	river.WorkerDefaults[SendEmailChanged]
	service *Service
}

func (w *emailChangedWorker) Work(ctx context.Context, job *river.Job[SendEmailChanged]) error {
	return orGiveUp(w.service.sendEmailChanged(ctx, job.Args.ID))
}

type leavingWorker struct {
	river.WorkerDefaults[SendLeaving]
	service *Service
}

func (w *leavingWorker) Work(ctx context.Context, job *river.Job[SendLeaving]) error {
	return orGiveUp(w.service.sendLeaving(ctx, job.Args))
}
