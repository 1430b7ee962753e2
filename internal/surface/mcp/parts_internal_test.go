package mcp

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPartsHoldEverythingOnce(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"paragraphs":    strings.TrimSpace(strings.Repeat("A paragraph that goes on.\n\n", 3000)),
		"lines":         strings.TrimSpace(strings.Repeat("A line that goes on.\n", 4000)),
		"one long word": strings.Repeat("ü", 60_000),
		"words":         strings.TrimSpace(strings.Repeat("wörd ", 20_000)),
		"short":         "short",
		"nothing":       "",
	} {
		all := parts(text)
		for i, p := range all {
			if len(p) > partSize || !utf8.ValidString(p) || len(all) > 1 && p == "" {
				t.Errorf("%s: part %d has %d bytes", name, i+1, len(p))
			}
		}
		squeeze := strings.NewReplacer(" ", "", "\n", "").Replace
		if squeeze(strings.Join(all, "")) != squeeze(text) {
			t.Errorf("%s: something is lost or doubled", name)
		}
	}
	if n := len(parts(strings.Repeat("word ", 10))); n != 1 {
		t.Errorf("a short text in %d parts", n)
	}
}
