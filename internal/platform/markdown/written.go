package markdown

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Written writes the HTML of this package as Markdown again, for readers of
// which nobody knows whether they may have the source: it knows nothing but what
// the HTML shows. Charts become what they say to those who do not see them,
// with their data as a table. Addresses of this site begin with base.
func Written(rendered, base string) string {
	nodes, err := html.ParseFragment(strings.NewReader(rendered), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return ""
	}
	w := &writer{base: base}
	for _, n := range nodes {
		w.block(n)
	}
	return strings.TrimSpace(strings.Join(w.blocks, "\n\n")) + "\n"
}

// writer collects blocks, each without an empty line at its end.
type writer struct {
	base   string
	blocks []string
}

func (w *writer) put(block string) {
	if block = strings.Trim(block, "\n"); block != "" {
		w.blocks = append(w.blocks, block)
	}
}

// inside writes what a node holds as blocks of its own.
func (w *writer) inside(n *html.Node) string {
	in := &writer{base: w.base}
	in.children(n)
	return strings.Join(in.blocks, "\n\n")
}

// children writes blocks, and what stands between them as a paragraph.
func (w *writer) children(n *html.Node) {
	var loose strings.Builder
	flush := func() {
		w.put(firstSafe(strings.TrimSpace(loose.String())))
		loose.Reset()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && blockElements[c.Data] {
			flush()
			w.block(c)
		} else {
			w.inline(&loose, c)
		}
	}
	flush()
}

var blockElements = map[string]bool{
	"p": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "ul": true, "ol": true, "li": true, "blockquote": true, "aside": true,
	"pre": true, "hr": true, "div": true, "table": true, "figure": true, "figcaption": true, "section": true, "details": true, "summary": true, "svg": true,
}

func (w *writer) block(n *html.Node) {
	switch n.Data {
	case "p":
		w.put(firstSafe(w.text(n)))
	case "h2", "h3", "h4", "h5", "h6":
		w.put(strings.Repeat("#", int(n.Data[1]-'0')) + " " + oneLine(w.text(n)))
	case "ul", "ol":
		w.list(n)
	case "blockquote":
		w.put(prefixed(w.inside(n), "> ", "> "))
	case "aside":
		w.put(w.callout(n))
	case "pre":
		w.put(fenced(n))
	case "hr":
		w.put("---")
	case "table":
		w.table(n)
	case "figcaption", "summary":
		if text := oneLine(w.text(n)); text != "" && text != "Data" {
			w.put("*" + text + "*")
		}
	case "svg": // there are two of each chart
		if attribute(n, "class") != "chart-narrow" {
			w.put("*" + oneLine(escaped(attribute(n, "aria-label"))) + "*")
		}
	case "section":
		w.footnotes(n)
	default:
		w.children(n)
	}
}

func (w *writer) list(n *html.Node) {
	var items []string
	at := 1
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Data != "li" {
			continue
		}
		mark := "- "
		if n.Data == "ol" {
			if at == 1 {
				_, _ = fmt.Sscanf(attribute(n, "start"), "%d", &at)
			}
			mark = fmt.Sprintf("%d. ", at)
			at++
		}
		items = append(items, prefixed(w.inside(c), mark, strings.Repeat(" ", len(mark))))
	}
	w.put(strings.Join(items, "\n"))
}

// callout writes a callout with its own mark, and leaves out the title where it
// is the usual one.
func (w *writer) callout(n *html.Node) string {
	kind := "note"
	for class := range strings.FieldsSeq(attribute(n, "class")) {
		if k, ok := strings.CutPrefix(class, "callout-"); ok {
			kind = k
		}
	}
	in := &writer{base: w.base}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if attribute(c, "class") != "callout-title" {
			in.block(c)
		}
	}
	return prefixed("[!"+strings.ToUpper(kind)+"]\n"+strings.Join(in.blocks, "\n\n"), "> ", "> ")
}

func fenced(n *html.Node) string {
	language := ""
	if c := n.FirstChild; c != nil {
		language = strings.TrimPrefix(attribute(c, "class"), "language-")
	}
	text := strings.TrimSuffix(plainOf(n), "\n")
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + language + "\n" + text + "\n" + fence
}

func (w *writer) table(n *html.Node) {
	var rows [][]string
	var rule []string
	each(n, "caption", func(c *html.Node) { w.put("**" + oneLine(w.text(c)) + "**") })
	each(n, "tr", func(tr *html.Node) {
		var row []string
		for c := tr.FirstChild; c != nil; c = c.NextSibling {
			if c.Data != "td" && c.Data != "th" {
				continue
			}
			row = append(row, strings.ReplaceAll(oneLine(w.text(c)), "|", `\|`))
			if rows == nil {
				rule = append(rule, rules[attribute(c, "align")])
			}
		}
		rows = append(rows, row)
	})
	if len(rows) == 0 {
		return
	}
	lines := []string{"| " + strings.Join(rows[0], " | ") + " |", "| " + strings.Join(rule, " | ") + " |"}
	for _, row := range rows[1:] {
		lines = append(lines, "| "+strings.Join(row, " | ")+" |")
	}
	w.put(strings.Join(lines, "\n"))
}

var rules = map[string]string{"": "---", "left": ":---", "center": ":---:", "right": "---:"}

// footnotes writes the notes at the end of a text. Other sections have no marks
// of their own.
func (w *writer) footnotes(n *html.Node) {
	if attribute(n, "class") != "footnotes" {
		w.children(n)
		return
	}
	each(n, "li", func(li *html.Node) {
		if id, ok := strings.CutPrefix(attribute(li, "id"), "fn_"); ok {
			w.put(prefixed(w.inside(li), "[^"+id+"]: ", "    "))
		}
	})
}

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
