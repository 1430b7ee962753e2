package mail

import (
	"strconv"

	"lighttrends/internal/platform/phrase"
)

// Brand is how the publication presents itself in a letter.
type Brand struct {
	Name    string   // the masthead
	URL     string   // the masthead links here
	Logo    Logo     // shown instead of the name; none without an address
	Accent  string   // "#17508f"; anything else falls back to that
	Contact []string // the lines at the foot: firm, street, city
	ReplyTo string   // empty: answers go to the sender
	// Language is the one that letters speak; nil is English.
	Language *phrase.Language
}

// In is the brand for letters in the language that a person has chosen; without
// one that is known the publication's stays.
func (b Brand) In(tag string) Brand {
	if l := phrase.Known(tag); l != nil {
		b.Language = l
	}
	return b
}

// Words is the language that letters speak.
func (b Brand) Words() *phrase.Language {
	if b.Language == nil {
		return phrase.In(phrase.Fallback)
	}
	return b.Language
}

// Logo is a picture with the name of the publication.
type Logo struct {
	URL           string // http or https
	Width, Height int    // of the picture; it is shown logoHeight high
}

// logoHeight is how high a logo stands in a letter, and logoWidth how wide it may
// be, in pixels.
const logoHeight, logoWidth = 36, 280

// fit brings the logo to the size it is shown in. One without measures, or
// without an address, is none.
func (l Logo) fit() Logo {
	if !isWebAddress(l.URL) || l.Width <= 0 || l.Height <= 0 {
		return Logo{}
	}
	w, h := l.Width*logoHeight/l.Height, logoHeight
	if w > logoWidth {
		w, h = logoWidth, max(l.Height*logoWidth/l.Width, 1)
	}
	return Logo{URL: l.URL, Width: max(w, 1), Height: h}
}

const defaultAccent = "#17508f"

func (b Brand) accent() string {
	if _, ok := rgb(b.Accent); ok {
		return b.Accent
	}
	return defaultAccent
}

// onAccent is the colour of text on the accent: the one of white and near
// black with the greater contrast.
func (b Brand) onAccent() string {
	c, _ := rgb(b.accent())
	// Perceived brightness after ITU-R BT.601, 0 to 255.
	if (299*c[0]+587*c[1]+114*c[2])/1000 > 150 {
		return "#0e1014"
	}
	return "#ffffff"
}

func rgb(hex string) (c [3]int, ok bool) {
	if len(hex) != 7 || hex[0] != '#' {
		return c, false
	}
	n, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		return c, false
	}
	return [3]int{int(n >> 16 & 0xff), int(n >> 8 & 0xff), int(n & 0xff)}, true
}
