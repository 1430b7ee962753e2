package billing

import (
	"context"
	"strconv"
	"time"

	"lighttrends/internal/platform/actor"
)

// When letters about trouble to come are written.
const (
	cardNotice  = 14 * 24 * time.Hour // before the payment that the card will not make
	closeNotice = 3 * 24 * time.Hour  // before the grace ends
	newsLife    = 7 * 24 * time.Hour  // what is older is no news: nothing is written about it
	letterPause = 10 * time.Minute    // a letter that waits for longer is tried again
)

// Dun writes what is due about cards that expire and grace that ends, each
// once, and lets letters be sent whose job was lost.
func (o *Office) Dun(ctx context.Context) error {
	if o.Mail == nil {
		return nil
	}
	for _, do := range []func(context.Context) error{o.warnOfCards, o.warnOfClosing, o.retryLetters} {
		if err := do(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (o *Office) warnOfCards(ctx context.Context) error {
	now := o.Clock.Now()
	subs, err := o.store.expiringCards(ctx, now, now.Add(cardNotice))
	for _, s := range subs {
		f := o.factsOf(ctx, s)
		f.At = s.CurrentPeriodEnd
		if err := o.postOne(ctx, LetterExpiring, s.ID.String()+":"+s.CardExpires.UTC().Format("2006-01")+":"+s.CardLast4, s, f); err != nil {
			return err
		}
	}
	return err
}

func (o *Office) warnOfClosing(ctx context.Context) error {
	policy, err := o.Policy(ctx)
	if err != nil || policy.GraceDays == 0 {
		return err // nobody knows when Stripe gives up
	}
	now := o.Clock.Now()
	ends := func(t time.Time) time.Time { return t.AddDate(0, 0, -policy.GraceDays) }
	subs, err := o.store.pastDueSince(ctx, ends(now), ends(now.Add(closeNotice)))
	for _, s := range subs {
		f := o.factsOf(ctx, s)
		until := policy.graceUntil(s.PastDueSince)
		f.At, f.Amount, f.URL = &until, s.InvoiceDue, s.InvoiceURL
		if err := o.postOne(ctx, LetterClosing, s.ID.String()+":"+strconv.FormatInt(s.PastDueSince.Unix(), 10), s, f); err != nil {
			return err
		}
	}
	return err
}

func (o *Office) postOne(ctx context.Context, kind LetterKind, about string, s *Subscription, f Facts) error {
	return o.DB.Tx(ctx, func(ctx context.Context) error { return o.post(ctx, kind, about, s.Owner, f) })
}

func (o *Office) retryLetters(ctx context.Context) error {
	now := o.Clock.Now()
	ids, err := o.store.stuckLetters(ctx, now, now.Add(-letterPause))
	if err != nil || len(ids) == 0 {
		return err
	}
	return o.DB.Tx(ctx, func(ctx context.Context) error {
		for _, id := range ids {
			if err := o.DB.Enqueue(ctx, LetterArgs{Letter: id}, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// factsOf is what every letter about a subscription may say.
func (o *Office) factsOf(ctx context.Context, s *Subscription) Facts {
	f := Facts{Amount: s.Amount * max(s.Quantity, 1), Currency: s.Currency, Interval: s.Interval, Quantity: s.Quantity}
	if c, err := o.catalogue(ctx); err == nil {
		if p := c.byID(s.PlanID); p != nil {
			f.Plan = p.Name
		}
	}
	if s.CardLast4 != "" {
		f.Card = s.CardBrand + " " + s.CardLast4
	}
	return f
}

// tell queues the letter about what happened to a subscription, in the
// transaction of the change.
func (o *Office) tell(ctx context.Context, verb string, v view) error {
	s, each := v.sub, v.sub.ID.String()+":"+strconv.FormatInt(v.sub.SyncNumber, 10)
	f := o.factsOf(ctx, s)
	switch verb {
	case verbCanceling:
		f.At = s.ends()
		return o.post(ctx, LetterCanceled, each, s.Owner, f)
	case verbResumed, verbPauseEnded:
		f.At = s.CurrentPeriodEnd
		return o.post(ctx, LetterResumed, each, s.Owner, f)
	case verbPauseBegan:
		f.At = s.PauseUntil
		return o.post(ctx, LetterPaused, each, s.Owner, f)
	case verbChanged:
		if !v.change.replaced {
			return nil // a trial became a subscription: its bill says so
		}
		f.At = s.CurrentPeriodEnd
		return o.post(ctx, LetterChanged, each, s.Owner, f)
	case verbEnded:
		if s.EndedAt != nil && o.Clock.Now().Sub(*s.EndedAt) > newsLife {
			return nil
		}
		if doubled, err := o.store.doubled(ctx, s.ID); doubled || err != nil {
			return err // the letter about that says so
		}
		return o.post(ctx, LetterEnded, s.ID.String(), s.Owner, f)
	}
	return nil
}

// tellBill queues the letter about a bill, in the transaction of the change.
// What was mirrored long after it happened is no news.
func (o *Office) tellBill(ctx context.Context, verb string, in *Invoice) error {
	now := o.Clock.Now()
	f := Facts{Amount: in.Paid, Currency: in.Currency, Number: in.Number, URL: in.URL, PDFURL: in.PDFURL, Renewal: in.Reason == "subscription_cycle"}
	switch {
	case verb == verbBillPaid && in.Paid > 0 && in.PaidAt != nil && now.Sub(*in.PaidAt) < newsLife:
		return o.post(ctx, LetterReceipt, in.StripeID, in.Owner, f)
	case verb == verbBillFailed && in.SubscriptionID != "" && in.Reason != "subscription_create" && now.Sub(in.BilledAt) < newsLife:
		f.Amount, f.At = in.Remaining, in.NextAttempt
		return o.post(ctx, LetterFailed, in.StripeID, in.Owner, f)
	}
	return nil
}

// Letters lists what was written to a member about money, newest first. It
// needs members.read.
func (o *Office) Letters(ctx context.Context, owner Owner) ([]Letter, error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return nil, err
	}
	return o.store.lettersOf(ctx, owner)
}
