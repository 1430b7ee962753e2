package portal

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
)

// offerView is an offer at its own address.
type offerView struct {
	Offer *billing.Offer // nil for a code that nobody knows
	Gives string
	Plans []offerPlan
	Code  string // of the fault that says why it gives nothing; "" is open
	Has   bool   // the member has a subscription already
}

// offerPlan is a plan with what the offer takes off.
type offerPlan struct {
	*billing.Plan
	Prices []offerPrice
}

// offerPrice is one way to pay, before and after.
type offerPrice struct {
	*billing.Price
	Seats       int64
	Before, Now int64
	Once        bool
	Every       string
}

// gives says what an offer does, for people.
func gives(l *phrase.Language, o *billing.Offer) string {
	if o == nil {
		return ""
	}
	if o.Gift == billing.FreeTrial {
		return l.Count("offer.free_days", int(o.TrialDays))
	}
	switch o.Duration {
	case billing.Repeating:
		return l.Count("offer.months", int(o.Months), "less", less(l, o.Terms))
	case billing.Forever:
		return l.Text("offer.forever", "less", less(l, o.Terms))
	default:
		return l.Text("offer.first", "less", less(l, o.Terms))
	}
}

// less is by how much an offer makes it cheaper.
func less(l *phrase.Language, t billing.Terms) string {
	if t.Gift == billing.AmountOff {
		return l.Text("offer.amount_less", "amount", price(l, t.Amount, t.Currency))
	}
	return l.Text("offer.percent_less", "n", t.Percent)
}

// offer shows an offer with the plans it is for. Nothing on the page needs a
// script. A code that is over, used up or unknown says so, and leads to the
// plans.
func (p *Portal) offer(c *fiber.Ctx) error {
	v := offerView{}
	var err error
	v.Offer, err = p.Billing.OfferByCode(c.UserContext(), c.Params("code"))
	if f := fault.Of(err); f != nil {
		if f.Kind == fault.Internal {
			return err
		}
		v.Code = f.Code
		c.Status(offerStatus(f))
	}
	if v.Gives = gives(p.speaks(c), v.Offer); v.Code == "" {
		if err := p.fillOffer(c, &v); err != nil {
			return err
		}
	}
	title := p.says(c, "offer.title")
	if v.Offer != nil {
		title = v.Offer.Name
	}
	pg, err := p.page(c, "/offer/"+billing.FoldCode(c.Params("code")), title)
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "plans", v, true
	return p.private(c, "offer", pg)
}

func offerStatus(f *fault.Error) int {
	switch f.Kind {
	case fault.NotFound:
		return fiber.StatusNotFound
	case fault.Gone:
		return fiber.StatusGone
	}
	return fiber.StatusOK // it has not begun: the address is right
}

func (p *Portal) fillOffer(c *fiber.Ctx, v *offerView) error {
	current, err := p.currentPlan(c)
	if err != nil {
		return err
	}
	v.Has = current != ""
	plans, err := p.Billing.Plans(c.UserContext())
	if err != nil {
		return err
	}
	if v.Offer.PlanID.Valid { // also one that is not listed
		if plans, err = p.planOfOffer(c, v.Offer); err != nil {
			return err
		}
	}
	for _, plan := range plans {
		if v.Offer.ForPlan(plan.ID) {
			if card := offered(p.speaks(c), plan, v.Offer); len(card.Prices) > 0 {
				v.Plans = append(v.Plans, card)
			}
		}
	}
	return nil
}

func (p *Portal) planOfOffer(c *fiber.Ctx, o *billing.Offer) ([]*billing.Plan, error) {
	plan, err := p.Billing.PlanByID(c.UserContext(), o.PlanID.UUID)
	if errors.Is(err, errNoPlan) || err == nil && plan.Archived {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return []*billing.Plan{plan}, nil
}

func offered(l *phrase.Language, plan *billing.Plan, o *billing.Offer) offerPlan {
	card := offerPlan{Plan: plan}
	for i := range plan.Prices {
		price := &plan.Prices[i]
		once := price.Interval == billing.PaidOnce
		if !o.ForCurrency(price.Currency) || once && o.Gift == billing.FreeTrial {
			continue
		}
		cost := price.Cost(from(plan))
		card.Prices = append(card.Prices, offerPrice{Price: price, Seats: from(plan), Before: cost, Now: cost - o.Off(cost), Once: once, Every: every(l, price)})
	}
	return card
}
