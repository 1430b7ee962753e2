package cover

import "strings"

// maxLines is how many lines of title there is room for.
const maxLines = 4

// fit breaks a title into lines and finds the size, in units of the drawing,
// at which they stand above the band. What is too long even then is cut.
func fit(title string) (lines []string, size int) {
	if strings.TrimSpace(title) == "" {
		return nil, 60
	}
	for _, size = range []int{84, 76, 68, 60, 54, 48} {
		lines = wrap(title, size)
		if len(lines) <= maxLines && 94+size+(len(lines)-1)*size*108/100 < bandTop-30 {
			return lines, size
		}
	}
	lines = lines[:min(len(lines), maxLines)]
	lines[len(lines)-1] = short(lines[len(lines)-1]+" …", 19)
	return lines, size
}

func wrap(title string, size int) []string {
	var lines []string
	room := float64(width - 2*margin)
	line := ""
	for _, word := range strings.Fields(title) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && measure(longer)*float64(size) > room {
			lines = append(lines, line)
			longer = word
		}
		line = longer
	}
	return append(lines, line)
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
		default:
			sum += 0.52
		}
	}
	return sum
}
