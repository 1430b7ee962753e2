package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// The caps that doc.go explains.
const (
	maxDocument    = 1 << 20
	maxBlock       = 8 << 10
	maxMarks       = 1000
	maxNesting     = 24
	maxFormatting  = 32
	maxDetails     = 8
	maxCells       = 20_000
	maxDefinitions = 1000
	maxCharts      = 100
	maxExpansion   = 1 << 20
)

// shallow keeps a container block from opening inside too many others.
type shallow struct {
	parser.BlockParser
	doc *document
}

// Open implements parser.BlockParser.
func (s shallow) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) >= maxNesting {
		_, at := reader.PeekLine()
		s.doc.problem(at.Start, "too_deep", "Quotes and lists are nested too deeply here; the rest is shown as text.")
		return nil, parser.NoChildren
	}
	return s.BlockParser.Open(parent, reader, pc)
}

// overlong stands before every inline parser. In a block that is too long, or
// that holds too many marks, it takes each line as plain text, so that none of
// the others sees it.
type overlong struct {
	doc    *document
	parent ast.Node
	long   bool
}

// Trigger implements parser.InlineParser: every character that can start
// markup, and the start of a line.
func (o *overlong) Trigger() []byte {
	return []byte(" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
}

// Parse implements parser.InlineParser.
func (o *overlong) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	if parent != o.parent {
		length, marks := o.doc.weigh(parent)
		o.parent, o.long = parent, length > maxBlock || marks > maxMarks
		if o.long {
			o.doc.problem(start(parent), "block_too_long", "This paragraph is longer than 8 KB or has more than 1,000 marks such as * and [; it is shown without formatting.")
		}
	}
	if !o.long {
		return nil
	}
	line, segment := block.PeekLine()
	broken := bytes.HasSuffix(line, []byte("\n"))
	if broken {
		segment = segment.WithStop(segment.Stop - 1)
	}
	node := ast.NewTextSegment(segment)
	node.SetSoftLineBreak(broken)
	block.AdvanceLine()
	return node
}

// weigh gives the length of a block in bytes and counts the characters that
// the parser looks back or ahead from.
func (d *document) weigh(n ast.Node) (length, marks int) {
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		length += segment.Len()
		for _, c := range d.src[segment.Start:segment.Stop] {
			switch c {
			case '[', ']', '(', '*', '_', '~', '`', '<', '\'', '"', '!':
				marks++
			}
		}
	}
	return length, marks
}

// boundedTables keeps a table from being filled up with more cells than its
// author wrote.
type boundedTables struct {
	parser.ParagraphTransformer
	doc *document
}

func newTables(d *document) parser.ParagraphTransformer {
	return boundedTables{extension.NewTableParagraphTransformer(), d}
}

// Transform implements parser.ParagraphTransformer.
func (b boundedTables) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	columns := 0
	for i := range node.Lines().Len() {
		segment := node.Lines().At(i)
		line := segment.Value(reader.Source())
		if len(bytes.Trim(line, " \t\n|:-")) == 0 { // what separates the head from the rows
			columns = max(columns, bytes.Count(line, []byte("|"))+1)
		}
	}
	if columns == 0 {
		return
	}
	if columns*node.Lines().Len() > maxCells {
		b.doc.problem(start(node), "table_too_large", "This table has more than 20,000 cells; it is shown as text.")
		return
	}
	b.ParagraphTransformer.Transform(node, reader, pc)
}

// boundedDefinitions keeps the parser away from a paragraph of thousands of
// link definitions.
type boundedDefinitions struct{ doc *document }

// Transform implements parser.ParagraphTransformer.
func (b boundedDefinitions) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if node.Lines().Len() > maxDefinitions {
		b.doc.problem(start(node), "block_too_long", "This paragraph has more than 1,000 lines; link definitions in it are shown as text.")
		return
	}
	parser.LinkReferenceParagraphTransformer.Transform(node, reader, pc)
}
