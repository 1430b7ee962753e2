package portal

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/fault"
)

// holding is a subscription in a member's words.
type holding struct {
	billing.Holding
	now time.Time
}

// PlanName is the plan's name.
func (h holding) PlanName() string {
	if h.Plan == nil {
		return "Subscription"
	}
	return h.Plan.Name
}

// Price is what is paid: "$49 a month".
func (h holding) Price() string {
	price := money(h.Amount*max(h.Quantity, 1), h.Currency)
	if h.IntervalCount > 1 {
		return price + " every " + plural(int(h.IntervalCount), string(h.Interval), string(h.Interval)+"s")
	}
	return price + " a " + string(h.Interval)
}

// State is how it stands, in a word or two.
func (h holding) State() string {
	switch {
	case h.Status.Open() && h.Ending():
		return "Cancelled"
	case h.Status == billing.Active && h.PauseCollection != "":
		return "Payments paused"
	}
	switch h.Status {
	case billing.Active:
		return "Active"
	case billing.Trialing:
		return "Trial"
	case billing.PastDue:
		return "Payment failed"
	case billing.Unpaid:
		return "Unpaid"
	case billing.Paused:
		return "Paused"
	case billing.Incomplete:
		return "Waiting for payment"
	default:
		return "Ended"
	}
}

// Well tells whether there is nothing to see to.
func (h holding) Well() bool { return h.Status.Open() && h.Trouble == nil && !h.Ending() }

// Grace says what a failed payment does to the reading. The end of the grace
// may have passed without a word from Stripe.
func (h holding) Grace() string {
	switch until := h.Trouble.Until; {
	case until != nil && h.now.Before(*until):
		return "You can read on until " + date(*until) + "."
	case until == nil && h.Status.Open():
		return "You can read on for now. Pay it, or change the card, and it stays so."
	default:
		return "Pay it, or change the card, and your access opens again."
	}
}

// Card names the way to pay, or "".
func (h holding) Card() string {
	if h.CardLast4 == "" {
		return ""
	}
	brand := h.CardBrand
	if brand != "" {
		brand = strings.ToUpper(brand[:1]) + brand[1:]
	}
	return strings.TrimSpace(brand + " ending in " + h.CardLast4)
}

// CanCancel tells whether there is something to cancel.
func (h holding) CanCancel() bool { return h.Status.Open() && !h.Ending() }

// CanKeep tells whether a cancellation can be taken back.
func (h holding) CanKeep() bool { return h.Status.Open() && h.Ending() }

// openBilling leads to Stripe's page for cards and bills. Its address signs in
// whoever has it, so it is made anew each time and stands in no page.
func (p *Portal) openBilling(c *fiber.Ctx) error {
	address, err := p.Billing.PortalURL(c.UserContext(), reader(c).Member, "/account")
	if err != nil {
		return orAway(c, err)
	}
	return seeOther(c, address)
}

// orAway goes back to the account with a kind word when Stripe is away.
func orAway(c *fiber.Ctx, err error) error {
	if fault.Of(err).Kind == fault.Unavailable {
		return seeOther(c, "/account?notice=billing_away")
	}
	return err
}

// cancelForm asks once more.
func (p *Portal) cancelForm(c *fiber.Ctx) error {
	holdings, err := p.Billing.Holdings(c.UserContext(), reader(c).Member)
	if err != nil {
		return err
	}
	for _, h := range holdings {
		if own := (holding{h, p.Now()}); own.CanCancel() && (c.Query("subscription") == "" || c.Query("subscription") == h.ID.String()) {
			return p.showCancel(c, own)
		}
	}
	return seeOther(c, "/account")
}

func (p *Portal) showCancel(c *fiber.Ctx, h holding) error {
	pg, err := p.page(c, "/account/cancel", "Cancel your subscription")
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "account", h, true
	return p.private(c, "cancel", pg)
}

// cancel lets the subscription run out.
func (p *Portal) cancel(c *fiber.Ctx) error {
	return p.turn(c, "canceled", func(member, subscription uuid.UUID) error {
		_, err := p.Billing.Cancel(c.UserContext(), member, subscription, billing.Leaving{})
		return err
	})
}

// keep takes a cancellation back.
func (p *Portal) keep(c *fiber.Ctx) error {
	return p.turn(c, "kept", func(member, subscription uuid.UUID) error {
		_, err := p.Billing.Keep(c.UserContext(), member, subscription)
		return err
	})
}

// turn makes one change to a subscription of the member. Somebody else's is
// not found.
func (p *Portal) turn(c *fiber.Ctx, done string, do func(member, subscription uuid.UUID) error) error {
	id, err := uuid.Parse(readForm(c, "subscription").Values["subscription"])
	if err != nil {
		return fault.New(fault.NotFound, "subscription_not_found", "There is no such subscription.")
	}
	if err := do(reader(c).Member, id); err != nil {
		return orAway(c, err)
	}
	return seeOther(c, withQuery("/account", "notice", done))
}
