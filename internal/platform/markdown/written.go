package markdown

import (
	"fmt"
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
