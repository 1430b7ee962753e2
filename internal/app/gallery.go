package app

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/publication"
)

// gallery lets imports and exports keep and fetch pictures, and knows which of
// them is the logo.
type gallery struct {
	shelf *media.Shelf
	house *publication.House
}

func (r *rooms) gallery() gallery { return gallery{r.media, r.publication} }

// Keep stores a picture. One that an export wrote is known by its bytes, so that
// importing an export changes nothing.
func (g gallery) Keep(ctx context.Context, name string, r io.Reader) (uuid.UUID, string, error) {
	return g.Take(ctx, name, "", "", r)
}

// Take is Keep with what is said of the picture, if it is a new one.
func (g gallery) Take(ctx context.Context, name, alt, caption string, r io.Reader) (uuid.UUID, string, error) {
	content, err := io.ReadAll(io.LimitReader(r, media.MaxUpload+1))
	if err != nil {
		return uuid.Nil, "", err
	}
	item, err := g.known(ctx, name, content)
	if item == nil && err == nil {
		item, _, err = g.shelf.Upload(ctx, media.Upload{Filename: name, Alt: alt, Caption: caption, Body: bytes.NewReader(content)})
	}
	if err != nil {
		return uuid.Nil, "", err
	}
	return item.ID, item.Path(), nil
}

// At gives the address of a picture; "" when there is none of this id any more.
func (g gallery) At(ctx context.Context, id uuid.UUID) (string, error) {
	items, err := g.shelf.Items(ctx, id)
	if err != nil || items[id] == nil {
		return "", err
	}
	return items[id].Path(), nil
}

// known finds the picture that an export wrote so, or nil. The size finds those
// that it had to give another name, because a folder could not hold theirs or
// because they came in another format. Where two uploads became the same print,
// the one that an export would call so is meant.
func (g gallery) known(ctx context.Context, name string, content []byte) (found *media.Item, err error) {
	there, err := g.named(ctx, name)
	if err != nil {
		return nil, err
	}
	alike, err := g.shelf.OfSize(ctx, int64(len(content)))
	if err != nil {
		return nil, err
	}
	for _, item := range slices.Concat(there, alike) {
		if item.Bytes != int64(len(content)) {
			continue
		}
		called, print, err := g.Fetch(ctx, item.ID)
		if err != nil || !bytes.Equal(print, content) {
			continue
		}
		if called == name {
			return item, nil
		}
		found = cmp.Or(found, item)
	}
	return found, nil
}

// named finds the pictures that an export may have given this name.
func (g gallery) named(ctx context.Context, name string) ([]*media.Item, error) {
	all, err := g.shelf.Named(ctx, name)
	if err != nil {
		return nil, err
	}
	id, err := uuid.Parse(strings.TrimSuffix(name, path.Ext(name)))
	if err != nil {
		return all, nil //nolint:nilerr // it has a name of its own
	}
	own, err := g.shelf.Items(ctx, id)
	if own[id] != nil {
		all = append(all, own[id])
	}
	return all, err
}

// Fetch gives a picture's largest print, under a name that a folder can hold.
func (g gallery) Fetch(ctx context.Context, id uuid.UUID) (string, []byte, error) {
	f, err := g.shelf.Open(ctx, id, 0)
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = f.Close() }()
	content, err := io.ReadAll(f)
	if err != nil {
		return "", nil, fmt.Errorf("picture %s: %w", id, err)
	}
	return fileName(f.Name), content, nil
}

// fileName keeps what transfer's picture addresses may hold.
func fileName(name string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '_', r == '-':
			return r
		default:
			return '-'
		}
	}, name)
	if clean = strings.TrimLeft(clean, "._-"); clean == "" {
		return "picture"
	}
	return clean
}
