// Package runewidth stands in for the library of the same import path, which
// brings tables of how wide every character is on a terminal. The web framework
// names it for the banner it can print at its start, which this server does not
// show. The replace directive in go.mod keeps the real one out of the binary;
// whoever wants it after all takes the directive away.
package runewidth

import "unicode/utf8"

// StringWidth takes every character for one column.
func StringWidth(s string) int { return utf8.RuneCountInString(s) }
