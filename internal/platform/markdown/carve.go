package markdown

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// carver takes definitions and comments out of the source.
type carver struct {
	doc  *document
	used map[ast.Node]bool // definitions that the preview needs
	kept map[ast.Node]bool // those that stay where they are
	cuts []stretch
	// bare leaves nothing in the place of a comment within a text, also where
	// the text then reads a little differently.
	bare bool
}

// stretch is a part of the source and what stands in its place.
type stretch struct {
	from, to int
	instead  string
}

// emptyComment parts what would grow together: a list and what follows it, or
// an item and its second block. It prints nothing.
const emptyComment = "<!-- -->"

// emptyDefinition defines an invisible label (U+2063) that nobody writes.
const emptyDefinition = "[\u2063]: #"

// carve marks what has to go in a node and its children.
func (c *carver) carve(n ast.Node) {
	switch n := n.(type) {
	case *east.Footnote:
		if !c.used[n] {
			c.cutNote(n)
			return
		}
		c.kept[n] = true
	case *ast.LinkReferenceDefinition:
		if !c.used[n] {
			c.cutLink(n)
			return
		}
		c.kept[n] = true
	}
	c.uncomment(n)
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		c.carve(child)
	}
}

// uncomment empties what a node is of comments.
func (c *carver) uncomment(n ast.Node) {
	switch n := n.(type) {
	case *ast.HTMLBlock:
		c.cutComments(n)
	case *ast.RawHTML:
		if src, _ := c.doc.rawSource(n); bytes.HasPrefix(src, []byte("<!--")) {
			last := n.Segments.At(n.Segments.Len() - 1)
			c.cuts = append(c.cuts, stretch{n.Segments.At(0).Start, last.Stop, c.hollow()})
		}
	}
}

// hollow is what stands in the place of a comment within a text.
func (c *carver) hollow() string {
	if c.bare {
		return ""
	}
	return emptyComment
}

// cutComments empties the comments in a block of HTML. The tokenizer says which
// they are: what looks like one may be part of a broken tag.
func (c *carver) cutComments(n *ast.HTMLBlock) {
	src := c.doc.text(n)
	if n.Parent() == c.doc.root && onlyComment(src) {
		end := c.doc.position(n, len(bytes.TrimRight(src, "\n")))
		c.cuts = append(c.cuts, stretch{start(n), end, c.filler(n)})
		return
	}
	z := html.NewTokenizer(bytes.NewReader(src))
	at := 0
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		raw := z.Raw()
		if kind == html.CommentToken && bytes.HasPrefix(raw, []byte("<!--")) {
			end := at + len(bytes.TrimRight(raw, "\n"))
			c.cuts = append(c.cuts, stretch{c.doc.position(n, at), c.doc.position(n, end), c.hollow()})
		}
		at += len(raw)
	}
}

// onlyComment tells whether a block of HTML is one comment.
func onlyComment(b []byte) bool {
	b = bytes.TrimSpace(b)
	return bytes.HasPrefix(b, []byte("<!--")) && bytes.Index(b, []byte("-->")) == len(b)-3
}

// position finds a place in the text of a block of HTML in the source. Between
// the two stand the marks of the quotes and lists around the block.
func (d *document) position(n *ast.HTMLBlock, at int) int {
	end := start(n)
	take := func(s text.Segment) bool {
		size := len(s.Value(d.src))
		if at <= size {
			end = s.Start + max(at-s.Padding, 0)
			return true
		}
		at -= size
		end = s.Stop
		return false
	}
	for i := range n.Lines().Len() {
		if take(n.Lines().At(i)) {
			return end
		}
	}
	if n.HasClosure() {
		take(n.ClosureLine)
	}
	return end
}

// cutNote takes a footnote out, line by line: what quotes and lists around it
// put before each line stays.
func (c *carver) cutNote(n *east.Footnote) {
	first, last := c.region(n)
	c.cuts = append(c.cuts, stretch{n.Pos(), c.doc.lineEnd(first), c.filler(n)})
	for line := first + 1; line <= last; line++ {
		at, _ := c.doc.within(line, n)
		c.cuts = append(c.cuts, stretch{at, c.doc.lineEnd(line), ""})
	}
}

