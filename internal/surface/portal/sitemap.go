package portal

import (
	"context"
	"encoding/xml"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
)

// urlset and sitemapIndex are the two documents of https://www.sitemaps.org.
type urlset struct {
	XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []siteURL `xml:"url"`
}

type sitemapIndex struct {
	XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Maps    []siteURL `xml:"sitemap"`
}

type siteURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

const (
	xmlType    = "application/xml; charset=utf-8"
	onePageMap = 2000 // notes; beyond, there is one map for each month
	listLimit  = 100
)

// sitemap lists every address that strangers may find, or, for a large
// archive, the maps that do.
func (p *Portal) sitemap(c *fiber.Ctx) error {
	ctx := c.UserContext()
	months, err := p.Library.Months(ctx)
	if err != nil {
		return err
	}
	total := 0
	for _, m := range months {
		total += m.Notes
	}
	if total > onePageMap {
		return p.sendXML(c, xmlType, p.mapIndex(months))
	}
	set, err := p.places(ctx)
	if err != nil {
		return err
	}
	notes, err := p.noteURLs(ctx, content.Query{})
	if err != nil {
		return err
	}
	set.URLs = append(set.URLs, notes...)
	return p.sendXML(c, xmlType, set)
}

func (p *Portal) mapIndex(months []content.Month) sitemapIndex {
	index := sitemapIndex{Maps: []siteURL{{Loc: p.BaseURL + "/sitemap/places.xml"}}}
	for _, m := range months {
		index.Maps = append(index.Maps, siteURL{Loc: p.BaseURL + "/sitemap/" + m.First.Format("2006-01") + ".xml"})
	}
	return index
}

// sitemapPart is one of the maps of a large archive.
func (p *Portal) sitemapPart(c *fiber.Ctx) error {
	name, isMap := strings.CutSuffix(c.Params("part"), ".xml")
	if isMap && name == "places" {
		set, err := p.places(c.UserContext())
		if err != nil {
			return err
		}
		return p.sendXML(c, xmlType, set)
	}
	start, err := time.Parse("2006-01", name)
	if !isMap || err != nil {
		return fault.New(fault.NotFound, "not_found", "There is no such map.")
	}
	urls, err := p.noteURLs(c.UserContext(), content.Query{From: start, To: start.AddDate(0, 1, 0)})
	if err != nil {
		return err
	}
	return p.sendXML(c, xmlType, urlset{URLs: urls})
}

// places lists everything but the notes.
func (p *Portal) places(ctx context.Context) (urlset, error) {
	cat, err := p.Library.Catalogue(ctx)
	if err != nil {
		return urlset{}, err
	}
	profile, err := p.House.Profile(ctx)
	if err != nil {
		return urlset{}, err
	}
	var set urlset
	add := func(path string) { set.URLs = append(set.URLs, siteURL{Loc: p.BaseURL + path}) }
	for _, path := range []string{"/", "/archive", "/issues", "/topics", "/authors", "/plans", "/contact"} {
		add(path)
	}
	for _, i := range p.outIssues(cat) {
		add(i.Href())
	}
	for _, t := range cat.Topics {
		add("/topics/" + t.Slug)
	}
	for _, a := range cat.Authors {
		add("/authors/" + a.Slug)
	}
	for _, s := range cat.Series {
		add("/series/" + s.Slug)
	}
	for _, x := range profile.Pages {
		add("/pages/" + x.Slug)
	}
	return set, nil
}

func (p *Portal) noteURLs(ctx context.Context, q content.Query) ([]siteURL, error) {
	var out []siteURL
	q.Limit = listLimit
	for {
		list, err := p.Library.List(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, n := range list.Notes {
			out = append(out, siteURL{p.BaseURL + notePath(n.Slug), machineTime(n.ChangedAt)})
		}
		if q.After = list.Next; q.After == "" {
			return out, nil
		}
	}
}

// robots tells crawlers where not to go, and where the map is.
func (p *Portal) robots(c *fiber.Ctx) error {
	const rules = `User-agent: *
Disallow: /account
Disallow: /api/
Disallow: /checkout
Disallow: /desk
Disallow: /search
Disallow: /setup
Disallow: /sign-in

`
	return p.sendPublic(c, "text/plain; charset=utf-8", []byte(rules+"Sitemap: "+p.BaseURL+"/sitemap.xml\n"))
}
