package markdown

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// codes lists "line code" of every problem.
func codes(r Rendered) []string {
	out := []string{}
	for _, p := range r.Problems {
		out = append(out, itoa(p.Line)+" "+p.Code)
	}
	return out
}

func TestTheMarkerCuts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		src      string
		teaser   string // plain text; "-" means no paywall
		problems []string
	}{
		"on its own":                     {"a\n\n<!-- paywall -->\n\nb", "a", nil},
		"without blank lines":            {"a\n<!-- paywall -->\nb", "a", nil},
		"without spaces":                 {"a\n\n<!--paywall-->\n\nb", "a", nil},
		"with many spaces":               {"a\n\n   <!--   paywall\t -->  \n\nb", "a", nil},
		"first of all":                   {"<!-- paywall -->\n\nb", "", nil},
		"last of all":                    {"a\n\n<!-- paywall -->", "a", nil},
		"with line ends of Windows":      {"a\r\n\r\n<!-- paywall -->\r\n\r\nb", "a", nil},
		"after a byte order mark":        {"\ufeff<!-- paywall -->\n\nb", "", nil},
		"between open details":           {"<details>\n\na\n\n<!-- paywall -->\n\nb\n\n</details>", "a", nil},
		"the first counts":               {"a\n\n<!-- paywall -->\n\nb\n\n<!-- paywall -->\n\nc", "a", []string{"7 paywall_second"}},
		"not in a quote":                 {"> a\n>\n> <!-- paywall -->\n\nb", "-", []string{"3 paywall_nested"}},
		"not in a callout":               {"> [!NOTE]\n> <!-- paywall -->\n\nb", "-", []string{"2 paywall_nested"}},
		"not in a list":                  {"- a\n\n  <!-- paywall -->\n\nb", "-", []string{"3 paywall_nested"}},
		"not in a footnote":              {"a[^1]\n\n[^1]: b\n\n    <!-- paywall -->\n", "-", []string{"5 paywall_nested"}},
		"not in fenced code":             {"```\n<!-- paywall -->\n```\n\nb", "-", []string{"2 paywall_in_code"}},
		"not in code that is left open":  {"a\n\n```\nx\n\n<!-- paywall -->\n\nb", "-", []string{"6 paywall_in_code"}},
		"not in indented code":           {"a\n\n    <!-- paywall -->\n\nb", "-", []string{"3 paywall_in_code"}},
		"not in a paragraph":             {"a <!-- paywall --> b", "-", []string{"1 paywall_inline"}},
		"not before text":                {"a\n\n<!-- paywall --> b", "-", []string{"3 paywall_inline"}},
		"not beside HTML":                {"a\n\n<div>\n<!-- paywall -->\n</div>", "-", []string{"3 html_skipped", "4 paywall_inline"}},
		"not with a capital":             {"a\n\n<!-- Paywall -->\n\nb", "-", []string{"3 paywall_spelling"}},
		"not in a script":                {"<script>\n\n<!-- paywall -->\n\n</script>", "-", nil},
		"a bad one does not hide a good": {"> <!-- paywall -->\n\na\n\n<!-- paywall -->\n\nb", "a", []string{"1 paywall_nested"}},
		"other comments do not":          {"a\n\n<!-- the paywall comes later -->\n\nb", "-", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := Render([]byte(c.src), Options{})
			checkRendered(t, r)
			if r.HasPaywall != (c.teaser != "-") {
				t.Fatalf("HasPaywall is %v", r.HasPaywall)
			}
			if r.HasPaywall && r.TeaserText != c.teaser {
				t.Errorf("the preview is %q, want %q", r.TeaserText, c.teaser)
			}
			if strings.Contains(r.FullHTML, "paywall") && !strings.Contains(c.src, "```") && !strings.Contains(c.src, "    <") {
				t.Errorf("the marker shows: %s", r.FullHTML)
			}
			got := codes(r)
			if name == "not in a script" {
				return
			}
			if diff := cmp.Diff(append([]string{}, c.problems...), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFootnotesAtTheCut(t *testing.T) {
	t.Parallel()
	src := "Up[^both] up[^deep].\n\n[^below]: defined above, used below.\n\n<!-- paywall -->\n\nDown[^both] down[^below] down[^both] down[^chain].\n\n" +
		"[^both]: shared text\n[^deep]: leads on[^far]\n[^far]: reached[^far]\n[^chain]: gated, leads to both[^both]\n[^lost]: never used\n"
	r := Render([]byte(src), Options{})
	checkRendered(t, r)
	if diff := cmp.Diff("Up[1] up[2].\n\n[1] shared text\n\n[2] leads on[3]\n\n[3] reached[3]", r.TeaserText); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff("Up[1] up[2].\n\nDown[1] down[4] down[1] down[5].\n\n[1] shared text\n\n[2] leads on[3]\n\n[3] reached[3]\n\n[4] defined above, used below.\n\n[5] gated, leads to both[1]", r.FullText); diff != "" {
		t.Error(diff)
	}
	if n := strings.Count(r.TeaserHTML, `href="#fnref_1_`); n != 1 {
		t.Errorf("the shared footnote leads back %d times in the preview, want once", n)
	}
	if n := strings.Count(r.FullHTML, `href="#fnref_1_`); n != 4 {
		t.Errorf("the shared footnote leads back %d times in the full text, want 4", n)
	}
	for _, id := range []string{`id="fnref_1_1"`, `id="fnref_2_1"`, `id="fnref_3_1"`, `id="fnref_3_2"`} {
		if !strings.Contains(r.TeaserHTML, id) || !strings.Contains(r.FullHTML, id) {
			t.Errorf("%s must stand in both", id)
		}
	}
	if diff := cmp.Diff("Up[^both] up[^deep].\n\n[^both]: shared text\n\n[^deep]: leads on[^far]\n\n[^far]: reached[^far]\n", r.TeaserSource); diff != "" {
		t.Error(diff)
	}
	if r.Stats.Footnotes != 5 || r.GatedStats.Footnotes != 2 {
		t.Errorf("%d footnotes, %d gated; want 5 and 2", r.Stats.Footnotes, r.GatedStats.Footnotes)
	}
	if diff := cmp.Diff([]string{"13 footnote_unused"}, codes(r)); diff != "" {
		t.Error(diff)
	}
}

func TestDefinitionsAtTheCut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ src, want string }{
		"a used link moves up, others do not": {
			"See [a] and ![b][B].\n\n<!-- paywall -->\n\n[c] [d]\n\n[a]: /used \"T \\\"q\\\"\"\n[b]: <of two words> 'it \"is\"'\n[c]: /gated \"secret\"\n",
			"See [a] and ![b][B].\n\n[a]: /used 'T \\\"q\\\"'\n[b]: <of two words> 'it \"is\"'\n",
		},
		"an unused definition above goes": {
			"One.\n\n[c]: /gated\n\n- item\n\n[^n]: gated note\n    and more\n\n2. two\n\n<!-- paywall -->\n\n[c][^n]\n",
			"One.\n\n\n\n- item\n\n<!-- -->\n\n\n2. two\n",
		},
		"definitions in quotes and lists": {
			"> q[^1]\n>\n> [^2]: gated\n> lazy\n\n- a [x]\n\n  [y]: /gated\n\n<!-- paywall -->\n\n> [^1]: in a quote\n>\n>     second\n\n- [x]: /shown\n\n[y][^2]\n",
			"> q[^1]\n>\n> <!-- -->\n> \n\n- a [x]\n\n  <!-- -->\n\n[^1]: in a quote\n\n    second\n\n[x]: /shown\n",
		},
		"comments of editors lose their text": {
			"a <!-- inline secret --> b\n\n<!-- block\nsecret -->\n\n<div>\n<!-- secret --> c\n</div>\n\n<!-- paywall -->\n",
			"a <!-- --> b\n\n\n\n<div>\n<!-- --> c\n</div>\n",
		},
		"open details are closed": {
			"<details>\n<summary>S</summary>\n\na\n\n<!-- paywall -->\n\nb\n\n</details>\n",
			"<details>\n<summary>S</summary>\n\na\n\n</details>\n",
		},
		"nothing above": {"<!-- paywall -->\n\na\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := Render([]byte(c.src), Options{})
			if diff := cmp.Diff(c.want, r.TeaserSource); diff != "" {
				t.Error(diff)
			}
			if again := Render([]byte(r.TeaserSource), Options{}); again.FullHTML != r.TeaserHTML {
				t.Error(cmp.Diff(r.TeaserHTML, again.FullHTML))
			}
		})
	}
}

func TestNumbersOfTheGatedPart(t *testing.T) {
	t.Parallel()
	src := "one two [a](/both) ![i](/i.png \"cap tion\")\n\n![j](/j.png \"cap tion\")\n\n<!-- paywall -->\n\nthree[^1] [b](/gated) [c](/both)\n\n| a |\n|---|\n| b |\n\n![k](/k.png)\n\n" +
		"```chart\ntype: bar\ntitle: T\nx: [1]\nseries: [{name: n, data: [1]}]\n```\n\n[^1]: four [d](/note)\n"
	r := Render([]byte(src), Options{})
	if diff := cmp.Diff(Stats{Words: 12, Figures: 2, Charts: 1, Tables: 1, Footnotes: 1, Minutes: 1}, r.Stats); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Stats{Words: 7, Figures: 1, Charts: 1, Tables: 1, Footnotes: 1, Minutes: 1}, r.GatedStats); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Reference{{"/i.png", 1, false}, {"/j.png", 3, false}, {"/k.png", 13, true}}, r.Images); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Reference{{"/both", 1, false}, {"/gated", 7, true}, {"/note", 22, true}}, r.Links); diff != "" {
		t.Error(diff)
	}
}
