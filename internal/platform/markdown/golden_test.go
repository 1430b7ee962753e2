package markdown

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares with a file. A change here is a change of what readers see:
// Version has to grow with it.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: %s", file, diff)
	}
}

func TestGoldenNotes(t *testing.T) {
	t.Parallel()
	notes, err := filepath.Glob("testdata/*.md")
	if err != nil || len(notes) < 13 {
		t.Fatalf("%d notes, %v", len(notes), err)
	}
	for _, file := range notes {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r := Render(src, Options{})
		checkRendered(t, r)
		base := strings.TrimSuffix(file, ".md")
		golden(t, base+".html", r.FullHTML)
		if !strings.HasSuffix(base, "note") {
			continue
		}
		golden(t, base+".txt", r.FullText+"\n")
		golden(t, base+".teaser.html", r.TeaserHTML)
		golden(t, base+".teaser.md_", r.TeaserSource)
		r.FullHTML, r.FullText, r.TeaserHTML, r.TeaserText, r.TeaserSource = "", "", "", "", ""
		facts, err := json.MarshalIndent(r, "", "\t")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, base+".json", string(facts)+"\n")
	}
}
