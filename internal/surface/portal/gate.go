package portal

import (
	"context"
	"slices"
	"time"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
)

// gateView is the card under a teaser: what is behind it, why it is closed and
// what opens it.
type gateView struct {
	Heading string
	Text    string
	Behind  behindView
	Actions []action // the first is the one to take
	From    string   // the lowest price; "" where none is asked for
	Sells   bool     // benefits belong on it
	SignIn  bool     // the line for subscribers who are not signed in

	Publication string
	Benefits    []string
}

// behindView counts what the paywall hides; the figures are round.
type behindView struct {
	content.Behind
	Files int
}

// action is a link that looks like a button.
type action struct{ Text, Href string }

// gate explains a decision that is not full.
func (p *Portal) gate(ctx context.Context, pg *page, t *content.Teaser, d access.Decision) (*gateView, error) {
	signIn := action{"Log in", withQuery("/sign-in", "next", notePath(t.Slug))}
	plans := action{"See plans", withQuery("/plans", "note", t.Slug)}
	account := func(text string) action { return action{text, "/account"} }
	files, err := p.closedFiles(ctx, t)
	if err != nil {
		return nil, err
	}
	g := &gateView{Behind: behindView{t.Behind, files}, Publication: pg.Site.Name, Benefits: pg.Site.Benefits}
	switch d.Reason() {
	case access.SignInRequired:
		g.Heading, g.Text = "Read on with a free account", "The rest of this note is for everybody with an account. It costs nothing and needs no password."
		g.Actions = []action{{"Create a free account", signIn.Href}, signIn}
	case access.SubscriptionRequired:
		g.Heading, g.Text, g.Sells = "The full text is for subscribers", p.plansLine(ctx, d.Plans()), true
		g.Actions = []action{plans}
		if g.SignIn = !pg.Signed; g.SignIn {
			g.Actions = []action{plans, signIn}
		}
	case access.OtherPlanRequired:
		g.Heading = "This note comes with another plan"
		g.Text = first(p.plansLine(ctx, d.Plans()), "Your subscription does not include it.")
		g.Actions = []action{{"Compare plans", plans.Href}, account("Your account")}
	case access.SubscriptionEnded:
		g.Heading, g.Text, g.Sells = "Your subscription has ended", "Subscribe again to read the full text. Your account and your name are still here.", true
		g.Actions = []action{{"Subscribe again", plans.Href}, account("Your account")}
	case access.PaymentFailed:
		g.Heading, g.Text = "Your last payment did not go through", "Pay the open bill or change the card, and the full text is yours again at once."
		g.Actions = []action{account("Mend the payment")}
	case access.PaymentPending:
		g.Heading, g.Text = "Your payment is on its way", "The full text opens as soon as it has arrived. Some ways to pay take a few days."
		g.Actions = []action{account("See how it stands")}
	case access.SubscriptionPaused:
		g.Heading, g.Text = "Your subscription is paused", "Add a way to pay, and it goes on."
		g.Actions = []action{account("Go on with it")}
	case access.GrantNotYetValid:
		g.Heading, g.Text = "Your access has not begun yet", "It begins on the date that was agreed."
		g.Actions = []action{account("Your account")}
	default:
		return nil, errNoNote
	}
	meterGate(g, t.Slug, d)
	price, err := p.forSale(ctx, t.ID, d)
	if err != nil {
		return nil, err
	}
	if price != "" {
		g.Actions = slices.Insert(g.Actions, min(1, len(g.Actions)), action{"Read this note for " + price, buyPath(t.Slug)})
	}
	if g.Sells {
		g.From, err = p.lowestPrice(ctx, d.Plans())
	}
	return g, err
}

// plansLine names the plans that would open a note; "" when any would.
func (p *Portal) plansLine(ctx context.Context, slugs []string) string {
	names := p.planNames(ctx, slugs)
	switch len(names) {
	case 0:
		return ""
	case 1:
		return "It comes with the plan " + names[0] + "."
	default:
		return "It comes with the plans " + either(names) + "."
	}
}

// lowestPrice is what the cheapest plan that opens the note costs a month, or
// a year where none is sold by the month.
func (p *Portal) lowestPrice(ctx context.Context, slugs []string) (string, error) {
	plans, err := p.Billing.Plans(ctx)
	if err != nil {
		return "", err
	}
	for _, every := range []billing.Interval{billing.Monthly, billing.Yearly} {
		var best *billing.Price
		seats := int64(1)
		for _, plan := range plans {
			price := plan.Price(every)
			if price == nil || len(slugs) > 0 && !slices.Contains(slugs, plan.Slug) {
				continue
			}
			if best == nil || price.Cost(from(plan)) < best.Cost(seats) {
				best, seats = price, from(plan)
			}
		}
		if best != nil {
			return money(best.Cost(seats), best.Currency) + " a " + string(every), nil
		}
	}
	return "", nil
}

// paymentNotice warns a subscriber who can still read.
type paymentNotice struct{ Until time.Time }

// pastDueNotice is for an open subscription whose renewal has failed.
func pastDueNotice(g access.Grant) *paymentNotice {
	if g.Standing != access.PastDue {
		return nil
	}
	return &paymentNotice{g.Grace}
}
