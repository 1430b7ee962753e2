package ghost

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"

	"lighttrends/internal/surface/transfer/source"
)

// note is a source.Note while it is made.
type note source.Note

func (n *note) warn(text string) { n.Warnings = append(n.Warnings, text) }

// gate reads who may read the post.
func (n *note) gate(p post, t *tables) {
	switch p.Visibility {
	case "", "public":
		n.Gate = "public"
	case "members":
		n.Gate = "members"
	case "paid":
		n.Gate = "paid"
	case "tiers":
		n.Gate = "plans"
		for _, l := range t.tiers[p.ID] {
			if tier, ok := t.products[l.ProductID]; ok {
				n.Tiers = append(n.Tiers, string(tier.Slug))
			}
		}
	default: // a filter of labels, such as "label:vip"
		n.Gate = "paid"
		n.warn("its visibility, " + short(string(p.Visibility)) + ", is not known here: it is for paying members")
	}
}

// when reads whether and when the post appeared.
func (n *note) when(p post, m meta) {
	at, ok := source.When(string(p.PublishedAt))
	n.At = at
	switch {
	case m.EmailOnly.Yes() || p.Status == "sent":
		n.warn("it went out by mail only: it stays a draft")
	case p.Status == "scheduled":
		n.warn("it was scheduled: it stays a draft")
	case p.Status != "published":
	case !ok:
		n.warn("its date, " + short(string(p.PublishedAt)) + ", cannot be read: it stays a draft")
	case at.IsZero():
		if n.At, _ = source.When(string(p.CreatedAt)); n.At.IsZero() {
			n.warn("it has no date: it stays a draft")
			return
		}
		n.warn("it has no date of publication: the day it was begun stands in its place")
		n.Published = true
	default:
		n.Published = true
	}
}

func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		s = string(r[:40]) + "…"
	}
	return "“" + strings.Join(strings.Fields(s), " ") + "”"
}

// body finds the text where there is no HTML.
func (n *note) body(p post) {
	if strings.TrimSpace(n.HTML) != "" {
		return
	}
	switch {
	case p.Lexical != "":
		n.HTML = fromLexical(string(p.Lexical))
		n.warn("it has no HTML; its words were taken from the editor's document")
	case p.Mobiledoc != "":
		n.HTML, n.Markdown = fromMobiledoc(string(p.Mobiledoc))
		n.warn("it has no HTML; its words were taken from the editor's document")
	case p.Markdown != "":
		n.Markdown = string(p.Markdown)
	}
}

// lexical is a node of Ghost's present editor, as far as it holds words.
type lexical struct {
	Type     string    `json:"type"`
	Tag      string    `json:"tag"`
	Text     string    `json:"text"`
	URL      string    `json:"url"`
	Src      string    `json:"src"`
	Alt      string    `json:"alt"`
	HTML     string    `json:"html"`
	Code     string    `json:"code"`
	Caption  string    `json:"caption"`
	Format   any       `json:"format"`
	ListType string    `json:"listType"`
	Children []lexical `json:"children"`
	Root     *lexical  `json:"root"`
}

func fromLexical(doc string) string {
	var top lexical
	if json.Unmarshal([]byte(doc), &top) != nil || top.Root == nil {
		return ""
	}
	var b strings.Builder
	top.Root.write(&b)
	return b.String()
}

func (l *lexical) write(b *strings.Builder) {
	open, end := "", ""
	switch l.Type {
	case "paragraph":
		open, end = "<p>", "</p>"
	case "heading", "extended-heading":
		tag := "h2"
		if len(l.Tag) == 2 && l.Tag[0] == 'h' && l.Tag[1] >= '1' && l.Tag[1] <= '6' {
			tag = l.Tag
		}
		open, end = "<"+tag+">", "</"+tag+">"
	case "quote", "extended-quote", "aside":
		open, end = "<blockquote>", "</blockquote>"
	case "list":
		open, end = "<ul>", "</ul>"
		if l.ListType == "number" {
			open, end = "<ol>", "</ol>"
		}
	case "listitem":
		open, end = "<li>", "</li>"
	case "link", "autolink":
		open, end = `<a href="`+html.EscapeString(l.URL)+`">`, "</a>"
	case "text", "extended-text":
		open, end = l.formatted()
		open += html.EscapeString(l.Text)
	case "linebreak":
		open = "<br>"
	case "horizontalrule":
		open = "<hr>"
	case "paywall":
		open = "<!--members-only-->"
	case "image":
		open = fmt.Sprintf(`<figure><img src="%s" alt="%s"><figcaption>%s</figcaption></figure>`, html.EscapeString(l.Src), html.EscapeString(l.Alt), l.Caption)
	case "html":
		open = l.HTML
	case "codeblock":
		open = "<pre><code>" + html.EscapeString(l.Code) + "</code></pre>"
	}
	b.WriteString(open)
	for i := range l.Children {
		l.Children[i].write(b)
	}
	b.WriteString(end)
}

func (l *lexical) formatted() (open, end string) {
	bits, _ := l.Format.(float64)
	for bit, tag := range []string{"strong", "em", "s", "u", "code"} {
		if tag != "u" && int(bits)&(1<<bit) != 0 {
			open, end = open+"<"+tag+">", "</"+tag+">"+end
		}
	}
	return open, end
}

// fromMobiledoc finds the cards of Markdown and HTML, which is what drafts of
// those years were written in.
func fromMobiledoc(doc string) (asHTML, asMarkdown string) {
	var d struct {
		Cards [][]json.RawMessage `json:"cards"`
	}
	if json.Unmarshal([]byte(doc), &d) != nil {
		return "", ""
	}
	for _, c := range d.Cards {
		var kind string
		var card struct{ Markdown, HTML string }
		if len(c) != 2 || json.Unmarshal(c[0], &kind) != nil || json.Unmarshal(c[1], &card) != nil {
			continue
		}
		asHTML += card.HTML
		asMarkdown += card.Markdown
	}
	if asMarkdown != "" {
		return "", asMarkdown
	}
	return asHTML, ""
}
