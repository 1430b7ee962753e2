package billing

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// SoldPresent is a present as the desk sees it: with what was paid, and what
// became of that.
type SoldPresent struct {
	*Present
	Standing   GiftState // as of now: one that nobody redeemed in time is GiftExpired
	Amount     int64
	Currency   string
	RefundedAt *time.Time
	CodeBegins string // the first of the code's four groups: enough to find it, not to use it
}

// Presents lists presents that were paid for, the newest first, from below an
// id on; the zero id begins. state is as of now, "" is every. more tells whether
// there are others below. It needs members.read, as it shows who gives to whom.
func (o *Office) Presents(ctx context.Context, state GiftState, below uuid.UUID, limit int) (page []SoldPresent, more bool, err error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return nil, false, err
	}
	now := o.Clock.Now()
	gifts, err := o.store.giftsSold(ctx, state, below, limit+1, now)
	if err != nil {
		return nil, false, err
	}
	if more = len(gifts) > limit; more {
		gifts = gifts[:limit]
	}
	sales, err := o.store.salesOfGifts(ctx, gifts)
	if err != nil {
		return nil, false, err
	}
	for _, g := range gifts {
		if err := o.namePlan(ctx, g); err != nil {
			return nil, false, err
		}
		sold := SoldPresent{Present: g, Standing: g.Standing(now)}
		sold.CodeBegins, _, _ = strings.Cut(o.giftCode(g.ID), "-")
		if x := sales[g.ID]; x != nil {
			sold.Amount, sold.Currency, sold.RefundedAt = x.Amount, x.Currency, x.RefundedAt
		}
		page = append(page, sold)
	}
	return page, more, nil
}

// Standing is the state as of now.
func (g *Present) Standing(now time.Time) GiftState {
	if g.Expired(now) {
		return GiftExpired
	}
	return g.State
}
