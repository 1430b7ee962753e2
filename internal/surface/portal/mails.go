package portal

import (
	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/phrase"
)

// mailChoice is a kind of mail that can be declined.
type mailChoice struct {
	Kind        identity.MailKind
	Label, Hint string
	Wanted      bool
}

// mailWords says what each kind is.
func mailWords(l *phrase.Language, k identity.MailKind) (label, hint string) {
	return l.Text("mail." + string(k)), l.Text("mail." + string(k) + "_hint")
}

func mailChoices(l *phrase.Language, m identity.Member) (out []mailChoice) {
	for _, k := range identity.MailKinds() {
		label, hint := mailWords(l, k)
		out = append(out, mailChoice{k, label, hint, m.Wants(k)})
	}
	return out
}

// chooseMails keeps the kinds whose boxes are ticked.
func (p *Portal) chooseMails(c *fiber.Ctx) error {
	var wanted []identity.MailKind
	for _, v := range c.Request().PostArgs().PeekMulti("mails") {
		wanted = append(wanted, identity.MailKind(cleaned(string(v))))
	}
	if err := p.Identity.ChooseMails(c.UserContext(), wanted); err != nil {
		return err
	}
	return seeOther(c, "/account?notice=mails#mails")
}

// stopForm is behind the link in a mail that can be declined. Getting it
// changes nothing: mail scanners open links, too.
func (p *Portal) stopForm(c *fiber.Ctx) error {
	token := c.Params("token")
	kind, err := p.Identity.LookStop(token)
	if err != nil {
		return p.overLink(c, "/mail/stop", err)
	}
	label, hint := mailWords(p.speaks(c), kind)
	return p.showConfirm(c, "/mail/stop", confirmView{
		Heading: p.says(c, "stop.heading"), Text: label + ": " + hint,
		Button: p.says(c, "stop.button"), Action: "/mail/stop/" + token, Small: p.says(c, "stop.small"),
	})
}

// stopMails declines the kind, whether a person pressed the button or their
// mail program did.
func (p *Portal) stopMails(c *fiber.Ctx) error {
	if err := p.Identity.StopMail(c.UserContext(), c.Params("token")); err != nil {
		return p.overLink(c, "/mail/stop", err)
	}
	return p.showConfirm(c, "/mail/stop", confirmView{
		Heading: p.says(c, "stop.done"), Text: p.says(c, "stop.done_text"),
	})
}
