package identity

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

const maxReturnTo = 1024 // bytes

// LocalPath returns an address within this site to go back to, or "" for
// anything that a browser or a proxy could take for another site: a scheme or
// host, "//", a backslash, which browsers read as a slash, a control
// character, which they drop, a dot segment, or one of these percent-encoded.
func LocalPath(s string) string {
	if len(s) > maxReturnTo || !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") || !utf8.ValidString(s) || strings.IndexFunc(s, unruly) >= 0 {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "" || u.Host != "" {
		return ""
	}
	for segment := range strings.SplitSeq(strings.TrimPrefix(u.EscapedPath(), "/"), "/") {
		plain, err := url.PathUnescape(segment)
		if err != nil || plain == "." || plain == ".." || strings.Contains(plain, "/") || strings.IndexFunc(plain, unruly) >= 0 {
			return ""
		}
	}
	return s
}

func unruly(r rune) bool { return r == '\\' || unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }
