package chart

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// ordered is a JSON object that keeps the order of its keys.
type ordered [][2]any

// MarshalJSON implements json.Marshaler.
func (o ordered) MarshalJSON() ([]byte, error) {
	var parts []string
	for _, pair := range o {
		key, err := json.Marshal(pair[0])
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(pair[1])
		if err != nil {
			return nil, err
		}
		parts = append(parts, string(key)+": "+string(value))
	}
	return []byte("{" + strings.Join(parts, ",\n\t") + "}"), nil
}

func values(points []Point) []any {
	out := []any{}
	for _, p := range points {
		if p.Gap {
			out = append(out, nil)
		} else {
			out = append(out, json.Number(strconv.FormatFloat(p.Value, 'g', -1, 64)))
		}
	}
	return out
}

func (s Spec) opening() ordered {
	o := ordered{{"type", s.Type}, {"title", s.Title}}
	if s.hasForecast() {
		o = append(o, [2]any{"forecast", s.X[s.Forecast]})
	}
	return o
}

// asColumns writes the form with x and series.
func asColumns(s Spec) ordered {
	var series []any
	for _, one := range s.Series {
		series = append(series, ordered{{"name", one.Name}, {"data", values(one.Data)}})
	}
	return append(s.opening(), [2]any{"x", s.X}, [2]any{"series", series})
}

// asRows writes the form with data.
func asRows(s Spec) ordered {
	rows := make([]ordered, len(s.X))
	for i, x := range s.X {
		rows[i] = ordered{{"When", x}}
		for _, one := range s.Series {
			rows[i] = append(rows[i], [2]any{one.Name, values(one.Data)[i]})
		}
	}
	return append(s.opening(), [2]any{"data", rows})
}

// asYAML writes the same with one value per line.
func asYAML(v any, indent string) string {
	switch v := v.(type) {
	case ordered:
		var b strings.Builder
		for _, pair := range v {
			key, _ := json.Marshal(pair[0])
			b.WriteString("\n" + indent + string(key) + ":" + asYAML(pair[1], indent+"  "))
		}
		return b.String()
	case []ordered:
		var b strings.Builder
		for _, item := range v {
			b.WriteString("\n" + indent + "-" + asYAML(item, indent+"    "))
		}
		return b.String()
	case []any:
		var b strings.Builder
		for _, item := range v {
			b.WriteString("\n" + indent + "-" + asYAML(item, indent+"    "))
		}
		return b.String()
	}
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return " " + string(text)
}

// Whatever can be drawn can be written in four ways, and each is read as the
// same spec.
func TestFormsAndNotationsAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := anySpec(t)
		want.X = want.X[:min(len(want.X), 12)]
		for k := range want.Series {
			want.Series[k].Data = want.Series[k].Data[:len(want.X)]
		}
		want.Forecast = min(want.Forecast, len(want.X))
		for i, x := range want.X[:min(want.Forecast, len(want.X))] { // a label that stands twice means the first
			if want.hasForecast() && x == want.X[want.Forecast] {
				want.Forecast = i
				break
			}
		}
		for form, build := range map[string]func(Spec) ordered{"columns": asColumns, "rows": asRows} {
			tree := build(want)
			asJSON, err := json.MarshalIndent(tree, "", "\t")
			if err != nil {
				t.Fatal(err)
			}
			want.Axis = ""
			if form == "rows" {
				want.Axis = "When"
			}
			for notation, src := range map[string]string{"JSON": string(asJSON), "YAML": strings.TrimPrefix(asYAML(tree, ""), "\n")} {
				got, err := Parse([]byte(src))
				if err != nil {
					t.Fatalf("%s as %s: %v\n%s", form, notation, err, src)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("%s as %s: %s\n%s", form, notation, diff, src)
				}
			}
		}
	})
}

// The line of a mistake is the line where it stands, in both notations.
func TestLinesOfMistakes(t *testing.T) {
	t.Parallel()
	for n := range 20 {
		var yaml, js strings.Builder
		yaml.WriteString("type: bar\ntitle: T\nx: [a]\nseries:\n")
		js.WriteString("{\n\"type\": \"bar\",\n\"title\": \"T\",\n\"x\": [\"a\"],\n\"series\": [\n")
		for i := range 5 {
			value := "1"
			if i == n%5 {
				value = `"oops"`
			}
			fmt.Fprintf(&yaml, "  - name: s%d\n\n    data: [%s]\n", i, value)
			fmt.Fprintf(&js, "{\"name\": \"s%d\",\n\"data\": [\n%s]},\n", i, value)
		}
		for src, want := range map[string]int{
			yaml.String(): 4 + 3*(n%5) + 3,
			strings.TrimSuffix(js.String(), ",\n") + "]}": 5 + 3*(n%5) + 3,
		} {
			_, err := Parse([]byte(src))
			var e *Error
			if !errors.As(err, &e) || e.Line != want {
				t.Errorf("%v, want line %d in\n%s", err, want, src)
			}
		}
	}
}
