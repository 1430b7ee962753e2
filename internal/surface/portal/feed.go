package portal

import (
	"context"
	"errors"
	"html"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// feedLength is how many notes a feed holds.
const feedLength = 30

// feed is a list of notes for programs, in no format yet.
type feed struct {
	Title, Description string
	Publisher          string
	Language           string
	Page               string // the page that shows the same
	Self               string // this document
	ID                 string // for good
	Updated            time.Time
	Items              []feedItem
}

type feedItem struct {
	ID, Title, Link    string
	Abstract           string // text
	Summary, HTML      string // HTML
	Published, Updated time.Time
	Authors            []feedAuthor
	Topics             []string
}

type feedAuthor struct{ Name, URL string }

// feedFormat is one of the formats that programs read.
type feedFormat struct {
	File, Type string
	write      func(f *feed) ([]byte, error)
}

// feedFormats are those there are, the oldest first.
func feedFormats() []feedFormat {
	return []feedFormat{
		{"feed.xml", "application/rss+xml", writeRSS},
		{"feed.atom", "application/atom+xml", writeAtom},
		{"feed.json", "application/feed+json", writeJSONFeed},
	}
}

// feedRoutes adds every feed in every format.
func (p *Portal) feedRoutes(r *routes) {
	for _, as := range feedFormats() {
		r.file("/"+as.File, limited(p.doors.feeds, p.feed(as, p.allNotes)))
		r.file("/topics/:slug/"+as.File, limited(p.doors.feeds, p.feed(as, p.topicNotes)))
		r.file("/authors/:slug/"+as.File, limited(p.doors.feeds, p.feed(as, p.authorNotes)))
		r.file("/series/:slug/"+as.File, limited(p.doors.feeds, p.feed(as, p.seriesNotes)))
		r.app.Get("/my/:token/"+as.File, kit.After([]kit.Step{private}, p.ownFeed(as)))
	}
}

// feedOf says which notes a feed holds, and what it is called.
type feedOf func(c *fiber.Ctx) (f feed, q content.Query, path string, err error)

// feed gives the newest notes as strangers see them.
func (p *Portal) feed(as feedFormat, of feedOf) fiber.Handler {
	return func(c *fiber.Ctx) error {
		f, q, path, err := of(c)
		var moved *content.Moved
		if errors.As(err, &moved) {
			return kit.Moved(c, path+"/"+as.File)
		}
		if err != nil {
			return err
		}
		if err := p.fillFeed(c.UserContext(), &f, q, path, p.teaserOf); err != nil {
			return err
		}
		f.Self = p.BaseURL + trimSlash(path) + "/" + as.File
		raw, err := as.write(&f)
		if err != nil {
			return err
		}
		return p.sendMachine(c, as.Type+"; charset=utf-8", raw)
	}
}

func trimSlash(path string) string {
	if path == "/" {
		return ""
	}
	return path
}

// allNotes and the like say which notes.
func (p *Portal) allNotes(*fiber.Ctx) (f feed, q content.Query, path string, err error) {
	return f, q, "/", nil
}

func (p *Portal) topicNotes(c *fiber.Ctx) (f feed, q content.Query, path string, err error) {
	cat, err := p.Library.Catalogue(c.UserContext())
	if err != nil {
		return f, q, "", err
	}
	t := cat.TopicAt(c.Params("slug"))
	if t == nil {
		return f, q, "", fault.New(fault.NotFound, "topic_not_found", "There is no such topic.")
	}
	if t.Slug != c.Params("slug") {
		return f, q, "/topics/" + t.Slug, &content.Moved{Slug: t.Slug}
	}
	return feed{Title: t.Name, Description: t.Description, ID: urn(t.ID)}, content.Query{Topic: t.ID}, "/topics/" + t.Slug, nil
}

func (p *Portal) authorNotes(c *fiber.Ctx) (f feed, q content.Query, path string, err error) {
	cat, err := p.Library.Catalogue(c.UserContext())
	if err != nil {
		return f, q, "", err
	}
	a := cat.AuthorAt(c.Params("slug"))
	if a == nil {
		return f, q, "", fault.New(fault.NotFound, "author_not_found", "There is no such author.")
	}
	if a.Slug != c.Params("slug") {
		return f, q, "/authors/" + a.Slug, &content.Moved{Slug: a.Slug}
	}
	return feed{Title: a.Name, Description: first(a.Role, a.Bio), ID: urn(a.ID)}, content.Query{Author: a.ID}, "/authors/" + a.Slug, nil
}

func (p *Portal) seriesNotes(c *fiber.Ctx) (f feed, q content.Query, path string, err error) {
	cat, err := p.Library.Catalogue(c.UserContext())
	if err != nil {
		return f, q, "", err
	}
	s := cat.SeriesBySlug(c.Params("slug"))
	if s == nil {
		return f, q, "", fault.New(fault.NotFound, "series_not_found", "There is no such series.")
	}
	return feed{Title: s.Name, Description: s.Description, ID: urn(s.ID)}, content.Query{Series: s.ID}, "/series/" + s.Slug, nil
}

// fillFeed puts in the publication's name and the notes, each as body shows it.
func (p *Portal) fillFeed(ctx context.Context, f *feed, q content.Query, path string, body func(context.Context, *content.Teaser) (string, error)) error {
	profile, err := p.House.Profile(ctx)
	if err != nil {
		return err
	}
	if q.Limit == 0 {
		q.Limit = feedLength
	}
	list, err := p.Library.List(ctx, q)
	if err != nil {
		return err
	}
	f.Publisher, f.Language, f.Page = profile.Name, languageOf(profile), p.BaseURL+path
	if f.Title == "" {
		f.Title, f.Description = profile.Name, first(profile.Tagline, profile.About, profile.Name)
	} else {
		f.Description = first(f.Description, profile.Name+": "+f.Title)
		f.Title += " · " + profile.Name
	}
	f.ID = first(f.ID, p.BaseURL+"/")
	for _, n := range list.Notes {
		item, err := p.feedItem(ctx, n, body)
		if notThere(err) {
			continue // withdrawn a moment ago
		}
		if err != nil {
			return err
		}
		f.Items = append(f.Items, item)
		if n.ChangedAt.After(f.Updated) {
			f.Updated = n.ChangedAt
		}
	}
	return nil
}

func urn(id uuid.UUID) string { return "urn:uuid:" + id.String() }

func (p *Portal) feedItem(ctx context.Context, n *content.Summary, body func(context.Context, *content.Teaser) (string, error)) (item feedItem, err error) {
	teaser, err := p.Library.Note(ctx, n.Slug)
	if err != nil {
		return item, err
	}
	item = feedItem{
		ID: urn(n.ID), Title: n.Title, Link: p.BaseURL + notePath(n.Slug), Abstract: n.Abstract, Summary: html.EscapeString(n.Abstract),
		Published: n.PublishedAt.UTC(), Updated: n.PublishedAt.UTC(),
	}
	if n.RevisedAt != nil {
		item.Updated = n.RevisedAt.UTC()
	}
	for _, a := range n.Authors {
		item.Authors = append(item.Authors, feedAuthor{a.Name, p.BaseURL + "/authors/" + a.Slug})
	}
	for _, t := range n.Topics {
		item.Topics = append(item.Topics, t.Name)
	}
	l := p.language(ctx)
	for _, x := range teaser.Corrections() {
		notice := "<p><strong>" + l.Text("note.correction") + " " + l.Date(x.At) + ":</strong> " + html.EscapeString(x.Notice) + "</p>\n"
		item.Summary, item.HTML = item.Summary+"\n"+notice, item.HTML+notice
	}
	text, err := body(ctx, teaser)
	item.HTML += "<p><em>" + html.EscapeString(n.Abstract) + "</em></p>\n" + text
	return item, err
}

// teaserOf is a note as strangers see it, with the way to the rest.
func (p *Portal) teaserOf(ctx context.Context, t *content.Teaser) (string, error) {
	link := p.BaseURL + notePath(t.Slug)
	return elsewhere(p.speech(ctx).of(t.HTML), link, p.BaseURL) + `<p><a href="` + html.EscapeString(link) + `">` + readOn(p.language(ctx), t.Meta) + "</a></p>", nil
}
