package billing

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/mail"
)

// LetterKind is what a letter is about.
type LetterKind string

// The letters, beside the one that greets a new subscriber.
const (
	LetterReceipt  LetterKind = "receipt"        // a bill was paid
	LetterChanged  LetterKind = "changed"        // another plan, period or number of seats
	LetterCanceled LetterKind = "canceled"       // it will run out
	LetterResumed  LetterKind = "resumed"        // it goes on after all, or again after a pause
	LetterPaused   LetterKind = "paused"         // payments stop for a while
	LetterEnded    LetterKind = "ended"          // it is over
	LetterExpiring LetterKind = "card_expiring"  // the card will not be good at the next payment
	LetterFailed   LetterKind = "payment_failed" // a renewal could not be collected
	LetterClosing  LetterKind = "closing"        // the grace ends in a few days
	LetterDoubled  LetterKind = "doubled"        // what was bought a second time is given back
	LetterOrdered  LetterKind = "order_accepted" // what happens now, to who ordered by invoice
	LetterOverdue  LetterKind = "order_overdue"  // the bill of an order was not paid when it was due
)

// category is the word its mails carry, such as "payment-failed".
func (k LetterKind) category() string { return strings.ReplaceAll(string(k), "_", "-") }

// Letter is a mail about money. Its row is written in the transaction of what
// it tells of, so that none is lost and none is told twice; the id names the
// mail, so that what a crash made go out twice is the same mail.
type Letter struct {
	ID           uuid.UUID `gorm:"type:uuid;primaryKey"`
	Kind         LetterKind
	About        string
	Owner        Owner  `gorm:"embedded;embeddedPrefix:owner_"`
	Facts        string `gorm:"type:jsonb"`
	State        string
	Attempts     int64
	ClaimedUntil *time.Time
	Error        string
	CreatedAt    time.Time
	ClosedAt     *time.Time
}

// TableName implements gorm's Tabler.
func (Letter) TableName() string { return "billing_letters" }

// The states of a letter.
const (
	letterQueued  = "queued"
	letterSent    = "sent"
	letterDropped = "dropped" // nobody is there to read it, or wants to, or it can never be sent
)

// Facts are what a letter says, as it was when it was written.
type Facts struct {
	Plan     string     `json:"plan,omitempty"` // name
	Amount   int64      `json:"amount,omitempty"`
	Currency string     `json:"currency,omitempty"`
	Interval Interval   `json:"interval,omitempty"`
	Quantity int64      `json:"quantity,omitempty"`
	At       *time.Time `json:"at,omitempty"` // when it ends, renews or closes
	Number   string     `json:"number,omitempty"`
	URL      string     `json:"url,omitempty"` // of the bill
	PDFURL   string     `json:"pdf_url,omitempty"`
	Renewal  bool       `json:"renewal,omitempty"`
	Card     string     `json:"card,omitempty"`
	Order    int64      `json:"order,omitempty"`  // number
	Days     int64      `json:"days,omitempty"`   // until a bill is due
	Begins   *time.Time `json:"begins,omitempty"` // when it opens
	Closes   *time.Time `json:"closes,omitempty"` // when what is not paid closes
}

// Mailer sends letters.
type Mailer interface {
	Send(ctx context.Context, l mail.Letter) error
}

// lease is how long somebody may take to send a letter before another tries.
const lease = 5 * time.Minute

// post queues a letter in the transaction of the context, unless it was queued
// before. Without a mailer, and for organizations, there are none.
func (o *Office) post(ctx context.Context, kind LetterKind, about string, to Owner, f Facts) error {
	if o.Mail == nil || to.Kind != MemberOwner {
		return nil
	}
	raw, err := json.Marshal(f)
	if err != nil {
		return err
	}
	l := Letter{ID: db.NewID(), Kind: kind, About: about, Owner: to, Facts: string(raw), State: letterQueued, CreatedAt: o.Clock.Now()}
	fresh, err := o.store.insertLetter(ctx, &l)
	if err != nil || !fresh {
		return err
	}
	return o.DB.Enqueue(ctx, LetterArgs{Letter: l.ID}, nil)
}

// SendLetter sends a letter that is queued. It may be called any number of
// times: whoever has claimed it sends it, the others do nothing.
func (o *Office) SendLetter(ctx context.Context, id uuid.UUID) error {
	if err := o.outside(ctx); err != nil {
		return err
	}
	now := o.Clock.Now()
	l, err := o.takeLetter(ctx, id, now)
	if err != nil || l == nil {
		return err
	}
	why, err := o.deliver(ctx, l)
	switch {
	case err == nil && why == "":
		return o.closeLetter(ctx, l.ID, letterSent, "")
	case err == nil:
		return o.closeLetter(ctx, l.ID, letterDropped, why)
	case mail.Permanent(err):
		o.Log.WarnContext(ctx, "a letter can never be sent", "letter", l.ID, "kind", l.Kind, "code", fault.Of(err).Code)
		return o.closeLetter(ctx, l.ID, letterDropped, fault.Of(err).Code)
	}
	if released := o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.releaseLetter(ctx, l.ID, fault.Of(err).Code) }); released != nil {
		return released
	}
	return err
}

func (o *Office) takeLetter(ctx context.Context, id uuid.UUID, now time.Time) (l *Letter, err error) {
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		l, err = o.store.claimLetter(ctx, id, now, now.Add(lease))
		return err
	})
	return l, err
}

func (o *Office) closeLetter(ctx context.Context, id uuid.UUID, state, code string) error {
	return o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.closeLetter(ctx, id, state, code, o.Clock.Now()) })
}

// deliver writes the letter to the address the member has now. It answers why
// not when nobody is there any more, or they have declined such letters.
func (o *Office) deliver(ctx context.Context, l *Letter) (why string, err error) {
	payer, err := o.Members.Payer(ctx, l.Owner.ID)
	if err != nil {
		if fault.Of(err).Kind == fault.NotFound {
			return "nobody", nil
		}
		return "", err
	}
	stop := ""
	if o.Wanted != nil {
		var wanted bool
		if wanted, stop, err = o.Wanted(ctx, l.Owner.ID, l.Kind); err != nil || !wanted {
			return "declined", err
		}
	}
	var f Facts
	if err := json.Unmarshal([]byte(l.Facts), &f); err != nil {
		return "", fmt.Errorf("billing: facts of letter %s: %w", l.ID, err)
	}
	letter, err := o.compose(ctx, l, f, payer.Language)
	if err != nil {
		return "", err
	}
	letter.To, letter.Unsubscribe = mail.Address{Name: payer.Name, Email: payer.Email}, stop
	return "", o.Mail.Send(ctx, letter)
}
