package portal_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/surface/kit"
)

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// browser keeps cookies, as one does.
type browser struct {
	*stage
	jar    map[string]string
	member uuid.UUID
}

func (s *stage) browser() *browser { return &browser{stage: s, jar: map[string]string{}} }

// page is an answer.
type page struct {
	t      testing.TB
	what   string
	status int
	header http.Header
	body   string
}

func (b *browser) do(method, path string, form url.Values, header ...string) *page {
	b.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequest(method, path, body)
	r.Host = "portal.test"
	r.Header.Set("Accept", "text/html,application/xhtml+xml")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", base)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	for name, value := range b.jar {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := b.server.App.Test(r, -1)
	if err != nil {
		b.Fatal(method, path, err)
	}
	defer func() { _ = res.Body.Close() }()
	for _, c := range res.Cookies() {
		if c.Value == "" || c.MaxAge < 0 || !c.Expires.IsZero() && c.Expires.Before(time.Now()) {
			delete(b.jar, c.Name)
		} else {
			b.jar[c.Name] = c.Value
		}
	}
	return &page{b.TB, method + " " + path, res.StatusCode, res.Header, read(b.TB, res)}
}

func read(t testing.TB, res *http.Response) string {
	t.Helper()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.Header.Get("Content-Encoding") != "gzip" || len(raw) == 0 {
		return string(raw)
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

func (b *browser) get(path string, header ...string) *page {
	b.Helper()
	return b.do(http.MethodGet, path, nil, header...)
}

// send posts a form: pairs of names and values.
func (b *browser) send(path string, pairs ...string) *page {
	b.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return b.do(http.MethodPost, path, form)
}

func (p *page) is(status int) *page {
	p.t.Helper()
	if p.status != status {
		p.t.Fatalf("%s: %d, want %d\n%s", p.what, p.status, status, clip(p.body))
	}
	return p
}

// goesTo checks a redirect.
func (p *page) goesTo(where string) *page {
	p.t.Helper()
	if p.status != http.StatusSeeOther || p.header.Get("Location") != where {
		p.t.Fatalf("%s: %d to %q, want 303 to %q\n%s", p.what, p.status, p.header.Get("Location"), where, clip(p.body))
	}
	return p
}

func (p *page) has(texts ...string) *page {
	p.t.Helper()
	for _, x := range texts {
		if !strings.Contains(p.body, x) {
			p.t.Errorf("%s: %q is missing in\n%s", p.what, x, clip(p.body))
		}
	}
	return p
}

func (p *page) lacks(texts ...string) *page {
	p.t.Helper()
	for _, x := range texts {
		if strings.Contains(p.body, x) {
			p.t.Errorf("%s: %q must not be there", p.what, x)
		}
	}
	return p
}

// private checks that no cache may keep the answer.
func (p *page) private() *page {
	p.t.Helper()
	if got := p.header.Get("Cache-Control"); got != "private, no-store" || p.header.Get("ETag") != "" {
		p.t.Errorf("%s: Cache-Control %q, ETag %q", p.what, got, p.header.Get("ETag"))
	}
	return p
}

func clip(s string) string {
	if at := strings.Index(s, "<main"); at > 0 {
		s = s[at:]
	}
	return s[:min(len(s), 3000)]
}

// asks posts the sign-in form and waits for the letter.
func (b *browser) asks(email, next string) (code, link string) {
	b.Helper()
	before := len(b.post.to(email))
	b.send("/sign-in", "email", email, "next", next).goesTo("/sign-in/code")
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		letters := b.post.to(email)
		if len(letters) == before {
			continue
		}
		var all strings.Builder
		for _, block := range letters[len(letters)-1].Blocks {
			all.WriteString(block.Text + " " + block.URL + "\n")
		}
		return codeInMail.FindString(all.String()), linkInMail.FindString(all.String())
	}
	b.Fatal("no letter came")
	return "", ""
}

// signedIn signs somebody in by the code.
func (s *stage) signedIn(email string) *browser {
	s.Helper()
	b := s.browser()
	code, _ := b.asks(email, "")
	b.send("/sign-in/code", "code", code).goesTo("/account")
	b.member = ok(s.ids.MemberByEmail(s.staff, email)).ID
	return b
}

// another opens a session of the same member in another browser.
func (b *browser) another() *browser {
	return b.signedIn(ok(b.ids.Member(b.staff, b.member)).EmailGiven)
}

func (b *browser) token() string { return b.jar[kit.MemberCookie] }

// packedSize is how many bytes a text takes on the wire.
func packedSize(s string) int {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return out.Len()
}
