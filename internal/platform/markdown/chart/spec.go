package chart

import "fmt"

// Type is how the values are drawn.
type Type string

// The types a spec may name.
const (
	Bar     Type = "bar"     // series side by side
	Stacked Type = "stacked" // series on top of each other
	Line    Type = "line"
)

// Limits of a spec. Texts are counted in characters.
const (
	MaxSpec   = 64 << 10 // bytes of the whole spec
	MaxSeries = 8
	MaxPoints = 200
	maxTitle  = 160
	maxUnit   = 120
	maxSource = 300
	maxName   = 80
	maxLabel  = 60
	maxSize   = 1e15
	minSize   = 1e-12
)

// Spec is a chart as its author described it. Parse is its only maker: what it
// returns has at least one series and one point, and every series is as long as X.
type Spec struct {
	Type     Type
	Title    string
	Unit     string   // shown under the title, such as "$ million"
	Source   string   // shown in the caption
	Axis     string   // what the labels are, such as "Year"; known in the row form only
	X        []string // labels along the horizontal axis
	Forecast int      // index of the first estimate; len(X) when there is none
	Series   []Series
}

// Series is one row of values with its name.
type Series struct {
	Name string
	Data []Point
}

// Point is a value, or a gap where the author wrote null.
type Point struct {
	Value float64
	Gap   bool
}

// Error says what is wrong with a spec, in words for its author.
type Error struct {
	Line    int // line within the spec, from 1
	Message string
}

// Error implements error.
func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Message) }

func wrong(line int, format string, args ...any) *Error {
	return &Error{Line: max(line, 1), Message: fmt.Sprintf(format, args...)}
}

// hasForecast tells whether part of the values are estimates.
func (s Spec) hasForecast() bool { return s.Forecast < len(s.X) }

// span returns the smallest and the largest value that will be drawn, stacks
// summed up by sign.
func (s Spec) span() (lo, hi float64) {
	first := true
	see := func(v float64) {
		if first {
			lo, hi, first = v, v, false
		}
		lo, hi = min(lo, v), max(hi, v)
	}
	for i := range s.X {
		up, down := 0.0, 0.0
		for _, series := range s.Series {
			p := series.Data[i]
			if p.Gap {
				continue
			}
			if s.Type != Stacked {
				see(p.Value)
				continue
			}
			up, down = up+max(p.Value, 0), down+min(p.Value, 0)
			see(up)
			see(down)
		}
	}
	return lo, hi
}
