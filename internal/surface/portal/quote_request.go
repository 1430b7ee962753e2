package portal

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// quoteView is the form on which a firm asks for a quote, to pay by invoice.
type quoteView struct {
	Form  form
	Plans []*billing.Plan
}

var errNoQuotes = fault.New(fault.NotFound, "quotes_not_given", "Quotes are not given here.")

func (p *Portal) quoteForm(c *fiber.Ctx) error {
	company := ""
	if who := kit.VisitorOf(c); who.Signed() {
		m, err := p.Identity.Member(c.UserContext(), who.Member())
		if err != nil {
			return err
		}
		company = m.Organization
	}
	return p.showQuote(c, form{Values: map[string]string{"company": company, "email": kit.VisitorOf(c).Email, "plan": cleaned(c.Query("plan")), "seats": "1"}})
}

func (p *Portal) showQuote(c *fiber.Ctx, f form) error {
	rules, err := p.Billing.SalesRules(c.UserContext())
	if err != nil {
		return err
	}
	if !rules.Quotes {
		return errNoQuotes
	}
	v := quoteView{Form: f}
	if v.Plans, err = p.Billing.Plans(c.UserContext()); err != nil {
		return err
	}
	pg, err := p.page(c, "/quote", p.says(c, "quote.heading"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "plans", v, true
	return p.private(c, "quote", pg)
}

// askQuote takes the wish. It is a letter to the firm, which answers it with a
// quote.
func (p *Portal) askQuote(c *fiber.Ctx) error {
	f := readForm(c, "company", "name", "email", "plan", "seats", "message", "consent", trapField)
	rules, err := p.Billing.SalesRules(c.UserContext())
	if err != nil {
		return err
	}
	if !rules.Quotes {
		return errNoQuotes
	}
	l, err := p.wish(c, f)
	if err == nil {
		err = p.House.Receive(c.UserContext(), l)
	}
	if err == nil {
		return seeOther(c, "/contact/thanks?from=/plans")
	}
	if !f.fails(err) {
		return err
	}
	formStatus(c, err)
	return p.showQuote(c, f)
}

// wish puts what was typed into a letter.
func (p *Portal) wish(c *fiber.Ctx, f form) (l publication.Letter, err error) {
	said := p.speaks(c)
	what, page := said.Text("quote.else"), "/quote"
	if tag := kit.LanguageOf(c); tag != "" { // the answer speaks it
		page = "/" + tag + page
	}
	if slug := f.Values["plan"]; slug != "" {
		plan, err := p.Billing.PlanBySlug(c.UserContext(), slug)
		if err != nil && !notThere(err) {
			return l, err
		}
		if err == nil {
			what = plan.Name
		}
	}
	var bad fault.Fields
	bad.Required("company", strings.TrimSpace(f.Values["company"]))
	seats, err := strconv.Atoi(strings.TrimSpace(f.Values["seats"]))
	bad.Check(err == nil && seats >= 1 && seats <= 100_000, "seats", "out_of_range", "Please say for how many readers.")
	l = publication.Letter{
		Name: f.Values["name"], Email: f.Values["email"], Company: f.Values["company"], Message: first(f.Values["message"], said.Text("quote.please")),
		Subject: said.Count("quote.subject", seats, "what", what), Page: page,
		Consent: f.Values["consent"] != "", Trap: f.Values[trapField], ClientAddress: kit.ClientAddress(c),
	}
	if err := l.Validate(); err != nil {
		for _, x := range fault.Of(err).Fields {
			bad.Add(x.Path, x.Code, x.Message)
		}
	}
	return l, bad.Err()
}
