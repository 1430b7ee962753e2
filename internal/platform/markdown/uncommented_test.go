package markdown_test

import (
	"strings"
	"testing"

	"lighttrends/internal/platform/markdown"
)

func TestCommentsAreTakenOut(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a\n\n<!-- paywall -->\n\nb":                "a\n\n\n\nb",
		"a <!-- x --> b <!-- y -->c":                "a  b c",
		"a <!-- x\ny\nz --> b":                      "a  b",
		"<!-- x\n\ny -->\nb":                        "\nb",
		"```\n<!-- x -->\n```\n<!-- y -->\nb":       "```\n<!-- x -->\n```\n\nb",
		"````\n```\n<!-- x -->\n````\n<!-- y -->":   "````\n```\n<!-- x -->\n````",
		"    <!-- x -->\n\nb":                       "    <!-- x -->\n\nb",
		"Write `<!-- x -->` there. <!-- y -->":      "Write `<!-- x -->` there. ",
		"In HTML <!-- begins a comment.\n\nb":       "In HTML <!-- begins a comment.\n\nb",
		"<!-- x\n```\n-->\nb":                       "\nb",
		"> a\n> <!-- x\n> y -->\n> b":               "> a\n> \n> b",
		"- a\n\n<!-- x -->\n\n- b":                  "- a\n\n<!-- -->\n\n- b",
		"<details>\n<!-- x --><summary>b</summary>": "<details>\n<summary>b</summary>",
		"[^1]\n\n[^1]: a <!-- x -->":                "[^1]\n\n[^1]: a ",
		"| a |\n|---|\n| b <!-- x --> |":            "| a |\n|---|\n| b  |",
		"a --> b":                                   "a --> b",
		"":                                          "",
	} {
		if got := markdown.Uncommented(text); got != strings.Trim(want, "\n") {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

// TestNoRemarkIsShown: what is left draws as the whole drew, and holds nothing
// of a comment that the page does not show.
func TestNoRemarkIsShown(t *testing.T) {
	t.Parallel()
	const src = "Above <!-- zq1 -->.\n\n<!-- paywall -->\n\n<!-- zq2\nmore -->\n\n- one <!-- zq3 -->\n\n  <!-- zq4 -->\n\n> quoted\n> <!-- zq5 -->\n\nA note.[^n]\n\n[^n]: Its text. <!-- zq6 -->\n"
	got := markdown.Uncommented(src)
	if strings.Contains(got, "zq") || strings.Contains(got, "paywall") {
		t.Errorf("%s", got)
	}
	whole, left := markdown.Render([]byte(src), markdown.Options{}), markdown.Render([]byte(got), markdown.Options{})
	if squeeze := strings.NewReplacer(" ", "", "\n", "").Replace; squeeze(whole.FullText) != squeeze(left.FullText) {
		t.Errorf("%q became %q", whole.FullText, left.FullText)
	}
}
