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
	"lighttrends/internal/platform/phrase"
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
	err = w.rooms.mailer.Send(ctx, w.rooms.quoteLetter(ctx, w.rooms.quoteLanguage(ctx, x.Email), x, job.Args.Nth))
	if mail.Permanent(err) {
		return river.JobCancel(err)
	}
	return err
}

// quoteLetter speaks a language, as the letter with a present does.
func (r *rooms) quoteLetter(ctx context.Context, language string, x *billing.Order, nth int64) mail.Letter {
	brand := r.brand(ctx).In(language)
	w, number := brand.Words(), strconv.FormatInt(x.Number, 10)
	values := []any{"name", brand.Name, "number", number, "company", x.Company, "line", orderLine(w, x), "sum", amount(w, x.Amount, x.Currency), "date", r.day(ctx, w, x.ExpiresAt)}
	blocks := []mail.Block{
		mail.Heading(w.Text("letter.quote.heading", values...)),
		mail.Paragraph(w.Text("letter.quote.text", values...)),
	}
	if x.Words != "" {
		blocks = append(blocks, mail.Paragraph(x.Words))
	}
	return mail.Letter{
		To: mail.Address{Name: x.Name, Email: x.Email}, Category: "quote", MessageIDKey: "quote-" + x.ID.String() + "-" + strconv.FormatInt(nth, 10),
		Language: w.Tag, Subject: w.Text("letter.quote.subject", values...), Preheader: w.Text("letter.quote.text", values...),
		Blocks: append(blocks,
			mail.Button(w.Text("letter.quote.button"), r.pageIn(ctx, w, r.billing.OrderLink(x))),
			mail.Paragraph(w.Text("letter.quote.there", values...)),
			mail.Small(w.Text("letter.quote.why", values...)),
		),
	}
}

// orderLine says in words what is ordered.
func orderLine(l *phrase.Language, x *billing.Order) string {
	what := l.Text("letter.every_plan")
	if x.Plan != nil {
		what = x.Plan.Name
	}
	long := l.Count("months", x.Months)
	switch x.Months {
	case 12:
		long = l.Text("letter.a_year")
	case 1:
		long = l.Text("letter.a_month")
	}
	if what += ", " + long; x.Seats > 1 {
		what += ", " + l.Count("letter.seats", int(x.Seats))
	}
	return what
}

// amount writes an amount as the language does.
func amount(l *phrase.Language, sum int64, currency string) string {
	sign, units, tail := billing.MoneyParts(sum, currency)
	return l.Amount(sign, units, tail)
}
