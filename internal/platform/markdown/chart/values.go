package chart

import (
	"cmp"
	"slices"
)

const (
	valueSize = 12
	mostBars  = 24 // points with a written value
)

// valueLabel is a number at the end of a bar, centred on x.
type valueLabel struct {
	x, y, w float64
	text    string
}

// reading is a number that is worth writing at a point: the value of a series,
// or the sum of a stack (series is then -1).
type reading struct {
	series int
	value  float64
}

// readings lists the numbers of a point. A stack has one, its sum, unless its
// parts point in both directions.
func (s Spec) readings(i int) []reading {
	var out []reading
	up, down, sum := false, false, 0.0
	for k, series := range s.Series {
		p := series.Data[i]
		if p.Gap {
			continue
		}
		out = append(out, reading{k, p.Value})
		sum += p.Value
		up, down = up || p.Value > 0, down || p.Value < 0
	}
	if s.Type == Bar || len(out) == 0 {
		return out
	}
	if up && down {
		return nil
	}
	return []reading{{-1, sum}}
}

// valuesFit tells whether a number can stand at every bar or stack. It is all
// or none: half a set of labels would look like a choice.
func (f *frame) valuesFit() bool {
	if f.spec.Type == Line || len(f.spec.X) > mostBars {
		return false
	}
	_, _, room := f.barAt(0)
	if room == 0 {
		room = f.band() - 5
	}
	n, some := f.valueNotation(), false
	for i := range f.spec.X {
		for _, r := range f.spec.readings(i) {
			some = true
			if measure(n.write(r.value), valueSize, false) > room {
				return false
			}
		}
	}
	return some
}

// valueNotation writes values with the decimals their author gave, but with no
// more than four figures: the table beside the chart has them all.
func (f *frame) valueNotation() notation {
	n := f.number
	n.decimals = 0
	for _, s := range f.spec.Series {
		for _, p := range s.Data {
			if !p.Gap {
				n.decimals = max(n.decimals, decimals(p.Value/n.divisor))
			}
		}
	}
	figures := 3
	for size := max(f.scale.high(), -f.scale.low()) / n.divisor; size > 10 && figures > 0; size /= 10 {
		figures--
	}
	n.decimals = min(n.decimals, figures)
	return n
}

// placeValues puts each number above its bar, or below a negative one.
func (f *frame) placeValues() []valueLabel {
	var out []valueLabel
	n := f.valueNotation()
	for i := range f.spec.X {
		for _, r := range f.spec.readings(i) {
			x, top, bottom := f.extent(i, r.series)
			v := valueLabel{x: x, y: top - 5, text: n.write(r.value)}
			if r.value < 0 && v.text != "0" {
				v.y = bottom + 13
			}
			v.w = measure(v.text, valueSize, false)
			out = append(out, v)
		}
	}
	return out
}

// extent gives the centre and the ends of the bar of a series, or of the whole
// stack.
func (f *frame) extent(point, series int) (x, top, bottom float64) {
	top, bottom = f.bottom, f.top
	for _, b := range f.bars {
		if b.point == point && (series < 0 || b.series == series) {
			x, top, bottom = b.x+b.w/2, min(top, b.y), max(bottom, b.y+b.h)
		}
	}
	return x, top, bottom
}

func (f *frame) drawValues(d *drawing) {
	if len(f.values) == 0 {
		return
	}
	d.group("text", ` fill="currentColor" font-size="`+num(valueSize)+`" text-anchor="middle"`)
	for _, v := range f.values {
		d.text(v.x, v.y, "", v.text)
	}
	d.end()
}

// stretch is a part of a horizontal line.
type stretch struct{ from, to float64 }

// covered lists, from left to right, where a grid line must not run: behind
// faded bars, which would let it shine through, and through numbers.
func (f *frame) covered(y float64) []stretch {
	var out []stretch
	for _, b := range f.bars {
		if b.faded && b.y <= y+0.6 && b.y+b.h >= y-1.4 {
			out = append(out, stretch{b.x, b.x + b.w})
		}
	}
	for _, v := range f.values {
		if v.y+2.5 >= y && v.y-valueSize+2 <= y {
			out = append(out, stretch{v.x - v.w/2 - 3, v.x + v.w/2 + 3})
		}
	}
	slices.SortFunc(out, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	return out
}
