package markdown

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFootnotesAreNumberedAsRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ src, want string }{
		"in the order of the text, not of the definitions": {
			"a[^2] b[^1] c[^2]\n\n[^1]: one\n[^2]: two\n",
			"a[1] b[2] c[1]\n\n[1] two\n\n[2] one",
		},
		"a definition in the middle does not count as text": {
			"a[^a]\n\n[^a]: x[^c]\n\nb[^b]\n\n[^b]: y\n[^c]: z\n",
			"a[1]\n\nb[2]\n\n[1] x[3]\n\n[2] y\n\n[3] z",
		},
		"in headings, lists, tables, quotes and captions of nothing": {
			"# h[^1]\n\n- i[^2]\n\n| t[^3] |\n|---|\n\n> q[^4]\n\n[^1]: 1\n[^2]: 2\n[^3]: 3\n[^4]: 4\n",
			"h[1]\n\n- i[2]\n\nt[3]\n\nq[4]\n\n[1] 1\n\n[2] 2\n\n[3] 3\n\n[4] 4",
		},
		"two that lead to each other": {
			"a[^1]\n\n[^1]: x[^2]\n[^2]: y[^1]\n",
			"a[1]\n\n[1] x[2]\n\n[2] y[1]",
		},
		"one that leads to itself only": {"a\n\n[^1]: x[^1]\n", "a"},
		"not in code, nor in alternative texts": {
			"`[^1]` ![a [^1]](/b) \\[^1]\n\n[^1]: x\n",
			"[^1] a [^1] [^1]",
		},
		"with several blocks": {
			"a[^1]\n\n[^1]: x\n\n    - y\n\n    > z\n",
			"a[1]\n\n[1] x\n\n- y\n\nz",
		},
		"defined in a list and in a quote": {
			"a[^1] b[^2]\n\n- i\n\n  [^1]: x\n\n> [^2]: y\n",
			"a[1] b[2]\n\n- i\n\n[1] x\n\n[2] y",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := Render([]byte(c.src), Options{})
			checkRendered(t, r)
			if diff := cmp.Diff(c.want, r.FullText); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Every link back leads to a reference, and every reference to a footnote, in
// the full text and in the preview.
func TestFootnotesLeadThereAndBack(t *testing.T) {
	t.Parallel()
	r := Render([]byte("a[^1] [l[^2]](/x)\n\n<!-- paywall -->\n\nb[^1][^3] c[^2]\n\n[^1]: x[^3]\n[^2]: y\n[^3]: z\n"), Options{})
	for name, html := range map[string]string{"full": r.FullHTML, "preview": r.TeaserHTML} {
		ids := map[string]bool{}
		for _, m := range regexp.MustCompile(`id="([^"]+)"`).FindAllStringSubmatch(html, -1) {
			ids[m[1]] = true
		}
		links := regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(html, -1)
		if len(links) < 5 {
			t.Errorf("%s: %d links within the text", name, len(links))
		}
		for _, m := range links {
			if !ids[m[1]] {
				t.Errorf("%s: nothing has the id %s", name, m[1])
			}
		}
	}
}

func TestCallouts(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "Note", "warning"} {
		r := Render([]byte("> [!"+kind+"]  \n> text\n"), Options{})
		low := strings.ToLower(kind)
		title := strings.ToUpper(low[:1]) + low[1:]
		if want := `<aside class="callout callout-` + low + `" role="note" aria-label="` + title + `">`; !strings.Contains(r.FullHTML, want) {
			t.Errorf("%s: %s", kind, r.FullHTML)
		}
		if r.FullText != title+"\n\ntext" || r.Stats.Words != 1 {
			t.Errorf("%s: %q, %d words", kind, r.FullText, r.Stats.Words)
		}
	}
	nested := Render([]byte("> [!NOTE]\n> > [!TIP]\n> > a\n>\n> - > [!WARNING]\n>   > b\n"), Options{})
	checkRendered(t, nested)
	if strings.Count(nested.FullHTML, "<aside") != 3 {
		t.Error(nested.FullHTML)
	}
	twice := Render([]byte("> [!NOTE]\n>\n> [!TIP]\n> a\n"), Options{})
	if strings.Count(twice.FullHTML, "<aside") != 1 || !strings.Contains(twice.FullHTML, "[!TIP]") {
		t.Error(twice.FullHTML)
	}
}

func TestReferencesKnowTheirLines(t *testing.T) {
	t.Parallel()
	r := Render([]byte("a [b](/1)\nc\n[d](/2) ![e](/3)\n\n- f\n\n  > | g |\n  > |---|\n  > | [h](/4) |\n\n[i]\n\n[^n] <https://j.k>\n\n[i]: /5\n[^n]: [l](/6)\n\n# [m](/1)\n"), Options{})
	want := []Reference{{"/1", 1, false}, {"/2", 3, false}, {"/4", 9, false}, {"/5", 11, false}, {"https://j.k", 13, false}, {"/6", 16, false}}
	if diff := cmp.Diff(want, r.Links); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Reference{{"/3", 3, false}}, r.Images); diff != "" {
		t.Error(diff)
	}
}

// The doc comment of Problem lists every code, and no other.
func TestCodesAreDocumented(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	used, documented := map[string]bool{}, map[string]bool{}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, m := range regexp.MustCompile(`(?:problem|unread)\([^"\n]*"([a-z_]+)"`).FindAllStringSubmatch(string(src), -1) {
			used[m[1]] = true
		}
		if _, doc, ok := strings.Cut(string(src), "// The codes: "); ok {
			doc, _, _ = strings.Cut(doc, "type Problem struct")
			for _, m := range regexp.MustCompile(`[a-z]+_[a-z_]+`).FindAllString(doc, -1) {
				documented[m] = true
			}
		}
	}
	if diff := cmp.Diff(used, documented); diff != "" || len(used) < 15 {
		t.Errorf("%d codes: %s", len(used), diff)
	}
}
