package app

import (
	"context"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/mail"
)

// LeadLetterArgs asks for the mail that tells the firm of a letter from the
// portal. It holds the id only.
type LeadLetterArgs struct {
	Lead string `json:"lead" river:"unique"`
}

// Kind names the job.
func (LeadLetterArgs) Kind() string { return "app.lead_letter" }

// InsertOpts keeps it to one for each letter.
func (LeadLetterArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

type leadLetterWorker struct {
	river.WorkerDefaults[LeadLetterArgs]
	rooms *rooms
}

// Work sends the mail to the address in the contact block; without one the
// letter waits at the desk only.
func (w *leadLetterWorker) Work(ctx context.Context, job *river.Job[LeadLetterArgs]) error {
	id, err := uuid.Parse(job.Args.Lead)
	if err != nil {
		return river.JobCancel(err)
	}
	profile, err := w.rooms.publication.Profile(ctx)
	if err != nil || profile.Contact.Email == "" {
		return err
	}
	lead, err := w.rooms.publication.Lead(actor.With(ctx, actor.Machine("letters")), id)
	if err != nil {
		return err
	}
	err = w.rooms.mailer.Send(ctx, w.rooms.leadLetter(lead, profile.Contact.Email))
	if mail.Permanent(err) {
		return river.JobCancel(err)
	}
	return err
}

// leadLetter is in plain words, and leads to the desk, where the letter is
// answered: the address in it was typed in and nobody has confirmed it.
func (r *rooms) leadLetter(l publication.Lead, to string) mail.Letter {
	from := l.Name
	if l.Company != "" {
		from += ", " + l.Company
	}
	subject := l.Subject
	if subject == "" {
		subject = "A letter without a subject"
	}
	blocks := []mail.Block{mail.Heading(subject), mail.Paragraph("From " + from + " (" + l.Email + ")"), mail.Paragraph(l.Message)}
	if l.Page != "" {
		blocks = append(blocks, mail.Paragraph("Written on "+r.cfg.BaseURL+l.Page))
	}
	return mail.Letter{
		To: mail.Address{Email: to}, Category: "lead", MessageIDKey: "lead-" + l.ID.String(), Subject: "From the portal: " + subject, Preheader: "From " + from,
		Blocks: append(blocks, mail.Button("Open it at the desk", r.cfg.BaseURL+"/desk/letters"), mail.Small("The address was typed into a form and nobody has confirmed it.")),
	}
}
