package markdown

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Figure is the data of a chart as programs read it: numbers without the
// commas that people like, and nothing where there is a gap.
type Figure struct {
	Caption string
	Head    []string // of the columns; the first may be empty
	Rows    [][]string
}

// chartOpen begins a chart and chartClose ends it, as printChart writes them.
// No text can hold either: it is escaped.
const (
	chartOpen  = `<figure class="chart">`
	chartClose = "</figure>"
)

// EachChart rewrites the charts in HTML that this package made, in the order of
// reading; i counts from 0.
func EachChart(text string, rewrite func(i int, chart string) string) string {
	var out strings.Builder
	for i := 0; ; i++ {
		from := strings.Index(text, chartOpen)
		if from < 0 {
			break
		}
		size := strings.Index(text[from:], chartClose)
		if size < 0 {
			break
		}
		end := from + size + len(chartClose)
		out.WriteString(text[:from])
		out.WriteString(rewrite(i, text[from:end]))
		text = text[end:]
	}
	if out.Len() == 0 {
		return text
	}
	out.WriteString(text)
	return out.String()
}

// Figures reads the data of the charts in HTML that this package made. It looks
// at what readers see, so it tells nobody more than the page does.
func Figures(text string) (out []Figure) {
	EachChart(text, func(_ int, chart string) string {
		out = append(out, figureOf(chart))
		return ""
	})
	return out
}

// figureOf reads the table beside a chart, with numbers for programs.
func figureOf(chart string) Figure {
	f := gridOf(chart)
	for _, row := range f.Rows {
		for i := 1; i < len(row); i++ {
			row[i] = bare(row[i])
		}
	}
	return f
}

// gridOf reads it as it stands there.
func gridOf(chart string) (f Figure) {
	z := html.NewTokenizer(strings.NewReader(chart[max(strings.Index(chart, "<table>"), 0):]))
	var cell *string
	for {
		switch z.Next() { //nolint:exhaustive // what else there is holds no data
		case html.ErrorToken:
			return f
		case html.TextToken:
			if cell != nil {
				*cell += string(z.Text())
			}
		case html.StartTagToken:
			cell = f.enter(z)
		case html.EndTagToken:
			cell = nil
		}
	}
}

// enter makes room for what an element holds, and says where it belongs.
func (f *Figure) enter(z *html.Tokenizer) *string {
	name, _ := z.TagName()
	switch atom.Lookup(name) { //nolint:exhaustive // what else there is holds no data
	case atom.Caption:
		return &f.Caption
	case atom.Tbody:
		f.Rows = [][]string{}
	case atom.Tr:
		if f.Rows != nil {
			f.Rows = append(f.Rows, nil)
		}
	case atom.Th, atom.Td:
		row := &f.Head
		if n := len(f.Rows); n > 0 {
			row = &f.Rows[n-1]
		}
		*row = append(*row, "")
		return &(*row)[len(*row)-1]
	}
	return nil
}

// bare undoes how a data table writes a number; see chart.Table.
func bare(text string) string {
	if text == "n/a" {
		return ""
	}
	if _, ok := valueOf(text); !ok {
		return text
	}
	return bareDigits.Replace(text)
}

// valueOf reads a number as a data table writes it.
func valueOf(text string) (float64, bool) {
	v, err := strconv.ParseFloat(bareDigits.Replace(text), 64)
	return v, err == nil
}

var bareDigits = strings.NewReplacer(",", "", "−", "-", "×10", "e", "⁻", "-", "⁰", "0", "¹", "1", "²", "2", "³", "3",
	"⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9")
