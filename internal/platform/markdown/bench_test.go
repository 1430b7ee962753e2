package markdown

import (
	"os"
	"strings"
	"testing"
)

// sixKB is a note of the usual size: text, a table, a chart, footnotes.
func sixKB(b *testing.B) []byte {
	b.Helper()
	src, err := os.ReadFile("testdata/full-note.md")
	if err != nil {
		b.Fatal(err)
	}
	filler := strings.Repeat("Indium phosphide capacity is booked through the *third* quarter, so what ships is what can be built. ", 6) + "\n\n"
	text := string(src)
	for len(text) < 6<<10 {
		text += filler
	}
	return []byte(text[:6<<10])
}

func BenchmarkRenderNoteOf6KB(b *testing.B) {
	src := sixKB(b)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		Render(src, Options{})
	}
}

func BenchmarkRender20000Words(b *testing.B) {
	note := sixKB(b)
	var text strings.Builder
	for i := 0; i < 20_000; i += len(strings.Fields(string(note))) {
		text.WriteString(strings.ReplaceAll(strings.ReplaceAll(string(note), "<!-- paywall -->", ""), "[^", "[^"+itoa(i)+"-"))
		text.WriteString("\n\n")
	}
	src := []byte(text.String())
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		Render(src, Options{})
	}
}
