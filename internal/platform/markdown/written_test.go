package markdown_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lighttrends/internal/platform/markdown"
)

// TestWrittenMarkdownReadsAsBefore: what is written of the HTML of each golden
// file is drawn again to the same words.
func TestWrittenMarkdownReadsAsBefore(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.md")
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		drawn := markdown.Render(src, markdown.Options{})
		if strings.Contains(drawn.FullHTML, `class="chart"`) { // whose drawings become sentences
			continue
		}
		again := markdown.Render([]byte(markdown.Written(drawn.FullHTML, "")), markdown.Options{})
		if a, b := words(drawn.FullText), words(again.FullText); a != b {
			i := 0
			for i < min(len(a), len(b)) && a[i] == b[i] {
				i++
			}
			t.Errorf("%s: …%.120s… became …%.120s…", file, a[max(0, i-40):], b[max(0, i-40):])
		}
	}
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestWrittenMarkdown(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"## A *b* and `c`\n\nOne\\\ntwo [x](/y) ![p](/media/p.png).": "## A *b* and `c`\n\nOne\\\ntwo [x](https://l.example/y) ![p](https://l.example/media/p.png).\n",
		"1\\. no list, \\*no stars\\* and \\[no link\\](x)":          "1\\. no list, \\*no stars\\* and \\[no link\\](x)\n",
		"- a\n  - b\n- c":                       "- a\n\n  - b\n- c\n",
		"3. a\n4. b":                            "3. a\n4. b\n",
		"> [!WARNING]\n> Mind.":                 "> [!WARNING]\n> Mind.\n",
		"| a | b |\n|---|--:|\n| 1 \\| 2 | 3 |": "| a | b |\n| --- | ---: |\n| 1 \\| 2 | 3 |\n",
		"Said.[^q]\n\n[^q]: Where.":             "Said.[^1]\n\n[^1]: Where.\n",
		"```go\nx := `a`\n```":                  "```go\nx := `a`\n```\n",
		"":                                      "\n",
	} {
		if got := markdown.Written(markdown.Render([]byte(src), markdown.Options{}).FullHTML, "https://l.example"); got != want {
			t.Errorf("%q: %q, not %q", src, got, want)
		}
	}
}
