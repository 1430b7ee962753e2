package identity_test

import (
	"net/url"
	"strings"
	"testing"

	"lighttrends/internal/domain/identity"
)

func TestLocalPaths(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"/", "/notes/a-note", "/notes?topic=5g&page=2", "/a#b", "/a?to=https://other.example/", "/a%20b/c", "/search?q=a%2Fb", "/é", "/a//b", "/a;b=c", "/.well-known/x", "/..a",
	} {
		if got := identity.LocalPath(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
	for _, s := range []string{
		"", "notes", "https://evil.example/", "//evil.example", "///evil.example", `/\evil.example`, `\/evil.example`, "/\t/evil.example", "/\n/evil.example", "/\r\nSet-Cookie: a=b",
		"/a\x00", "\t//evil.example", " //evil.example", "javascript:alert(1)", "/..//evil.example", "/./evil", "/a/../b", "/%2e%2e/b", "/%2f/evil.example", "/%5cevil.example", "/%09/evil.example",
		"/a%zz", "/a%0d%0ab", "/\xff", "/\u2028", "http:/x", "?x", "#x", "/" + strings.Repeat("a", 1024),
	} {
		if got := identity.LocalPath(s); got != "" {
			t.Errorf("%.40q was taken", s)
		}
	}
}

// browser resolves an address the way the URL Standard has browsers do it:
// tabs and newlines vanish, a backslash is a slash.
func browser(base, s string) (host string, ok bool) {
	s = strings.NewReplacer("\t", "", "\n", "", "\r", "", `\`, "/").Replace(strings.Trim(s, "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f "))
	b, err := url.Parse(base)
	if err != nil {
		return "", false
	}
	u, err := b.Parse(s)
	if err != nil {
		return "", false
	}
	return u.Scheme + "://" + u.Host, true
}

func FuzzLocalPath(f *testing.F) {
	for _, s := range []string{"/notes", "//evil.example", `/\evil.example`, "/\t/evil.example", "/%2f%2fevil.example", "/a?b#c", "/..//x", "/:80", "/@evil.example", "/a:b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := identity.LocalPath(s)
		if got == "" {
			return
		}
		if got != s || identity.LocalPath(got) != got {
			t.Fatalf("%q became %q", s, got)
		}
		unescaped, err := url.PathUnescape(strings.SplitN(got, "?", 2)[0])
		if err != nil {
			unescaped = got // an escape in the fragment
		}
		for _, form := range []string{got, unescaped} {
			if host, ok := browser("https://portal.example/here", form); ok && host != "https://portal.example" {
				t.Fatalf("%q leads to %s", form, host)
			}
		}
		if strings.ContainsAny(got, "\r\n\x00\\") {
			t.Fatalf("%q could break a header", got)
		}
	})
}
