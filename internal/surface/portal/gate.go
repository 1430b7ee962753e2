package portal

import (
	"context"
	"slices"
	"time"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/phrase"
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
	Ask     *askView // people of a firm may ask for access; nil where none can
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
	l := pg.Language
	g := card(l, d, t.Slug, pg.Signed, p.plansLine(ctx, d.Plans()))
	if g == nil {
		return nil, errNoNote
	}
	files, err := p.closedFiles(ctx, t)
	if err != nil {
		return nil, err
	}
	g.Behind, g.Publication, g.Benefits = behindView{t.Behind, files}, pg.Site.Name, pg.Site.Benefits
	meterGate(l, g, t.Slug, d)
	price, err := p.forSale(ctx, t.ID, d)
	if err != nil {
		return nil, err
	}
	if price != "" {
		g.Actions = slices.Insert(g.Actions, min(1, len(g.Actions)), action{l.Text("gate.buy", "price", price), buyPath(t.Slug)})
	}
	if g.Sells {
		g.From, err = p.lowestPrice(ctx, d.Plans())
	}
	if err != nil {
		return nil, err
	}
	return g, p.askable(ctx, g, t.Slug)
}

// card says in words why a note is closed, and what to do about it: one card for
// each reason that a preview can have. What is denied, as a note under embargo,
// does not exist for readers and has none.
func card(l *phrase.Language, d access.Decision, slug string, signed bool, plansLine string) *gateView {
	signIn := action{l.Text("frame.log_in"), withQuery("/sign-in", "next", notePath(slug))}
	plans := func(key string) action { return action{l.Text(key), withQuery("/plans", "note", slug)} }
	account := func(key string) action { return action{l.Text(key), "/account"} }
	does := func(key, text string, actions ...action) *gateView {
		return &gateView{Heading: l.Text("gate." + key), Text: first(text, l.Or("gate."+key+"_text", "", "date", d.Begins())), Actions: actions}
	}
	switch d.Reason() { //nolint:exhaustive // the others are denied: there is no page to put a card on
	case access.SignInRequired:
		return does("account", "", action{l.Text("gate.create"), signIn.Href}, signIn)
	case access.SubscriptionRequired:
		g := does("subscribe", plansLine, plans("plans.see_short"))
		if g.Sells, g.SignIn = true, !signed; g.SignIn {
			g.Actions = append(g.Actions, signIn)
		}
		return g
	case access.OtherPlanRequired:
		return does("other_plan", plansLine, plans("gate.compare"), account("common.your_account"))
	case access.SubscriptionEnded:
		g := does("ended", "", plans("gate.again"), account("common.your_account"))
		g.Sells = true
		return g
	case access.PaymentFailed:
		return does("failed", "", account("gate.mend"))
	case access.PaymentPending:
		return does("pending", "", account("return.stands"))
	case access.SubscriptionPaused:
		return does("paused", "", account("gate.go_on"))
	case access.GrantNotYetValid:
		return does("not_begun", "", account("common.your_account"))
	}
	return nil
}

// plansLine names the plans that would open a note; "" when any would.
func (p *Portal) plansLine(ctx context.Context, slugs []string) string {
	names := p.planNames(ctx, slugs)
	switch len(names) {
	case 0:
		return ""
	case 1:
		return p.language(ctx).Text("gate.with_plan", "plan", names[0])
	default:
		l := p.language(ctx)
		return l.Text("gate.with_plans", "plans", l.Either(names))
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
			l := p.language(ctx)
			return periodic(l, priceText(l, best.Cost(seats), best.Currency), every), nil
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
