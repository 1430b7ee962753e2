package typeset_test

import (
	"bytes"
	"os"
	"testing"
	"time"

	"lighttrends/internal/platform/markdown"
	"lighttrends/internal/platform/typeset"
)

func press(t testing.TB) *typeset.Press {
	t.Helper()
	p, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func document(body string) typeset.Document {
	return typeset.Document{
		Base: "https://notes.example", Masthead: "LightTrends", Address: "notes.example/notes/sample", Eyebrow: "LightTrends Newsletter No. 7 · July 2026 · Research note",
		Title: "Optical transceivers after the pause: who buys, who waits and what it costs", Abstract: "A short public summary of the note, in a few lines that say what was found and for whom it matters.",
		Byline:  []string{"Ada Lind, Analyst", "14 July 2026", "Version 2"},
		Notices: []typeset.Remark{{Label: "Correction, 20 July 2026:", Text: "The figure for 2025 was 4.1, not 4.7."}},
		Closing: []typeset.Remark{{Label: "Cite as", Text: "Lind, A. (2026). Optical transceivers after the pause (Version 2). LightTrends. https://notes.example/notes/sample/v/2"}},
		Small:   "For the member named below only. Please do not pass it on.",
		HTML:    markdown.Render([]byte(body), markdown.Options{}).FullHTML,
	}
}

func TestSample(t *testing.T) {
	body, err := os.ReadFile("testdata/sample.md")
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	b, err := press(t).Set(t.Context(), document(string(body)), typeset.A4, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(time.Since(start), b.Pages(), b.Size())
	start = time.Now()
	pdf := b.Stamp(typeset.Stamp{Lines: []string{"Copy of Jürgen Ωmega Жуков · 29 November 2026 · Version 2 · LT-ABCD-EFGH-JKLM-NPQR"}, Serial: "LT-ABCD-EFGH-JKLM-NPQR", At: time.Date(2026, 11, 29, 9, 0, 0, 0, time.UTC)})
	t.Log(time.Since(start), len(pdf))
	if !bytes.HasPrefix(pdf, []byte("%PDF-1.7")) {
		t.Error("no PDF")
	}
	if out := os.Getenv("PDF_OUT"); out != "" {
		if err := os.WriteFile(out, pdf, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
