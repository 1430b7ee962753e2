package chart

import (
	"math"
	"strconv"
	"strings"
)

// notation is how the numbers of one axis are written: divided by a power of
// ten, with a fixed count of decimals and a suffix that names the power.
type notation struct {
	divisor  float64
	decimals int
	suffix   string
}

// notationFor chooses one for numbers up to most in size that lie step apart.
func notationFor(most, step float64) notation {
	n := notation{divisor: 1}
	switch {
	case most >= 1e13:
		n = notation{divisor: 1e12, suffix: " tn"}
	case most >= 1e10:
		n = notation{divisor: 1e9, suffix: " bn"}
	case most >= 1e7:
		n = notation{divisor: 1e6, suffix: "M"}
	case most > 0 && most < 1e-3:
		exponent := int(math.Floor(math.Log10(most)))
		n = notation{divisor: math.Pow10(exponent), suffix: "×10" + superscript(exponent)}
	}
	n.decimals = decimals(step / n.divisor)
	return n
}

// write formats a value.
func (n notation) write(v float64) string {
	s := fixed(v/n.divisor, n.decimals)
	if s == "0" || strings.Trim(s, "0.") == "" {
		return "0"
	}
	return s + n.suffix
}

// decimals counts the places that a number needs, noise of the binary
// representation left aside.
func decimals(v float64) int {
	v, _ = strconv.ParseFloat(strconv.FormatFloat(math.Abs(v), 'g', 10, 64), 64)
	_, after, _ := strings.Cut(strconv.FormatFloat(v, 'f', -1, 64), ".")
	return min(len(after), 12)
}

// fixed writes a number with a fixed count of decimals, thousands separators
// and a true minus sign (U+2212).
func fixed(v float64, decimals int) string {
	s := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, part, dotted := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if dotted {
		whole += "." + part
	}
	if v < 0 && strings.Trim(s, "0.") != "" {
		return "−" + whole
	}
	return whole
}

// exact writes a value in full, for tables and sentences.
func exact(v float64, decimals int) string {
	if size := math.Abs(v); size != 0 && size < 1e-6 {
		s := strconv.FormatFloat(v, 'e', -1, 64)
		mantissa, exponent, _ := strings.Cut(s, "e")
		e, _ := strconv.Atoi(exponent)
		return strings.Replace(mantissa, "-", "−", 1) + "×10" + superscript(e)
	}
	return fixed(v, decimals)
}

// places is the largest count of decimals among the values of a series, so
// that its column lines up.
func (s Series) places() int {
	most := 0
	for _, p := range s.Data {
		if !p.Gap && math.Abs(p.Value) >= 1e-6 {
			most = max(most, decimals(p.Value))
		}
	}
	return min(most, 9)
}

func superscript(n int) string {
	return strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
		"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").Replace(strconv.Itoa(n))
}
