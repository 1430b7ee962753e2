package portal

import (
	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/surface/kit"
)

// listing is a list of notes under a heading: a topic, an author, a series.
type listing struct {
	Eyebrow string // what sort of list it is
	Back    string // address of all of this sort
	Heading string
	Role    string // of an author
	Intro   string
	Entries []entry
	Kinds   []filter
	Kind    content.Kind // chosen; "" for all
	Next    string
	Further bool   // not the first page
	More    string // the same list in the archive, where filters can be combined
	Follow  *followable
}

// filter is a link that narrows a list.
type filter struct {
	Name, Href string
	Current    bool
}

// show fills the list and sends it. q says which notes, path is the address
// without the filter.
func (p *Portal) showListing(c *fiber.Ctx, section, path string, v listing, q content.Query) error {
	ctx := c.UserContext()
	q.Kind, q.After, q.Limit = content.Kind(c.Query("kind")), c.Query("after"), perPage
	if q.Kind != "" && !q.Kind.Valid() {
		return fault.New(fault.BadRequest, "unknown_kind", "There is no such kind of note.")
	}
	list, err := p.Library.List(ctx, q)
	if err != nil {
		return err
	}
	v.Entries, v.Kind, v.Further = p.entries(ctx, list.Notes), q.Kind, q.After != ""
	v.Kinds = kindFilters(p.language(ctx), path, q.Kind)
	if list.Next != "" {
		v.Next = withQuery(path, "kind", string(q.Kind), "after", list.Next)
	}
	pg, err := p.page(c, withQuery(path, "kind", string(q.Kind), "after", q.After), v.Heading)
	if err != nil {
		return err
	}
	if err := p.keepable(c, pg.Path, v.Entries); err != nil {
		return err
	}
	pg.Section, pg.Main, pg.Feed = section, v, path
	pg.Description = first(v.Intro, pg.Language.Text("listing.about", "name", pg.Site.Name, "heading", v.Heading))
	pg.tell(listData(pg, crumbsOf(v.Entries)...), crumbData(pg, crumb{v.Eyebrow, v.Back}, crumb{v.Heading, path}))
	return p.public(c, "listing", pg)
}

func kindFilters(l *phrase.Language, path string, current content.Kind) []filter {
	out := []filter{{l.Text("kinds.all"), path, current == ""}}
	for _, k := range content.Kinds() {
		out = append(out, filter{kindsIn(l, k), withQuery(path, "kind", string(k)), k == current})
	}
	return out
}

// kindsIn is what readers call notes of a kind.
func kindsIn(l *phrase.Language, k content.Kind) string {
	return inEnglish(l).Or("kinds."+string(k), k.Name())
}

func (p *Portal) topic(c *fiber.Ctx) error {
	cat, err := p.Library.Catalogue(c.UserContext())
	if err != nil {
		return err
	}
	t := cat.TopicAt(c.Params("slug"))
	if t == nil {
		return fault.New(fault.NotFound, "topic_not_found", "There is no such topic.")
	}
	if t.Slug != c.Params("slug") {
		return kit.Moved(c, "/topics/"+t.Slug+kit.QueryWithout(c))
	}
	v := listing{Eyebrow: p.language(c.UserContext()).Text("listing.topic"), Back: "/topics", Heading: t.Name, Intro: t.Description, More: narrowing{topic: t.Slug}.href()}
	if v.Follow, err = p.followButton(c, library.Topic, t.ID, t.Slug, t.Name, "/topics/"+t.Slug); err != nil {
		return err
	}
	return p.showListing(c, "topics", "/topics/"+t.Slug, v, content.Query{Topic: t.ID})
}

func (p *Portal) author(c *fiber.Ctx) error {
	cat, err := p.Library.Catalogue(c.UserContext())
	if err != nil {
		return err
	}
	a := cat.AuthorAt(c.Params("slug"))
	if a == nil {
		return fault.New(fault.NotFound, "author_not_found", "There is no such author.")
	}
	if a.Slug != c.Params("slug") {
		return kit.Moved(c, "/authors/"+a.Slug+kit.QueryWithout(c))
	}
	v := listing{Eyebrow: p.language(c.UserContext()).Text("listing.analyst"), Back: "/authors", Heading: a.Name, Role: a.Role, Intro: a.Bio, More: narrowing{author: a.Slug}.href()}
	if v.Follow, err = p.followButton(c, library.Author, a.ID, a.Slug, a.Name, "/authors/"+a.Slug); err != nil {
		return err
	}
	return p.showListing(c, "authors", "/authors/"+a.Slug, v, content.Query{Author: a.ID})
}

func (p *Portal) series(c *fiber.Ctx) error {
	cat, err := p.Library.Catalogue(c.UserContext())
	if err != nil {
		return err
	}
	s := cat.SeriesBySlug(c.Params("slug"))
	if s == nil {
		return fault.New(fault.NotFound, "series_not_found", "There is no such series.")
	}
	v := listing{Eyebrow: p.language(c.UserContext()).Text("listing.series"), Back: "/issues", Heading: s.Name, Intro: s.Description, More: narrowing{series: s.Slug}.href()}
	if v.Follow, err = p.followButton(c, library.Series, s.ID, s.Slug, s.Name, "/series/"+s.Slug); err != nil {
		return err
	}
	return p.showListing(c, "issues", "/series/"+s.Slug, v, content.Query{Series: s.ID})
}

// topics shows all topics.
func (p *Portal) topics(c *fiber.Ctx) error {
	cat, err := p.Library.Catalogue(c.UserContext())
	if err != nil {
		return err
	}
	pg, err := p.page(c, "/topics", p.language(c.UserContext()).Text("topics.title"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.Description = "topics", cat.Topics, pg.Language.Text("topics.about", "name", pg.Site.Name)
	items := make([]crumb, len(cat.Topics))
	for i, t := range cat.Topics {
		items[i] = crumb{t.Name, "/topics/" + t.Slug}
	}
	pg.tell(listData(pg, items...), crumbData(pg, crumb{pg.Title, "/topics"}))
	return p.public(c, "topics", pg)
}

// authors shows the people.
func (p *Portal) authors(c *fiber.Ctx) error {
	cat, err := p.Library.Catalogue(c.UserContext())
	if err != nil {
		return err
	}
	pg, err := p.page(c, "/authors", p.language(c.UserContext()).Text("authors.title"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.Description = "authors", cat.Authors, pg.Language.Text("authors.about", "name", pg.Site.Name)
	items := make([]crumb, len(cat.Authors))
	for i, a := range cat.Authors {
		items[i] = crumb{a.Name, "/authors/" + a.Slug}
	}
	pg.tell(listData(pg, items...), crumbData(pg, crumb{pg.Title, "/authors"}))
	return p.public(c, "authors", pg)
}
