package app

import (
	"context"
	"net/url"
	"strconv"

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
	err = w.rooms.mailer.Send(ctx, w.rooms.giftLetter(ctx, g, code))
	if mail.Permanent(err) {
		return river.JobCancel(err)
	}
	return err
}

func (r *rooms) giftLetter(ctx context.Context, g *billing.Present, code string) mail.Letter {
	name, plan := r.brand(ctx).Name, "a subscription"
	if g.Plan != nil {
		plan = g.Plan.Name
	}
	term := strconv.Itoa(g.Months) + " months"
	if g.Months == 1 {
		term = "a month"
	}
	blocks := []mail.Block{
		mail.Heading("A present from " + g.GiverName),
		mail.Paragraph(g.GiverName + " gives you " + name + " (" + plan + ") for " + term + "."),
	}
	if g.Words != "" {
		blocks = append(blocks, mail.Paragraph("“"+g.Words+"”"))
	}
	blocks = append(blocks,
		mail.Button("Open the present", r.cfg.BaseURL+"/redeem?code="+url.QueryEscape(code)),
		mail.Paragraph("Or type this code on "+r.cfg.BaseURL+"/redeem: "+code),
	)
	if g.ExpiresAt != nil {
		blocks = append(blocks, mail.Paragraph("It can be redeemed until "+r.day(ctx, *g.ExpiresAt)+"."))
	}
	return mail.Letter{
		To: mail.Address{Name: g.RecipientName, Email: g.Recipient}, Category: "gift", MessageIDKey: "gift-" + g.ID.String(),
		Subject: g.GiverName + " gives you " + name, Preheader: "A present: " + term + " of " + name + ".",
		Blocks: append(blocks, mail.Small("You receive this letter once, because somebody gave this address for a present. We keep it for nothing else.")),
	}
}
