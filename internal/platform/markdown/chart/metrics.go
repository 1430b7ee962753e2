package chart

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Advance widths of Inter for U+0020 to U+007E in thousandths of the font size,
// with digits of equal width, at the weights 400 and 650 of the drawings.
var (
	regular = [95]uint16{
		269, 288, 466, 633, 642, 982, 644, 300, 391, 391, 648, 648, 269, 648, 269, 360,
		648, 648, 648, 648, 648, 648, 648, 648, 648, 648, 269, 269, 648, 648, 648, 511,
		966, 690, 654, 731, 722, 601, 590, 746, 743, 269, 571, 672, 565, 903, 753, 765,
		639, 765, 644, 642, 646, 744, 690, 985, 682, 679, 629, 391, 360, 391, 471, 456,
		323, 562, 612, 571, 612, 583, 370, 613, 591, 242, 242, 549, 242, 876, 591, 600,
		612, 612, 377, 528, 327, 591, 562, 818, 546, 562, 552, 391, 333, 391, 648,
	}
	semibold = [95]uint16{
		269, 330, 537, 647, 653, 1010, 667, 333, 391, 391, 647, 647, 269, 647, 269, 384,
		647, 647, 647, 647, 647, 647, 647, 647, 647, 647, 269, 269, 647, 647, 647, 551,
		1008, 737, 661, 738, 722, 606, 587, 750, 746, 279, 582, 711, 565, 927, 761, 770,
		647, 775, 655, 653, 664, 734, 737, 1029, 729, 722, 658, 391, 384, 391, 484, 473,
		358, 577, 627, 585, 627, 594, 394, 629, 618, 267, 267, 575, 267, 906, 617, 611,
		627, 627, 402, 555, 360, 618, 593, 845, 575, 595, 569, 391, 365, 391, 647,
	}
)

// slack widens every text, because the page may show a fallback font until
// Inter has loaded, or for good.
const slack = 1.06

// measure estimates the width of a text in the units of the drawing.
func measure(s string, size float64, bold bool) float64 {
	sum := 0
	for _, r := range s {
		sum += advance(r, bold)
	}
	return float64(sum) / 1000 * size * slack
}

func advance(r rune, bold bool) int {
	table := &regular
	if bold {
		table = &semibold
	}
	if r >= ' ' && r <= '~' {
		return int(table[r-' '])
	}
	switch r {
	case '−', '±', '×', '€', '£', '¥':
		return 670
	case '–', '…', '—', '‰', '→', '←':
		return 1000
	case '‘', '’', '·', '′':
		return 310
	case '“', '”':
		return 530
	case '⁻', '⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹':
		return 470
	}
	if unicode.Is(unicode.Mn, r) {
		return 0
	}
	if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
		return 1000
	}
	if base := []rune(norm.NFD.String(string(r))); base[0] >= ' ' && base[0] <= '~' {
		return int(table[base[0]-' '])
	}
	return 720
}

// wrap breaks a text into lines no wider than w, at spaces where there are any.
func wrap(s string, size float64, bold bool, w float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		for _, part := range pieces(word, size, bold, w) {
			joined := strings.TrimSpace(line + " " + part)
			if line != "" && measure(joined, size, bold) > w {
				lines = append(lines, line)
				joined = part
			}
			line = joined
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// pieces cuts a word that alone is too wide.
func pieces(word string, size float64, bold bool, w float64) []string {
	if measure(word, size, bold) <= w {
		return []string{word}
	}
	var out []string
	start, sum := 0, 0.0
	for i, r := range word {
		step := float64(advance(r, bold)) / 1000 * size * slack
		if sum+step > w && i > start {
			out = append(out, word[start:i])
			start, sum = i, 0
		}
		sum += step
	}
	return append(out, word[start:])
}

// shorten cuts a text to the width and marks the cut with an ellipsis.
func shorten(s string, size, w float64) string {
	if measure(s, size, false) <= w {
		return s
	}
	runes := []rune(s)
	for n := len(runes) - 1; n > 0; n-- {
		if t := strings.TrimSpace(string(runes[:n])) + "…"; measure(t, size, false) <= w {
			return t
		}
	}
	return "…"
}
