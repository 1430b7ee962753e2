package portal

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/surface/kit"
)

// orderView is the page of a quote, and of the order it becomes. Who holds its
// link is the buyer: nobody needs an account to order for their firm.
type orderView struct {
	*billing.Order // nil: the quote has expired
	Form           form
	Token          string
	now            time.Time
	in             *phrase.Language
}

// Standing is the state as of now.
func (v orderView) Standing() string {
	if v.Order == nil {
		return string(billing.OrderExpired)
	}
	return string(v.Order.Standing(v.now))
}

// What is what is sold.
func (v orderView) What() string {
	if v.Plan == nil {
		return inEnglish(v.in).Text("term.everything")
	}
	return v.Plan.Name
}

// Term says from when and for how long.
func (v orderView) Term() string {
	l := inEnglish(v.in)
	long := l.Count("months", v.Months)
	if v.Months%12 == 0 {
		long = l.Count("years", v.Months/12)
	}
	if v.StartsAt != nil {
		return l.Text("order.term_from", "long", long, "date", *v.StartsAt)
	}
	return l.Text("order.term", "long", long)
}

// Opens says when it can be read.
func (v orderView) Opens() string {
	l := inEnglish(v.in)
	switch {
	case !v.OpenUnpaid:
		return l.Text("order.opens_paid")
	case v.StartsAt != nil && v.StartsAt.After(v.now):
		return l.Text("order.opens_on", "date", *v.StartsAt)
	default:
		return l.Text("order.opens_at_once")
	}
}

// Opening says the same to who has ordered.
func (v orderView) Opening() string {
	l := inEnglish(v.in)
	switch {
	case !v.OpenUnpaid:
		return l.Text("order.opening_paid")
	case v.StartsAt != nil && v.StartsAt.After(v.now):
		return l.Text("order.opening_on", "date", *v.StartsAt)
	default:
		return l.Text("order.opening_now")
	}
}

// Closes is when what is open closes, unless the bill is paid; nil when nothing
// closes.
func (v orderView) Closes() *time.Time {
	if !v.OpenUnpaid || v.DueAt == nil {
		return nil
	}
	at := v.DueAt.AddDate(0, 0, v.OverdueDays)
	return &at
}

// Closed tells whether it has closed by now for want of payment.
func (v orderView) Closed() bool {
	at := v.Closes()
	return at == nil || !v.now.Before(*at)
}

// tokenGuarded keeps the address, which is the key, from leaking, and those who
// try addresses from costing anything.
func (p *Portal) tokenGuarded(c *fiber.Ctx) error {
	keepSecret(c)
	return p.patient(c, &p.guesses)
}

// keepSecret keeps the address out of indexes and of what browsers tell others.
func keepSecret(c *fiber.Ctx) {
	c.Set("X-Robots-Tag", "noindex, nofollow, noarchive")
	keepAddress(c)
}

// patient refuses whoever asked for too many addresses that do not exist.
func (p *Portal) patient(c *fiber.Ctx, wrong *guesses) error {
	if wait := wrong.wait(kit.ClientAddress(c), p.Now()); wait > 0 {
		f := fault.New(fault.TooMany, "too_many_guesses", "Too many addresses that do not exist.")
		f.RetryAfter = wait
		return f
	}
	return nil
}

// guessed counts an address that leads to no order.
func (p *Portal) guessed(c *fiber.Ctx, err error) error {
	if fault.HasCode(err, "order_not_found") {
		p.guesses.count(kit.ClientAddress(c), p.Now())
	}
	return err
}

// order shows a quote, or how the order stands.
func (p *Portal) order(c *fiber.Ctx) error {
	if err := p.tokenGuarded(c); err != nil {
		return err
	}
	x, err := p.Billing.LookAtOrder(c.UserContext(), c.Params("token"))
	if err != nil && !fault.HasCode(err, "quote_expired") {
		return p.guessed(c, err)
	}
	v := orderView{Order: x}
	if err != nil {
		c.Status(fiber.StatusGone)
		return p.showOrder(c, v)
	}
	v.Form.Values = map[string]string{"name": x.Name, "address": x.Address}
	return p.showOrder(c, v)
}

func (p *Portal) showOrder(c *fiber.Ctx, v orderView) error {
	v.Token, v.now, v.in = c.Params("token"), p.Now(), p.speaks(c)
	title := p.says(c, "order.title_quote")
	if v.Order != nil && v.State != billing.OrderQuoted {
		title = p.says(c, "checkout.heading")
	}
	pg, err := p.page(c, "/order", title)
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "plans", v, true
	return p.private(c, "order", pg)
}

// acceptOrder takes the quote. Doing so again shows the order as it is.
func (p *Portal) acceptOrder(c *fiber.Ctx) error {
	if err := p.tokenGuarded(c); err != nil {
		return err
	}
	f := readForm(c, "po_number", "name", "address", "tax_id", "consent")
	token := c.Params("token")
	_, err := p.Billing.AcceptOrder(c.UserContext(), token, billing.Acceptance{
		Name: f.Values["name"], PONumber: f.Values["po_number"], Address: f.Values["address"], TaxID: f.Values["tax_id"], Consent: f.Values["consent"] != "",
	})
	if err == nil || answered(err) {
		return seeOther(c, "/order/"+token)
	}
	if fault.Of(err).Kind != fault.Invalid {
		return p.guessed(c, err)
	}
	// What is wrong is told to who holds a link only.
	x, missing := p.Billing.OrderByToken(c.UserContext(), token)
	if answered(missing) {
		return seeOther(c, "/order/"+token)
	}
	if missing != nil {
		return p.guessed(c, missing)
	}
	f.fails(err)
	formStatus(c, err)
	return p.showOrder(c, orderView{Order: x, Form: f})
}

// answered tells whether there is nothing to accept or decline any more; the
// page says why.
func answered(err error) bool {
	return fault.HasCode(err, "order_closed") || fault.HasCode(err, "quote_expired") || fault.HasCode(err, "order_paid")
}

// declineOrder refuses the quote.
func (p *Portal) declineOrder(c *fiber.Ctx) error {
	if err := p.tokenGuarded(c); err != nil {
		return err
	}
	token := c.Params("token")
	if _, err := p.Billing.DeclineOrder(c.UserContext(), token); err != nil && !answered(err) {
		return p.guessed(c, err)
	}
	return seeOther(c, "/order/"+token)
}
