package mcp

import (
	"strings"
	"unicode/utf8"
)

// partSize is how many bytes a part has at most: some four thousand words, which
// every assistant can hold beside a conversation.
const partSize = 24 << 10

// clean takes out of a note's Markdown what its pages do not show either: what
// stands in comments, such as the paywall and remarks among colleagues. Code
// keeps what looks like one.
func clean(text string) string {
	var b strings.Builder
	fence, comment := "", false
	for line := range strings.Lines(text) {
		mark := fenceOf(line)
		switch {
		case comment:
		case fence == "" && mark != "":
			fence = mark
			b.WriteString(line)
			continue
		case fence != "":
			if strings.HasPrefix(mark, fence) && strings.Trim(strings.TrimSpace(line), mark[:1]) == "" {
				fence = ""
			}
			b.WriteString(line)
			continue
		}
		line, comment = uncommented(line, comment)
		b.WriteString(line)
	}
	return strings.TrimSpace(b.String())
}

// fenceOf is the mark by which a line begins or ends code; "" for none.
func fenceOf(line string) string {
	line = strings.TrimLeft(line, " ")
	for _, c := range []string{"`", "~"} {
		if n := len(line) - len(strings.TrimLeft(line, c)); n >= 3 {
			return line[:n]
		}
	}
	return ""
}

// uncommented is what of a line is outside of comments, and whether one goes on.
func uncommented(line string, inside bool) (string, bool) {
	var b strings.Builder
	for {
		if inside {
			_, after, closed := strings.Cut(line, "-->")
			if !closed {
				if b.Len() > 0 {
					b.WriteByte('\n')
				}
				return b.String(), true
			}
			line, inside = after, false
			continue
		}
		before, after, opens := strings.Cut(line, "<!--")
		b.WriteString(before)
		if !opens {
			return b.String(), false
		}
		line, inside = after, true
	}
}

// parts takes a text apart where a paragraph ends; one that is too long by
// itself is cut where a line or, at the worst, a character ends.
func parts(text string) []string {
	var out []string
	for len(text) > partSize {
		at := cut(text[:partSize])
		out = append(out, strings.TrimSpace(text[:at]))
		text = strings.TrimSpace(text[at:])
	}
	return append(out, text)
}

// cut finds where to end a part that is full.
func cut(full string) int {
	for _, end := range []string{"\n\n", "\n", " "} {
		if at := strings.LastIndex(full, end); at > partSize/2 {
			return at + len(end)
		}
	}
	at := len(full)
	for at > 0 && !utf8.RuneStart(full[at-1]) {
		at--
	}
	return max(at-1, 1)
}
