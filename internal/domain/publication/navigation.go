package publication

import (
	"fmt"
	"net/url"
	"strings"

	"lighttrends/internal/platform/fault"
)

// maxNavigation is how many links fit beside each other on a small screen.
const maxNavigation = 8

// Link is an entry of the portal's main navigation.
type Link struct {
	Label string `json:"label"`
	URL   string `json:"url"` // a path of the portal, or a whole address
}

func checkNavigation(f *fault.Fields, links []Link) {
	f.Check(len(links) <= maxNavigation, "/navigation", "too_many", "At most 8.")
	for i, l := range links {
		at := fmt.Sprintf("/navigation/%d", i)
		f.Required(at+"/label", strings.TrimSpace(l.Label))
		f.MaxRunes(at+"/label", l.Label, 40)
		f.Check(!strings.ContainsAny(l.Label, "\r\n"), at+"/label", "bad_characters", "One line, please.")
		f.Check(goodTarget(l.URL), at+"/url", "bad_address", "A path of this site such as /archive, or an address that begins with https://.")
	}
}

// goodTarget holds for a path of the portal and for another site over TLS.
// Browsers take a backslash for a slash, and two of them for another site.
func goodTarget(s string) bool {
	u, err := url.Parse(s)
	if err != nil || len(s) > 500 || strings.ContainsAny(s, "\\ \t\r\n") {
		return false
	}
	if strings.HasPrefix(s, "/") {
		return u.Host == "" && !strings.HasPrefix(s, "//")
	}
	return u.Scheme == "https" && u.Host != "" && u.User == nil
}
