package portal

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"time"

	"github.com/gofiber/fiber/v2"
)

// RSS 2.0 (https://www.rssboard.org/rss-specification) with the elements
// readers know from Atom, Dublin Core and the content module. Readers take
// descriptions for HTML, titles for text.
type (
	rss struct {
		XMLName   xml.Name `xml:"rss"`
		Version   string   `xml:"version,attr"`
		NSAtom    string   `xml:"xmlns:atom,attr"`
		NSDC      string   `xml:"xmlns:dc,attr"`
		NSContent string   `xml:"xmlns:content,attr"`
		Channel   channel  `xml:"channel"`
	}
	channel struct {
		Title       string     `xml:"title"`
		Link        string     `xml:"link"`
		Description string     `xml:"description"`
		Language    string     `xml:"language"`
		Built       string     `xml:"lastBuildDate,omitempty"`
		Links       []atomLink `xml:"atom:link"`
		Items       []rssItem  `xml:"item"`
	}
	atomLink struct {
		Href string `xml:"href,attr"`
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr"`
	}
	rssItem struct {
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
	guid struct {
		PermaLink bool   `xml:"isPermaLink,attr"`
		ID        string `xml:",chardata"`
	}
)

func writeRSS(f *feed) ([]byte, error) {
	doc := rss{
		Version: "2.0", NSAtom: "http://www.w3.org/2005/Atom", NSDC: "http://purl.org/dc/elements/1.1/", NSContent: "http://purl.org/rss/1.0/modules/content/",
		Channel: channel{
			Title: f.Title, Link: f.Page, Description: f.Description, Language: f.Language,
			Links: []atomLink{{f.Self, "self", "application/rss+xml"}, {f.Page, "alternate", "text/html"}},
		},
	}
	if !f.Updated.IsZero() {
		doc.Channel.Built = f.Updated.UTC().Format(time.RFC1123Z)
	}
	for _, i := range f.Items {
		item := rssItem{
			Title: i.Title, Link: i.Link, ID: guid{false, i.ID}, Published: i.Published.Format(time.RFC1123Z), Updated: machineTime(i.Updated),
			Categories: i.Topics, Description: i.Summary, Content: i.HTML,
		}
		for _, a := range i.Authors {
			item.Authors = append(item.Authors, a.Name)
		}
		doc.Channel.Items = append(doc.Channel.Items, item)
	}
	return writeXML(doc)
}

// Atom (RFC 4287).
type (
	atomFeed struct {
		XMLName  xml.Name     `xml:"http://www.w3.org/2005/Atom feed"`
		Language string       `xml:"xml:lang,attr"`
		ID       string       `xml:"id"`
		Title    string       `xml:"title"`
		Subtitle string       `xml:"subtitle"`
		Updated  string       `xml:"updated"`
		Links    []atomLink   `xml:"link"`
		Authors  []atomPerson `xml:"author"`
		Entries  []atomEntry  `xml:"entry"`
	}
	atomPerson struct {
		Name string `xml:"name"`
		URI  string `xml:"uri,omitempty"`
	}
	atomTerm struct {
		Term string `xml:"term,attr"`
	}
	atomText struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	}
	atomEntry struct {
		ID         string       `xml:"id"`
		Title      string       `xml:"title"`
		Links      []atomLink   `xml:"link"`
		Published  string       `xml:"published"`
		Updated    string       `xml:"updated"`
		Authors    []atomPerson `xml:"author"`
		Categories []atomTerm   `xml:"category"`
		Summary    atomText     `xml:"summary"`
		Content    atomText     `xml:"content"`
	}
)

// writeAtom says of a feed without notes that it is as old as time: a moment is
// asked for, and the same document must not differ from one request to another.
func writeAtom(f *feed) ([]byte, error) {
	updated := f.Updated.UTC()
	if updated.IsZero() {
		updated = time.Unix(0, 0).UTC()
	}
	doc := atomFeed{
		Language: f.Language, ID: f.ID, Title: f.Title, Subtitle: f.Description, Updated: machineTime(updated),
		Links:   []atomLink{{f.Self, "self", "application/atom+xml"}, {f.Page, "alternate", "text/html"}},
		Authors: []atomPerson{{Name: f.Publisher}},
	}
	for _, i := range f.Items {
		e := atomEntry{
			ID: i.ID, Title: i.Title, Links: []atomLink{{i.Link, "alternate", "text/html"}}, Published: machineTime(i.Published), Updated: machineTime(i.Updated),
			Summary: atomText{"html", i.Summary}, Content: atomText{"html", i.HTML},
		}
		for _, a := range i.Authors {
			e.Authors = append(e.Authors, atomPerson{a.Name, a.URL})
		}
		for _, t := range i.Topics {
			e.Categories = append(e.Categories, atomTerm{t})
		}
		doc.Entries = append(doc.Entries, e)
	}
	return writeXML(doc)
}

// JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
type (
	jsonFeed struct {
		Version     string         `json:"version"`
		Title       string         `json:"title"`
		HomePage    string         `json:"home_page_url"`
		Self        string         `json:"feed_url"`
		Description string         `json:"description,omitempty"`
		Language    string         `json:"language"`
		Authors     []jsonAuthor   `json:"authors,omitempty"`
		Items       []jsonFeedItem `json:"items"`
	}
	jsonAuthor struct {
		Name string `json:"name"`
		URL  string `json:"url,omitempty"`
	}
	jsonFeedItem struct {
		ID        string       `json:"id"`
		URL       string       `json:"url"`
		Title     string       `json:"title"`
		HTML      string       `json:"content_html"`
		Summary   string       `json:"summary,omitempty"`
		Published string       `json:"date_published"`
		Modified  string       `json:"date_modified"`
		Authors   []jsonAuthor `json:"authors,omitempty"`
		Tags      []string     `json:"tags,omitempty"`
	}
)

func writeJSONFeed(f *feed) ([]byte, error) {
	doc := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: f.Title, HomePage: f.Page, Self: f.Self, Description: f.Description, Language: f.Language,
		Authors: []jsonAuthor{{Name: f.Publisher}}, Items: []jsonFeedItem{},
	}
	for _, i := range f.Items {
		item := jsonFeedItem{
			ID: i.ID, URL: i.Link, Title: i.Title, HTML: i.HTML, Summary: i.Abstract, Published: machineTime(i.Published), Modified: machineTime(i.Updated), Tags: i.Topics,
		}
		for _, a := range i.Authors {
			item.Authors = append(item.Authors, jsonAuthor(a))
		}
		doc.Items = append(doc.Items, item)
	}
	raw, err := json.MarshalIndent(doc, "", " ")
	return append(raw, '\n'), err
}

func writeXML(document any) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(xml.Header)
	enc := xml.NewEncoder(&out)
	enc.Indent("", " ")
	if err := enc.Encode(document); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// sendXML sends a document that is the same for everybody.
func (p *Portal) sendXML(c *fiber.Ctx, contentType string, document any) error {
	raw, err := writeXML(document)
	if err != nil {
		return err
	}
	return p.sendMachine(c, contentType, raw)
}
