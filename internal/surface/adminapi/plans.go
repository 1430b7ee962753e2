package adminapi

import (
	"context"
	"net/http"
	"time"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
)

// Plan is what is sold.
type Plan struct {
	Slug        string     `json:"slug"`
	Version     int64      `json:"version"`
	Name        string     `json:"name"`
	Description string     `json:"description"`
	Benefits    []string   `json:"benefits"`
	Position    int        `json:"position"`
	Visible     bool       `json:"visible" doc:"Listed on the page of plans; others are sold by their address"`
	Archived    bool       `json:"archived"`
	TrialDays   int64      `json:"trial_days"`
	AIUse       bool       `json:"ai_use" doc:"Assistants may read for who holds it, over MCP"`
	Seats       Seats      `json:"seats"`
	Mirrored    bool       `json:"mirrored" doc:"Stripe was told of this version" etag:"-"`
	Prices      []Price    `json:"prices"`
	Drift       []Drift    `json:"drift" doc:"What somebody changed at Stripe since" etag:"-"`
	LookedAt    *time.Time `json:"looked_at,omitempty" doc:"When Stripe was last asked" etag:"-"`
	ChangedAt   time.Time  `json:"changed_at"`
	ChangedBy   string     `json:"changed_by,omitempty"`
}

// Price is an amount for a plan.
type Price struct {
	Interval string `json:"interval" enum:"month,year,once"`
	Months   int64  `json:"months,omitempty" minimum:"0" maximum:"120" doc:"How long a price that is paid once is good for"`
	Amount   int64  `json:"amount,omitempty" minimum:"0" doc:"In the smallest unit of the currency; left out with bands"`
	Currency string `json:"currency" pattern:"^[a-z]{3}$" doc:"ISO 4217, small letters" example:"usd"`
	Bands    []Band `json:"bands,omitempty" maxItems:"10" doc:"Of a plan whose seats are bought by number"`
	Volume   bool   `json:"volume,omitempty" doc:"The band of the whole number prices all seats; otherwise each seat costs what its band says"`
}

// Band is a range of a number of seats.
type Band struct {
	UpTo int64 `json:"up_to,omitempty" minimum:"0" doc:"Left out: without an end"`
	Unit int64 `json:"unit,omitempty" minimum:"0" doc:"For each seat, in the smallest unit"`
	Flat int64 `json:"flat,omitempty" minimum:"0" doc:"On top, once"`
}

// Seats are the places of a plan.
type Seats struct {
	Kind string `json:"kind,omitempty" enum:",fixed,quantity" doc:"Left out: for one reader"`
	From int64  `json:"from,omitempty" minimum:"0" maximum:"10000" doc:"The fewest; of a fixed number, that number"`
	To   int64  `json:"to,omitempty" minimum:"0" maximum:"10000"`
}

// Drift is one thing that is otherwise at Stripe.
type Drift struct {
	Field    string    `json:"field" enum:"name,description,active,price_active,price_amount,price_new"`
	Ours     string    `json:"ours"`
	Stripes  string    `json:"stripes"`
	Interval string    `json:"interval,omitempty"`
	Currency string    `json:"currency,omitempty"`
	At       time.Time `json:"at" doc:"When Stripe changed the plan, or made the price"`
}

func planOf(p *billing.Plan) Plan {
	out := Plan{
		Slug: p.Slug, Version: p.Version, Name: p.Name, Description: p.Description, Benefits: append([]string{}, p.Benefits...),
		Position: p.Position, Visible: p.Visible, Archived: p.Archived, Mirrored: p.MirroredVersion == p.Version, Prices: []Price{},
		TrialDays: p.TrialDays, AIUse: p.AIUse, Seats: Seats{string(p.Seats.Kind), p.Seats.From, p.Seats.To}, Drift: []Drift{},
		LookedAt: p.LookedAt, ChangedAt: p.UpdatedAt, ChangedBy: p.ChangedBy,
	}
	for _, x := range p.Prices {
		price := Price{Interval: string(x.Interval), Months: x.Months, Amount: x.Amount, Currency: x.Currency, Volume: x.Volume}
		for _, b := range x.Bands {
			price.Bands = append(price.Bands, Band(b))
		}
		out.Prices = append(out.Prices, price)
	}
	for _, d := range p.Drift {
		out.Drift = append(out.Drift, Drift{d.Field, d.Ours, d.Stripes, string(d.Interval), d.Currency, d.At})
	}
	return out
}

