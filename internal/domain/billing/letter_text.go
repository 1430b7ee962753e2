package billing

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/mail"
)

// words are the pieces of one letter.
type words struct {
	subject, preheader, heading string
	said                        []string // paragraphs
	button, address             string
	facts                       []string // a list
}

// compose writes a letter. Its key is the row's id, so a letter that goes out
// again after a crash is the same mail.
func (o *Office) compose(ctx context.Context, l *Letter, f Facts) (mail.Letter, error) {
	zone := time.UTC
	if o.Zone != nil {
		var err error
		if zone, err = o.Zone(ctx); err != nil {
			return mail.Letter{}, err
		}
	}
	day := func(t time.Time) string { return t.In(zone).Format("2 January 2006") }
	house := "us"
	if o.Brand != nil {
		house = o.Brand(ctx).Name
	}
	w := write(l.Kind, f, house, o.BaseURL+"/account", day)
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
	if len(w.facts) > 0 {
		blocks = append(blocks, mail.List(w.facts...))
	}
	blocks = append(blocks, mail.Button(w.button, w.address))
	if f.PDFURL != "" {
		blocks = append(blocks, mail.Paragraph("The bill as a PDF: "+f.PDFURL))
	}
	why := "a subscription"
	if f.Order != 0 {
		why = "an order"
	}
	blocks = append(blocks, mail.Small("You receive this letter because of "+why+" with this address. It is sent once."))
	return mail.Letter{
		Subject: w.subject, Preheader: w.preheader, Blocks: blocks, Category: l.Kind.category(), MessageIDKey: "billing-" + l.ID.String(),
	}, nil
}

// write finds the words for a letter. It is pure.
func write(kind LetterKind, f Facts, house, account string, day func(time.Time) string) words {
	sum := MoneyText(f.Amount, f.Currency)
	when := ""
	if f.At != nil {
		when = day(*f.At)
	}
	plan := "Your subscription"
	if f.Plan != "" {
		plan = "Your subscription (" + f.Plan + ")"
	}
	w := words{button: "Go to your account", address: account}
	switch kind {
	case LetterReceipt:
		w.subject, w.heading, w.preheader = "Your receipt from "+house, "Thank you", sum+" was paid."
		w.said = []string{"We have received " + sum + " for bill " + f.Number + "."}
		if f.Renewal {
			w.subject, w.heading = "Your subscription is renewed", "Your subscription goes on"
			w.said = []string{"Your subscription to " + house + " is renewed. " + sum + " was paid for bill " + f.Number + "."}
		}
		w.button, w.address = "See the bill", cmp.Or(f.URL, account)
	case LetterChanged:
		w.subject, w.heading, w.preheader = "Your subscription is changed", "Your subscription is changed", "From now on: "+f.Plan+"."
		w.said = []string{plan + " costs " + sum + " a " + string(f.Interval) + " from now on." + sentence("The next payment is on ", when)}
	case LetterCanceled:
		w.subject, w.heading, w.preheader = "Your subscription is cancelled", "Your subscription is cancelled", "You can read on until "+when+"."
		w.said = []string{plan + " ends on " + when + ". Until then you can read everything. Nothing more is charged.", "If you change your mind before that day, one click on your account page keeps it."}
	case LetterResumed:
		w.subject, w.heading, w.preheader = "Your subscription goes on", "Your subscription goes on", "Nothing else changes."
		w.said = []string{plan + " goes on." + sentence("The next payment is on ", when)}
	case LetterPaused:
		w.subject, w.heading, w.preheader = "Your payments are paused", "Your payments are paused", "You can read on."
		w.said = []string{"Nothing is charged" + part(" until ", when) + ". You can read on, and payments go on by themselves afterwards."}
	case LetterEnded:
		w.subject, w.heading, w.preheader = "Your subscription has ended", "Your subscription has ended", "You can come back whenever you like."
		w.said = []string{plan + " to " + house + " has ended. Nothing more is charged. Your bills stay on your account page."}
	case LetterDoubled:
		w.subject, w.heading, w.preheader = "You had a subscription already", "You had a subscription already", "The second one is cancelled."
		w.said = []string{"Somebody bought a subscription (" + f.Plan + ") with this address, which has one that runs. We cancel the second one; the first goes on as it is."}
		if f.Amount > 0 {
			w.said = append(w.said, sum+" goes back the way it was paid. Banks take 5 to 10 days for that.")
		}
	case LetterExpiring:
		w.subject, w.heading, w.preheader = "Your card expires before your next payment", "Your card is about to expire", "Change it before "+when+", and nothing stops."
		w.said = []string{"The card we have (" + f.Card + ") is no longer good on " + when + ", when " + sum + " is due. If you have a new one, add it on your account page, and nothing stops."}
		w.button = "Change the card"
	case LetterFailed:
		w.subject, w.heading, w.preheader = "Your payment did not go through", "Your payment did not go through", sum+" is open."
		w.said = []string{"We could not collect " + sum + " for bill " + f.Number + ". You can read on for now." + sentence("We try again on ", when), "Pay the bill, or change your card on your account page: " + account}
		w.button, w.address = "Pay the bill", cmp.Or(f.URL, account)
	case LetterClosing:
		w.subject, w.heading, w.preheader = "Your access ends on "+when, "Your access ends on "+when, sum+" is still open."
		w.said = []string{"Your last payment did not go through, and " + sum + " is still open. When it is not paid by " + when + ", your access ends. Pay it, and everything stays as it is."}
		w.button, w.address = "Pay the bill", cmp.Or(f.URL, account)
	case LetterOrdered, LetterOverdue:
		w.order(kind, f, house, day)
	}
	return w
}

// order finds the words for a letter about an order by invoice.
func (w *words) order(kind LetterKind, f Facts, house string, day func(time.Time) string) {
	sum, number := MoneyText(f.Amount, f.Currency), strconv.FormatInt(f.Order, 10)
	w.button = "See the order"
	if kind == LetterOverdue {
		w.subject, w.preheader = "Bill "+f.Number+" is overdue", sum+" was due on "+day(*f.At)+"."
		w.heading = "Your bill is overdue"
		w.said = []string{"Bill " + f.Number + " over " + sum + " for order " + number + " was due on " + day(*f.At) + ", and we have not seen the payment."}
		if f.Closes != nil {
			w.said = append(w.said, "Unless it is paid by "+day(*f.Closes)+", what it is for is closed from then on.")
		}
		w.said = append(w.said, "If you have paid meanwhile, nothing needs to be done.")
		return
	}
	w.subject, w.preheader = "Order "+number+" is confirmed", "The bill follows by mail."
	w.heading = "Thank you for your order"
	w.said = []string{"You have ordered from " + house + ": " + f.Plan + ", for " + sum + "."}
	if f.Begins != nil {
		w.said = append(w.said, "It opens on "+day(*f.Begins)+". Log in with this address; you need no password.")
	} else {
		w.said = append(w.said, "It opens once the bill is paid. Log in with this address then; you need no password.")
	}
	w.said = append(w.said, "The bill follows by mail and is due within "+strconv.FormatInt(f.Days, 10)+" days. It is on the page of your order as well.")
}

// sentence is one more sentence when there is something to say.
func sentence(begin, what string) string {
	if what == "" {
		return ""
	}
	return " " + begin + what + "."
}

func part(begin, what string) string {
	if what == "" {
		return ""
	}
	return begin + what
}
