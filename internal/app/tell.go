package app

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/config"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/mail"
	"lighttrends/internal/platform/outward"
	"lighttrends/internal/platform/phrase"
)

func (r *rooms) openWebhooks() error {
	client, err := outward.New(r.cfg.WebhookAllowedTargets)
	if err != nil {
		return err
	}
	r.webhooks = webhook.New(webhook.Deps{
		DB: r.db, Clock: r.clock, Journal: r.journal, Texts: texts{r}, Client: client, Key: config.Derive(r.key, "webhook-secrets"),
		Mail: r.mailer, Keepers: r.keepers, DeskURL: r.cfg.BaseURL + "/desk/webhooks",
	})
	return nil
}

// tell hands an entry of the journal to the webhooks, in its transaction.
func (r *rooms) tell(ctx context.Context, e journal.Entry) error {
	if r.webhooks == nil || !webhook.Told(e.Verb) {
		return nil
	}
	data := tidings{Subject: subject{e.SubjectKind, e.SubjectID}, Details: json.RawMessage(e.Payload)}
	h := webhook.Happening{Kind: e.Verb, SubjectID: e.SubjectID, At: e.At}
	if e.SubjectKind == "note" {
		id, err := uuid.Parse(e.SubjectID)
		if err != nil {
			return err
		}
		note, err := r.library.Snapshot(ctx, id)
		if err != nil {
			return err
		}
		if note != nil {
			data.Note = r.noteTold(note)
			h.Note, h.Revision = id, note.Revision
		}
	}
	h.Data = data
	return r.webhooks.Tell(ctx, h)
}

// tidings is what a webhook says about what happened.
type tidings struct {
	Subject subject         `json:"subject"`
	Details json.RawMessage `json:"details"`
	Note    *noteTold       `json:"note,omitempty"`
}

type subject struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// noteTold is a note as everybody may know it. Of one that no reader sees it
// says its title and where it stands, for systems that follow the work.
type noteTold struct {
	Status  string      `json:"status"`
	Slug    string      `json:"slug"`
	URL     string      `json:"url,omitempty"`
	Version int64       `json:"version,omitempty"`
	Title   string      `json:"title"`
	Public  *publicNote `json:"public,omitempty"`
}

type publicNote struct {
	Kind        string    `json:"kind"`
	Abstract    string    `json:"abstract"`
	Gate        string    `json:"gate"`
	Plans       []string  `json:"plans,omitempty"`
	Series      string    `json:"series,omitempty"`
	Issue       string    `json:"issue,omitempty"`
	Authors     []string  `json:"authors"`
	Topics      []string  `json:"topics"`
	Minutes     int       `json:"minutes"`
	PublishedAt time.Time `json:"published_at"`
	ChangedAt   time.Time `json:"changed_at"`
}

func (r *rooms) noteTold(s *content.Snapshot) *noteTold {
	out := &noteTold{Status: string(s.Status), Slug: s.Slug, Version: s.Live, Title: s.Title}
	p := s.Public
	if p == nil {
		return out
	}
	out.URL = r.cfg.BaseURL + "/notes/" + p.Slug
	gate := p.Access()
	out.Public = &publicNote{
		Kind: string(p.Kind), Abstract: p.Abstract, Gate: string(gate.Kind), Plans: gate.Plans, Minutes: p.Minutes,
		Authors: []string{}, Topics: []string{}, PublishedAt: p.PublishedAt.UTC(), ChangedAt: p.ChangedAt.UTC(),
	}
	if p.Series != nil {
		out.Public.Series = p.Series.Slug
	}
	if p.Issue != nil {
		out.Public.Issue = p.Issue.Slug
	}
	for _, a := range p.Authors {
		out.Public.Authors = append(out.Public.Authors, a.Slug)
	}
	for _, t := range p.Topics {
		out.Public.Topics = append(out.Public.Topics, t.Slug)
	}
	return out
}

// texts opens notes to webhooks that the firm gave the whole text.
type texts struct{ *rooms }

// Text implements webhook.Texts. The firm gives its own system access, so the
// decision is made with a grant of that kind; a note that was withdrawn, or is
// not out yet, stays closed to it as to everybody.
func (t texts) Text(ctx context.Context, note, revision uuid.UUID) (*webhook.Text, error) {
	gate, err := t.library.Gate(ctx, note)
	if fault.HasCode(err, "note_not_found") {
		return nil, nil //nolint:nilnil // no text is no error
	}
	if err != nil {
		return nil, err
	}
	d := access.Decide(gate, []access.Grant{{Kind: access.Complimentary}}, t.clock.Now())
	if !d.Full() || d.Revision() != revision {
		return nil, nil //nolint:nilnil // no text is no error
	}
	opened, err := t.library.Open(d)
	if err != nil {
		return nil, err
	}
	text, err := opened.Text(ctx)
	if err != nil {
		return nil, err
	}
	p, err := t.publication.Profile(ctx)
	if err != nil {
		return nil, err
	}
	written := phrase.In(p.Language)
	return &webhook.Text{HTML: content.Worded(text.HTML, written, written), Markdown: text.Source()}, nil
}

// keepers lists the staff who are told when a webhook is paused.
func (r *rooms) keepers(ctx context.Context) ([]webhook.Keeper, error) {
	people, err := colleagues{r.identity}.who(ctx, actor.KeysWrite)
	if err != nil {
		return nil, err
	}
	var out []webhook.Keeper
	for _, p := range people {
		u, err := r.identity.StaffUser(actor.With(ctx, actor.Machine("webhooks")), *p.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, webhook.Keeper{ID: u.ID, Address: mail.Address{Name: u.Name, Email: u.EmailGiven}})
	}
	return out, nil
}

// tellOfMail tells that a letter left or was refused. It is out by then: an
// event that cannot be written is only a gap.
func (r *rooms) tellOfMail(ctx context.Context, l mail.Letter, refused bool) error {
	kind := "mail.sent"
	if refused {
		kind = "mail.refused"
	}
	h := webhook.Happening{Kind: kind, SubjectID: l.MessageIDKey, At: r.clock.Now(), Data: map[string]any{
		"subject": subject{"mail", l.MessageIDKey}, "details": map[string]string{"category": l.Category}, // not to whom: it would outlive the account
	}}
	return r.db.Tx(ctx, func(ctx context.Context) error { return r.webhooks.TellIfWanted(ctx, h) })
}
