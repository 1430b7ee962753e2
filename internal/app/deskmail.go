package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/mail"
)

// houseRules tells content the settings that govern notes.
type houseRules struct{ house *publication.House }

func (h houseRules) Rules(ctx context.Context) (content.Rules, error) {
	p, err := h.house.Profile(ctx)
	if err != nil {
		return content.Rules{}, err
	}
	rules, err := h.house.Rules(ctx)
	if err != nil {
		return content.Rules{}, err
	}
	zone, err := time.LoadLocation(p.TimeZone)
	return content.Rules{FourEyes: rules.FourEyes, Zone: zone}, err
}

// colleagues tells content who may review and who may read.
type colleagues struct{ *identity.Service }

func (c colleagues) Reviewers(ctx context.Context) ([]content.Person, error) {
	return c.who(ctx, actor.NotesReview)
}

func (c colleagues) Readers(ctx context.Context) ([]content.Person, error) {
	return c.who(ctx, actor.NotesRead)
}

// who lists the staff users who can sign in and hold a capability.
func (c colleagues) who(ctx context.Context, can actor.Capability) ([]content.Person, error) {
	ctx = actor.With(ctx, actor.Machine("content"))
	roles, err := c.ListRoles(ctx)
	if err != nil {
		return nil, err
	}
	may := map[identity.Role]bool{}
	for _, r := range roles {
		may[r.Role] = slices.Contains(r.Capabilities, can)
	}
	staff, err := c.ListStaff(ctx)
	if err != nil {
		return nil, err
	}
	var out []content.Person
	for _, u := range staff {
		if u.DisabledAt == nil && may[u.Role] {
			out = append(out, content.Person{ID: &u.ID, Name: u.Name})
		}
	}
	return out, nil
}

type notifyWorker struct {
	river.WorkerDefaults[content.NotifyArgs]
	rooms *rooms
}

// Work sends the letter that goes out with a notification. Who has left, or
// has read it at the desk already, gets none, nor does a key that wrote the
// note.
func (w *notifyWorker) Work(ctx context.Context, job *river.Job[content.NotifyArgs]) error {
	n, err := w.rooms.desk.Notification(ctx, job.Args.Notification)
	if err != nil || n.ReadAt != nil {
		return err
	}
	u, err := w.rooms.identity.StaffUser(actor.With(ctx, actor.Machine("notify")), n.StaffID)
	if fault.HasCode(err, "staff_not_found") {
		return nil
	}
	if err != nil || u.DisabledAt != nil {
		return err
	}
	err = w.rooms.mailer.Send(ctx, w.rooms.deskLetter(mail.Address{Name: u.Name, Email: u.EmailGiven}, n))
	if mail.Permanent(err) {
		return river.JobCancel(err)
	}
	return err
}

// deskSays is what each kind of notification says; "%s" is the title. Who did
// it comes before the sentence.
var deskSays = map[string]struct{ subject, sentence string }{
	"review_requested": {"Please review “%s”", " asks you to review “%s”."},
	"review_withdrawn": {"No review needed of “%s”", " took “%s” back from review."},
	"approved":         {"Approved: “%s”", " approved “%s”."},
	"sent_back":        {"Sent back: “%s”", " sent “%s” back."},
	"published":        {"Published: “%s”", " published “%s”."},
	"updated":          {"Updated: “%s”", " published an update of “%s”."},
	"retracted":        {"Retracted: “%s”", " retracted “%s”."},
	"commented":        {"A comment on “%s”", " commented on “%s”."},
	"comment_reply":    {"A reply about “%s”", " replied in a thread about “%s”."},
	"mentioned":        {"You are asked about “%s”", " mentioned you in a comment on “%s”."},
	"comment_resolved": {"Resolved: a thread about “%s”", " resolved a thread about “%s”."},
	"comment_reopened": {"Open again: a thread about “%s”", " opened a thread about “%s” again."},
	"schedule_failed":  {"Not published as scheduled: “%s”", " could not do what was scheduled for “%s”."},
}

func (r *rooms) deskLetter(to mail.Address, n *content.Notification) mail.Letter {
	says, ok := deskSays[n.Kind]
	if !ok {
		says.subject, says.sentence = "News about “%s”", " changed “%s”."
	}
	by := n.ByName
	if n.ByID == nil {
		by = "The desk"
	}
	title := func(s string) string { return strings.ReplaceAll(s, "%s", n.Title) }
	blocks := []mail.Block{mail.Heading(title(says.subject)), mail.Paragraph(by + title(says.sentence))}
	if n.Text != "" {
		blocks = append(blocks, mail.Paragraph(n.Text))
	}
	page := r.cfg.BaseURL + "/desk/"
	if n.NoteID != nil && *n.NoteID != uuid.Nil {
		page += "notes/" + n.NoteID.String()
	}
	if n.CommentID != nil {
		page += "#comment-" + n.CommentID.String()
	}
	return mail.Letter{
		To: to, Category: "desk", MessageIDKey: "desk-" + n.ID.String(), Subject: title(says.subject), Preheader: by + title(says.sentence),
		Blocks: append(blocks, mail.Button("Open at the desk", page), mail.Small("You receive this letter because you work on this note.")),
	}
}
