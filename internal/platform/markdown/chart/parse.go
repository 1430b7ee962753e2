package chart

import (
	"bytes"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// plainNumber is a number as both notations know it. YAML's octal, hexadecimal
// and underscored forms are refused: 0777 in a table of sales is a mistake.
var plainNumber = regexp.MustCompile(`^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$`)

// Parse reads a chart spec in YAML or JSON. It is strict: an unknown key, a
// missing part or a value that cannot be drawn is an *Error with its line.
//
// A spec has x labels and series, or rows of data:
//
//	type: bar | stacked | line
//	title: text                      required
//	unit, source: text               optional
//	forecast: first x that is an estimate, optional
//	x: [2020, 2021]
//	series: [{name: Datacom, data: [4920, null]}]
//
//	data: [{year: 2020, datacom: 4920}]   instead of x and series: the first
//	                                      key holds the labels, the others are series
func Parse(src []byte) (Spec, error) {
	if len(src) > MaxSpec {
		return Spec{}, wrong(1, "the chart is longer than %d KB", MaxSpec>>10)
	}
	if !utf8.Valid(src) {
		return Spec{}, wrong(1, "the chart is not valid UTF-8 text")
	}
	root, err := parseTree(src)
	if err != nil {
		return Spec{}, err
	}
	if root.kind != mapping {
		return Spec{}, wrong(root.line, "a chart is a list of settings such as \"type: bar\", not %s", root.noun())
	}
	s, err := build(root)
	if err != nil {
		return Spec{}, err
	}
	return s, nil
}

// parseTree tries JSON first where the text looks like it, because JSON may
// hold tabs and escapes that YAML refuses, and falls back to YAML's own braces.
func parseTree(src []byte) (value, error) {
	if !bytes.HasPrefix(bytes.TrimSpace(src), []byte("{")) {
		return fromYAML(src)
	}
	v, err := fromJSON(src)
	if err == nil {
		return v, nil
	}
	if y, e := fromYAML(src); e == nil {
		return y, nil
	}
	return v, err
}

// build turns the tree into a spec. Errors are typed as error so that a nil
// *Error never hides in an interface.
func build(root value) (Spec, error) {
	var s Spec
	parts := map[string]value{}
	for _, f := range root.fields {
		if !slices.Contains([]string{"type", "title", "unit", "source", "forecast", "x", "series", "data"}, f.name) {
			return s, wrong(f.line, "%q is not a setting of a chart; known are type, title, unit, source, forecast, x, series and data", clip(f.name))
		}
		parts[f.name] = f.value
	}
	if err := s.head(root, parts); err != nil {
		return s, err
	}
	if err := s.body(root, parts); err != nil {
		return s, err
	}
	return s, s.forecast(parts)
}

func (s *Spec) head(root value, parts map[string]value) error {
	kind, ok := parts["type"]
	if !ok {
		return wrong(root.line, "the type is missing; write \"type: bar\", \"stacked\" or \"line\"")
	}
	s.Type = Type(kind.text)
	if kind.kind != word || !slices.Contains([]Type{Bar, Stacked, Line}, s.Type) {
		return wrong(kind.line, "the type must be bar, stacked or line")
	}
	for _, t := range []struct {
		name string
		to   *string
		most int
	}{{"title", &s.Title, maxTitle}, {"unit", &s.Unit, maxUnit}, {"source", &s.Source, maxSource}} {
		v, ok := parts[t.name]
		if !ok || v.kind == null {
			continue
		}
		text, err := v.label("the "+t.name, t.most)
		if err != nil {
			return err
		}
		*t.to = text
	}
	if s.Title == "" {
		return wrong(root.line, "the title is missing; readers who cannot see the chart need it most")
	}
	return nil
}

func (s *Spec) body(root value, parts map[string]value) error {
	x, hasX := parts["x"]
	series, hasSeries := parts["series"]
	data, hasData := parts["data"]
	var err error
	switch {
	case hasData && (hasX || hasSeries):
		return wrong(data.line, "write either x and series, or data")
	case hasData:
		err = s.rows(data)
	case !hasX:
		return wrong(root.line, "there is no data; write x and series, or data")
	case !hasSeries:
		return wrong(x.line, "x has no series beside it")
	default:
		err = s.columns(x, series)
	}
	if err != nil {
		return err
	}
	return s.complete(root)
}

// complete checks what only the whole can show.
func (s *Spec) complete(root value) error {
	some := false
	names := map[string]bool{}
	for _, one := range s.Series {
		if names[one.Name] {
			return wrong(root.line, "two series are named %q", clip(one.Name))
		}
		names[one.Name] = true
		some = some || slices.ContainsFunc(one.Data, func(p Point) bool { return !p.Gap })
	}
	if !some {
		return wrong(root.line, "every value is a gap; there is nothing to draw")
	}
	return nil
}

func (s *Spec) forecast(parts map[string]value) error {
	s.Forecast = len(s.X)
	v, ok := parts["forecast"]
	if !ok || v.kind == null {
		return nil
	}
	name, err := v.label("forecast", maxLabel)
	if err != nil {
		return err
	}
	at := slices.Index(s.X, name)
	if at < 0 {
		return wrong(v.line, "forecast is %q, but no label on the x axis is called so", clip(name))
	}
	s.Forecast = at
	return nil
}

// label reads a short text. Numbers are fine: a year is a label.
func (v value) label(what string, most int) (string, error) {
	if v.kind != word && v.kind != number && v.kind != boolean {
		return "", wrong(v.line, "%s must be text, not %s", what, v.noun())
	}
	text := strings.Join(strings.FieldsFunc(v.text, func(r rune) bool {
		return unicode.IsSpace(r) && r != '\u00a0' || unicode.IsControl(r)
	}), " ")
	if text == "" {
		return "", wrong(v.line, "%s is empty", what)
	}
	if utf8.RuneCountInString(text) > most {
		return "", wrong(v.line, "%s is longer than %d characters", what, most)
	}
	return text, nil
}

// point reads a value or a gap.
func (v value) point() (Point, error) {
	switch v.kind {
	case null:
		return Point{Gap: true}, nil
	case number:
	default:
		return Point{}, wrong(v.line, "%s is not a number; write 1234.5, or null for a gap", v.shown())
	}
	f, err := strconv.ParseFloat(v.text, 64)
	if !plainNumber.MatchString(v.text) || err != nil && math.IsNaN(f) {
		return Point{}, wrong(v.line, "%s is not a plain number", v.shown())
	}
	if size := math.Abs(f); size > maxSize || size != 0 && size < minSize {
		return Point{}, wrong(v.line, "%s is out of range; choose a unit that keeps numbers between 1e-12 and 1e15", v.shown())
	}
	return Point{Value: f + 0}, nil
}

func (v value) shown() string {
	if v.kind == list || v.kind == mapping {
		return v.noun()
	}
	return strconv.Quote(clip(v.text))
}
