package cover

import (
	"slices"
	"strings"
	"unicode"
)

// maxLines is how many lines of title there is room for.
const maxLines = 4

// fit breaks a title into lines and finds the size, in units of the drawing,
// at which they stand above the band. What is too long even then is cut.
func fit(title string) (lines []string, size int) {
	if strings.TrimSpace(title) == "" {
		return nil, 60
	}
	for _, size = range []int{84, 76, 68, 60, 54, 48} {
		lines = wrap(strings.Fields(title), size)
		foot := 94 + size + (len(lines)-1)*size*108/100
		if len(lines) <= maxLines && foot < bandTop-30 && !slices.ContainsFunc(lines, func(s string) bool { return tooLong(s, size) }) {
			return lines, size
		}
	}
	lines = wrap(chopped(title, size), size)
	if len(lines) > maxLines {
		lines = lines[:maxLines]
		lines[maxLines-1] = short(lines[maxLines-1]+" …", 20)
	}
	return lines, size
}

func tooLong(s string, size int) bool { return measure(s)*float64(size) > width-2*margin }

func wrap(words []string, size int) []string {
	var lines []string
	line := ""
	for _, word := range words {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && tooLong(longer, size) {
			lines = append(lines, line)
			longer = word
		}
		line = longer
	}
	return append(lines, line)
}

// chopped breaks the words that would not fit on a line of their own.
func chopped(title string, size int) []string {
	var words []string
	for _, word := range strings.Fields(title) {
		start := 0
		for i := range word {
			if i > start && tooLong(word[start:i]+"mm", size) {
				words = append(words, word[start:i]+"-")
				start = i
			}
		}
		words = append(words, word[start:])
	}
	return words
}

// measure is about the width of a text in the display face, in ems. It is on
// the safe side: a line that ends early does no harm, one that is cut does.
func measure(s string) float64 {
	sum := 0.0
	for _, r := range s {
		switch {
		case strings.ContainsRune("iljtfrI.,:;'’!|() ", r):
			sum += 0.31
		case strings.ContainsRune("mwMWQ—%@", r):
			sum += 0.82
		case r >= 'A' && r <= 'Z':
			sum += 0.66
		case r > 0x2e7f:
			sum++
		case r > 0x7f && unicode.IsUpper(r):
			sum += 0.84
		case r > 0x7f:
			sum += 0.68
		default:
			sum += 0.52
		}
	}
	return sum
}
