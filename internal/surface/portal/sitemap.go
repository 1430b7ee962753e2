package portal

import (
	"cmp"
	"context"
	"encoding/xml"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
)

// urlset and sitemapIndex are the two documents of https://www.sitemaps.org.
type urlset struct {
	XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	NSNews  string    `xml:"xmlns:news,attr,omitempty"`
	URLs    []siteURL `xml:"url"`
}

type sitemapIndex struct {
	XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Maps    []siteURL `xml:"sitemap"`
}

type siteURL struct {
	Loc     string    `xml:"loc"`
	LastMod string    `xml:"lastmod,omitempty"`
	News    *newsItem `xml:"news:news"`
}

// newsItem is what Google News asks of an address
// (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap).
type newsItem struct {
	Name      string `xml:"news:publication>news:name"`
	Language  string `xml:"news:publication>news:language"`
	Published string `xml:"news:publication_date"`
	Title     string `xml:"news:title"`
}

const (
	xmlType = "application/xml; charset=utf-8"
	newsNS  = "http://www.google.com/schemas/sitemap-news/0.9"
	// mapLimit and newsLimit are the most addresses that a map may hold.
	mapLimit  = 50_000
	newsLimit = 1000
	newsTime  = 48 * time.Hour
)

// sitemap names the maps: one of the places, one of the news and those of each
// month that has notes. A month's map changes only while its notes do, so a
// crawler fetches little.
func (p *Portal) sitemap(c *fiber.Ctx) error {
	months, err := p.Library.MonthChanges(c.UserContext())
	if err != nil {
		return err
	}
	index := sitemapIndex{}
	add := func(part string, changed time.Time) {
		u := siteURL{Loc: p.BaseURL + "/sitemap/" + part + ".xml"}
		if !changed.IsZero() {
			u.LastMod = machineTime(changed)
		}
		index.Maps = append(index.Maps, u)
	}
	add("places", time.Time{})
	add("news", time.Time{})
	for _, m := range months {
		for part := 1; (part-1)*p.mapLimit() < m.Notes; part++ {
			name := m.First.Format("2006-01")
			if part > 1 {
				name += "-" + strconv.Itoa(part)
			}
			add(name, m.ChangedAt)
		}
	}
	return p.sendXML(c, xmlType, index)
}

func (p *Portal) mapLimit() int { return cmp.Or(p.MapLimit, mapLimit) }

// sitemapPart is one of the maps.
func (p *Portal) sitemapPart(c *fiber.Ctx) error {
	ctx := c.UserContext()
	name, isMap := strings.CutSuffix(c.Params("part"), ".xml")
	var set urlset
	var err error
	switch {
	case !isMap:
		return errNoMap
	case name == "places":
		set, err = p.places(ctx)
	case name == "news":
		set, err = p.news(ctx)
	default:
		set.URLs, err = p.monthURLs(ctx, name)
	}
	if err != nil {
		return err
	}
	return p.sendXML(c, xmlType, set)
}

var errNoMap = fault.New(fault.NotFound, "not_found", "There is no such map.")

// monthURLs lists the notes of a month, or a further part of them.
func (p *Portal) monthURLs(ctx context.Context, name string) ([]siteURL, error) {
	month, part := name, 1
	if len(name) > len("2006-01") {
		var err error
		month = name[:len("2006-01")]
		rest, isPart := strings.CutPrefix(name[len(month):], "-")
		if part, err = strconv.Atoi(rest); err != nil || !isPart || part < 2 || part > 1000 || strconv.Itoa(part) != rest {
			return nil, errNoMap
		}
	}
	start, err := time.Parse("2006-01", month)
	if err != nil {
		return nil, errNoMap
	}
	notes, err := p.Library.Addresses(ctx, start, start.AddDate(0, 1, 0), (part-1)*p.mapLimit(), p.mapLimit())
	if err == nil && len(notes) == 0 && part > 1 {
		err = errNoMap
	}
	out := make([]siteURL, len(notes))
	for i, n := range notes {
		out[i] = siteURL{Loc: p.BaseURL + notePath(n.Slug), LastMod: machineTime(n.ChangedAt)}
	}
	return out, err
}

// news lists what appeared in the last two days.
func (p *Portal) news(ctx context.Context) (urlset, error) {
	set := urlset{NSNews: newsNS}
	profile, err := p.House.Profile(ctx)
	if err != nil {
		return set, err
	}
	notes, err := p.Library.Addresses(ctx, p.Now().Add(-newsTime), time.Time{}, 0, newsLimit)
	for _, n := range notes {
		set.URLs = append(set.URLs, siteURL{Loc: p.BaseURL + notePath(n.Slug), LastMod: machineTime(n.ChangedAt), News: &newsItem{
			Name: profile.Name, Language: languageOf(profile), Published: machineTime(n.PublishedAt), Title: n.Title,
		}})
	}
	return set, err
}

// places lists everything but the notes.
func (p *Portal) places(ctx context.Context) (set urlset, err error) {
	cat, err := p.Library.Catalogue(ctx)
	if err != nil {
		return set, err
	}
	profile, err := p.House.Profile(ctx)
	if err != nil {
		return set, err
	}
	newest, err := p.Library.List(ctx, content.Query{Limit: 1})
	if err != nil {
		return set, err
	}
	add := func(path, changed string) {
		set.URLs = append(set.URLs, siteURL{Loc: p.BaseURL + path, LastMod: changed})
	}
	lists := ""
	if len(newest.Notes) > 0 {
		lists = machineTime(newest.Notes[0].PublishedAt)
	}
	add("/", lists)
	add("/archive", lists)
	for _, path := range []string{"/issues", "/topics", "/authors", "/plans", "/contact"} {
		add(path, "")
	}
	p.addPlaces(ctx, cat, add)
	for _, x := range profile.Pages {
		add("/pages/"+x.Slug, "")
	}
	for _, path := range p.Places {
		add(path, "")
	}
	return set, nil
}

// addPlaces adds what the catalogue knows. When a list last changed is known
// of issues only; a date that is a guess would teach crawlers to trust none.
func (p *Portal) addPlaces(ctx context.Context, cat *content.Catalogue, add func(path, changed string)) {
	for _, i := range p.outIssues(ctx, cat) {
		add(i.Href(), machineTime(i.Date()))
	}
	for _, t := range cat.Topics {
		add("/topics/"+t.Slug, "")
	}
	for _, a := range cat.Authors {
		add("/authors/"+a.Slug, "")
	}
	for _, s := range cat.Series {
		add("/series/"+s.Slug, "")
	}
}
