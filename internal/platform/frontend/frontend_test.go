package frontend_test

import (
	"net/url"
	"strings"
	"testing"

	"lighttrends/internal/platform/frontend"
)

func TestOrigin(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"https://www.firm.example": true, "https://www.firm.example:8443": true, "https://xn--mnchen-3ya.example": true,
		"http://localhost:4321": true, "http://127.0.0.1:5173": true, "http://[::1]:3000": true, "http://app.localhost": true, "https://localhost": true,
		"": false, "*": false, "null": false, "www.firm.example": false, "https://": false, "https://www.firm.example/": false, "https://WWW.firm.example": false,
		"http://www.firm.example": false, "https://www.firm.example:443": false, "http://localhost:80": false, "https://firm.example:": false, "https://firm.example:0": false, "https://firm.example:x": false,
		"https://*.firm.example": false, "https://firm.example.": false, "https://a@firm.example": false, "ftp://firm.example": false, "HTTPS://firm.example": false,
		"http://localhost.evil.example": false, "http://127.0.0.1.evil.example": false, "http://0x7f.1": false, "http://[::ffff:127.0.0.1]": false, "http://::1": false, "http://[127.0.0.1]": false,
		"https://münchen.example": false, "https://firm.example\n": false, "https://-": false, "http://evillocalhost": false,
	} {
		if got := frontend.Origin(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

func TestAddress(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"https://www.firm.example/": true, "https://www.firm.example/signed-in": true, "https://www.firm.example/in?from=mail": true, "http://localhost:4321/callback": true,
		"https://www.firm.example": false, "/account": false, "//www.firm.example/": false, "https://www.firm.example/?a=b/": false, "https://www.firm.example/#in": false,
		"https://www.firm.example/in?code=mine": false, "https://www.firm.example/in?a=b&state=x": false, "https://www.firm.example/in?%63ode=x": false, "com.firm.app:/in": false, "javascript://firm.example/%0aalert(1)": false,
	} {
		if got := frontend.Address(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

// TestNothingForeignIsAllowed: what an address that is let through leads to is
// what the list names, however it is read.
func TestNothingForeignIsAllowed(t *testing.T) {
	t.Parallel()
	list := []string{"https://good.example/in", "https://good.example/app/", "http://localhost:4321/"}
	for _, s := range []string{"https://good.example/in", "https://good.example/app/", "https://good.example/app/notes/x?y=z%2F..", "http://localhost:4321/callback"} {
		if !frontend.Allowed(list, s) {
			t.Errorf("%q is refused", s)
		}
	}
	for _, s := range []string{
		"", "/", "/in", "//good.example/in", "https:/good.example/in", "https:good.example/in", "https://good.example", "https://good.example/", "https://good.example/in/", "https://good.example/in?x=y", "https://good.example/inn", "https://good.example/app",
		"https://good.example.evil/in", "https://good.example.evil/app/", "https://good.example@evil.example/app/", "https://evil.example/https://good.example/app/", "https://evil@good.example/app/", "https://good.example:443/app/", "https://good.example:8443/app/",
		"https://good.example\\.evil.example/app/", "https://evil.example\\@good.example/app/", "https://good.example/app/\\evil.example", "https:\\\\good.example/app/", "\thttps://good.example/app/", "https://good.example/app/\r\nSet-Cookie: a=b", "https://good.example/app/ x",
		"https://good.example/app/../../evil", "https://good.example/app/%2e%2e/evil", "https://good.example/app/.%2E/evil", "https://good.example/app/./x", "https://good.example/app/..%2fevil", "https://good.example/app/%5c..%5cevil", "https://good.example/app/%252e%252e/evil", "https://good.example/app/%00", "https://good.example/app/%zz",
		"https://good.example/app/#@evil.example", "https://good.example/app/?code=mine", "https://GOOD.example/app/", "HTTPS://good.example/app/", "http://good.example/app/", "https://good.example。evil.example/app/", "https://good.example%2eevil.example/app/", "https://good.example%00.evil.example/app/", "http://localhost:43210/", "http://localhost/", "http://127.0.0.1:4321/",
		"https://good.example/app/" + strings.Repeat("x", 1024),
	} {
		if frontend.Allowed(list, s) {
			t.Errorf("%q is allowed", s)
		}
	}
}

func FuzzAllowed(f *testing.F) {
	list := []string{"https://good.example/in", "https://good.example/app/"}
	for _, s := range []string{"https://good.example/app/x?y=z", "https://good.example/app/%2e%2e/", "https://good.example/in"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !frontend.Allowed(list, s) {
			return
		}
		u, err := url.Parse(frontend.With(s, "code", "a b&c", "state", ""))
		if err != nil || u.Scheme != "https" || u.Host != "good.example" || u.User != nil || u.Fragment != "" || u.Query().Get("code") != "a b&c" || u.Query().Has("state") {
			t.Fatalf("%q: %v %v", s, u, err)
		}
		if u.Path != "/in" && !strings.HasPrefix(u.JoinPath().Path, "/app/") {
			t.Fatalf("%q leads to %q", s, u.Path)
		}
		if frontend.OriginOf(s) != "https://good.example" {
			t.Fatalf("%q", s)
		}
	})
}
