package chart

import "math"

// scale is the vertical axis: ticks at whole multiples of a nice step.
type scale struct {
	step        float64
	first, last int // the axis runs from first*step to last*step
}

// scaleFor lays an axis over lo to hi with about n steps. Bars always include
// zero, because the length of a bar is what it says.
func scaleFor(s Spec, n int) scale {
	lo, hi := s.span()
	if s.Type != Line {
		lo, hi = min(lo, 0), max(hi, 0)
	}
	if hi-lo <= 1e-9*max(math.Abs(lo), math.Abs(hi)) { // all the same
		lo, hi = min(lo, 0), max(hi, 0)
	}
	if lo == 0 && hi == 0 {
		hi = 1
	}
	if lo > 0 && lo < hi*0.35 { // so near to zero that leaving it out would mislead
		lo = 0
	}
	if hi < 0 && hi > lo*0.35 {
		hi = 0
	}
	step := nice((hi - lo) / float64(n))
	return scale{step: step, first: int(math.Floor(lo/step + 1e-9)), last: int(math.Ceil(hi/step - 1e-9))}
}

// nice rounds a step up to 1, 2, 2.5 or 5 times a power of ten.
func nice(raw float64) float64 {
	magnitude := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if raw <= m*magnitude*(1+1e-9) {
			return m * magnitude
		}
	}
	return 10 * magnitude
}

func (s scale) low() float64  { return float64(s.first) * s.step }
func (s scale) high() float64 { return float64(s.last) * s.step }

// tick gives the value of the i-th multiple.
func (s scale) tick(i int) float64 { return float64(i) * s.step }

// hasZero tells whether the base line lies on the axis.
func (s scale) hasZero() bool { return s.first <= 0 && s.last >= 0 }

// share is how far up the axis a value lies, from 0 to 1.
func (s scale) share(v float64) float64 {
	return (v - s.low()) / (s.high() - s.low())
}
