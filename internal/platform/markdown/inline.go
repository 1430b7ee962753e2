package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

func (p *printer) printInlines(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if !p.doc.hidden(n) {
			p.printInline(n)
		}
	}
}

func (p *printer) printInline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		p.printText(n)
	case *ast.String:
		p.say(string(n.Value))
	case *ast.CodeSpan:
		p.put("<code>")
		p.say(p.codeOf(n))
		p.put("</code>")
	case *ast.Emphasis:
		p.printFormatted(n, []string{"em", "strong"}[min(n.Level, 2)-1])
	case *east.Strikethrough:
		p.printFormatted(n, "del")
	case *ast.Link:
		p.printLink(n)
	case *ast.AutoLink:
		p.printAutoLink(n)
	case *ast.Image:
		p.printImage(n)
	case *east.FootnoteLink:
		p.printReference(n)
	case *east.TaskCheckBox:
		p.printCheckBox(n)
	case *ast.RawHTML:
		if r := p.doc.raw[n]; r != nil {
			p.tag(r.tag)
		}
	default:
		p.printInlines(n)
	}
}

func (p *printer) printText(n *ast.Text) {
	p.say(p.textOf(n))
	switch {
	case n.HardLineBreak():
		p.put("<br>\n")
		p.text.line()
	case n.SoftLineBreak():
		p.put("\n")
		p.text.say(" ")
	}
}

// printFormatted prints children within a tag, or without it where tags are
// nested too deeply.
func (p *printer) printFormatted(n ast.Node, tag string) {
	if p.depth >= maxFormatting {
		p.printInlines(n)
		return
	}
	p.depth++
	p.put("<", tag, ">")
	p.printInlines(n)
	p.put("</", tag, ">")
	p.depth--
}

func (p *printer) printCheckBox(n *east.TaskCheckBox) {
	if n.IsChecked {
		p.put(`<input type="checkbox" checked disabled aria-label="Done"> `)
		p.text.mark("[x] ")
		return
	}
	p.put(`<input type="checkbox" disabled aria-label="Not done"> `)
	p.text.mark("[ ] ")
}

// textOf gives the characters of a text node.
func (p *printer) textOf(n *ast.Text) string {
	value := n.Segment.Value(p.doc.src)
	if n.IsRaw() {
		return string(value)
	}
	return unescape(value)
}

// codeOf joins the lines of a code span. Within a table cell a pipe is written
// with a backslash even in code.
func (p *printer) codeOf(n *ast.CodeSpan) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Segment.Value(p.doc.src))
		}
	}
	code := strings.ReplaceAll(b.String(), "\n", " ")
	if p.inCell {
		code = strings.ReplaceAll(code, `\|`, "|")
	}
	return code
}

// plainOf gives the text of an inline tree: for headings, alternative texts and
// names. References to footnotes are left out of it, except within images,
// where they are text.
func (p *printer) plainOf(n ast.Node) string {
	var b strings.Builder
	p.writePlain(&b, n, n.Kind() == ast.KindImage)
	return b.String()
}

func (p *printer) writePlain(b *strings.Builder, parent ast.Node, image bool) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if p.doc.hidden(n) {
			continue
		}
		switch n := n.(type) {
		case *ast.Text:
			b.WriteString(p.textOf(n))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.CodeSpan:
			b.WriteString(p.codeOf(n))
		case *ast.AutoLink:
			b.Write(n.Label(p.doc.src))
		case *east.FootnoteLink:
			if image {
				b.WriteString("[^" + string(p.doc.notes[n.Index].node.Ref) + "]")
			}
		case *ast.Image:
			p.writePlain(b, n, true)
		default:
			p.writePlain(b, n, image)
		}
	}
}
