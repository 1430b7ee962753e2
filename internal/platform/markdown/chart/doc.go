// Package chart draws the charts of research notes. It owns the chart spec that
// authors write in a fence, the drawing as SVG in two layouts, the sentence
// that stands for the picture, and the figures of the data table beside it.
//
// It never reads a file, keeps no state and draws the same bytes for the same
// spec. The SVG holds presentation attributes and classes, no style element and
// no style attribute, so it passes a policy of default-src 'self'.
//
// Colours are roles, not values: c1 to c8 for the series, text, dim, grid and
// axis. Every mark is painted in currentColor, so a stylesheet sets one
// property per role (.chart .c1 { color: var(--c1) }). Without a stylesheet the
// light colours of the color attributes show.
//
// Bars always start at zero. Lines need not.
//
// Limits: a spec is at most 64 KiB, 8 series, 200 points. Numbers are zero or
// between 1e-12 and 1e15 in size. What breaks a limit is refused with a message
// that names the line.
package chart
