package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
)

// rawTag is one tag of raw HTML that is allowed. It is printed only when it is
// kept: it has its counterpart, so that it cannot break the page.
type rawTag struct {
	name  string
	close bool
	title string // of abbr
	keep  bool
}

func inlineTag(name string) bool {
	switch name {
	case "sub", "sup", "kbd", "br", "mark", "abbr", "small", "del", "ins":
		return true
	}
	return false
}

// silentTag names elements whose content is not text.
func silentTag(name string) bool { return name == "script" || name == "style" }

// flowTag tells whether a forbidden tag separates paragraphs.
func flowTag(name string) bool {
	return !slices.Contains([]string{"a", "b", "big", "cite", "code", "em", "font", "i", "img", "label", "q", "s", "samp",
		"span", "strike", "strong", "time", "tt", "u", "var", "wbr"}, name)
}

// inlineTagOf reads a piece of inline HTML. The parser let it through, so that a
// tag is a name and attributes between angles; the tokenizer, which is dear, is
// asked only where an attribute matters. It is nil for comments and the like.
func inlineTagOf(src []byte) *rawTag {
	rest, closing := bytes.CutPrefix(bytes.TrimPrefix(src, []byte("<")), []byte("/"))
	size := 0
	for size < len(rest) && (util.IsAlphaNumeric(rest[size]) || rest[size] == '-') {
		size++
	}
	if size == 0 {
		return nil
	}
	name := strings.ToLower(string(rest[:size]))
	if name != "abbr" {
		return &rawTag{name: name, close: closing}
	}
	z := html.NewTokenizer(bytes.NewReader(src))
	z.Next()
	return newTag(z.Token())
}

// newTag reads a token of the tokenizer. It is nil for what is no tag.
func newTag(t html.Token) *rawTag {
	switch t.Type {
	case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
	default:
		return nil
	}
	tag := &rawTag{name: t.Data, close: t.Type == html.EndTagToken}
	for _, a := range t.Attr {
		if tag.name == "abbr" && a.Key == "title" {
			tag.title = cleanText(a.Val)
		}
	}
	return tag
}

// html writes the tag.
func (t *rawTag) html() string {
	switch {
	case t.close:
		return "</" + t.name + ">"
	case t.title != "":
		return "<abbr title=\"" + escape(t.title) + "\">"
	}
	return "<" + t.name + ">"
}

// pair keeps the tags that match each other without overlap, nested no deeper
// than most. It tells whether all of them do. Each tag is pushed and popped
// once at most.
func pair(tags []*rawTag, most int) bool {
	var stack []*rawTag
	open := map[string]int{}
	all := true
	for _, t := range tags {
		switch {
		case t.name == "br":
			t.keep = !t.close
		case !t.close && len(stack) < most:
			stack = append(stack, t)
			open[t.name]++
		case t.close && open[t.name] > 0:
			for {
				top := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				open[top.name]--
				if top.name == t.name {
					top.keep, t.keep = true, true
					break
				}
				all = false
			}
		default:
			all = false
		}
	}
	return all && len(stack) == 0
}
