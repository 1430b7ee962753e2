package chart

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func mustParse(t *testing.T, src string) Spec {
	t.Helper()
	s, err := Parse([]byte(src))
	if err != nil {
		t.Fatalf("Parse: %v\n%s", err, src)
	}
	return s
}

// anySpec draws a spec within the limits, awkward ones included.
func anySpec(t *rapid.T) Spec {
	text := func(most int) *rapid.Generator[string] {
		words := rapid.SampledFrom([]string{"Datacom", "Q1", "2021", "a", "Europe, Middle East and Africa", "<b>&\"'", "光通信", "Überseekabel", "x_y", "1.6T", "Unterbrechungsfreistrom"})
		return rapid.Custom(func(t *rapid.T) string {
			s := strings.Join(rapid.SliceOfN(words, 1, 5).Draw(t, "words"), " ")
			if r := []rune(s); len(r) > most {
				s = strings.TrimSpace(string(r[:most]))
			}
			return s
		})
	}
	values := rapid.OneOf(
		rapid.Float64Range(-1000, 10000), rapid.Float64Range(-1e15, 1e15), rapid.Float64Range(1e-12, 1e-9),
		rapid.Just(0.0), rapid.Just(5.0),
	)
	n := rapid.OneOf(rapid.IntRange(1, 12), rapid.IntRange(1, MaxPoints)).Draw(t, "points")
	s := Spec{
		Type:  rapid.SampledFrom([]Type{Bar, Stacked, Line}).Draw(t, "type"),
		Title: text(maxTitle).Draw(t, "title"),
		X:     rapid.SliceOfN(text(maxLabel), n, n).Draw(t, "x"),
	}
	if rapid.Bool().Draw(t, "years") {
		for i := range s.X {
			s.X[i] = []string{"Q1 ", "Q2 ", "Q3 ", "Q4 "}[i%4] + string(rune('0'+i/4%10))
		}
	}
	s.Forecast = rapid.IntRange(0, n).Draw(t, "forecast")
	for k := range rapid.IntRange(1, MaxSeries).Draw(t, "series") {
		one := Series{Name: text(maxName-2).Draw(t, "name") + " " + string(rune('A'+k))}
		for range n {
			gap := rapid.IntRange(0, 9).Draw(t, "gap") == 0
			p := Point{Gap: gap}
			if !gap {
				p.Value = drawable(values.Draw(t, "value"))
			}
			one.Data = append(one.Data, p)
		}
		s.Series = append(s.Series, one)
	}
	s.Series[0].Data[0] = Point{Value: drawable(values.Draw(t, "first"))}
	return s
}

// drawable takes a number too small to be drawn for zero.
func drawable(v float64) float64 {
	if math.Abs(v) < minSize {
		return 0
	}
	return v
}

// elements decodes an SVG strictly and returns every start tag.
func elements(t interface{ Fatalf(string, ...any) }, svg string) []xml.StartElement {
	dec := xml.NewDecoder(strings.NewReader(svg))
	var out []xml.StartElement
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("the SVG is not well formed: %v\n%s", err, svg)
		}
		if e, ok := token.(xml.StartElement); ok {
			out = append(out, e.Copy())
		}
	}
}
