package portal

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/surface/kit"
)

// checkoutView asks once more before the payment page.
type checkoutView struct {
	Plan     *billing.Plan
	Price    *billing.Price
	Quantity int64
	Offer    *billing.Offer // nil: none
	Trial    int64
	Note     *noteRef
	Form     form
	Stranger bool // may go on without an account
	Leaving  bool // the account is to be deleted: nothing is sold
	Here     string
	in       *phrase.Language
}

// Cost is what is due now, before taxes: nothing in a trial.
func (v checkoutView) Cost() int64 { return v.Price.Cost(v.Quantity) }

// Less is Cost with the offer taken off.
func (v checkoutView) Less() int64 {
	if v.Offer == nil {
		return v.Cost()
	}
	return v.Cost() - v.Offer.Off(v.Cost())
}

// Gives says what the offer does, in words.
func (v checkoutView) Gives() string { return gives(inEnglish(v.in), v.Offer) }

// Every is how often it is paid.
func (v checkoutView) Every() string { return every(inEnglish(v.in), v.Price) }

// every writes "a month", or "once, for 6 months".
func every(l *phrase.Language, p *billing.Price) string {
	if p.Interval == billing.PaidOnce {
		return l.Count("every.once", int(p.Months))
	}
	return l.Text("every." + string(p.Interval))
}

// Cookies of a visit to the payment page: where a buyer came from, until they
// are back, which may be another day with some ways to pay, and what shows that
// a visit without an account was this browser's.
const (
	backCookie  = "lt_back"
	visitCookie = "lt_visit"
	backFor     = 3 * 24 * time.Hour
)

// wish is what somebody wants to buy, as a form or an address states it.
type wish struct{ plan, interval, months, currency, quantity, offer, note string }

func wishFields() []string {
	return []string{"plan", "interval", "months", "currency", "quantity", "offer", "note"}
}

func wishFrom(value func(string) string) wish {
	return wish{value("plan"), value("interval"), value("months"), value("currency"), value("quantity"), value("offer"), value("note")}
}

func (w wish) path() string {
	return withQuery("/checkout", "plan", w.plan, "interval", w.interval, "months", w.months, "currency", w.currency, "quantity", w.quantity, "offer", w.offer, "note", w.note)
}

// number reads a number of an address; nonsense is none.
func number(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		return 0
	}
	return max(n, 0)
}

func (w wish) input(member uuid.UUID, back string) billing.CheckoutInput {
	return billing.CheckoutInput{
		Member: member, PlanSlug: w.plan, Interval: billing.Interval(w.interval), Months: number(w.months), Currency: w.currency,
		Quantity: number(w.quantity), Offer: w.offer, ReturnTo: back,
	}
}

// checkoutForm is the order before the payment page: the plan that was chosen,
// its price, and a button. Getting it buys nothing. Strangers may go straight
// to payment, unless the owner wants an account first, or there are free days,
// which are given to accounts.
func (p *Portal) checkoutForm(c *fiber.Ctx) error {
	w := wishFrom(func(name string) string { return c.Query(name) })
	plan, err := p.Billing.PlanBySlug(c.UserContext(), w.plan)
	if err != nil {
		return err
	}
	if plan.Archived {
		return p.notSold(c, plan)
	}
	current, err := p.currentPlan(c)
	if err != nil {
		return err
	}
	if current != "" {
		return p.hasAlready(c, current, plan)
	}
	return p.showCheckout(c, w, plan, form{})
}

