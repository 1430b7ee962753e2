package markup

import (
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page is a text while it is tidied.
type page struct {
	root     *html.Node
	options  Options
	paywall  *html.Node
	notes    []footnote
	pictures map[string]string // tokens by address
	shown    []Picture
	warnings []string
	warned   map[string]bool
}

func (p *page) warn(text string) {
	if !p.warned[text] {
		p.warned[text] = true
		p.warnings = append(p.warnings, text)
	}
}

// tidy brings a tree, from its leaves up, into what Markdown can say.
func (p *page) tidy(n *html.Node) {
	for _, c := range children(n) {
		switch c.Type {
		case html.CommentNode:
			p.comment(c)
			continue
		case html.ElementNode:
		default:
			continue
		}
		if p.dropped(c) {
			remove(c)
			continue
		}
		if paywallElement(c) {
			p.wall(c)
			continue
		}
		p.tidy(c)
		p.element(c)
	}
}

// comment finds the paywall; all other comments are dropped.
func (p *page) comment(c *html.Node) {
	word, _, _ := strings.Cut(strings.TrimSpace(strings.ToLower(c.Data)), " ")
	switch {
	case word == "members-only", word == "paywall", word == "more" && p.options.More:
		p.wall(c)
	default:
		remove(c)
	}
}

// wall notes the first paywall and drops further ones.
func (p *page) wall(n *html.Node) {
	if p.paywall != nil {
		remove(n)
		return
	}
	p.paywall = n
}

// paywallElement knows the mark in texts of Substack.
func paywallElement(n *html.Node) bool {
	return has(n, "paywall-jump") || attr(n, "data-component-name") == "PaywallToDOM"
}

// dropped tells what has no place in a note and no words of its author.
func (p *page) dropped(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Object, atom.Link, atom.Meta, atom.Head:
		return true
	case atom.Form, atom.Input, atom.Button, atom.Select, atom.Textarea:
		p.warn("a form was left out")
		return true
	}
	for _, class := range []string{"subscription-widget-wrap", "subscription-widget-wrap-editor", "subscription-widget", "kg-signup-card", "sharedaddy", "jp-relatedposts", "image-link-expand"} {
		if has(n, class) {
			return true
		}
	}
	return false
}

// element changes one element whose inside is tidy.
func (p *page) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Img:
		p.image(n)
	case atom.Figure:
		p.figure(n)
	case atom.A:
		p.link(n)
	case atom.Iframe, atom.Video, atom.Audio, atom.Embed:
		p.embedded(n)
	case atom.Picture:
		p.unwrap(n)
	case atom.Source:
		remove(n)
	case atom.H1: // the title of the note is the only one
		n.DataAtom, n.Data = atom.H2, "h2"
	case atom.Table:
		p.table(n)
	case atom.Div:
		if has(n, "kg-callout-card") || has(n, "pullquote") {
			n.DataAtom, n.Data = atom.Blockquote, "blockquote"
		}
	}
}

func (p *page) unwrap(n *html.Node) { replace(n, children(n)...) }

// image gives a picture the token that stands for it, so that its address can
// be settled later.
func (p *page) image(n *html.Node) {
	src := attr(n, "src")
	if lazy := attr(n, "data-src"); lazy != "" && (src == "" || strings.HasPrefix(src, "data:")) {
		src = lazy
	}
	switch {
	case src == "":
		remove(n)
		return
	case strings.HasPrefix(src, "data:"):
		p.warn("a picture that is written into the text itself was left out")
		remove(n)
		return
	}
	token, known := p.pictures[src]
	if !known {
		token = fmt.Sprintf("/media/import-%04d.picture", len(p.shown)+1)
		p.pictures[src] = token
		p.shown = append(p.shown, Picture{token, src})
	}
	alt, title := attr(n, "alt"), attr(n, "title")
	n.Attr = nil
	set(n, "src", token)
	set(n, "alt", alt)
	if title != "" {
		set(n, "title", title)
	}
}

// figure gives pictures their caption as the title, which is where our readers
// see it, and makes cards of links into links.
func (p *page) figure(n *html.Node) {
	if has(n, "kg-bookmark-card") {
		p.bookmark(n)
		return
	}
	caption := find(n, is(atom.Figcaption))
	pictures := 0
	var all []*html.Node
	var walk func(*html.Node)
	walk = func(x *html.Node) {
		if is(atom.Img)(x) {
			pictures++
			all = append(all, x)
		}
		for _, c := range children(x) {
			walk(c)
		}
	}
	walk(n)
	if pictures == 0 {
		return // a quote or a table with a caption: both stay
	}
	if caption != nil && pictures == 1 {
		if said := words(caption); said != "" && find(caption, is(atom.A)) == nil {
			set(all[0], "title", said)
			remove(caption)
		} else if said != "" {
			caption.DataAtom, caption.Data = atom.P, "p"
		}
	}
	paragraphs := make([]*html.Node, 0, pictures+1)
	for _, img := range all {
		paragraphs = append(paragraphs, element(atom.P, img))
	}
	if caption != nil && caption.Parent != nil {
		caption.DataAtom, caption.Data = atom.P, "p"
		paragraphs = append(paragraphs, caption)
	}
	replace(n, paragraphs...)
}

// bookmark makes Ghost's card of a link into the link.
func (p *page) bookmark(n *html.Node) {
	a := find(n, is(atom.A))
	if a == nil {
		remove(n)
		return
	}
	title := find(n, func(x *html.Node) bool { return has(x, "kg-bookmark-title") })
	said := attr(a, "href")
	if title != nil && words(title) != "" {
		said = words(title)
	}
	link := element(atom.A, text(said))
	set(link, "href", attr(a, "href"))
	replace(n, element(atom.P, link))
}

// link takes away links that lead to the picture they surround, and addresses
// that no reader can follow.
func (p *page) link(n *html.Node) {
	href := strings.TrimSpace(strings.ReplaceAll(attr(n, "href"), "__GHOST_URL__", ""))
	img := find(n, is(atom.Img))
	u, err := url.Parse(href)
	switch {
	case img != nil && (words(n) == "" || has(n, "image-link")):
		p.unwrap(n)
	case err != nil, u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto":
		p.unwrap(n)
	case href == "" && attr(n, "id") == "" && attr(n, "name") == "":
		p.unwrap(n)
	default:
		set(n, "href", href)
	}
}

// embedded puts a link where a film or a frame stood.
func (p *page) embedded(n *html.Node) {
	src := attr(n, "src")
	if s := find(n, is(atom.Source)); src == "" && s != nil {
		src = attr(s, "src")
	}
	if strings.HasPrefix(src, "//") {
		src = "https:" + src
	}
	u, err := url.Parse(src)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		p.warn("something embedded was left out")
		remove(n)
		return
	}
	p.warn("a link stands in place of what was embedded from " + u.Host)
	link := element(atom.A, text(src))
	set(link, "href", src)
	if within(n, atom.P) != nil {
		replace(n, link)
		return
	}
	replace(n, element(atom.P, link))
}

// table keeps what a Markdown table can hold; blocks in its cells become
// lines.
func (p *page) table(n *html.Node) {
	if find(n, is(atom.Table)) != nil {
		p.warn("a table inside a table was laid out in a row")
		var walk func(*html.Node)
		walk = func(x *html.Node) {
			for _, c := range children(x) {
				walk(c)
				if c.DataAtom == atom.Table && c != n {
					replace(c, text(words(c)))
				}
			}
		}
		walk(n)
	}
}
