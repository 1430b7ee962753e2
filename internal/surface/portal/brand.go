package portal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// menuEntry is a link of the main navigation.
type menuEntry struct {
	Label, URL string
	Current    bool
	Elsewhere  bool // it leaves the portal
}

// ownEntries is the navigation of a publication that has set none.
func ownEntries() []publication.Link {
	return []publication.Link{
		{Label: "Notes", URL: "/archive"}, {Label: "Issues", URL: "/issues"}, {Label: "Topics", URL: "/topics"},
		{Label: "Plans", URL: "/plans"}, {Label: "Search", URL: "/search"},
	}
}

// Entries are the main navigation as this page shows it.
func (p *page) Entries() []menuEntry {
	links := p.Site.Navigation
	if len(links) == 0 {
		links = ownEntries()
	}
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
// colour, or "". It changes with the colour, so browsers may keep what they
// get. Colours stand in a file because the policy allows no style in a page.
func (p *page) Colours() string {
	sheet := colourSheet(p.Site)
	if sheet == "" {
		return ""
	}
	return "/colours.css?v=" + sheetVersion(sheet)
}

// colourSheet lays the accent colour over the house's own. It joins the layer
// of the tokens, so what overrides them (print, forced colours) still does.
func colourSheet(site publication.Profile) string {
	s, ok := site.Shades()
	if !ok {
		return ""
	}
	return fmt.Sprintf("@layer tokens{:root{--accent:light-dark(%s,%s);--on-accent:light-dark(%s,%s)}}\n", s.Day, s.Night, s.OnDay, s.OnNight)
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
}

// logo finds the mark. A picture that is gone leaves the name in letters.
func (p *Portal) logo(ctx context.Context, site publication.Profile) (*logo, error) {
	id, err := uuid.Parse(site.Logo)
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // no logo is set
	}
	item, err := p.picture(ctx, &id, look{})
	if item == nil || err != nil {
		return nil, err
	}
	return &logo{URL: logoPrint(item), Width: item.Width, Height: item.Height}, nil
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
