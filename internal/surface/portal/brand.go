package portal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/surface/kit"
)

// menuEntry is a link of the main navigation.
type menuEntry struct {
	Label, URL string
	Current    bool
	Elsewhere  bool // it leaves the portal
}

// ownEntries is the navigation of a publication that has set none.
func ownEntries(l *phrase.Language) []publication.Link {
	return []publication.Link{
		{Label: l.Text("nav.notes"), URL: "/archive"}, {Label: l.Text("nav.issues"), URL: "/issues"}, {Label: l.Text("nav.topics"), URL: "/topics"},
		{Label: l.Text("nav.plans"), URL: "/plans"}, {Label: l.Text("nav.search"), URL: "/search"},
	}
}

// ownFooter are the links at the foot of a publication that has set none.
func ownFooter(l *phrase.Language) []publication.Link {
	return []publication.Link{
		{Label: l.Text("foot.archive"), URL: "/archive"}, {Label: l.Text("foot.analysts"), URL: "/authors"},
		{Label: l.Text("foot.contact"), URL: "/contact"}, {Label: l.Text("foot.rss"), URL: "/feed.xml"},
	}
}

// Entries are the main navigation as this page shows it.
func (p *page) Entries() []menuEntry {
	if links := p.Site.Navigation; len(links) > 0 {
		return p.menu(links)
	}
	return p.menu(ownEntries(p.Language))
}

// Feet are the links at the foot, the publication's own pages last: its legal
// ones are to be found from everywhere, whatever else stands there.
func (p *page) Feet() []menuEntry {
	links := p.Site.Footer
	if len(links) == 0 {
		links = ownFooter(p.Language)
	}
	for _, x := range p.Site.Pages {
		link := publication.Link{Label: x.Title, URL: "/pages/" + x.Slug}
		if !slices.ContainsFunc(links, func(l publication.Link) bool { return l.URL == link.URL }) {
			links = append(slices.Clip(links), link)
		}
	}
	return p.menu(links)
}

func (p *page) menu(links []publication.Link) []menuEntry {
	all := make([]menuEntry, len(links))
	for i, l := range links {
		all[i] = menuEntry{Label: l.Label, URL: l.URL, Current: p.Section != "" && sectionOf(l.URL) == p.Section, Elsewhere: !strings.HasPrefix(l.URL, "/")}
	}
	return all
}

// sectionOf names the part of the portal that a link leads to. A link to one
// topic or one issue is no entry of the whole part.
func sectionOf(url string) string {
	switch path := strings.TrimPrefix(url, "/"); path {
	case "":
		return "home"
	case "archive":
		return "notes"
	default:
		return path
	}
}

// Colours is the address of the stylesheet with the publication's own accent
// colour and letters, or "". It changes with them, so browsers may keep what
// they get. They stand in a file because the policy allows no style in a page.
func (p *page) Colours() string {
	sheet := colourSheet(p.Site)
	if sheet == "" {
		return ""
	}
	return "/colours.css?v=" + sheetVersion(sheet)
}

// sansSheet sets texts and headings in the sans. There is no italic of it;
// leaning it is better than losing the stress.
const sansSheet = "@layer tokens{:root{--serif:var(--sans);--display:var(--sans)}}\n@layer text{em,i,cite,blockquote{font-synthesis:style}}\n"

// colourSheet lays the accent colour and the letters over the house's own. It
// joins the layer of the tokens, so what overrides them (print, forced colours)
// still does.
func colourSheet(site publication.Profile) (sheet string) {
	if s, ok := site.Shades(); ok {
		sheet = fmt.Sprintf("@layer tokens{:root{--accent:light-dark(%s,%s);--on-accent:light-dark(%s,%s)}}\n", s.Day, s.Night, s.OnDay, s.OnNight)
	}
	if site.Sans() {
		sheet += sansSheet
	}
	return sheet
}

func sheetVersion(sheet string) string {
	sum := sha256.Sum256([]byte(sheet))
	return hex.EncodeToString(sum[:6])
}

// colours serves the accent colour. An address of an earlier colour gets the
// one of today, and is asked for again.
func (p *Portal) colours(c *fiber.Ctx) error {
	profile, err := p.House.Profile(c.UserContext())
	if err != nil {
		return err
	}
	sheet := colourSheet(profile)
	if sheet == "" {
		return fault.New(fault.NotFound, "not_found", "There is nothing at this address.")
	}
	version := sheetVersion(sheet)
	if c.Query("v") == version {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	return kit.SendPublic(c, "text/css; charset=utf-8", []byte(sheet), `"`+version+`"`)
}

// logoWidth is the print of the logo that is fetched; it is shown at most half
// as wide, for screens with small dots.
const logoWidth = 480

// logo is the publication's mark in place of its name.
type logo struct {
	URL           string
	Width, Height int
	Dark          string // the address of the one for dark screens; "" when there is none
}

// logo finds the mark. A picture that is gone leaves the name in letters.
func (p *Portal) logo(ctx context.Context, site publication.Profile) (*logo, error) {
	item, err := p.mark(ctx, site.Logo)
	if item == nil || err != nil {
		return nil, err
	}
	l := &logo{URL: logoPrint(item), Width: item.Width, Height: item.Height}
	dark, err := p.mark(ctx, site.LogoDark)
	if dark != nil {
		l.Dark = logoPrint(dark)
	}
	return l, err
}

func (p *Portal) mark(ctx context.Context, picture string) (*media.Item, error) {
	id, err := uuid.Parse(picture)
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // none is set
	}
	return p.picture(ctx, &id, look{})
}

// logoPrint is the address of the smallest print that is wide enough.
func logoPrint(i *media.Item) string {
	for part := range strings.SplitSeq(i.Srcset(), ", ") {
		var width int
		address, size, _ := strings.Cut(part, " ")
		if _, err := fmt.Sscanf(size, "%dw", &width); err == nil && width >= logoWidth {
			return address
		}
	}
	return i.Address(0)
}
