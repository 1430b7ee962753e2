package transfer

import (
	"context"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/surface/transfer/source"
)

func (in *intake) look(ctx context.Context) (*content.Catalogue, error) {
	if in.catalogue != nil {
		return in.catalogue, nil
	}
	cat, err := in.Desk.Catalogue(ctx)
	in.catalogue = cat
	return cat, err
}

// label is a name with the address it had, when it is one of ours.
func label(n source.Name) content.Label {
	l := content.Label{Name: n.Name}
	if len(n.Slug) <= 96 && goodSlug.MatchString(n.Slug) {
		l.Slug = n.Slug
	} else if content.Slugify(n.Name) == "" {
		l.Slug = content.Slugify(n.Slug)
	}
	return l
}

// author finds an author by address or name, or makes them. One who is here
// already stays as they are.
func (in *intake) author(ctx context.Context, n source.Name) (string, error) {
	cat, err := in.look(ctx)
	if err != nil {
		return "", err
	}
	l := label(n)
	for _, a := range cat.Authors {
		if a.Slug == l.Slug || a.Name == n.Name || l.Slug == "" && a.Slug == content.Slugify(n.Name) {
			return a.Slug, nil
		}
	}
	in.catalogue = nil
	a, err := in.Desk.PutAuthor(ctx, l)
	if err != nil {
		return "", err
	}
	return a.Slug, nil
}

func (in *intake) topic(ctx context.Context, n source.Name) (string, error) {
	cat, err := in.look(ctx)
	if err != nil {
		return "", err
	}
	l := label(n)
	for _, t := range cat.Topics {
		if t.Slug == l.Slug || t.Name == n.Name || l.Slug == "" && t.Slug == content.Slugify(n.Name) {
			return t.Slug, nil
		}
	}
	in.catalogue = nil
	t, err := in.Desk.PutTopic(ctx, l)
	if err != nil {
		return "", err
	}
	return t.Slug, nil
}
