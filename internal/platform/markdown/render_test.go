package markdown

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// same compares HTML line by line, without the line feed at the end.
func same(t *testing.T, want, got string) {
	t.Helper()
	if diff := cmp.Diff(want, strings.TrimSuffix(got, "\n")); diff != "" {
		t.Error(diff)
	}
}

func TestBlocks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ src, html string }{
		"a paragraph":              {"a *b* **c** ~~d~~ `e<f`", "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e&lt;f</code></p>"},
		"typography":               {`"It's" -- a 'b' --- c... "d" ` + "`\"--\"`", "<p>“It’s” – a ‘b’ — c… “d” <code>&quot;--&quot;</code></p>"},
		"much larger":              {"a >> b << c", "<p>a &gt;&gt; b &lt;&lt; c</p>"},
		"entities and escapes":     {`\*a\* &copy; &amp;lt; \&copy; &#60;b&#62; &#0;&#1;&bogus;`, "<p>*a* © &amp;lt; &amp;copy; &lt;b&gt; \ufffd\ufffd&amp;bogus;</p>"},
		"an ordered list":          {"3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>"},
		"tasks":                    {"- [x] a\n- [ ] b", "<ul>\n<li class=\"task\"><input type=\"checkbox\" checked disabled aria-label=\"Done\"> a</li>\n<li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"Not done\"> b</li>\n</ul>"},
		"code":                     {"```c++ x\na\n```\n\n```\" onload=\nb\n```", "<pre tabindex=\"0\"><code class=\"language-c++\">a\n</code></pre>\n<pre tabindex=\"0\"><code>b\n</code></pre>"},
		"a figure":                 {"![Alt & text](/a b.png \"Figure 1. \\\"It\\\"\")", "<p>![Alt &amp; text](/a b.png “Figure 1. &quot;It&quot;”)</p>"},
		"a figure in brackets":     {"![Alt & text](</a b.png> \"Figure 1. \\\"It\\\"\")", "<figure>\n<img src=\"/a%20b.png\" alt=\"Alt &amp; text\" loading=\"lazy\" decoding=\"async\">\n<figcaption>Figure 1. &quot;It&quot;</figcaption>\n</figure>"},
		"a linked figure":          {"[![a](/a.png \"C\")](/b)", "<figure>\n<a href=\"/b\"><img src=\"/a.png\" alt=\"a\" loading=\"lazy\" decoding=\"async\"></a>\n<figcaption>C</figcaption>\n</figure>"},
		"two figures":              {"![a](/a.png)\n![b](/b.png)", "<figure>\n<img src=\"/a.png\" alt=\"a\" loading=\"lazy\" decoding=\"async\">\n</figure>\n<figure>\n<img src=\"/b.png\" alt=\"b\" loading=\"lazy\" decoding=\"async\">\n</figure>"},
		"an image in text":         {"a ![b](/b.svg \"tip\")", "<p>a <img src=\"/b.svg\" alt=\"b\" title=\"tip\" loading=\"lazy\" decoding=\"async\"></p>"},
		"a callout":                {"> [!TIP]\n> *a*\n>\n> - b", "<aside class=\"callout callout-tip\" role=\"note\" aria-label=\"Tip\">\n<p class=\"callout-title\">Tip</p>\n<p><em>a</em></p>\n<ul>\n<li>b</li>\n</ul>\n</aside>"},
		"an empty callout":         {"> [!caution]", "<aside class=\"callout callout-caution\" role=\"note\" aria-label=\"Caution\">\n<p class=\"callout-title\">Caution</p>\n</aside>"},
		"no callout in text":       {"[!NOTE]\n\n> a\n> [!NOTE]", "<p>[!NOTE]</p>\n<blockquote>\n<p>a\n[!NOTE]</p>\n</blockquote>"},
		"a quote of definitions":   {"> [a]: /b", ""},
		"a table":                  {"## H\n\n| a | b | |\n|:--|--:|:-:|\n| 1 | `x\\|y` | \\| |", "<h2 id=\"h\">H</h2>\n<div class=\"tablewrap\" role=\"region\" tabindex=\"0\" aria-label=\"Table: H\">\n<table>\n<thead>\n<tr><th scope=\"col\">a</th><th scope=\"col\" align=\"right\">b</th><td align=\"center\"></td></tr>\n</thead>\n<tbody>\n<tr><td>1</td><td align=\"right\"><code>x|y</code></td><td align=\"center\">|</td></tr>\n</tbody>\n</table>\n</div>"},
		"a note within a link":     {"[a[^1]](/b)\n\n[^1]: n", "<p><a href=\"/b\">a<sup class=\"fn\" id=\"fnref_1_1\">1</sup></a></p>\n<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n<li id=\"fn_1\">\n<p>n <a class=\"fn-back\" href=\"#fnref_1_1\" role=\"doc-backlink\" aria-label=\"Back to reference 1\">↩\ufe0e</a></p>\n</li>\n</ol>\n</section>"},
		"a note that ends in code": {"a[^1]\n\n[^1]: n\n\n        code", "<p>a<sup class=\"fn\"><a id=\"fnref_1_1\" href=\"#fn_1\" role=\"doc-noteref\" aria-label=\"Footnote 1\">1</a></sup></p>\n<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n<li id=\"fn_1\">\n<p>n</p>\n<pre tabindex=\"0\"><code>code\n</code></pre>\n<p> <a class=\"fn-back\" href=\"#fnref_1_1\" role=\"doc-backlink\" aria-label=\"Back to reference 1\">↩\ufe0e</a></p>\n</li>\n</ol>\n</section>"},
		"case of a note's label":   {"a[^A]\n\n[^a]: n", "<p>a<sup class=\"fn\"><a id=\"fnref_1_1\" href=\"#fn_1\" role=\"doc-noteref\" aria-label=\"Footnote 1\">1</a></sup></p>\n<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n<li id=\"fn_1\">\n<p>n <a class=\"fn-back\" href=\"#fnref_1_1\" role=\"doc-backlink\" aria-label=\"Back to reference 1\">↩\ufe0e</a></p>\n</li>\n</ol>\n</section>"},
		"a fence of disclosure":    {":::disclosure\na\n:::", "<p>:::disclosure\na\n:::</p>"},
		"a rule":                   {"---", "<hr>"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := Render([]byte(c.src), Options{})
			checkRendered(t, r)
			same(t, c.html, r.FullHTML)
		})
	}
}

