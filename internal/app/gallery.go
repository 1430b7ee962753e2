package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/transfer"
)

// gallery lets imports and exports keep and fetch pictures, and knows which of
// them is the logo.
type gallery struct {
	shelf *media.Shelf
	house *publication.House
}

func (r *rooms) gallery() gallery { return gallery{r.media, r.publication} }

// Keep stores a picture. One that an export wrote is known by its name and
// bytes, so that importing an export changes nothing.
func (g gallery) Keep(ctx context.Context, name string, r io.Reader) (uuid.UUID, string, error) {
	content, err := io.ReadAll(io.LimitReader(r, media.MaxUpload+1))
	if err != nil {
		return uuid.Nil, "", err
	}
	there, err := g.named(ctx, name)
	if err != nil {
		return uuid.Nil, "", err
	}
	for _, item := range there {
		if item.Bytes != int64(len(content)) {
			continue
		}
		if _, print, err := g.Fetch(ctx, item.ID); err == nil && bytes.Equal(print, content) {
			return item.ID, item.Path(), nil
		}
	}
	item, err := g.shelf.Import(ctx, name, bytes.NewReader(content))
	if err != nil {
		return uuid.Nil, "", err
	}
	return item.ID, item.Path(), nil
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

// Pictures lists the whole library with what it says of each picture.
func (g gallery) Pictures(ctx context.Context) (out []transfer.Picture, err error) {
	tell, err := g.teller(ctx)
	if err != nil {
		return nil, err
	}
	for q := (media.Query{Limit: 200, Reverse: true}); ; {
		page, err := g.shelf.List(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, item := range page.Items {
			out = append(out, transfer.Picture{ID: item.ID, Facts: tell(item)})
		}
		if q.After = page.Next; q.After == "" {
			return out, nil
		}
	}
}

// Facts gives what the library says of a picture.
func (g gallery) Facts(ctx context.Context, id uuid.UUID) (transfer.Facts, error) {
	item, err := g.shelf.Item(ctx, id)
	if err != nil {
		return transfer.Facts{}, err
	}
	tell, err := g.teller(ctx)
	if err != nil {
		return transfer.Facts{}, err
	}
	return tell(item), nil
}

// teller reads what the facts of all pictures need once.
func (g gallery) teller(ctx context.Context) (func(*media.Item) transfer.Facts, error) {
	all, _, err := g.shelf.Folders(ctx)
	if err != nil {
		return nil, err
	}
	profile, err := g.house.Profile(ctx)
	if err != nil {
		return nil, err
	}
	byID := map[uuid.UUID]*media.Folder{}
	for _, folder := range all {
		byID[folder.ID] = folder
	}
	return func(item *media.Item) transfer.Facts {
		f := transfer.Facts{Alt: item.Alt, Caption: item.Caption, Logo: profile.Logo == item.ID.String()}
		if item.Focus != (media.Focus{X: 50, Y: 50}) {
			f.FocusX, f.FocusY = &item.Focus.X, &item.Focus.Y
		}
		for at := item.FolderID; at != nil && byID[*at] != nil; at = byID[*at].ParentID {
			f.Folder = strings.TrimSuffix(byID[*at].Name+"/"+f.Folder, "/")
		}
		return f
	}, nil
}

// Order makes the library say so of a picture, with the folders that it takes.
func (g gallery) Order(ctx context.Context, id uuid.UUID, f transfer.Facts) error {
	now, err := g.Facts(ctx, id)
	if err != nil {
		return err
	}
	if f.Folder != "" && f.Folder != now.Folder {
		folder, err := g.folder(ctx, f.Folder)
		if err != nil {
			return err
		}
		if _, err := g.shelf.Move(ctx, id, folder); err != nil {
			return err
		}
	}
	if f.Alt != now.Alt || f.Caption != now.Caption {
		if _, err := g.shelf.Describe(ctx, id, media.Texts{Alt: f.Alt, Caption: f.Caption}); err != nil {
			return err
		}
	}
	if f.Logo && !now.Logo {
		if _, _, err := g.house.Change(ctx, "", func(s *publication.Settings) { s.Logo = id.String() }); err != nil {
			return err
		}
	}
	focus := media.Focus{X: 50, Y: 50}
	if f.FocusX != nil && f.FocusY != nil {
		focus = media.Focus{X: *f.FocusX, Y: *f.FocusY}
	}
	if item, err := g.shelf.Item(ctx, id); err != nil || item.Focus == focus {
		return err
	}
	_, err = g.shelf.FocusOn(ctx, id, focus)
	return err
}

// folder finds a folder by the names on the way to it, and makes what is not
// there.
func (g gallery) folder(ctx context.Context, way string) (at *uuid.UUID, err error) {
	all, _, err := g.shelf.Folders(ctx)
	if err != nil {
		return nil, err
	}
next:
	for name := range strings.SplitSeq(way, "/") {
		for _, f := range all {
			if f.Name == name && (f.ParentID == nil) == (at == nil) && (at == nil || *f.ParentID == *at) {
				at = &f.ID
				continue next
			}
		}
		made, err := g.shelf.MakeFolder(ctx, media.FolderInput{Name: name, Parent: at})
		if err != nil {
			return nil, err
		}
		at, all = &made.ID, append(all, made)
	}
	if at == nil {
		return nil, fault.New(fault.Invalid, "folder_missing", "A folder has a name.")
	}
	return at, nil
}
