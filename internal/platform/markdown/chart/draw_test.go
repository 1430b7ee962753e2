package chart

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

type failer interface {
	Fatalf(string, ...any)
	Errorf(string, ...any)
}

// checkDrawing holds what is true of every drawing.
func checkDrawing(t failer, s Spec) {
	for _, l := range []Layout{Wide, Narrow} {
		svg := SVG(s, l)
		if svg != SVG(s, l) {
			t.Fatalf("two drawings of one spec differ")
		}
		tags := elements(t, svg)
		if tags[0].Name.Local != "svg" {
			t.Fatalf("the drawing starts with %s", tags[0].Name.Local)
		}
		for _, tag := range tags {
			if !slices.Contains([]string{"svg", "g", "path", "rect", "circle", "text", "title"}, tag.Name.Local) {
				t.Fatalf("element %s", tag.Name.Local)
			}
			for _, a := range tag.Attr {
				if a.Name.Local == "style" || a.Name.Local == "id" || strings.HasPrefix(a.Name.Local, "on") || strings.Contains(a.Name.Local, "href") {
					t.Fatalf("attribute %s", a.Name.Local)
				}
				if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
					t.Fatalf("%s=%q in %s", a.Name.Local, a.Value, svg)
				}
			}
		}
	}
}

func TestDrawingsAreSafeAndTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) { checkDrawing(t, anySpec(t)) })
}

func TestBarsStartAtZero(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := anySpec(t)
		s.Type = Bar
		if rapid.Bool().Draw(t, "far from zero") { // where a careless axis would start at the lowest value
			for _, one := range s.Series {
				for i := range one.Data {
					one.Data[i].Value = 5000 + math.Mod(one.Data[i].Value, 1000)
				}
			}
		}
		for _, l := range []Layout{Wide, Narrow} {
			f := place(s, l)
			if !f.scale.hasZero() {
				t.Fatalf("the axis runs from %g to %g", f.scale.low(), f.scale.high())
			}
			perUnit := (f.bottom - f.top) / (f.scale.high() - f.scale.low())
			for _, b := range f.bars {
				foot := b.y + b.h
				if b.value < 0 {
					foot = b.y
				}
				if math.Abs(foot-f.y(0)) > 1e-6 {
					t.Fatalf("the bar of %g stands at %g, zero at %g", b.value, foot, f.y(0))
				}
				if math.Abs(b.h-math.Abs(b.value)*perUnit) > 1e-6 {
					t.Fatalf("the bar of %g is %g long, want %g", b.value, b.h, math.Abs(b.value)*perUnit)
				}
			}
		}
	})
}

func TestTheAxisOfBarsHasZero(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"bar", "stacked"} {
		for values, want := range map[string][2]float64{"[100, 104]": {0, 125}, "[-100, -104]": {-125, 0}, "[7]": {0, 8}} {
			x := "[a, b]"
			if values == "[7]" {
				x = "[a]"
			}
			s := mustParse(t, "type: "+kind+"\ntitle: T\nx: "+x+"\nseries: [{name: n, data: "+values+"}]")
			if axis := scaleFor(s, 5); axis.low() != want[0] || axis.high() != want[1] {
				t.Errorf("%s of %s: the axis runs from %g to %g, want %v", kind, values, axis.low(), axis.high(), want)
			}
		}
	}
}

func TestStacksPileUpBySign(t *testing.T) {
	t.Parallel()
	s := mustParse(t, "type: stacked\ntitle: T\nx: [a]\nseries:\n  - {name: p, data: [30]}\n  - {name: q, data: [-10]}\n  - {name: r, data: [20]}\n  - {name: s, data: [-5]}\n")
	f := place(s, Wide)
	near := func(got, value float64) bool { return math.Abs(got-f.y(value)) < 1 }
	p, q, r, u := f.bars[0], f.bars[1], f.bars[2], f.bars[3]
	for name, ok := range map[string]bool{
		"p from 0 to 30":   near(p.y+p.h, 0) && near(p.y, 30),
		"r on top of p":    near(r.y+r.h, 30) && near(r.y, 50),
		"q from 0 to -10":  near(q.y, 0) && near(q.y+q.h, -10),
		"s hangs below q":  near(u.y, -10) && near(u.y+u.h, -15),
		"the axis has all": f.scale.high() >= 50 && f.scale.low() <= -15,
	} {
		if !ok {
			t.Errorf("%s: %+v", name, f.bars)
		}
	}
}

