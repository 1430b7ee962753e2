package reference

import (
	"strings"
	"testing"
)

func TestEveryGuideIsInTheList(t *testing.T) {
	t.Parallel()
	files, err := guideFiles.ReadDir("guides")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(guideOrder) || len(Guides()) != len(guideOrder) {
		t.Errorf("%d files, %d in the list, %d of them found", len(files), len(guideOrder), len(Guides()))
	}
	for _, g := range Guides() {
		if g.Title == "" || !strings.HasSuffix(g.About, ".") || !strings.Contains(g.Source, "\n## ") {
			t.Errorf("%s: %q %q", g.Name, g.Title, g.About)
		}
	}
}

func TestWordsOfTheDocumentsAreEscaped(t *testing.T) {
	t.Parallel()
	if got := spoken("a < b, `<x>` & `y"); got != "a &lt; b, <code>&lt;x&gt;</code> &amp; <code>y</code>" {
		t.Error(got)
	}
}
