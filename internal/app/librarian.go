package app

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/surface/transfer"
)

// librarian knows what the library says of pictures. One serves a whole import
// or export, so that the folders and the logo are read once.
type librarian struct {
	gallery
	folders map[uuid.UUID]*media.Folder
	logo    string // the id of the picture
}

func (g gallery) librarian(ctx context.Context) (*librarian, error) {
	all, _, err := g.shelf.Folders(ctx)
	if err != nil {
		return nil, err
	}
	profile, err := g.house.Profile(ctx)
	if err != nil {
		return nil, err
	}
	l := &librarian{g, make(map[uuid.UUID]*media.Folder, len(all)), profile.Logo}
	for _, f := range all {
		l.folders[f.ID] = f
	}
	return l, nil
}

// Pictures lists the whole library with what it says of each picture.
func (g gallery) Pictures(ctx context.Context) (out []transfer.Picture, err error) {
	l, err := g.librarian(ctx)
	if err != nil {
		return nil, err
	}
	for q := (media.Query{Limit: 200, Reverse: true}); ; {
		page, err := g.shelf.List(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, item := range page.Items {
			out = append(out, transfer.Picture{ID: item.ID, Facts: l.facts(item)})
		}
		if q.After = page.Next; q.After == "" {
			return out, nil
		}
	}
}

// Orderer gives what makes the library say so of pictures.
func (g gallery) Orderer(ctx context.Context) (transfer.Order, error) {
	l, err := g.librarian(ctx)
	if err != nil {
		return nil, err
	}
	return l.order, nil
}

func (l *librarian) facts(item *media.Item) transfer.Facts {
	f := transfer.Facts{Alt: item.Alt, Caption: item.Caption, Logo: l.logo == item.ID.String()}
	if item.Focus != (media.Focus{X: 50, Y: 50}) {
		f.FocusX, f.FocusY = &item.Focus.X, &item.Focus.Y
	}
	for at := item.FolderID; at != nil && l.folders[*at] != nil; at = l.folders[*at].ParentID {
		f.Folder = strings.TrimSuffix(l.folders[*at].Name+"/"+f.Folder, "/")
	}
	return f
}

// order makes the library say so of a picture, with the folders that it takes.
func (l *librarian) order(ctx context.Context, id uuid.UUID, f transfer.Facts) error {
	item, err := l.shelf.Item(ctx, id)
	if err != nil {
		return err
	}
	now := l.facts(item)
	if f.Folder != "" && f.Folder != now.Folder {
		folder, err := l.folder(ctx, f.Folder)
		if err != nil {
			return err
		}
		if _, err := l.shelf.Move(ctx, id, folder); err != nil {
			return err
		}
	}
	if f.Alt != now.Alt || f.Caption != now.Caption {
		if _, err := l.shelf.Describe(ctx, id, media.Texts{Alt: f.Alt, Caption: f.Caption}); err != nil {
			return err
		}
	}
	if f.Logo && !now.Logo {
		if _, _, err := l.house.Change(ctx, "", func(s *publication.Settings) { s.Logo = id.String() }); err != nil {
			return err
		}
		l.logo = id.String()
	}
	focus := media.Focus{X: 50, Y: 50}
	if f.FocusX != nil && f.FocusY != nil {
		focus = media.Focus{X: *f.FocusX, Y: *f.FocusY}
	}
	if item.Focus == focus {
		return nil
	}
	_, err = l.shelf.FocusOn(ctx, id, focus)
	return err
}

// folder finds a folder by the names on the way to it, and makes what is not
// there.
func (l *librarian) folder(ctx context.Context, way string) (at *uuid.UUID, err error) {
next:
	for name := range strings.SplitSeq(way, "/") {
		for id, f := range l.folders {
			if f.Name == name && (f.ParentID == nil) == (at == nil) && (at == nil || *f.ParentID == *at) {
				at = &id
				continue next
			}
		}
		made, err := l.shelf.MakeFolder(ctx, media.FolderInput{Name: name, Parent: at})
		if err != nil {
			return nil, err
		}
		at, l.folders[made.ID] = &made.ID, made
	}
	return at, nil
}
