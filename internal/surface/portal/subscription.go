package portal

import (
	"errors"
	"strconv"
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

// OnHold tells whether payments are paused.
func (h holding) OnHold() bool {
	return h.Status == billing.Active && h.PauseCollection != "" && !h.Ending()
}

// CanRestart tells whether what stopped at the end of its trial can begin.
func (h holding) CanRestart() bool { return h.Status == billing.Paused && h.CardLast4 != "" }

// CardOld tells whether the card is, or will be, no longer good at the next
// payment.
func (h holding) CardOld() bool {
	return h.CardExpires != nil && (!h.now.Before(*h.CardExpires) || h.Next != nil && !h.Next.At.Before(*h.CardExpires))
}

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

// leaveView asks once more, and why.
type leaveView struct {
	holding
	Form    form
	Reasons []reason
	Offer   *billing.Offer // what is offered to stay, or nil
}

// reason is one of the list.
type reason struct {
	Value, Text string
	Chosen      bool
}

// reasons are Billing's, in words.
func reasons(chosen string) (out []reason) {
	words := map[billing.Reason]string{
		billing.ReasonPrice: "It costs too much", billing.ReasonTime: "I do not find the time to read", billing.ReasonTopics: "My topics are missing",
		billing.ReasonQuality: "The notes are not good enough", billing.ReasonElse: "I read somewhere else now", billing.ReasonService: "I was not treated well",
		billing.ReasonOnce: "I needed it once only", billing.ReasonOther: "Something else",
	}
	for _, r := range billing.Reasons() {
		out = append(out, reason{string(r), words[r], string(r) == chosen})
	}
	return out
}

// OfferText is what the offer gives, in a sentence.
func (v leaveView) OfferText() string {
	t := v.Offer.Terms
	what := ""
	switch t.Gift {
	case billing.PercentOff:
		what = strconv.FormatInt(t.Percent, 10) + " % less"
	case billing.AmountOff:
		what = money(t.Amount, t.Currency) + " less"
	case billing.FreeTrial:
		return plural(int(t.TrialDays), "day", "days") + " free before your next payment"
	}
	switch t.Duration {
	case billing.Once:
		return what + " on your next bill"
	case billing.Repeating:
		return what + " for " + plural(int(t.Months), "month", "months")
	default:
		return what + " for as long as you stay"
	}
}

// cancelForm asks once more.
func (p *Portal) cancelForm(c *fiber.Ctx) error {
	return p.showCancel(c, c.Query("subscription"), form{Values: map[string]string{}})
}

func (p *Portal) showCancel(c *fiber.Ctx, id string, f form) error {
	holdings, err := p.Billing.Holdings(c.UserContext(), reader(c).Member)
	if err != nil {
		return err
	}
	for _, h := range holdings {
		if own := (holding{h, p.Now()}); own.CanCancel() && (id == "" || id == h.ID.String()) {
			return p.drawCancel(c, leaveView{holding: own, Form: f, Reasons: reasons(f.Values["reason"])})
		}
	}
	return seeOther(c, "/account")
}

func (p *Portal) drawCancel(c *fiber.Ctx, v leaveView) error {
	var err error
	if v.Offer, err = p.Billing.RetentionOffer(c.UserContext(), reader(c).Member, v.ID); err != nil {
		return err
	}
	pg, err := p.page(c, "/account/cancel", "Cancel your subscription")
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "account", v, true
	return p.private(c, "cancel", pg)
}

// cancel lets the subscription run out.
func (p *Portal) cancel(c *fiber.Ctx) error {
	f := readForm(c, "subscription", "reason", "comment")
	why := billing.Leaving{Reason: billing.Reason(f.Values["reason"]), Comment: f.Values["comment"]}
	if err := why.Validate(); f.fails(err) {
		formStatus(c, err)
		return p.showCancel(c, f.Values["subscription"], f)
	}
	return p.turn(c, f, "canceled", func(member, subscription uuid.UUID) error {
		_, err := p.Billing.Cancel(c.UserContext(), member, subscription, why)
		return err
	})
}

// stay takes up what is offered to who is about to leave.
func (p *Portal) stay(c *fiber.Ctx) error {
	f := readForm(c, "subscription", "offer")
	return p.turn(c, f, "stayed", func(member, subscription uuid.UUID) error {
		_, err := p.Billing.ApplyRetentionOffer(c.UserContext(), member, subscription, f.Values["offer"])
		if err != nil && strings.HasPrefix(fault.Of(err).Code, "offer_") {
			return detour{"/account?notice=offer_gone"}
		}
		return err
	})
}

// resume takes a cancellation back, or ends a pause.
func (p *Portal) resume(c *fiber.Ctx) error {
	return p.turn(c, readForm(c, "subscription"), "kept", func(member, subscription uuid.UUID) error {
		_, err := p.Billing.Resume(c.UserContext(), member, subscription)
		return err
	})
}

// detour is an error that leads to another page.
type detour struct{ path string }

func (e detour) Error() string { return "see " + e.path }

// turn makes one change to a subscription of the member. Somebody else's is
// not found.
func (p *Portal) turn(c *fiber.Ctx, f form, done string, do func(member, subscription uuid.UUID) error) error {
	id, err := uuid.Parse(f.Values["subscription"])
	if err != nil {
		return errNoSubscription
	}
	err = do(reader(c).Member, id)
	if other := (detour{}); errors.As(err, &other) {
		return seeOther(c, other.path)
	}
	if fault.HasCode(err, "subscription_ended") {
		return seeOther(c, "/account?notice=ended")
	}
	if fault.HasCode(err, "leaving") {
		return seeOther(c, "/account?notice=must_stay")
	}
	if err != nil {
		return orAway(c, err)
	}
	return seeOther(c, withQuery("/account", "notice", done))
}
