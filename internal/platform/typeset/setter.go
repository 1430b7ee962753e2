package typeset

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Pictures gives the file of a picture by the address that the text names; nil
// for one that cannot be had, whose alternative text is printed.
type Pictures func(ctx context.Context, address string) ([]byte, error)

// setter turns a document into items.
type setter struct {
	ctx      context.Context // lives as long as one call of Set
	doc      *Document
	fonts    *wardrobe
	pictures Pictures
	images   []*picture
	items    []*item

	x, width float64 // the column
	size     float64 // of body text
	panels   []*panel
	mark     string // of a list item, for the first line that comes
	anchors  []string
	gap      float64 // asked for before the next item
	err      error
}

// Colours of the page.
var ( // constants, but for the language
	black  = rgb("#16181d")
	dim    = rgb("#555b67")
	ruling = rgb("#c9c7c0")
	tint   = rgb("#f4f3ef")
)

func (s *setter) body() style { return style{family: serif, size: s.size, colour: black} }

// leading is the distance of two lines.
func leading(size float64) float64 { return size * 1.42 }

// push adds an item; what waits for the next one goes with it.
func (s *setter) push(it *item) {
	it.before = max(it.before, s.gap)
	it.anchor = append(it.anchor, s.anchors...)
	it.panels = append([]*panel{}, s.panels...)
	s.gap, s.anchors = 0, nil
	if s.mark != "" {
		s.marked(it)
	}
	s.items = append(s.items, it)
}

// marked draws the mark of a list item beside its first line.
func (s *setter) marked(it *item) {
	mark, st, x, draw := s.mark, s.body(), s.x, it.draw
	s.mark = ""
	it.draw = func(k *ink, y float64) {
		k.text(x-5-k.fonts.measure(st, mark), y+st.size*1.08, st, mark, 0)
		draw(k, y)
	}
}

// paragraph sets text. At least two lines stay together at its ends.
func (s *setter) paragraph(spans []span, lead, before float64) {
	all := s.lines(spans, s.width)
	if len(all) == 1 && len(all[0].pieces) == 0 {
		return
	}
	x := s.x
	for i, l := range all {
		it := &item{height: lead, stay: len(all) > 1 && (i == 0 && len(all) > 1 || i == len(all)-2)}
		if i == 0 {
			it.before = before
		}
		size := s.size
		if len(l.pieces) > 0 {
			size = lead / 1.42
		}
		it.draw = func(k *ink, y float64) { drawLine(k, l, x, y+size*1.08) }
		s.push(it)
	}
}

// over tells that nobody waits for the pages any more, or that they failed.
func (s *setter) over() bool {
	if s.err == nil {
		s.err = s.ctx.Err()
	}
	return s.err != nil
}

// blocks sets the children of a node.
func (s *setter) blocks(parent *html.Node) {
	for n := parent.FirstChild; n != nil && !s.over(); n = n.NextSibling {
		if n.Type == html.ElementNode {
			s.block(n)
		}
	}
}

func (s *setter) block(n *html.Node) {
	if id := attribute(n, "id"); id != "" {
		s.anchors = append(s.anchors, id)
	}
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		s.heading(n)
	case atom.P, atom.Figcaption, atom.Summary:
		s.text(n)
	case atom.Ul, atom.Ol:
		s.list(n)
	case atom.Blockquote:
		s.within(&panel{bar: &ruling}, 0, func() { s.blocks(n) })
	case atom.Aside:
		s.callout(n)
	case atom.Pre:
		s.code(n)
	case atom.Hr:
		x, w := s.x, s.width
		s.push(&item{height: 1, before: 12, draw: func(k *ink, y float64) { k.rule(ruling, 0.8, x+w*0.35, y, x+w*0.65, y) }})
		s.gap = 12
	case atom.Figure:
		s.figure(n)
	case atom.Section:
		s.notes(n)
	case atom.Table:
		s.table(n)
	case atom.Details:
		if attribute(n, "class") != "chart-data" { // the chart stands above it
			s.blocks(n)
		}
	default:
		s.blocks(n)
	}
}

