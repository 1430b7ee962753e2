package billing

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// Bought is one note that a member paid for, in the words of the bill.
type Bought struct {
	Note       uuid.UUID
	Title      string // of the note when it was bought
	Amount     int64
	Currency   string
	PaidAt     time.Time
	RefundedAt *time.Time
	Open       bool     // it can be read; not when it was taken back
	Bill       *Invoice // nil until Stripe has told of it
}

// Purchases lists the notes that a member has bought one by one, the newest
// first, with those that were paid back. It needs members.read, or to be that
// member.
func (o *Office) Purchases(ctx context.Context, member uuid.UUID) ([]Bought, error) {
	if err := selfOrReads(ctx, member); err != nil {
		return nil, err
	}
	sales, bills, err := o.store.paidNotes(ctx, OfMember(member))
	out := make([]Bought, 0, len(sales))
	for _, x := range sales {
		b := Bought{Note: x.SubjectID, Title: x.Title, Amount: x.Amount, Currency: x.Currency, RefundedAt: x.RefundedAt, Open: x.State == salePaid, Bill: bills[x.InvoiceID]}
		if x.PaidAt != nil {
			b.PaidAt = *x.PaidAt
		}
		out = append(out, b)
	}
	return out, err
}

// PresentsFor lists the presents that a member has redeemed, the newest first.
// It needs members.read, or to be that member.
func (o *Office) PresentsFor(ctx context.Context, member uuid.UUID) ([]*Present, error) {
	if err := selfOrReads(ctx, member); err != nil {
		return nil, err
	}
	gifts, err := o.store.giftsRedeemedBy(ctx, member)
	for _, g := range gifts {
		err = errors.Join(err, o.namePlan(ctx, g))
	}
	return gifts, err
}

// selfOrReads lets members see what is theirs, and others with members.read.
func selfOrReads(ctx context.Context, member uuid.UUID) error {
	if who := actor.From(ctx); who.Kind == actor.Member && who.ID == member {
		return nil
	}
	return actor.Require(ctx, actor.MembersRead)
}