type (
	plansOutput struct {
		Body struct {
			Plans []Plan `json:"plans"`
		}
	}
	planOutput struct{ Body Plan }
	planInput  struct {
		Slug string `path:"slug" maxLength:"64" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$"`
		Body PlanBody
	}
	newPlanInput struct {
		Body struct {
			Slug string `json:"slug" maxLength:"64" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$" doc:"Gates name the plan by it; it never changes"`
			PlanBody
		}
	}
	planSlugInput struct {
		Slug string `path:"slug" maxLength:"64" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$"`
	}
	planOrderInput struct {
		Body struct {
			Slugs []string `json:"slugs" maxItems:"1000" doc:"Plans that are not named come after"`
		}
	}
	// PlanBody is the editable state of a plan.
	PlanBody struct {
		Version     int64    `json:"version,omitempty" doc:"The version the change was made from; left out, nothing is checked"`
		Name        string   `json:"name" maxLength:"100"`
		Description string   `json:"description,omitempty" maxLength:"1000"`
		Benefits    []string `json:"benefits,omitempty" maxItems:"20"`
		Position    int      `json:"position,omitempty"`
		Visible     bool     `json:"visible,omitempty"`
		Archived    bool     `json:"archived,omitempty"`
		TrialDays   int64    `json:"trial_days,omitempty" minimum:"0" maximum:"730"`
		AIUse       bool     `json:"ai_use,omitempty" doc:"Whether the licence lets assistants read for who holds the plan; without it they get teasers"`
		Seats       Seats    `json:"seats,omitempty"`
		Prices      []Price  `json:"prices" maxItems:"40"`
	}
)

func (s *service) plans() {
	const tag = "Plans"
	add(s, route{method: http.MethodGet, path: "/plans", id: "list-plans", tag: tag, need: actor.NotesRead, summary: "List all plans"}, s.listPlans)
	add(s, route{method: http.MethodPut, path: "/plans/{slug}", id: "put-plan", tag: tag, need: actor.PlansWrite,
		summary: "Make or change a plan", text: "Stripe learns of it within moments. Who subscribes already keeps their price."}, s.putPlan)
	add(s, route{method: http.MethodPost, path: "/plans", id: "make-plan", tag: tag, need: actor.PlansWrite, status: http.StatusCreated,
		summary: "Make a plan", text: "An address that is taken is refused with plan_exists."}, s.makePlan)
	add(s, route{method: http.MethodPut, path: "/plan-order", id: "order-plans", of: "/plans", tag: tag, need: actor.PlansWrite,
		summary: "Put the plans into the order of the page"}, s.orderPlans)
	add(s, route{method: http.MethodPost, path: "/plans/{slug}/comparison", id: "compare-plan", pure: true, tag: tag, need: actor.PlansWrite,
		summary: "Ask Stripe what is otherwise there"}, s.comparePlan)
	add(s, route{method: http.MethodPost, path: "/plans/{slug}/push", id: "push-plan", of: "/plans/{slug}", apart: true, tag: tag, need: actor.PlansWrite,
		summary: "Make Stripe show the plan as it is here"}, s.pushPlan)
	add(s, route{method: http.MethodPost, path: "/plans/{slug}/take", id: "take-plan", of: "/plans/{slug}", apart: true, tag: tag, need: actor.PlansWrite,
		summary: "Take over what Stripe has of a plan"}, s.takePlan)
}

func (s *service) listPlans(ctx context.Context, _ *struct{}) (*plansOutput, error) {
	plans, err := s.Billing.AllPlans(ctx)
	if err != nil {
		return nil, err
	}
	var out plansOutput
	out.Body.Plans = make([]Plan, len(plans))
	for i, p := range plans {
		out.Body.Plans[i] = planOf(p)
	}
	return &out, nil
}

func (s *service) putPlan(ctx context.Context, in *planInput) (*planOutput, error) {
	return planMade(s.Billing.PutPlan(ctx, in.Body.input(in.Slug)))
}

func (s *service) makePlan(ctx context.Context, in *newPlanInput) (*planOutput, error) {
	input := in.Body.input(in.Body.Slug)
	input.New = true
	return planMade(s.Billing.PutPlan(ctx, input))
}

func (s *service) orderPlans(ctx context.Context, in *planOrderInput) (*plansOutput, error) {
	if err := s.Billing.OrderPlans(ctx, in.Body.Slugs); err != nil {
		return nil, err
	}
	return s.listPlans(ctx, nil)
}

func (s *service) comparePlan(ctx context.Context, in *planSlugInput) (*planOutput, error) {
	return planMade(s.Billing.ComparePlan(ctx, in.Slug))
}

func (s *service) pushPlan(ctx context.Context, in *planSlugInput) (*planOutput, error) {
	return planMade(s.Billing.PushPlan(ctx, in.Slug))
}

func (s *service) takePlan(ctx context.Context, in *planSlugInput) (*planOutput, error) {
	return planMade(s.Billing.TakePlan(ctx, in.Slug))
}

func planMade(p *billing.Plan, err error) (*planOutput, error) {
	if err != nil {
		return nil, err
	}
	return &planOutput{planOf(p)}, nil
}

func (b PlanBody) input(slug string) billing.PlanInput {
	in := billing.PlanInput{
		Slug: slug, Version: b.Version, Name: b.Name, Description: b.Description, Benefits: b.Benefits,
		Position: b.Position, Visible: b.Visible, Archived: b.Archived, TrialDays: b.TrialDays, AIUse: b.AIUse,
		Seats: billing.Seats{Kind: billing.SeatKind(b.Seats.Kind), From: b.Seats.From, To: b.Seats.To},
	}
	for _, x := range b.Prices {
		price := billing.PriceInput{Interval: billing.Interval(x.Interval), Months: x.Months, Amount: x.Amount, Currency: x.Currency, Volume: x.Volume}
		for _, band := range x.Bands {
			price.Bands = append(price.Bands, billing.Band(band))
		}
		in.Prices = append(in.Prices, price)
	}
	return in
}
