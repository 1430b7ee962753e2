package billing

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// billsPerPage is how many bills one page lists.
const billsPerPage = 12

// Bills is a page of bills, newest first.
type Bills struct {
	Items []Invoice
	Next  uuid.UUID // names the next page; uuid.Nil when this is the last
}

// More tells whether there is a page after this one.
func (b Bills) More() bool { return b.Next != uuid.Nil }

var errNoInvoice = fault.New(fault.NotFound, "invoice_not_found", "There is no such bill.")

// Bills lists a member's bills from the mirror, a page at a time. after is the
// Next of the page before; uuid.Nil begins. It needs members.read, or to be
// that member.
func (o *Office) Bills(ctx context.Context, member, after uuid.UUID) (Bills, error) {
	if err := o.mayLook(ctx, member); err != nil {
		return Bills{}, err
	}
	return o.bills(ctx, OfMember(member), after)
}

func (o *Office) mayLook(ctx context.Context, member uuid.UUID) error {
	if who := actor.From(ctx); who.Kind == actor.Member && who.ID == member {
		return nil
	}
	return actor.Require(ctx, actor.MembersRead)
}

func (o *Office) bills(ctx context.Context, owner Owner, after uuid.UUID) (b Bills, err error) {
	var last *Invoice
	if after != uuid.Nil {
		if last, err = o.store.ownInvoice(ctx, owner, after); err != nil {
			return b, err
		}
		if last == nil {
			return b, errNoInvoice
		}
	}
	if b.Items, err = o.store.invoicesOf(ctx, owner, last, billsPerPage+1); err != nil {
		return b, err
	}
	if len(b.Items) > billsPerPage {
		b.Items = b.Items[:billsPerPage]
		b.Next = b.Items[billsPerPage-1].ID
	}
	return b, nil
}

// MoneyBack is what went back to an owner, or was asked back.
type MoneyBack struct {
	Refunds  []Refund
	Disputes []Dispute
}

// MoneyBack lists a member's refunds and disputes, newest first. It needs
// members.read, or to be that member.
func (o *Office) MoneyBack(ctx context.Context, member uuid.UUID) (m MoneyBack, err error) {
	if err := o.mayLook(ctx, member); err != nil {
		return m, err
	}
	if m.Refunds, err = o.store.refundsOf(ctx, OfMember(member)); err != nil {
		return m, err
	}
	m.Disputes, err = o.store.disputesOf(ctx, OfMember(member))
	return m, err
}

// Cancellations lists why a member cancelled, newest first. It needs
// members.read.
func (o *Office) Cancellations(ctx context.Context, member uuid.UUID) ([]Cancellation, error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return nil, err
	}
	return o.store.cancellationsOf(ctx, OfMember(member))
}
