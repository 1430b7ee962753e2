package publication

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"lighttrends/internal/platform/fault"
)

// Link is an entry of the portal's main navigation, or at its foot.
type Link struct {
	Label string `json:"label"`
	URL   string `json:"url"` // a path of the portal, or a whole address
}

// checkLinks wants labels that can be read and addresses that lead somewhere:
// a link to an own page that is not there would greet readers with an error.
func checkLinks(f *fault.Fields, list string, links []Link, most int, pages []Page) {
	f.Check(len(links) <= most, list, "too_many", fmt.Sprintf("At most %d.", most))
	for i, l := range links {
		at := fmt.Sprintf("%s/%d", list, i)
		f.Required(at+"/label", strings.TrimSpace(l.Label))
		f.MaxRunes(at+"/label", l.Label, 40)
		f.Check(!strings.ContainsAny(l.Label, "\r\n"), at+"/label", "bad_characters", "One line, please.")
		if !goodTarget(l.URL) {
			f.Add(at+"/url", "bad_address", "A path of this site such as /archive, or an address that begins with https://.")
			continue
		}
		slug, own := strings.CutPrefix(pathOf(l.URL), "/pages/")
		there := slices.ContainsFunc(pages, func(p Page) bool { return p.Slug == slug })
		f.Check(!own || there, at+"/url", "no_such_page", "There is no page of yours at this address.")
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