func TestHeadings(t *testing.T) {
	t.Parallel()
	r := Render([]byte("## Ünïcödé & Straße\n\n## 光通信 2021\n\n## Risks[^1]\n\n### Risks\n\n## Main\n\n## !!!\n\n##\n\n> ## Quoted\n\n# Top\n\n## Next\n\n##### Deep\n\n###### Deepest\n\n[^1]: n\n"), Options{})
	checkRendered(t, r)
	want := []Heading{
		{2, "unicode-strasse", "Ünïcödé & Straße"}, {2, "光通信-2021", "光通信 2021"}, {2, "risks", "Risks"}, {3, "risks-2", "Risks"},
		{2, "main-2", "Main"}, {2, "section", "!!!"}, {2, "top", "Top"}, {3, "next", "Next"},
	}
	want[6].ID = "top-2" // pages keep the id top for themselves
	if diff := cmp.Diff(want, r.Contents); diff != "" {
		t.Error(diff)
	}
	for _, h := range []string{`<h2 id="quoted">`, `<h6 id="deep">`, `<h6 id="deepest">`, `<h2 id="risks">Risks<sup`} {
		if !strings.Contains(r.FullHTML, h) {
			t.Errorf("%s is missing in\n%s", h, r.FullHTML)
		}
	}
	if strings.Contains(r.FullHTML, "<h1") || strings.Contains(r.FullHTML, "section-2") {
		t.Errorf("an h1 or an empty heading in\n%s", r.FullHTML)
	}
}

