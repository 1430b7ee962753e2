package content

import "lighttrends/internal/platform/markdown"

// Figure is the data of a chart.
type Figure = markdown.Figure

// Figures gives the data of the charts that stand above the paywall, for
// everybody who sees them.
func (t *Teaser) Figures() []Figure { return markdown.Figures(t.HTML) }

// Figures gives the data of all charts of the text, in the order of reading:
// those above the paywall have the same numbers as in the teaser.
func (t *Text) Figures() []Figure { return markdown.Figures(t.HTML) }

// EachChart rewrites the charts in the HTML of a note.
func EachChart(html string, rewrite func(i int, chart string) string) string {
	return markdown.EachChart(html, rewrite)
}
