package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// printLink prints a link, or only its text if it may not lead there.
func (p *printer) printLink(n *ast.Link) {
	if !p.expand(n, n.Reference, n.Destination, n.Title) {
		p.printInlines(n)
		return
	}
	a := newAddress(unescape(n.Destination))
	if !a.linkable() {
		p.doc.problem(n.Pos(), "link_refused", "A link may lead to http, https, mailto or a page of this site only, not to %q.", clip(string(n.Destination), 80))
		p.printInlines(n)
		return
	}
	p.openLink(a, n.Pos())
	if title := unescape(n.Title); title != "" {
		p.put(` title="`, escape(title), `"`)
	}
	p.put(">")
	p.inLink = true // the parser finds no link in a link, but addresses and footnotes
	p.printInlines(n)
	p.inLink = false
	p.put("</a>")
}

// openLink starts an a element and records where it leads.
func (p *printer) openLink(a address, pos int) {
	p.links.add(a.url, p.doc.line(max(pos, 0)), p.gated)
	p.put(`<a href="`, escape(a.resolved(p.base)), `"`)
	if a.external(p.base) {
		p.put(` rel="noopener"`)
	}
}

// printAutoLink prints an address that stands in the text.
func (p *printer) printAutoLink(n *ast.AutoLink) {
	label := string(n.Label(p.doc.src))
	url := string(n.URL(p.doc.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
		url = "mailto:" + url
	}
	a := newAddress(url)
	if p.inLink || !a.linkable() {
		p.say(label)
		return
	}
	p.openLink(a, n.Pos())
	p.put(">")
	p.say(label)
	p.put("</a>")
}

// expand adds up what reference links repeat from their definitions. A short
// text with one long definition could otherwise grow without bound.
func (p *printer) expand(n ast.Node, reference *ast.ReferenceLink, parts ...[]byte) bool {
	if reference == nil {
		return true
	}
	for _, part := range parts {
		p.expansion += len(part)
	}
	if p.expansion > maxExpansion {
		p.doc.problem(n.Pos(), "links_too_long", "The addresses of the reference links add up to more than 1 MB; the rest is shown as text.")
		return false
	}
	return true
}
