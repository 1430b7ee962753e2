package typeset

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// children are the elements within an element.
func children(n *html.Node) (out []*html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			out = append(out, c)
		}
	}
	return out
}

// mixed sets an element that holds text and blocks side by side, as the items
// of a tight list do.
func (s *setter) mixed(parent *html.Node) {
	loose := &html.Node{Type: html.ElementNode, DataAtom: atom.P, Data: "p"}
	flush := func() {
		if loose.FirstChild != nil && strings.TrimSpace(plainOrMore(loose)) != "" {
			s.paragraph(s.spans(loose, s.body()), leading(s.size), s.gap)
		}
		loose = &html.Node{Type: html.ElementNode, DataAtom: atom.P, Data: "p"}
	}
	for n := parent.FirstChild; n != nil; {
		next := n.NextSibling
		if n.Type == html.ElementNode && isBlock(n.DataAtom) {
			flush()
			s.block(n)
		} else {
			parent.RemoveChild(n)
			loose.AppendChild(n)
		}
		n = next
	}
	flush()
}

// plainOrMore is the text of a node, or a mark if it holds a check box only.
func plainOrMore(n *html.Node) string {
	for _, c := range children(n) {
		if c.DataAtom == atom.Input || c.DataAtom == atom.Img {
			return "x"
		}
	}
	return plain(n)
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Ul, atom.Ol, atom.Pre, atom.Blockquote, atom.Aside, atom.Figure, atom.Table, atom.Div, atom.Hr, atom.Details,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Section, atom.Summary:
		return true
	}
	return false
}

// notes sets the footnotes at the end, smaller.
func (s *setter) notes(n *html.Node) {
	size, x, width := s.size, s.x, s.width
	s.gap = size * 1.6
	s.push(&item{height: 1, stay: true, draw: func(k *ink, y float64) { k.rule(ruling, 0.6, x, y, x+min(width, 140), y) }})
	s.gap = size * 0.4
	s.size = size * 0.84
	s.blocks(n)
	s.size = size
}

// code sets code line by line; a line too long goes on below, cut anywhere.
func (s *setter) code(n *html.Node) {
	st := style{family: mono, size: s.size * 0.84, colour: black}
	lead := st.size * 1.32
	s.within(&panel{ground: &tint}, 8, func() {
		text := strings.ReplaceAll(strings.TrimRight(plain(n), "\n"), "\t", "    ")
		for row := range strings.SplitSeq(text, "\n") {
			for _, part := range s.sliced(row, st) {
				x := s.x
				s.push(&item{height: lead, draw: func(k *ink, y float64) { k.text(x, y+st.size, st, part, 0) }})
			}
		}
	})
}

// sliced cuts a row of code where the column ends.
func (s *setter) sliced(row string, st style) (out []string) {
	from, w := 0, 0.0
	for i, r := range row {
		step := s.fonts.measure(st, string(r))
		if w+step > s.width && i > from {
			out, from, w = append(out, row[from:i]), i, 0
		}
		w += step
	}
	return append(out, row[from:])
}
