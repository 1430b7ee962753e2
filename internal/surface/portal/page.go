package portal

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/copies"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/surface/kit"
)

// page is what the frame around every page shows.
type page struct {
	Site        publication.Profile
	Language    *phrase.Language
	BaseURL     string
	Prefix      string // the language that the address names; "" where it names none
	Title       string // of the document, without the publication's name
	Description string
	Path        string // the page's own address, with the query that belongs to it
	Canonical   string // the address search engines are to know it by, where that is another
	Section     string // the entry of the main navigation that is current
	Logo        *logo  // nil for the name in letters
	Signed      bool
	Warning     string // what a member whose payment failed is told on every page
	Feed        string // address of what the page lists, for its feeds; "" for none of its own
	Parted      string // what who was signed out by another device is told, once
	NoIndex     bool
	Script      bool   // the page has contents to mark or footnotes to open
	More        string // a script that only a few pages need; "" for none
	Kind        string // for Open Graph; "" is website
	Image       string // for Open Graph; absolute or ""
	ImageAlt    string // what it shows
	Card        bool   // it is of the size of the cards that we draw
	Article     *articleMeta
	LD          data // JSON-LD; nil for none
	Main        any  // what the view itself shows
}

// URL is the page's address for other sites.
func (p *page) URL() string { return p.BaseURL + prefix(p.Site, p.Prefix) + p.Path }

// Proper is the address that search engines are to know it by.
func (p *page) Proper() string {
	if p.Canonical == "" {
		return p.URL()
	}
	return p.BaseURL + prefix(p.Site, p.Prefix) + strings.TrimPrefix(p.Canonical, p.BaseURL)
}

// CardSize is how wide and high a card is.
func (*page) CardSize() [2]int { return [2]int{copies.CardWidth, copies.CardHeight} }

// FullTitle is what stands in the browser's tab.
func (p *page) FullTitle() string {
	if p.Title == "" {
		if p.Site.Tagline == "" {
			return p.Site.Name
		}
		return p.Site.Name + " · " + p.Site.Tagline
	}
	return p.Title + " · " + p.Site.Name
}

// languageOf is the tag of the language that the publication speaks.
func languageOf(site publication.Profile) string { return phrase.In(site.Language).Tag }

// Next is where signing in comes back to; the way in itself is no place to
// come back to.
func (p *page) Next() string {
	if p.NoIndex {
		return ""
	}
	return p.Path
}

// page begins a page: what the publication says of itself, and who asks.
func (p *Portal) page(c *fiber.Ctx, path, title string) (*page, error) {
	profile, err := p.House.Profile(c.UserContext())
	if err != nil {
		return nil, err
	}
	p.profile.Store(&profile)
	mark, err := p.logo(c.UserContext(), profile)
	if err != nil {
		return nil, err
	}
	pg := &page{Site: profile, Language: languageIn(c.UserContext(), profile), Prefix: kit.LanguageOf(c), Logo: mark, BaseURL: p.BaseURL, Path: path, Title: title, Signed: kit.VisitorOf(c).Signed()}
	if pg.Signed {
		pg.Warning, err = p.warning(c, pg.Language)
	} else if crowdedOut(c) {
		pg.Parted = pg.Language.Text("frame.parted")
	}
	return pg, err
}

// crowdedOut tells whether the request came with a session that had to make
// room. The cookie is taken away with the answer, so it is told once.
func crowdedOut(c *fiber.Ctx) bool { return kit.Parted(c) == "session_crowded_out" }

// warning tells a member that a payment failed, and until when they read on.
func (p *Portal) warning(c *fiber.Ctx, l *phrase.Language) (string, error) {
	w, err := p.Gate.Arrears(c.UserContext(), reader(c))
	switch {
	case err != nil || w == nil:
		return "", err
	case w.Closed:
		return l.Text("frame.arrears_ended"), nil
	case !w.Until.IsZero():
		return l.Text("frame.arrears_until", "date", w.Until), nil
	default:
		return l.Text("frame.arrears"), nil
	}
}

// lastProfile is the profile for pages that must not need the database.
func (p *Portal) lastProfile() publication.Profile {
	if known := p.profile.Load(); known != nil {
		return *known
	}
	return publication.Default()
}
