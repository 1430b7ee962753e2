package identity_test

import (
	"context"
	netmail "net/mail"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/mail"
)

func TestOneAddressHasOneCanonicalSpelling(t *testing.T) {
	t.Parallel()
	for _, spellings := range [][]string{
		{"ada@reader.example", "Ada@Reader.example", " ADA@READER.EXAMPLE\t", "ada@ＲＥＡＤＥＲ.example", "ada@reader。example"},
		{"jürgen@bücher.example", "JU\u0308RGEN@BÜCHER.example", "jürgen@xn--bcher-kva.example", "Jürgen@XN--BCHER-KVA.example"},
		{"strasse@a.example", "STRASSE@a.example", "straße@a.example"},
		{"a+b.c@x-y.example", "A+B.C@x-y.EXAMPLE"},
	} {
		first, err := identity.ParseEmail(spellings[0])
		if err != nil {
			t.Error(err)
		}
		for _, s := range spellings[1:] {
			e, err := identity.ParseEmail(s)
			if err != nil || e.Canonical != first.Canonical {
				t.Errorf("%q is %q, want %q (%v)", s, e.Canonical, first.Canonical, err)
			}
		}
	}
	if e, err := identity.ParseEmail(" Ada.L@Reader.example "); err != nil || e.Given != "Ada.L@Reader.example" {
		t.Errorf("given %q, %v", e.Given, err)
	}
	a, _ := identity.ParseEmail("ada@reader.example")
	b, _ := identity.ParseEmail("a.da@reader.example")
	if a.Canonical == b.Canonical {
		t.Error("dots were taken out: that is one provider's rule, not everybody's")
	}
}

func TestWhatIsNoAddress(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"ada", "@reader.example", "ada@", "ada@localhost", "ada@reader", "ada@reader..example", "ada@.example", "ada@reader.example.",
		"a da@reader.example", "ada@rea der.example", ".ada@reader.example", "ada.@reader.example", "a..da@reader.example",
		"ada@reader.example\r\nBcc: x@evil.example", "ada\n@reader.example", "ada@reader.example\x00", "a\x00da@reader.example", "ada\u2028@reader.example",
		"Ada <ada@reader.example>", "<ada@reader.example>", `"ada"@reader.example`, `"a b"@reader.example`, "ada@reader.example,bo@reader.example",
		"ada@bo@reader.example", "ada(comment)@reader.example", "ada;bo@reader.example", "ada@[192.0.2.1]", "ada@192.0.2.1", "ada@-reader.example",
		"ada@reader_x.example", "ada@xn--0.example", "ad\xffa@reader.example", "a\u200bda@reader.example", "a\u202eda@reader.example",
		strings.Repeat("a", 65) + "@reader.example", "a@" + strings.Repeat("b.", 130) + "example", strings.Repeat("é", 40) + "@reader.example", strings.Repeat("a", 1<<20),
	} {
		e, err := identity.ParseEmail(s)
		if fields(err) != "email:bad_address" {
			t.Errorf("%.40q was taken as %q (%v)", s, e.Canonical, err)
		}
	}
	for _, s := range []string{"", "  ", "\t\n"} {
		if _, err := identity.ParseEmail(s); fields(err) != "email:required" {
			t.Errorf("%q: %v", s, err)
		}
	}
}

// checkEmail holds for whatever ParseEmail takes.
func checkEmail(t interface{ Fatalf(string, ...any) }, s string) {
	e, err := identity.ParseEmail(s)
	if err != nil {
		return
	}
	for _, form := range []string{e.Canonical, e.Given} {
		again, err := identity.ParseEmail(form)
		if err != nil || again.Canonical != e.Canonical {
			t.Fatalf("%q: %q is read as %q (%v), not %q", s, form, again.Canonical, err, e.Canonical)
		}
		bad := func(r rune) bool {
			return unicode.IsControl(r) || unicode.IsSpace(r) || strings.ContainsRune(`"(),:;<>[\]`, r)
		}
		if len(form) > 254 || strings.Count(form, "@") != 1 || strings.IndexFunc(form, bad) >= 0 {
			t.Fatalf("%q: %q is dangerous", s, form)
		}
		if _, err := netmail.ParseAddress(form); err != nil {
			t.Fatalf("%q: %q cannot be parsed: %v", s, form, err)
		}
	}
	domain := e.Canonical[strings.LastIndexByte(e.Canonical, '@')+1:]
	if strings.ToLower(domain) != domain || strings.IndexFunc(domain, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
		t.Fatalf("%q: the domain is %q", s, domain)
	}
	letter := mail.Letter{To: mail.Address{Email: e.Given}, Subject: "s", Category: "c", MessageIDKey: "k", Blocks: []mail.Block{mail.Divider()}}
	if err := letter.Validate(); err != nil {
		t.Fatalf("%q: no letter can be sent to %q: %v", s, e.Given, err)
	}
}

func FuzzParseEmail(f *testing.F) {
	for _, s := range []string{
		"ada@reader.example", "JU\u0308RGEN@BÜCHER.example", "straße@ß.example", "İ@İ.example", "\u1e9e@a.example", "ﬃ@ﬃ.example", "ǰ@a.example", "ΐ@a.example",
		"a@xn--bcher-kva.example", "ᾳ\u0345@a.example", "a\u0301\u0345@a.example", "日本@例え.テスト", "א@א.example",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkEmail(t, s) })
}

func TestAddressesInAnyScript(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		part := rapid.StringOfN(rapid.RuneFrom(nil, unicode.L, unicode.M, unicode.Nd), 1, 12, 40)
		checkEmail(r, part.Draw(r, "local")+"@"+part.Draw(r, "domain")+".example")
	})
}

func TestAGivenAddressIsSentAsItIs(t *testing.T) {
	t.Parallel()
	c, err := mail.NewComposer("news@firm.example", func(context.Context) mail.Brand { return mail.Brand{Name: "x", URL: "https://x.example/"} }, clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := identity.ParseEmail("Jürgen@Bücher.example")
	if err != nil {
		t.Fatal(err)
	}
	m, err := c.Compose(t.Context(), mail.Letter{To: mail.Address{Email: e.Given}, Subject: "s", Category: "c", MessageIDKey: "k", Blocks: []mail.Block{mail.Divider()}})
	if err != nil || m.To != "Jürgen@xn--bcher-kva.example" {
		t.Errorf("to %q, %v", m.To, err)
	}
}
