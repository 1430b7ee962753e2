package portal

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// checkoutView asks once more before the payment page.
type checkoutView struct {
	Plan  *billing.Plan
	Price *billing.Price
	Note  *noteRef
	Form  form
}

// backCookie remembers where a buyer came from until they are back from the
// payment page, which may be another day with some ways to pay.
const (
	backCookie = "lt_back"
	backFor    = 3 * 24 * time.Hour
)

// wish is what somebody wants to buy, as a form or an address states it.
type wish struct{ plan, interval, note string }

func (w wish) path() string {
	return withQuery("/checkout", "plan", w.plan, "interval", w.interval, "note", w.note)
}

// checkoutForm is where signing in comes back to: the plan that was chosen,
// its price, and a button. Getting it buys nothing.
func (p *Portal) checkoutForm(c *fiber.Ctx) error {
	w := wish{c.Query("plan"), c.Query("interval"), c.Query("note")}
	if !kit.VisitorOf(c).Signed() {
		return seeOther(c, withQuery("/sign-in", "next", w.path()))
	}
	return p.showCheckout(c, w, form{})
}

func (p *Portal) showCheckout(c *fiber.Ctx, w wish, f form) error {
	v := checkoutView{Form: f}
	var err error
	if v.Plan, err = p.planFor(c, w.plan); err != nil {
		return err
	}
	if v.Price = v.Plan.Price(billing.Interval(w.interval)); v.Price == nil {
		if len(v.Plan.Prices) == 0 {
			return errNoPlan
		}
		v.Price = &v.Plan.Prices[0]
	}
	if v.Note, _, err = p.noteFrom(c.UserContext(), w.note); err != nil {
		return err
	}
	pg, err := p.page(c, w.path(), "Your order")
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "plans", v, true
	return p.private(c, "checkout", pg)
}

var errNoPlan = fault.New(fault.NotFound, "plan_not_found", "This plan is not sold here.")

func (p *Portal) planFor(c *fiber.Ctx, slug string) (*billing.Plan, error) {
	plan, err := p.Billing.PlanBySlug(c.UserContext(), slug)
	if err != nil {
		return nil, err
	}
	if plan.Archived {
		return nil, errNoPlan
	}
	return plan, nil
}

// checkout opens the payment page. People who are not signed in do that first
// and come back to the plan they chose; what is not sold by the interval they
// chose is shown with the price that it has.
func (p *Portal) checkout(c *fiber.Ctx) error {
	ctx, f := c.UserContext(), readForm(c, "plan", "interval", "note")
	w := wish{f.Values["plan"], f.Values["interval"], f.Values["note"]}
	plan, err := p.planFor(c, w.plan)
	if err != nil {
		return err
	}
	if !kit.VisitorOf(c).Signed() || plan.Price(billing.Interval(w.interval)) == nil {
		return seeOther(c, w.path())
	}
	back := "/plans"
	if note, _, err := p.noteFrom(ctx, w.note); err != nil {
		return err
	} else if note != nil {
		back = notePath(note.Slug)
	}
	address, err := p.Billing.StartCheckout(ctx, billing.CheckoutInput{
		Member: reader(c).Member, PlanSlug: w.plan, Interval: billing.Interval(w.interval), ReturnTo: back,
	})
	switch {
	case fault.HasCode(err, "already_subscribed"), fault.HasCode(err, "payment_processing"):
		return seeOther(c, withQuery("/account", "notice", fault.Of(err).Code))
	case f.fails(err):
		formStatus(c, err)
		return p.showCheckout(c, w, f)
	case err != nil:
		return err
	}
	p.Jar.Set(c, backCookie, back, backFor)
	return seeOther(c, address)
}
