package portal

import (
	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/identity"
)

// mailChoice is a kind of mail that can be declined.
type mailChoice struct {
	Kind        identity.MailKind
	Label, Hint string
	Wanted      bool
}

// mailWords says what each kind is.
var mailWords = map[identity.MailKind][2]string{
	identity.MailReceipts:  {"Receipts", "That a bill was paid. Your bills are on this page in any case."},
	identity.MailReminders: {"Reminders", "That your card expires before the next payment, or that a term ends soon."},
}

func mailChoices(m identity.Member) (out []mailChoice) {
	for _, k := range identity.MailKinds() {
		out = append(out, mailChoice{k, mailWords[k][0], mailWords[k][1], m.Wants(k)})
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
	return p.showConfirm(c, "/mail/stop", confirmView{
		Heading: "No more of these mails?", Text: mailWords[kind][0] + ": " + mailWords[kind][1],
		Button: "Stop these mails", Action: "/mail/stop/" + token, Small: "You can ask for them again on your account page.",
	})
}

// stopMails declines the kind, whether a person pressed the button or their
// mail program did.
func (p *Portal) stopMails(c *fiber.Ctx) error {
	if err := p.Identity.StopMail(c.UserContext(), c.Params("token")); err != nil {
		return p.overLink(c, "/mail/stop", err)
	}
	return p.showConfirm(c, "/mail/stop", confirmView{
		Heading: "You get no more of these mails", Text: "Letters that an account cannot do without are sent as before. You can ask for these again on your account page.",
	})
}
