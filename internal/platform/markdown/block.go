package markdown

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

func (p *printer) printBlock(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		p.printHeading(n)
	case *ast.Paragraph:
		p.printParagraph(n)
	case *ast.TextBlock:
		p.printTextBlock(n)
	case *ast.Blockquote:
		p.printQuote(n)
	case *ast.List:
		p.printList(n)
	case *ast.FencedCodeBlock:
		p.printFence(n)
	case *ast.CodeBlock:
		p.printCode("", string(p.doc.text(n)))
	case *ast.ThematicBreak:
		p.put("<hr>\n")
	case *east.Table:
		p.printTable(n)
	}
	// Definitions of links and footnotes stand in the tree too; they are not
	// printed where they are written.
}

func (p *printer) printChildren(n ast.Node) { p.printSiblings(n.FirstChild(), nil) }

// printHeading prints a heading with an id. A body may use h1; then everything
// from there on moves one level down, because h1 is the title of the page.
func (p *printer) printHeading(n *ast.Heading) {
	if n.Level == 1 {
		p.shift = 1
	}
	text := strings.TrimSpace(p.plainOf(n))
	if text == "" && n.FirstChild() == nil {
		return
	}
	level := min(max(n.Level+p.shift, 2), 6)
	id := p.ids.give(slug(text))
	tag := "h" + itoa(level)
	p.text.block()
	p.put("<", tag, ` id="`, escape(id), `">`)
	p.printInlines(n)
	p.put("</", tag, ">\n")
	p.topic = clip(text, 100)
	if level <= 3 && n.Parent() == p.doc.root && text != "" {
		p.contents = append(p.contents, Heading{Level: level, ID: id, Text: text})
	}
}

// printParagraph prints a paragraph, or figures if it holds images only. A
// paragraph of which nothing is left vanishes.
func (p *printer) printParagraph(n ast.Node) {
	if p.printFigures(n) {
		return
	}
	p.text.block()
	before := p.html.Len()
	p.put("<p>")
	p.printInlines(n)
	if len(strings.TrimSpace(string(p.html.Bytes()[before:]))) == len("<p>") {
		p.html.Truncate(before)
		return
	}
	p.put("</p>\n")
}

// printTextBlock prints the text of an item in a tight list.
func (p *printer) printTextBlock(n ast.Node) {
	if p.printFigures(n) {
		return
	}
	p.printInlines(n)
	if n.NextSibling() != nil {
		p.put("\n")
	}
}

func (p *printer) printQuote(n *ast.Blockquote) {
	kind, ok := n.AttributeString(calloutKey)
	if !ok {
		before := p.html.Len()
		p.put("<blockquote>\n")
		inside := p.html.Len()
		p.printChildren(n)
		if p.html.Len() == inside { // it held definitions only
			p.html.Truncate(before)
			return
		}
		p.put("</blockquote>\n")
		return
	}
	name := kind.(string)
	title := calloutTitle(name)
	p.text.block()
	p.put(`<aside class="callout callout-`, name, `" role="note" aria-label="`, title, `">`, "\n",
		`<p class="callout-title">`, title, "</p>\n")
	p.text.raw(title)
	p.printChildren(n)
	p.put("</aside>\n")
}

func (p *printer) printList(n *ast.List) {
	tag := "ul"
	if n.IsOrdered() {
		tag = "ol"
	}
	p.put("<", tag)
	if n.IsOrdered() && n.Start != 1 {
		p.put(` start="`, itoa(n.Start), `"`)
	}
	p.put(">\n")
	number := n.Start
	if n.Parent().Kind() != ast.KindListItem {
		p.text.block()
	}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "- "
		if n.IsOrdered() {
			mark = itoa(number) + ". "
			number++
		}
		p.printItem(item, mark, n.IsTight)
	}
	p.put("</", tag, ">\n")
}

func (p *printer) printItem(item ast.Node, mark string, tight bool) {
	if tight {
		p.text.line()
	} else {
		p.text.block()
	}
	if task(item) != nil {
		p.put(`<li class="task">`)
	} else {
		p.put("<li>")
	}
	p.text.mark(mark)
	if c := item.FirstChild(); c != nil && c.Kind() != ast.KindTextBlock {
		p.put("\n")
	}
	p.printChildren(item)
	p.text.fresh = false
	p.put("</li>\n")
}

// task finds the check box at the start of an item.
func task(item ast.Node) *east.TaskCheckBox {
	if item.FirstChild() == nil || item.FirstChild().FirstChild() == nil {
		return nil
	}
	box, _ := item.FirstChild().FirstChild().(*east.TaskCheckBox)
	return box
}

// language is what may follow language- in a class.
var language = regexp.MustCompile(`^[A-Za-z0-9+#._-]{1,40}$`)

func (p *printer) printFence(n *ast.FencedCodeBlock) {
	name := string(n.Language(p.doc.src))
	if name == "chart" {
		p.printChart(n)
		return
	}
	p.printCode(name, string(p.doc.text(n)))
}

// printCode prints code that can be scrolled with the keyboard. Lines of blanks
// are emptied: how many blanks the parser leaves depends on what is around.
func (p *printer) printCode(name, code string) {
	lines := strings.Split(code, "\n")
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			lines[i] = ""
		}
	}
	code = strings.Join(lines, "\n")
	p.put(`<pre tabindex="0"><code`)
	if language.MatchString(name) {
		p.put(` class="language-`, name, `"`)
	}
	p.put(">", escape(code), "</code></pre>\n")
	p.text.block()
	p.text.say(strings.TrimRight(code, "\n"))
}
