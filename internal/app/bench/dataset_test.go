package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lighttrends/internal/platform/markdown"
)

func TestTheNotesAreWhatTheTableSays(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "notes")
	if err := writeNotes(dir, 5); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 10 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for i := range 20 {
		for _, gate := range gates {
			body := noteBody(rand.New(rand.NewPCG(uint64(i), 2)), gate)
			if len(body) < bodySize-500 || len(body) > bodySize+1000 {
				t.Errorf("a note of %d bytes", len(body))
			}
			if (gate == "public") == strings.Contains(body, "<!-- paywall -->") {
				t.Errorf("%s: paywall is %v", gate, !strings.Contains(body, "<!-- paywall -->"))
			}
			if n := markdown.Render([]byte(body), markdown.Options{}); len(n.Problems) > 0 {
				t.Errorf("%+v", n.Problems)
			}
		}
	}
}
