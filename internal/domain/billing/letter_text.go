package billing

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/mail"
	"lighttrends/internal/platform/phrase"
)

// words are the pieces of one letter.
type words struct {
	subject, preheader, heading string
	said                        []string // paragraphs
	button, address             string
}

// compose writes a letter in the language that its reader has chosen. Its key
// is the row's id, so a letter that goes out again after a crash is the same
// mail.
func (o *Office) compose(ctx context.Context, l *Letter, f Facts, language string) (mail.Letter, error) {
	zone := time.UTC
	if o.Zone != nil {
		var err error
		if zone, err = o.Zone(ctx); err != nil {
			return mail.Letter{}, err
		}
	}
	brand := mail.Brand{Name: "us"}
	if o.Brand != nil {
		brand = o.Brand(ctx)
	}
	t := tongue{brand.In(language).Words(), zone}
	w := write(t, l.Kind, f, brand.Name, o.BaseURL+"/account")
	if l.Kind == LetterOrdered || l.Kind == LetterOverdue {
		id, err := uuid.Parse(l.About)
		if err != nil {
			return mail.Letter{}, err
		}
		w.address = o.orderLink(id) // rows do not hold it
	}
	blocks := []mail.Block{mail.Heading(w.heading)}
	for _, p := range w.said {
		blocks = append(blocks, mail.Paragraph(p))
	}
	blocks = append(blocks, mail.Button(w.button, w.address))
	if f.PDFURL != "" {
		blocks = append(blocks, mail.Paragraph(t.Text("letter.pdf", "address", f.PDFURL)))
	}
	why := "letter.why_subscription"
	if f.Order != 0 {
		why = "letter.why_order"
	}
	blocks = append(blocks, mail.Small(t.Text(why)))
	return mail.Letter{
		Language: t.Tag, Subject: w.subject, Preheader: w.preheader, Blocks: blocks, Category: l.Kind.category(), MessageIDKey: "billing-" + l.ID.String(),
	}, nil
}

// tongue is a language that knows the publication's days.
type tongue struct {
	*phrase.Language
	zone *time.Location
}

// day writes a day; "" where none is known.
func (t tongue) day(at *time.Time) string {
	if at == nil {
		return ""
	}
	year, month, day := at.In(t.zone).Date()
	return t.Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// sum writes an amount.
func (t tongue) sum(amount int64, currency string) string {
	sign, units, tail := MoneyParts(max(amount, -amount), currency)
	if amount < 0 {
		return "−" + t.Amount(sign, units, tail)
	}
	return t.Amount(sign, units, tail)
}

// write finds the words for a letter. It is pure. Each kind has a subject, a
// preheader and a text in the catalogue; some have more.
func write(t tongue, kind LetterKind, f Facts, house, account string) words {
	number := strconv.FormatInt(f.Order, 10)
	values := []any{
		"house", house, "sum", t.sum(f.Amount, f.Currency), "bill", f.Number, "date", t.day(f.At), "plan", f.Plan, "card", f.Card, "account", account,
		"order", number, "begins", t.day(f.Begins), "closes", t.day(f.Closes),
	}
	values = append(values, "subscription", t.Text("frame.subscription"))
	if f.Plan != "" {
		values[len(values)-1] = t.Text("letter.subscription_plan", "plan", f.Plan)
	}
	is := func(part string) string { return t.Text("letter."+string(kind)+"."+part, values...) }
	w := words{subject: is("subject"), preheader: is("preheader"), heading: t.Or("letter."+string(kind)+".heading", "", values...), button: t.Text("letter.account"), address: account}
	if w.heading == "" {
		w.heading = w.subject
	}
	more := func(known bool, part string) {
		if known {
			w.said[0] += " " + is(part)
		}
	}
	w.said = []string{is("text")}
	switch kind {
	case LetterReceipt:
		if f.Renewal {
			w.subject, w.heading, w.said = is("renewal_subject"), is("renewal_heading"), []string{is("renewal")}
		}
		w.button, w.address = t.Text("letter.see_bill"), cmp.Or(f.URL, account)
	case LetterChanged:
		w.said[0] = t.Text("letter.changed."+string(f.Interval), values...)
		more(f.At != nil, "next")
	case LetterCanceled:
		w.said = append(w.said, is("mind"))
	case LetterResumed:
		more(f.At != nil, "next")
	case LetterPaused:
		if f.At != nil {
			w.said = []string{is("until")}
		}
	case LetterDoubled:
		if f.Amount > 0 {
			w.said = append(w.said, is("back"))
		}
	case LetterExpiring:
		w.button = is("button")
	case LetterFailed:
		more(f.At != nil, "next")
		w.said = append(w.said, is("pay"))
		w.button, w.address = t.Text("owed.pay"), cmp.Or(f.URL, account)
	case LetterClosing:
		w.button, w.address = t.Text("owed.pay"), cmp.Or(f.URL, account)
	case LetterOrdered:
		w.button = t.Text("letter.see_order")
		opens := "opens_paid"
		if f.Begins != nil {
			opens = "opens"
		}
		w.said = append(w.said, is(opens), t.Count("letter.order_accepted.bill", int(f.Days)))
	case LetterOverdue:
		w.button = t.Text("letter.see_order")
		if f.Closes != nil {
			w.said = append(w.said, is("closes"))
		}
		w.said = append(w.said, is("paid"))
	case LetterEnded:
	}
	return w
}
