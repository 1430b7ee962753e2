package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// previewSource gives the Markdown above the paywall. Definitions that the
// preview does not use are taken out wherever they stand, those that it uses
// and that stand below are added at the end. Comments of editors lose their
// text. Rendering the result gives the preview again.
func (d *document) previewSource(openDetails int) string {
	c := &carver{doc: d, used: d.usedInPreview(), kept: map[ast.Node]bool{}}
	for n := d.root.FirstChild(); n != d.paywall; n = n.NextSibling() {
		c.carve(n)
	}
	from := d.lines[d.line(start(d.paywall))-1]
	parts := []string{strings.TrimRight(c.assemble(0, from), " \t\n")}
	for range openDetails {
		parts = append(parts, "</details>")
	}
	for _, n := range d.numbered() {
		if n.preview && !c.kept[n.node] {
			parts = append(parts, c.extract(n.node))
		}
	}
	var links []string
	for _, def := range d.linkDefinitions() {
		if c.used[def] && !c.kept[def] {
			links = append(links, linkDefinition(def))
		}
	}
	parts = append(parts, strings.Join(links, "\n"))
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "\n\n") + "\n"
}

// linkDefinitions lists the link definitions that count: the first one of each
// label.
func (d *document) linkDefinitions() []*ast.LinkReferenceDefinition {
	var list []*ast.LinkReferenceDefinition
	seen := map[string]bool{}
	_ = ast.Walk(d.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if def, ok := n.(*ast.LinkReferenceDefinition); ok && entering {
			if label := util.ToLinkReference(def.Label); !seen[label] {
				seen[label] = true
				list = append(list, def)
			}
		}
		return ast.WalkContinue, nil
	})
	return list
}

// usedInPreview marks the definitions that the preview and its footnotes need.
// Hidden links and those in alternative texts count: without their definition
// they would read differently.
func (d *document) usedInPreview() map[ast.Node]bool {
	used := map[ast.Node]bool{}
	labels := map[string]bool{}
	visit := func(root ast.Node) {
		_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			switch n := n.(type) {
			case *east.Footnote:
				if ast.Node(n) != root {
					return ast.WalkSkipChildren, nil
				}
			case *ast.Link:
				if n.Reference != nil {
					labels[util.ToLinkReference(n.Reference.Value)] = true
				}
			case *ast.Image:
				if n.Reference != nil {
					labels[util.ToLinkReference(n.Reference.Value)] = true
				}
			}
			return ast.WalkContinue, nil
		})
	}
	for n := d.root.FirstChild(); n != d.paywall; n = n.NextSibling() {
		if n.Kind() != east.KindFootnote {
			visit(n)
		}
	}
	for _, n := range d.notes {
		if n.preview {
			used[n.node] = true
			visit(n.node)
		}
	}
	for _, def := range d.linkDefinitions() {
		used[def] = labels[util.ToLinkReference(def.Label)]
	}
	return used
}

// linkDefinition writes a definition anew, on a line of its own.
func linkDefinition(def *ast.LinkReferenceDefinition) string {
	dest := string(def.Destination)
	if dest == "" || dest[0] == '<' || strings.ContainsAny(dest, " \t") {
		dest = "<" + dest + ">"
	}
	s := "[" + strings.Join(strings.Fields(string(def.Label)), " ") + "]: " + dest
	if def.Title == nil {
		return s
	}
	title := bytes.TrimSpace(def.Title)
	for _, quotes := range []string{`""`, `''`, `()`} {
		if !bytes.ContainsAny(title, quotes) {
			return s + " " + quotes[:1] + string(title) + quotes[1:]
		}
	}
	return s + ` "` + quoted(string(title)) + `"`
}

// quoted puts a backslash before double quotes that have none.
func quoted(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			b.WriteByte(s[i])
			i++
		case s[i] == '"':
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
