package markup_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/surface/transfer/markup"
)

func convert(t *testing.T, html string, o markup.Options) markup.Result {
	t.Helper()
	r, err := markup.New().Convert(html, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTextsBecomeMarkdown(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ in, want string }{
		"plain":          {"<p>One <b>two</b> <i>three</i> <s>four</s>.</p><p>Five</p>", "One **two** *three* ~~four~~.\n\nFive\n"},
		"headings":       {"<h1>Top</h1><h2>In</h2><h3>Deep</h3>", "## Top\n\n## In\n\n### Deep\n"},
		"nested lists":   {"<ul><li>a<ol><li>b</li><li>c<ul><li>d</li></ul></li></ol></li><li>e</li></ul>", "- a\n  \n  1. b\n  2. c\n     \n     - d\n- e\n"},
		"code":           {"<pre><code class=\"language-go\">x := `a`\n</code></pre>", "```go\nx := `a`\n```\n"},
		"literal marks":  {"<p>5 * 3 * 2 and &lt;!-- paywall --&gt; [x](y)</p>", "5 * 3 * 2 and &lt;!-- paywall --&gt; \\[x](y)\n"},
		"table":          {"<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2 | 3</td></tr></tbody></table>", "| a | b      |\n|---|--------|\n| 1 | 2 \\| 3 |\n"},
		"soup":           {"<p>a<div>b<p>c</b></i><script>alert(1)</script><style>p{}</style></div><td>d", "a\n\nb\n\nc\n\nd\n"},
		"no javascript":  {`<p><a href="javascript:alert(1)">x</a> <a href="data:text/html,x">y</a> <a href="https://a.example/">z</a></p>`, "x y [z](https://a.example/)\n"},
		"ghost's own":    {`<p><a href="__GHOST_URL__/old-note/">x</a></p>`, "[x](/old-note/)\n"},
		"frames":         {`<iframe src="https://video.example/1"></iframe><iframe src="javascript:x"></iframe>`, "[https://video.example/1](https://video.example/1)\n"},
		"bookmark":       {`<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://a.example/"><div class="kg-bookmark-title">The title</div><img src="x.png"></a></figure>`, "[The title](https://a.example/)\n"},
		"empty":          {" <p> </p> ", ""},
		"blockquote":     {"<blockquote><p>a</p><p>b</p></blockquote>", "> a\n> \n> b\n"},
		"linked picture": {`<a href="/big.png"><img src="/small.png" alt="A"></a>`, "![A](/media/import-0001.picture)\n"},
		"figure":         {`<figure><img src="a.png" alt="A"><figcaption>Figure 1. <b>Units</b></figcaption></figure>`, "![A](/media/import-0001.picture \"Figure 1. Units\")\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, convert(t, tt.in, markup.Options{}).Body); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestThePaywallStandsAtTheTopWhateverItWasNestedIn(t *testing.T) {
	t.Parallel()
	for name, in := range map[string]string{
		"ghost":          "<p>Open</p><!--members-only--><p>Hidden</p>",
		"in divs":        "<div><section><p>Open</p><!-- members-only --><p>Hidden</p></section><p>Hidden</p></div><p>Hidden</p>",
		"in a paragraph": "<p>Open<!--members-only-->Hidden</p><p>Hidden</p>",
		"in a list":      "<ul><li>Open</li><li><!--members-only-->Hidden</li></ul>",
		"substack":       `<p>Open</p><div class="paywall-jump" data-component-name="PaywallToDOM"></div><p>Hidden</p>`,
		"more":           "<!-- wp:paragraph --><p>Open</p><!-- /wp:paragraph --><!-- wp:more --><!--more Read on--><!-- /wp:more --><p>Hidden</p>",
		"twice":          "<p>Open</p><!--members-only--><p>Hidden</p><!--members-only--><p>Hidden</p>",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := convert(t, in, markup.Options{More: true})
			above, below, ok := strings.Cut(r.Body, "\n\n<!-- paywall -->\n\n")
			if !ok || !r.Paywall || strings.Contains(above, "Hidden") || !strings.Contains(above, "Open") || !strings.Contains(below, "Hidden") || r.Preview != "Open" || strings.Count(r.Body, "paywall") != 1 {
				t.Errorf("%q, preview %q", r.Body, r.Preview)
			}
		})
	}
	if r := convert(t, "<p>a</p><!--more--><p>b</p>", markup.Options{}); r.Paywall || r.Body != "a\n\nb\n" {
		t.Errorf("more without being asked: %q", r.Body)
	}
	// A mark that is lost with what it stood in is told, so that nothing is opened.
	for _, in := range []string{
		`<p>a</p><figure><img src="x.png"><!--more--></figure><p>Hidden</p>`, `<p>a</p><form><!-- more --></form><p>Hidden</p>`,
		`<p>a</p><textarea><!--more Read on--></textarea><p>Hidden</p>`, `<p>a</p><noscript><!--members-only--></noscript><p>Hidden</p>`,
	} {
		if r := convert(t, in, markup.Options{More: true}); r.Paywall || !r.Lost || len(r.Warnings) == 0 {
			t.Errorf("%s: %+v", in, r)
		}
	}
	if r := convert(t, "<p>a</p><pre>&lt;!--more--&gt;</pre><p>b</p>", markup.Options{More: true}); r.Lost || r.Paywall {
		t.Errorf("written about, and not meant: %+v", r)
	}
}

func TestFootnotesOfEveryEditor(t *testing.T) {
	t.Parallel()
	for name, in := range map[string]string{
		"wordpress": `<p>Text<sup data-fn="aa" class="fn"><a href="#aa" id="aa-link">1</a></sup>.</p><ol class="wp-block-footnotes"><li id="aa">The <em>note</em>. <a href="#aa-link">↩</a></li></ol>`,
		"substack":  `<p>Text<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a>.</p><div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a><div class="footnote-content"><p>The <em>note</em>.</p></div></div>`,
		"pandoc":    `<p>Text<a href="#fn1" class="footnote-ref" id="fnref1"><sup>1</sup></a>.</p><section class="footnotes"><hr><ol><li id="fn1"><p>The <em>note</em>.<a href="#fnref1">↩</a></p></li></ol></section>`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if r := convert(t, in, markup.Options{}); r.Body != "Text[^1].\n\n[^1]: The *note*.\n" {
				t.Errorf("%q", r.Body)
			}
		})
	}
	r := convert(t, `<p>a<sup id="r1"><a href="#n1">1</a></sup></p><!--members-only--><p>b<sup id="r2"><a href="#n2">2</a></sup></p><ol><li id="n1">One<a href="#r1">^</a></li><li id="n2"><p>Two</p><p>more</p><a href="#r2">^</a></li></ol>`, markup.Options{})
	if want := "a[^1]\n\n<!-- paywall -->\n\nb[^2]\n\n[^1]: One\n\n[^2]: Two\n    \n    more\n"; r.Body != want {
		t.Errorf("%q", r.Body)
	}
}

func TestWhatIsTooMuchIsRefused(t *testing.T) {
	t.Parallel()
	c := markup.New()
	if _, err := c.Convert(strings.Repeat("<div>", 2000), markup.Options{}); err == nil {
		t.Error("2,000 elements in each other were read")
	}
	if _, err := c.Convert(strings.Repeat("a", 5<<20), markup.Options{}); err == nil {
		t.Error("five megabytes were read")
	}
	r, err := c.Convert(`<img src="data:image/png;base64,AAAA"><img data-src="b.png" src="data:x"><img><form><input></form>`, markup.Options{})
	if err != nil || len(r.Pictures) != 1 || r.Pictures[0].Src != "b.png" || len(r.Warnings) != 2 {
		t.Errorf("%+v, %v", r, err)
	}
}
