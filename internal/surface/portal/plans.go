package portal

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/surface/kit"
)

// plansView is what is sold.
type plansView struct {
	Plans  []planCard
	Both   bool   // some plan is sold by month and by year
	Yearly bool   // chosen beforehand
	Saving string // what a year saves, when it is the same for all plans
	Note   *noteRef
	Has    bool // the member has an open subscription
	Gifts  bool // subscriptions are sold as presents
	Quotes bool // who pays by invoice may ask for a quote
	// Currencies are those to choose from; empty when there is one.
	Currencies []string
	Currency   string
	Alone      bool // one plan at its own address
}

// noteRef is the note a reader came from and goes back to.
type noteRef struct{ Slug, Title string }

// planCard is one plan.
type planCard struct {
	*billing.Plan
	Month, Year *billing.Price
	Once        []*billing.Price // paid once, the shortest term first
	Trial       int64            // free days for this reader
	Saving      string
	Current     bool // the member has it
	Opens       bool // it opens the note the reader came from, which not every plan does
	Pick        bool // stands out
	in          *phrase.Language
}

// From is the number of seats a price is shown for.
func (c planCard) From() int64 { return from(c.Plan) }

func from(p *billing.Plan) int64 {
	if p.Seats.Kind == billing.SeatsByQuantity {
		return p.Seats.From
	}
	return 1
}

// Seats says for how many people the price is, where it is not for one.
func (c planCard) Seats() string { return seatsText(c.in, c.Plan) }

func seatsText(l *phrase.Language, p *billing.Plan) string {
	n := int(p.Seats.From)
	switch {
	case p.Seats.Kind == billing.FixedSeats && p.Seats.From > 1:
		return l.Count("plans.seats_fixed", n)
	case p.Seats.Kind == billing.SeatsByQuantity && p.Seats.From > 1:
		return l.Count("plans.seats_from", n)
	case p.Seats.Kind == billing.SeatsByQuantity:
		return l.Text("plans.seats_each")
	}
	return ""
}

// Two tells whether there is an interval to choose.
func (c planCard) Two() bool { return c.Month != nil && c.Year != nil }

// plans shows what is sold, with the plan a member has marked.
func (p *Portal) plans(c *fiber.Ctx) error {
	ctx := c.UserContext()
	pg, err := p.page(c, "/plans", p.language(ctx).Text("plans.title"))
	if err != nil {
		return err
	}
	v := plansView{Yearly: c.Query("interval") == string(billing.Yearly), Currency: c.Query("currency")}
	var teaser *content.Teaser
	if v.Note, teaser, err = p.noteFrom(ctx, c.Query("note")); err != nil {
		return err
	}
	plans, err := p.Billing.Plans(ctx)
	if err != nil {
		return err
	}
	if err := p.fillPlans(c, &v, plans, teaser); err != nil {
		return err
	}
	pg.Section, pg.Main = "plans", v
	pg.Description = pg.Language.Text("plans.about", "name", pg.Site.Name)
	return p.public(c, "plans", pg)
}

// noteFrom finds the note a reader came from; what is no note is nothing.
func (p *Portal) noteFrom(ctx context.Context, slug string) (*noteRef, *content.Teaser, error) {
	if !isSlug(slug) {
		return nil, nil, nil
	}
	t, err := p.Library.Note(ctx, slug)
	var moved *content.Moved
	if errors.As(err, &moved) || notThere(err) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	return &noteRef{t.Slug, t.Title}, t, nil
}

// planAlone shows one plan at its own address, which is how plans are sold that
// are not listed. An archived one says so.
func (p *Portal) planAlone(c *fiber.Ctx) error {
	plan, err := p.Billing.PlanBySlug(c.UserContext(), c.Params("slug"))
	if err != nil {
		return err
	}
	if plan.Archived {
		return p.notSold(c, plan)
	}
	v := plansView{Yearly: c.Query("interval") == string(billing.Yearly), Currency: c.Query("currency"), Alone: true}
	if v.Note, _, err = p.noteFrom(c.UserContext(), c.Query("note")); err != nil {
		return err
	}
	if err := p.fillPlans(c, &v, []*billing.Plan{plan}, nil); err != nil {
		return err
	}
	pg, err := p.page(c, "/plans/"+plan.Slug, plan.Name)
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.Description, pg.NoIndex = "plans", v, plan.Description, !plan.Visible
	return p.private(c, "plans", pg)
}

