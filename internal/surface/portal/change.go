package portal

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
)

// changeView is the choice of another plan, period or number of seats.
type changeView struct {
	Holding holding
	Choices []choice
	Form    form
}

// choice is one of the list.
type choice struct {
	billing.Choice
	seats int64
	in    *phrase.Language
}

// Value names it in the form.
func (c choice) Value() string { return c.Plan.Slug + ":" + string(c.Price.Interval) }

// PriceText is what it costs in all: "$49 a month".
func (c choice) PriceText() string {
	return periodic(c.in, priceText(c.in, c.Price.Amount*max(c.seats, 1), c.Price.Currency), c.Price.Interval)
}

// changing finds the subscription that the address or the form names.
func (p *Portal) changing(c *fiber.Ctx, id string) (holding, error) {
	parsed, err := uuid.Parse(id)
	if err != nil {
		return holding{}, errNoSubscription
	}
	holdings, err := p.Billing.Holdings(c.UserContext(), reader(c).Member)
	if err != nil {
		return holding{}, err
	}
	for _, h := range holdings {
		if h.ID == parsed {
			return holding{h, p.Now(), p.speaks(c)}, nil
		}
	}
	return holding{}, errNoSubscription
}

var errNoSubscription = fault.New(fault.NotFound, "subscription_not_found", "There is no such subscription.")

// changeForm shows what the subscription could be changed to.
func (p *Portal) changeForm(c *fiber.Ctx) error {
	return p.showChange(c, c.Query("subscription"), form{Values: map[string]string{}})
}

func (p *Portal) showChange(c *fiber.Ctx, id string, f form) error {
	h, err := p.changing(c, id)
	if err != nil {
		return err
	}
	if !h.MayChange {
		return seeOther(c, "/account?notice=cannot_change")
	}
	all, err := p.Billing.Choices(c.UserContext(), reader(c).Member, h.ID)
	if err != nil {
		return err
	}
	v := changeView{Holding: h, Form: f}
	for _, x := range all {
		v.Choices = append(v.Choices, choice{x, h.Quantity, h.in})
	}
	pg, err := p.page(c, "/account/change", p.says(c, "change.heading"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "account", v, true
	return p.private(c, "change", pg)
}

// wanted reads the form of the choice.
func choiceOf(f form) (in billing.ChangeInput, err error) {
	if in.Subscription, err = uuid.Parse(f.Values["subscription"]); err != nil {
		return in, errNoSubscription
	}
	plan, every, _ := strings.Cut(f.Values["choice"], ":")
	in.Plan, in.Interval = plan, billing.Interval(every)
	if n := f.Values["quantity"]; n != "" {
		seats, err := strconv.ParseInt(strings.TrimSpace(n), 10, 64)
		if err != nil || seats < 1 {
			seats = -1 // the room says what is wrong with it
		}
		in.Quantity = seats
	}
	return in, nil
}

// amountView is the amount, before anything is changed.
type amountView struct {
	Holding holding
	Preview *billing.Preview
	Choice  string
	Problem string // why it is shown again
}

// Now is what the button charges.
func (v amountView) Now() string { return price(v.Holding.in, v.Preview.Due, v.Preview.Currency) }

// At and Due go back with the confirmation.
func (v amountView) At() int64  { return v.Preview.At.Unix() }
func (v amountView) Due() int64 { return v.Preview.Due }

// NewPrice is what is paid from now on, and how often.
func (v amountView) NewPrice() string {
	return periodic(v.Holding.in, price(v.Holding.in, v.Preview.NextAmount, v.Preview.Currency), v.Preview.Price.Interval)
}

// previewChange shows what the choice costs. It changes nothing, so it may be
// loaded again, and shared by nobody.
func (p *Portal) previewChange(c *fiber.Ctx) error {
	f := form{Values: map[string]string{}}
	for _, name := range []string{"subscription", "choice", "quantity"} {
		f.Values[name] = cleaned(c.Query(name))
	}
	return p.showAmount(c, f, "")
}

func (p *Portal) showAmount(c *fiber.Ctx, f form, problem string) error {
	in, err := choiceOf(f)
	if err != nil {
		return err
	}
	in.Member = reader(c).Member
	shown, err := p.Billing.PreviewChange(c.UserContext(), in)
	if err != nil {
		return p.notShown(c, f, err)
	}
	h, err := p.changing(c, f.Values["subscription"])
	if err != nil {
		return err
	}
	pg, err := p.page(c, "/account/change", p.says(c, "change.confirm"))
	if err != nil {
		return err
	}
	pg.Section, pg.NoIndex = "account", true
	pg.Main = amountView{Holding: h, Preview: shown, Choice: f.Values["choice"], Problem: problem}
	return p.private(c, "change_preview", pg)
}

// notShown says why there is no amount to show.
func (p *Portal) notShown(c *fiber.Ctx, f form, err error) error {
	switch {
	case fault.Of(err).Kind == fault.Unavailable:
		return orAway(c, err)
	case fault.HasCode(err, "cannot_change"), fault.HasCode(err, "subscription_ended"):
		return seeOther(c, "/account?notice=cannot_change")
	case f.fails(err):
		formStatus(c, err)
		return p.showChange(c, f.Values["subscription"], f)
	}
	return err
}

// change makes the change for the amount that was shown. When the amount has
// become another one, it is shown again.
func (p *Portal) change(c *fiber.Ctx) error {
	f := readForm(c, "subscription", "choice", "quantity", "at", "due")
	in, err := choiceOf(f)
	if err != nil {
		return err
	}
	in.Member = reader(c).Member
	at, _ := strconv.ParseInt(f.Values["at"], 10, 64) // nonsense is a preview that has expired
	in.At = time.Unix(at, 0)
	if in.Due, err = strconv.ParseInt(f.Values["due"], 10, 64); err != nil {
		in.Due = -1
	}
	_, err = p.Billing.Change(c.UserContext(), in)
	switch {
	case err == nil:
		return seeOther(c, "/account?notice=changed")
	case fault.HasCode(err, "preview_expired"), fault.HasCode(err, "amount_changed"), fault.HasCode(err, "card_declined"):
		formStatus(c, err)
		return p.showAmount(c, f, faultText(p.speaks(c), fault.Of(err)))
	}
	return p.notShown(c, f, err)
}
