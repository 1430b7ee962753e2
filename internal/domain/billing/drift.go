package billing

import (
	"context"
	"strconv"
	"time"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/stripeapi"
)

// What can be otherwise at Stripe.
const (
	DriftName        = "name"
	DriftDescription = "description"
	DriftActive      = "active"       // sold or not, of the whole plan
	DriftPriceActive = "price_active" // sold or not, of one price
	DriftPriceAmount = "price_amount"
	DriftPriceNew    = "price_new" // sold there, and not known here
)

// Drift is one thing that is otherwise at Stripe: somebody changed it there,
// by hand or with another program. Stripe does not say who.
type Drift struct {
	Field    string    `json:"field"`
	Ours     string    `json:"ours"` // a name, true or false, or an amount in the smallest unit
	Stripes  string    `json:"stripes"`
	Interval Interval  `json:"interval,omitempty"` // of a price, as is Currency
	Currency string    `json:"currency,omitempty"`
	At       time.Time `json:"at"` // when Stripe last changed the plan, or made the price
}

// atStripe is a plan as Stripe has it.
type atStripe struct {
	product stripeapi.Product
	prices  map[string]stripeapi.Price
}

// fetchPlan asks Stripe for a plan with all its prices. The fault is
// stripe_not_found when Stripe does not know all of it, as after a move to
// another account.
func (o *Office) fetchPlan(ctx context.Context, plan *Plan, prices []Price) (at atStripe, err error) {
	if at.product, err = o.Stripe.Product(ctx, plan.StripeProductID); err != nil {
		return at, err
	}
	at.prices = map[string]stripeapi.Price{}
	for p, err := range o.Stripe.Prices(ctx, plan.StripeProductID, false) {
		if err != nil {
			return at, err
		}
		at.prices[p.ID] = p
	}
	for i := range prices {
		if _, there := at.prices[prices[i].StripePriceID]; prices[i].Active && !there {
			return at, fault.New(fault.NotFound, stripeapi.CodeNotFound, "Stripe does not know this price.")
		}
	}
	return at, nil
}

// drift compares a plan with what Stripe has. It is pure.
func (p *Plan) drift(prices []Price, at atStripe) []Drift {
	out := []Drift{}
	note := func(field, ours, stripes string) {
		if ours != stripes {
			out = append(out, Drift{Field: field, Ours: ours, Stripes: stripes, At: at.product.Updated})
		}
	}
	note(DriftName, p.Name, at.product.Name)
	note(DriftDescription, p.Description, at.product.Description)
	note(DriftActive, strconv.FormatBool(!p.Archived), strconv.FormatBool(at.product.Active))
	known := map[string]bool{}
	for i := range prices {
		known[prices[i].StripePriceID] = true
		if there, ok := at.prices[prices[i].StripePriceID]; ok {
			out = append(out, prices[i].drift(there)...)
		}
	}
	for id, there := range at.prices {
		if !known[id] && there.Active {
			out = append(out, Drift{
				Field: DriftPriceNew, Stripes: strconv.FormatInt(there.UnitAmount, 10), Interval: Interval(there.Interval), Currency: there.Currency, At: there.Created,
			})
		}
	}
	return out
}

func (p *Price) drift(there stripeapi.Price) (out []Drift) {
	d := Drift{Interval: p.Interval, Currency: p.Currency, At: there.Created}
	if there.Active != p.Active && (p.Active || p.ArchivedAt != nil) {
		d.Field, d.Ours, d.Stripes = DriftPriceActive, strconv.FormatBool(p.Active), strconv.FormatBool(there.Active)
		out = append(out, d)
	}
	if p.Active && (there.UnitAmount != p.Amount || there.Currency != p.Currency || !sameBands(p.Bands, there.Tiers)) {
		d.Field, d.Ours, d.Stripes = DriftPriceAmount, strconv.FormatInt(p.Amount, 10), strconv.FormatInt(there.UnitAmount, 10)
		out = append(out, d)
	}
	return out
}

func sameBands(ours []Band, theirs []stripeapi.Tier) bool {
	if len(ours) != len(theirs) {
		return false
	}
	for i, b := range ours {
		if (stripeapi.Tier{UpTo: b.UpTo, Unit: b.Unit, Flat: b.Flat}) != theirs[i] {
			return false
		}
	}
	return true
}

