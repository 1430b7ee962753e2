package billing

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/stripeapi"
)

// pageSize is how many subscriptions are compared with one question to the
// database.
const pageSize = 100

// comparison is one run of Reconcile.
type comparison struct {
	office   *Office
	report   *Report
	seen     map[string]bool // ids that Stripe listed
	progress func(checked int)
}

// Reconcile walks through every subscription at Stripe and every row here that
// has not ended, and syncs what differs. After it the mirror is true, whatever
// webhooks were lost. A row that Stripe does not know is reported and left as
// it is: a key of the wrong account must not lock everybody out. progress is
// told how many were checked; it may be nil. On an error the report holds what
// was done until then. It needs operations.write.
func (o *Office) Reconcile(ctx context.Context, progress func(checked int)) (Report, error) {
	report := Report{Counts: map[Difference]int{}, Began: o.Clock.Now()}
	if err := o.outside(ctx); err != nil {
		return report, err
	}
	if err := actor.Require(ctx, actor.OperationsWrite); err != nil {
		return report, err
	}
	if progress == nil {
		progress = func(int) {}
	}
	c := &comparison{office: o, report: &report, seen: map[string]bool{}, progress: progress}
	for _, part := range []func(context.Context) error{c.theirs, c.ours, c.several} {
		if err := part(ctx); err != nil {
			return report, err
		}
	}
	report.Ended = o.Clock.Now()
	return report, o.DB.Tx(ctx, func(ctx context.Context) error {
		payload := map[string]any{"checked": report.Checked, "changed": report.Changed, "foreign": report.Foreign, "differences": report.Counts}
		return o.Journal.Record(ctx, journal.Event{Verb: verbReconciled, Subject: "stripe", ID: "subscriptions", Payload: payload})
	})
}

// theirs walks through Stripe's subscriptions.
func (c *comparison) theirs(ctx context.Context) error {
	var page []stripeapi.Subscription
	for snap, err := range c.office.Stripe.Subscriptions(ctx, stripeapi.SubscriptionFilter{}) {
		if err != nil {
			return err
		}
		if page = append(page, snap); len(page) < pageSize {
			continue
		}
		if err := c.page(ctx, page); err != nil {
			return err
		}
		page = page[:0]
	}
	return c.page(ctx, page)
}

func (c *comparison) page(ctx context.Context, page []stripeapi.Subscription) error {
	ids := make([]string, 0, len(page))
	for _, snap := range page {
		ids = append(ids, snap.ID)
	}
	rows, err := c.office.store.subscriptionsByStripeID(ctx, ids)
	if err != nil {
		return err
	}
	for _, snap := range page {
		c.seen[snap.ID] = true
		if err := c.one(ctx, rows[snap.ID], snap); err != nil {
			return err
		}
		c.report.Checked++
		c.progress(c.report.Checked)
	}
	return nil
}

// one compares a row with what the list says, and syncs when they differ. The
// list is a page old by then, so it only decides whether to look again.
func (c *comparison) one(ctx context.Context, before *Subscription, snap stripeapi.Subscription) error {
	v, err := c.office.look(ctx, before, snap)
	if err != nil {
		return err
	}
	switch {
	case v.reason == ReasonUnknownPrice:
		c.report.add(Finding{Difference: UnknownPrice, StripeID: snap.ID})
		return nil
	case v.reason != "":
		c.report.Foreign++
		return nil
	case v.strays:
		c.report.add(Finding{Difference: UnknownPrice, StripeID: snap.ID, Owner: v.sub.Owner})
	}
	if !v.change.differs {
		return nil
	}
	return c.mend(ctx, before, v.sub.Owner, snap.ID)
}

// mend syncs one subscription and notes how it differed.
func (c *comparison) mend(ctx context.Context, before *Subscription, owner Owner, id string) error {
	out, err := c.office.Sync(ctx, id)
	if err != nil || !out.Changed {
		return err
	}
	c.report.Changed++
	after, err := c.office.store.subscription(ctx, id)
	if err != nil || after == nil {
		return err
	}
	f := Finding{Difference: DetailsDiffered, StripeID: id, Owner: owner}
	switch {
	case before == nil:
		f.Difference, f.Is = MissingHere, after.Status
	case before.Status != after.Status:
		f.Difference, f.Was, f.Is = StatusDiffered, before.Status, after.Status
	}
	c.report.add(f)
	if after.Status == Canceled {
		return c.customer(ctx, after)
	}
	return nil
}

// customer looks whether a subscription ended because its customer is gone.
func (c *comparison) customer(ctx context.Context, sub *Subscription) error {
	row, err := c.office.store.customerByStripeID(ctx, sub.StripeCustomerID)
	if err != nil || row == nil || row.DeletedAt != nil {
		return err
	}
	at, err := c.office.Stripe.Customer(ctx, sub.StripeCustomerID)
	if err != nil || !at.Deleted {
		return err
	}
	c.report.add(Finding{Difference: CustomerDeleted, StripeID: sub.StripeCustomerID, Owner: sub.Owner})
	return c.office.dropCustomer(ctx, row)
}

// ours walks through the rows that Stripe did not list, such as those under a
// test clock.
func (c *comparison) ours(ctx context.Context) error {
	after := uuid.Nil
	for {
		rows, err := c.office.store.subscriptionsAfter(ctx, after, pageSize)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, row := range rows {
			if c.seen[row.StripeID] {
				continue
			}
			if err := c.unlisted(ctx, row); err != nil {
				return err
			}
		}
		after = rows[len(rows)-1].ID
	}
}

func (c *comparison) unlisted(ctx context.Context, row *Subscription) error {
	c.report.Checked++
	c.progress(c.report.Checked)
	err := c.mend(ctx, row, row.Owner, row.StripeID)
	if gone(err) {
		c.report.add(Finding{Difference: MissingThere, StripeID: row.StripeID, Owner: row.Owner})
		return nil
	}
	return err
}

func (c *comparison) several(ctx context.Context) error {
	owners, err := c.office.store.severalOpen(ctx)
	for _, owner := range owners {
		c.report.add(Finding{Difference: SeveralOpen, Owner: owner})
	}
	return err
}
