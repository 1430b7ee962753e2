package contentapi

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// RegisterPages answers programs at the portal's own addresses: those that
// prefer JSON or Markdown to a page, and whoever puts .md behind a note. It
// stands before the portal, which answers everybody else. The decision is the
// same as for the page, and so is who may keep the answer. No key is needed.
func RegisterPages(srv *kit.Server, d Deps) {
	s := newService(d)
	before := []kit.Step{kit.Cookie(d.Jar, kit.MemberCookie, d.Member), kit.Bearer(d.Member), s.limitPages}
	get := func(path string, h fiber.Handler) { srv.App.Get(path, machine(kit.After(before, h))) }
	get("/", s.listPage(func(*fiber.Ctx, *content.Catalogue) (content.Query, string, error) { return content.Query{}, "", nil }))
	get("/archive", s.listPage(func(*fiber.Ctx, *content.Catalogue) (content.Query, string, error) {
		return content.Query{}, "Archive", nil
	}))
	get("/topics/:slug", s.listPage(func(c *fiber.Ctx, cat *content.Catalogue) (content.Query, string, error) {
		if t := cat.TopicAt(c.Params("slug")); t != nil {
			if t.Slug != c.Params("slug") {
				return content.Query{}, "/topics/" + t.Slug, &content.Moved{Slug: t.Slug}
			}
			return content.Query{Topic: t.ID}, t.Name, nil
		}
		return content.Query{}, "", errNoTopic
	}))
	get("/authors/:slug", s.listPage(func(c *fiber.Ctx, cat *content.Catalogue) (content.Query, string, error) {
		if a := cat.AuthorAt(c.Params("slug")); a != nil {
			if a.Slug != c.Params("slug") {
				return content.Query{}, "/authors/" + a.Slug, &content.Moved{Slug: a.Slug}
			}
			return content.Query{Author: a.ID}, a.Name, nil
		}
		return content.Query{}, "", errNoAuthor
	}))
	get("/series/:slug", s.listPage(func(c *fiber.Ctx, cat *content.Catalogue) (content.Query, string, error) {
		if x := cat.SeriesBySlug(c.Params("slug")); x != nil {
			return content.Query{Series: x.ID}, x.Name, nil
		}
		return content.Query{}, "", errNoSeries
	}))
	get("/issues/:series/:month", s.issuePage)
	get("/notes/:slug", s.notePage)
	get("/notes/:slug/v/:version", s.notePage)
}

// behindNote ends the address of a note's Markdown.
const behindNote = ".md"

// asked says in which form an address of the portal is wanted: as Markdown, as
// JSON, or "" as the page that it is.
func asked(c *fiber.Ctx) string {
	if path := c.Path(); strings.HasSuffix(path, behindNote) && strings.HasPrefix(path, "/notes/") {
		return asMarkdown
	}
	accept := c.Get(fiber.HeaderAccept)
	if !strings.Contains(accept, "markdown") && !strings.Contains(accept, "json") { // as all browsers do
		return ""
	}
	switch c.Accepts(fiber.MIMETextHTML, markdownType, fiber.MIMEApplicationJSON) {
	case markdownType:
		return asMarkdown
	case fiber.MIMEApplicationJSON:
		return asJSON
	}
	return ""
}

const (
	asJSON       = "json"
	markdownType = "text/markdown"
)

// machine leaves everybody who wants a page to the portal.
func machine(h fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		kit.Vary(c, fiber.HeaderAccept)
		if asked(c) == "" {
			return c.Next()
		}
		return h(c)
	}
}

func (s *service) limitPages(c *fiber.Ctx) error {
	return s.client.AllowIn(c, "pages")
}

// notePage answers for a note, or a version of it.
func (s *service) notePage(c *fiber.Ctx) error {
	slug, version, ending := c.Params("slug"), c.Params("version"), ""
	if strings.HasSuffix(c.Path(), behindNote) {
		ending = behindNote
		slug, version = strings.TrimSuffix(slug, ending), strings.TrimSuffix(version, ending)
	}
	t, err := s.teaser(c, slug, version)
	var moved *content.Moved
	if errors.As(err, &moved) {
		to := "/notes/" + moved.Slug
		if version != "" {
			to += "/v/" + version
		}
		return kit.Moved(c, to+ending)
	}
	if err != nil {
		return err
	}
	ctx := kit.With(c)
	d, err := s.decide(ctx, t)
	if err != nil {
		return err
	}
	var a kit.Answer
	if asked(c) == asJSON {
		a, err = s.note(ctx, t, d, wanted{tongue: kit.LanguageOf(c)})
	} else {
		a, err = s.document(ctx, t, d, kit.LanguageOf(c))
	}
	if err != nil {
		return err
	}
	return s.out.Send(c, a)
}

