package chart

import (
	"math"
	"strings"
	"unicode"
)

// labelRow is the text under the horizontal axis.
type labelRow struct {
	items   []axisLabel
	slanted bool
	height  float64
}

// axisLabel is one label: its lines, and where they are anchored.
type axisLabel struct {
	x      float64
	anchor string // start, middle or end
	lines  []string
}

const labelGap = 9 // between neighbours

// placeLabels finds the most telling way to write the labels without overlap:
// all on one line, all wrapped, all slanted (names) or every n-th (times).
func (f *frame) placeLabels() labelRow {
	for most := 1; most <= 3; most++ {
		if row, ok := f.level(1, most); ok {
			return row
		}
	}
	if f.named() && f.band() >= 17 {
		return f.slant()
	}
	for _, step := range []int{2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24, 25, 30, 40, 48, 50, 60, 100} {
		if row, ok := f.level(step, 1); ok {
			return row
		}
	}
	only, _, _ := f.anchor(f.x(0), []string{shorten(f.spec.X[0], f.sheet.label, f.sheet.width*0.8)})
	return labelRow{items: []axisLabel{only}, height: f.sheet.label * 1.25}
}

// named tells whether the labels are names rather than points in time: times
// can be left out between others, a region cannot.
func (f *frame) named() bool {
	names := 0
	for _, x := range f.spec.X {
		if !strings.ContainsFunc(x, unicode.IsDigit) {
			names++
		}
	}
	return names*2 > len(f.spec.X)
}

// level writes every step-th label with at most so many lines, and tells
// whether they keep their distance.
func (f *frame) level(step, most int) (labelRow, bool) {
	room := f.band()*float64(step) - labelGap
	row := labelRow{}
	end, deepest := math.Inf(-1), 0
	for i := 0; i < len(f.spec.X); i += step {
		lines := []string{f.spec.X[i]}
		if most > 1 {
			lines = f.fold(f.spec.X[i], room)
		}
		if len(lines) > most {
			return row, false
		}
		label, from, to := f.anchor(f.x(i), lines)
		if from < end+labelGap || from < 0 || to > f.sheet.width {
			return row, false
		}
		end, deepest = to, max(deepest, len(lines))
		row.items = append(row.items, label)
	}
	row.height = float64(deepest) * f.sheet.label * 1.25
	return row, true
}

// fold wraps between words only: a name cut in the middle reads badly.
func (f *frame) fold(s string, room float64) []string {
	for _, word := range strings.Fields(s) {
		if measure(word, f.sheet.label, false) > room {
			return []string{s, "", "", ""} // too wide at any count of lines
		}
	}
	return wrap(s, f.sheet.label, false, room)
}

// anchor centres a label under its point, or pushes it inside the drawing.
func (f *frame) anchor(x float64, lines []string) (label axisLabel, from, to float64) {
	w := 0.0
	for _, line := range lines {
		w = max(w, measure(line, f.sheet.label, false))
	}
	switch {
	case x+w/2 > f.sheet.width:
		return axisLabel{f.sheet.width, "end", lines}, f.sheet.width - w, f.sheet.width
	case x-w/2 < 0:
		return axisLabel{0, "start", lines}, 0, w
	}
	return axisLabel{x, "middle", lines}, x - w/2, x + w/2
}

const slope = 40 // degrees of slanted labels

// slant writes every label upwards to the right, cut to a sensible length.
func (f *frame) slant() labelRow {
	rad := slope * math.Pi / 180
	row := labelRow{slanted: true}
	for i, x := range f.spec.X {
		at := f.x(i) + 4
		room := min(110, (at-2)/math.Cos(rad))
		text := shorten(x, f.sheet.label, room)
		row.items = append(row.items, axisLabel{at, "end", []string{text}})
		row.height = max(row.height, measure(text, f.sheet.label, false)*math.Sin(rad)+f.sheet.label)
	}
	return row
}
