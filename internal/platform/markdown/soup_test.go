package markdown

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// soup strings together what Markdown, HTML and charts are made of. Labels come
// with a suffix, so that two soups can be kept from referring to each other.
func soup(t *rapid.T, name, suffix string) string {
	bits := []string{
		"a", "B ", " ", "  \n", "\n", "\n\n", "\n\n\n", "\t", "    ", "\\", "*", "**", "_", "~~", "`", "```", "```chart\n", "~~~\n", "#", "# ", "## h\n", "===\n", "---\n",
		"> ", ">", "- ", "* ", "1. ", "2) ", "- [ ] ", "> [!NOTE]\n", "[!TIP]", "|", "|---|\n", "| a | b |\n", ":-:", "\"", "'", "...", "--",
		"[", "]", "(", ")", "![", "](", "[x]", "[x]: /u 't'\n", "\n\n[x]: <u v> (w)\n", "[^n]", "[^n]: ", "\n\n[^n]: f\n\n    g\n", "[^o]", "\n[^o]: ", "^",
		"<", ">", "</", "/>", "<sub>", "</sub>", "<br>", "<abbr title=\"q\">", "</abbr>", "<details>\n", "</details>\n", "<summary>", "</summary>", "<script>", "</script>",
		"<style>", "<div>\n", "</div>", "<p>", "<!--", "-->", "<!-- c -->", "<?", "?>", "<![CDATA[", "&amp;", "&#", "&", ";", "https://a.bc", "www.a.bc", "x@y.zz", "javascript:",
		"type: bar\n", "title: T\n", "x: [1]\n", "series: [{name: n, data: [1]}]\n", "é", "光", "\u00a0", "\x00", "\xff", "\r\n",
	}
	s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(bits), 0, 60).Draw(t, name), "")
	return strings.NewReplacer("[x]", "[x"+suffix+"]", "[^n]", "[^n"+suffix+"]", "[^o]", "[^o"+suffix+"]").Replace(s)
}

func TestAnySoupIsSafe(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		src := soup(t, "soup", "")
		if rapid.Bool().Draw(t, "cut") {
			src += "\n\n<!-- paywall -->\n\n" + soup(t, "more", "")
		}
		r := Render([]byte(src), Options{})
		checkRendered(t, r)
		if !r.HasPaywall {
			return
		}
		again := Render([]byte(r.TeaserSource), Options{})
		if diff := cmp.Diff(r.TeaserText, again.FullText); diff != "" {
			t.Fatalf("%s\nfrom %q\ncut to %q", diff, src, r.TeaserSource)
		}
	})
}

// What stands below cannot change what stands above, unless the preview itself
// refers to it.
func TestNoSoupBelowChangesThePreview(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		above := soup(t, "above", "1") + "\n\n<!-- paywall -->\n\n"
		a := Render([]byte(above), Options{})
		if !a.HasPaywall || strings.Contains(above, "<details>") { // details may be closed below
			return
		}
		src := above + soup(t, "below", "2")
		b := Render([]byte(src), Options{})
		if diff := cmp.Diff(teaser(a), teaser(b)); diff != "" {
			t.Fatalf("%s\nfrom %q", diff, src)
		}
	})
}
