package portal

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// returnView is the page after the payment page.
type returnView struct {
	State   billing.ReturnState
	Plan    string // its name
	URL     string // of the payment page while it is open
	Back    string // where the buyer came from; "" when nowhere
	Note    *noteRef
	Away    bool // Stripe could not be asked
	Session string
	Until   *time.Time // of what was paid once
	Email   string     // of a stranger: where the link to log in went
	Doubled bool
	Card    *keyCard // offers a passkey to who has just bought
}

// checkoutReturn looks at once what became of a purchase. The page grants
// nothing: it tells what billing has found out, and the next page asks again.
func (p *Portal) checkoutReturn(c *fiber.Ctx) error {
	ctx, session := c.UserContext(), c.Query("session_id")
	here := withQuery("/checkout/return", "session_id", session)
	secret := p.Jar.Get(c, visitCookie)
	if !kit.VisitorOf(c).Signed() && secret == "" {
		return seeOther(c, withQuery("/sign-in", "next", here))
	}
	v := returnView{Session: session}
	r, err := p.Billing.FinishVisit(ctx, session, reader(c).Member, secret)
	switch {
	case fault.Of(err) != nil && fault.Of(err).Kind == fault.Unavailable:
		v.Away = true
	case err != nil:
		return err
	}
	v.State, v.URL, v.Until, v.Email, v.Doubled = r.State, r.URL, r.Until, r.Email, r.Doubled
	if v.State == billing.ReturnNotYours && !kit.VisitorOf(c).Signed() {
		return seeOther(c, withQuery("/sign-in", "next", here))
	}
	if plan, err := p.Billing.PlanBySlug(ctx, r.Plan); err == nil {
		v.Plan = plan.Name
	}
	v.Back = localPath(p.Jar.Get(c, backCookie))
	if slug, ok := noteSlug(v.Back); ok {
		if v.Note, _, err = p.noteFrom(ctx, slug); err != nil {
			return err
		}
	}
	if v.State == billing.ReturnActive {
		p.Jar.Clear(c, backCookie)
	}
	pg, err := p.page(c, here, p.says(c, "checkout.heading"))
	if err != nil {
		return err
	}
	if v.State == billing.ReturnActive {
		if v.Card, err = p.keyCard(c, here); err != nil {
			return err
		}
	}
	if v.Card != nil {
		pg.More = keysScript
	}
	pg.Section, pg.Main, pg.NoIndex = "plans", v, true
	return p.private(c, "checkout_return", pg)
}
