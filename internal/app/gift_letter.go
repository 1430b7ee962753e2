package app

import (
	"context"
	"net/url"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/mail"
)

// GiftLetterArgs asks for the letter that brings a present. It holds the id
// only; the code is computed when the letter is written.
type GiftLetterArgs struct {
	Gift string `json:"gift" river:"unique"`
}

// Kind names the job.
func (GiftLetterArgs) Kind() string { return "app.gift_letter" }

// InsertOpts keeps it to one for each present.
func (GiftLetterArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

type giftLetterWorker struct {
	river.WorkerDefaults[GiftLetterArgs]
	rooms *rooms
}

// Work sends the letter, unless the present was paid back meanwhile.
func (w *giftLetterWorker) Work(ctx context.Context, job *river.Job[GiftLetterArgs]) error {
	id, err := uuid.Parse(job.Args.Gift)
	if err != nil {
		return river.JobCancel(err)
	}
	g, code, err := w.rooms.billing.GiftLetter(actor.With(ctx, actor.Machine("gifts")), id)
	if err != nil || g.State == billing.GiftRevoked {
		return err
	}
	err = w.rooms.mailer.Send(ctx, w.rooms.giftLetter(ctx, w.rooms.giftLanguage(ctx, g.Recipient, g.GiverID), g, code))
	if mail.Permanent(err) {
		return river.JobCancel(err)
	}
	return err
}

// giftLetter speaks a language, and its links lead to pages in that; "" is the
// publication's.
func (r *rooms) giftLetter(ctx context.Context, language string, g *billing.Present, code string) mail.Letter {
	brand := r.brand(ctx).In(language)
	w, name := brand.Words(), brand.Name
	redeem := r.pageIn(ctx, w, r.cfg.BaseURL+"/redeem")
	plan := w.Text("letter.gift.subscription")
	if g.Plan != nil {
		plan = g.Plan.Name
	}
	values := []any{"giver", g.GiverName, "name", name, "plan", plan, "term", w.Count("letter.gift.term", g.Months)}
	blocks := []mail.Block{
		mail.Heading(w.Text("letter.gift.heading", values...)),
		mail.Paragraph(w.Text("letter.gift.text", values...)),
	}
	if g.Words != "" {
		blocks = append(blocks, mail.Paragraph(w.Text("letter.gift.words", "words", g.Words)))
	}
	blocks = append(blocks,
		mail.Button(w.Text("letter.gift.button"), redeem+"?code="+url.QueryEscape(code)),
		mail.Paragraph(w.Text("letter.gift.code", "address", redeem, "code", code)),
	)
	if g.ExpiresAt != nil {
		blocks = append(blocks, mail.Paragraph(w.Text("redeem.until", "date", r.day(ctx, w, *g.ExpiresAt))))
	}
	return mail.Letter{
		To: mail.Address{Name: g.RecipientName, Email: g.Recipient}, Category: "gift", MessageIDKey: "gift-" + g.ID.String(),
		Language: w.Tag, Subject: w.Text("letter.gift.subject", values...), Preheader: w.Text("letter.gift.preheader", values...),
		Blocks: append(blocks, mail.Small(w.Text("letter.gift.why"))),
	}
}
