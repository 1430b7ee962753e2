package markup

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

type footnote struct {
	number int
	body   *html.Node
}

// footnotes finds links that lead to an element which leads back: the mark of
// a footnote and its text, however an editor writes them.
func (p *page) footnotes() {
	ids := map[string]*html.Node{}
	var links []*html.Node
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if id := attr(n, "id"); id != "" && ids[id] == nil {
			ids[id] = n
		}
		if n.DataAtom == atom.A && strings.HasPrefix(attr(n, "href"), "#") {
			links = append(links, n)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(p.root)
	numbers := map[*html.Node]int{} // by the element that holds the text
	order := make([]*html.Node, 0, len(links))
	back := map[*html.Node]bool{}
	for _, a := range links {
		if back[a] {
			continue
		}
		target := ids[strings.TrimPrefix(attr(a, "href"), "#")]
		if target == nil || contains(target, a) {
			continue
		}
		body := bodyOf(target)
		ret := returns(body, a)
		if ret == nil || contains(body, a) || p.paywall != nil && contains(body, p.paywall) {
			continue
		}
		number, known := numbers[body]
		if !known {
			number = len(numbers) + 1
			numbers[body] = number
			order = append(order, body)
		}
		back[ret] = true
		m := text(string(markOpen) + strconv.Itoa(number) + string(markClose))
		if sup := a.Parent; sup != nil && sup.DataAtom == atom.Sup && words(sup) == words(a) {
			replace(sup, m)
		} else {
			replace(a, m)
		}
	}
	for _, body := range order {
		p.takeNote(body, numbers[body], back)
	}
}

// bodyOf is the element with the text of a note, given where its mark leads:
// the item or the block around it.
func bodyOf(target *html.Node) *html.Node {
	if has(target, "footnote-number") || target.DataAtom == atom.A || target.DataAtom == atom.Span || target.DataAtom == atom.Sup {
		for n := target.Parent; n != nil; n = n.Parent {
			if n.DataAtom == atom.Li || n.DataAtom == atom.Div && has(n, "footnote") || n.DataAtom == atom.P {
				return n
			}
		}
	}
	return target
}

// returns finds the link in a note that leads back to its mark.
func returns(body, mark *html.Node) *html.Node {
	names := map[string]bool{}
	for n := mark; n != nil && n.DataAtom != atom.P; n = n.Parent {
		if id := attr(n, "id"); id != "" {
			names["#"+id] = true
		}
		if n != mark && n.DataAtom != atom.Sup && n.DataAtom != atom.Span {
			break
		}
	}
	return find(body, func(n *html.Node) bool { return n.DataAtom == atom.A && names[attr(n, "href")] })
}

func contains(n, inner *html.Node) bool {
	for ; inner != nil; inner = inner.Parent {
		if inner == n {
			return true
		}
	}
	return false
}

// takeNote takes the text of a footnote out of the tree, without the link that
// led back and without the list or the rule that held nothing but notes.
func (p *page) takeNote(body *html.Node, number int, back map[*html.Node]bool) {
	for {
		a := find(body, func(n *html.Node) bool { return back[n] })
		if a == nil {
			break
		}
		if sup := a.Parent; sup != body && sup.DataAtom == atom.Sup && words(sup) == words(a) {
			remove(sup)
		} else {
			remove(a)
		}
	}
	holder := body.Parent
	remove(body)
	for holder != nil && holder != p.root && words(holder) == "" && !contains(holder, p.paywall) && find(holder, is(atom.Img)) == nil {
		up := holder.Parent
		remove(holder)
		holder = up
	}
	out := element(atom.Div, children(body)...)
	p.notes = append(p.notes, footnote{number, out})
}
