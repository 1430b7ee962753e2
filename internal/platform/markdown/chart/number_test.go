package chart

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		most, step, value float64
		want              string
	}{
		{10000, 2000, 8000, "8,000"},
		{100, 25, -50, "−50"},
		{1, 0.25, 0.5, "0.50"},
		{1, 0.1, 0.30000000000000004, "0.3"},
		{0.02, 0.005, 0.015, "0.015"},
		{9999999, 2500000, 7500000, "7,500,000"},
		{2e7, 5e6, 1.5e7, "15M"},
		{2e7, 2.5e6, 1.25e7, "12.5M"},
		{4e10, 1e10, 3e10, "30 bn"},
		{1e15, 2e14, 4e14, "400 tn"},
		{4e-6, 2e-6, -2e-6, "−2×10⁻⁶"},
		{4e-6, 2e-6, 0, "0"},
		{0, 1, 0, "0"},
	} {
		if got := notationFor(c.most, c.step).write(c.value); got != c.want {
			t.Errorf("%g on an axis to %g: %q, want %q", c.value, c.most, got, c.want)
		}
	}
	if got := fixed(-0.004, 2); got != "0.00" {
		t.Errorf("%q: nothing is not negative", got)
	}
	if got := fixed(1234567.891, 2); got != "1,234,567.89" {
		t.Error(got)
	}
	if got := exact(-2.1e-9, 0); got != "−2.1×10⁻⁹" {
		t.Error(got)
	}
}

func TestTicksAreNice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := anySpec(t)
		n := rapid.SampledFrom([]int{4, 5}).Draw(t, "steps")
		axis := scaleFor(s, n)
		mantissa := axis.step / math.Pow(10, math.Floor(math.Log10(axis.step)+1e-9))
		nicely := false
		for _, m := range []float64{1, 2, 2.5, 5, 10} {
			nicely = nicely || math.Abs(mantissa-m) < 1e-6
		}
		if !nicely {
			t.Fatalf("a step of %g", axis.step)
		}
		lo, hi := s.span()
		if slackness := axis.step * 1e-6; axis.low() > lo+slackness || axis.high() < hi-slackness {
			t.Fatalf("values %g to %g, axis %g to %g", lo, hi, axis.low(), axis.high())
		}
		if steps := axis.last - axis.first; steps < 1 || steps > 2*n+1 {
			t.Fatalf("%d steps", steps)
		}
	})
}
