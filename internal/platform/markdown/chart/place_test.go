package chart

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// box is where a text stands.
type box struct {
	what                     string
	left, right, top, bottom float64
}

func textBox(what string, x, y, size float64, anchor, text string) box {
	w := measure(text, size, false) / slack
	left := x
	switch anchor {
	case "middle":
		left -= w / 2
	case "end":
		left -= w
	}
	return box{what + " " + text, left, left + w, y - size*0.74, y + size*0.1}
}

func (b box) covers(o box) bool {
	return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
}

// boxes lists every text of a frame but slanted labels.
func (f *frame) boxes() []box {
	var out []box
	for i := f.scale.first; i <= f.scale.last; i++ {
		v := f.scale.tick(i)
		out = append(out, textBox("tick", f.left-9, f.y(v)+4, f.sheet.label, "end", f.number.write(v)))
	}
	if !f.xLabels.slanted {
		for _, item := range f.xLabels.items {
			for k, line := range item.lines {
				y := f.bottom + f.labelOffset() + f.sheet.label + float64(k)*f.sheet.label*1.25
				out = append(out, textBox("label", item.x, y, f.sheet.label, item.anchor, line))
			}
		}
	}
	for _, e := range f.legend {
		for k, line := range e.lines {
			out = append(out, textBox("legend", e.x+swatch, f.legendY+e.y+float64(k)*legendRow+14, legendSize, "start", line))
		}
	}
	for _, e := range f.ends {
		out = append(out, textBox("end", e.x, e.y+4.3, legendSize, "start", e.text))
	}
	y := 0.0
	for _, line := range f.title {
		y += f.sheet.title * 1.25
		out = append(out, textBox("title", 0, y-4, f.sheet.title, "start", line))
	}
	for _, line := range f.unit {
		y += f.sheet.unit * 1.4
		out = append(out, textBox("unit", 0, y-3, f.sheet.unit, "start", line))
	}
	for _, v := range f.values {
		out = append(out, textBox("value", v.x, v.y, valueSize, "middle", v.text))
	}
	return out
}

func TestTextsNeverOverlap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := anySpec(t)
		for _, l := range []Layout{Wide, Narrow} {
			f := place(s, l)
			all := f.boxes()
			for i, a := range all {
				if a.left < -0.5 || a.right > f.sheet.width+0.5 || a.top < -0.5 || a.bottom > f.height+0.5 {
					t.Fatalf("%s stands outside of the drawing %gx%g: %+v", a.what, f.sheet.width, f.height, a)
				}
				for _, b := range all[:i] {
					if a.covers(b) {
						t.Fatalf("layout %d: %+v covers %+v", l, a, b)
					}
				}
			}
		}
	})
}

func TestLabelsOfTheHorizontalAxis(t *testing.T) {
	t.Parallel()
	years := func(n int) string {
		var out []string
		for i := range n {
			out = append(out, fmt.Sprint(1990+i))
		}
		return strings.Join(out, ", ")
	}
	spec := func(x string, n int) Spec {
		return mustParse(t, "type: bar\ntitle: T\nx: ["+x+"]\nseries: [{name: n, data: ["+strings.TrimSuffix(strings.Repeat("1, ", n), ", ")+"]}]")
	}
	for name, c := range map[string]struct {
		spec    Spec
		layout  Layout
		count   int
		slanted bool
	}{
		"few years are all shown":       {spec(years(10), 10), Wide, 10, false},
		"a phone shows every second":    {spec(years(13), 13), Narrow, 7, false},
		"many years are thinned":        {spec(years(60), 60), Wide, 12, false},
		"names fold on a wide page":     {spec("North America, Latin America, \"Europe, Middle East and Africa\", Greater China, Japan and Korea", 5), Wide, 5, false},
		"names slant on a phone":        {spec("Coherent, Lumentum, Fabrinet, Applied Optoelectronics, Infinera, Ciena, NeoPhotonics, Accelink", 8), Narrow, 8, true},
		"two hundred names are thinned": {spec(strings.TrimSuffix(strings.Repeat("Vendor, ", 200), ", "), 200), Wide, 10, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			row := place(c.spec, c.layout).xLabels
			if len(row.items) != c.count || row.slanted != c.slanted {
				t.Errorf("%d labels, slanted %v; want %d, %v", len(row.items), row.slanted, c.count, c.slanted)
			}
		})
	}
}

