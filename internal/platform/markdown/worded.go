package markdown

import (
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lighttrends/internal/platform/phrase"
)

// Worded gives HTML of this package in the language of who reads it: the words
// of ours in it, and the numbers of charts as the language of the text writes
// them. The rendering that is kept is in English, and its English is the mark:
// each word of ours stands between pieces of HTML that no text can hold, for
// texts are escaped. So one rendering serves every language, and whatever reads
// the rendering (the data of figures, the differences) finds what it always did.
// A nil language is English.
func Worded(text string, words, written *phrase.Language) string {
	w := wordingOf(words, written)
	if w.words.Tag == phrase.Fallback && w.written.Tag == phrase.Fallback {
		return text
	}
	return w.text(text)
}

// wording is the language of the words and that of the text.
type wording struct {
	words, written *phrase.Language
	digits         *strings.Replacer // of a number in English
}

func wordingOf(words, written *phrase.Language) wording {
	w := wording{words: words, written: written}
	if w.words == nil {
		w.words = phrase.In(phrase.Fallback)
	}
	if w.written == nil {
		w.written = phrase.In(phrase.Fallback)
	}
	w.digits = strings.NewReplacer(",", w.written.Thousands, ".", w.written.Decimal)
	return w
}

// say is a word of ours, for between tags and for attributes.
func (w wording) say(key string, pairs ...any) string { return w.words.Text(key, pairs...) }

// within rewrites what stands between two pieces of HTML, wherever they are.
func within(text, before, after string, rewrite func(said string) string) string {
	var out strings.Builder
	for {
		head, rest, found := strings.Cut(text, before)
		said, tail, closed := strings.Cut(rest, after)
		if !found || !closed {
			break
		}
		out.WriteString(head + before + rewrite(said) + after)
		text = tail
	}
	if out.Len() == 0 {
		return text
	}
	return out.String() + text
}

func (w wording) text(text string) string {
	text = within(text, `role="doc-noteref" aria-label="`, `"`, func(said string) string {
		return w.say("text.footnote", "number", strings.TrimPrefix(said, "Footnote "))
	})
	text = within(text, `role="doc-backlink" aria-label="`, `"`, w.back)
	text = within(text, `<section class="footnotes" aria-label="`, `"`, func(string) string { return w.say("text.footnotes") })
	text = within(text, `<aside class="callout callout-`, `">`, func(said string) string {
		kind, _, _ := strings.Cut(said, `"`)
		return kind + `" role="note" aria-label="` + w.say("text.callout."+kind)
	})
	text = within(text, `<p class="callout-title">`, "</p>", func(said string) string { return w.say("text.callout." + strings.ToLower(said)) })
	text = within(text, `<div class="tablewrap" role="region" tabindex="0" aria-label="`, `"`, w.table)
	text = strings.ReplaceAll(text, "<div class=\"chart-error\">\n<p>This chart cannot be drawn:", "<div class=\"chart-error\">\n<p>"+w.say("text.broken"))
	return w.named(EachChart(text, func(_ int, chart string) string { return w.chart(chart) }))
}

// named says of what holds words of ours alone which language they are in, where
// it is not that of the text.
func (w wording) named(text string) string {
	if w.words == w.written {
		return text
	}
	lang := ` lang="` + w.words.Tag + `"`
	return strings.NewReplacer(
		` role="doc-noteref"`, lang+` role="doc-noteref"`, ` role="doc-backlink"`, lang+` role="doc-backlink"`,
		`<p class="callout-title">`, `<p class="callout-title"`+lang+`>`, `<span class="chart-note">`, `<span class="chart-note"`+lang+`>`,
		"<details class=\"chart-data\">\n<summary>", "<details class=\"chart-data\">\n<summary"+lang+">",
	).Replace(text)
}

func (w wording) back(said string) string {
	number, place, several := strings.Cut(strings.TrimPrefix(said, "Back to reference "), ", place ")
	if several {
		return w.say("text.back_place", "number", number, "place", place)
	}
	return w.say("text.back", "number", number)
}

func (w wording) table(said string) string {
	if of, ok := strings.CutPrefix(said, "Data: "); ok {
		return w.say("text.data") + ": " + of
	}
	return w.say("text.table") + strings.TrimPrefix(said, "Table")
}

