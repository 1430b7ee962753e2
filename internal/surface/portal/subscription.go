package portal

import (
	"errors"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
)

// holding is a subscription in a member's words.
type holding struct {
	billing.Holding
	now time.Time
	in  *phrase.Language
}

// PlanName is the plan's name.
func (h holding) PlanName() string {
	if h.Plan == nil {
		return inEnglish(h.in).Text("account.subscription")
	}
	return h.Plan.Name
}

// Price is what is paid: "$49 a month".
func (h holding) Price() string {
	l := inEnglish(h.in)
	amount := priceText(l, h.Amount*max(h.Quantity, 1), h.Currency)
	if h.IntervalCount > 1 {
		return l.Count("price.every_"+string(h.Interval), int(h.IntervalCount), "price", amount)
	}
	return periodic(l, amount, h.Interval)
}

// State is how it stands, in a word or two.
func (h holding) State() string {
	l := inEnglish(h.in)
	switch {
	case h.Status.Open() && h.Ending():
		return l.Text("holding.cancelled")
	case h.Status == billing.Active && h.PauseCollection != "":
		return l.Text("holding.on_hold")
	}
	return l.Or("holding."+string(h.Status), l.Text("term.ended"))
}

// Well tells whether there is nothing to see to.
func (h holding) Well() bool { return h.Status.Open() && h.Trouble == nil && !h.Ending() }

// Grace says what a failed payment does to the reading. The end of the grace
// may have passed without a word from Stripe.
func (h holding) Grace() string {
	l := inEnglish(h.in)
	switch until := h.Trouble.Until; {
	case until != nil && h.now.Before(*until):
		return l.Text("holding.grace_until", "date", *until)
	case until == nil && h.Status.Open():
		return l.Text("holding.grace")
	default:
		return l.Text("holding.no_grace")
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
	return strings.TrimSpace(inEnglish(h.in).Text("holding.card", "brand", brand, "last", h.CardLast4))
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
func reasons(l *phrase.Language, chosen string) (out []reason) {
	for _, r := range billing.Reasons() {
		out = append(out, reason{string(r), l.Text("reason." + string(r)), string(r) == chosen})
	}
	return out
}

// OfferText is what the offer gives, in a sentence.
func (v leaveView) OfferText() string {
	t, l := v.Offer.Terms, inEnglish(v.in)
	if t.Gift == billing.FreeTrial {
		return l.Count("stay.free_days", int(t.TrialDays))
	}
	switch t.Duration {
	case billing.Once:
		return l.Text("stay.next_bill", "less", less(l, t))
	case billing.Repeating:
		return l.Count("offer.months", int(t.Months), "less", less(l, t))
	default:
		return l.Text("offer.forever", "less", less(l, t))
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
	l := p.speaks(c)
	for _, h := range holdings {
		if own := (holding{h, p.Now(), l}); own.CanCancel() && (id == "" || id == h.ID.String()) {
			return p.drawCancel(c, leaveView{holding: own, Form: f, Reasons: reasons(l, f.Values["reason"])})
		}
	}
	return seeOther(c, "/account")
}

func (p *Portal) drawCancel(c *fiber.Ctx, v leaveView) error {
	var err error
	if v.Offer, err = p.Billing.RetentionOffer(c.UserContext(), reader(c).Member, v.ID); err != nil {
		return err
	}
	pg, err := p.page(c, "/account/cancel", p.says(c, "cancel.title"))
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
