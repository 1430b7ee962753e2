package mail

import "strconv"

// Brand is how the publication presents itself in a letter.
type Brand struct {
	Name    string   // the masthead
	URL     string   // the masthead links here
	Accent  string   // "#17508f"; anything else falls back to that
	Contact []string // the lines at the foot: firm, street, city
	ReplyTo string   // empty: answers go to the sender
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