// chart rewrites a figure that printChart wrote.
func (w wording) chart(chart string) string {
	grid, note := gridOf(chart), ""
	chart = within(chart, `<span class="chart-note">`, "</span>", func(said string) string {
		note = w.note(said)
		return note
	})
	chart = within(chart, `<span class="chart-source">`, "</span>", func(said string) string {
		return w.say("text.source") + strings.TrimPrefix(said, "Source:")
	})
	chart = strings.Replace(chart, "<summary>Data</summary>", "<summary>"+w.say("text.data")+"</summary>", 1)
	chart = within(chart, `<td align="right">`, "</td>", w.cell)
	return within(chart, "<svg ", "</svg>", func(said string) string { return w.drawing(said, grid, note) })
}

func (w wording) cell(said string) string {
	if said == "n/a" {
		return w.say("text.chart.gap")
	}
	return w.digits.Replace(said)
}

// note says how estimates are drawn; see chart.Note.
func (w wording) note(said string) string {
	how, from, _ := strings.Cut(strings.TrimSuffix(said, "."), " are estimates, from ")
	switch how {
	case "Dashed lines":
		return w.say("text.chart.dashed", "from", from)
	case "Faded bars":
		return w.say("text.chart.faded", "from", from)
	}
	return w.say("text.chart.estimates")
}

// drawing rewrites a picture: what it says to those who do not see it, the word
// for the part that is estimated, and the numbers.
func (w wording) drawing(svg string, grid Figure, note string) string {
	svg = within(svg, ` role="img" aria-label="`, `"`, func(said string) string { return w.summary(said, grid, note) })
	svg = within(svg, ` stroke-dasharray="2 3"`, "</text>", func(said string) string { // the line before it, and the first text after that
		if before, ok := strings.CutSuffix(said, ">Estimates"); ok && strings.Count(said, "<text") == 1 {
			return before + ">" + w.say("text.chart.forecast")
		}
		return said
	})
	for _, side := range []string{"end", "middle"} { // of a group: only those of numbers have one
		svg = within(svg, ` text-anchor="`+side+`"><text`, "</g>", func(said string) string { return within(said, `">`, "</text>", w.digits.Replace) })
	}
	return within(svg, "<title>", "</title>", func(said string) string {
		at := strings.LastIndex(said, ": ") + 1
		return said[:at] + w.digits.Replace(said[at:])
	})
}

// summary is chart.Summary, made of the table beside the picture.
func (w wording) summary(said string, grid Figure, note string) string {
	kind, _, _ := strings.Cut(said, ": ")
	key := ""
	switch kind {
	case "Bar chart":
		key = "text.chart.bar"
	case "Stacked bar chart":
		key = "text.chart.stacked"
	case "Line chart":
		key = "text.chart.line"
	}
	rows := len(grid.Rows)
	empty := func(row []string) bool { return len(row) == 0 }
	if key == "" || rows == 0 || len(grid.Head) < 2 || slices.ContainsFunc(grid.Rows, empty) {
		return said
	}
	parts := []string{w.say(key, "title", grid.Caption), grid.Rows[0][0]}
	if rows > 1 {
		parts[1] = w.say("text.chart.span", "first", grid.Rows[0][0], "last", grid.Rows[rows-1][0])
	}
	if names := grid.Head[1:]; len(names) > 1 {
		last := len(names) - 1
		parts = append(parts, w.say("text.chart.names", "first", strings.Join(names[:last], ", "), "last", names[last]))
	}
	parts = append(parts, w.extremes(grid))
	if note != "" {
		first, size := utf8.DecodeRuneInString(note)
		parts = append(parts, string(unicode.ToLower(first))+strings.TrimSuffix(html.UnescapeString(note[size:]), "."))
	}
	return html.EscapeString(strings.Join(parts, "; ") + ".")
}

// extremes names the highest and the lowest value and where they stand.
func (w wording) extremes(grid Figure) string {
	var high, low [2]string // the number, and the place
	var most, least float64
	for column := 1; column < len(grid.Head); column++ {
		for _, row := range grid.Rows {
			if column >= len(row) {
				continue
			}
			value, ok := valueOf(row[column])
			if !ok {
				continue
			}
			here := [2]string{w.digits.Replace(row[column]), row[0]}
			if len(grid.Head) > 2 {
				here[1] = grid.Head[column] + " " + row[0]
			}
			if high[0] == "" || value > most {
				high, most = here, value
			}
			if low[0] == "" || value < least {
				low, least = here, value
			}
		}
	}
	switch {
	case high[0] == "":
		return w.say("text.chart.none")
	case most == least:
		return w.say("text.chart.same", "value", high[0])
	}
	return w.say("text.chart.extremes", "high", high[0]+" ("+high[1]+")", "low", low[0]+" ("+low[1]+")")
}