func TestLegendWraps(t *testing.T) {
	t.Parallel()
	name := strings.TrimSpace(strings.Repeat("long name ", 7))
	s := mustParse(t, "type: bar\ntitle: T\nx: [1]\nseries: [{name: "+name+", data: [1]}, {name: b, data: [1]}]")
	wide, narrow := place(s, Wide), place(s, Narrow)
	if len(wide.legend[0].lines) != 1 || wide.legend[1].y != 0 {
		t.Errorf("wide: %+v", wide.legend)
	}
	if len(narrow.legend[0].lines) < 2 || narrow.legend[1].y == 0 {
		t.Errorf("narrow: %+v", narrow.legend)
	}
	if narrow.top <= wide.top {
		t.Error("the plot must move down for the longer legend")
	}
}

func TestLinesCarryTheirNames(t *testing.T) {
	t.Parallel()
	src := "type: line\ntitle: T\nx: [1, 2, 3]\nseries: [{name: A, data: [10, 20, 30]}, {name: B, data: [12, 18, 30]}, {name: C, data: [1, 2, %s]}]"
	near := place(mustParse(t, fmt.Sprintf(src, "29.9")), Wide)
	if len(near.ends) != 3 || len(near.legend) != 0 {
		t.Fatalf("ends %v, legend %v", near.ends, near.legend)
	}
	if first := near.ends[0].y; first < near.top-1 {
		t.Errorf("the names were pushed up to %g, out of the plot that starts at %g", first, near.top)
	}
	for i := 1; i < 3; i++ {
		if near.ends[i].y-near.ends[i-1].y < 14.9 {
			t.Errorf("names %v stand too close", near.ends)
		}
	}
	if f := place(mustParse(t, fmt.Sprintf(src, "null")), Wide); len(f.ends) != 0 || len(f.legend) != 3 {
		t.Error("a line that ends in a gap needs the legend")
	}
	if f := place(mustParse(t, fmt.Sprintf(src, "3")), Narrow); len(f.ends) != 0 {
		t.Error("a phone has no room for names at lines")
	}
}

func TestGridLeavesNumbersFree(t *testing.T) {
	t.Parallel()
	s := mustParse(t, "type: bar\ntitle: T\nforecast: b\nx: [a, b, c]\nseries: [{name: n, data: [480, 1990, 2000]}]")
	f := place(s, Wide)
	if len(f.values) != 3 {
		t.Fatalf("%d numbers, want one at each bar", len(f.values))
	}
	for _, v := range f.values {
		for i := f.scale.first; i <= f.scale.last; i++ {
			y := f.y(f.scale.tick(i))
			if y > v.y || y < v.y-8 {
				continue
			}
			free := false
			for _, c := range f.covered(y) {
				free = free || c.from < v.x-v.w/2 && c.to > v.x+v.w/2
			}
			if !free {
				t.Errorf("the line at %g runs through %q at %g", y, v.text, v.y)
			}
		}
	}
	if c := f.covered(f.y(1000)); len(c) != 2 {
		t.Errorf("the line behind the two faded bars is covered %v", c)
	}
}

func TestTextIsMeasured(t *testing.T) {
	t.Parallel()
	if a, b := measure("iiii", 10, false), measure("WWWW", 10, false); a*3 > b {
		t.Errorf("iiii %g, WWWW %g", a, b)
	}
	if measure("光", 10, false) < 9.9 || measure("é", 10, false) != measure("e", 10, false) || measure("e\u0301", 10, false) != measure("e", 10, false) {
		t.Error("wide and composed characters are measured wrongly")
	}
	for _, line := range wrap("some words that need several lines and Donaudampfschifffahrtsgesellschaft", 12, false, 90) {
		if w := measure(line, 12, false); w > 90 {
			t.Errorf("%q is %g wide", line, w)
		}
	}
	if got := shorten("Applied Optoelectronics", 12, 60); !strings.HasSuffix(got, "…") || measure(got, 12, false) > 60 {
		t.Errorf("shortened to %q", got)
	}
	if math.IsNaN(measure("", 12, true)) || measure("", 12, true) != 0 {
		t.Error("no text has a width")
	}
}
