package portal

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/surface/kit"
)

// giftView is the form on which a present is chosen.
type giftView struct {
	Form    form
	Choices []giftChoice
	First   string // the earliest day
	Last    string
}

// giftChoice is a plan for a term, with what it costs.
type giftChoice struct{ Value, Plan, Term, Price string }

var errNoGifts = fault.New(fault.NotFound, "gifts_not_sold", "Presents are not sold here.")

// giftChoices lists what can be given.
func (p *Portal) giftChoices(c *fiber.Ctx) (out []giftChoice, err error) {
	rules, err := p.Billing.SalesRules(c.UserContext())
	if err != nil {
		return nil, err
	}
	plans, err := p.Billing.Plans(c.UserContext())
	if err != nil || !rules.Gifts {
		return nil, err
	}
	l := p.speaks(c)
	for _, plan := range plans {
		for _, n := range rules.GiftMonths {
			if amount, currency, ok := billing.GiftPrice(plan, n); ok {
				out = append(out, giftChoice{plan.Slug + "." + strconv.Itoa(n), plan.Name, l.Count("months", n), price(l, amount, currency)})
			}
		}
	}
	return out, nil
}

func (p *Portal) giftForm(c *fiber.Ctx) error {
	if !kit.VisitorOf(c).Signed() {
		// Nobody logs in to read that there are no presents.
		list, err := p.giftChoices(c)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return errNoGifts
		}
		return seeOther(c, "/sign-in?next=%2Fgift")
	}
	return p.showGift(c, form{Values: map[string]string{"giver_name": kit.VisitorOf(c).Name}})
}

func (p *Portal) showGift(c *fiber.Ctx, f form) error {
	v := giftView{Form: f, First: p.Now().UTC().Format(time.DateOnly), Last: p.Now().UTC().AddDate(1, 0, -1).Format(time.DateOnly)}
	var err error
	if v.Choices, err = p.giftChoices(c); err != nil {
		return err
	}
	if len(v.Choices) == 0 {
		return errNoGifts
	}
	if f.Values["choice"] == "" {
		v.Form.Values["choice"] = v.Choices[0].Value
	}
	pg, err := p.page(c, "/gift", p.says(c, "gift.heading"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "plans", v, true
	return p.private(c, "gift", pg)
}

// gift opens the payment page for a present.
func (p *Portal) gift(c *fiber.Ctx) error {
	f := readForm(c, "choice", "recipient", "recipient_name", "giver_name", "words", "deliver_at")
	if !kit.VisitorOf(c).Signed() {
		return seeOther(c, "/sign-in?next=%2Fgift")
	}
	in := billing.GiftInput{
		Giver: reader(c).Member, GiverName: f.Values["giver_name"], Recipient: f.Values["recipient"], RecipientName: f.Values["recipient_name"], Words: f.Values["words"],
	}
	in.PlanSlug, in.Months = splitChoice(f.Values["choice"])
	var err error
	if day := f.Values["deliver_at"]; day != "" {
		if in.DeliverAt, err = time.Parse(time.DateOnly, day); err != nil {
			var bad fault.Fields
			bad.Add("deliver_at", "bad_date", "Please choose a day.")
			err = bad.Err()
		}
	}
	address := ""
	if err == nil {
		address, err = p.Billing.BuyGift(c.UserContext(), in)
	}
	if f.fails(err) {
		formStatus(c, err)
		return p.showGift(c, f)
	}
	if err != nil {
		return err
	}
	return seeOther(c, address)
}

func splitChoice(s string) (plan string, months int) {
	for i := range s {
		if s[i] == '.' {
			months, _ = strconv.Atoi(s[i+1:])
			return s[:i], months
		}
	}
	return s, 0
}

func (p *Portal) giftReturn(c *fiber.Ctx) error { return p.saleReturn(c, "/gift/return") }

// redeemView is the page on which a present is opened.
type redeemView struct {
	Form form
	Code string
	Gift *billing.Present // nil: no code was given yet
	Next string           // for who has to sign in first
	Done *term            // it was redeemed
}

// redeemForm shows what a code is for. The link in the letter leads here;
// getting it redeems nothing.
func (p *Portal) redeemForm(c *fiber.Ctx) error {
	v := redeemView{Code: cleaned(c.Query("code"))}
	if v.Code == "" {
		return p.showRedeem(c, v)
	}
	return p.lookAtGift(c, v)
}

func (p *Portal) lookAtGift(c *fiber.Ctx, v redeemView) error {
	v.Form.Values, v.Form.in = map[string]string{"code": v.Code}, p.speaks(c)
	g, err := p.Billing.GiftByCode(c.UserContext(), v.Code)
	if err != nil {
		if !v.Form.refuses(p.speaks(c), err) {
			return err
		}
		c.Status(fiber.StatusUnprocessableEntity)
	} else {
		v.Gift = g
	}
	return p.showRedeem(c, v)
}

// refuses puts a kind word about a code into the form.
func (f *form) refuses(l *phrase.Language, err error) bool {
	if e := fault.Of(err); e.Kind == fault.NotFound || e.Kind == fault.Gone || e.Kind == fault.Conflict {
		f.Message = faultText(l, e)
		return true
	}
	return f.fails(err)
}

func (p *Portal) showRedeem(c *fiber.Ctx, v redeemView) error {
	if v.Form.Values == nil {
		v.Form.Values = map[string]string{}
	}
	v.Next = withQuery("/redeem", "code", v.Code)
	pg, err := p.page(c, "/redeem", p.says(c, "redeem.heading"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "account", v, true
	return p.private(c, "redeem", pg)
}

// redeem takes a code. A stranger sees what it is for and signs in first.
func (p *Portal) redeem(c *fiber.Ctx) error {
	f := readForm(c, "code")
	v := redeemView{Code: f.Values["code"]}
	if !kit.VisitorOf(c).Signed() {
		return p.lookAtGift(c, v)
	}
	t, err := p.Billing.RedeemGift(c.UserContext(), v.Code, reader(c).Member)
	if err == nil {
		v.Done = &term{t, p.Now(), p.speaks(c)}
		return p.showRedeem(c, v)
	}
	if v.Form = f; !v.Form.refuses(p.speaks(c), err) {
		return err
	}
	c.Status(fiber.StatusUnprocessableEntity)
	return p.showRedeem(c, v)
}

// given is a present in its giver's words.
type given struct {
	*billing.Present
	now time.Time
	in  *phrase.Language
}

// PlanName is the plan's name.
func (g given) PlanName() string {
	if g.Plan == nil {
		return inEnglish(g.in).Text("redeem.a_subscription")
	}
	return g.Plan.Name
}

// Term is for how long.
func (g given) Term() string { return inEnglish(g.in).Count("months", g.Months) }

// Standing is how far it has come.
func (g given) Standing() string {
	l := inEnglish(g.in)
	switch {
	case g.Expired(g.now):
		return l.Text("gift.expired")
	case g.State == billing.GiftRedeemed:
		return l.Text("gift.redeemed", "date", *g.RedeemedAt)
	case g.State == billing.GiftDelivered:
		return l.Text("gift.delivered", "date", *g.DeliveredAt)
	case g.State == billing.GiftRevoked:
		return l.Text("bill.paid_back")
	default:
		return l.Text("gift.waits", "date", g.DeliverAt)
	}
}
