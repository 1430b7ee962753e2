package mail_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/mail"
)

var brand = mail.Brand{
	Name: "LightTrends", URL: "https://lighttrends.example/", Accent: "#17508f",
	Contact: []string{"LightTrends Research", "1 Harbour Street, Northtown"}, ReplyTo: "desk@lighttrends.example",
}

func composer(t testing.TB, b mail.Brand) *mail.Composer {
	t.Helper()
	noon := clock.NewManual(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC))
	c, err := mail.NewComposer("LightTrends <news@lighttrends.example>", func(context.Context) mail.Brand { return b }, noon)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func sample() mail.Letter {
	return mail.Letter{
		To:        mail.Address{Name: "Ada Lovelace", Email: "Ada@reader.example"},
		Subject:   "March 2026: optics, quietly",
		Preheader: "Two notes & one correction.",
		Blocks: []mail.Block{
			mail.Heading("The March issue is here"),
			mail.Paragraph("Datacom demand carried the quarter again. We raise 2026 by eight percent; indium phosphide is the part to watch. <b>This is not bold.</b>"),
			mail.Code("042 917"),
			mail.Button("Read the issue", "https://lighttrends.example/issues/march-2026?from=mail&x=1"),
			mail.Heading("Also in it"),
			mail.List("400G DR4, two quarters sooner than we had it, with a table of what each of the large buyers said in public", "What Azure for Operators changes"),
			mail.Divider(),
			mail.Small("You get this letter because you subscribe to LightTrends."),
		},
		Category: "issue", MessageIDKey: "issue-2026-03.ada", Unsubscribe: "https://lighttrends.example/stop/abc",
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s differs; UPDATE_GOLDEN=1 writes it anew (-want +got):\n%s", name, d)
	}
}

func TestLetterLooksAsDrawn(t *testing.T) {
	t.Parallel()
	m, err := composer(t, brand).Compose(t.Context(), sample())
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "letter.html", m.HTML)
	golden(t, "letter.txt", m.Text)
}

