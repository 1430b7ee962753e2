package billing

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// EndAll ends everything a member has bought, at once, and closes the payment
// page they may have open, so that the member can be deleted. What was paid is
// not returned. It may be called again after a failure. Members do it for
// themselves; for others it needs members.write.
func (o *Office) EndAll(ctx context.Context, member uuid.UUID) error {
	if err := o.outside(ctx); err != nil {
		return err
	}
	if who := actor.From(ctx); who.Kind != actor.Member || who.ID != member {
		if err := actor.Require(ctx, actor.MembersWrite); err != nil {
			return err
		}
	}
	owner := OfMember(member)
	subs, err := o.everything(ctx, owner)
	if err != nil {
		return err
	}
	for _, sub := range subs {
		if err := o.endNow(ctx, sub); err != nil {
			return err
		}
	}
	return nil
}

// closePage makes sure that nothing more is bought on a page that was opened.
func (o *Office) closePage(ctx context.Context, owner Owner) error {
	for range tries {
		row, err := o.store.openCheckout(ctx, owner)
		if row == nil || err != nil {
			return err
		}
		if row.SessionID != "" {
			_, err = o.pageAgain(ctx, row, false)
			return err
		}
		// Stripe may name the page in this moment; then the next look finds it.
		if err := o.closeCheckout(ctx, row, checkoutDropped); err != nil {
			return err
		}
	}
	return errBusy
}

func (o *Office) endNow(ctx context.Context, sub *Subscription) error {
	if sub.Status.Ended() {
		return nil
	}
	if err := o.run(ctx, sub, o.ending(ctx, sub, "deleted")); err != nil {
		return err
	}
	if _, err := o.Sync(ctx, sub.StripeID); err != nil && !gone(err) {
		return err
	}
	return nil
}
