package mail

import (
	"strings"
	"unicode/utf8"
)

// lineWidth is the measure of the text part, in characters.
const lineWidth = 72

// text lays the letter out as plain text: one empty line between blocks,
// addresses on lines of their own and never broken.
func text(l Letter, brand Brand) string {
	parts := []string{strings.ToUpper(oneLine(brand.Name))}
	for _, b := range l.Blocks {
		parts = append(parts, b.text())
	}
	foot := append([]string{"-- ", oneLine(brand.Name), brand.URL}, brand.Contact...)
	if l.Unsubscribe != "" {
		foot = append(foot, brand.Words().Text("stop.button")+": "+l.Unsubscribe)
	}
	return strings.Join(append(parts, strings.Join(foot, "\n")), "\n\n") + "\n"
}

func (b Block) text() string {
	switch b.Kind {
	case KindHeading:
		t := wrap(b.Text, "", "")
		return t + "\n" + strings.Repeat("=", longestLine(t))
	case KindButton:
		return wrap(b.Text+":", "", "") + "\n" + b.URL
	case KindCode:
		return "    " + b.Text
	case KindList:
		items := make([]string, len(b.Items))
		for i, it := range b.Items {
			items[i] = wrap(it, "- ", "  ")
		}
		return strings.Join(items, "\n")
	case KindDivider:
		return strings.Repeat("-", 24)
	case KindParagraph, KindSmall:
	}
	return wrap(b.Text, "", "")
}

// wrap breaks a text between words. The first line begins with first, the
// others with rest.
func wrap(s, first, rest string) string {
	var out strings.Builder
	line, width := first, utf8.RuneCountInString(first)
	empty := true
	for _, word := range strings.Fields(s) {
		n := utf8.RuneCountInString(word)
		switch {
		case empty:
			line, width = line+word, width+n
		case width+1+n > lineWidth:
			out.WriteString(line + "\n")
			line, width = rest+word, utf8.RuneCountInString(rest)+n
		default:
			line, width = line+" "+word, width+1+n
		}
		empty = false
	}
	out.WriteString(line)
	return out.String()
}

func longestLine(s string) int {
	longest := 0
	for line := range strings.SplitSeq(s, "\n") {
		longest = max(longest, utf8.RuneCountInString(line))
	}
	return longest
}
