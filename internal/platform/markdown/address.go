package markdown

import (
	"net/url"
	"strings"

	"github.com/yuin/goldmark/util"
)

// address is where a link or an image points.
type address struct {
	url    string // percent-encoded, as it goes into the page
	scheme string // lower case; empty for relative addresses
	host   bool   // it names a host
}

// newAddress reads an address as browsers do: they skip tabs and line breaks
// within it and blanks around it.
func newAddress(dest string) address {
	s := strings.TrimSpace(strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(dest))
	a := address{scheme: schemeOf(s)}
	a.url = string(util.URLEscape([]byte(s), false))
	rest := s[min(len(s), len(a.scheme)):]
	a.host = strings.HasPrefix(strings.TrimPrefix(rest, ":"), "//")
	return a
}

// schemeOf reads the scheme of RFC 3986, section 3.1.
func schemeOf(s string) string {
	for i := range len(s) {
		c := s[i] | 0x20
		switch {
		case c >= 'a' && c <= 'z':
		case i > 0 && (s[i] >= '0' && s[i] <= '9' || s[i] == '+' || s[i] == '-' || s[i] == '.'):
		case i > 0 && s[i] == ':':
			return strings.ToLower(s[:i])
		default:
			return ""
		}
	}
	return ""
}

// linkable tells whether a link may lead there.
func (a address) linkable() bool {
	switch a.scheme {
	case "", "http", "https", "mailto":
		return a.url != ""
	}
	return false
}

// showable tells whether an image may come from there.
func (a address) showable() bool { return a.linkable() && a.scheme != "mailto" }

// resolved makes the address absolute when there is a base. Fragments stay:
// they point into the same text.
func (a address) resolved(base *url.URL) string {
	if base == nil || a.scheme != "" || strings.HasPrefix(a.url, "#") {
		return a.url
	}
	u, err := url.Parse(a.url)
	if err != nil {
		return a.url
	}
	return base.ResolveReference(u).String()
}

// external tells whether the address names a host other than the base's.
func (a address) external(base *url.URL) bool {
	if !a.host {
		return false
	}
	u, err := url.Parse(a.url)
	return base == nil || err != nil || !strings.EqualFold(u.Host, base.Host)
}
