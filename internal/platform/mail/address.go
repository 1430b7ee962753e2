package mail

import (
	"errors"
	netmail "net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

const maxAddress = 254 // RFC 5321, 4.5.3.1.3, less the angle brackets

var errAddress = errors.New("not an address")

// parse checks the address and writes its domain in ASCII, which every mail
// server takes.
func (a Address) parse() (*netmail.Address, error) {
	if len(a.Email) > maxAddress || !utf8.ValidString(a.Email) || strings.IndexFunc(a.Email, unicode.IsControl) >= 0 {
		return nil, errAddress
	}
	bare, err := netmail.ParseAddress(a.Email)
	if err != nil || bare.Name != "" || bare.Address != a.Email {
		return nil, errAddress
	}
	at := strings.LastIndexByte(a.Email, '@')
	domain, err := idna.Lookup.ToASCII(a.Email[at+1:])
	if err != nil {
		return nil, errAddress
	}
	return &netmail.Address{Name: displayName(a.Name), Address: a.Email[:at+1] + domain}, nil
}

// parseFrom reads MAIL_FROM: "news@firm.example" or "The Firm <news@firm.example>".
func parseFrom(s string) (*netmail.Address, error) {
	from, err := netmail.ParseAddress(s)
	if err != nil {
		return nil, errors.New("MAIL_FROM is not an e-mail address")
	}
	return Address{Name: from.Name, Email: from.Address}.parse()
}

// displayName keeps a name from looking like an address or a quotation. The
// standard library writes a backslash that its own parser then refuses.
func displayName(s string) string {
	return oneLine(strings.NewReplacer(`\`, " ", `"`, " ", "<", " ", ">", " ").Replace(s))
}

// oneLine makes a header's value of a text: control characters and runs of
// white space become one space.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}
