package markdown

import (
	"os"
	"path/filepath"
	"testing"
)

func FuzzRender(f *testing.F) {
	files, err := filepath.Glob("testdata/*.md")
	if err != nil || len(files) == 0 {
		f.Fatal(len(files), err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	for _, src := range []string{
		"",
		"\ufeff\r\na\rb\x00\x01\xff",
		"<!-- paywall -->",
		"a[^1]\n\n<!-- paywall -->\n\nb[^1][^2]\n\n[^1]: x[^3]\n[^2]: y\n[^3]: > z\n",
		"> [!NOTE]\n\n> [!NOTE]\n> > [!TIP]\n> ---\n",
		"<details><summary><details></summary>\n\n<summary>a</summary></details></details>",
		"<script>\n\n<!-- paywall -->\n\n</script> <style>a</style>",
		"[a](javascript:alert(1)) [b](&#106;avascript:x) [c](java\nscript:x) ![d](data:x) <javascript:y>",
		"[a <https://b.c> [^1] ![x](y)](z)\n\n[^1]: n",
		"| a | `x \\| y` |\n|-|:-:|\n| <b> | \\| |\n|\n",
		"```chart\n{type: line, title: T, x: [1], series: [{name: n, data: [.5]}]}\n```\n",
		"- [ ] a\n- [^1]: b\n\n1) c\n2) d\n   > e\n",
		"<abbr title=\"a&quot;><script>\">x</abbr><sub><sup></sub></sup>\n\n<sub>\n\n</sub>",
		"a\n===\n\n# a\n\n### a\n\n# &#35; \\# <b>\n",
		"![a][b] [b]\n\n[b]: <x y> 'z\n\"q\"'\n",
	} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		r := Render(src, Options{})
		checkRendered(t, r)
		checkHTML(t, Render(src, Options{Plain: true, BaseURL: "https://example.com/"}).FullHTML)
		if r.HasPaywall {
			again := Render([]byte(r.TeaserSource), Options{})
			if again.FullText != r.TeaserText {
				t.Errorf("the source of the preview renders otherwise\nfrom %q\ncut to %q\n%q, want\n%q", src, r.TeaserSource, again.FullText, r.TeaserText)
			}
		}
	})
}
