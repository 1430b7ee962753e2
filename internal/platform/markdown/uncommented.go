package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Uncommented gives the source of a note without what stands in comments: the
// paywall, and remarks among colleagues, which no page shows. What looks like a
// comment in code stays. A comment that parts two lists stays as an empty one.
// A text that is no note comes back as it is: that is how pages show it.
func Uncommented(src string) (out string) {
	defer func() {
		if recover() != nil {
			out = src
		}
	}()
	if len(src) > maxDocument {
		return src
	}
	d := newDocument([]byte(src))
	d.parse()
	c := &carver{doc: d, bare: true}
	_ = ast.Walk(d.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			c.uncomment(n)
		}
		return ast.WalkContinue, nil
	})
	return strings.Trim(c.assemble(0, len(d.src)), "\n")
}