func TestLinesMayStartAboveZero(t *testing.T) {
	t.Parallel()
	for values, want := range map[string]float64{"[100, 120, 140]": 100, "[3, 50, 100]": 0, "[5, 5, 5]": 0, "[-140, -120, -100]": -140} {
		s := mustParse(t, "type: line\ntitle: T\nx: [a, b, c]\nseries: [{name: n, data: "+values+"}]")
		if got := scaleFor(s, 5).low(); got != want {
			t.Errorf("%s: the axis starts at %g, want %g", values, got, want)
		}
	}
}

func TestGapsLiftThePen(t *testing.T) {
	t.Parallel()
	s := mustParse(t, "type: line\ntitle: T\nx: [1, 2, 3, 4, 5]\nseries: [{name: n, data: [1, 2, null, 4, null]}]")
	svg := SVG(s, Wide)
	paths := 0
	for _, tag := range elements(t, svg) {
		for _, a := range tag.Attr {
			if tag.Name.Local == "path" && a.Name.Local == "d" && strings.Contains(a.Value, "L") {
				paths++
				if strings.Count(a.Value, "L") != 1 {
					t.Errorf("the line runs over a gap: %s", a.Value)
				}
			}
		}
	}
	if paths != 1 {
		t.Errorf("%d lines, want the one from 1 to 2", paths)
	}
	if strings.Count(svg, "<circle") < 3 {
		t.Error("the point between two gaps has no mark")
	}
	bars := mustParse(t, "type: bar\ntitle: T\nx: [1, 2, 3]\nseries: [{name: n, data: [1, null, 0]}]")
	if got := len(place(bars, Wide).bars); got != 2 {
		t.Errorf("%d bars, want 2: a gap has none, a zero has one", got)
	}
}

func TestEstimatesAreFadedOrDashed(t *testing.T) {
	t.Parallel()
	const data = "\ntitle: T\nforecast: c\nx: [a, b, c, d]\nseries: [{name: n, data: [1, 2, 3, 4]}]"
	bars := SVG(mustParse(t, "type: bar"+data), Wide)
	if got := strings.Count(bars, `<rect class="est" fill-opacity=".5"`); got != 2 {
		t.Errorf("%d faded bars, want 2", got)
	}
	s := mustParse(t, "type: line"+data)
	line := SVG(s, Wide)
	if !strings.Contains(line, `class="est" stroke-dasharray="5 4" d="M`+num(place(s, Wide).x(1))) {
		t.Error("the dashed part must start at the last fact")
	}
	if Note(s) != "Dashed lines are estimates, from c." || Note(mustParse(t, "type: bar"+data)) != "Faded bars are estimates, from c." {
		t.Errorf("note %q", Note(s))
	}
	if strings.Contains(SVG(mustParse(t, "type: bar\ntitle: T\nx: [a]\nseries: [{name: n, data: [1]}]"), Wide), "est") {
		t.Error("facts are drawn as estimates")
	}
}

func TestOneHueForEachSeries(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for i := range MaxSeries {
		seen[light(role(i))] = true
	}
	if len(seen) != MaxSeries {
		t.Errorf("%d colours for %d series", len(seen), MaxSeries)
	}
	for hex := range seen {
		if c := contrastOnWhite(t, hex); c < 4.5 {
			t.Errorf("%s has a contrast of %.2f on white; names of lines are set in it", hex, c)
		}
	}
}

// contrastOnWhite is the ratio of WCAG 2.
func contrastOnWhite(t *testing.T, hex string) float64 {
	t.Helper()
	lum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		lum += weight * c
	}
	return 1.05 / (lum + 0.05)
}
