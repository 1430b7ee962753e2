package app

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/mail"
)

// WelcomeArgs asks for the letter that greets a new subscriber. It holds ids
// only.
type WelcomeArgs struct {
	Member       uuid.UUID `json:"member"`
	Plan         string    `json:"plan"`
	Subscription string    `json:"subscription" river:"unique"`
}

// Kind names the job.
func (WelcomeArgs) Kind() string { return "app.welcome" }

// InsertOpts keeps it to one for each subscription.
func (WelcomeArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

// subscriptionEvent reads who a subscription event is about. An organization's
// has no member.
func subscriptionEvent(e journal.Entry) (billing.Happened, uuid.UUID, error) {
	var h billing.Happened
	if err := json.Unmarshal(e.Payload, &h); err != nil {
		return h, uuid.Nil, fmt.Errorf("payload of %s: %w", e.Verb, err)
	}
	if h.OwnerKind != billing.MemberOwner {
		return h, uuid.Nil, nil
	}
	return h, h.OwnerID, nil
}

type welcomeWorker struct {
	river.WorkerDefaults[WelcomeArgs]
	rooms *rooms
}

func (w *welcomeWorker) Work(ctx context.Context, job *river.Job[WelcomeArgs]) error {
	ctx = actor.With(ctx, actor.Machine("welcome"))
	m, err := w.rooms.identity.Member(ctx, job.Args.Member)
	if err != nil || m.DeletedAt != nil {
		return err
	}
	id, err := uuid.Parse(job.Args.Subscription)
	if err != nil {
		return river.JobCancel(err)
	}
	if doubled, err := w.rooms.billing.Doubled(ctx, id); doubled || err != nil {
		return err // it is given back, and a letter says so
	}
	plan, err := w.rooms.billing.PlanBySlug(ctx, job.Args.Plan)
	if err != nil {
		return err
	}
	err = w.rooms.mailer.Send(ctx, w.rooms.welcome(ctx, mail.Address{Name: m.Name, Email: m.EmailGiven}, m.Language, plan.Name, job.Args.Subscription))
	if mail.Permanent(err) {
		return river.JobCancel(err)
	}
	return err
}

func (r *rooms) welcome(ctx context.Context, to mail.Address, language, plan, subscription string) mail.Letter {
	brand := r.brand(ctx).In(language)
	w, name := brand.Words(), brand.Name
	return mail.Letter{
		To: to, Category: "welcome", MessageIDKey: "welcome-" + subscription,
		Language:  w.Tag,
		Subject:   w.Text("letter.welcome.subject", "name", name),
		Preheader: w.Text("letter.welcome.preheader"),
		Blocks: []mail.Block{
			mail.Heading(w.Text("letter.welcome.heading", "name", name)),
			mail.Paragraph(w.Text("letter.welcome.text", "plan", plan)),
			mail.Button(w.Text("letter.welcome.button"), r.cfg.BaseURL+"/"),
			mail.Paragraph(w.Text("letter.welcome.account", "account", r.cfg.BaseURL+"/account")),
			mail.Small(w.Text("letter.welcome.why")),
		},
	}
}
