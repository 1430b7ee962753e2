package contentapi

import (
	"context"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/surface/kit"
)

// Plan is something to subscribe to.
type Plan struct {
	Slug        string      `json:"slug" example:"reader"`
	Name        string      `json:"name" example:"Reader"`
	Description string      `json:"description,omitempty"`
	Benefits    []string    `json:"benefits"`
	TrialDays   int64       `json:"trial_days,omitempty" doc:"Free days for who has never had any"`
	Seats       *Seats      `json:"seats,omitempty" doc:"For how many people it is; absent for one"`
	Prices      []PlanPrice `json:"prices" doc:"The shortest interval first"`
	URL         string      `json:"url" doc:"Its page on the portal"`
}

// Seats says for how many people a plan is.
type Seats struct {
	Kind string `json:"kind" enum:"fixed,quantity" doc:"fixed: the price includes them; quantity: as many as are bought"`
	From int64  `json:"from" doc:"The fewest; of a fixed number, that number"`
	To   int64  `json:"to,omitempty" doc:"The most that are sold online"`
}

// PlanPrice is one way to pay for a plan.
type PlanPrice struct {
	Interval string `json:"interval" enum:"month,year,once"`
	Months   int64  `json:"months,omitempty" doc:"How long it lasts, with the interval once"`
	Amount   int64  `json:"amount" doc:"For one, in the smallest unit of the currency; 0 with bands"`
	Currency string `json:"currency" example:"eur"`
	Volume   bool   `json:"volume,omitempty" doc:"The band that the quantity falls into prices all; otherwise each band prices what lies in it"`
	Bands    []Band `json:"bands,omitempty" doc:"Prices by quantity"`
}

// Band is a range of a quantity and what it costs.
type Band struct {
	UpTo int64 `json:"up_to,omitempty" doc:"Absent: without an end"`
	Unit int64 `json:"unit" doc:"For each, in the smallest unit"`
	Flat int64 `json:"flat" doc:"On top, once"`
}

// PlanList are all plans.
type PlanList struct {
	Plans []Plan `json:"plans"`
}

// Link leads somewhere.
type Link struct {
	Label string `json:"label"`
	URL   string `json:"url" doc:"A path of the portal, or a whole address"`
}

// Contact is how to reach the firm.
type Contact struct {
	Headline string   `json:"headline,omitempty"`
	Text     string   `json:"text,omitempty"`
	Lines    []string `json:"lines" doc:"Postal address"`
	Email    string   `json:"email,omitempty"`
	Phone    string   `json:"phone,omitempty"`
}

// TextPage is a text of the publication's own, such as its terms.
type TextPage struct {
	Slug  string `json:"slug" example:"terms"`
	Title string `json:"title"`
	HTML  string `json:"html"`
	URL   string `json:"url" doc:"Its page on the portal"`
}

// Settings are what a front end needs to know of the publication.
type Settings struct {
	Name       string     `json:"name" example:"LightTrends"`
	Tagline    string     `json:"tagline,omitempty"`
	About      string     `json:"about,omitempty"`
	URL        string     `json:"url" doc:"The portal"`
	Accent     string     `json:"accent,omitempty" doc:"Colour of links and buttons by day; absent for the house's own"`
	Type       string     `json:"type" enum:"serif,sans" doc:"Face of the letters that texts are set in"`
	Logo       string     `json:"logo,omitempty" doc:"Address of the picture; absent for the name in letters"`
	LogoDark   string     `json:"logo_dark,omitempty" doc:"For dark screens"`
	Language   string     `json:"language" example:"en" doc:"Of the portal's own words"`
	Languages  []string   `json:"languages" doc:"All there are"`
	TimeZone   string     `json:"time_zone" example:"Europe/Berlin"`
	Navigation []Link     `json:"navigation" doc:"What the firm chose; empty for the portal's own"`
	Footer     []Link     `json:"footer"`
	Social     []Link     `json:"social"`
	Contact    Contact    `json:"contact"`
	Benefits   []string   `json:"benefits" doc:"What a subscriber gets, to show at the gate"`
	Notice     string     `json:"notice,omitempty" doc:"A line at the foot of every page"`
	Pages      []TextPage `json:"pages"`
}

func (s *service) registerHouse(api *kit.API) {
	add(api, "list-plans", "/plans", "Plans", "List the plans that everybody can buy", "In the order that the firm gave them, with public prices.", answers[PlanList](api, "All plans"), s.plans)
	add(api, "get-settings", "/settings", "Settings", "Get what a front end needs to know of the publication", "Its name, look, navigation and contact text.", answers[Settings](api, "The settings"), s.settings)
}

func (s *service) plans(ctx context.Context, _ *plainInput) (*huma.StreamResponse, error) {
	list, err := s.Prices.Plans(ctx)
	if err != nil {
		return nil, err
	}
	a, err := encode(PlanList{mapped(list, s.plan)}, keyPlans)
	return s.send(ctx, a, err)
}

func (s *service) plan(p *billing.Plan) Plan {
	out := Plan{
		Slug: p.Slug, Name: p.Name, Description: p.Description, Benefits: present(p.Benefits), TrialDays: p.TrialDays,
		Prices: make([]PlanPrice, len(p.Prices)), URL: s.BaseURL + "/plans/" + p.Slug,
	}
	if p.Seats.Kind != billing.OneSeat {
		out.Seats = &Seats{string(p.Seats.Kind), p.Seats.From, p.Seats.To}
	}
	for i, x := range p.Prices {
		out.Prices[i] = PlanPrice{string(x.Interval), x.Months, x.Amount, x.Currency, x.Volume, nil}
		for _, b := range x.Bands {
			out.Prices[i].Bands = append(out.Prices[i].Bands, Band{b.UpTo, b.Unit, b.Flat})
		}
	}
	return out
}

// present is a list that is never null.
func present(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func (s *service) settings(ctx context.Context, _ *plainInput) (*huma.StreamResponse, error) {
	p, err := s.House.Profile(ctx)
	if err != nil {
		return nil, err
	}
	say, err := s.speech(ctx, "")
	if err != nil {
		return nil, err
	}
	language := p.Language
	if language == "" {
		language = "en"
	}
	out := Settings{
		Name: p.Name, Tagline: p.Tagline, About: p.About, URL: s.BaseURL, Accent: p.Accent, Type: "serif", Language: language, Languages: []string{language},
		Logo: s.picture(ctx, p.Logo), LogoDark: s.picture(ctx, p.LogoDark),
		TimeZone: p.TimeZone, Navigation: links(p.Navigation), Footer: links(p.Footer), Social: links(p.Social),
		Contact:  Contact{p.Contact.Headline, p.Contact.Text, present(p.Contact.Lines), p.Contact.Email, p.Contact.Phone},
		Benefits: present(p.Benefits), Notice: p.Notice, Pages: []TextPage{},
	}
	if p.Sans() {
		out.Type = "sans"
	}
	for _, x := range p.Pages {
		out.Pages = append(out.Pages, TextPage{x.Slug, x.Title, say.of(x.HTML), s.BaseURL + "/pages/" + x.Slug})
	}
	a, err := encode(out, keySettings)
	return s.send(ctx, a, err)
}

func links(list []publication.Link) []Link {
	out := make([]Link, len(list))
	for i, l := range list {
		out[i] = Link{l.Label, l.URL}
	}
	return out
}

// picture is the whole address of a picture by its id; "" for none.
func (s *service) picture(ctx context.Context, id string) string {
	of, err := uuid.Parse(id)
	if err != nil {
		return ""
	}
	if address := s.Picture(ctx, of); address != "" {
		return s.BaseURL + address
	}
	return ""
}
