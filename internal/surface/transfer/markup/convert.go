package markup

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"lighttrends/internal/surface/transfer/source"
)

// Options say what a text may hold.
type Options struct {
	More bool // <!--more--> is the paywall
}

// Result is a text in Markdown.
type Result struct {
	Body     string
	Pictures []Picture // shown, in the order of the text, each once
	Paywall  bool
	Lost     bool   // there was a paywall, and it is nowhere now
	Preview  string // plain words above the paywall, or of all when there is none
	Warnings []string
}

// Picture stands in the text as Token until it is known where it is.
type Picture struct{ Token, Src string }

// Paywall is the line that divides a body.
const Paywall = "<!-- paywall -->"

var (
	wallMark = regexp.MustCompile(`(?i)<!--\s*(?:members-only|paywall)\b`)
	moreMark = regexp.MustCompile(`(?i)<!--\s*more\b`)
)

// walled tells whether a paywall stands anywhere in a text, also where the tree
// has none: in a form, or in what a browser takes for plain letters.
func (o Options) walled(text string) bool {
	return wallMark.MatchString(text) || o.More && moreMark.MatchString(text)
}

// Converter converts texts, one after the other.
type Converter struct{ md *converter.Converter }

// New makes a converter.
func New() *Converter {
	return &Converter{converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(),
		strikethrough.NewStrikethroughPlugin(),
		table.NewTablePlugin(table.WithHeaderPromotion(true), table.WithNewlineBehavior(table.NewlineBehaviorPreserve)),
	))}
}

// Convert converts a text.
func (c *Converter) Convert(text string, o Options) (Result, error) {
	if len(text) > source.MaxText {
		return Result{}, source.Wrong("the text is larger than %d MB", source.MaxText>>20)
	}
	root := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(strings.NewReader(text), root)
	if err != nil {
		return Result{}, source.Wrong("the HTML is nested too deep to be read")
	}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	p := &page{root: root, options: o, pictures: map[string]string{}, warned: map[string]bool{}}
	p.tidy(root)
	p.footnotes()
	above, below := p.cut()
	lost := below == nil && o.walled(text)
	if lost {
		p.warn("the paywall stood in something that was left out; put it back by hand")
	}
	r, err := c.write(p, above, below)
	r.Lost = lost
	return r, err
}

func (c *Converter) write(p *page, above, below *html.Node) (r Result, err error) {
	r = Result{Preview: words(above), Paywall: below != nil}
	parts := make([]string, 0, 4)
	for _, half := range []*html.Node{above, below} {
		if half == nil {
			continue
		}
		if len(parts) > 0 || half == below {
			parts = append(parts, Paywall)
		}
		text, err := c.markdown(half)
		if err != nil {
			return r, err
		}
		parts = append(parts, text)
	}
	for _, note := range p.notes {
		text, err := c.markdown(note.body)
		if err != nil {
			return r, err
		}
		parts = append(parts, fmt.Sprintf("[^%d]: %s", note.number, strings.ReplaceAll(text, "\n", "\n    ")))
	}
	r.Body = p.finish(strings.Join(parts, "\n\n"))
	r.Pictures, r.Warnings = p.shown, p.warnings
	return r, nil
}

func (c *Converter) markdown(n *html.Node) (string, error) {
	out, err := c.md.ConvertNode(n)
	if err != nil {
		return "", source.Wrong("the HTML cannot be converted")
	}
	return strings.TrimSpace(string(out)), nil
}

// The marks of footnotes in a text that is being converted: characters for
// private use, which no converter escapes.
const (
	markOpen  = '\uE0F0'
	markClose = '\uE0F1'
)

var (
	mark        = regexp.MustCompile(`\x{E0F0}(\d+)\x{E0F1}`)
	emptyLines  = regexp.MustCompile(`\n(?:[ \t]*\n){2,}`)
	markerLeft  = regexp.MustCompile(`[\x{E0F0}\x{E0F1}]`)
	listDivider = regexp.MustCompile(`(?m)^<!--THE END-->\n?`)
)

// finish puts footnotes in and the blank lines right.
func (p *page) finish(text string) string {
	text = mark.ReplaceAllString(text, "[^$1]")
	text = markerLeft.ReplaceAllString(text, "")
	text = listDivider.ReplaceAllString(text, "")
	text = emptyLines.ReplaceAllString(text, "\n\n")
	if text = strings.Trim(text, "\n"); text == "" {
		return ""
	}
	return text + "\n"
}

// words are the words of a tree, with single spaces between.
func words(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(mark.ReplaceAllString(n.Data, ""))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if n.Type == html.ElementNode && blocks[n.DataAtom] {
			b.WriteByte(' ')
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Li: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Blockquote: true, atom.Td: true, atom.Th: true, atom.Tr: true, atom.Br: true, atom.Figure: true, atom.Pre: true, atom.Section: true,
}
