package billing

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// catalogue is all plans at one moment. It is the same for everybody, so
// requests share a copy in memory and nobody changes it.
type catalogue struct {
	plans  []*Plan // in the order of the page
	bySlug map[string]*Plan
}

// newCatalogue puts prices to their plans; first is the currency that comes
// first.
func newCatalogue(plans []*Plan, prices []Price, first string) *catalogue {
	c := &catalogue{plans: plans, bySlug: map[string]*Plan{}}
	for _, p := range plans {
		var own []Price
		for _, price := range prices {
			if price.PlanID == p.ID {
				own = append(own, price)
			}
		}
		p.Prices = onSale(own, first)
		c.bySlug[p.Slug] = p
	}
	return c
}

// onSale picks the prices that can be bought, in their order.
func onSale(prices []Price, first string) []Price {
	var out []Price
	for _, p := range prices {
		if p.Active {
			out = append(out, p)
		}
	}
	inOrderOf(out, first)
	return out
}

func (o *Office) catalogue(ctx context.Context) (*catalogue, error) {
	return o.catalogues.Get(ctx, "", func(ctx context.Context) (*catalogue, error) {
		selling, err := o.Selling(ctx)
		if err != nil {
			return nil, err
		}
		return o.store.catalogue(ctx, selling.Currency)
	})
}

// Plans lists what the page of plans shows: visible and not archived, in the
// order the firm gave them. The plans are shared: read them only.
func (o *Office) Plans(ctx context.Context) ([]*Plan, error) {
	c, err := o.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	out := []*Plan{}
	for _, p := range c.plans {
		if p.Visible && !p.Archived {
			out = append(out, p)
		}
	}
	return out, nil
}

// AllPlans lists every plan, hidden and archived ones too, for the desk. It
// needs plans.write or notes.read, because gates name plans. The plans are
// shared: read them only.
func (o *Office) AllPlans(ctx context.Context) ([]*Plan, error) {
	if !actor.From(ctx).Can(actor.NotesRead) {
		if err := actor.Require(ctx, actor.PlansWrite); err != nil {
			return nil, err
		}
	}
	c, err := o.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	return slices.Clone(c.plans), nil
}

// PlanBySlug finds a plan, hidden and archived ones too. The plan is shared:
// read it only.
func (o *Office) PlanBySlug(ctx context.Context, slug string) (*Plan, error) {
	c, err := o.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	if p := c.bySlug[slug]; p != nil {
		return p, nil
	}
	return nil, errNoPlan
}

// PlanByID finds a plan, hidden and archived ones too. The plan is shared: read
// it only.
func (o *Office) PlanByID(ctx context.Context, id uuid.UUID) (*Plan, error) {
	c, err := o.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	if p := c.byID(id); p != nil {
		return p, nil
	}
	return nil, errNoPlan
}

// KnownPlans tells which of these slugs name no plan. Archived plans are
// known: those who hold them still read.
func (o *Office) KnownPlans(ctx context.Context, slugs []string) (unknown []string, err error) {
	c, err := o.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range slugs {
		if c.bySlug[s] == nil {
			unknown = append(unknown, s)
		}
	}
	return unknown, nil
}

// AIPlans lists by slug the plans whose holders may let programs read for them.
// An archived one still counts for who holds it.
func (o *Office) AIPlans(ctx context.Context) (slugs []string, err error) {
	c, err := o.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range c.plans {
		if p.AIUse {
			slugs = append(slugs, p.Slug)
		}
	}
	return slugs, nil
}

// byID finds a plan, or nil.
func (c *catalogue) byID(id uuid.UUID) *Plan {
	for _, p := range c.plans {
		if p.ID == id {
			return p
		}
	}
	return nil
}
