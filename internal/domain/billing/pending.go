package billing

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
)

// Pending is something bought whose payment has not arrived, or did not.
type Pending struct {
	Plan   *Plan     // of a term; shared: read it only
	Note   uuid.UUID // of a single note
	Gift   uuid.UUID // of a present
	Title  string    // of a note or a present, as the payment page had it
	Back   string    // where the buyer of a note or a present came from
	At     time.Time
	Failed bool
}

// failuresShown is for how many days a payment that failed is told of.
const failuresShown = 14

// PendingPurchases lists what a member bought once and has not paid yet, and
// what failed in the last two weeks, the newest first: terms, notes and
// presents. Subscriptions say so themselves; see [Trouble].
func (o *Office) PendingPurchases(ctx context.Context, member uuid.UUID) ([]Pending, error) {
	owner, since := OfMember(member), o.Clock.Now().AddDate(0, 0, -failuresShown)
	rows, err := o.store.pendingPurchases(ctx, owner, since)
	if err != nil {
		return nil, err
	}
	sales, err := o.store.pendingSales(ctx, owner, since)
	if err != nil || len(rows)+len(sales) == 0 {
		return nil, err
	}
	c, err := o.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	var out []Pending
	for _, r := range rows {
		out = append(out, Pending{Plan: c.byID(r.PlanID), At: r.CreatedAt, Failed: r.Payment == duesFailed})
	}
	for _, x := range sales {
		p := Pending{Title: x.Title, Back: x.ReturnTo, At: x.CreatedAt, Failed: x.failed()}
		if x.Kind == giftSale {
			p.Gift = x.SubjectID
		} else {
			p.Note = x.SubjectID
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b Pending) int { return b.At.Compare(a.At) })
	return out, nil
}
