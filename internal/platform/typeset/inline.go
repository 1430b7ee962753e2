package typeset

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// span is text of one style within a paragraph; brk is a line's end that the
// author wrote.
type span struct {
	text string
	style
	brk bool
}

// spans flattens what stands within a block.
func (s *setter) spans(parent *html.Node, st style) (out []span) {
	for n := parent.FirstChild; n != nil; n = n.NextSibling {
		switch n.Type {
		case html.TextNode:
			out = append(out, span{text: n.Data, style: st})
		case html.ElementNode:
			out = append(out, s.element(n, st)...)
		}
	}
	return out
}

func (s *setter) element(n *html.Node, st style) []span {
	switch n.DataAtom {
	case atom.Br:
		return []span{{brk: true, style: st}}
	case atom.Em:
		st.italic = !st.italic
	case atom.Strong:
		st.bold = true
	case atom.Del:
		st.strike = true
	case atom.Ins:
		st.underline = true
	case atom.Code, atom.Kbd:
		st.family, st.bold, st.italic, st.size, st.fill = mono, false, false, st.size*0.92, true
	case atom.Mark:
		st.fill = true
	case atom.Small:
		st.size *= 0.85
	case atom.Sup:
		st.rise, st.size = st.rise+st.size*0.34, st.size*0.66
	case atom.Sub:
		st.rise, st.size = st.rise-st.size*0.14, st.size*0.66
	case atom.A:
		if attribute(n, "class") == "fn-back" {
			return nil
		}
		st.link, st.colour = s.target(attribute(n, "href")), s.doc.accent()
	case atom.Img:
		return []span{{text: "[" + attribute(n, "alt") + "]", style: st}}
	case atom.Input:
		if _, done := lookup(n, "checked"); done {
			return []span{{text: "[x] ", style: st}}
		}
		return []span{{text: "[ ] ", style: st}}
	}
	return s.spans(n, st)
}

// target makes an address absolute; one within the text stays as it is.
func (s *setter) target(href string) string {
	if strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "//") {
		return strings.TrimSuffix(s.doc.Base, "/") + href
	}
	return href
}

func attribute(n *html.Node, name string) string {
	v, _ := lookup(n, name)
	return v
}

func lookup(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// plain is the text within a node.
func plain(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(plain(c))
	}
	return b.String()
}

// piece is text of one style at its place in a line.
type piece struct {
	text string
	style
	x, width float64
}

// chunk is what no line is broken within.
type chunk struct {
	pieces []piece
	width  float64
	space  float64 // the blank behind it
	brk    bool    // the line ends here
}

// chunks cuts text where lines may be broken: at blanks, behind hyphens, dashes
// and slashes, and around the characters of scripts that write no blanks.
func (s *setter) chunks(spans []span) (out []chunk) {
	open := false // the last chunk still grows
	add := func(text string, st style) {
		if !open {
			out = append(out, chunk{})
		}
		open = true
		last := &out[len(out)-1]
		w := s.fonts.measure(st, text)
		last.pieces = append(last.pieces, piece{text: text, style: st, x: last.width, width: w})
		last.width += w
	}
	for _, sp := range spans {
		if sp.brk {
			if len(out) == 0 {
				out = append(out, chunk{})
			}
			out[len(out)-1].brk, open = true, false
			continue
		}
		from := 0
		for i, r := range sp.text {
			switch {
			case r == ' ' || r == '\n' || r == '\t':
				if i > from {
					add(sp.text[from:i], sp.style)
				}
				if len(out) > 0 {
					out[len(out)-1].space = s.fonts.measure(sp.style, " ")
				}
				from, open = i+1, false
			case strings.ContainsRune("-–—/", r) && i > from && !strings.HasPrefix(sp.text[i+len(string(r)):], "/"), ideograph(r):
				end := i + len(string(r))
				add(sp.text[from:end], sp.style)
				from, open = end, false
			}
		}
		if from < len(sp.text) {
			add(sp.text[from:], sp.style)
		}
	}
	return out
}

func ideograph(r rune) bool {
	return r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// line is a line of a paragraph.
type line struct {
	pieces []piece
	width  float64
}

// lines breaks text to a width. A chunk that is wider alone is cut anywhere.
func (s *setter) lines(spans []span, width float64) (out []line) {
	var now line
	space, begun := 0.0, false
	flush := func() {
		out, now, space, begun = append(out, now), line{}, 0, false
	}
	for _, c := range s.cut(s.chunks(spans), width) {
		if begun && now.width+space+c.width > width+0.01 {
			flush()
		}
		if begun && space > 0 {
			now.blank(space, len(c.pieces) > 0 && c.pieces[0].fill)
		}
		for _, p := range c.pieces {
			p.x += now.width
			now.pieces = append(now.pieces, p)
		}
		now.width, space, begun = now.width+c.width, c.space, true
		if len(c.pieces) == 0 {
			begun = false
		}
		if c.brk {
			flush()
		}
	}
	if begun || len(out) == 0 {
		flush()
	}
	return out
}

// blank adds a blank between two words. It belongs to the first of them, so
// that a link has no gap; a ground goes on only if the next word has it too.
func (l *line) blank(width float64, goesOn bool) {
	last := &l.pieces[len(l.pieces)-1]
	if last.fill && !goesOn {
		plain := last.style
		plain.fill = false
		l.pieces = append(l.pieces, piece{text: " ", style: plain, x: l.width, width: width})
	} else {
		last.text, last.width = last.text+" ", last.width+width
	}
	l.width += width
}

// cut takes chunks apart that are wider than a line.
func (s *setter) cut(all []chunk, width float64) (out []chunk) {
	for _, c := range all {
		if c.width <= width {
			out = append(out, c)
			continue
		}
		part := chunk{}
		for _, p := range c.pieces {
			from, w := 0, 0.0
			emit := func(to int) {
				if to > from {
					part.pieces = append(part.pieces, piece{text: p.text[from:to], style: p.style, x: part.width, width: w})
					part.width += w
				}
				from, w = to, 0
			}
			for i, r := range p.text {
				step := s.fonts.measure(p.style, string(r))
				if part.width+w+step > width && part.width+w > 0 {
					emit(i)
					out, part = append(out, part), chunk{}
				}
				w += step
			}
			emit(len(p.text))
		}
		part.space, part.brk = c.space, c.brk
		out = append(out, part)
	}
	return out
}

// drawLine writes a line with its base line at y, and notes its links.
func drawLine(k *ink, l line, x, y float64) {
	for _, p := range l.pieces {
		if p.fill {
			k.fill(colour{0.94, 0.94, 0.93}, x+p.x-0.6, y-p.size*0.82, p.width+1.2, p.size*1.12)
		}
		k.text(x+p.x, y, p.style, p.text, 0)
		if p.strike {
			k.line(x+p.x, y-p.size*0.26, p.width, p.style)
		}
		if p.underline {
			k.line(x+p.x, y+p.size*0.12, p.width, p.style)
		}
		if p.link != "" {
			k.links = append(k.links, link{x + p.x, y - p.rise - p.size*0.8, p.width, p.size * 1.1, p.link})
		}
	}
}
