package billing

import (
	"context"
	"slices"
	"time"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Span is a run of whole months, in UTC.
type Span struct {
	From time.Time // the first moment of the first month
	To   time.Time // the first moment after the last month
}

// maxMonths bounds a report.
const maxMonths = 60

// Validate lists every broken rule.
func (s Span) Validate() error {
	var f fault.Fields
	f.Check(s.From.Day() == 1 && s.To.Day() == 1, "from", "not_a_month", "Months only.")
	f.Check(s.From.Before(s.To), "to", "before_from", "The last month is not before the first.")
	f.Check(s.To.Before(s.From.AddDate(0, maxMonths, 1)), "to", "too_many", "At most 60 months.")
	return f.Err()
}

// Figures is what the owner wants to know of a span. value.go and turn.go
// define the words.
type Figures struct {
	Money  []Money  // one for each currency
	Trials []Trials // by the month in which they began
}

// Money is about one currency. Amounts are in its smallest unit.
type Money struct {
	Currency string
	Months   []Month // every month of the span, oldest first
	Now      int64   // MRR at this moment
	Plans    []PlanValue
	Churn    []ChurnReason
	Sources  []Source
	Revenue  []Revenue
}

// Revenue is what was paid for a plan in one month: bills that were paid in
// it, taxes included, and what was given back of them since.
type Revenue struct {
	Month    string
	Plan     string // slug; "" is what belongs to no subscription and no order
	Name     string
	Bills    int64
	Paid     int64
	Tax      int64 // of what was paid
	Refunded int64
}

// Month is how MRR moved in one month: Began + the five movements = Ended.
type Month struct {
	Month       string // 2026-03
	Began       int64
	Moved       map[Movement]int64 // amounts; churn and contraction are below zero
	Count       map[Movement]int64 // how many owners moved so
	Ended       int64
	Subscribers int64 // who paid at the end of it
}

// PlanValue is what a plan brings at this moment.
type PlanValue struct {
	Plan        string // slug
	Name        string
	Subscribers int64 // subscriptions that count
	Value       int64
}

// ChurnReason is why owners stopped to pay.
type ChurnReason struct {
	Reason   string // as Stripe says; "" when it says nothing
	Feedback string // as the member said
	Count    int64
	Value    int64 // what was lost a month
}

// Source is the page from which owners went to buy.
type Source struct {
	Page  string // a path; "" when they came from elsewhere
	Count int64
	Value int64
}

// Trials are those that began in one month.
type Trials struct {
	Month     string
	Began     int64
	Converted int64 // have been paid for
	Running   int64
}

// Figures puts the report together, from the mirror alone. It needs
// plans.write: who sets prices sees what they bring in.
func (o *Office) Figures(ctx context.Context, span Span) (*Figures, error) {
	if err := actor.Require(ctx, actor.PlansWrite); err != nil {
		return nil, err
	}
	if err := span.Validate(); err != nil {
		return nil, err
	}
	moved, err := o.store.moved(ctx, span.To)
	if err != nil {
		return nil, err
	}
	out := &Figures{Money: history(moved, span)}
	if err := o.fillMoney(ctx, out, span); err != nil {
		return nil, err
	}
	out.Trials, err = o.store.trials(ctx, span)
	return out, err
}

func (o *Office) fillMoney(ctx context.Context, f *Figures, span Span) error {
	plans, err := o.store.planValues(ctx)
	if err != nil {
		return err
	}
	churn, err := o.store.churnReasons(ctx, span)
	if err != nil {
		return err
	}
	sources, err := o.store.sources(ctx, span)
	if err != nil {
		return err
	}
	revenue, err := o.store.revenue(ctx, span)
	if err != nil {
		return err
	}
	for _, r := range revenue {
		m := f.in(r.Currency, span)
		m.Revenue = append(m.Revenue, r.Revenue)
	}
	for _, p := range plans {
		m := f.in(p.Currency, span)
		m.Plans, m.Now = append(m.Plans, p.PlanValue), m.Now+p.Value
	}
	for _, c := range churn {
		m := f.in(c.Currency, span)
		m.Churn = append(m.Churn, c.ChurnReason)
	}
	for _, s := range sources {
		m := f.in(s.Currency, span)
		m.Sources = append(m.Sources, s.Source)
	}
	return nil
}

// in finds or begins the part about a currency.
func (f *Figures) in(currency string, span Span) *Money {
	for i := range f.Money {
		if f.Money[i].Currency == currency {
			return &f.Money[i]
		}
	}
	f.Money = append(f.Money, Money{Currency: currency, Months: months(span)})
	return &f.Money[len(f.Money)-1]
}

// months lists the months of a span with nothing in them.
func months(span Span) (out []Month) {
	for at := span.From; at.Before(span.To); at = at.AddDate(0, 1, 0) {
		out = append(out, Month{Month: at.Format(monthForm), Moved: map[Movement]int64{}, Count: map[Movement]int64{}})
	}
	return out
}

const monthForm = "2006-01"

// movedIn is what one kind of movement came to in one month.
type movedIn struct {
	Month    string
	Currency string
	Movement Movement
	Amount   int64
	Count    int64
}

// history makes running sums of movements. It is pure.
func history(moved []movedIn, span Span) []Money {
	f := &Figures{}
	began, heads := map[string]int64{}, map[string]int64{}
	for _, x := range moved { // what was before the span
		m := f.in(x.Currency, span)
		i := slices.IndexFunc(m.Months, func(in Month) bool { return in.Month == x.Month })
		if i < 0 {
			began[x.Currency] += x.Amount
			heads[x.Currency] += x.heads()
			continue
		}
		m.Months[i].Moved[x.Movement] += x.Amount
		m.Months[i].Count[x.Movement] += x.Count
	}
	for i := range f.Money {
		m := &f.Money[i]
		sum, n := began[m.Currency], heads[m.Currency]
		for j := range m.Months {
			in := &m.Months[j]
			in.Began = sum
			for _, kind := range Movements() {
				sum += in.Moved[kind]
				n += movedIn{Movement: kind, Count: in.Count[kind]}.heads()
			}
			in.Ended, in.Subscribers = sum, n
		}
	}
	return f.Money
}

// heads is by how many a movement changes the number of those who pay.
func (m movedIn) heads() int64 {
	switch m.Movement {
	case MoveNew, MoveReactivation:
		return m.Count
	case MoveChurn:
		return -m.Count
	default:
		return 0
	}
}
