package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, class string) bool {
	for c := range strings.FieldsSeq(attr(n, "class")) {
		if c == class {
			return true
		}
	}
	return false
}

func set(n *html.Node, name, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: name, Val: value})
}

func remove(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// replace puts other nodes where one stood.
func replace(n *html.Node, with ...*html.Node) {
	for _, w := range with {
		remove(w)
		n.Parent.InsertBefore(w, n)
	}
	remove(n)
}

func element(a atom.Atom, children ...*html.Node) *html.Node {
	n := &html.Node{Type: html.ElementNode, DataAtom: a, Data: a.String()}
	for _, c := range children {
		remove(c)
		n.AppendChild(c)
	}
	return n
}

func text(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: s} }

func children(n *html.Node) (out []*html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		out = append(out, c)
	}
	return out
}

// find gives the first node below n that fits, in the order of the text.
func find(n *html.Node, fits func(*html.Node) bool) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if fits(c) {
			return c
		}
		if found := find(c, fits); found != nil {
			return found
		}
	}
	return nil
}

func is(a atom.Atom) func(*html.Node) bool {
	return func(n *html.Node) bool { return n.Type == html.ElementNode && n.DataAtom == a }
}

func within(n *html.Node, a atom.Atom) *html.Node {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == a {
			return p
		}
	}
	return nil
}

// cut divides the tree at the paywall into what stands above it and what
// stands below, each in the elements that were open there.
func (p *page) cut() (above, below *html.Node) {
	if p.paywall != nil && !contains(p.root, p.paywall) {
		p.paywall = nil // it stood in something that was left out
	}
	if p.paywall == nil {
		return p.root, nil
	}
	path := map[*html.Node]bool{}
	for n := p.paywall; n != nil; n = n.Parent {
		path[n] = true
	}
	above, below = shell(p.root), shell(p.root)
	var split func(from, up, down *html.Node)
	split = func(from, up, down *html.Node) {
		to := up
		for _, c := range children(from) {
			switch {
			case c == p.paywall:
				to = down
			case path[c]:
				u, d := shell(c), shell(c)
				up.AppendChild(u)
				down.AppendChild(d)
				split(c, u, d)
				to = down
			default:
				remove(c)
				to.AppendChild(c)
			}
		}
	}
	split(p.root, above, below)
	return above, below
}

// shell is an element without what is in it.
func shell(n *html.Node) *html.Node {
	return &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace, Attr: append([]html.Attribute(nil), n.Attr...)}
}
