package chart

import (
	"strings"
	"testing"
)

// texts gives the texts of a drawing in order.
func texts(svg string) []string {
	var out []string
	for _, part := range strings.Split(svg, "<text")[1:] {
		_, rest, _ := strings.Cut(part, ">")
		text, _, _ := strings.Cut(rest, "<")
		out = append(out, text)
	}
	return out
}

func TestDrawingHoldsAllTexts(t *testing.T) {
	t.Parallel()
	s := mustParse(t, "type: bar\ntitle: Title\nunit: Unit\nforecast: Q2\nx: [Q1, Q2]\nseries: [{name: First, data: [2, 4]}, {name: Second, data: [-2, 1]}]")
	for _, l := range []Layout{Wide, Narrow} {
		got := strings.Join(texts(SVG(s, l)), " ")
		for _, want := range []string{"Title Unit First Second", "−2", "Q1 Q2"} {
			if !strings.Contains(got, want) {
				t.Errorf("layout %d: %q is missing in %q", l, want, got)
			}
		}
		if strings.Contains(got, "-2") {
			t.Errorf("a hyphen for a minus in %q", got)
		}
	}
}

func TestWordForEstimates(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spec   string
		layout Layout
		line   bool
		word   bool
	}{
		"no estimates":        {"type: line\ntitle: T\nx: [a, b]\nseries: [{name: n, data: [1, 2]}]", Wide, false, false},
		"only estimates":      {"type: line\ntitle: T\nforecast: a\nx: [a, b]\nseries: [{name: n, data: [1, 2]}]", Wide, false, false},
		"with room":           {"type: line\ntitle: T\nforecast: b\nx: [a, b]\nseries: [{name: n, data: [1, 2]}]", Wide, true, true},
		"a tall bar in front": {"type: bar\ntitle: T\nforecast: b\nx: [a, b, c, d, e, f, g, h]\nseries: [{name: n, data: [10, 100, 100, 10, 10, 10, 10, 10]}]", Wide, true, false},
		"a tall bar far away": {"type: bar\ntitle: T\nforecast: b\nx: [a, b, c, d, e, f, g, h]\nseries: [{name: n, data: [10, 10, 10, 10, 10, 10, 10, 100]}]", Wide, true, true},
		"no room at the edge": {"type: bar\ntitle: T\nforecast: h\nx: [a, b, c, d, e, f, g, h]\nseries: [{name: n, data: [10, 10, 10, 10, 10, 10, 10, 10]}]", Narrow, true, false},
	} {
		svg := SVG(mustParse(t, c.spec), c.layout)
		if got := strings.Contains(svg, `stroke-dasharray="2 3"`); got != c.line {
			t.Errorf("%s: a line is drawn: %v", name, got)
		}
		if got := strings.Contains(svg, ">"+forecastWord+"<"); got != c.word {
			t.Errorf("%s: the word is written: %v", name, got)
		}
	}
}

func TestValuesStandAllOrNone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spec   string
		layout Layout
		want   string // the numbers, joined
	}{
		"bars":                     {"type: bar\ntitle: T\nx: [a, b]\nseries: [{name: n, data: [1.5, -2]}]", Wide, "1.5 −2.0"},
		"no more than four digits": {"type: bar\ntitle: T\nx: [a, b]\nseries: [{name: n, data: [1234.56, 2]}]", Wide, "1,235 2"},
		"stacks show their sum":    {"type: stacked\ntitle: T\nx: [a, b]\nseries: [{name: n, data: [1, 2]}, {name: m, data: [3, null]}]", Wide, "4 2"},
		"sums below zero":          {"type: stacked\ntitle: T\nx: [a]\nseries: [{name: n, data: [-1]}, {name: m, data: [-3]}]", Wide, "−4"},
		"stacks in two directions": {"type: stacked\ntitle: T\nx: [a]\nseries: [{name: n, data: [-1]}, {name: m, data: [3]}]", Wide, ""},
		"lines have none":          {"type: line\ntitle: T\nx: [a]\nseries: [{name: n, data: [1]}]", Wide, ""},
		"one is too wide":          {"type: bar\ntitle: T\nx: [a, b, c, d, e, f, g, h]\nseries: [{name: n, data: [1, 1, 1, 1, 1, 1, 1, 123456]}, {name: m, data: [1, 1, 1, 1, 1, 1, 1, 1]}]", Narrow, ""},
		"too many":                 {"type: bar\ntitle: T\nx: [" + strings.Repeat("1, ", 24) + "1]\nseries: [{name: n, data: [" + strings.Repeat("1, ", 24) + "1]}]", Wide, ""},
	} {
		var got []string
		for _, v := range place(mustParse(t, c.spec), c.layout).values {
			got = append(got, v.text)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestMarks(t *testing.T) {
	t.Parallel()
	line := func(n int) string {
		ones := strings.TrimSuffix(strings.Repeat("1, ", n), ", ")
		return "type: line\ntitle: T\nx: [" + ones + "]\nseries: [{name: a, data: [" + ones + "]}, {name: b, data: [" + ones + "]}]"
	}
	few, many := SVG(mustParse(t, line(5)), Wide), SVG(mustParse(t, line(60)), Wide)
	if strings.Count(few, "<circle") != 5 || strings.Count(few, "<rect") != 5 {
		t.Error("five points of two lines need five round and five square marks")
	}
	if strings.Contains(many, "<circle") {
		t.Error("sixty points need no marks")
	}
	if strings.Count(few, "<title>") != 10 {
		t.Error("each mark carries its value")
	}
	if narrow := SVG(mustParse(t, line(5)), Narrow); strings.Contains(narrow, "<title>") {
		t.Error("a phone has no mouse")
	}
	bars := strings.Replace(strings.Replace(line(200), "line", "bar", 1), "{name: a", "{name: c, data: ["+strings.Repeat("1, ", 199)+"1]}, {name: a", 1)
	if strings.Contains(SVG(mustParse(t, bars), Wide), "<title>") {
		t.Error("six hundred values would make the page heavy")
	}
}

func TestAxisReads(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		"[0, 10000]":      "0 2,000 4,000 6,000 8,000 10,000",
		"[-60, 140]":      "−100 −50 0 50 100 150",
		"[0.1, 0.33]":     "0 0.1 0.2 0.3 0.4",
		"[20000000, 5e6]": "0 5M 10M 15M 20M",
	} {
		f := place(mustParse(t, "type: bar\ntitle: T\nx: [a, b]\nseries: [{name: n, data: "+data+"}]"), Wide)
		var got []string
		for i := f.scale.first; i <= f.scale.last; i++ {
			got = append(got, f.number.write(f.scale.tick(i)))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", data, got, want)
		}
	}
}
