package adminapi

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Figures is what the owner wants to know of some months.
type Figures struct {
	From   string   `json:"from" example:"2026-01"`
	To     string   `json:"to" example:"2026-12" doc:"The last month"`
	Money  []Money  `json:"money" doc:"By currency; amounts in its smallest unit"`
	Trials []Trials `json:"trials" doc:"By the month in which they began"`
}

// Money is about one currency.
type Money struct {
	Currency string        `json:"currency"`
	Now      int64         `json:"now" doc:"MRR at this moment: the monthly value of every subscription that is active or past due"`
	Months   []IncomeMonth `json:"months"`
	Plans    []PlanValue   `json:"plans" doc:"What each plan brings at this moment"`
	Churn    []ChurnReason `json:"churn" doc:"Why subscribers left"`
	Sources  []Source      `json:"sources" doc:"From which pages they went to buy"`
	Revenue  []Revenue     `json:"revenue" doc:"What was paid, by month and plan"`
}

// IncomeMonth says how MRR moved in a month: began and the five movements make
// ended.
type IncomeMonth struct {
	Month       string `json:"month"`
	Began       int64  `json:"began"`
	New         int64  `json:"new"`
	Reactivated int64  `json:"reactivation"`
	Expansion   int64  `json:"expansion"`
	Contraction int64  `json:"contraction" doc:"Not above zero"`
	Churn       int64  `json:"churn" doc:"Not above zero"`
	Ended       int64  `json:"ended"`
	Joined      int64  `json:"joined" doc:"How many began to pay, again or for the first time"`
	Left        int64  `json:"left" doc:"How many stopped"`
	Subscribers int64  `json:"subscribers" doc:"Who paid at the end of the month"`
}

// PlanValue is what a plan brings.
type PlanValue struct {
	Plan        string `json:"plan"`
	Name        string `json:"name"`
	Subscribers int64  `json:"subscribers"`
	Value       int64  `json:"value" doc:"A month"`
}

// ChurnReason is why subscribers left.
type ChurnReason struct {
	Reason   string `json:"reason" doc:"As Stripe says: cancellation_requested, payment_failed, payment_disputed"`
	Feedback string `json:"feedback" doc:"As the member chose"`
	Count    int64  `json:"count"`
	Value    int64  `json:"value" doc:"Lost a month"`
}

// Source is a page from which subscribers went to buy.
type Source struct {
	Page  string `json:"page" doc:"A path of the portal; empty when they came from elsewhere"`
	Count int64  `json:"count"`
	Value int64  `json:"value" doc:"Won a month"`
}

// Revenue is what was paid for a plan in one month.
type Revenue struct {
	Month    string `json:"month"`
	Plan     string `json:"plan" doc:"Empty for what belongs to no subscription"`
	Name     string `json:"name"`
	Bills    int64  `json:"bills"`
	Paid     int64  `json:"paid" doc:"Taxes included"`
	Tax      int64  `json:"tax" doc:"Of what was paid"`
	Refunded int64  `json:"refunded" doc:"Given back of it since"`
}

// Trials are those that began in one month.
type Trials struct {
	Month     string `json:"month"`
	Began     int64  `json:"began"`
	Converted int64  `json:"converted" doc:"Have been paid for"`
	Running   int64  `json:"running"`
}

type (
	figuresInput struct {
		From string `query:"from" pattern:"^\\d{4}-(0[1-9]|1[0-2])$" doc:"First month; left out, eleven months before the last"`
		To   string `query:"to" pattern:"^\\d{4}-(0[1-9]|1[0-2])$" doc:"Last month; left out, this one"`
	}
	figuresOutput struct{ Body Figures }
)

func (s *service) figures() {
	const tag = "Income"
	add(s, route{method: http.MethodGet, path: "/figures", id: "get-figures", tag: tag, need: actor.PlansWrite,
		summary: "MRR, trials and churn", text: "From the mirror of subscriptions. Months are those of UTC; currencies are never added up."}, s.getFigures)
	add(s, route{method: http.MethodGet, path: "/figures/months.csv", id: "export-months", replies: inTable(), tag: tag, need: actor.PlansWrite,
		summary: "MRR by month, for a spreadsheet"}, s.exportMonths)
	add(s, route{method: http.MethodGet, path: "/figures/revenue.csv", id: "export-revenue", replies: inTable(), tag: tag, need: actor.PlansWrite,
		summary: "What was paid by month and plan, for a spreadsheet"}, s.exportRevenue)
	add(s, route{method: http.MethodGet, path: "/figures/movements.csv", id: "export-movements", replies: inTable(), tag: tag, need: actor.PlansWrite,
		summary: "Every movement of MRR, for a spreadsheet"}, s.exportMovements)
}

// span reads the months; the default is the last twelve.
func (in *figuresInput) span(now time.Time) (billing.Span, error) {
	to := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	var f fault.Fields
	read := func(path, value string, otherwise time.Time) time.Time {
		if value == "" {
			return otherwise
		}
		t, err := time.Parse("2006-01", value)
		f.Check(err == nil, path, "not_a_month", "A month, such as 2026-03.")
		return t
	}
	to = read("to", in.To, to)
	from := read("from", in.From, to.AddDate(0, -11, 0))
	if err := f.Err(); err != nil {
		return billing.Span{}, err
	}
	return billing.Span{From: from, To: to.AddDate(0, 1, 0)}, nil
}

