package chart

import (
	"fmt"
	"strings"
)

// Summary says in one sentence what the picture shows: type, title, span of
// the labels, names of the series, and the extremes with their places. It is
// empty for an empty spec.
func Summary(s Spec) string {
	if len(s.X) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(map[Type]string{Bar: "Bar chart", Stacked: "Stacked bar chart", Line: "Line chart"}[s.Type])
	b.WriteString(": " + s.Title)
	if s.Unit != "" {
		b.WriteString(", " + s.Unit)
	}
	b.WriteString("; " + s.X[0])
	if n := len(s.X); n > 1 {
		b.WriteString(" to " + s.X[n-1])
	}
	if len(s.Series) > 1 {
		names := make([]string, len(s.Series))
		for i, one := range s.Series {
			names[i] = one.Name
		}
		last := len(names) - 1
		b.WriteString("; " + strings.Join(names[:last], ", ") + " and " + names[last])
	}
	b.WriteString("; " + s.extremes())
	if note := Note(s); note != "" {
		b.WriteString("; " + strings.ToLower(note[:1]) + strings.TrimSuffix(note[1:], "."))
	}
	return b.String() + "."
}

// extremes names the highest and the lowest value and where they stand.
func (s Spec) extremes() string {
	type spot struct{ series, point int }
	var high, low *spot
	at := func(p *spot) float64 { return s.Series[p.series].Data[p.point].Value }
	for k, one := range s.Series {
		for i, p := range one.Data {
			if p.Gap {
				continue
			}
			here := spot{k, i}
			if high == nil || p.Value > at(high) {
				high = &here
			}
			if low == nil || p.Value < at(low) {
				low = &here
			}
		}
	}
	say := func(p *spot) string {
		where := s.X[p.point]
		if len(s.Series) > 1 {
			where = s.Series[p.series].Name + " " + where
		}
		return fmt.Sprintf("%s (%s)", exact(at(p), s.Series[p.series].places()), where)
	}
	if high == nil {
		return "no values"
	}
	if at(high) == at(low) {
		return "all values are " + exact(at(high), s.Series[high.series].places())
	}
	return "highest " + say(high) + ", lowest " + say(low)
}

// Note says how estimates are drawn and where they begin; it is empty for a
// chart without estimates.
func Note(s Spec) string {
	switch {
	case !s.hasForecast():
		return ""
	case s.Forecast == 0:
		return "All values are estimates."
	case s.Type == Line:
		return "Dashed lines are estimates, from " + s.X[s.Forecast] + "."
	}
	return "Faded bars are estimates, from " + s.X[s.Forecast] + "."
}