// cutLink takes a link definition out. Where text follows in the same
// paragraph, an empty definition stays, for the text must not start a block.
func (c *carver) cutLink(n *ast.LinkReferenceDefinition) {
	instead := c.filler(n)
	last := n.Lines().At(n.Lines().Len() - 1)
	next := n.NextSibling()
	if next != nil && next.Kind() != ast.KindLinkReferenceDefinition && c.doc.line(start(next)) == c.doc.line(last.Start)+1 {
		instead = emptyDefinition
	}
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		c.cuts = append(c.cuts, stretch{segment.Start, min(segment.Stop, c.doc.lineEnd(c.doc.line(segment.Start))), instead})
		instead = ""
	}
}

// filler is what stands in the place of a definition.
func (c *carver) filler(n ast.Node) string {
	prev := n.PreviousSibling()
	if n.Parent() != c.doc.root || prev != nil && (prev.Kind() == ast.KindList || prev.Kind() == east.KindFootnote) {
		return emptyComment
	}
	return ""
}

// region gives the first and last line of a footnote. It ends before the block
// that follows, whichever container that is in.
func (c *carver) region(n ast.Node) (first, last int) {
	first, last = c.doc.line(n.Pos()), len(c.doc.lines)
	for m := n; m != nil; m = m.Parent() {
		if next := m.NextSibling(); next != nil {
			return first, max(first, c.doc.line(start(next))-1)
		}
	}
	return first, last
}

// extract gives a footnote as it would be written at the top level.
func (c *carver) extract(n *east.Footnote) string {
	inner := &carver{doc: c.doc, used: c.used, kept: c.kept}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		inner.carve(child)
	}
	c.kept[n] = true
	first, last := c.region(n)
	lines := []string{inner.assemble(n.Pos(), c.doc.lineEnd(first))}
	for line := first + 1; line <= last; line++ {
		at, pad := c.doc.within(line, n)
		lines = append(lines, strings.Repeat(" ", pad)+inner.assemble(at, c.doc.lineEnd(line)))
	}
	return strings.TrimRight(strings.Join(lines, "\n"), " \t\n")
}

// assemble copies a stretch of the source without what was cut.
func (c *carver) assemble(from, to int) string {
	slices.SortFunc(c.cuts, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	var b strings.Builder
	i, _ := slices.BinarySearchFunc(c.cuts, from, func(s stretch, at int) int { return cmp.Compare(s.to, at) })
	for ; i < len(c.cuts) && c.cuts[i].from < to; i++ {
		cut := c.cuts[i]
		if cut.from > from {
			b.Write(c.doc.src[from:cut.from])
		}
		if cut.from >= from {
			b.WriteString(cut.instead)
		}
		from = max(from, cut.to)
	}
	if from < to {
		b.Write(c.doc.src[from:to])
	}
	return b.String()
}

// within finds where the text of a node begins on one of its lines, behind the
// marks of the quotes and the indents of the lists and footnotes around it. A
// lazy line may lack them. The padding is what is left of a tab.
func (d *document) within(line int, n ast.Node) (at, padding int) {
	var chain []ast.Node
	for m := n.Parent(); m != nil; m = m.Parent() {
		chain = append(chain, m)
	}
	m := margin{src: d.src[:d.lineEnd(line)], at: d.lines[line-1]}
	for _, container := range slices.Backward(chain) {
		switch container := container.(type) {
		case *ast.Blockquote:
			m.quote()
		case *ast.ListItem:
			m.indent(container.Offset)
		case *east.Footnote:
			m.indent(4)
		}
	}
	return m.at, m.padding
}

// margin reads the start of a line in columns, tabs being four wide.
type margin struct {
	src     []byte
	at      int
	column  int
	padding int // columns of a tab that were not used up
}

// indent skips white space of so many columns, or less if there is less.
func (m *margin) indent(columns int) {
	for columns > 0 {
		switch {
		case m.padding > 0:
			m.padding--
		case m.at < len(m.src) && m.src[m.at] == ' ':
			m.at++
		case m.at < len(m.src) && m.src[m.at] == '\t':
			m.at++
			m.padding = 3 - m.column%4
		default:
			return
		}
		m.column++
		columns--
	}
}

// quote skips the mark of a quote and the blank behind it.
func (m *margin) quote() {
	before := *m
	m.indent(3)
	if m.padding > 0 || m.at >= len(m.src) || m.src[m.at] != '>' {
		*m = before
		return
	}
	m.at++
	m.column++
	m.indent(1)
}
