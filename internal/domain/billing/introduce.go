package billing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// Introduce tells Stripe the address and name a member has now, so that bills
// go there. Who has bought nothing, or was deleted, is not known there.
func (o *Office) Introduce(ctx context.Context, member uuid.UUID) error {
	if err := o.outside(ctx); err != nil {
		return err
	}
	id, err := o.payingCustomer(ctx, OfMember(member))
	if err != nil || id == "" {
		return err
	}
	payer, err := o.Members.Payer(ctx, member)
	if fault.HasCode(err, "member_not_found") {
		return nil
	}
	if err != nil {
		return err
	}
	at, err := o.Stripe.Customer(ctx, id)
	if gone(err) || err == nil && at.Deleted {
		return nil
	}
	if err != nil {
		return err
	}
	return o.introduce(ctx, at, payer)
}

// PaidUntil is when the last of what a member pays for and still has runs out;
// zero when there is nothing. It is for the member, or needs members.read.
func (o *Office) PaidUntil(ctx context.Context, member uuid.UUID) (last time.Time, err error) {
	all, err := o.Holdings(ctx, member)
	for _, h := range all {
		if end := h.CurrentPeriodEnd; h.Status.Open() && h.Status != PastDue && end != nil && end.After(last) {
			last = *end
		}
	}
	terms, err2 := o.Terms(ctx, member)
	if err == nil {
		err = err2
	}
	for _, t := range terms {
		if s := t.State(o.Clock.Now()); (s == TermOpen || s == TermComing) && t.EndsAt.After(last) {
			last = t.EndsAt
		}
	}
	return last, err
}

// ReadNote is a paid note that a member read without paying, and when.
type ReadNote struct {
	Note uuid.UUID
	At   time.Time
}

// FreeReads lists the paid notes that a member read without paying, as far as
// they are still kept, the newest first. It needs members.read, or to be that
// member.
func (o *Office) FreeReads(ctx context.Context, member uuid.UUID) ([]ReadNote, error) {
	if err := selfOrReads(ctx, member); err != nil {
		return nil, err
	}
	rows, err := o.store.allMeteredReads(ctx, member)
	out := make([]ReadNote, len(rows))
	for i, r := range rows {
		out[i] = ReadNote{r.NoteID, r.At}
	}
	return out, err
}