func (p *Portal) showCheckout(c *fiber.Ctx, w wish, plan *billing.Plan, f form) error {
	v := checkoutView{Form: f, Plan: plan, Here: w.path(), in: p.speaks(c)}
	ctx := c.UserContext()
	if v.Price = plan.PriceIn(billing.Interval(w.interval), number(w.months), w.currency); v.Price == nil {
		if len(plan.Prices) == 0 {
			return errNoPlan
		}
		v.Price = &plan.Prices[0]
	}
	v.Quantity = from(plan)
	if n, fits := plan.Seats.Bought(number(w.quantity)); fits {
		v.Quantity = n
	}
	var err error
	if v.Leaving, err = p.leaving(c, &v.Form); err != nil {
		return err
	}
	if err := p.fillCheckout(c, &v, w); err != nil {
		return err
	}
	selling, err := p.Billing.Selling(ctx)
	if err != nil {
		return err
	}
	signed := kit.VisitorOf(c).Signed()
	if !signed && (selling.AccountFirst || v.Trial > 0) {
		return seeOther(c, withQuery("/sign-in", "next", v.Here))
	}
	v.Stranger = !signed
	pg, err := p.page(c, v.Here, p.says(c, "checkout.heading"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "plans", v, true
	return p.private(c, "checkout", pg)
}

// fillCheckout adds the note, the offer and the free days.
func (p *Portal) fillCheckout(c *fiber.Ctx, v *checkoutView, w wish) (err error) {
	ctx := c.UserContext()
	if v.Note, _, err = p.noteFrom(ctx, w.note); err != nil {
		return err
	}
	if v.Price.Interval != billing.PaidOnce {
		if v.Trial, err = p.Billing.TrialFor(ctx, reader(c).Member, v.Plan); err != nil {
			return err
		}
	}
	if w.offer == "" {
		return nil
	}
	offer, err := p.Billing.OfferByCode(ctx, w.offer)
	switch {
	case err != nil && fault.Of(err).Kind == fault.Internal:
		return err
	case err != nil:
		if v.Form.Message == "" {
			v.Form.Message = faultText(v.in, fault.Of(err)) + " " + v.in.Text("checkout.without")
		}
	case offer.ForPlan(v.Plan.ID) && offer.ForCurrency(v.Price.Currency):
		if v.Offer = offer; offer.Gift == billing.FreeTrial && v.Price.Interval != billing.PaidOnce {
			v.Trial = max(v.Trial, offer.TrialDays)
		}
	}
	return nil
}

var errNoPlan = fault.New(fault.NotFound, "plan_not_found", "This plan is not sold here.")

// notSoldView tells of a plan that is no longer sold.
type notSoldView struct {
	Plan *billing.Plan
	Mine bool
}

// notSold says that a plan is no longer sold, and what is.
func (p *Portal) notSold(c *fiber.Ctx, plan *billing.Plan) error {
	current, err := p.currentPlan(c)
	if err != nil {
		return err
	}
	pg, err := p.page(c, "/plans/"+plan.Slug, plan.Name)
	if err != nil {
		return err
	}
	pg.Section, pg.NoIndex, pg.Main = "plans", true, notSoldView{plan, current == plan.Slug}
	c.Status(fiber.StatusGone)
	return p.private(c, "plan_archived", pg)
}

// hasView tells a subscriber that there is nothing to buy.
type hasView struct {
	Has    string // name of the plan they have
	Same   bool   // it is the one they asked for
	Wanted *billing.Plan
}

// hasAlready says that nobody subscribes twice, and how to change the plan.
func (p *Portal) hasAlready(c *fiber.Ctx, current string, wanted *billing.Plan) error {
	v := hasView{Has: current, Same: current == wanted.Slug, Wanted: wanted}
	if plan, err := p.Billing.PlanBySlug(c.UserContext(), current); err == nil {
		v.Has = plan.Name
	}
	pg, err := p.page(c, "/checkout", p.says(c, "frame.subscription"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "plans", v, true
	return p.private(c, "checkout_has", pg)
}

// checkout opens the payment page. From the page of plans, strangers come to
// the order first; what is not sold by the interval they chose is shown with
// the price that it has, and seats are counted there.
func (p *Portal) checkout(c *fiber.Ctx) error {
	f := readForm(c, append(wishFields(), "order")...)
	w := wishFrom(func(name string) string { return f.Values[name] })
	plan, err := p.Billing.PlanBySlug(c.UserContext(), w.plan)
	if err != nil {
		return err
	}
	if plan.Archived {
		return p.notSold(c, plan)
	}
	signed, ordered := kit.VisitorOf(c).Signed(), f.Values["order"] != ""
	counts := plan.Seats.Kind == billing.SeatsByQuantity
	if !ordered && (!signed || counts) || plan.PriceIn(billing.Interval(w.interval), number(w.months), w.currency) == nil {
		return seeOther(c, w.path())
	}
	back, err := p.backFrom(c, w)
	if err != nil {
		return err
	}
	visit, err := p.Billing.Visit(c.UserContext(), w.input(reader(c).Member, back))
	switch {
	case fault.HasCode(err, "account_needed"):
		return seeOther(c, withQuery("/sign-in", "next", w.path()))
	case fault.HasCode(err, "already_subscribed"):
		return seeOther(c, w.path())
	case fault.HasCode(err, "payment_processing"):
		return seeOther(c, "/account?notice=payment_processing")
	case fault.HasCode(err, "offer_expired"), fault.HasCode(err, "offer_used_up"), fault.HasCode(err, "offer_not_found"):
		c.Status(fiber.StatusConflict)
		return p.showCheckout(c, w, plan, form{Message: faultText(p.speaks(c), fault.Of(err)) + " " + p.says(c, "checkout.without")})
	case f.fails(err):
		formStatus(c, err)
		return p.showCheckout(c, w, plan, f)
	case err != nil:
		return err
	}
	p.Jar.Set(c, backCookie, back, backFor)
	if visit.Secret != "" {
		p.Jar.Set(c, visitCookie, visit.Secret, backFor)
	}
	return seeOther(c, visit.URL)
}

// backFrom is where a buyer goes back to without buying.
func (p *Portal) backFrom(c *fiber.Ctx, w wish) (string, error) {
	note, _, err := p.noteFrom(c.UserContext(), w.note)
	switch {
	case err != nil:
		return "", err
	case note != nil:
		return notePath(note.Slug), nil
	case w.offer != "":
		return "/offer/" + billing.FoldCode(w.offer), nil
	}
	return "/plans", nil
}
