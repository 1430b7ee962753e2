package publication

import (
	"strings"

	"lighttrends/internal/platform/fault"
)

// Contrast says how an accent colour can be read.
type Contrast struct {
	Shades
	Readings []Reading
	Good     bool
	Nearest  string // the nearest colour that can be read; the colour itself when it can
}

// Reading is one place where the colour stands.
type Reading struct {
	Place       string // link_day, panel_day, button_day, link_night, panel_night, button_night
	Front, Back string
	Ratio       float64 // rounded down to one place
	Good        bool
}

// The page's own ground; the papers are the panels on it.
const (
	dayGround   = "#fbfaf7"
	nightGround = "#14161a"
)

// ContrastOf measures a colour wherever the portal puts it: as a link on the
// page and on panels, and under the words of a button, by day and by night.
func ContrastOf(colour string) (c Contrast, err error) {
	colour = strings.ToLower(colour)
	if !hexColour.MatchString(colour) {
		var f fault.Fields
		f.Add("/colour", "bad_colour", "Six hexadecimal digits, such as #17508f.")
		return c, f.Err()
	}
	c.Shades, c.Nearest, c.Good = shadesOf(colour), darkenFor(colour, dayPaper), true
	for _, x := range []struct{ place, front, back string }{
		{"link_day", c.Day, dayGround}, {"panel_day", c.Day, dayPaper}, {"button_day", c.OnDay, c.Day},
		{"link_night", c.Night, nightGround}, {"panel_night", c.Night, nightPaper}, {"button_night", c.OnNight, c.Night},
	} {
		got := ratio(x.front, x.back)
		c.Readings = append(c.Readings, Reading{x.place, x.front, x.back, roundDown(got), got >= contrast})
		c.Good = c.Good && got >= contrast
	}
	return c, nil
}
