package portal

import (
	"context"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// buyView asks once more before a single note is paid for.
type buyView struct {
	Note    *noteRef
	Price   string
	Form    form
	Leaving bool // the account is to be deleted: nothing is sold
}

// saleReturnView is the page after something was paid for once.
type saleReturnView struct {
	billing.SaleReturn
	Note      *noteRef // that was bought; nil for a present
	Here      string
	Away      bool // Stripe could not be asked
	IsPresent bool
}

// forSale is what a note costs this reader on its own; "" when it is not sold
// so, or to them.
func (p *Portal) forSale(ctx context.Context, note uuid.UUID, d access.Decision) (string, error) {
	if !d.MayBuy() {
		return "", nil
	}
	price, err := p.Billing.NotePrice(ctx, note)
	if err != nil || price == nil {
		return "", err
	}
	return priceText(p.language(ctx), price.Amount, price.Currency), nil
}

func buyPath(slug string) string { return withQuery("/buy", "note", slug) }

// buyForm is where the button on the gate leads, and signing in comes back to.
// Getting it buys nothing.
func (p *Portal) buyForm(c *fiber.Ctx) error {
	slug := c.Query("note")
	if !kit.VisitorOf(c).Signed() {
		return seeOther(c, withQuery("/sign-in", "next", buyPath(slug)))
	}
	return p.showBuy(c, slug, form{})
}

func (p *Portal) showBuy(c *fiber.Ctx, slug string, f form) error {
	ref, t, err := p.noteFrom(c.UserContext(), slug)
	if err != nil {
		return err
	}
	if ref == nil {
		return errNoNote
	}
	d, err := p.Gate.Decide(c.UserContext(), t.Access(), reader(c))
	if err != nil {
		return err
	}
	if d.Full() { // there is nothing to buy
		return seeOther(c, notePath(ref.Slug))
	}
	v := buyView{Note: ref, Form: f}
	if v.Leaving, err = p.leaving(c, &v.Form); err != nil {
		return err
	}
	if v.Price, err = p.forSale(c.UserContext(), t.ID, d); err != nil {
		return err
	}
	if v.Price == "" {
		return errNoNote
	}
	pg, err := p.page(c, buyPath(slug), p.says(c, "buy.heading"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "plans", v, true
	return p.private(c, "buy", pg)
}

// buy opens the payment page.
func (p *Portal) buy(c *fiber.Ctx) error {
	f := readForm(c, "note")
	slug := f.Values["note"]
	if !kit.VisitorOf(c).Signed() {
		return seeOther(c, buyPath(slug))
	}
	ref, t, err := p.noteFrom(c.UserContext(), slug)
	if err != nil {
		return err
	}
	if ref == nil {
		return errNoNote
	}
	d, err := p.Gate.Decide(c.UserContext(), t.Access(), reader(c))
	switch {
	case err != nil:
		return err
	case d.Full(): // opened meanwhile, in another tab: it must not be paid for
		return seeOther(c, notePath(ref.Slug))
	case !d.MayBuy():
		return errNoNote
	}
	address, err := p.Billing.BuyNote(c.UserContext(), billing.BuyNoteInput{
		Member: reader(c).Member, Note: t.ID, Title: t.Title, ReturnTo: notePath(ref.Slug),
	})
	switch {
	case fault.HasCode(err, "already_bought"):
		return seeOther(c, notePath(ref.Slug))
	case f.fails(err):
		formStatus(c, err)
		return p.showBuy(c, slug, f)
	case err != nil:
		return err
	}
	return seeOther(c, address)
}

// buyReturn looks at once what became of a purchase; it grants nothing.
func (p *Portal) buyReturn(c *fiber.Ctx) error { return p.saleReturn(c, "/buy/return") }

func (p *Portal) saleReturn(c *fiber.Ctx, path string) error {
	ctx, session := c.UserContext(), c.Query("session_id")
	v := saleReturnView{Here: withQuery(path, "session_id", session), IsPresent: path == "/gift/return"}
	if !kit.VisitorOf(c).Signed() {
		return seeOther(c, withQuery("/sign-in", "next", v.Here))
	}
	var err error
	v.SaleReturn, err = p.Billing.FinishSale(ctx, session, billing.OfMember(reader(c).Member))
	switch {
	case fault.Of(err) != nil && fault.Of(err).Kind == fault.Unavailable:
		v.Away = true
	case err != nil:
		return err
	}
	if slug, ok := noteSlug(v.Back); ok {
		if v.Note, _, err = p.noteFrom(ctx, slug); err != nil {
			return err
		}
	}
	pg, err := p.page(c, v.Here, p.says(c, "checkout.heading"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "plans", v, true
	return p.private(c, "sale_return", pg)
}
