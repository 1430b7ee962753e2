package mail

import (
	"errors"
	"fmt"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"lighttrends/internal/platform/fault"
)

// The codes of this package's faults.
const (
	codeInvalid     = "mail_invalid"     // the letter itself is wrong
	codeRefused     = "mail_refused"     // the server said no for good
	codeUnavailable = "mail_unavailable" // not now
)

// Permanent tells whether sending the letter again cannot help: the letter is
// wrong, or the server refused it for good (RFC 5321, 4.2.1: a 5yz reply).
func Permanent(err error) bool {
	return fault.HasCode(err, codeInvalid) || fault.HasCode(err, codeRefused)
}

// refusal makes a fault of what go-mail says after the connection stood.
func (s *SMTP) refusal(err error, m Message) error {
	var e *gomail.SendError
	if !errors.As(err, &e) {
		return s.unavailable(err)
	}
	reason := fmt.Errorf("%s: code %d %s: %s", e.Reason, e.ErrorCode(), e.EnhancedStatusCode(), s.hide(e.Error(), m))
	if e.ErrorCode() >= 500 && !aboutUs(e.ErrorCode()) {
		return fault.Wrap(reason, fault.Conflict, codeRefused, "The mail server refused the letter.")
	}
	return fault.Wrap(reason, fault.Unavailable, codeUnavailable, "The mail server did not take the letter. It will be tried again.")
}

// aboutUs holds for refusals that an operator can end by correcting the
// configuration (RFC 4954, 6): the letter is not at fault and waits.
func aboutUs(code int) bool { return code == 530 || code == 534 || code == 535 || code == 538 }

// unavailable is a failure before any letter was offered: no connection, no
// TLS, wrong password. All of them may be over at the next try.
func (s *SMTP) unavailable(err error) error {
	return fault.Wrap(errors.New(s.hide(err.Error(), Message{})), fault.Unavailable, codeUnavailable, "The mail server cannot be reached. The letter will be tried again.")
}

// hide takes the password, in every form it travels in, and the recipient out
// of a text. Servers like to repeat what they were told.
func (s *SMTP) hide(text string, m Message) string {
	for _, secret := range s.secrets {
		text = strings.ReplaceAll(text, secret, "•••")
	}
	if m.To != "" {
		text = strings.ReplaceAll(text, m.To, "the recipient")
	}
	return text
}
