package portal

import (
	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/surface/kit"
)

// contactView is the form for a letter to the firm.
type contactView struct {
	Form form
	From string // the page the letter is written from
}

// trapField is a field that no person sees; programs fill it in.
const trapField = "website"

func (p *Portal) contactForm(c *fiber.Ctx) error {
	v := contactView{From: localPath(cleaned(c.Query("from")))}
	v.Form.Values = map[string]string{"email": kit.VisitorOf(c).Email}
	return p.showContact(c, v)
}

func (p *Portal) showContact(c *fiber.Ctx, v contactView) error {
	pg, err := p.page(c, "/contact", p.language(c.UserContext()).Text("contact.title"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.More = "contact", v, onceScript
	pg.Description = first(pg.Site.Contact.Text, pg.Language.Text("contact.about", "name", pg.Site.Name))
	if v.Form.Failed() {
		return p.private(c, "contact", pg)
	}
	return p.public(c, "contact", pg)
}

// contact takes a letter. What was typed stays in the form while something is
// wrong with it.
func (p *Portal) contact(c *fiber.Ctx) error {
	f := readForm(c, "name", "email", "company", "subject", "message", "consent", "from", trapField)
	v := contactView{Form: f, From: localPath(f.Values["from"])}
	err := p.House.Receive(c.UserContext(), publication.Letter{
		Name: f.Values["name"], Email: f.Values["email"], Company: f.Values["company"], Subject: f.Values["subject"], Message: f.Values["message"],
		Page: v.From, Consent: f.Values["consent"] != "", Trap: f.Values[trapField], ClientAddress: kit.ClientAddress(c),
	})
	if err == nil {
		return seeOther(c, withQuery("/contact/thanks", "from", v.From))
	}
	if !v.Form.fails(err) {
		return err
	}
	formStatus(c, err)
	return p.showContact(c, v)
}

// contactThanks says that the letter has arrived.
func (p *Portal) contactThanks(c *fiber.Ctx) error {
	pg, err := p.page(c, "/contact/thanks", p.language(c.UserContext()).Text("contact.thanks"))
	if err != nil {
		return err
	}
	pg.NoIndex, pg.Main = true, contactView{From: localPath(cleaned(c.Query("from")))}
	return p.public(c, "contact_thanks", pg)
}
