package markdown

import (
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestEscape(t *testing.T) {
	t.Parallel()
	if got := escape(`a & <b> "c" 'd'`); got != `a &amp; &lt;b&gt; &quot;c&quot; 'd'` {
		t.Error(got)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		got := escape(s)
		if strings.ContainsAny(got, `<>"`) {
			t.Fatalf("%q became %q", s, got)
		}
		if back := html.UnescapeString(got); back != s {
			t.Fatalf("%q became %q, which reads %q", s, got, back)
		}
	})
}

func TestUnescape(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain":                             "plain",
		`\*\\\_\a\`:                         `*\_\a\`,
		"&amp;&lt;&quot;":                   `&<"`,
		"&copy &copy;":                      "&copy ©",
		"&CounterClockwiseContourIntegral;": "∳",
		"&nosuchthing;&;&a b;":              "&nosuchthing;&;&a b;",
		"&#65;&#x41;&#X41;":                 "AAA",
		"&#;&#x;&#xg;&#1a;":                 "&#;&#x;&#xg;&#1a;",
		"&#0;&#1;&#x1F;&#127;&#x80;&#xD800;&#x110000;&#xFFFE;": strings.Repeat("\ufffd", 8),
		"&#10;&#9;":   "\n\t",
		"&#12345678;": "&#12345678;",
		`\&amp;`:      "&amp;",
		"&":           "&",
		"&amp":        "&amp",
	} {
		if got := unescape([]byte(in)); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestUnescapeLeavesNothingUnprintable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{"&#", "&#x", "&", ";", "0", "1", "9", "f", "D8", "\\", "*", "amp", "é", " "})).Draw(t, "parts")
		s := unescape([]byte(strings.Join(parts, "")))
		if !utf8.ValidString(s) || strings.ContainsFunc(s, unprintable) {
			t.Fatalf("%q became %q", parts, s)
		}
	})
}

func TestPlainJoinsBlocks(t *testing.T) {
	t.Parallel()
	for want, write := range map[string]func(*plain){
		"": func(*plain) {},
		"a\n\nb": func(p *plain) {
			p.block()
			p.say("a")
			p.block()
			p.block()
			p.line()
			p.say("b")
			p.block()
		},
		"a\nb": func(p *plain) { p.say("a"); p.line(); p.line(); p.say(""); p.say("b") },
		"- a\n- b": func(p *plain) {
			p.line()
			p.mark("- ")
			p.block()
			p.say("a")
			p.line()
			p.mark("- ")
			p.say("b")
		},
		"1. - a":      func(p *plain) { p.mark("1. "); p.line(); p.mark("- "); p.line(); p.say("a") },
		"10^9 and x2": func(p *plain) { p.say("10"); p.raised = true; p.say("9"); p.say(" and x"); p.say("2") },
		"the 4th":     func(p *plain) { p.say("the 4"); p.raised = true; p.say("th") },
	} {
		var p plain
		write(&p)
		if got := p.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestPlainCounts(t *testing.T) {
	t.Parallel()
	var p plain
	p.say("un")
	p.say("believable ")
	p.raw("not counted ")
	p.say("it's 1,432.5 – ok")
	p.block()
	p.say("x")
	p.say("光通信")
	if got := p.count(); got != 5+2 {
		t.Errorf("%d, want five words and three glyphs, which count as two", got)
	}
}

func TestClip(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		most int
		want string
	}{{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"ab cd", 4, "ab…"}, {"äöüß", 3, "äö…"}, {"", 3, ""}} {
		if got := clip(c.in, c.most); got != c.want {
			t.Errorf("%q to %d: %q, want %q", c.in, c.most, got, c.want)
		}
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"\ufeffa\ufeff":        "a\ufeff\n",
		"a\r\nb\rc\n\rd":       "a\nb\nc\n\nd\n",
		"\x00\x01\x1b\x7f\t\n": "\ufffd\t\n",
		"a\vb\fc":              "a b c\n",
		"\xff\xc3\x28":         "\ufffd(\n",
		"\u0085\ufffe\uffff":   "\n",
		"":                     "",
	} {
		if got := string(clean([]byte(in))); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestLines(t *testing.T) {
	t.Parallel()
	d := newDocument([]byte("ab\n\ncd"))
	for pos, want := range map[int]int{0: 1, 1: 1, 2: 1, 3: 2, 4: 3, 5: 3, 6: 3, 7: 4, 99: 4, -5: 1} {
		if got := d.line(pos); got != want {
			t.Errorf("position %d is on line %d, want %d", pos, got, want)
		}
	}
	for line, want := range map[int]int{1: 2, 2: 3, 3: 6, 4: 7} {
		if got := d.lineEnd(line); got != want {
			t.Errorf("line %d ends at %d, want %d", line, got, want)
		}
	}
}
