package billing

import (
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

var (
	errNoPlan     = fault.New(fault.NotFound, "plan_not_found", "There is no such plan.")
	errPlanExists = fault.New(fault.Conflict, "plan_exists", "There is a plan with this address already.")
	errStalePlan  = fault.New(fault.PreconditionFailed, "plan_changed", "Somebody else changed this plan meanwhile.")
)

// PutPlan makes a plan, or changes the one with this slug. Stripe learns of it
// from a job of the same transaction; until then a new price cannot be bought.
// It needs plans.write.
func (o *Office) PutPlan(ctx context.Context, in PlanInput) (*Plan, error) {
	if err := actor.Require(ctx, actor.PlansWrite); err != nil {
		return nil, err
	}
	in.Normalize()
	if err := in.Validate(); err != nil {
		return nil, err
	}
	var plan *Plan
	err := o.DB.Tx(ctx, func(ctx context.Context) (err error) {
		if plan, err = o.putPlan(ctx, in); err != nil {
			return err
		}
		if err := o.Journal.Record(ctx, journal.Event{Verb: "plan.saved", Subject: "plan", ID: plan.Slug}); err != nil {
			return err
		}
		if err := o.DB.Enqueue(ctx, MirrorArgs{}, nil); err != nil {
			return err
		}
		return o.DB.Announce(ctx, topicNews, "")
	})
	if err != nil {
		return nil, err
	}
	return plan, nil
}

func (o *Office) putPlan(ctx context.Context, in PlanInput) (*Plan, error) {
	plan, prices, err := o.store.planForUpdate(ctx, in.Slug)
	if err != nil {
		return nil, err
	}
	if plan != nil && in.New {
		return nil, errPlanExists
	}
	now := o.Clock.Now()
	if plan == nil {
		plan = &Plan{ID: db.NewID(), Slug: in.Slug, CreatedAt: now}
	}
	if in.Version != 0 && in.Version != plan.Version {
		stale := *errStalePlan
		stale.Current = strconv.FormatInt(plan.Version, 10)
		return nil, &stale
	}
	plan.change(in)
	plan.UpdatedAt, plan.ChangedBy = now, actor.From(ctx).Name
	if err := o.store.putPlan(ctx, plan); err != nil {
		return nil, err
	}
	prices = reprice(plan.ID, prices, in.Prices)
	for i := range prices {
		if prices[i].ID == uuid.Nil {
			prices[i].ID, prices[i].CreatedAt = db.NewID(), now
		}
	}
	if err := o.store.putPrices(ctx, prices); err != nil {
		return nil, err
	}
	selling, err := o.Selling(ctx)
	plan.Prices = onSale(prices, selling.Currency)
	return plan, err
}

// OrderPlans puts the plans into the order of the page of plans; plans that are
// not named come after. It needs plans.write.
func (o *Office) OrderPlans(ctx context.Context, slugs []string) error {
	if err := actor.Require(ctx, actor.PlansWrite); err != nil {
		return err
	}
	all, err := o.AllPlans(ctx)
	if err != nil {
		return err
	}
	for _, p := range all {
		if !slices.Contains(slugs, p.Slug) {
			slugs = append(slices.Clip(slugs), p.Slug)
		}
	}
	return o.DB.Tx(ctx, func(ctx context.Context) error {
		for i, slug := range slugs {
			if err := o.store.placePlan(ctx, slug, i); err != nil {
				return err
			}
		}
		if err := o.Journal.Record(ctx, journal.Event{Verb: "plan.ordered", Subject: "plan", ID: "all"}); err != nil {
			return err
		}
		return o.DB.Announce(ctx, topicNews, "")
	})
}

// change takes over what was edited.
func (p *Plan) change(in PlanInput) {
	p.Name, p.Description, p.Benefits, p.Position = in.Name, in.Description, in.Benefits, in.Position
	p.Visible, p.Archived, p.TrialDays, p.AIUse, p.Seats = in.Visible, in.Archived, in.TrialDays, in.AIUse, in.Seats
	p.Drift = []Drift{} // what is said here now is pushed, and then so at Stripe
	p.Version++
}

// reprice says which prices are sold from now on. A price the plan had before
// is taken up again rather than made twice; what is not wanted stays, for
// those who pay it.
func reprice(plan uuid.UUID, had []Price, want []PriceInput) []Price {
	for i := range had {
		had[i].Active = false
	}
	for _, w := range want {
		found := false
		for i := range had {
			if !found && w.is(&had[i]) {
				had[i].Active, found = true, true
			}
		}
		if !found {
			had = append(had, Price{
				PlanID: plan, Interval: w.Interval, Months: w.Months, Amount: w.Amount, Currency: w.Currency,
				Bands: append([]Band{}, w.Bands...), Volume: w.Volume, Active: true,
			})
		}
	}
	return had
}