func (s *service) teaser(c *fiber.Ctx, slug, version string) (*content.Teaser, error) {
	if version == "" {
		return s.Library.Note(c.UserContext(), slug)
	}
	n, err := strconv.Atoi(version)
	if err != nil || n < 1 || n > 1_000_000 {
		return nil, fault.New(fault.NotFound, "version_not_found", "The note has no such version.")
	}
	return s.Library.Version(c.UserContext(), slug, n)
}

// document is a note as Markdown, kept as its JSON is, in the language of the
// address.
func (s *service) document(ctx context.Context, t *content.Teaser, d access.Decision, tongue string) (kit.Answer, error) {
	write := func(ctx context.Context, text *content.Text) (kit.Answer, error) {
		n, err := s.body(ctx, t, text, d, nil, wanted{format: asMarkdown})
		if err != nil {
			return kit.Answer{}, err
		}
		say, err := s.speech(ctx, tongue)
		if err != nil {
			return kit.Answer{}, err
		}
		a := kit.NewAnswer(markdownType+"; charset=utf-8", []byte(s.written(&n, say)))
		a.Keys = n.keys()
		return a, nil
	}
	key := "document " + tongue + " "
	if !d.Full() {
		return s.kept(ctx, &t.Derived, key+answerKey("", d, nil), func(ctx context.Context) (kit.Answer, error) { return write(ctx, nil) })
	}
	opened, err := s.Library.Open(d)
	if err != nil {
		return kit.Answer{}, err
	}
	return s.kept(ctx, &opened.Derived, key+answerKey(t.Edition, d, nil), func(ctx context.Context) (kit.Answer, error) {
		text, err := opened.Text(ctx)
		if err != nil {
			return kit.Answer{}, err
		}
		return write(ctx, text)
	})
}

// listPage answers for a list of notes; which says of what, and what it is
// called.
func (s *service) listPage(which func(*fiber.Ctx, *content.Catalogue) (content.Query, string, error)) fiber.Handler {
	return func(c *fiber.Ctx) error {
		ctx := kit.With(c)
		cat, err := s.Library.Catalogue(ctx)
		if err != nil {
			return err
		}
		q, name, err := which(c, cat)
		var moved *content.Moved
		if errors.As(err, &moved) {
			return kit.Moved(c, name+kit.QueryWithout(c))
		}
		if err != nil {
			return err
		}
		if q.Kind = content.Kind(c.Query("kind")); q.Kind != "" && !q.Kind.Valid() {
			return fault.New(fault.BadRequest, "unknown_kind", "There is no such kind of note.")
		}
		q.After = c.Query("after")
		page, err := s.Library.List(ctx, q)
		if err != nil {
			return err
		}
		a, err := s.listDocument(ctx, c, name, page)
		if err != nil {
			return err
		}
		if page.Next != "" {
			a.Link = "<" + c.Path() + "?after=" + page.Next + kindQuery(q.Kind) + `>; rel="next"`
		}
		return s.out.Send(c, a)
	}
}

func kindQuery(k content.Kind) string {
	if k == "" {
		return ""
	}
	return "&kind=" + string(k)
}

func (s *service) listDocument(ctx context.Context, c *fiber.Ctx, name string, page *content.Page) (kit.Answer, error) {
	if asked(c) == asJSON {
		return s.page(ctx, page, false, wanted{})
	}
	tongue := kit.LanguageOf(c)
	return s.kept(ctx, &page.Derived, "document "+tongue+" "+name, func(ctx context.Context) (kit.Answer, error) {
		if name == "" {
			p, err := s.House.Profile(ctx)
			if err != nil {
				return kit.Answer{}, err
			}
			name = p.Name
		}
		say, err := s.speech(ctx, tongue)
		return s.listWritten(say, name, "", page.Notes), err
	})
}

// issuePage answers for an issue.
func (s *service) issuePage(c *fiber.Ctx) error {
	ctx := kit.With(c)
	is := func(i *content.Issue, of *content.Series) bool {
		return of.Slug == c.Params("series") && i.Slug == c.Params("month")
	}
	i, of, notes, err := s.issueWith(ctx, is)
	if err != nil {
		return err
	}
	if asked(c) == asMarkdown {
		say, err := s.speech(ctx, kit.LanguageOf(c))
		if err != nil {
			return err
		}
		return s.out.Send(c, s.listWritten(say, of.Name+", "+i.Label, i.Title, notes))
	}
	a, err := s.issueAnswer(ctx, i, of, notes)
	if err != nil {
		return err
	}
	return s.out.Send(c, a)
}
