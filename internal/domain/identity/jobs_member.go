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
	return s.mail.Send(ctx, s.emailChangeLetter(*row, m, taken, s.brand(ctx).In(m.Language)))
}

func (s *Service) emailChangeLetter(row EmailChange, m Member, taken bool, brand mail.Brand) mail.Letter {
	w := brand.Words()
	l := mail.Letter{Language: w.Tag, To: mail.Address{Email: row.EmailGiven}, Category: "email-change", MessageIDKey: "email-change-" + row.ID.String()}
	if taken {
		l.Subject = w.Text("letter.taken", "name", brand.Name)
		l.Preheader = w.Text("letter.taken.preheader")
		l.Blocks = []mail.Block{
			mail.Heading(l.Subject),
			mail.Paragraph(w.Text("letter.taken.asked")),
			mail.Paragraph(w.Text("letter.taken.you")),
			mail.Button(w.Text("letter.taken.button"), s.baseURL+"/sign-in"),
			mail.Small(w.Text("letter.taken.not_you")),
		}
		return l
	}
	l.Subject = w.Text("letter.email")
	l.Preheader = w.Text("letter.email.preheader", "name", brand.Name)
	l.Blocks = []mail.Block{
		mail.Heading(l.Subject),
		mail.Paragraph(w.Text("letter.email.asked", "name", brand.Name, "email", maskEmail(m.EmailGiven))),
		mail.Button(w.Text("letter.email.button"), s.baseURL+"/account/email/"+s.secrets.staffLink("email", row.ID, 0)),
		mail.Small(w.Text("letter.email.until", "until", when(brand, row.ExpiresAt))),
	}
	return l
}

// sendEmailChanged tells the address before. The row keeps it until then.
func (s *Service) sendEmailChanged(ctx context.Context, id uuid.UUID) error {
	row, err := s.readEmailChange(ctx, id)
	if err != nil || row == nil || row.DoneAt == nil || row.OldGiven == "" {
		return err
	}
	m, err := s.readMember(ctx, row.MemberID)
	if err != nil {
		return err
	}
	return s.mail.Send(ctx, s.emailChangedLetter(*row, s.brand(ctx).In(m.Language)))
}

func (s *Service) emailChangedLetter(row EmailChange, brand mail.Brand) mail.Letter {
	w := brand.Words()
	l := mail.Letter{
		Language: w.Tag,
		To:       mail.Address{Email: row.OldGiven}, Subject: w.Text("letter.email_changed"), Preheader: w.Text("letter.email_changed.preheader", "name", brand.Name),
		Category: "email-changed", MessageIDKey: "email-changed-" + row.ID.String(),
	}
	l.Blocks = []mail.Block{
		mail.Heading(l.Subject),
		mail.Paragraph(w.Text("letter.email_changed.since", "name", brand.Name, "when", when(brand, *row.DoneAt))),
		mail.Paragraph(w.Text("letter.email_changed.not_you")),
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
	return s.mail.Send(ctx, s.leavingLetter(*row, m, s.brand(ctx).In(m.Language)))
}

func (s *Service) leavingLetter(row Leaving, m Member, brand mail.Brand) mail.Letter {
	w := brand.Words()
	day := w.Date(row.DueAt)
	l := mail.Letter{
		Language: w.Tag,
		To:       mail.Address{Name: m.Name, Email: m.EmailGiven}, Subject: w.Text("letter.leaving", "date", day), Preheader: w.Text("letter.leaving.preheader"),
		Category: "leaving", MessageIDKey: "leaving-" + m.ID.String() + "-" + row.AskedAt.UTC().Format("20060102150405.000000"),
	}
	l.Blocks = []mail.Block{
		mail.Heading(l.Subject),
		mail.Paragraph(w.Text("letter.leaving.asked", "name", brand.Name, "date", day)),
		mail.Paragraph(w.Text("letter.leaving.mind")),
		mail.Button(w.Text("leave.keep"), s.baseURL+"/account/leave/"+s.secrets.staffLink("stay", m.ID, row.AskedAt.UnixMicro())),
		mail.Small(w.Text("letter.leaving.bills")),
	}
	return l
}

// when writes a moment; letters name the zone, because mail has none.
func when(brand mail.Brand, t time.Time) string {
	w := brand.Words()
	return w.Text("letter.when", "time", t.UTC().Format("15:04"), "day", w.Day(t))
}

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
