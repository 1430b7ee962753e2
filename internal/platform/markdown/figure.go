package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// standAlone lists the images of a paragraph that holds nothing else; each may
// be wrapped in a link.
func (p *printer) standAlone(n ast.Node) []ast.Node {
	var images []ast.Node
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok && strings.TrimSpace(string(t.Segment.Value(p.doc.src))) == "" {
			continue
		}
		image := p.imageIn(c)
		if image == nil || p.addressOf(image) == nil {
			return nil
		}
		images = append(images, c)
	}
	return images
}

// imageIn gives the image that a node is or, as a link, wraps.
func (p *printer) imageIn(n ast.Node) *ast.Image {
	if p.doc.hidden(n) {
		return nil
	}
	if link, ok := n.(*ast.Link); ok && link.ChildCount() == 1 {
		n = link.FirstChild()
	}
	image, _ := n.(*ast.Image)
	return image
}

// printFigures prints a paragraph that holds nothing but images.
func (p *printer) printFigures(n ast.Node) bool {
	images := p.standAlone(n)
	for _, image := range images {
		p.printFigure(image)
	}
	return len(images) > 0
}

// printFigure prints an image with its title as the caption.
func (p *printer) printFigure(n ast.Node) {
	image := p.imageIn(n)
	caption := strings.TrimSpace(unescape(image.Title))
	image.Title = nil // it is the caption now, not a tool tip
	p.text.block()
	p.put("<figure>\n")
	p.printInline(n)
	if strings.TrimSpace(p.plainOf(image)) == "" {
		p.doc.problem(image.Pos(), "image_alt_missing", "The image has no alternative text for readers who cannot see it.")
	}
	if caption != "" {
		p.figures++
		p.put("\n<figcaption>")
		p.text.line()
		p.say(caption)
		p.put("</figcaption>")
	}
	p.put("\n</figure>\n")
}

// addressOf gives the address of an image, or nil if it may not be shown. It
// judges each image once.
func (p *printer) addressOf(n *ast.Image) *address {
	if a, done := p.checked[n]; done {
		return a
	}
	p.checked[n] = nil
	if !p.expand(n, n.Reference, n.Destination, n.Title) {
		return nil
	}
	a := newAddress(unescape(n.Destination))
	if !a.showable() {
		p.doc.problem(n.Pos(), "image_refused", "An image may come from http, https or this site only, not from %q.", clip(string(n.Destination), 80))
		return nil
	}
	p.checked[n] = &a
	return &a
}

// printImage prints an image, or its alternative text if it may not be shown.
func (p *printer) printImage(n *ast.Image) {
	alt := strings.TrimSpace(p.plainOf(n))
	a := p.addressOf(n)
	if a == nil {
		p.say(alt)
		return
	}
	p.images.add(a.url, p.doc.line(max(n.Pos(), 0)), p.gated)
	p.put(`<img src="`, escape(a.resolved(p.base)), `" alt="`, escape(alt), `"`)
	if title := unescape(n.Title); title != "" {
		p.put(` title="`, escape(title), `"`)
	}
	p.put(` loading="lazy" decoding="async">`)
	p.text.raw(alt)
}
