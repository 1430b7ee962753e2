package markdown

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lighttrends/internal/platform/phrase"
)

// everyWord is a text that makes this package say everything it can say of its
// own, between words of its author that look the same.
const everyWord = `## Footnote 1

Source: Data. Back to reference 1[^a], again[^a], and once more[^b].

> [!NOTE]
> Note

> [!CAUTION]
> Take care.

| Table | Data |
| --- | --- |
| n/a | 1,234.5 |

` + "```chart\ntype: bar\ntitle: \"Bar chart: Source\"\nunit: $\nsource: Source\nforecast: Estimates\nx: [\"1,5\", Estimates]\nseries:\n" +
	"  - {name: \"n/a\", data: [4920.5, null]}\n  - {name: \"Data: 1,000\", data: [-3, 1200]}\n```\n\n" +
	"```chart\ntype: line\ntitle: L\nforecast: b\nx: [a, b, c]\nseries: [{name: s, data: [12345, 2, 2]}]\n```\n\n" +
	"```chart\ntype: stacked\ntitle: S\nforecast: a\nx: [a]\nseries: [{name: s, data: [7]}]\n```\n\n" +
	"```chart\ntype: pie\n```\n\n[^a]: First.\n[^b]: Second.\n"

// TestEnglishWordsAreThoseOfTheRendering: what is put in reads as what was
// there, so each word is found, and nothing else is taken for one.
func TestEnglishWordsAreThoseOfTheRendering(t *testing.T) {
	t.Parallel()
	w := wordingOf(nil, nil)
	sources := []string{everyWord}
	for _, pattern := range []string{"testdata/*.md", "chart/testdata/*.[yj]*"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) < 10 {
			t.Fatalf("%d files, %v", len(files), err)
		}
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(pattern, "chart") {
				src = []byte("```chart\n" + string(src) + "\n```\n")
			}
			sources = append(sources, string(src))
		}
	}
	for _, src := range sources {
		for _, plain := range []bool{false, true} {
			r := Render([]byte(src), Options{Plain: plain})
			for _, text := range []string{r.FullHTML, r.TeaserHTML} {
				if diff := cmp.Diff(text, w.text(text)); diff != "" {
					t.Errorf("%.80s: %s", src, diff)
				}
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		above, below := (&anyNote{T: t}).write()
		text := Render([]byte(above+marker+below), Options{}).FullHTML
		if diff := cmp.Diff(text, w.text(text)); diff != "" {
			t.Fatal(diff)
		}
		checkHTML(t, Worded(text, phrase.In("de"), phrase.In("en")))
	})
}

func TestGermanWords(t *testing.T) {
	t.Parallel()
	de, en := phrase.In("de"), phrase.In("en")
	text := Render([]byte(everyWord), Options{}).FullHTML
	german := Worded(text, de, de)
	checkHTML(t, german)
	for _, want := range []string{
		`role="doc-noteref" aria-label="Fußnote 1"`, `<section class="footnotes" aria-label="Fußnoten">`, `aria-label="Zurück zum Verweis 1, Stelle 2"`, `aria-label="Zurück zum Verweis 2"`,
		`<aside class="callout callout-note" role="note" aria-label="Hinweis">`, `<p class="callout-title">Hinweis</p>`, `<p class="callout-title">Vorsicht</p>`,
		`aria-label="Tabelle: Footnote 1"`, `aria-label="Daten: Bar chart: Source, $"`, `<summary>Daten</summary>`, `<span class="chart-source">Quelle: Source.</span>`, `<p>Dieses Diagramm lässt sich nicht zeichnen: `,
		`<span class="chart-note">Blasse Säulen sind Schätzungen, ab Estimates.</span>`, `<span class="chart-note">Gestrichelte Linien sind Schätzungen, ab b.</span>`, `<span class="chart-note">Alle Werte sind Schätzungen.</span>`,
		`aria-label="Säulendiagramm: Bar chart: Source, $; 1,5 bis Estimates; n/a und Data: 1,000; höchster Wert 4.920,5 (n/a 1,5), niedrigster −3 (Data: 1,000 1,5); blasse Säulen sind Schätzungen, ab Estimates."`,
		`aria-label="Liniendiagramm: L; a bis c; höchster Wert 12.345 (a), niedrigster 2 (b); gestrichelte Linien sind Schätzungen, ab b."`,
		`aria-label="Gestapeltes Säulendiagramm: S; a; alle Werte sind 7; alle Werte sind Schätzungen."`,
		`<td align="right">4.920,5</td>`, `<td align="right">k. A.</td>`, `>Prognose</text>`, `>15.000</text>`, `<title>n/a, 1,5: 4.920,5</title>`,
		// The author's own words stay.
		`>Footnote 1</h2>`, `<p>Source: Data. Back to reference 1<sup`, `<p>Note</p>`, `<th scope="col">Table</th>`, `<td>1,234.5</td>`, `<td>n/a</td>`, `>1,5</text>`, `>Estimates</text>`,
	} {
		if !strings.Contains(german, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, english := range []string{`aria-label="Footnote`, "Back to reference 1\"", ">Data</summary>", "Source: Source", "Faded", "Dashed", `aria-label="Bar`, `aria-label="Table`, `lang="`} {
		if strings.Contains(german, english) {
			t.Errorf("%s is left", english)
		}
	}
	t.Run("in an English text say so, and its numbers stay", func(t *testing.T) {
		mixed := Worded(text, de, en)
		checkHTML(t, mixed)
		for _, want := range []string{
			`<p class="callout-title" lang="de">Hinweis</p>`, ` lang="de" role="doc-noteref" aria-label="Fußnote 1"`, ` lang="de" role="doc-backlink"`, `<summary lang="de">Daten</summary>`,
			`<td align="right">4,920.5</td>`, `>15,000</text>`, `höchster Wert 4,920.5 (`,
		} {
			if !strings.Contains(mixed, want) {
				t.Errorf("no %s", want)
			}
		}
	})
	t.Run("of an English page leave a German text its numbers", func(t *testing.T) {
		mixed := Worded(text, en, de)
		if !strings.Contains(mixed, `<p class="callout-title" lang="en">Note</p>`) || !strings.Contains(mixed, `<td align="right">4.920,5</td>`) || !strings.Contains(mixed, "highest 4.920,5 (") {
			t.Error(mixed)
		}
	})
	t.Run("English in English is what was there", func(t *testing.T) {
		if Worded(text, en, nil) != text {
			t.Error("changed")
		}
	})
}

// TestWordsInDrawingsAreShort: the drawing left room for the English one.
func TestWordsInDrawingsAreShort(t *testing.T) {
	t.Parallel()
	for _, l := range phrase.Shipped() {
		if word := l.Text("text.chart.forecast"); len([]rune(word)) > len("Estimates") {
			t.Errorf("%s: %q has no room", l.Tag, word)
		}
	}
}

// TestWordsInAnything: what this package did not make must not break it.
func TestWordsInAnything(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", `<figure class="chart">`, `<figure class="chart"></figure>`, `<figure class="chart"><svg  role="img" aria-label="Bar chart: x"</svg></figure>`, `<aside class="callout callout-">`, `role="doc-backlink" aria-label=""`,
		`<figure class="chart"><svg  role="img" aria-label="Bar chart: x"></svg><table><tbody><tr></tr><tr><td>1</td></tr></tbody></table></figure>`, `<p class="callout-title">`, `<svg <title></title></svg>`,
	} {
		Worded(text, phrase.In("de"), phrase.In("de"))
	}
}
