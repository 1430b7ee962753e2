package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
)

var (
	paywallBlock   = regexp.MustCompile(`^\s*<!--\s*paywall\s*-->\s*$`)
	paywallComment = regexp.MustCompile(`<!--\s*paywall\s*-->`)
	paywallNearly  = regexp.MustCompile(`(?i)^\s*<!--\s*pay[\s_-]?wall\s*-->\s*$`)
)

// findPaywall finds the cut and reports every marker that is none. A marker
// that does not count leaves the note without a preview rather than with a
// wrong one.
func (d *document) findPaywall() {
	for n := d.root.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == ast.KindHTMLBlock && paywallBlock.Match(d.text(n)) {
			if d.paywall == nil {
				d.paywall = n
			} else {
				d.problem(start(n), "paywall_second", "There is a second paywall; only the first one counts.")
			}
		}
	}
	_ = ast.Walk(d.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			d.checkPaywall(n)
		}
		return ast.WalkContinue, nil
	})
}

// checkPaywall reports a marker in a place where it does not cut.
func (d *document) checkPaywall(n ast.Node) {
	switch n := n.(type) {
	case *ast.HTMLBlock:
		d.checkPaywallBlock(n)
	case *ast.RawHTML:
		if n.Segments.Len() > 0 && paywallComment.Match(n.Segments.Value(d.src)) {
			d.problem(n.Segments.At(0).Start, "paywall_inline", "A paywall inside a paragraph does not count; put it on a line of its own, with blank lines around it.")
		}
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		for i := range n.Lines().Len() {
			segment := n.Lines().At(i)
			if paywallBlock.Match(segment.Value(d.src)) {
				d.problem(segment.Start, "paywall_in_code", "A paywall inside code does not count. Is the code block above it closed?")
			}
		}
	}
}

func (d *document) checkPaywallBlock(n *ast.HTMLBlock) {
	text := d.text(n)
	top := n.Parent() == d.root
	switch {
	case paywallBlock.Match(text) && !top:
		d.problem(start(n), "paywall_nested", "A paywall inside a list, quote, callout or footnote does not count; put it at the start of a line, with blank lines around it.")
	case paywallBlock.Match(text):
	case paywallComment.Match(text):
		at := start(n) + bytes.Index(d.src[start(n):], []byte("<!--"))
		d.problem(at, "paywall_inline", "A paywall beside other HTML does not count; put blank lines around it.")
	case paywallNearly.Match(text):
		d.problem(start(n), "paywall_spelling", "This looks like a paywall but is spelled differently; write <!-- paywall -->.")
	}
}
