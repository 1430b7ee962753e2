package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"lighttrends/internal/platform/fault"
)

// Email is an e-mail address in two spellings.
type Email struct {
	Canonical string // folded, domain in ASCII; two spellings of one address are equal here
	Given     string // as the person wrote it, for sending
}

const (
	maxEmail = 254 // bytes; RFC 5321, 4.5.3.1.3, less the angle brackets
	maxLocal = 64  // RFC 5321, 4.5.3.1.1
)

// ParseEmail reads an address that a person typed. It takes what RFC 5322
// calls a dot-atom, with letters of any script (RFC 6531), at a domain name
// that could be public. It refuses quoted local parts, address literals and
// whatever else nobody types. The fault names the field "email".
func ParseEmail(s string) (Email, error) {
	e, ok := parseEmail(s)
	var f fault.Fields
	switch {
	case strings.TrimSpace(s) == "":
		f.Required("email", "")
	case !ok:
		f.Add("email", "bad_address", "This does not look like an e-mail address.")
	}
	return e, f.Err()
}

func parseEmail(s string) (Email, bool) {
	if len(s) > 2*maxEmail || !utf8.ValidString(s) {
		return Email{}, false
	}
	given := norm.NFC.String(strings.TrimSpace(s))
	at := strings.LastIndexByte(given, '@')
	if at < 0 || !validLocal(given[:at]) {
		return Email{}, false
	}
	domain, ok := asciiDomain(given[at+1:])
	local := fold(given[:at])
	if !ok || !validLocal(local) {
		return Email{}, false
	}
	e := Email{Canonical: local + "@" + domain, Given: given}
	return e, len(e.Canonical) <= maxEmail && len(e.Given) <= maxEmail
}

// validLocal holds for a dot-atom (RFC 5322, 3.2.3) in any script.
func validLocal(s string) bool {
	if s == "" || len(s) > maxLocal || s[0] == '.' || s[len(s)-1] == '.' || strings.Contains(s, "..") {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool { return !localRune(r) }) < 0
}

func localRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(".!#$%&'*+-/=?^_`{|}~", r)
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.N)
}

// asciiDomain writes a domain the way the domain name system does (UTS 46),
// so that "Bücher.example" and "xn--bcher-kva.example" are one.
func asciiDomain(s string) (string, bool) {
	names := idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(true), idna.VerifyDNSLength(true))
	ascii, err := names.ToASCII(s)
	if err != nil {
		return "", false
	}
	dot := strings.LastIndexByte(ascii, '.')
	if dot < 1 || dot == len(ascii)-1 {
		return "", false
	}
	// A last label of digits is an IP address, not a domain.
	return ascii, strings.Trim(ascii[dot+1:], "0123456789") != ""
}

// fold makes equal what differs only in case or in how accents are written.
// Folding can undo the normal form and the other way round, so both are done
// until nothing changes.
func fold(s string) string {
	for range 4 {
		next := norm.NFC.String(cases.Fold().String(s))
		if next == s {
			break
		}
		s = next
	}
	return s
}
