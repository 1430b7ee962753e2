package portal_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// checkHTML holds a page to the rules that a browser forgives and a reader
// with a screen reader does not.
func (p *page) checkHTML() *page {
	p.t.Helper()
	root, err := html.Parse(strings.NewReader(p.body))
	if err != nil {
		p.t.Fatalf("%s: %v", p.what, err)
	}
	c := &checker{t: p.t, what: p.what, ids: map[string]bool{}, labels: map[string]bool{}}
	c.walk(root)
	c.finish()
	if !strings.HasPrefix(p.body, "<!doctype html>\n<html lang=\"") {
		p.t.Errorf("%s: it does not begin like a page", p.what)
	}
	return p
}

type checker struct {
	t      testing.TB
	what   string
	ids    map[string]bool
	labels map[string]bool // what a label is for
	inputs []string        // ids of controls that need a label
	refs   []string        // ids that something points to
	h1     int
	level  int
	mains  int
}

func (c *checker) fault(format string, args ...any) {
	c.t.Helper()
	c.t.Errorf(c.what+": "+format, args...)
}

func (c *checker) walk(n *html.Node) {
	if n.Type == html.ElementNode {
		c.element(n)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.walk(child)
	}
}

func (c *checker) element(n *html.Node) {
	a := map[string]string{}
	for _, x := range n.Attr {
		a[x.Key] = x.Val
		if strings.HasPrefix(x.Key, "on") || x.Key == "style" {
			c.fault("<%s %s> breaks the content security policy", n.Data, x.Key)
		}
	}
	if id, has := a["id"]; has {
		if id == "" || c.ids[id] {
			c.fault("the id %q is empty or there twice", id)
		}
		c.ids[id] = true
	}
	for _, key := range []string{"aria-describedby", "aria-labelledby"} {
		c.refs = append(c.refs, strings.Fields(a[key])...)
	}
	if strings.HasPrefix(a["href"], "#") && len(a["href"]) > 1 {
		c.refs = append(c.refs, a["href"][1:])
	}
	c.byName(n, a)
}

func (c *checker) byName(n *html.Node, a map[string]string) {
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		level := int(n.Data[1] - '0')
		if level == 1 {
			c.h1++
		} else if level > c.level+1 {
			c.fault("an %s follows an h%d", n.Data, c.level)
		}
		c.level = level
		if text(n) == "" {
			c.fault("an empty %s", n.Data)
		}
	case "main":
		c.mains++
	case "label":
		c.labels[a["for"]] = true
	case "input", "textarea", "select":
		if a["type"] != "hidden" && a["type"] != "submit" && !inLabel(n) {
			c.inputs = append(c.inputs, a["id"])
		}
	case "script":
		if a["src"] == "" && a["type"] != "application/ld+json" {
			c.fault("a script in the page")
		}
	case "style":
		c.fault("a style element")
	case "img":
		if _, has := a["alt"]; !has {
			c.fault("an image without alt")
		}
	case "a", "button":
		if text(n) == "" && a["aria-label"] == "" && label(n) == "" {
			c.fault("a <%s href=%q> without a name", n.Data, a["href"])
		}
	}
}

func (c *checker) finish() {
	if c.h1 != 1 || c.mains != 1 {
		c.fault("%d h1, %d main", c.h1, c.mains)
	}
	for _, id := range c.inputs {
		if id == "" || !c.labels[id] {
			c.fault("the field %q has no label", id)
		}
	}
	for _, id := range c.refs {
		if !c.ids[id] {
			c.fault("nothing has the id %q", id)
		}
	}
}

func inLabel(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Data == "label" {
			return true
		}
	}
	return false
}

// label is the name a picture inside gives.
func label(n *html.Node) string {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		for _, x := range child.Attr {
			if x.Key == "aria-label" || x.Key == "alt" {
				return x.Val
			}
		}
		if s := label(child); s != "" {
			return s
		}
	}
	return ""
}

func text(n *html.Node) string {
	if n.Type == html.TextNode {
		return strings.TrimSpace(n.Data)
	}
	var all string
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		all += text(child)
	}
	return all
}

// links lists the addresses of ours that a page leads to.
func (p *page) links() []string {
	root, err := html.Parse(strings.NewReader(p.body))
	if err != nil {
		p.t.Fatal(err)
	}
	var out []string
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for _, x := range n.Attr {
			if (x.Key == "href" || x.Key == "src") && strings.HasPrefix(x.Val, "/") {
				address, _, _ := strings.Cut(x.Val, "#")
				out = append(out, address)
			}
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child)
		}
	}
	walk(root)
	return out
}