// TestOnlyOurAddressesBecomeLinks: a member's name may hold somebody else's.
func TestOnlyOurAddressesBecomeLinks(t *testing.T) {
	t.Parallel()
	l := sample()
	l.Blocks = []mail.Block{mail.Paragraph("See https://lighttrends.example/account?a=1&b=2, or https://evil.example/x and https://lighttrends.example.evil.example/.")}
	m, err := composer(t, brand).Compose(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	if want := `<a href="https://lighttrends.example/account?a=1&amp;b=2" style="color:inherit">https://lighttrends.example/account?a=1&amp;b=2</a>, or`; !strings.Contains(m.HTML, want) {
		t.Errorf("no %s in\n%s", want, m.HTML)
	}
	if strings.Contains(m.HTML, `href="https://evil`) || strings.Contains(m.HTML, `href="https://lighttrends.example.evil`) {
		t.Error("a foreign address has become a link")
	}
}

// TestTheNameStandsOnceAtTheFoot, also when it begins the address.
func TestTheNameStandsOnceAtTheFoot(t *testing.T) {
	t.Parallel()
	b := brand
	b.Contact = []string{"LightTrends", "1 Harbour Street"}
	m, err := composer(t, b).Compose(t.Context(), sample())
	if err != nil {
		t.Fatal(err)
	}
	if _, foot, _ := strings.Cut(m.Text, "-- \n"); strings.Count(foot, "LightTrends") != 1 || !strings.Contains(foot, "1 Harbour Street") {
		t.Errorf("%q", foot)
	}
}

// read takes a raw message apart the way a mail program does.
func read(t testing.TB, raw []byte) (h netmail.Header, text, html string) {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("%v in\n%s", err, raw)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("content type %q, %v", kind, err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return m.Header, text, html
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		body := strings.ReplaceAll(string(b), "\r\n", "\n")
		if strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
			html = body
		} else {
			text = body
		}
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	m, err := composer(t, brand).Compose(t.Context(), sample())
	if err != nil {
		t.Fatal(err)
	}
	raw, err := m.Raw()
	if err != nil {
		t.Fatal(err)
	}
	h, text, html := read(t, raw)
	if text != m.Text || html != m.HTML {
		t.Error("the parts did not survive the encoding")
	}
	got := map[string]string{}
	for name := range h {
		if name != "Content-Type" {
			got[name] = h.Get(name)
		}
	}
	want := map[string]string{
		"Auto-Submitted": "auto-generated", "Date": "Mon, 02 Mar 2026 12:00:00 +0000",
		"From": `"LightTrends" <news@lighttrends.example>`, "To": `"Ada Lovelace" <Ada@reader.example>`,
		"Reply-To": "<desk@lighttrends.example>", "Subject": "March 2026: optics, quietly",
		"Message-Id": "<issue-2026-03.ada@lighttrends.example>", "Mime-Version": "1.0", "X-Category": "issue",
		"List-Unsubscribe": "<https://lighttrends.example/stop/abc>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestTheSameLetterIsTheSameMessage(t *testing.T) {
	t.Parallel()
	c := composer(t, brand)
	var first []byte
	for range 2 {
		m, err := c.Compose(t.Context(), sample())
		if err != nil {
			t.Fatal(err)
		}
		raw, err := m.Raw()
		if err != nil {
			t.Fatal(err)
		}
		h, _, _ := read(t, raw)
		if first == nil {
			first = []byte(h.Get("Message-Id") + h.Get("Content-Type"))
		} else if string(first) != h.Get("Message-Id")+h.Get("Content-Type") {
			t.Error("the second message differs")
		}
	}
}

func TestNoTextCanAddAHeader(t *testing.T) {
	t.Parallel()
	c := composer(t, brand)
	rapid.Check(t, func(r *rapid.T) {
		nasty := rapid.SampledFrom([]string{"\r\nBcc: x@evil.example", "\nX-Evil: 1", "\r\n\r\nbody", "\x00", "\u2028", "=?utf-8?q?=0D=0ABcc:_x?=", "\"", "<", ">", ",", "é", strings.Repeat("long ", 300)})
		l := sample()
		l.Subject = "s" + rapid.String().Draw(r, "subject") + nasty.Draw(r, "nasty subject")
		l.To.Name = rapid.String().Draw(r, "name") + nasty.Draw(r, "nasty name")
		l.Preheader = nasty.Draw(r, "preheader")
		l.Blocks = append(l.Blocks, mail.Paragraph(nasty.Draw(r, "paragraph")))
		m, err := c.Compose(t.Context(), l)
		if err != nil {
			r.Fatal(err)
		}
		raw, err := m.Raw()
		if err != nil {
			r.Fatal(err)
		}
		h, _, _ := read(t, raw)
		if len(h) != 12 {
			r.Fatalf("%d headers: %v", len(h), h)
		}
		to, err := h.AddressList("To")
		if err != nil || len(to) != 1 || to[0].Address != "Ada@reader.example" {
			r.Fatalf("to %v, %v", to, err)
		}
	})
}

func TestWrongLettersAreRefusedForGood(t *testing.T) {
	t.Parallel()
	c := composer(t, brand)
	cases := map[string]func(*mail.Letter){
		"no recipient":             func(l *mail.Letter) { l.To.Email = "" },
		"header in the recipient":  func(l *mail.Letter) { l.To.Email = "a@b.example\r\nBcc: c@d.example" },
		"two recipients":           func(l *mail.Letter) { l.To.Email = "a@b.example, c@d.example" },
		"name in the address":      func(l *mail.Letter) { l.To.Email = "A <a@b.example>" },
		"brackets in the address":  func(l *mail.Letter) { l.To.Email = "<a@b.example>" },
		"quoted address":           func(l *mail.Letter) { l.To.Email = `"a b"@b.example` },
		"space in the address":     func(l *mail.Letter) { l.To.Email = "a b@b.example" },
		"very long address":        func(l *mail.Letter) { l.To.Email = strings.Repeat("a", 250) + "@b.example" },
		"no subject":               func(l *mail.Letter) { l.Subject = "\r\n " },
		"no key":                   func(l *mail.Letter) { l.MessageIDKey = "" },
		"key with an angle":        func(l *mail.Letter) { l.MessageIDKey = "a>b" },
		"key too long":             func(l *mail.Letter) { l.MessageIDKey = strings.Repeat("a", 121) },
		"category with a newline":  func(l *mail.Letter) { l.Category = "a\nb" },
		"no blocks":                func(l *mail.Letter) { l.Blocks = nil },
		"button to a script":       func(l *mail.Letter) { l.Blocks = []mail.Block{mail.Button("x", "javascript:alert(1)")} },
		"button without a label":   func(l *mail.Letter) { l.Blocks = []mail.Block{mail.Button("", "https://a.example")} },
		"unknown kind":             func(l *mail.Letter) { l.Blocks = []mail.Block{{Kind: "image"}} },
		"header in unsubscribe":    func(l *mail.Letter) { l.Unsubscribe = "https://a.example/>\r\nBcc: x" },
		"unsubscribe by mail link": func(l *mail.Letter) { l.Unsubscribe = "mailto:x@y.example" },
	}
	for name, spoil := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := sample()
			spoil(&l)
			_, err := c.Compose(t.Context(), l)
			if !fault.HasCode(err, "mail_invalid") || !mail.Permanent(err) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAddressesTravelInASCIIDomains(t *testing.T) {
	t.Parallel()
	l := sample()
	l.To = mail.Address{Email: "ada@bücher.example"}
	m, err := composer(t, brand).Compose(t.Context(), l)
	if err != nil || m.To != "ada@xn--bcher-kva.example" {
		t.Errorf("%q, %v", m.To, err)
	}
}

func TestTheButtonCanBeRead(t *testing.T) {
	t.Parallel()
	for accent, want := range map[string]string{
		"#17508f": "color:#ffffff", "#ffd84d": "color:#0e1014", "#fff": "background:#17508f", "red;}": "background:#17508f", "": "background:#17508f",
	} {
		b := brand
		b.Accent = accent
		m, err := composer(t, b).Compose(t.Context(), sample())
		if err != nil || !strings.Contains(m.HTML, want) {
			t.Errorf("accent %q: no %q (%v)", accent, want, err)
		}
	}
}

func TestTextPartKeepsItsMeasure(t *testing.T) {
	t.Parallel()
	c := composer(t, brand)
	rapid.Check(t, func(r *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zé]{1,20}`), 1, 60).Draw(r, "words")
		l := sample()
		l.Blocks = []mail.Block{mail.Paragraph(strings.Join(words, " ")), mail.List(strings.Join(words, " "))}
		m, err := c.Compose(t.Context(), l)
		if err != nil {
			r.Fatal(err)
		}
		for line := range strings.Lines(m.Text) {
			if n := len([]rune(strings.TrimRight(line, "\n"))); n > 72 {
				r.Fatalf("%d characters: %q", n, line)
			}
		}
		if got := strings.Count(strings.Join(strings.Fields(m.Text), " "), strings.Join(words, " ")); got < 1 {
			r.Fatal("words were lost")
		}
	})
}

func TestFromMustBeAnAddress(t *testing.T) {
	t.Parallel()
	for _, from := range []string{"", "nobody", "a@b.example, c@d.example", "a@b.example\r\nBcc: x@y.example"} {
		if _, err := mail.NewComposer(from, func(context.Context) mail.Brand { return brand }, clock.System{}); err == nil {
			t.Errorf("%q was taken", from)
		}
	}
}