func TestSlugs(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"What's new?":               "whats-new",
		"  400G/800G: Q3 -- 2021  ": "400g-800g-q3-2021",
		"snake_case":                "snake-case",
		"Ærø Łódź ﬁne Æ":            "aero-lodz-fine-ae",
		"Привет, мир":               "привет-мир",
		"हिन्दी":                    "हिन्दी",
		"한국어 시장":                    "한국어-시장",
		"🚀":                         "section",
		strings.Repeat("ab ", 60):   strings.TrimSuffix(strings.Repeat("ab-", 27), "-"),
	} {
		if got := slug(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	i := newIDs()
	for _, want := range []string{"a", "a-2", "a-3"} {
		if got := i.give("a"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if a, b := i.give("a-2"), i.give("a"); a != "a-2-2" || b != "a-4" {
		t.Errorf("%q, %q", a, b)
	}
}

func TestRegionsHaveNamesOfTheirOwn(t *testing.T) {
	t.Parallel()
	table := "\n\n| a |\n|---|\n\n"
	r := Render([]byte(table+table+"# "+strings.Repeat("long ", 60)+table+"## B"+table+table), Options{})
	seen := map[string]bool{}
	for _, part := range strings.Split(r.FullHTML, `role="region" tabindex="0" aria-label="`)[1:] {
		name, _, _ := strings.Cut(part, `"`)
		if seen[name] || len([]rune(name)) > 130 {
			t.Errorf("the name %q stands twice or is too long", name)
		}
		seen[name] = true
	}
	if len(seen) != 5 || !seen["Table"] || !seen["Table (2)"] || !seen["Table: B (2)"] {
		t.Errorf("%v", seen)
	}
}

func TestPlainText(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"a  \nb\nc":                   "a\nb c",
		"1. a\n   - b\n2. c":          "1. a\n- b\n2. c",
		"- a\n\n- b\n\n  c":           "- a\n\n- b\n\nc",
		"| a | b |\n|---|---|\n| c |": "a | b\nc |",
		"10<sup>9</sup>, H<sub>2</sub>O, 4<sup>th</sup>": "10^9, H2O, 4th",
		"![a](/b \"c\")": "a\nc",
		"a<br>b":         "a\nb",
		"<details><summary>s</summary>t</details>": "s\n\nt",
		"> [!NOTE]\n> a":                 "Note\n\na",
		"[a](javascript:b) ![c](data:d)": "a c",
	} {
		r := Render([]byte(src), Options{})
		if r.FullText != want {
			t.Errorf("%q: %q, want %q", src, r.FullText, want)
		}
	}
}

func TestWordsAreCounted(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]int{
		"un*frigging*believable 1,432.5 don't AT&T - -- 5%": 5,
		"[a](/b \"c\") ![d](/e) `f g`":                      3,
		"光通信市場":                                             3,
		"| a | b |\n|---|---|\n| c d | e |":                 5,
		"```chart\ntype: bar\ntitle: T U\nx: [1]\nseries: [{name: n, data: [1]}]\n```": 0,
		strings.Repeat("word ", 1000): 1000,
	} {
		if got := Render([]byte(src), Options{}).Stats.Words; got != want {
			t.Errorf("%.40q: %d words, want %d", src, got, want)
		}
	}
	if got := (Stats{Words: 2250, Figures: 4, Tables: 1}).timed().Minutes; got != 11 {
		t.Errorf("%d minutes for 2,250 words, 4 figures and a table, want 11", got)
	}
	if got := Render(nil, Options{}).Stats; got != (Stats{}) {
		t.Errorf("nothing counts %+v", got)
	}
}

func TestRenderingsDoNotDisturbEachOther(t *testing.T) {
	t.Parallel()
	src := []byte("# A[^1] \"b\"\n\n| c |\n|---|\n\n<!-- paywall -->\n\n```chart\ntype: bar\ntitle: T\nx: [1]\nseries: [{name: n, data: [1]}]\n```\n\n[^1]: d\n")
	want := Render(src, Options{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if diff := cmp.Diff(want, Render(src, Options{})); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
	wg.Wait()
}
