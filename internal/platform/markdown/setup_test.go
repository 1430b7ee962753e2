package markdown

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

type failer interface {
	Helper()
	Fatalf(string, ...any)
	Errorf(string, ...any)
}

func allowedElement(name string) bool {
	return slices.Contains(strings.Fields(`h2 h3 h4 h5 h6 p br hr pre code em strong del ins sub sup kbd mark abbr small a img
		ul ol li input blockquote aside figure figcaption details summary div span table caption thead tbody tr th td section
		svg g path rect circle text title`), name)
}

func void(name string) bool { return slices.Contains([]string{"br", "hr", "img", "input"}, name) }

// checkHTML holds what is true of all output: allowed elements, no script in
// any form, every element closed, and nested so that a browser, which repairs
// what it does not like, finds nothing to repair.
func checkHTML(t failer, src string) {
	t.Helper()
	var stack []string
	ids := map[string]bool{}
	z := html.NewTokenizer(strings.NewReader(src))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		token := z.Token()
		switch kind {
		case html.CommentToken, html.DoctypeToken:
			t.Fatalf("a comment or doctype: %q", token)
		case html.StartTagToken, html.SelfClosingTagToken:
			checkTag(t, token, ids)
			if kind == html.StartTagToken && !void(token.Data) {
				stack = append(stack, token.Data)
			}
		case html.EndTagToken:
			if len(stack) == 0 || stack[len(stack)-1] != token.Data {
				t.Fatalf("</%s> closes %v in\n%s", token.Data, stack, src)
			}
			stack = stack[:len(stack)-1]
		}
	}
	if len(stack) > 0 {
		t.Fatalf("left open: %v in\n%s", stack, src)
	}
	checkRepair(t, src)
}

var anyScheme = regexp.MustCompile(`^[a-z][a-z0-9+.-]*:`)

func checkTag(t failer, token html.Token, ids map[string]bool) {
	t.Helper()
	if !allowedElement(token.Data) {
		t.Fatalf("element %s", token.Data)
	}
	for _, a := range token.Attr {
		value := strings.ToLower(a.Val)
		switch {
		case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
			t.Fatalf("attribute %s=%q", a.Key, a.Val)
		case a.Key == "href" || a.Key == "src":
			bare := strings.Map(func(r rune) rune { // as browsers read it
				if r <= ' ' {
					return -1
				}
				return r
			}, value)
			if m := anyScheme.FindString(bare); m != "" && m != "http:" && m != "https:" && m != "mailto:" {
				t.Fatalf("address %q", a.Val)
			}
		case a.Key == "id":
			if ids[a.Val] {
				t.Fatalf("the id %q stands twice", a.Val)
			}
			ids[a.Val] = true
		}
	}
}

// checkRepair parses the HTML as a browser would and compares the elements
// with those that were written.
func checkRepair(t failer, src string) {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(src), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		t.Fatalf("a browser cannot parse it: %v", err)
	}
	var parsed strings.Builder
	for _, n := range nodes {
		if err := html.Render(&parsed, n); err != nil {
			t.Fatalf("%v", err)
		}
	}
	want, got := tokens(src), tokens(parsed.String())
	for i := range min(len(want), len(got)) {
		if want[i] != got[i] {
			t.Fatalf("a browser reads %q where %q is written (after %q), in\n%s", got[i], want[i], want[max(0, i-6):i], src)
		}
	}
	if len(want) != len(got) {
		t.Fatalf("a browser reads %d tags, %d are written, in\n%s", len(got), len(want), src)
	}
}

// tokens lists tags and texts, with self-closing tags as pairs.
func tokens(src string) []string {
	var out []string
	z := html.NewTokenizer(strings.NewReader(src))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return out
		case html.SelfClosingTagToken:
			name, _ := z.TagName()
			out = append(out, "<"+string(name)+">")
			if !void(string(name)) {
				out = append(out, "</"+string(name)+">")
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			out = append(out, "<"+string(name)+">")
		case html.EndTagToken:
			name, _ := z.TagName()
			out = append(out, "</"+string(name)+">")
		case html.TextToken:
			if text := strings.TrimSpace(string(z.Text())); text != "" {
				out = append(out, text)
			}
		}
	}
}

// checkRendered holds what is true of every result.
func checkRendered(t failer, r Rendered) {
	t.Helper()
	checkHTML(t, r.FullHTML)
	checkHTML(t, r.TeaserHTML)
	for _, s := range []string{r.FullHTML, r.TeaserHTML} {
		if low := strings.ToLower(s); strings.Contains(low, "<script") || strings.Contains(low, "<style") || strings.Contains(low, `"javascript:`) {
			t.Fatalf("active content in %s", s)
		}
	}
	if !r.HasPaywall && (r.TeaserHTML != "" || r.TeaserText != "" || r.TeaserSource != "" || r.TeaserContents != nil || r.GatedStats != (Stats{})) {
		t.Fatalf("a preview without a paywall: %+v", r)
	}
	for _, p := range r.Problems {
		if p.Line < 1 || p.Code == "" || p.Message == "" {
			t.Fatalf("an empty problem: %+v", p)
		}
	}
}
