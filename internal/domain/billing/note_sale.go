package billing

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// NotePrice is what a single note costs. It is no part of the note's text: a
// change holds at once, and for those who buy from then on.
type NotePrice struct {
	NoteID    uuid.UUID `gorm:"type:uuid;primaryKey"`
	Amount    int64     // in the smallest unit of Currency
	Currency  string
	UpdatedAt time.Time
}

// TableName implements gorm's Tabler.
func (NotePrice) TableName() string { return "note_prices" }

// NotePrice says what a single note costs, or nil when it is not sold. Every
// gated page asks, so a copy is kept until the price changes; read it only.
func (o *Office) NotePrice(ctx context.Context, note uuid.UUID) (*NotePrice, error) {
	return o.prices.Get(ctx, note.String(), func(ctx context.Context) (*NotePrice, error) { return o.store.notePrice(ctx, note) })
}

// PriceNote sells a note on its own from now on; an amount of 0 stops that. It
// needs notes.publish.
func (o *Office) PriceNote(ctx context.Context, note uuid.UUID, amount int64, currency string) (*NotePrice, error) {
	if err := actor.Require(ctx, actor.NotesPublish); err != nil {
		return nil, err
	}
	var f fault.Fields
	currency = strings.ToLower(strings.TrimSpace(currency))
	f.Check(amount >= 0 && amount <= maxAmount, "/amount", "out_of_range", "From 0 to 99999999, in the smallest unit of the currency.")
	f.Check(amount == 0 || currencyPattern.MatchString(currency), "/currency", "bad_currency", "Three letters, such as eur.")
	if err := f.Err(); err != nil {
		return nil, err
	}
	p := &NotePrice{NoteID: note, Amount: amount, Currency: currency, UpdatedAt: o.Clock.Now()}
	err := o.DB.Tx(ctx, func(ctx context.Context) error {
		put := func() error { return o.store.putNotePrice(ctx, p) }
		if amount == 0 {
			put = func() error { return o.store.dropNotePrice(ctx, note) }
		}
		if err := put(); err != nil {
			return err
		}
		if err := o.Journal.Record(ctx, journal.Event{Verb: "note.priced", Subject: "note", ID: note.String(), Payload: map[string]any{"amount": amount, "currency": currency}}); err != nil {
			return err
		}
		return o.DB.Announce(ctx, topicPrices, note.String())
	})
	if err != nil || amount == 0 {
		return nil, err
	}
	return p, nil
}

// BuyNoteInput says who wants to buy which note.
type BuyNoteInput struct {
	Member   uuid.UUID
	Note     uuid.UUID
	Title    string   // as the bill says it
	ReturnTo string   // where to come back to without buying, see [Office.wayBack]
	Ways     []string // return addresses of the front end that asks
}

// BuyNote opens the payment page for one note and returns its address. What
// was bought stays bought, at every exit.
//
// Faults: not_for_sale, already_bought, payment_processing, leaving, and those
// of Stripe.
func (o *Office) BuyNote(ctx context.Context, in BuyNoteInput) (string, error) {
	back, err := o.wayBack(in.ReturnTo, in.Ways)
	if err := errors.Join(o.outside(ctx), err); err != nil {
		return "", err
	}
	if err := o.Members.Staying(ctx, in.Member); err != nil {
		return "", err
	}
	price, err := o.store.notePrice(ctx, in.Note)
	if err != nil {
		return "", err
	}
	if price == nil {
		return "", errNotForSale
	}
	return o.sell(ctx, sale{
		Kind: noteSale, Owner: OfMember(in.Member), SubjectID: in.Note, Title: clip(in.Title, 200), Amount: price.Amount, Currency: price.Currency, ReturnTo: back,
	}, "/buy/return")
}

// clip cuts a text to so many runes.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// BoughtNotes lists the notes that a member has bought one by one. When the
// answer changes, the member's access epoch rises.
func (o *Office) BoughtNotes(ctx context.Context, member uuid.UUID) ([]uuid.UUID, error) {
	return o.store.notesOf(ctx, OfMember(member))
}

// SaleHappened is the payload of every journal row about what is paid once. It
// names nobody but by id.
type SaleHappened struct {
	OwnerKind OwnerKind `json:"owner_kind"`
	OwnerID   uuid.UUID `json:"owner_id"`
	Note      string    `json:"note,omitempty"`
	Gift      string    `json:"gift,omitempty"`
	Amount    int64     `json:"amount"`
	Currency  string    `json:"currency"`
}

func (o *Office) recordSale(ctx context.Context, verb string, row *sale) error {
	told := SaleHappened{OwnerKind: row.Owner.Kind, OwnerID: row.Owner.ID, Amount: row.Amount, Currency: row.Currency}
	if row.Kind == giftSale {
		told.Gift = row.SubjectID.String()
	} else {
		told.Note = row.SubjectID.String()
	}
	return o.Journal.Record(ctx, journal.Event{Verb: verb, Subject: "purchase", ID: row.ID.String(), Payload: told})
}

// notePaid opens the note that was bought.
func (o *Office) notePaid(ctx context.Context, row *sale) error {
	if err := o.bump(ctx, row.Owner.ID); err != nil {
		return err
	}
	return o.recordSale(ctx, "purchase.paid", row)
}

// saleRefunded notes that a sale was paid back in full. Whether that takes back
// what was bought is the owner's choice.
func (o *Office) saleRefunded(ctx context.Context, invoice string) error {
	rules, err := o.SalesRules(ctx)
	if err != nil {
		return err
	}
	return o.takeBackSale(ctx, invoice, rules.RefundCloses)
}

// takeBackSale notes that the money of a sale went back. revoke takes the right
// to it, too. Once is enough.
func (o *Office) takeBackSale(ctx context.Context, invoice string, revoke bool) error {
	row, err := o.store.saleByInvoice(ctx, invoice)
	if err != nil || row == nil {
		return err
	}
	return o.DB.Tx(ctx, func(ctx context.Context) error {
		first, err := o.store.refundSale(ctx, row, o.Clock.Now(), revoke)
		if err != nil || !first {
			return err
		}
		if !revoke {
			return o.recordSale(ctx, "purchase.refunded", row)
		}
		if row.Kind == giftSale {
			err = o.revokeGift(ctx, row.SubjectID)
		} else {
			err = o.bump(ctx, row.Owner.ID)
		}
		if err != nil {
			return err
		}
		return o.recordSale(ctx, "purchase.revoked", row)
	})
}
