package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
)

// rawHTML is what is left of a piece of raw HTML when it has been made safe:
// one tag for an inline piece, several parts for a block.
type rawHTML struct {
	tag    *rawTag
	parts  []rawPart
	hidden bool // content of a script or style
}

// rawPart is a tag of details, a summary, or a paragraph of text.
type rawPart struct {
	details *rawTag
	summary bool
	run     rawRun
}

// settleRawHTML decides for every piece of raw HTML what may be printed.
func (d *document) settleRawHTML() { d.settleChildren(d.root) }

func (d *document) settleChildren(parent ast.Node) {
	if parent.FirstChild() == nil {
		return
	}
	d.hideScripts(parent)
	if parent.FirstChild().Type() == ast.TypeBlock {
		d.settleBlocks(parent)
	} else {
		d.settleInlines(parent)
	}
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		d.settleChildren(c)
	}
}

func (d *document) hidden(n ast.Node) bool {
	r := d.raw[n]
	return r != nil && r.hidden
}

// hideScripts hides what stands between the siblings that open and close a
// script or style. It never reaches across the paywall.
func (d *document) hideScripts(parent ast.Node) {
	unclosed := map[string]bool{}
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		name := d.opensScript(c)
		if name == "" || unclosed[name] {
			continue
		}
		end := c.NextSibling()
		for end != nil && end != d.paywall && !d.closesScript(end, name) {
			end = end.NextSibling()
		}
		if end == nil || end == d.paywall {
			unclosed[name] = true
			continue
		}
		d.hide(c.NextSibling(), end)
		d.hideUpTo(end, name)
		c = end
	}
}

// hide hides siblings up to one that stays.
func (d *document) hide(n, end ast.Node) {
	for ; n != end; n = n.NextSibling() {
		d.raw[n] = &rawHTML{hidden: true}
	}
}

// hideUpTo hides the part of a block that stands before the end of a script.
func (d *document) hideUpTo(n ast.Node, name string) {
	if b, ok := n.(*ast.HTMLBlock); ok {
		d.raw[n] = d.readRaw(b, "<"+name+">")
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == ast.KindRawHTML && d.closesScript(c, name) {
			d.hide(n.FirstChild(), c)
			return
		}
	}
}

// rawSource is the text of a piece of raw HTML, and whether it is one.
func (d *document) rawSource(n ast.Node) ([]byte, bool) {
	switch n := n.(type) {
	case *ast.HTMLBlock:
		return d.text(n), true
	case *ast.RawHTML:
		return n.Segments.Value(d.src), true
	}
	return nil, false
}

// opensScript names the script or style that a piece opens and leaves open.
func (d *document) opensScript(n ast.Node) string {
	src, ok := d.rawSource(n)
	if !ok {
		return ""
	}
	if n.Kind() == ast.KindRawHTML {
		if tag := inlineTagOf(src); tag != nil && !tag.close && silentTag(tag.name) {
			return tag.name
		}
		return ""
	}
	if low := bytes.ToLower(src); !bytes.Contains(low, []byte("<script")) && !bytes.Contains(low, []byte("<style")) {
		return ""
	}
	open := ""
	z := html.NewTokenizer(bytes.NewReader(src))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind == html.TextToken || kind == html.CommentToken {
			continue
		}
		open = ""
		if name, _ := z.TagName(); kind == html.StartTagToken && silentTag(string(name)) {
			open = string(name)
		}
	}
	return open
}

// closesScript tells whether a script can end in a piece of raw HTML or, since
// its end tag does not start a block of HTML, in a paragraph.
func (d *document) closesScript(n ast.Node, name string) bool {
	src, ok := d.rawSource(n)
	if !ok && n.Kind() == ast.KindParagraph {
		src, ok = d.text(n), true
	}
	return ok && bytes.Contains(bytes.ToLower(src), []byte("</"+name))
}

// settleInlines pairs the tags within one run of text.
func (d *document) settleInlines(parent ast.Node) {
	var tags []*rawTag
	var first ast.Node
	var unknown []string
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		n, ok := c.(*ast.RawHTML)
		if !ok || d.hidden(c) {
			continue
		}
		tag := inlineTagOf(n.Segments.Value(d.src))
		if tag == nil {
			continue
		}
		if first == nil {
			first = c
		}
		if !inlineTag(tag.name) {
			unknown = append(unknown, tag.name)
			continue
		}
		d.raw[c] = &rawHTML{tag: tag}
		tags = append(tags, tag)
	}
	if first != nil {
		d.reportRaw(first.Pos(), unknown, pair(tags, maxFormatting))
	}
}

// settleBlocks pairs the details among siblings, text and other blocks between
// them.
func (d *document) settleBlocks(parent ast.Node) {
	var details []*rawTag
	var first ast.Node
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		n, ok := c.(*ast.HTMLBlock)
		if !ok || d.hidden(c) {
			continue
		}
		if d.raw[c] == nil {
			d.raw[c] = d.readRaw(n, "")
		}
		for _, part := range d.raw[c].parts {
			if part.details != nil {
				details = append(details, part.details)
				if first == nil {
					first = c
				}
			}
		}
	}
	if first != nil {
		d.reportRaw(start(first), nil, pair(details, maxDetails))
	}
}

// reportRaw tells the editor what was left out.
func (d *document) reportRaw(pos int, unknown []string, even bool) {
	if len(unknown) > 0 {
		slices.Sort(unknown)
		unknown = slices.Compact(unknown)
		d.problem(pos, "html_skipped", "HTML tags that are not used in notes were left out: %s.", strings.Join(unknown[:min(len(unknown), 5)], ", "))
	}
	if !even {
		d.problem(pos, "html_unclosed", "An HTML tag is left open or closed twice; it was left out.")
	}
}
