package markdown

import (
	"cmp"
	"slices"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// note is a footnote.
type note struct {
	node    *east.Footnote
	number  int  // from 1 in the order of reading; 0 while nothing refers to it
	refs    int  // how many references lead here
	preview bool // referred to in the preview, directly or through others
	shown   int  // how many of the references stand in the preview
	sheet   *sheet
	tail    string // what closes its last block, after the links back
}

// definitions lets footnotes stay in the tree where they are written, and
// remembers them by label. The first one with a label counts.
type definitions struct {
	parser.BlockParser
	doc *document
}

// Open implements parser.BlockParser.
func (f definitions) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	_, at := reader.PeekLine()
	node, state := f.BlockParser.Open(parent, reader, pc)
	if node == nil {
		return node, state
	}
	n := &note{node: node.(*east.Footnote)}
	n.node.Index = len(f.doc.notes)
	f.doc.notes = append(f.doc.notes, n)
	label := util.ToLinkReference(n.node.Ref)
	if _, taken := f.doc.labels[label]; taken {
		f.doc.problem(at.Start, "footnote_duplicate", "The footnote %q is defined twice; the first definition counts.", clip(string(n.node.Ref), 40))
	} else {
		f.doc.labels[label] = n
	}
	return node, state
}

// Close implements parser.BlockParser. The node stays where it is.
func (f definitions) Close(ast.Node, text.Reader, parser.Context) {}

// references reads [^label]. Without a definition it is text.
type references struct{ doc *document }

// Trigger implements parser.InlineParser.
func (references) Trigger() []byte { return []byte{'['} }

// maxLabel is the longest label of a link or footnote that CommonMark knows.
const maxLabel = 999

// Parse implements parser.InlineParser.
func (r references) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if len(line) < 4 || line[1] != '^' {
		return nil
	}
	size := labelLength(line[2:min(len(line), 2+maxLabel)])
	if size <= 0 {
		return nil
	}
	label := line[2 : 2+size]
	found, ok := r.doc.labels[util.ToLinkReference(label)]
	if !ok {
		if next := line[3+size:]; len(next) == 0 || next[0] != '(' && next[0] != '[' {
			r.doc.problem(segment.Start, "footnote_undefined", "The footnote %q is not defined.", clip(string(label), 40))
		}
		return nil
	}
	block.Advance(size + 3)
	return east.NewFootnoteLink(found.node.Index)
}

// labelLength finds the closing bracket of a label, escapes left aside.
func labelLength(b []byte) int {
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '[':
			return -1
		case ']':
			return i
		}
	}
	return -1
}

// settleNotes numbers footnotes in the order in which a reader of the preview
// meets them, then in the order of the gated text. The numbers of the preview
// thus never depend on what stands below the paywall.
func (d *document) settleNotes() {
	number := 0
	preview := d.paywall != nil
	var queue []*note
	meet := func(root ast.Node) {
		d.eachReference(root, func(link *east.FootnoteLink) {
			n := d.notes[link.Index]
			n.refs++
			link.RefIndex = n.refs
			if preview {
				n.shown++
			}
			if n.number == 0 {
				number++
				n.number, n.preview = number, preview
				queue = append(queue, n)
			}
		})
	}
	follow := func() {
		for len(queue) > 0 {
			next := queue[0]
			queue = queue[1:]
			meet(next.node)
		}
	}
	for c := d.root.FirstChild(); c != nil; c = c.NextSibling() {
		if c == d.paywall {
			follow()
			preview = false
		}
		if c.Kind() != east.KindFootnote { // it is met where something refers to it
			meet(c)
		}
	}
	follow()
	for _, n := range d.notes {
		if n.number == 0 && d.labels[util.ToLinkReference(n.node.Ref)] == n {
			d.problem(n.node.Pos(), "footnote_unused", "Nothing refers to the footnote %q; readers will not see it.", clip(string(n.node.Ref), 40))
		}
	}
}

// eachReference visits the references that will be printed with a node: not
// those in the alternative texts of images, nor in footnotes that are merely
// written here.
func (d *document) eachReference(root ast.Node, visit func(*east.FootnoteLink)) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if d.hidden(n) {
			return ast.WalkSkipChildren, nil
		}
		switch n := n.(type) {
		case *ast.Image:
			return ast.WalkSkipChildren, nil
		case *east.Footnote:
			if ast.Node(n) != root {
				return ast.WalkSkipChildren, nil
			}
		case *east.FootnoteLink:
			visit(n)
		}
		return ast.WalkContinue, nil
	})
}

// numbered lists the footnotes that are printed, by number.
func (d *document) numbered() []*note {
	var out []*note
	for _, n := range d.notes {
		if n.number > 0 {
			out = append(out, n)
		}
	}
	slices.SortFunc(out, func(a, b *note) int { return cmp.Compare(a.number, b.number) })
	return out
}
