package stripelocal_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// page is what a browser sees.
type page struct {
	t      testing.TB
	status int
	header http.Header
	html   string
}

// browse opens a page or sends a form; fields are name, value, name, value …
// It does not follow redirects.
func (b *bench) browse(method, path string, fields ...string) page {
	b.t.Helper()
	return b.browseWith(http.Header{}, method, path, fields...)
}

func (b *bench) browseWith(h http.Header, method, path string, fields ...string) page {
	b.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	r, err := http.NewRequest(method, b.url+strings.TrimPrefix(path, b.url), strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for k, v := range h {
		r.Header[k] = v
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	html, _ := io.ReadAll(res.Body)
	return page{b.t, res.StatusCode, res.Header, string(html)}
}

// shows wants a status and texts on the page.
func (p page) shows(status int, texts ...string) page {
	p.t.Helper()
	if p.status != status {
		p.t.Fatalf("status %d, want %d\n%s", p.status, status, p.html)
	}
	for _, text := range texts {
		if !strings.Contains(p.html, text) {
			p.t.Errorf("the page does not show %q\n%s", text, p.html)
		}
	}
	if status != http.StatusSeeOther && !strings.Contains(p.html, "No money moves.") {
		p.t.Error("the page does not say that no money moves")
	}
	return p
}

// hides wants texts not to be on the page.
func (p page) hides(texts ...string) page {
	p.t.Helper()
	for _, text := range texts {
		if strings.Contains(p.html, text) {
			p.t.Errorf("the page shows %q", text)
		}
	}
	return p
}

// leads wants a redirect and returns where to.
func (p page) leads(prefix string) string {
	p.t.Helper()
	to := p.header.Get("Location")
	if p.status != http.StatusSeeOther || !strings.HasPrefix(to, prefix) {
		p.t.Fatalf("status %d to %q, want a redirect to %s\n%s", p.status, to, prefix, p.html)
	}
	return to
}

const (
	successURL = "https://shop.example/ok?session={CHECKOUT_SESSION_ID}"
	cancelURL  = "https://shop.example/plans"
)

// visit opens a checkout session and returns it and its page's address.
func (b *bench) visit(price string, params ...string) (id, address string) {
	b.t.Helper()
	s := b.must("POST", "/v1/checkout/sessions", append([]string{
		"mode", "subscription", "success_url", successURL, "cancel_url", cancelURL, "line_items[0][price]", price, "line_items[0][quantity]", "1",
	}, params...)...)
	return s.str("id"), s.str("url")
}

// card fills in a card form.
func card(number string, more ...string) []string {
	return append([]string{"method", "card", "number", number, "expiry", "12 / 34", "cvc", "123", "email", "ann@example.com", "name", "Ann"}, more...)
}
