package chart

import (
	"html"
	"math"
	"strconv"
	"strings"
)

// SVG draws the chart. The result is one svg element that stands alone as a
// file or inside a page, carries its summary as its accessible name, and is the
// same for the same spec. A spec without points gives an empty string.
func SVG(s Spec, l Layout) string {
	if len(s.X) == 0 || len(s.Series) == 0 {
		return ""
	}
	f := place(s, l)
	d := &drawing{}
	d.open(f)
	f.drawHead(d)
	f.drawGrid(d)
	if s.Type == Line {
		f.drawLines(d)
	} else {
		f.drawBars(d)
	}
	f.drawBase(d)
	f.drawLabels(d)
	d.WriteString("</svg>")
	return d.String()
}

// drawing writes SVG elements.
type drawing struct{ strings.Builder }

// light gives each role the colour that shows where no stylesheet sets one.
// Each is at least 4.5:1 on white, so that the names at lines can be read.
func light(role string) string {
	switch role {
	case "c1":
		return "#1f5aa6"
	case "c2":
		return "#b84e14"
	case "c3":
		return "#127a68"
	case "c4":
		return "#87489f"
	case "c5":
		return "#8f6b00"
	case "c6":
		return "#bf3358"
	case "c7":
		return "#56752a"
	case "c8":
		return "#646b78"
	case "grid":
		return "#dfdfd9"
	case "text":
		return "#0e1014"
	}
	return "#565c68"
}

// role names the colour of a series.
func role(series int) string { return "c" + strconv.Itoa(series+1) }

func (d *drawing) open(f *frame) {
	d.put(`<svg class="`, f.sheet.class, `" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 `, num(f.sheet.width), " ", num(math.Ceil(f.height)),
		`" role="img" aria-label="`, escape(Summary(f.spec)), `" font-family="Inter, system-ui, sans-serif">`)
}

func (d *drawing) put(parts ...string) {
	for _, p := range parts {
		d.WriteString(p)
	}
}

// group opens a g that paints its children in a role.
func (d *drawing) group(role, attributes string) {
	d.put(`<g class="`, role, `" color="`, light(role), `"`, attributes, ">")
}

func (d *drawing) end() { d.put("</g>") }

// text writes one line of text in the colour of its group.
func (d *drawing) text(x, y float64, anchor, s string) {
	d.put(`<text x="`, num(x), `" y="`, num(y), `"`)
	if anchor != "" && anchor != "start" {
		d.put(` text-anchor="`, anchor, `"`)
	}
	d.put(">", escape(s), "</text>")
}

func escape(s string) string { return html.EscapeString(s) }

// num writes a coordinate with at most one decimal.
func num(v float64) string { return decimal(math.Round(v*10) / 10) }

// fine writes a coordinate with two decimals, for marks that touch each other.
func fine(v float64) string { return decimal(math.Round(v*100) / 100) }

func decimal(v float64) string {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if s == "-0" {
		return "0"
	}
	return s
}
