package billing

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/platform/stripeapi"
)

// pageSize is how many subscriptions are compared with one question to the
// database.
const pageSize = 100

// comparison walks through everything once.
type comparison struct {
	office   *Office
	report   *Report
	seen     map[string]bool    // ids that Stripe listed
	running  map[Owner][]string // what runs at Stripe, by owner
	progress func(checked int) error
}

func (o *Office) newComparison(mode Mode, progress func(checked int) error) *comparison {
	return &comparison{
		office: o, report: &Report{Mode: mode, Counts: map[Difference]int{}, Began: o.Clock.Now()},
		seen: map[string]bool{}, running: map[Owner][]string{}, progress: progress,
	}
}

// run compares every subscription and customer, and the purchases and bills of
// late. Purchases come first, because they make strangers members. After a
// repair the mirror is true, whatever webhooks were lost. A row that Stripe does
// not know is reported and left as it is: a key of the wrong account must not
// lock everybody out. On an error the report holds what was done until then.
func (c *comparison) run(ctx context.Context) error {
	for _, part := range []func(context.Context) error{c.purchases, c.theirs, c.ours, c.bills, c.customers} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	c.several()
	return nil
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
		c.report.Checked++
		if err := c.one(ctx, rows[snap.ID], snap); err != nil {
			return err
		}
	}
	return c.progress(c.report.Checked)
}

// one compares a row with what the list says. The list is a page old by then,
// so it only decides whether to look again.
func (c *comparison) one(ctx context.Context, before *Subscription, snap stripeapi.Subscription) error {
	v, err := c.office.look(ctx, before, snap)
	if err != nil {
		return err
	}
	switch {
	case v.reason == ReasonUnknownPrice:
		c.report.add(Finding{Difference: UnknownPrice, StripeID: snap.ID, Is: priceNames(snap)})
		return nil
	case v.reason != "":
		c.report.Foreign++
		return nil
	case v.strays && !v.sub.Status.Ended():
		c.report.add(Finding{Difference: UnknownPrice, StripeID: snap.ID, Owner: v.sub.Owner, Is: priceNames(snap)})
	}
	if !v.change.differs {
		c.count(v.sub)
		return nil
	}
	return c.mend(ctx, snap.ID)
}

func priceNames(snap stripeapi.Subscription) string {
	var ids []string
	for _, i := range snap.Items {
		ids = append(ids, i.Price.ID)
	}
	return strings.Join(ids, ", ")
}

func (c *comparison) count(sub *Subscription) {
	if sub.Status.Open() {
		c.running[sub.Owner] = append(c.running[sub.Owner], sub.StripeID)
	}
}

// mend looks at one subscription afresh, notes how it differs, and syncs it
// when this is a repair.
func (c *comparison) mend(ctx context.Context, id string) error {
	before, err := c.office.store.subscription(ctx, id)
	if err != nil {
		return err
	}
	snap, err := c.office.Stripe.Subscription(ctx, id)
	if err != nil {
		return err
	}
	v, err := c.office.look(ctx, before, snap)
	if err != nil || v.reason != "" {
		return err
	}
	c.count(v.sub)
	if !v.change.differs { // somebody was faster
		return nil
	}
	f, err := c.judge(ctx, before, v)
	if err != nil {
		return err
	}
	if c.report.Mode == Repair {
		out, err := c.office.Sync(ctx, id)
		if err != nil {
			return err
		}
		if out.Changed {
			c.report.Changed++
		}
	}
	c.report.add(f)
	return nil
}

// judge says what the difference between a row and the truth means.
func (c *comparison) judge(ctx context.Context, before *Subscription, v view) (Finding, error) {
	after := v.sub
	f := Finding{StripeID: after.StripeID, Owner: after.Owner, Is: string(after.Status)}
	if before == nil {
		f.Difference = MissingHere
		if after.Status.Open() {
			f.Difference = PaidWithoutAccess
		}
		return f, nil
	}
	f.Was = string(before.Status)
	switch {
	case after.Status.Open() && !before.Status.Open():
		f.Difference = PaidWithoutAccess
	case before.Status.Open() && !after.Status.Open():
		f.Difference = AccessWithoutPayment
	case before.PlanID != after.PlanID:
		slug, err := c.office.store.planSlug(ctx, before.PlanID)
		f.Difference, f.Was, f.Is = PlanDiffered, slug, v.slug
		return f, err
	case before.MonthlyValue >= 0 && before.terms() != after.terms():
		f.Difference, f.Was, f.Is = AmountDiffered, before.terms(), after.terms()
	case before.Status != after.Status:
		f.Difference = StatusDiffered
	default:
		f.Difference, f.Was, f.Is = DetailsDiffered, "", ""
	}
	return f, nil
}

// terms says what is paid, for comparing and for reading.
func (m *Mirror) terms() string {
	return fmt.Sprintf("%d × %d %s every %d %s, %d a month", m.Quantity, m.Amount, m.Currency, m.IntervalCount, m.Interval, m.MonthlyValue)
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
		if err := c.progress(c.report.Checked); err != nil {
			return err
		}
	}
}

func (c *comparison) unlisted(ctx context.Context, row *Subscription) error {
	c.report.Checked++
	err := c.mend(ctx, row.StripeID)
	if gone(err) {
		c.report.add(Finding{Difference: MissingThere, StripeID: row.StripeID, Owner: row.Owner, Was: string(row.Status)})
		return nil
	}
	return err
}

// several finds owners who pay twice, by what Stripe says.
func (c *comparison) several() {
	for owner, ids := range c.running {
		if len(ids) > 1 {
			c.report.add(Finding{Difference: SeveralOpen, Owner: owner, Is: strings.Join(ids, ", ")})
		}
	}
}
