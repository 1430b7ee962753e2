package chart

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func points(values ...float64) []Point {
	out := make([]Point, len(values))
	for i, v := range values {
		out[i] = Point{Value: v}
	}
	return out
}

func TestParse(t *testing.T) {
	t.Parallel()
	columns := Spec{
		Type: Stacked, Title: "Revenue", Unit: "$ million", Source: "company reports", X: []string{"2020", "2021E"}, Forecast: 1,
		Series: []Series{{"Datacom", []Point{{Value: 4920}, {Gap: true}}}, {"Telecom", points(3110, -3040.5)}},
	}
	rows := Spec{
		Type: Bar, Title: "Components, $m", Axis: "Year", X: []string{"2020", "2021"}, Forecast: 2,
		Series: []Series{{"Telecom", points(3110, 3040)}, {"Data com", points(4920, 5610)}, {"iPhone", points(1, 2)}},
	}
	for name, c := range map[string]struct {
		src  string
		want Spec
	}{
		"columns as YAML":                 {"type: stacked\ntitle: Revenue\nunit: $ million\nsource: company reports\nforecast: 2021E\nx: [2020, 2021E]\nseries:\n  - {name: Datacom, data: [4920, null]}\n  - name: Telecom\n    data:\n      - 3110\n      - -3040.5\n", columns},
		"columns as JSON":                 {"{\"type\": \"stacked\", \"title\": \"Revenue\",\n\t\"unit\": \"$ million\", \"source\": \"company reports\", \"forecast\": \"2021E\", \"x\": [2020, \"2021E\"],\n\t\"series\": [{\"name\": \"Datacom\", \"data\": [4.92e3, null]}, {\"name\": \"Telecom\", \"data\": [3110, -3040.5]}]}", columns},
		"columns as YAML in braces":       {"{type: stacked, title: Revenue, unit: $ million, source: company reports, forecast: 2021E, x: [2020, 2021E], series: [{name: Datacom, data: [4920, ~]}, {name: Telecom, data: [3110, -3040.5]}]}", columns},
		"rows keep the order of the keys": {"type: bar\ntitle: \"Components, $m\"\ndata:\n  - {year: 2020, telecom: 3110, data_com: 4920, iPhone: 1}\n  - {data_com: 5610, year: 2021, iPhone: 2, telecom: 3040}\n", rows},
		"rows as JSON":                    {`{"data": [{"year": 2020, "telecom": 3110, "data_com": 4920, "iPhone": 1}, {"year": 2021, "telecom": 3040, "data_com": 5610, "iPhone": 2}], "title": "Components, $m", "type": "bar"}`, rows},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, mustParse(t, c.src)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseCleansTexts(t *testing.T) {
	t.Parallel()
	s := mustParse(t, "type: bar\ntitle: |\n  Two\n  lines\nx: [\"a\\tb\\u0007c\"]\nseries: [{name: n, data: [1]}]")
	if s.Title != "Two lines" || s.X[0] != "a b c" {
		t.Errorf("title %q, label %q: white space and control characters must become single blanks", s.Title, s.X[0])
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	const head = "type: bar\ntitle: T\n"
	many := func(n int, item string) string { return strings.TrimSuffix(strings.Repeat(item+", ", n), ", ") }
	for name, c := range map[string]struct {
		src  string
		line int
		says string
	}{
		"nothing":                  {"", 1, "empty"},
		"only a comment":           {"# later", 1, "empty"},
		"text":                     {"hello", 1, "list of settings"},
		"broken YAML":              {head + "x: [1, 2\nseries: 3\n", 0, "not readable"},
		"broken JSON":              {"{\"type\": \"bar\",\n\"title\": ]}", 2, "not readable JSON"},
		"two documents":            {head + "---\n" + head, 1, "one chart only"},
		"unknown setting":          {head + "colour: red\n", 3, `"colour" is not a setting`},
		"setting twice":            {head + "title: U\n", 3, ""},
		"JSON key twice":           {"{\"type\": \"bar\",\n\"type\": \"bar\"}", 2, "twice"},
		"no type":                  {"title: T\n", 1, "type is missing"},
		"unknown type":             {"title: T\ntype: pie\n", 2, "bar, stacked or line"},
		"no title":                 {"type: bar\nx: [1]\nseries: [{name: a, data: [1]}]", 1, "title is missing"},
		"title a list":             {"type: bar\ntitle: [a]\n", 2, "the title must be text"},
		"title too long":           {"type: bar\ntitle: " + strings.Repeat("x", 161), 2, "longer than 160"},
		"no data":                  {head, 1, "no data"},
		"both forms":               {head + "x: [1]\ndata: [{a: 1, b: 2}]", 4, "either"},
		"x alone":                  {head + "x: [1]", 3, "no series"},
		"x not a list":             {head + "x: 5\nseries: []", 3, "list of labels"},
		"x empty":                  {head + "x: []\nseries: []", 3, "list of labels"},
		"x holds a gap":            {head + "x: [1, null]\nseries: []", 3, "must be text"},
		"201 points":               {head + "x: [" + many(201, "1") + "]\nseries: [{name: a, data: [1]}]", 3, "at most 200"},
		"9 series":                 {head + "x: [1]\nseries: [" + many(9, "{name: a, data: [1]}") + "]", 4, "at most 8"},
		"9 series in rows":         {head + "data:\n  - {x: 1, a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1}", 4, "at most 8"},
		"series without name":      {head + "x: [1]\nseries:\n  - data: [1]\n", 5, "no name"},
		"series without data":      {head + "x: [1]\nseries:\n  - name: a\n", 5, "no list of data"},
		"series with a colour":     {head + "x: [1]\nseries:\n  - name: a\n    color: red\n    data: [1]\n", 6, `"color"`},
		"series a number":          {head + "x: [1]\nseries: [5]", 4, "name and data"},
		"too few values":           {head + "x: [1, 2]\nseries:\n  - name: a\n    data: [1]", 6, "1 values for 2 labels"},
		"two series of one name":   {head + "x: [1]\nseries: [{name: a, data: [1]}, {name: a, data: [2]}]", 1, "two series"},
		"text for a number":        {head + "x: [1]\nseries: [{name: a, data: [\"1,234\"]}]", 4, `"1,234" is not a number`},
		"NaN":                      {head + "x: [1]\nseries: [{name: a, data: [.nan]}]", 4, "NaN"},
		"infinity":                 {head + "x: [1]\nseries: [{name: a, data: [-.inf]}]", 4, "infinity"},
		"a number beyond all":      {head + "x: [1]\nseries: [{name: a, data: [1e999]}]", 4, ""},
		"too large":                {head + "x: [1]\nseries: [{name: a, data: [2e15]}]", 4, "out of range"},
		"too small":                {head + "x: [1]\nseries: [{name: a, data: [1e-13]}]", 4, "out of range"},
		"octal":                    {head + "x: [1]\nseries: [{name: a, data: [0o17]}]", 4, "not a plain number"},
		"underscores":              {head + "x: [1]\nseries: [{name: a, data: [1_000]}]", 4, ""},
		"true":                     {head + "x: [1]\nseries: [{name: a, data: [true]}]", 4, "not a number"},
		"only gaps":                {head + "x: [1]\nseries: [{name: a, data: [null]}]", 1, "nothing to draw"},
		"unknown forecast":         {head + "forecast: 2030\nx: [1]\nseries: [{name: a, data: [1]}]", 3, "no label"},
		"row without values":       {head + "data:\n  - {year: 2020}", 4, "at least one value"},
		"row not a mapping":        {head + "data: [{y: 1, a: 2}, 5]", 3, "must be a mapping"},
		"row with a new key":       {head + "data:\n  - {y: 1, a: 2}\n  - {y: 1, b: 2}", 5, `"b" is not a key`},
		"row with a key missing":   {head + "data:\n  - {y: 1, a: 2}\n  - {y: 1}", 5, "fewer keys"},
		"anchors":                  {head + "x: &a [1]\nseries: *a", 3, "anchors"},
		"tags":                     {head + "x: !!seq [1]\nseries: []", 3, "tags"},
		"merge keys":               {"<<: {type: bar}\ntitle: T", 1, ""},
		"nested too deeply":        {strings.Repeat("[", 5000), 1, "nested"},
		"JSON nested too deeply":   {`{"a":` + strings.Repeat("[", 5000), 1, "nested"},
		"longer than 64 KB":        {head + strings.Repeat("# filler\n", 8000), 1, "longer than 64 KB"},
		"not UTF-8":                {head + "unit: \xff", 1, "UTF-8"},
		"something after the JSON": {`{"type": "bar"} 5`, 1, ""},
		"a mapping as a key":       {head + "? {a: 1}\n: 2\n", 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse([]byte(c.src))
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v, want a chart.Error", err)
			}
			if c.line > 0 && e.Line != c.line || !strings.Contains(e.Message, c.says) {
				t.Errorf("got %v, want line %d and %q", e, c.line, c.says)
			}
			if strings.ContainsAny(e.Message, "\n\x1b") || len(e.Message) > 300 {
				t.Errorf("the message is not one short sentence: %q", e.Message)
			}
		})
	}
}

// An alias that refers to an alias, twenty times over, would be a million items.
func TestParseDoesNotExpandAliases(t *testing.T) {
	t.Parallel()
	src := "a0: &a0 [1, 1]\n"
	for i := range 20 {
		src += fmt.Sprintf("a%d: &a%d [*a%d, *a%d]\n", i+1, i+1, i, i)
	}
	if _, err := Parse([]byte(src)); err == nil {
		t.Error("anchors were accepted")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("type: bar\ntitle: T\nx: [1]\nseries: [{name: a, data: [1]}]"))
	f.Add([]byte(`{"type": "line", "title": "T", "data": [{"a": "x", "b": null, "c": -1e3}]}`))
	f.Add([]byte("type: stacked\ntitle: |\n  T\nforecast: 2\nx: [1, 2]\nseries:\n- name: a\n  data: [1, -2]\n"))
	f.Add([]byte("? [a]\n: {<<: *b, c: !!x &d 1}\n--- %YAML\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		s, err := Parse(src)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Line < 1 || e.Message == "" {
				t.Fatalf("a refusal without line or words: %v", err)
			}
			return
		}
		checkDrawing(t, s)
	})
}
