package mcp

import (
	"strings"
	"unicode/utf8"
)

// partSize is how many bytes a part has at most: some four thousand words, which
// every assistant can hold beside a conversation.
const partSize = 24 << 10

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
