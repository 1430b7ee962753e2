package markdown

import (
	"errors"
	"strings"

	"github.com/yuin/goldmark/ast"

	"lighttrends/internal/platform/markdown/chart"
)

// printChart prints a chart fence as a figure, or as the text of its author
// with what is wrong with it.
func (p *printer) printChart(n *ast.FencedCodeBlock) {
	src := p.doc.text(n)
	spec, err := chart.Parse(src)
	if p.tried++; err == nil && p.tried > maxCharts {
		err = &chart.Error{Line: 1, Message: "there are more than 100 charts in this text"}
	}
	if err != nil {
		p.printBrokenChart(n, string(src), err)
		return
	}
	p.figures++
	p.charts++
	p.put(`<figure class="chart">`, "\n")
	if !p.opts.Plain {
		p.put(chart.SVG(spec, chart.Wide), "\n", chart.SVG(spec, chart.Narrow), "\n")
	}
	grid := chart.Table(spec)
	if p.opts.Plain {
		p.printGrid(grid)
		p.printChartCaption(spec)
	} else {
		p.printChartCaption(spec)
		p.put(`<details class="chart-data">`, "\n<summary>Data</summary>\n")
		p.printGrid(grid)
		p.put("</details>\n")
	}
	p.put("</figure>\n")
	p.sayChart(spec)
}

// printChartCaption prints how estimates are marked, and the source.
func (p *printer) printChartCaption(s chart.Spec) {
	note := chart.Note(s)
	if note == "" && s.Source == "" {
		return
	}
	p.put("<figcaption>")
	if s.Source != "" {
		p.put(`<span class="chart-source">Source: `, escape(sentence(s.Source)), "</span>")
	}
	if note != "" {
		if s.Source != "" {
			p.put(" ")
		}
		p.put(`<span class="chart-note">`, escape(note), "</span>")
	}
	p.put("</figcaption>\n")
}

// sentence ends a text with a full stop.
func sentence(s string) string {
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

func (p *printer) printGrid(g chart.Grid) {
	p.openTable("Data: " + g.Caption)
	p.put("<caption>", escape(g.Caption), "</caption>\n<thead>\n<tr>")
	for i, name := range g.Head {
		switch {
		case name == "":
			p.put("<td></td>")
		case i == 0:
			p.put(`<th scope="col">`, escape(name), "</th>")
		default:
			p.put(`<th scope="col" align="right">`, escape(name), "</th>")
		}
	}
	p.put("</tr>\n</thead>\n<tbody>\n")
	for _, row := range g.Rows {
		p.put(`<tr><th scope="row">`, escape(row[0]), "</th>")
		for _, cell := range row[1:] {
			p.put(`<td align="right">`, escape(cell), "</td>")
		}
		p.put("</tr>\n")
	}
	p.put("</tbody>\n")
	p.closeTable()
}

// sayChart writes the words of a chart to the plain text, for search. They do
// not count as words to read.
func (p *printer) sayChart(s chart.Spec) {
	p.text.block()
	p.text.raw(chart.Summary(s))
	for _, x := range s.X {
		p.text.raw(" " + x)
	}
	if s.Source != "" {
		p.text.line()
		p.text.raw("Source: " + s.Source)
	}
}

func (p *printer) printBrokenChart(n *ast.FencedCodeBlock, src string, err error) {
	line, message := 1, err.Error()
	var e *chart.Error
	if errors.As(err, &e) {
		line, message = e.Line, e.Message
	}
	at := n.Pos()
	if n.Lines().Len() > 0 {
		at = n.Lines().At(min(line, n.Lines().Len()) - 1).Start
	}
	p.doc.problem(at, "chart_invalid", "The chart cannot be drawn: %s.", message)
	p.put(`<div class="chart-error">`, "\n<p>This chart cannot be drawn: ", escape(message), ".</p>\n")
	p.put(`<pre tabindex="0"><code>`, escape(src), "</code></pre>\n</div>\n")
	p.text.block()
	p.text.raw(src)
}
