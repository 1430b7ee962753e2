package markdown

import (
	"bytes"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// document is a note while it is rendered: its cleaned source, its tree, and
// what was found out about it.
type document struct {
	src      []byte
	lines    []int // where each line starts
	root     ast.Node
	paywall  ast.Node // the marker; nil when there is none
	notes    []*note  // footnotes in the order of the source
	labels   map[string]*note
	raw      map[ast.Node]*rawHTML // raw HTML that has been made safe
	problems []Problem
}

func newDocument(src []byte) *document {
	d := &document{src: clean(src), labels: map[string]*note{}, raw: map[ast.Node]*rawHTML{}, lines: []int{0}}
	for i, c := range d.src {
		if c == '\n' {
			d.lines = append(d.lines, i+1)
		}
	}
	return d
}

func (d *document) parse() {
	d.root = newParser(d).Parse(text.NewReader(d.src))
}

// clean gives valid UTF-8 with line feeds as line ends, also of the last line,
// and without characters that neither HTML nor XML may carry.
func clean(src []byte) []byte {
	s := strings.ToValidUTF8(string(src), "\ufffd")
	s = strings.TrimPrefix(s, "\ufeff")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if s != "" && !strings.HasSuffix(s, "\n") {
		s += "\n"
	}
	return []byte(strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == 0:
			return '\ufffd'
		case r == '\v', r == '\f':
			return ' '
		case r != '\n' && r != '\t' && unprintable(r):
			return -1
		}
		return r
	}, s))
}

// unprintable tells control characters and the noncharacters that XML forbids.
func unprintable(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff
}

// line is the number of the line at a position, from 1.
func (d *document) line(pos int) int {
	return max(sort.SearchInts(d.lines, pos+1), 1)
}

// lineEnd is the position of the line feed, or the end of the source.
func (d *document) lineEnd(line int) int {
	if line < len(d.lines) {
		return d.lines[line] - 1
	}
	return len(d.src)
}

// problem records a finding at a position.
func (d *document) problem(pos int, code, format string, args ...any) {
	if len(d.problems) < 4*maxProblems {
		d.problems = append(d.problems, Problem{Line: d.line(max(pos, 0)), Code: code, Message: fmt.Sprintf(format, args...)})
	}
}

// start is where a block begins in the source.
func start(n ast.Node) int {
	for n != nil {
		switch n.Kind() {
		case ast.KindParagraph, ast.KindTextBlock, ast.KindLinkReferenceDefinition, ast.KindHTMLBlock, ast.KindCodeBlock, ast.KindHeading, east.KindTableCell:
			if n.Lines().Len() > 0 {
				return n.Lines().At(0).Start
			}
			return max(n.Pos(), 0)
		case east.KindTable, east.KindTableHeader, east.KindTableRow:
			if n.FirstChild() == nil {
				return max(n.Pos(), 0)
			}
			n = n.FirstChild()
			continue
		}
		return max(n.Pos(), 0)
	}
	return 0
}

// text joins the lines of a block as they stand in the source, prefixes of
// enclosing quotes and lists removed.
func (d *document) text(n ast.Node) []byte {
	var b bytes.Buffer
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		b.Write(segment.Value(d.src))
	}
	if h, ok := n.(*ast.HTMLBlock); ok && h.HasClosure() {
		b.Write(h.ClosureLine.Value(d.src))
	}
	return b.Bytes()
}

func itoa(n int) string { return strconv.Itoa(n) }
