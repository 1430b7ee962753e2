package portal

import (
	"context"
	"errors"
	"slices"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
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
}

// noteRef is the note a reader came from and goes back to.
type noteRef struct{ Slug, Title string }

// planCard is one plan.
type planCard struct {
	*billing.Plan
	Month, Year *billing.Price
	Saving      string
	Current     bool // the member has it
	Opens       bool // it opens the note the reader came from, which not every plan does
	Pick        bool // stands out
}

// Two tells whether there is an interval to choose.
func (c planCard) Two() bool { return c.Month != nil && c.Year != nil }

// plans shows what is sold, with the plan a member has marked.
func (p *Portal) plans(c *fiber.Ctx) error {
	ctx := c.UserContext()
	pg, err := p.page(c, "/plans", "Plans")
	if err != nil {
		return err
	}
	v := plansView{Yearly: c.Query("interval") == string(billing.Yearly)}
	var teaser *content.Teaser
	if v.Note, teaser, err = p.noteFrom(ctx, c.Query("note")); err != nil {
		return err
	}
	if err := p.fillPlans(c, &v, teaser); err != nil {
		return err
	}
	pg.Section, pg.Main = "plans", v
	pg.Description = "What a subscription to " + pg.Site.Name + " costs, and what comes with it."
	return p.public(c, "plans", pg)
}

// noteFrom finds the note a reader came from; what is no note is nothing.
func (p *Portal) noteFrom(ctx context.Context, slug string) (*noteRef, *content.Teaser, error) {
	if slug == "" || len(slug) > 200 || !slugPattern.MatchString(slug) {
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

func (p *Portal) fillPlans(c *fiber.Ctx, v *plansView, t *content.Teaser) error {
	ctx := c.UserContext()
	plans, err := p.Billing.Plans(ctx)
	if err != nil {
		return err
	}
	current, err := p.currentPlan(c)
	if err != nil {
		return err
	}
	v.Has = current != ""
	rules, err := p.Billing.SalesRules(ctx)
	if err != nil {
		return err
	}
	v.Gifts = rules.Gifts
	for _, plan := range plans {
		card := planCard{Plan: plan, Month: plan.Price(billing.Monthly), Year: plan.Price(billing.Yearly)}
		if card.Month == nil && card.Year == nil {
			continue
		}
		card.Saving = saving(card.Month, card.Year)
		card.Current = plan.Slug == current
		card.Opens = t != nil && len(t.GatePlans) > 0 && slices.Contains(t.GatePlans, plan.Slug)
		v.Both = v.Both || card.Month != nil && card.Year != nil
		v.Plans = append(v.Plans, card)
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
func saving(month, year *billing.Price) string {
	if month == nil || year == nil || month.Currency != year.Currency || month.Amount <= 0 {
		return ""
	}
	less := 12*month.Amount - year.Amount
	if less <= 0 {
		return ""
	}
	if less%month.Amount == 0 {
		return numberWord(less/month.Amount) + " free"
	}
	return plural(int(less*100/(12*month.Amount)), "percent", "percent") + " less"
}

func numberWord(months int64) string {
	switch months {
	case 1:
		return "one month"
	case 2:
		return "two months"
	case 3:
		return "three months"
	}
	return count(int(months)) + " months"
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
