package mail

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	netmail "net/mail"
	"slices"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
)

// Composer makes messages of letters. It is safe for concurrent use.
type Composer struct {
	from   *netmail.Address
	domain string
	brand  func(context.Context) Brand
	clock  clock.Clock
	layout *template.Template
}

// NewComposer takes the sender's address (MAIL_FROM), the look of the
// publication at the time of each letter, and the clock for the Date header.
func NewComposer(from string, brand func(context.Context) Brand, c clock.Clock) (*Composer, error) {
	address, err := parseFrom(from)
	if err != nil {
		return nil, err
	}
	layout, err := parseLayout()
	if err != nil {
		return nil, err
	}
	at := strings.LastIndexByte(address.Address, '@')
	return &Composer{from: address, domain: address.Address[at+1:], brand: brand, clock: c, layout: layout}, nil
}

// Message is a letter laid out and addressed.
type Message struct {
	ID       string // the Message-ID without its angle brackets
	From, To string // bare addresses
	Subject  string
	At       time.Time
	HTML     string
	Text     string
	msg      *gomail.Msg
}

// Compose lays a letter out. Its faults are permanent.
func (c *Composer) Compose(ctx context.Context, l Letter) (Message, error) {
	if err := l.Validate(); err != nil {
		return Message{}, err
	}
	to, err := l.To.parse()
	if err != nil {
		return Message{}, err
	}
	brand := c.brand(ctx)
	brand.Language = phrase.In(l.Language)
	brand.Contact = slices.DeleteFunc(slices.Clone(brand.Contact), func(line string) bool {
		return oneLine(line) == oneLine(brand.Name) // it stands above them
	})
	html, err := c.html(l, brand)
	if err != nil {
		return Message{}, fault.Wrap(err, fault.Internal, codeInvalid, "The letter could not be laid out.")
	}
	m := Message{
		ID: l.MessageIDKey + "@" + c.domain, From: c.from.Address, To: to.Address,
		Subject: oneLine(l.Subject), At: c.clock.Now(), HTML: html, Text: text(l, brand),
	}
	m.msg = c.envelope(l, brand, to, m)
	return m, nil
}

// envelope writes the headers. Every value was checked or folded to one line,
// so none can begin another header.
func (c *Composer) envelope(l Letter, brand Brand, to *netmail.Address, m Message) *gomail.Msg {
	sum := sha256.Sum256([]byte(m.ID))
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithBoundary("lt"+hex.EncodeToString(sum[:15])))
	from := *c.from
	if from.Name == "" {
		from.Name = displayName(brand.Name)
	}
	msg.FromMailAddress(&from)
	msg.ToMailAddress(to)
	if reply, err := (Address{Email: brand.ReplyTo}).parse(); err == nil {
		msg.ReplyToMailAddress(reply)
	}
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(m.ID)
	msg.SetDateWithValue(m.At)
	// RFC 3834: nobody's holiday notice should answer.
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Category", l.Category)
	if l.Unsubscribe != "" {
		msg.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+l.Unsubscribe+">")
		msg.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	return msg
}

// Raw is the message as it goes over the wire (RFC 5322 and MIME).
func (m Message) Raw() ([]byte, error) {
	var b bytes.Buffer
	if _, err := m.msg.WriteTo(&b); err != nil {
		return nil, fault.Wrap(err, fault.Internal, codeInvalid, "The letter could not be written.")
	}
	return b.Bytes(), nil
}
