package adminapi

import (
	"context"
	"net/http"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
)

// Plan is what is sold.
type Plan struct {
	Slug        string   `json:"slug"`
	Version     int64    `json:"version"`
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Benefits    []string `json:"benefits"`
	Position    int      `json:"position"`
	Visible     bool     `json:"visible"`
	Archived    bool     `json:"archived"`
	Mirrored    bool     `json:"mirrored" doc:"Stripe shows this version"`
	Prices      []Price  `json:"prices"`
}

// Price is an amount for a plan.
type Price struct {
	Interval string `json:"interval" enum:"month,year"`
	Amount   int64  `json:"amount" minimum:"0" doc:"In the smallest unit of the currency"`
	Currency string `json:"currency" pattern:"^[a-z]{3}$" doc:"ISO 4217, small letters" example:"usd"`
}

func planOf(p *billing.Plan) Plan {
	out := Plan{
		Slug: p.Slug, Version: p.Version, Name: p.Name, Description: p.Description, Benefits: append([]string{}, p.Benefits...),
		Position: p.Position, Visible: p.Visible, Archived: p.Archived, Mirrored: p.MirroredVersion == p.Version, Prices: []Price{},
	}
	for _, x := range p.Prices {
		out.Prices = append(out.Prices, Price{string(x.Interval), x.Amount, x.Currency})
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
		Slug string `path:"slug" maxLength:"60" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$"`
		Body struct {
			Version     int64    `json:"version,omitempty" doc:"The version the change was made from; left out, nothing is checked"`
			Name        string   `json:"name" maxLength:"100"`
			Description string   `json:"description,omitempty" maxLength:"1000"`
			Benefits    []string `json:"benefits,omitempty" maxItems:"20"`
			Position    int      `json:"position,omitempty"`
			Visible     bool     `json:"visible,omitempty"`
			Archived    bool     `json:"archived,omitempty"`
			Prices      []Price  `json:"prices" maxItems:"4"`
		}
	}
)

func (s *service) plans() {
	const tag = "Plans"
	add(s, route{method: http.MethodGet, path: "/plans", id: "list-plans", tag: tag, need: actor.NotesRead, summary: "List all plans"}, s.listPlans)
	add(s, route{method: http.MethodPut, path: "/plans/{slug}", id: "put-plan", tag: tag, need: actor.PlansWrite,
		summary: "Make or change a plan", text: "Stripe learns of it within moments. Who subscribes already keeps their price."}, s.putPlan)
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
	b := in.Body
	input := billing.PlanInput{
		Slug: in.Slug, Version: b.Version, Name: b.Name, Description: b.Description, Benefits: b.Benefits,
		Position: b.Position, Visible: b.Visible, Archived: b.Archived,
	}
	for _, x := range b.Prices {
		input.Prices = append(input.Prices, billing.PriceInput{Interval: billing.Interval(x.Interval), Amount: x.Amount, Currency: x.Currency})
	}
	p, err := s.Billing.PutPlan(ctx, input)
	if err != nil {
		return nil, err
	}
	return &planOutput{planOf(p)}, nil
}