func (s *setter) text(n *html.Node) {
	st := s.body()
	if attribute(n, "class") == "callout-title" || n.DataAtom == atom.Summary {
		st.family, st.bold, st.size = sans, true, s.size*0.9
	}
	before := s.size * 0.72
	if s.mark != "" {
		before = s.gap
	}
	s.paragraph(s.spans(n, st), leading(s.size), before)
}

// heading sets a heading, which stays with what follows it.
func (s *setter) heading(n *html.Node) {
	level := int(n.Data[1] - '0')
	size := max([]float64{1.75, 1.75, 1.45, 1.18, 1.05, 1, 1}[level]*s.size, s.size)
	st := style{family: serif, bold: true, size: size, colour: black}
	if level > 3 {
		st.family, st.size = sans, size*0.92
	}
	first := len(s.items)
	s.gap = max(s.gap, size*1.15)
	s.paragraph(s.spans(n, st), size*1.25, s.gap)
	for i := first; i < len(s.items); i++ {
		s.items[i].stay = true
	}
	if first < len(s.items) {
		s.items[first].entry = &entry{level: level, title: strings.Join(strings.Fields(plain(n)), " ")}
	}
	s.gap = size * 0.1
}

// within sets blocks on a panel, indented.
func (s *setter) within(p *panel, pad float64, set func()) {
	x, width, before := s.x, s.width, s.panels
	p.x, p.w = s.x, s.width
	s.gap = max(s.gap, s.size)
	s.panels = append(append([]*panel{}, s.panels...), p)
	s.x, s.width = s.x+14, s.width-14-pad
	first := len(s.items)
	if pad > 0 {
		s.push(&item{height: pad * 0.7, stay: true, draw: func(*ink, float64) {}})
		s.gap = 0
	}
	set()
	if pad > 0 && len(s.items) > first {
		s.items[len(s.items)-1].stay = true
		s.gap = 0
		s.push(&item{height: pad, draw: func(*ink, float64) {}})
	}
	s.x, s.width, s.panels = x, width, before
	s.gap = max(s.gap, s.size)
}

func (s *setter) callout(n *html.Node) {
	bar := s.doc.accent()
	if class := attribute(n, "class"); strings.Contains(class, "warning") || strings.Contains(class, "caution") {
		bar = rgb("#a3261f")
	}
	s.within(&panel{ground: &tint, bar: &bar}, 9, func() { s.blocks(n) })
}

// list sets a list; its marks hang in the margin of its items.
func (s *setter) list(n *html.Node) {
	x, width := s.x, s.width
	number := 1
	if start := attribute(n, "start"); start != "" {
		_, _ = fmt.Sscan(start, &number)
	}
	indent := 17.0
	if n.DataAtom == atom.Ol {
		indent = 12 + s.fonts.measure(s.body(), fmt.Sprint(number+len(children(n)), "."))
	}
	if s.width-indent > 120 { // however deep lists are nested
		s.x, s.width = s.x+indent, s.width-indent
	}
	s.gap = max(s.gap, s.size*0.5)
	for _, li := range children(n) {
		if s.over() {
			return
		}
		if id := attribute(li, "id"); id != "" {
			s.anchors = append(s.anchors, id)
		}
		s.mark = "•"
		if n.DataAtom == atom.Ol {
			s.mark = fmt.Sprint(number, ".")
			number++
		}
		if attribute(li, "class") == "task" {
			s.mark = ""
		}
		s.gap = max(s.gap, s.size*0.22)
		s.mixed(li)
		if s.mark != "" { // an empty item
			s.push(&item{height: leading(s.size), draw: func(*ink, float64) {}})
		}
	}
	s.x, s.width = x, width
	s.gap = max(s.gap, s.size*0.5)
}
