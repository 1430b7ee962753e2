package markdown

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// sheet is where one part of a note is printed: what stands above the paywall,
// what stands below, or one footnote.
type sheet struct {
	html                    bytes.Buffer
	text                    plain
	figures, charts, tables int

	open    int    // details that are open at the end of the part
	closing string // what closes them
}

func (s *sheet) counts() Stats {
	return Stats{Words: s.text.count(), Figures: s.figures, Charts: s.charts, Tables: s.tables}
}

// put writes HTML.
func (s *sheet) put(parts ...string) {
	for _, part := range parts {
		s.html.WriteString(part)
	}
}

// say writes text to the HTML and to the plain text.
func (s *sheet) say(text string) {
	s.html.WriteString(escape(text))
	s.text.say(text)
}

// printer writes HTML and plain text at once. Whatever it counts, names or
// makes unique, it does in the order of printAll: preview first.
type printer struct {
	*sheet // the part being printed
	doc    *document
	opts   Options
	base   *url.URL

	gated         bool   // the part lies below the paywall
	topic         string // text of the last heading
	shift         int    // headings move down by one from the first h1 on
	ids           *ids
	labels        map[string]int
	images, links addresses
	contents      []Heading
	contentsAbove int // entries of the preview
	notes         []*note

	checked   map[*ast.Image]*address // nil: it may not be shown
	tried     int                     // charts
	expansion int                     // bytes that reference links took from their definitions
	depth     int                     // of formatting
	inLink    bool
	inCell    bool
}

func newPrinter(d *document, o Options) *printer {
	return &printer{doc: d, opts: o, base: o.base(), ids: newIDs(), labels: map[string]int{}, checked: map[*ast.Image]*address{}, notes: d.numbered()}
}

// printAll prints the note in four steps: the preview, its footnotes, the gated
// text, the other footnotes. Without a paywall all of the text is in the first
// part, and no footnote is one of the preview.
func (p *printer) printAll() (above, below *sheet) {
	above, below = &sheet{}, &sheet{}
	p.sheet = above
	details := p.printSiblings(p.doc.root.FirstChild(), nil)
	above.open, above.closing = len(details), strings.Repeat("</details>\n", len(details))
	p.contentsAbove = len(p.contents)
	p.printNotes(true)
	if p.doc.paywall != nil {
		p.gated = true
		p.sheet = below
		p.printSiblings(p.doc.paywall.NextSibling(), details)
	}
	p.printNotes(false)
	return above, below
}

// details is the stack of open details among siblings; true means that its
// summary was printed.
type details []bool

// printSiblings prints blocks up to the end or the paywall.
func (p *printer) printSiblings(n ast.Node, open details) details {
	for ; n != nil && n != p.doc.paywall; n = n.NextSibling() {
		if p.doc.hidden(n) {
			continue
		}
		if n.Kind() == ast.KindHTMLBlock {
			open = p.printRaw(p.doc.raw[n], open)
			continue
		}
		p.printBlock(n)
	}
	return open
}

// printRaw prints what is left of a block of raw HTML.
func (p *printer) printRaw(r *rawHTML, open details) details {
	for _, part := range r.parts {
		switch t := part.details; {
		case t != nil && !t.keep:
		case t != nil && !t.close:
			p.put("<details>\n")
			open = append(open, false)
		case t != nil:
			p.put("</details>\n")
			open = open[:len(open)-1]
		case part.summary && len(open) > 0 && !open[len(open)-1]:
			open[len(open)-1] = true
			p.printRun("summary", part.run)
		default:
			p.printRun("p", part.run)
		}
	}
	return open
}

func (p *printer) printRun(tag string, run rawRun) {
	p.text.block()
	p.put("<", tag, ">")
	run.print(p)
	p.put("</", tag, ">\n")
}

// tag prints a tag of raw HTML if it may stay.
func (p *printer) tag(t *rawTag) {
	if !t.keep {
		return
	}
	p.put(t.html())
	switch t.name {
	case "br":
		p.text.line()
	case "sup":
		p.text.raised = !t.close
	}
}

// label makes a name for assistive technology unique within the note.
func (p *printer) label(s string) string {
	s = clip(s, 120)
	p.labels[s]++
	if n := p.labels[s]; n > 1 {
		s += " (" + itoa(n) + ")"
	}
	return s
}

// addresses collects each address once.
type addresses struct {
	list []Reference
	seen map[string]bool
}

func (a *addresses) add(url string, line int, gated bool) {
	if a.seen[url] {
		return
	}
	if a.seen == nil {
		a.seen = map[string]bool{}
	}
	a.seen[url] = true
	a.list = append(a.list, Reference{URL: url, Line: line, Gated: gated})
}
