package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// printReference prints the number that leads to a footnote. Within a link it
// cannot be a link itself, but keeps its id for the way back.
func (p *printer) printReference(n *east.FootnoteLink) {
	note := p.doc.notes[n.Index]
	number := itoa(note.number)
	id := "fnref_" + number + "_" + itoa(n.RefIndex)
	if p.inLink {
		p.put(`<sup class="fn" id="`, id, `">`, number, "</sup>")
	} else {
		p.put(`<sup class="fn"><a id="`, id, `" href="#fn_`, number, `" role="doc-noteref" aria-label="Footnote `, number, `">`, number, "</a></sup>")
	}
	p.text.raw("[" + number + "]")
}

// printNotes prints the footnotes of the preview, or those of the gated text,
// each on its own sheet. The links back follow later: their count depends on
// the part they lead to.
func (p *printer) printNotes(preview bool) {
	topic := p.topic
	for _, n := range p.notes {
		if n.preview == preview {
			p.topic = ""
			n.sheet = &sheet{}
			p.sheet = n.sheet
			p.printNote(n)
		}
	}
	p.topic = topic
}

// printNote leaves the last paragraph open, so that the links back can stand at
// its end.
func (p *printer) printNote(n *note) {
	last := n.node.LastChild()
	n.tail = "</p>\n"
	p.printChildren(n.node)
	if last != nil && last.Kind() == ast.KindParagraph && strings.HasSuffix(p.html.String(), n.tail) {
		p.html.Truncate(p.html.Len() - len(n.tail))
		return
	}
	p.put("<p>")
}

// previewed gives the footnotes that the preview refers to. They have the
// lowest numbers.
func (p *printer) previewed() []*note {
	count := 0
	for _, n := range p.notes {
		if n.preview {
			count++
		}
	}
	return p.notes[:count]
}

// notesHTML assembles the section at the end of a note.
func notesHTML(notes []*note, preview bool) string {
	if len(notes) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n")
	for _, n := range notes {
		number := itoa(n.number)
		b.WriteString(`<li id="fn_` + number + `">` + "\n")
		b.Write(n.sheet.html.Bytes())
		count := n.refs
		if preview {
			count = n.shown
		}
		for i := 1; i <= count; i++ {
			b.WriteString(backLink(number, i, count))
		}
		b.WriteString(n.tail + "</li>\n")
	}
	b.WriteString("</ol>\n</section>\n")
	return b.String()
}

// backLink leads back to one of the references. The arrow is followed by a
// selector that keeps it from turning into an emoji.
func backLink(number string, i, count int) string {
	name, mark := "Back to reference "+number, "↩\ufe0e"
	if count > 1 {
		name += ", place " + itoa(i)
		mark += "<sup>" + itoa(i) + "</sup>"
	}
	return ` <a class="fn-back" href="#fnref_` + number + "_" + itoa(i) + `" role="doc-backlink" aria-label="` + name + `">` + mark + "</a>"
}