// currencies lists what some plan is sold in, the house's first one first, and
// settles on one.
func (v *plansView) currencies(plans []*billing.Plan) {
	for _, plan := range plans {
		for _, price := range plan.Prices {
			if !slices.Contains(v.Currencies, price.Currency) {
				v.Currencies = append(v.Currencies, price.Currency)
			}
		}
	}
	if len(v.Currencies) > 0 && !slices.Contains(v.Currencies, v.Currency) {
		v.Currency = v.Currencies[0]
	}
	if len(v.Currencies) < 2 {
		v.Currencies = nil
	}
}

// card puts together what a plan costs in a currency; nil when it is not sold
// in it.
func (v *plansView) card(l *phrase.Language, plan *billing.Plan) *planCard {
	card := planCard{in: l, Plan: plan, Month: plan.PriceIn(billing.Monthly, 0, v.Currency), Year: plan.PriceIn(billing.Yearly, 0, v.Currency)}
	for i := range plan.Prices {
		if x := &plan.Prices[i]; x.Interval == billing.PaidOnce && x.Currency == v.Currency {
			card.Once = append(card.Once, x)
		}
	}
	if card.Month == nil && card.Year == nil && len(card.Once) == 0 {
		return nil
	}
	card.Saving = saving(l, card.Month, card.Year)
	return &card
}

func (p *Portal) fillPlans(c *fiber.Ctx, v *plansView, plans []*billing.Plan, t *content.Teaser) error {
	v.currencies(plans)
	current, err := p.currentPlan(c)
	if err != nil {
		return err
	}
	v.Has = current != ""
	rules, err := p.Billing.SalesRules(c.UserContext())
	if err != nil {
		return err
	}
	v.Gifts, v.Quotes = rules.Gifts, rules.Quotes
	for _, plan := range plans {
		card := v.card(p.language(c.UserContext()), plan)
		if card == nil {
			continue
		}
		if card.Trial, err = p.Billing.TrialFor(c.UserContext(), reader(c).Member, plan); err != nil {
			return err
		}
		card.Current = plan.Slug == current
		card.Opens = t != nil && len(t.GatePlans) > 0 && slices.Contains(t.GatePlans, plan.Slug)
		v.Both = v.Both || card.Month != nil && card.Year != nil
		v.Plans = append(v.Plans, *card)
	}
	v.Saving = commonSaving(v.Plans)
	v.choose()
	return nil
}

// choose makes one card stand out: the one that opens the note, else the
// first, unless the reader has a plan already.
func (v *plansView) choose() {
	if v.Has || len(v.Plans) == 0 {
		return
	}
	best := max(slices.IndexFunc(v.Plans, func(c planCard) bool { return c.Opens }), 0)
	v.Plans[best].Pick = true
}

// currentPlan is the slug of the plan a member has, or "".
func (p *Portal) currentPlan(c *fiber.Ctx) (string, error) {
	member := reader(c).Member
	if !kit.VisitorOf(c).Signed() {
		return "", nil
	}
	holdings, err := p.Billing.Holdings(c.UserContext(), member)
	if err != nil {
		return "", err
	}
	for _, h := range holdings {
		if h.Status.Open() && h.Plan != nil {
			return h.Plan.Slug, nil
		}
	}
	return "", nil
}

// saving says what paying by the year saves.
func saving(l *phrase.Language, month, year *billing.Price) string {
	if month == nil || year == nil || month.Currency != year.Currency || month.Amount <= 0 || year.Amount <= 0 {
		return ""
	}
	less := 12*month.Amount - year.Amount
	if less <= 0 {
		return ""
	}
	if less%month.Amount == 0 {
		return savingMonths(l, int(less/month.Amount))
	}
	return l.Text("plans.saving_percent", "n", int(less*100/(12*month.Amount)))
}

// savingMonths says how many months of a year are free; few in words.
func savingMonths(l *phrase.Language, n int) string {
	return l.Or("plans.saving_months."+strconv.Itoa(n), l.Count("plans.saving_months", n))
}

// AccountWay leads to a free account, and back to the note the reader came from.
func (v plansView) AccountWay() string {
	if v.Note == nil {
		return "/sign-in"
	}
	return withQuery("/sign-in", "next", notePath(v.Note.Slug))
}

func commonSaving(cards []planCard) string {
	same := ""
	for i, c := range cards {
		if i > 0 && c.Saving != same {
			return ""
		}
		same = c.Saving
	}
	return same
}
