package app

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/mail"
)

// QuoteLetterArgs asks for the letter that brings a quote. Each sending at the
// desk is a letter of its own. The link is computed when it is written.
type QuoteLetterArgs struct {
	Order uuid.UUID `json:"order" river:"unique"`
	Nth   int64     `json:"nth" river:"unique"`
}

// Kind names the job.
func (QuoteLetterArgs) Kind() string { return "app.quote_letter" }

// InsertOpts keeps it to one for each sending.
func (QuoteLetterArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

func (r *rooms) enqueueQuoteLetter(ctx context.Context, e journal.Entry) error {
	var h billing.OrderHappened
	if err := json.Unmarshal(e.Payload, &h); err != nil {
		return fmt.Errorf("payload of %s: %w", e.Verb, err)
	}
	id, err := uuid.Parse(e.SubjectID)
	if err != nil {
		return err
	}
	return r.db.Enqueue(ctx, QuoteLetterArgs{Order: id, Nth: h.Sent}, nil)
}

type quoteLetterWorker struct {
	river.WorkerDefaults[QuoteLetterArgs]
	rooms *rooms
}

// Work sends the letter, unless the quote is no longer one.
func (w *quoteLetterWorker) Work(ctx context.Context, job *river.Job[QuoteLetterArgs]) error {
	x, err := w.rooms.billing.Order(actor.With(ctx, actor.Machine("orders")), job.Args.Order)
	if err != nil || x.State != billing.OrderQuoted || x.Expired(w.rooms.clock.Now()) {
		return err
	}
	err = w.rooms.mailer.Send(ctx, w.rooms.quoteLetter(ctx, x, job.Args.Nth))
	if mail.Permanent(err) {
		return river.JobCancel(err)
	}
	return err
}

func (r *rooms) quoteLetter(ctx context.Context, x *billing.Order, nth int64) mail.Letter {
	name, number := r.brand(ctx).Name, strconv.FormatInt(x.Number, 10)
	sum := billing.MoneyText(x.Amount, x.Currency)
	blocks := []mail.Block{
		mail.Heading("Our quote " + number + " for " + x.Company),
		mail.Paragraph(x.Line() + ", for " + sum + "."),
	}
	if x.Words != "" {
		blocks = append(blocks, mail.Paragraph(x.Words))
	}
	return mail.Letter{
		To: mail.Address{Name: x.Name, Email: x.Email}, Category: "quote", MessageIDKey: "quote-" + x.ID.String() + "-" + strconv.FormatInt(nth, 10),
		Subject: "Quote " + number + " from " + name, Preheader: x.Line() + ", for " + sum + ".",
		Blocks: append(blocks,
			mail.Button("See the quote", r.billing.OrderLink(x)),
			mail.Paragraph("There you can accept it with your own order number, or decline it. It holds until "+r.day(ctx, x.ExpiresAt)+". Whoever has the link can accept it, so pass it on only to who may order."),
			mail.Small("You receive this letter because you asked "+name+" for a quote. Unless you accept it, nothing is ordered."),
		),
	}
}
