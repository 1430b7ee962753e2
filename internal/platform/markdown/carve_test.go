package markdown

import (
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

func TestMargins(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		line    string
		read    func(*margin)
		rest    string
		padding int
	}{
		"a quote":                 {"> a", func(m *margin) { m.quote() }, "a", 0},
		"a quote without a blank": {">a", func(m *margin) { m.quote() }, "a", 0},
		"an indented quote":       {"   >  a", func(m *margin) { m.quote() }, " a", 0},
		"quotes in quotes":        {"> > a", func(m *margin) { m.quote(); m.quote() }, "a", 0},
		"a lazy line":             {"a > b", func(m *margin) { m.quote() }, "a > b", 0},
		"code is no quote":        {"    > a", func(m *margin) { m.quote() }, "    > a", 0},
		"an indent":               {"     a", func(m *margin) { m.indent(4) }, " a", 0},
		"less of an indent":       {"  a", func(m *margin) { m.indent(4) }, "a", 0},
		"a tab":                   {"\ta", func(m *margin) { m.indent(4) }, "a", 0},
		"half a tab":              {"\ta", func(m *margin) { m.indent(2) }, "a", 2},
		"a tab in two steps":      {"\ta", func(m *margin) { m.indent(2); m.indent(2) }, "a", 0},
		"a tab after two blanks":  {"  \ta", func(m *margin) { m.indent(3) }, "a", 1},
		"a tab behind a quote":    {">\ta", func(m *margin) { m.quote() }, "a", 2},
		"nothing":                 {"", func(m *margin) { m.quote(); m.indent(4) }, "", 0},
	} {
		m := margin{src: []byte(c.line)}
		c.read(&m)
		if rest := string(m.src[m.at:]); rest != c.rest || m.padding != c.padding {
			t.Errorf("%s: %q and %d, want %q and %d", name, rest, m.padding, c.rest, c.padding)
		}
	}
}

func TestAssembleLeavesOutWhatIsCut(t *testing.T) {
	t.Parallel()
	d := newDocument([]byte("0123456789"))
	c := &carver{doc: d, cuts: []stretch{{6, 8, "-"}, {2, 4, ""}, {5, 5, "+"}}}
	for _, w := range []struct {
		from, to int
		want     string
	}{{0, 10, "014+5-89"}, {0, 2, "01"}, {3, 10, "4+5-89"}, {4, 7, "4+5-"}, {7, 9, "8"}, {2, 4, ""}, {8, 8, ""}} {
		if got := c.assemble(w.from, w.to); got != w.want {
			t.Errorf("%d to %d: %q, want %q", w.from, w.to, got, w.want)
		}
	}
}

// A definition that is written anew must be read as the same definition.
func TestLinkDefinitionsSurvive(t *testing.T) {
	t.Parallel()
	for _, src := range []string{
		"[a]: /x",
		"[a\n b]: /x",
		"[a]: <>",
		"[a]: </x y>",
		"[a]: /x\\)y(z)",
		"[a]: /x>y",
		"[a]: /x \"it's\"",
		"[a]: /x 'say \"it\"'",
		"[a]: /x (it's \"it\")",
		"[a]: /x \"it's (\\\"it\\\")\"",
		"[a]: /x 'it\\'s (\"it\") \\\\'",
		"[a]: /x \"\"",
		"[a]: /x \" two\nlines \"",
		"[\\]]: /x",
	} {
		first := newDocument([]byte(src + "\n"))
		first.parse()
		def, ok := first.root.FirstChild().(*ast.LinkReferenceDefinition)
		if !ok {
			t.Fatalf("%q is no definition", src)
		}
		anew := linkDefinition(def)
		second := newDocument([]byte(anew + "\n"))
		second.parse()
		again, ok := second.root.FirstChild().(*ast.LinkReferenceDefinition)
		if !ok || second.root.ChildCount() != 1 {
			t.Errorf("%q became %q, which is no definition", src, anew)
			continue
		}
		if unescape(def.Destination) != unescape(again.Destination) || strings.TrimSpace(unescape(def.Title)) != strings.TrimSpace(unescape(again.Title)) ||
			strings.Join(strings.Fields(string(def.Label)), " ") != string(again.Label) {
			t.Errorf("%q became %q: %q %q %q, want %q %q %q", src, anew, again.Label, again.Destination, again.Title, def.Label, def.Destination, def.Title)
		}
	}
}

func TestStartOfBlocks(t *testing.T) {
	t.Parallel()
	src := "p\n\n## h\n\nset\next\n===\n\n> q\n\n- i\n\n| t |\n|---|\n\n```\nc\n```\n\n---\n\n<div>\n\n[l]: /x\n\n[^n]: f\n\n    code\n\n\n"
	src = strings.Replace(src, "    code", "x\n\n    code", 1)
	d := newDocument([]byte(src))
	d.root = newParser(d).Parse(text.NewReader(d.src))
	var lines []int
	for n := d.root.FirstChild(); n != nil; n = n.NextSibling() {
		lines = append(lines, d.line(start(n)))
	}
	want := []int{1, 3, 5, 9, 11, 13, 16, 20, 22, 24, 26, 28, 30}
	if len(lines) != len(want) {
		t.Fatalf("%d blocks on lines %v, want %v", len(lines), lines, want)
	}
	for i := range want {
		if lines[i] != want[i] {
			t.Errorf("block %d starts on line %d, want %d", i, lines[i], want[i])
		}
	}
}