// lookAt notes what is otherwise at Stripe about a plan that was pushed
// already. It tells false when the plan must be pushed instead.
func (o *Office) lookAt(ctx context.Context, plan *Plan, prices []Price) (done bool, err error) {
	if plan.MirroredVersion != plan.Version || plan.StripeProductID == "" {
		return false, nil
	}
	at, err := o.fetchPlan(ctx, plan, prices)
	if gone(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	plan.Drift = plan.drift(prices, at)
	return true, o.DB.Tx(ctx, func(ctx context.Context) error {
		if err := o.store.setDrift(ctx, plan, o.Clock.Now()); err != nil {
			return err
		}
		return o.DB.Announce(ctx, topicNews, "")
	})
}

// ComparePlan looks at once what is otherwise at Stripe, and notes it. It needs
// plans.write.
func (o *Office) ComparePlan(ctx context.Context, slug string) (*Plan, error) {
	plan, prices, err := o.planToMirror(ctx, slug)
	if err != nil {
		return nil, err
	}
	if _, err := o.lookAt(ctx, plan, prices); err != nil {
		return nil, err
	}
	return o.PlanBySlug(ctx, slug)
}

func (o *Office) planToMirror(ctx context.Context, slug string) (*Plan, []Price, error) {
	if err := actor.Require(ctx, actor.PlansWrite); err != nil {
		return nil, nil, err
	}
	if err := o.outside(ctx); err != nil {
		return nil, nil, err
	}
	plan, prices, err := o.store.planBySlug(ctx, slug)
	if err == nil && plan == nil {
		err = errNoPlan
	}
	return plan, prices, err
}

// PushPlan makes Stripe show the plan as it is here, whatever was changed
// there. It needs plans.write.
func (o *Office) PushPlan(ctx context.Context, slug string) (*Plan, error) {
	plan, _, err := o.planToMirror(ctx, slug)
	if err != nil {
		return nil, err
	}
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		if err := o.store.forgetMirror(ctx, plan.ID); err != nil {
			return err
		}
		if err := o.Journal.Record(ctx, journal.Event{Verb: "plan.pushed", Subject: "plan", ID: slug}); err != nil {
			return err
		}
		return o.DB.Enqueue(ctx, MirrorArgs{}, nil) // when this try fails
	})
	if err != nil {
		return nil, err
	}
	if err := o.mirrorPlan(ctx, plan.ID); err != nil {
		return nil, err
	}
	return o.PlanBySlug(ctx, slug)
}

// TakePlan takes over what Stripe has: name, description, whether it is sold,
// and which prices are. A price that was made there by month or year takes the
// place of ours. It needs plans.write.
func (o *Office) TakePlan(ctx context.Context, slug string) (*Plan, error) {
	plan, prices, err := o.planToMirror(ctx, slug)
	if err != nil {
		return nil, err
	}
	at, err := o.fetchPlan(ctx, plan, prices)
	if err != nil {
		return nil, err
	}
	in, adopted := plan.taken(prices, at)
	in.Normalize()
	if err := in.Validate(); err != nil {
		return nil, err
	}
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		for _, p := range adopted {
			if err := o.store.adoptPrice(ctx, plan.ID, p, o.Clock.Now()); err != nil {
				return err
			}
		}
		if _, err := o.putPlan(ctx, in); err != nil {
			return err
		}
		if err := o.Journal.Record(ctx, journal.Event{Verb: "plan.taken_over", Subject: "plan", ID: slug}); err != nil {
			return err
		}
		if err := o.DB.Enqueue(ctx, MirrorArgs{}, nil); err != nil { // lookup keys move to what is sold now
			return err
		}
		return o.DB.Announce(ctx, topicNews, "")
	})
	if err != nil {
		return nil, err
	}
	if err := o.mirrorPlan(ctx, plan.ID); err != nil {
		return nil, err
	}
	return o.PlanBySlug(ctx, slug)
}

// taken is the plan as Stripe has it, and the prices that are new here.
func (p *Plan) taken(prices []Price, at atStripe) (PlanInput, []Price) {
	in := PlanInput{
		Slug: p.Slug, Version: p.Version, Name: at.product.Name, Description: at.product.Description, Benefits: p.Benefits, Position: p.Position,
		Visible: p.Visible, Archived: !at.product.Active, TrialDays: p.TrialDays, AIUse: p.AIUse, Seats: p.Seats,
	}
	known := map[string]bool{}
	var adopted, sold []Price
	for _, x := range prices {
		known[x.StripePriceID] = true
	}
	for id, there := range at.prices {
		every := Interval(there.Interval)
		if !known[id] && there.Active && there.IntervalCount == 1 && (every == Monthly || every == Yearly) && len(there.Tiers) == 0 && there.UnitAmount > 0 {
			fresh := Price{PlanID: p.ID, Interval: every, Amount: there.UnitAmount, Currency: there.Currency, Bands: []Band{}, StripePriceID: id}
			adopted, sold = append(adopted, fresh), append(sold, fresh)
		}
	}
	for _, x := range prices {
		replaced := false
		for _, a := range adopted {
			replaced = replaced || a.Interval == x.Interval && a.Currency == x.Currency
		}
		if at.prices[x.StripePriceID].Active && !replaced {
			sold = append(sold, x)
		}
	}
	for _, x := range sold {
		in.Prices = append(in.Prices, PriceInput{Interval: x.Interval, Months: x.Months, Amount: x.Amount, Currency: x.Currency, Bands: x.Bands, Volume: x.Volume})
	}
	return in, adopted
}
