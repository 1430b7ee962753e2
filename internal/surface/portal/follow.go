package portal

import (
	"context"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// followable is a topic, an author or a series, with the button that follows it.
type followable struct {
	Kind     library.Kind
	Slug     string
	Name     string
	Back     string // the page the button is on
	Followed bool
	Signed   bool
	Since    time.Time
}

// Href is the page of what is followed.
func (f followable) Href() string {
	switch f.Kind {
	case library.Topic:
		return "/topics/" + f.Slug
	case library.Author:
		return "/authors/" + f.Slug
	default:
		return "/series/" + f.Slug
	}
}

// SignIn is where somebody goes who is not signed in.
func (f followable) SignIn() string { return withQuery("/sign-in", "next", f.Back) }

// followButton finds out whether the member follows something already.
func (p *Portal) followButton(c *fiber.Ctx, kind library.Kind, id uuid.UUID, slug, name, here string) (*followable, error) {
	if p.Reading == nil {
		return nil, nil
	}
	f := &followable{Kind: kind, Slug: slug, Name: name, Back: here, Signed: reader(c).Signed()}
	if !f.Signed {
		return f, nil
	}
	all, err := p.Reading.Follows(c.UserContext(), kit.VisitorOf(c).Member())
	f.Followed = slices.ContainsFunc(all, func(x library.Follow) bool { return x.Kind == kind && x.SubjectID == id })
	return f, err
}

// subject finds what a form names.
func (p *Portal) subject(ctx context.Context, kind library.Kind, slug string) (id uuid.UUID, err error) {
	cat, err := p.Library.Catalogue(ctx)
	if err != nil {
		return id, err
	}
	switch kind {
	case library.Topic:
		if t := cat.TopicAt(slug); t != nil {
			return t.ID, nil
		}
	case library.Author:
		if a := cat.AuthorAt(slug); a != nil {
			return a.ID, nil
		}
	case library.Series:
		if s := cat.SeriesBySlug(slug); s != nil {
			return s.ID, nil
		}
	}
	return id, fault.New(fault.NotFound, "nothing_to_follow", "There is nothing of this name to follow.")
}

func (p *Portal) follow(c *fiber.Ctx) error { return p.changeFollow(c, p.Reading.StartFollowing) }

func (p *Portal) unfollow(c *fiber.Ctx) error { return p.changeFollow(c, p.Reading.StopFollowing) }

func (p *Portal) changeFollow(c *fiber.Ctx, change func(context.Context, uuid.UUID, library.Kind, uuid.UUID) error) error {
	f := readForm(c, "kind", "slug")
	kind := library.Kind(f.Values["kind"])
	id, err := p.subject(c.UserContext(), kind, f.Values["slug"])
	if err != nil {
		return err
	}
	if err := change(c.UserContext(), kit.VisitorOf(c).Member(), kind, id); err != nil {
		return err
	}
	return seeOther(c, back(c, followable{Kind: kind, Slug: f.Values["slug"]}.Href()))
}

// follows lists what a member follows, by name. What has gone is left out.
func (p *Portal) follows(ctx context.Context, member uuid.UUID) ([]followable, error) {
	all, err := p.Reading.Follows(ctx, member)
	if err != nil {
		return nil, err
	}
	cat, err := p.Library.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	var out []followable
	for _, x := range all {
		f := followable{Kind: x.Kind, Since: x.Since, Back: "/account#library", Followed: true, Signed: true}
		if f.Slug, f.Name = named(cat, x); f.Slug != "" {
			out = append(out, f)
		}
	}
	return out, nil
}

func named(cat *content.Catalogue, x library.Follow) (slug, name string) {
	for _, t := range cat.Topics {
		if x.Kind == library.Topic && t.ID == x.SubjectID {
			return t.Slug, t.Name
		}
	}
	for _, a := range cat.Authors {
		if x.Kind == library.Author && a.ID == x.SubjectID {
			return a.Slug, a.Name
		}
	}
	for _, s := range cat.Series {
		if x.Kind == library.Series && s.ID == x.SubjectID {
			return s.Slug, s.Name
		}
	}
	return "", ""
}

// concerns tells whether a note is by, about or of something that is followed.
func concerns(n *content.Summary, all []library.Follow) bool {
	return slices.ContainsFunc(all, func(f library.Follow) bool {
		switch f.Kind {
		case library.Topic:
			return slices.ContainsFunc(n.Topics, func(t *content.Topic) bool { return t.ID == f.SubjectID })
		case library.Author:
			return slices.ContainsFunc(n.Authors, func(a *content.Author) bool { return a.ID == f.SubjectID })
		default:
			return n.Series != nil && n.Series.ID == f.SubjectID
		}
	})
}
