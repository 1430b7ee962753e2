package publication

import (
	"fmt"
	"math"
	"regexp"
	"strconv"

	"lighttrends/internal/platform/fault"
)

// The papers that links in the accent colour stand on, by day and by night,
// and the contrast that text needs on them (WCAG 2.2, criterion 1.4.3).
const (
	dayPaper   = "#f3f1eb" // the darkest of the light ones
	nightPaper = "#1c1f25" // the lightest of the dark ones
	contrast   = 4.5
)

var hexColour = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// Shades are the accent colour by day and by night, each with the colour of a
// text that stands on it.
type Shades struct{ Day, OnDay, Night, OnNight string }

// Shades works out the colours of a look; ok is false when it has no accent
// colour of its own.
func (l Look) Shades() (s Shades, ok bool) {
	if !hexColour.MatchString(l.Accent) {
		return s, false
	}
	return shadesOf(l.Accent), true
}

func shadesOf(accent string) Shades {
	night := lightenFor(accent, nightPaper)
	return Shades{Day: accent, OnDay: textOn(accent), Night: night, OnNight: textOn(night)}
}

// checkAccent wants a colour that can be read as a link on the paper. At night
// it is lightened, so only the day can refuse it.
func checkAccent(f *fault.Fields, accent string) {
	if accent == "" {
		return
	}
	if !hexColour.MatchString(accent) {
		f.Add("/accent", "bad_colour", "Six hexadecimal digits, such as #17508f.")
		return
	}
	if got := ratio(accent, dayPaper); got < contrast {
		f.Add("/accent", "low_contrast", fmt.Sprintf("Links in this colour are hard to read: the contrast with the page is %.1f to 1, and it takes 4.5. The nearest that can be read is %s.", roundDown(got), darkenFor(accent, dayPaper)))
	}
}

// lightenFor mixes a colour with white until it can be read on a dark paper.
func lightenFor(colour, paper string) string {
	r, g, b := channels(colour)
	for step := range 41 {
		k := float64(step) / 40
		mixed := fmt.Sprintf("#%02x%02x%02x", towardsWhite(r, k), towardsWhite(g, k), towardsWhite(b, k))
		if ratio(mixed, paper) >= contrast+.5 { // a little more: light text on dark shimmers
			return mixed
		}
	}
	return "#ffffff"
}

// darkenFor mixes a colour with black until it can be read on a light paper.
func darkenFor(colour, paper string) string {
	r, g, b := channels(colour)
	for step := range 256 {
		k := 1 - float64(step)/255
		mixed := fmt.Sprintf("#%02x%02x%02x", int(math.Round(255*r*k)), int(math.Round(255*g*k)), int(math.Round(255*b*k)))
		if ratio(mixed, paper) >= contrast {
			return mixed
		}
	}
	return "#000000"
}

// roundDown gives one place, so that what falls short never looks enough.
func roundDown(ratio float64) float64 { return math.Floor(ratio*10) / 10 }

func towardsWhite(c, k float64) int { return int(math.Round(255 * (c + (1-c)*k))) }

// textOn is the colour of a text on a ground: white, or nearly black.
func textOn(ground string) string {
	const white, black = "#ffffff", "#0e1014"
	if ratio(white, ground) >= ratio(black, ground) {
		return white
	}
	return black
}

// ratio is the contrast of two colours, from 1 to 21.
func ratio(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

// luminance is the relative luminance of an sRGB colour, as WCAG defines it.
func luminance(colour string) float64 {
	r, g, b := channels(colour)
	return .2126*linear(r) + .7152*linear(g) + .0722*linear(b)
}

func linear(c float64) float64 {
	if c <= .04045 {
		return c / 12.92
	}
	return math.Pow((c+.055)/1.055, 2.4)
}

// channels reads a colour that is known to be one.
func channels(colour string) (r, g, b float64) {
	n, _ := strconv.ParseUint(colour[1:], 16, 32)
	return float64(n>>16&255) / 255, float64(n>>8&255) / 255, float64(n&255) / 255
}
