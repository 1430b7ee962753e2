package portal

import (
	"strings"

	"golang.org/x/net/html"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/phrase"
)

// elsewhere makes the HTML of a teaser fit for other sites: addresses are
// whole, drawings, which need our stylesheet, give way to their data, and
// nothing is left that only works here.
func elsewhere(teaser, page, base string) string {
	var out strings.Builder
	z := html.NewTokenizer(strings.NewReader(teaser))
	drawing := 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return out.String()
		}
		t := z.Token()
		if t.Data == "svg" && kind != html.TextToken {
			switch kind {
			case html.StartTagToken:
				drawing++
			case html.EndTagToken:
				drawing--
			}
			continue
		}
		if drawing > 0 {
			continue
		}
		t.Attr = outward(t.Attr, page, base)
		out.WriteString(t.String())
	}
}

// outward keeps the attributes that mean something elsewhere.
func outward(attributes []html.Attribute, page, base string) []html.Attribute {
	var out []html.Attribute
	for _, a := range attributes {
		switch a.Key {
		case "href", "src":
			switch {
			case strings.HasPrefix(a.Val, "#"):
				a.Val = page + a.Val
			case strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "//"):
				a.Val = base + a.Val
			}
			out = append(out, a)
		case "alt", "title", "align", "start", "scope", "open":
			out = append(out, a)
		}
	}
	return out
}

// readOn is the last line of a teaser elsewhere.
func readOn(l *phrase.Language, m content.Meta) string {
	switch m.Gate {
	case access.Public:
		return l.Text("shared.read")
	case access.Members:
		return l.Text("gate.account")
	default:
		return l.Text("feed.subscribers")
	}
}
