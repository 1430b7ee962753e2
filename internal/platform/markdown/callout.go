package markdown

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// calloutLine is the first line of a callout, as GitHub defined it: nothing
// else stands on it.
var calloutLine = regexp.MustCompile(`^\s*\[!([A-Za-z]+)\]\s*$`)

// calloutOpening is what looks like one to an editor.
var calloutOpening = regexp.MustCompile(`^\s*\[!([A-Za-z]+)\]`)

// calloutKey is the attribute under which a quote carries its kind.
const calloutKey = "callout"

// calloutTitle gives the heading of a callout, or nothing for an unknown kind.
func calloutTitle(kind string) string {
	switch kind {
	case "note", "tip", "important", "warning", "caution":
		return strings.ToUpper(kind[:1]) + kind[1:]
	}
	return ""
}

// callouts turns quotes that start with [!NOTE] into callouts. It works while
// blocks are parsed, so that the marker never reaches the inline parsers.
type callouts struct{ doc *document }

// Transform implements parser.ParagraphTransformer.
func (c callouts) Transform(node *ast.Paragraph, reader text.Reader, _ parser.Context) {
	quote, ok := node.Parent().(*ast.Blockquote)
	if !ok || quote.FirstChild() != ast.Node(node) || node.Lines().Len() == 0 {
		return
	}
	first := node.Lines().At(0)
	line := first.Value(reader.Source())
	m := calloutLine.FindSubmatch(line)
	if m == nil {
		if calloutOpening.Match(line) {
			c.doc.problem(first.Start, "callout_title", "A callout starts with its kind alone on the first line; put the text on the next one.")
		}
		return
	}
	kind := strings.ToLower(string(m[1]))
	if calloutTitle(kind) == "" {
		c.doc.problem(first.Start, "callout_unknown", "%q is not a kind of callout; known are NOTE, TIP, IMPORTANT, WARNING and CAUTION.", m[1])
		return
	}
	if _, done := quote.AttributeString(calloutKey); done {
		return // a second paragraph after the first had only its marker
	}
	quote.SetAttributeString(calloutKey, kind)
	rest := node.Lines().Sliced(1, node.Lines().Len())
	if len(rest) == 0 {
		quote.RemoveChild(quote, node)
		return
	}
	lines := text.NewSegments()
	lines.AppendAll(rest)
	node.SetLines(lines)
}
