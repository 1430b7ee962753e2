package content

import (
	"lighttrends/internal/platform/markdown"
	"lighttrends/internal/platform/phrase"
)

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

// Worded gives the HTML of a text with the words of ours in it in a language,
// and the numbers of its charts as the language it is written in has them. What
// is kept of a text is in English.
func Worded(html string, words, written *phrase.Language) string {
	return markdown.Worded(html, words, written)
}
