package cover

import (
	"fmt"
	"hash/fnv"
	"html"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Face is what a cover says.
type Face struct {
	Series string
	Title  string    // of the issue; may be empty
	Number int       // 0 when the firm does not count; the month stands in then
	Month  time.Time // any moment of it
	Said   string    // the accessible name; "" is the English one
	Dated  string    // the month as the cover shows it; "" is the English one
}

// Name is the accessible name of the cover.
func (f Face) Name() string {
	if f.Said != "" {
		return f.Said
	}
	name := "Cover of " + f.Series
	if f.Number > 0 {
		name += ", number " + strconv.Itoa(f.Number)
	}
	return name + ", " + f.Month.Format("January 2006")
}

func (f Face) month() string {
	if f.Dated != "" {
		return f.Dated
	}
	return f.Month.Format("January 2006")
}

// The sheet, in units of the drawing. Words stand above the band, the pattern
// fills it.
const (
	width, height = 600, 800
	margin        = 44
	bandTop       = 392
)

// Draw draws the cover.
func Draw(f Face) string {
	ink := inks(f.Month.Month())
	d := &drawing{ink: ink, dice: newDice(f)}
	d.put(`<svg class="cover" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 800" role="img" aria-label="`, html.EscapeString(f.Name()), `">`)
	d.put(`<rect width="600" height="800" fill="`, ink.paper, `"/>`)
	patterns := []func(*drawing) spot{strata, rings, spectrum, tiles, fan, beads, steps}
	at := patterns[f.turn(len(patterns))](d)
	d.words(f)
	d.number(f, at)
	d.put("</svg>")
	return d.String()
}

// turn chooses one of n so that neighbours in a series differ.
func (f Face) turn(n int) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(f.Series))
	at := f.Number
	if at <= 0 {
		at = f.Month.Year()*12 + int(f.Month.Month())
	}
	return (int(h.Sum32()%uint32(n)) + at) % n //nolint:gosec // n is small
}

// drawing writes SVG elements.
type drawing struct {
	strings.Builder
	ink  palette
	dice *dice
}

func (d *drawing) put(parts ...string) {
	for _, p := range parts {
		d.WriteString(p)
	}
}

func (d *drawing) putf(format string, args ...any) { _, _ = fmt.Fprintf(d, format, args...) }

// words sets series and month at the head and the title under them.
func (d *drawing) words(f Face) {
	d.putf(`<g fill="%s">`, d.ink.ink)
	d.putf(`<g class="cover-sans" font-size="21" font-weight="600"><text x="%d" y="62">%s</text>`, margin, html.EscapeString(short(f.Series, 30)))
	d.putf(`<text x="%d" y="62" text-anchor="end">%s</text></g>`, width-margin, html.EscapeString(f.month()))
	d.putf(`<rect x="%d" y="82" width="%d" height="2"/>`, margin, width-2*margin)
	lines, size := fit(f.Title)
	d.putf(`<g class="cover-display" font-size="%d" letter-spacing="%.2f">`, size, -0.018*float64(size))
	for i, line := range lines {
		d.putf(`<text x="%d" y="%d">%s</text>`, margin-2, 94+size+i*size*108/100, html.EscapeString(line))
	}
	d.put("</g></g>")
}

// spot is where a pattern leaves room for the number, and its colour there.
type spot struct {
	x, y, size int
	anchor     string
	fill       string
}

// cutOut sets the number large into a pattern that is calm enough, in the
// colour of the paper.
func (d *drawing) cutOut() spot {
	return spot{margin - 12, height - margin - 4, 330, "start", d.ink.paper}
}

func (d *drawing) number(f Face, at spot) {
	number := f.Number
	if number <= 0 {
		number = int(f.Month.Month())
	}
	figure := strconv.Itoa(number)
	size := at.size * 3 / max(3, len(figure)+1)
	d.putf(`<text class="cover-display" x="%d" y="%d" font-size="%d" letter-spacing="%d" text-anchor="%s" fill="%s">%s</text>`,
		at.x, at.y, size, -size/22, at.anchor, at.fill, figure)
}

// short cuts a text that would run into its neighbour.
func short(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:runes-1]), " ,;:-–—…") + "…"
}
