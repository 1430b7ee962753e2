package chart

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The golden drawings were looked at in a browser. A change here is a change
// of what readers see: look again before updating.
func TestGoldenDrawings(t *testing.T) {
	t.Parallel()
	specs, err := filepath.Glob("testdata/*.[yj]*")
	if err != nil || len(specs) < 10 {
		t.Fatalf("%d specs, %v", len(specs), err)
	}
	for _, file := range specs {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s := mustParse(t, string(src))
		for suffix, l := range map[string]Layout{"wide": Wide, "narrow": Narrow} {
			golden := strings.TrimSuffix(file, filepath.Ext(file)) + "." + suffix + ".svg"
			got := strings.ReplaceAll(SVG(s, l), "><", ">\n<") + "\n"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s: %s", golden, diff)
			}
		}
	}
}
