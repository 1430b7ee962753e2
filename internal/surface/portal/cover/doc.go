// Package cover draws the cover of an issue: its words, and a pattern that
// belongs to this issue alone.
//
// A cover is made from the series, the month, the number and the title, and is
// the same for the same ones. The month gives the colours, so that a year of
// covers goes once round the wheel; series and number choose the pattern, so
// that neighbours differ.
//
// The result is one svg element with presentation attributes and classes, and
// no style, as the content security policy asks. Its letters take their font
// from the page: the classes cover-display and cover-sans stand for the two.
package cover
