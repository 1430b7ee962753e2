package markdown

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// text is what a node holds, on lines as they are.
func (w *writer) text(n *html.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.inline(&b, c)
	}
	return strings.TrimSpace(b.String())
}

func (w *writer) inline(b *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		text := n.Data
		if strings.HasSuffix(b.String(), "\\\n") { // the line is broken already
			text = strings.TrimPrefix(text, "\n")
		}
		b.WriteString(escaped(text))
		return
	}
	if n.Type != html.ElementNode {
		return
	}
	around := func(mark string) {
		if text := w.text(n); text != "" {
			b.WriteString(mark + text + mark)
		}
	}
	switch n.Data {
	case "strong", "b":
		around("**")
	case "em", "i":
		around("*")
	case "del", "s":
		around("~~")
	case "code":
		b.WriteString(coded(plainOf(n)))
	case "br":
		b.WriteString("\\\n")
	case "img":
		b.WriteString("![" + oneLine(escaped(attribute(n, "alt"))) + "](" + w.address(attribute(n, "src")) + ")")
	case "sup", "sub":
		if text := w.text(n); attribute(n, "class") == "" {
			b.WriteString("<" + n.Data + ">" + text + "</" + n.Data + ">")
		} else {
			b.WriteString(text)
		}
	case "input":
		b.WriteString(map[bool]string{true: "[x]", false: "[ ]"}[has(n, "checked")])
	case "a":
		w.link(b, n)
	default:
		b.WriteString(w.textOf(n))
	}
}

// textOf keeps the spaces at the ends.
func (w *writer) textOf(n *html.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.inline(&b, c)
	}
	return b.String()
}

func (w *writer) link(b *strings.Builder, n *html.Node) {
	switch attribute(n, "role") {
	case "doc-noteref":
		b.WriteString("[^" + strings.TrimPrefix(attribute(n, "href"), "#fn_") + "]")
	case "doc-backlink":
	default:
		b.WriteString("[" + w.text(n) + "](" + w.address(attribute(n, "href")) + ")")
	}
}

// address writes an address whole, so that it cannot end the link.
func (w *writer) address(to string) string {
	if strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") {
		to = w.base + to
	}
	return addressMarks.Replace(to)
}

var addressMarks = strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E", "\n", "")

// escaped keeps characters from being taken for marks.
func escaped(text string) string { return textMarks.Replace(text) }

var textMarks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "~", `\~`)

// beginsBlock finds what would begin another block than a paragraph.
var beginsBlock = regexp.MustCompile(`(?m)^(\s*)(#{1,6}(?:\s|$)|>|[-+](?:\s|$)|={1,}\s*$|-{2,}\s*$|\d{1,9}[.)](?:\s|$)|:::)`)

// firstSafe keeps the beginnings of lines from being taken for marks.
func firstSafe(text string) string {
	return beginsBlock.ReplaceAllStringFunc(text, func(s string) string {
		cut := len(s) - len(strings.TrimLeft(s, " \t"))
		mark := s[cut:]
		if '0' <= mark[0] && mark[0] <= '9' {
			at := strings.IndexAny(mark, ".)")
			return s[:cut] + mark[:at] + `\` + mark[at:]
		}
		return s[:cut] + `\` + mark
	})
}

func coded(text string) string {
	mark := "`"
	for strings.Contains(text, mark) {
		mark += "`"
	}
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return mark + text + mark
}

func oneLine(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "\\\n", " ")), " ")
}

// prefixed puts first before the first line of a text and rest before each
// other that holds something.
func prefixed(text, first, rest string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		switch {
		case i == 0:
			lines[i] = first + line
		case line == "":
			lines[i] = strings.TrimRight(rest, " ")
		default:
			lines[i] = rest + line
		}
	}
	return strings.Join(lines, "\n")
}

func plainOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(plainOf(c))
	}
	return b.String()
}

// each visits the elements of a name below a node, but not those within one.
func each(n *html.Node, name string, visit func(*html.Node)) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.Data == name {
			visit(c)
		} else {
			each(c, name, visit)
		}
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
