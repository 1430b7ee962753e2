package portal

import (
	"bytes"
	"context"
	"encoding/xml"
	"html"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/publication"
)

// feedLength is how many notes the feed holds.
const feedLength = 30

// The feed is RSS 2.0 (https://www.rssboard.org/rss-specification) with the
// elements readers know from Atom, Dublin Core and the content module.
type rss struct {
	XMLName   xml.Name `xml:"rss"`
	Version   string   `xml:"version,attr"`
	NSAtom    string   `xml:"xmlns:atom,attr"`
	NSDC      string   `xml:"xmlns:dc,attr"`
	NSContent string   `xml:"xmlns:content,attr"`
	Channel   channel  `xml:"channel"`
}

type channel struct {
	Title       string     `xml:"title"`
	Link        string     `xml:"link"`
	Description string     `xml:"description"`
	Language    string     `xml:"language"`
	Built       string     `xml:"lastBuildDate,omitempty"`
	Links       []atomLink `xml:"atom:link"`
	Items       []feedItem `xml:"item"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

type feedItem struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	ID          guid     `xml:"guid"`
	Published   string   `xml:"pubDate"`
	Updated     string   `xml:"atom:updated"`
	Authors     []string `xml:"dc:creator"`
	Categories  []string `xml:"category"`
	Description string   `xml:"description"`
	Content     string   `xml:"content:encoded"`
}

// guid names a note for good, also when its address changes.
type guid struct {
	PermaLink bool   `xml:"isPermaLink,attr"`
	ID        string `xml:",chardata"`
}

// feed gives the newest notes as strangers see them. Readers take descriptions
// for HTML, titles for text.
func (p *Portal) feed(c *fiber.Ctx) error {
	ctx := c.UserContext()
	profile, err := p.House.Profile(ctx)
	if err != nil {
		return err
	}
	list, err := p.Library.List(ctx, content.Query{Limit: feedLength})
	if err != nil {
		return err
	}
	f := rss{
		Version: "2.0", NSAtom: "http://www.w3.org/2005/Atom", NSDC: "http://purl.org/dc/elements/1.1/", NSContent: "http://purl.org/rss/1.0/modules/content/",
		Channel: p.channel(profile),
	}
	var newest time.Time
	for _, n := range list.Notes {
		item, err := p.feedItem(ctx, n)
		if notThere(err) {
			continue // withdrawn a moment ago
		}
		if err != nil {
			return err
		}
		f.Channel.Items = append(f.Channel.Items, item)
		if n.ChangedAt.After(newest) {
			newest = n.ChangedAt
		}
	}
	if !newest.IsZero() {
		f.Channel.Built = newest.UTC().Format(time.RFC1123Z)
	}
	return p.sendXML(c, "application/rss+xml; charset=utf-8", f)
}

func (p *Portal) channel(profile publication.Profile) channel {
	return channel{
		Title: profile.Name, Link: p.BaseURL + "/", Description: first(profile.Tagline, profile.About, profile.Name), Language: languageOf(profile),
		Links: []atomLink{
			{p.BaseURL + "/feed.xml", "self", "application/rss+xml"},
			{p.BaseURL + "/", "alternate", "text/html"},
		},
	}
}

func (p *Portal) feedItem(ctx context.Context, n *content.Summary) (feedItem, error) {
	teaser, err := p.Library.Note(ctx, n.Slug)
	if err != nil {
		return feedItem{}, err
	}
	link := p.BaseURL + notePath(n.Slug)
	item := feedItem{
		Title: n.Title, Link: link, ID: guid{false, "urn:uuid:" + n.ID.String()}, Description: html.EscapeString(n.Abstract),
		Published: n.PublishedAt.UTC().Format(time.RFC1123Z), Updated: machineTime(n.PublishedAt),
	}
	if n.RevisedAt != nil {
		item.Updated = machineTime(*n.RevisedAt)
	}
	for _, a := range n.Authors {
		item.Authors = append(item.Authors, a.Name)
	}
	for _, t := range n.Topics {
		item.Categories = append(item.Categories, t.Name)
	}
	for _, x := range teaser.Corrections() {
		notice := "<p><strong>Correction, " + date(x.At) + ":</strong> " + html.EscapeString(x.Notice) + "</p>\n"
		item.Description, item.Content = item.Description+"\n"+notice, item.Content+notice
	}
	item.Content += "<p><em>" + html.EscapeString(n.Abstract) + "</em></p>\n" + elsewhere(teaser.HTML, link, p.BaseURL) +
		`<p><a href="` + html.EscapeString(link) + `">` + readOn(n.Meta) + "</a></p>"
	return item, nil
}

// sendXML sends a document that is the same for everybody.
func (p *Portal) sendXML(c *fiber.Ctx, contentType string, document any) error {
	var out bytes.Buffer
	out.WriteString(xml.Header)
	enc := xml.NewEncoder(&out)
	enc.Indent("", " ")
	if err := enc.Encode(document); err != nil {
		return err
	}
	out.WriteByte('\n')
	return p.sendMachine(c, contentType, out.Bytes())
}