func (s *service) getFigures(ctx context.Context, in *figuresInput) (*figuresOutput, error) {
	span, err := in.span(s.Billing.Clock.Now().UTC())
	if err != nil {
		return nil, err
	}
	f, err := s.Billing.Figures(ctx, span)
	if err != nil {
		return nil, err
	}
	out := Figures{From: span.From.Format("2006-01"), To: span.To.AddDate(0, -1, 0).Format("2006-01"), Money: []Money{}, Trials: []Trials{}}
	for _, m := range f.Money {
		out.Money = append(out.Money, moneyOf(m))
	}
	for _, t := range f.Trials {
		out.Trials = append(out.Trials, Trials(t))
	}
	return &figuresOutput{out}, nil
}

func moneyOf(m billing.Money) Money {
	out := Money{Currency: m.Currency, Now: m.Now, Months: []IncomeMonth{}, Plans: []PlanValue{}, Churn: []ChurnReason{}, Sources: []Source{}, Revenue: []Revenue{}}
	for _, x := range m.Months {
		out.Months = append(out.Months, incomeMonth(x))
	}
	for _, x := range m.Plans {
		out.Plans = append(out.Plans, PlanValue(x))
	}
	for _, x := range m.Churn {
		out.Churn = append(out.Churn, ChurnReason(x))
	}
	for _, x := range m.Revenue {
		out.Revenue = append(out.Revenue, Revenue(x))
	}
	for _, x := range m.Sources {
		out.Sources = append(out.Sources, Source(x))
	}
	return out
}

func incomeMonth(x billing.Month) IncomeMonth {
	return IncomeMonth{
		Month: x.Month, Began: x.Began, Ended: x.Ended, Subscribers: x.Subscribers,
		New: x.Moved[billing.MoveNew], Reactivated: x.Moved[billing.MoveReactivation], Expansion: x.Moved[billing.MoveExpansion],
		Contraction: x.Moved[billing.MoveContraction], Churn: x.Moved[billing.MoveChurn],
		Joined: x.Count[billing.MoveNew] + x.Count[billing.MoveReactivation], Left: x.Count[billing.MoveChurn],
	}
}

func (s *service) exportMonths(ctx context.Context, in *figuresInput) (*huma.StreamResponse, error) {
	f, err := s.getFigures(ctx, in)
	if err != nil {
		return nil, err
	}
	head := []string{"currency", "month", "began", "new", "reactivation", "expansion", "contraction", "churn", "ended", "joined", "left", "subscribers"}
	return csvAnswer("mrr.csv", head, func(yield func([]string, error) bool) {
		for _, m := range f.Body.Money {
			for _, x := range m.Months {
				row := append([]string{m.Currency, x.Month},
					whole(x.Began, x.New, x.Reactivated, x.Expansion, x.Contraction, x.Churn, x.Ended, x.Joined, x.Left, x.Subscribers)...)
				if !yield(row, nil) {
					return
				}
			}
		}
	}), nil
}

func (s *service) exportRevenue(ctx context.Context, in *figuresInput) (*huma.StreamResponse, error) {
	f, err := s.getFigures(ctx, in)
	if err != nil {
		return nil, err
	}
	head := []string{"currency", "month", "plan", "bills", "paid", "tax", "refunded"}
	return csvAnswer("revenue.csv", head, func(yield func([]string, error) bool) {
		for _, m := range f.Body.Money {
			for _, x := range m.Revenue {
				if !yield(append([]string{m.Currency, x.Month, x.Plan}, whole(x.Bills, x.Paid, x.Tax, x.Refunded)...), nil) {
					return
				}
			}
		}
	}), nil
}

func (s *service) exportMovements(ctx context.Context, in *figuresInput) (*huma.StreamResponse, error) {
	span, err := in.span(s.Billing.Clock.Now().UTC())
	if err != nil {
		return nil, err
	}
	rows, err := s.Billing.MovementsOf(detached(ctx), span)
	if err != nil {
		return nil, err
	}
	head := []string{"at", "known_at", "owner_kind", "owner_id", "subscription", "plan", "movement", "amount", "currency", "reason", "feedback", "bought_from"}
	return csvAnswer("movements.csv", head, func(yield func([]string, error) bool) {
		for r, err := range rows {
			row := []string{
				stamp(r.At), stamp(r.RecordedAt), string(r.OwnerKind), r.OwnerID.String(), r.StripeID, r.Plan, string(r.Movement),
				strconv.FormatInt(r.Delta, 10), r.Currency, r.Reason, r.Feedback, r.Source,
			}
			if !yield(row, err) {
				return
			}
		}
	}), nil
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func whole(numbers ...int64) []string {
	out := make([]string, len(numbers))
	for i, n := range numbers {
		out[i] = strconv.FormatInt(n, 10)
	}
	return out
}
