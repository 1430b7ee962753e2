package app

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/mail"
	"lighttrends/internal/platform/phrase"
)

// TermEndingArgs asks for the letter that says when a term ends. It holds ids
// only; a term that was extended gets another letter for its other end.
type TermEndingArgs struct {
	Term uuid.UUID `json:"term" river:"unique"`
	End  time.Time `json:"end" river:"unique"`
}

// Kind names the job.
func (TermEndingArgs) Kind() string { return "app.term_ending" }

// InsertOpts keeps it to one for each end.
func (TermEndingArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

func (r *rooms) enqueueTermEnding(ctx context.Context, e journal.Entry) error {
	var h billing.TermHappened
	if err := json.Unmarshal(e.Payload, &h); err != nil {
		return fmt.Errorf("payload of %s: %w", e.Verb, err)
	}
	id, err := uuid.Parse(e.SubjectID)
	if err != nil || h.OwnerKind != billing.MemberOwner {
		return err
	}
	return r.db.Enqueue(ctx, TermEndingArgs{Term: id, End: h.EndsAt}, nil)
}

type termEndingWorker struct {
	river.WorkerDefaults[TermEndingArgs]
	rooms *rooms
}

// Work sends the letter, unless the term was taken back or its end moved since.
func (w *termEndingWorker) Work(ctx context.Context, job *river.Job[TermEndingArgs]) error {
	ctx = actor.With(ctx, actor.Machine("terms"))
	t, err := w.rooms.billing.Term(ctx, job.Args.Term)
	if err != nil || t.RevokedAt != nil || !t.EndsAt.Equal(job.Args.End) {
		return err
	}
	m, err := w.rooms.identity.Member(ctx, t.Owner.ID)
	if err != nil || m.DeletedAt != nil {
		return err
	}
	wanted, stop, err := w.rooms.wanted(ctx, m.ID, identity.MailReminders)
	if err != nil || !wanted {
		return err
	}
	l := w.rooms.termEnding(ctx, mail.Address{Name: m.Name, Email: m.EmailGiven}, m.Language, t)
	l.Unsubscribe = stop
	err = w.rooms.mailer.Send(ctx, l)
	if mail.Permanent(err) {
		return river.JobCancel(err)
	}
	return err
}

func (r *rooms) termEnding(ctx context.Context, to mail.Address, language string, t *billing.Term) mail.Letter {
	brand := r.brand(ctx).In(language)
	w := brand.Words()
	values := []any{"name", brand.Name, "date", r.day(ctx, w, t.EndsAt), "account", r.cfg.BaseURL + "/account"}
	text := "letter.term.text"
	if t.Plan != nil {
		text, values = "letter.term.text_plan", append(values, "plan", t.Plan.Name)
	}
	return mail.Letter{
		To: to, Category: "term", MessageIDKey: "term-ending-" + t.ID.String() + "-" + t.EndsAt.UTC().Format("20060102150405"),
		Language:  w.Tag,
		Subject:   w.Text("letter.term.subject", values...),
		Preheader: w.Text("letter.term.preheader"),
		Blocks: []mail.Block{
			mail.Heading(w.Text("letter.closing.subject", values...)),
			mail.Paragraph(w.Text(text, values...)),
			mail.Button(w.Text("letter.term.button"), r.cfg.BaseURL+"/plans"),
			mail.Paragraph(w.Text("letter.term.account", values...)),
			mail.Small(w.Text("letter.term.why")),
		},
	}
}

// day writes a date as the publication's readers know it.
func (r *rooms) day(ctx context.Context, l *phrase.Language, at time.Time) string {
	if zone, err := r.zone(ctx); err == nil {
		at = at.In(zone)
	}
	year, month, day := at.Date()
	return l.Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}
