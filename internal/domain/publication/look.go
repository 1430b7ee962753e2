package publication

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// Type is the face of the letters that texts are set in.
type Type string

// The faces. The empty one is Serif.
const (
	Serif Type = "serif"
	Sans  Type = "sans"
)

// Home is how the front page is laid out.
type Home string

// The layouts. The empty one is IssueFirst.
const (
	IssueFirst Home = "issue"  // the latest issue with all that is in it, then the archive
	Stream     Home = "stream" // note after note, the newest first
	BySeries   Home = "series" // a shelf for each series
)

// Look is how the portal appears.
type Look struct {
	Logo       string `json:"logo,omitempty"`       // id of a picture; empty for the name in letters
	LogoDark   string `json:"logo_dark,omitempty"`  // the one for dark screens; empty: Logo stands on a light plate there
	Accent     string `json:"accent,omitempty"`     // colour of links and buttons by day; empty for the house's own
	Type       Type   `json:"type,omitempty"`       // empty for Serif
	Home       Home   `json:"home,omitempty"`       // empty for IssueFirst
	Language   string `json:"language,omitempty"`   // of the portal's own words; empty for English
	Navigation []Link `json:"navigation,omitempty"` // instead of the portal's own entries
	Footer     []Link `json:"footer,omitempty"`     // instead of the portal's own links at the foot; own pages follow
	Social     []Link `json:"social,omitempty"`     // where else the publication is
}

// Sans tells whether texts are set in the sans.
func (l Look) Sans() bool { return l.Type == Sans }

// How many links fit at a place.
const (
	maxNavigation = 8 // beside each other, on a small screen
	maxFooter     = 16
	maxSocial     = 8
)

// languageTag is the form of a language's name; which ones there are words in
// is the portal's to say.
var languageTag = regexp.MustCompile(`^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$`)

func (l Look) check(f *fault.Fields, pages []Page) {
	for at, id := range map[string]string{"/logo": l.Logo, "/logo_dark": l.LogoDark} {
		_, err := uuid.Parse(id)
		f.Check(id == "" || err == nil, at, "bad_id", "This is not the id of a picture.")
	}
	f.Check(l.LogoDark == "" || l.Logo != "", "/logo_dark", "no_logo", "Choose a logo first; this one takes its place on dark screens.")
	checkAccent(f, l.Accent)
	f.Check(slices.Contains([]Type{"", Serif, Sans}, l.Type), "/type", "unknown", "One of serif, sans.")
	f.Check(slices.Contains([]Home{"", IssueFirst, Stream, BySeries}, l.Home), "/home", "unknown", "One of issue, stream, series.")
	f.Check(l.Language == "" || languageTag.MatchString(l.Language), "/language", "unknown", "The tag of a language, such as en or de.")
	checkLinks(f, "/navigation", l.Navigation, maxNavigation, pages)
	checkLinks(f, "/footer", l.Footer, maxFooter, pages)
	checkLinks(f, "/social", l.Social, maxSocial, nil)
	for i, x := range l.Social {
		f.Check(!strings.HasPrefix(x.URL, "/"), fmt.Sprintf("/social/%d/url", i), "bad_address", "An address of another site, that begins with https://.")
	}
}
