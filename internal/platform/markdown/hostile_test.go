package markdown

import (
	"fmt"
	"strings"
	"testing"
)

// hostile texts make careless renderers quadratic, deep or huge. Each is about
// a megabyte in full, less where the race detector would take too long.
func hostile() map[string]string {
	rep := func(s string) string { return strings.Repeat(s, (1<<20)/len(s)) }
	paragraphs := func(s string) string {
		p := strings.Repeat(s, 4000/len(s)) + "\n\n"
		return strings.Repeat(p, (1<<17)/len(p))
	}
	all := map[string]string{
		"quotes in quotes":      strings.Repeat(strings.Repeat(">", 500)+"a\n", 500),
		"brackets in brackets":  strings.Repeat("[", 1<<19) + strings.Repeat("]", 1<<19),
		"tags in tags":          strings.Repeat("<sub>", 1<<16) + strings.Repeat("</sub>", 1<<16),
		"details in details":    strings.Repeat("<details>\n\n", 1<<13) + strings.Repeat("</details>\n\n", 1<<13),
		"a long definition":     "[a]: /" + strings.Repeat("x", 500_000) + "\n\n" + strings.Repeat("[a] ![a] ", 300) + "\n\n" + strings.Repeat("[a]\n\n", 50_000),
		"a wide table":          "|" + strings.Repeat("a|", 2000) + "\n|" + strings.Repeat("-|", 2000) + "\n" + strings.Repeat("|\n", 400_000),
		"pipes in code":         "|a|b|\n|-|-|\n" + strings.Repeat("|`\\|`|x|\n", 9000),
		"one heading":           strings.Repeat("# same\n", 20_000),
		"a long heading":        "# " + strings.Repeat("h", 8000) + "\n\n" + strings.Repeat("|a|\n|-|\n\n", 5000),
		"scripts left open":     strings.Repeat("<div><script>\n\na\n\n", 10_000),
		"definitions in a row":  strings.Repeat("[a]: b\n", 100_000),
		"comments at the cut":   strings.Repeat("<!-- a -->\n\n", 20_000) + "<!-- paywall -->\n",
		"a document beyond all": strings.Repeat("*a* ", 1<<18) + "b",
		"notes":                 manyNotes(8000, 7) + "\n\n<!-- paywall -->\n\nx",
		"a chain of notes":      "x[^0]\n\n<!-- paywall -->\n\n" + manyNotes(8000, 1),
		"definitions to drop":   manyNotes(4000, 1) + strings.Repeat("[l]: /x\n\n> [^q]: y\n> - z\n\n", 4000) + "\n\n<!-- paywall -->\n",
	}
	for _, s := range []string{"[", "*", "|", "_", "`", "<", "!", "&", "\\", "#", ">", "-", "+", "~", "\n", "\t", "'", "\"", "1.", "- ", "> - ", "[^", "[](", "<!--", "```\n", "&#", "|a|\n|-|\n"} {
		all["only "+s] = rep(s)
	}
	for _, s := range []string{"*a_ ", "[a](", "[[a]", "'", "\"a\" ", "<a ", "`a``", "_a_a", "![a](b) ", "<sub>"} {
		all["paragraphs of "+s] = paragraphs(s)
	}
	return all
}

func manyNotes(n, step int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "[^%d]: b[^%d]\n\n", i, (i+step)%n)
	}
	return b.String()
}

func TestHostileTexts(t *testing.T) {
	t.Parallel()
	for name, src := range hostile() {
		t.Run(name, func(t *testing.T) {
			r := Render([]byte(src), Options{})
			if plain := strings.HasPrefix(r.FullHTML, "<pre>"); plain != (name == "a document beyond all") {
				t.Fatalf("not parsed: %v", plain)
			}
			if size, most := len(r.FullHTML)+len(r.FullText), 60*len(src)+1<<20; size > most {
				t.Errorf("%d bytes of text became %d", len(src), size)
			}
			if r.HasPaywall && len(r.TeaserSource) > 2*len(src) {
				t.Errorf("%d bytes of text have a preview of %d", len(src), len(r.TeaserSource))
			}
			if depth := deepest(r.FullHTML); depth > 400 {
				t.Errorf("elements are nested %d deep", depth)
			}
		})
	}
}

// deepest counts how deep elements are nested, roughly but fast.
func deepest(html string) int {
	depth, most := 0, 0
	for i := 0; i+1 < len(html); i++ {
		if html[i] != '<' {
			continue
		}
		if html[i+1] == '/' {
			depth--
		} else if !strings.HasPrefix(html[i:], "<br") && !strings.HasPrefix(html[i:], "<hr") && !strings.HasPrefix(html[i:], "<img") && !strings.HasPrefix(html[i:], "<input") {
			depth++
		}
		most = max(most, depth)
	}
	return most
}

func TestCaps(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("*word* ", 1300)
	for name, c := range map[string]struct {
		src, code, holds string
	}{
		"a long paragraph is plain":     {"a\n\n" + long, "3 block_too_long", "<p>*word* *word*"},
		"a paragraph of marks is plain": {strings.Repeat("*a", 1001), "1 block_too_long", "<p>*a*a"},
		"deep quotes become text":       {strings.Repeat("> ", 40) + "a", "1 too_deep", "<p>&gt; &gt; "},
		"a huge table is text":          {strings.Repeat("|a", 200) + "|\n" + strings.Repeat("|-", 200) + "|\n" + strings.Repeat("|b\n", 200), "1 table_too_large", "<p>|a|a"},
		"a huge text is plain":          {strings.Repeat("*a*\n", 1<<18) + "\n<!-- paywall -->\n", "1 document_too_long", "<pre>*a*\n"},
		"long addresses run out":        {"[a]: /" + strings.Repeat("x", 1<<19) + "\n\n[a] [a] *[a]*", "3 links_too_long", "<em>a</em>"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := Render([]byte(c.src), Options{})
			checkRendered(t, r)
			if len(r.Problems) == 0 || codes(r)[0] != c.code {
				t.Errorf("problems %v, want %s", codes(r), c.code)
			}
			if !strings.Contains(r.FullHTML, c.holds) || r.HasPaywall {
				t.Errorf("%.300s", r.FullHTML)
			}
		})
	}
	if r := Render([]byte("a\n\n"+long+"\n\n<!-- paywall -->\n\nb"), Options{}); !strings.Contains(r.TeaserText, "*word*") || strings.Contains(r.TeaserHTML, "<em>") {
		t.Error("a long paragraph must be plain in the preview too")
	}
}

func TestAPanicGivesPlainText(t *testing.T) {
	t.Parallel()
	d := newDocument([]byte("*a* <b>\n\n<!-- paywall -->\n\nc"))
	r := d.orPlain(func() Rendered { panic("the parser broke") })
	checkHTML(t, strings.Replace(r.FullHTML, "<pre>", "<pre tabindex=\"0\">", 1))
	if r.HasPaywall || r.TeaserText != "" || !strings.Contains(r.FullHTML, "*a* &lt;b&gt;") || codes(r)[0] != "1 document_unreadable" || r.Stats.Words != 4 {
		t.Errorf("%+v", r)
	}
}
